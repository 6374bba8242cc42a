#include "world/baseline.h"
#include "base/limits.h"
#include "world/world.h"

#include <assert.h>

#define KIND_BIT(k) (1u << (k))

static const struct {
	const char *what;
	uint32_t evidence, inputs;
} groups[] = {
    {"MRT records", EV_BIT(EV_UPDATES), KIND_BIT(KIND_MRT)},
    {"VRP and ASPA records", EV_BIT(EV_VRPS) | EV_BIT(EV_ASPAS), KIND_BIT(KIND_VRP_JSON) | KIND_BIT(KIND_VRP_CSV)},
    {"IRR objects", EV_BIT(EV_IRR), KIND_BIT(KIND_RPSL)},
    {"AS relationships", EV_BIT(EV_GRAPH), KIND_BIT(KIND_AS_REL) | KIND_BIT(KIND_AS_REL2)},
    {"AS organisations", EV_BIT(EV_ORGS), KIND_BIT(KIND_AS_ORG)},
    {"PeeringDB organisations", EV_BIT(EV_ORGS), KIND_BIT(KIND_PDB_ORG)},
    {"registry records", EV_BIT(EV_REGISTRY), KIND_BIT(KIND_DELEGATED)},
    {"special-purpose records", EV_BIT(EV_SPECIAL), KIND_BIT(KIND_IANA_SPECIAL)},
    {"PeeringDB networks", EV_BIT(EV_PDB_NET), KIND_BIT(KIND_PDB_NET)},
    {"PeeringDB contacts", EV_BIT(EV_PDB_POC), KIND_BIT(KIND_PDB_POC)},
    {"Spoofer sessions", EV_BIT(EV_SPOOFER), KIND_BIT(KIND_SPOOFER_JSON) | KIND_BIT(KIND_SPOOFER_CSV)},
    {"MANRS participants", EV_BIT(EV_PARTICIPANTS), KIND_BIT(KIND_MANRS_CSV)},
};
#define GROUPS (sizeof(groups) / sizeof(*groups))
static_assert(GROUPS + FAMILY_N <= SHRUNK_GROUPS, "all groups may have shrunk");

/* By enough that it is neither chance nor a small file's few records. Numbers of strangers may be as large as can be. */
static bool
is_less(uint64_t now, uint64_t before)
{
	return now < before && before - now > SKIPPED_ALWAYS && before - now > before / 100 * SHRUNK_PERCENT_MAX +
	    before % 100 * SHRUNK_PERCENT_MAX / 100;
}

static uint64_t
used_now(const struct world *w, uint32_t inputs)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (in->complete && !in->duplicate && (inputs & KIND_BIT(in->kind)) != 0)
			n += in->used;
	}
	return n;
}

static uint64_t
used_before(const struct baseline *b, uint32_t inputs)
{
	uint64_t n = 0;
	unsigned k;

	for (k = 0; k < KIND_N; k++)
		if ((inputs & KIND_BIT(k)) != 0)
			n += b->used[k];
	return n;
}

static uint32_t
there(const struct world *w, uint32_t bits)
{
	uint32_t e, out = 0;

	for (e = 0; e < EV_N; e++)
		if ((bits & EV_BIT(e)) != 0 && w->evidence[e].n_inputs > 0)
			out |= EV_BIT(e);
	return out;
}

void
world_hold(struct world *w, const struct baseline *b)
{
	static const char *const routes[FAMILY_N] = {[FAMILY_V4] = "IPv4 routes", [FAMILY_V6] = "IPv6 routes"};
	struct since *h = &w->since;
	struct shrunk s;
	size_t i;

	*h = (struct since){.known = true, .than = *b};
	for (i = 0; i < FAMILY_N; i++) {
		s = (struct shrunk){there(w, EV_BIT(EV_TABLE) | EV_BIT(EV_ORIGINS)), routes[i], w->routes.n_visible[i],
		    b->visible[i]};
		if (s.evidence != 0 && is_less(s.now, s.before))
			h->shrunk[h->n++] = s;
	}
	for (i = 0; i < GROUPS; i++) {
		s = (struct shrunk){there(w, groups[i].evidence), groups[i].what, used_now(w, groups[i].inputs),
		    used_before(b, groups[i].inputs)};
		if (s.evidence != 0 && is_less(s.now, s.before))
			h->shrunk[h->n++] = s;
	}
}

bool
world_shrunk(const struct world *w, uint32_t bits)
{
	size_t i;

	for (i = 0; i < w->since.n; i++)
		if ((w->since.shrunk[i].evidence & bits) != 0)
			return true;
	return false;
}
