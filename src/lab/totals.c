/*
 * totals: how many routes of the whole world are valid, invalid and not found, at any scale: for each
 * route, the VRPs of each length that could cover it are looked up. No sweep, no trie.
 */
#include "lab/truth.h"

struct finder {
	const struct lab *w;
	uint64_t lengths[FAMILY_N][3];	/* bit n: some VRP has that length */
};

/* The first VRP that is not before p. */
static size_t
first_from(const struct lab *w, const struct prefix *p)
{
	size_t lo = 0, hi = w->n_vrps;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (prefix_cmp(&w->vrps[mid].prefix, p) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

enum outcome { OUTCOME_NOT_FOUND, OUTCOME_INVALID, OUTCOME_VALID };

/* asn 0: an origin that nothing can match. */
static enum outcome
look_up(const struct finder *f, const struct prefix *p, uint32_t asn)
{
	enum outcome out = OUTCOME_NOT_FOUND;
	struct prefix q;
	unsigned len;
	size_t i;

	for (len = 0; len <= p->len; len++) {
		if ((f->lengths[p->family][len / 64] >> len % 64 & 1) == 0)
			continue;
		q = *p;
		q.len = (uint8_t)len;
		prefix_mask(&q);
		for (i = first_from(f->w, &q); i < f->w->n_vrps && prefix_eq(&f->w->vrps[i].prefix, &q); i++) {
			if (asn != 0 && f->w->vrps[i].asn == asn && p->len <= f->w->vrps[i].max_len)
				return OUTCOME_VALID;
			out = OUTCOME_INVALID;
		}
	}
	return out;
}

static void
count(const struct finder *f, const struct prefix *p, uint32_t asn, struct truth_totals *t)
{
	enum outcome o = look_up(f, p, asn);

	t->routes++;
	t->valid += o == OUTCOME_VALID;
	t->invalid += o == OUTCOME_INVALID;
	t->not_found += o == OUTCOME_NOT_FOUND;
}

/* An invalid route may be dropped before any session sees it. */
static bool
is_seen(const struct lab *w, size_t route)
{
	uint32_t p;

	for (p = 0; p < w->n_peers; p++)
		if (lab_sees(w, route, p))
			return true;
	return !lab_invalid(&w->routes[route]);
}

static bool
is_incident_seen(const struct lab *w, const struct incident *x)
{
	struct lab_wire_path path;
	uint32_t p;

	for (p = 0; p < w->n_peers; p++)
		if (incident_path(w, x, p, &path))
			return true;
	return false;
}

/* Does the plan, or an incident before the k-th, announce the same? */
static bool
is_repeated(const struct lab *w, const struct incidents *in, uint32_t k)
{
	const struct incident *x = &in->v[k];
	uint32_t i;

	for (i = 0; i < w->n_routes; i++)
		if (w->routes[i].origin == x->culprit && !w->routes[i].silent &&
		    prefix_eq(&w->routes[i].prefix, &x->prefix))
			return true;
	for (i = 0; i < k; i++)
		if (in->v[i].kind != INCIDENT_LEAK && in->v[i].culprit == x->culprit &&
		    prefix_eq(&in->v[i].prefix, &x->prefix))
			return true;
	return false;
}

void
truth_count(const struct lab *w, const struct incidents *in, struct truth_totals *out)
{
	struct finder f = {.w = w};
	size_t i;
	uint32_t k;

	*out = (struct truth_totals){0};
	for (i = 0; i < w->n_vrps; i++) {
		const struct prefix *p = &w->vrps[i].prefix;

		f.lengths[p->family][p->len / 64] |= UINT64_C(1) << p->len % 64;
	}
	for (i = 0; i < w->n_routes; i++) {
		const struct lab_route *r = &w->routes[i];

		if (!r->silent && r->prefix.len > 0 && is_seen(w, i))
			count(&f, &r->prefix, r->set ? 0 : w->ases[r->origin].asn, out);
	}
	for (k = 0; k < in->n; k++)
		if (in->v[k].kind != INCIDENT_LEAK && !is_repeated(w, in, k) && is_incident_seen(w, &in->v[k]))
			count(&f, &in->v[k].prefix, w->ases[in->v[k].culprit].asn, out);
}
