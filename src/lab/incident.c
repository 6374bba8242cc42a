/*
 * incident: who does what to whom, when, and how it looks from a session.
 */
#include "lab/incident.h"
#include "base/arena.h"
#include "lab/space.h"

#include <stdlib.h>

#define PER_KIND 2u

const char *
incident_word(enum incident_kind k)
{
	static const char *const word[] = {"bogon", "rov-invalid", "misorigination", "route-leak"};

	return word[k];
}

/* A stub without any other fault, and with a provider. */
static uint32_t
culprit(const struct lab *w, struct prng *r, uint32_t providers)
{
	uint32_t lo = w->first_of[TIER_STUB], n = w->first_of[TIER_FAULTY] - lo, as, tries = 0;

	do {
		as = lo + prng_below(r, n);
	} while (adj_count(&w->providers, as) < providers && ++tries < 100000);
	return as;
}

/* A route that is announced by somebody in good order. */
static uint32_t
victim(const struct lab *w, struct prng *r)
{
	uint32_t i;

	do {
		i = prng_below(r, (uint32_t)w->n_routes);
	} while (w->routes[i].roa != ROA_OWN || w->routes[i].silent || w->routes[i].few > 0 ||
	    w->ases[w->routes[i].origin].tier == TIER_FAULTY || w->routes[i].prefix.family != FAMILY_V4);
	return i;
}

static void
one(const struct lab *w, struct prng *r, enum incident_kind kind, uint32_t no, struct incident *x)
{
	static const uint32_t minutes[] = {20, 13 * 60, 25 * 60, 45, 24 * 60};
	uint32_t as = culprit(w, r, kind == INCIDENT_LEAK ? 2 : 1), first = w->providers.first[as];

	x->kind = kind;
	x->culprit = as;
	x->neighbour = w->providers.to[first];
	x->source = kind == INCIDENT_LEAK ? w->providers.to[first + 1] : LAB_NONE;
	x->view = kind == INCIDENT_LEAK ? view_new(w, x->source, false) : NULL;
	x->route = victim(w, r);
	x->prefix = w->routes[x->route].prefix;
	x->marked = no % 2 == 0;
	x->begin = LAB_BEGIN.s + (int64_t)(1 + prng_below(r, 27)) * LAB_DAY + prng_below(r, LAB_DAY);
	x->end = x->begin + 60 * (int64_t)minutes[(no + (uint32_t)kind) % 5];
	if (kind == INCIDENT_BOGON) {
		x->prefix = prefix_of4(0xc0a80000 | (no & 0xff) << 8, 24);	/* RFC 1918 */
		x->route = LAB_NONE;
	}
	if (kind == INCIDENT_INVALID && x->prefix.len < 32) {	/* a part of somebody's signed block */
		x->prefix = prefix_part(&x->prefix, x->prefix.len < 24 ? 24 : x->prefix.len + 1u, 1);
		x->route = LAB_NONE;
	}
}

static void
append(const struct lab *w, struct lab_wire_path *out, const struct lab_path *p)
{
	uint32_t i;

	for (i = 0; i < p->n && out->n < LAB_PATH_MAX; i++)
		out->asn[out->n++] = w->ases[p->as[i]].asn;
}

bool
incident_path(const struct lab *w, const struct incident *x, uint32_t peer, struct lab_wire_path *out)
{
	bool leak = x->kind == INCIDENT_LEAK;
	struct lab_path to, on;
	uint32_t i, k, apex;

	*out = (struct lab_wire_path){.n = 0};
	if (w->peers[peer].partial)
		return false;
	view_path(lab_view_of(&w->peers[peer], x->kind == INCIDENT_INVALID || x->kind == INCIDENT_MISORIGINATION),
	    leak ? x->neighbour : x->culprit, &to);
	append(w, out, &to);
	if (leak) {	/* down from one provider and up to the other: a valley */
		out->asn[out->n++] = w->ases[x->culprit].asn;
		view_path(x->view, w->routes[x->route].origin, &on);
		append(w, out, &on);
		if (on.n == 0)
			return false;
		apex = on.climbs + (on.lateral ? 1 : 0);	/* who first sent it sideways or down: the source, or one behind */
		out->has_otc = x->marked || wire_marks(w, on.as[apex]);
		out->otc = out->has_otc ? w->ases[on.as[apex]].asn : 0;
	}
	for (i = 0; i < out->n; i++)
		for (k = 0; k < i; k++)
			if (out->asn[i] == out->asn[k])
				return false;
	return to.n > 0;
}

void
incident_times(const struct lab *w, const struct incidents *in, uint32_t no, uint32_t peer,
    uint64_t *begin_us, uint64_t *end_us)
{
	uint64_t h = prng_hash(w->params.seed, 81, no, peer);

	*begin_us = (uint64_t)in->v[no].begin * 1000000u + h % 60000000u;
	*end_us = (uint64_t)in->v[no].end * 1000000u + (h >> 32) % 60000000u;
}

void
incidents_make(const struct lab *w, struct incidents *in)
{
	struct prng r = prng_init(w->params.seed, 70);
	uint32_t k, i, each = PER_KIND + w->params.ases / 4000;

	in->n = 4 * each;
	in->v = xcalloc(in->n, sizeof(*in->v));
	for (k = 0; k < 4; k++)
		for (i = 0; i < each; i++)
			one(w, &r, k, i, &in->v[k * each + i]);
}

void
incidents_release(struct incidents *in)
{
	uint32_t i;

	for (i = 0; i < in->n; i++)
		view_free(in->v[i].view);
	free(in->v);
	*in = (struct incidents){0};
}
