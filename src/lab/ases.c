/*
 * ases: who exists: numbers, tiers, organisations, and which fault each carries.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/model.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define VACANT 5u		/* the route server, and four holders that announce nothing */
#define ASN16_FIRST 200u
#define ASN16_LAST 64495u
#define ASN32_FIRST 131072u
#define ASN32_LAST 401308u	/* as far as real registries had got in 2025 */

const char *const lab_rir_word[RIR_N] = {"afrinic", "apnic", "arin", "lacnic", "ripencc"};

static uint32_t
new_asn(struct prng *r, bool *taken)
{
	uint32_t asn;

	do {
		asn = prng_percent(r, 25) ? ASN16_FIRST + prng_below(r, ASN16_LAST - ASN16_FIRST + 1)
					  : ASN32_FIRST + prng_below(r, ASN32_LAST - ASN32_FIRST + 1);
	} while (taken[asn] || asn_bogon(asn) != NULL);
	taken[asn] = true;
	return asn;
}

/* How many ASes carry a fault: one or two in a small world, more in a large one. */
static uint32_t
instances(const struct lab *w, enum fault f)
{
	uint64_t h = prng_hash(w->params.seed, 11, f, 0);

	if (f == DECOY_SPOOF_SIBLING || f == DECOY_MOAS_SIBLING)
		return 0;	/* they come with the one they belong to */
	if (f == DECOY_AS112)
		return 1;
	return 1 + (uint32_t)(h & 1) + w->params.ases / 4000;
}

static enum fault
partner(enum fault f)
{
	if (f == FAULT_SPOOF_SIBLING)
		return DECOY_SPOOF_SIBLING;
	return f == DECOY_MOAS ? DECOY_MOAS_SIBLING : FAULT_NONE;
}

static uint32_t
count_faulty(const struct lab *w)
{
	uint32_t n = 0, f;

	for (f = FAULT_NONE + 1; f < FAULT_N; f++)
		n += instances(w, f) * (partner(f) == FAULT_NONE ? 1 : 2);
	return n;
}

static void
plant(struct lab *w, uint32_t i, enum fault f, uint32_t no)
{
	struct lab_as *a = &w->ases[i];

	a->fault = f;
	a->org = i;
	switch ((int)recipes[f].special) {
	case SPECIAL_PRIVATE_ASN:
		a->asn = no % 2 == 0 ? 64512 + no : 4200000000u + no;
		a->unallocated = true;
		break;
	case SPECIAL_RETURNED_ASN:
		a->unallocated = true;
		break;
	case SPECIAL_AS112:
		a->asn = 112;	/* RFC 7534 */
		break;
	case SPECIAL_PREPEND:
		a->prepend = 7;
		break;
	default:
		break;
	}
}

static void
plant_all(struct lab *w)
{
	uint32_t i = w->first_of[TIER_FAULTY], f, k;

	for (f = FAULT_NONE + 1; f < FAULT_N; f++)
		for (k = 0; k < instances(w, f); k++) {
			plant(w, i++, f, k);
			if (partner(f) == FAULT_NONE)
				continue;
			plant(w, i, partner(f), k);
			w->ases[i].org = i - 1;
			i++;
		}
	assert(i == w->n_routed);
}

static void
lay_tiers(struct lab *w)
{
	uint32_t n = w->params.ases, faulty = count_faulty(w), t, i;
	bool small = w->params.scale == LAB_SMALL;
	uint32_t size[TIER_N] = {
	    [TIER_CLIQUE] = small ? 6 : 16,
	    [TIER_TRANSIT] = small ? n / 12 : n / 130,
	    [TIER_REGIONAL] = small ? n / 5 : n / 8,
	    [TIER_FAULTY] = faulty,
	};

	size[TIER_STUB] = n - faulty - size[TIER_CLIQUE] - size[TIER_TRANSIT] - size[TIER_REGIONAL];
	w->n_routed = n;
	w->n_ases = n + VACANT;
	w->route_server = n;
	w->ases = xcalloc(w->n_ases, sizeof(*w->ases));
	for (t = 0, i = 0; t < TIER_N; t++) {
		w->first_of[t] = i;
		for (n = i + size[t]; i < n; i++)
			w->ases[i].tier = t;
	}
	for (; i < w->n_ases; i++)
		w->ases[i].tier = TIER_STUB;
	w->first_careless = w->first_of[TIER_STUB] - size[TIER_REGIONAL] / 4;
}

void
ases_make(struct lab *w)
{
	struct prng r = prng_init(w->params.seed, 10);
	bool *taken = xcalloc(ASN32_LAST + 1, sizeof(*taken));
	uint32_t i;

	lay_tiers(w);
	for (i = 0; i < w->n_ases; i++) {
		struct lab_as *a = &w->ases[i];

		a->asn = new_asn(&r, taken);
		a->rir = prng_below(&r, RIR_N);
		a->aspa = prng_percent(&r, 30);
		a->prepend = prng_percent(&r, 10) ? (uint8_t)(1 + prng_below(&r, 3)) : 0;
		/* some organisations have several ASNs */
		a->org = i > 1 && i < w->n_routed && prng_percent(&r, 10) ? w->ases[i - 1].org : i;
		if (a->org != i)
			a->rir = w->ases[a->org].rir;
	}
	for (i = w->first_of[TIER_TRANSIT]; i < w->first_of[TIER_FAULTY]; i++)
		w->ases[i].enforces = (i < w->first_careless || i >= w->first_of[TIER_STUB]) &&
		    prng_hash(w->params.seed, 14, i, 0) % 100 < 20;
	plant_all(w);
	free(taken);
}

const char *
lab_as_name(const struct lab *w, uint32_t as, char buf[static LAB_NAME])
{
	static const char *const kind[TIER_N] = {"CLIQUE", "TRANSIT", "REGIONAL", "EDGE", "EDGE"};

	snprintf(buf, LAB_NAME, "LAB-%s-%u", as == w->route_server ? "ROUTE-SERVER" : kind[w->ases[as].tier], as);
	return buf;
}

const char *
lab_org_name(const struct lab *w, uint32_t as, char buf[static LAB_NAME])
{
	static const char *const kind[] = {"Carrier", "Networks", "Telecom", "Online", "Hosting", "Campus"};

	snprintf(buf, LAB_NAME, "Lab %s %u (fictitious)",
	    kind[prng_hash(w->params.seed, 12, w->ases[as].org, 0) % 6], w->ases[as].org);
	return buf;
}

uint32_t
lab_other_asn(const struct lab *w, uint64_t draw)
{
	return w->ases[w->n_routed + 1 + draw % (VACANT - 1)].asn;
}

bool
lab_participant(const struct lab *w, uint32_t as, bool cdn)
{
	uint64_t h = prng_hash(w->params.seed, 13, w->ases[as].org, 0);

	if (w->ases[as].unallocated)
		return false;
	if (w->ases[as].org < 2)	/* at least one of each */
		return (w->ases[as].org == 1) == cdn;
	return h % 8 == 0 && ((h >> 8) % 10 == 0) == cdn;
}
