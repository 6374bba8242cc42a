/*
 * truth_enforce: what an AS was offered and passed on, leaked, marked, and announced of others' space, by loops over
 * every path that a session ever had. The definitions are those of the answer key.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/truth_int.h"

#include <stdlib.h>
#include <string.h>

#define SEVERAL 3u
#define NOBODY 3u		/* neither customer 0, peer 1 nor provider 2 */

struct way {			/* a clean path, as indexes; the origin last */
	uint32_t hop[LAB_PATH_MAX], n, otc;	/* otc: index; LAB_NONE without */
	bool own;		/* by a full-feed session of its first AS */
};
struct ways {			/* of one seen */
	struct way *v;
	size_t n, cap;
	bool *on;		/* per AS: on some path of it, clean or not; only kept where it is asked for */
};
struct ask {			/* per AS, of the invalid route at hand */
	uint32_t best, had;
	bool neighbour;
};

/* --- paths --- */

static void
way_add(const struct lab *w, struct ways *out, const struct lab_wire_path *p, const struct lab_peer *peer)
{
	struct way way = {.otc = p->has_otc ? truth_index(w, p->otc) : LAB_NONE,
	    .own = !peer->partial && peer->asn == p->asn[0]};
	uint32_t i, k;
	bool clean = !p->has_set;

	for (i = 0; i < p->n; i++)
		if (i == 0 || p->asn[i] != p->asn[i - 1])
			way.hop[way.n++] = truth_index(w, p->asn[i]);
	for (i = 0; i < way.n; i++) {
		out->on[way.hop[i]] = true;
		clean = clean && asn_bogon(w->ases[way.hop[i]].asn) == NULL;
		for (k = 0; k < i; k++)
			clean = clean && way.hop[i] != way.hop[k];
	}
	if (!clean)
		return;
	out->v = grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = way;
}

static void
ways_of(const struct judge *j, const struct seen *s, struct ways *out)
{
	struct lab_wire_path path;
	uint32_t p, i;

	out->on = xcalloc(j->w->n_ases, sizeof(*out->on));
	for (p = 0; p < j->w->n_peers; p++) {
		if (s->prefix.family == FAMILY_V6 && !j->w->peers[p].v6)
			continue;
		if (s->route != LAB_NONE && lab_sees(j->w, s->route, p) && wire_path(j->w, s->route, p, &path))
			way_add(j->w, out, &path, &j->w->peers[p]);
		for (i = 0; i < j->in->n; i++)
			if (incident_announces(j, &j->in->v[i], s) && incident_path(j->w, &j->in->v[i], p, &path))
				way_add(j->w, out, &path, &j->w->peers[p]);
	}
}

static bool
siblings(const struct lab *w, uint32_t a, uint32_t b)
{
	return w->ases[a].org == w->ases[b].org;
}

/* What b is to a. */
static uint32_t
side(const struct lab *w, uint32_t a, uint32_t b)
{
	if (siblings(w, a, b))
		return NOBODY;
	return adj_has(&w->customers, a, b) ? 0 : adj_has(&w->peers_of, a, b) ? 1 : adj_has(&w->providers, a, b) ? 2
	    : NOBODY;
}

/* --- invalid routes offered and passed on --- */

static bool
is_wild(const struct lab *w, const struct seen *s)
{
	bool held = false;
	size_t i;

	for (i = 0; i < w->n_vrps; i++)
		held = held || (w->vrps[i].asn != 0 && prefix_covers(&w->vrps[i].prefix, &s->prefix));
	return held && s->visible && s->origin != LAB_NONE && s->rov == INVALID &&
	    s->prefix.len <= (s->prefix.family == FAMILY_V4 ? 24 : 48);
}

/* Does it show a collector its whole table of a family? */
static bool
has_own(const struct lab *w, uint32_t as, unsigned family)
{
	uint32_t p;

	for (p = 0; p < w->n_peers; p++)
		if (!w->peers[p].partial && w->peers[p].asn == w->ases[as].asn &&
		    (family == FAMILY_V4 || w->peers[p].v6))
			return true;
	return false;
}

/* Has way n, then m, and not x from there on? */
static bool
gives(const struct way *way, uint32_t x, uint32_t n, uint32_t m)
{
	uint32_t k, i;

	for (k = 0; k + 1 < way->n; k++) {
		if (way->hop[k] != n || way->hop[k + 1] != m)
			continue;
		for (i = k; i < way->n && way->hop[i] != x; i++)
			;
		return i == way->n;
	}
	return false;
}

/* One path of a comparable route. */
static void
ask_way(const struct lab *w, struct ask *ask, const struct way *like, const struct ways *bad, unsigned family)
{
	uint32_t k;
	size_t i;

	for (k = 0; k + 2 < like->n; k++) {
		uint32_t x = like->hop[k], n = like->hop[k + 1], m = like->hop[k + 2];
		uint32_t s = side(w, x, n);

		if (s == NOBODY || (has_own(w, x, family) && !(k == 0 && like->own)))
			continue;
		ask[x].neighbour = true;
		for (i = 0; i < bad->n && s < ask[x].best; i++)
			if (gives(&bad->v[i], x, n, m))
				ask[x].best = s;
	}
}

static void
ask_bad(const struct lab *w, struct ask *ask, const struct way *bad)
{
	uint32_t k, s;

	for (k = 0; k + 1 < bad->n; k++) {
		s = side(w, bad->hop[k], bad->hop[k + 1]);
		if (s < ask[bad->hop[k]].had)
			ask[bad->hop[k]].had = s;
	}
}

static void
judge_wild(struct judge *j, const struct ways *ways, size_t no)
{
	const struct lab *w = j->w;
	struct ask *ask = xcalloc(w->n_ases, sizeof(*ask));
	const struct seen *s = &j->seen[no];
	uint32_t as;
	size_t i, k;

	for (as = 0; as < w->n_ases; as++)
		ask[as] = (struct ask){NOBODY, NOBODY + 1, false};
	for (i = 0; i < j->n; i++)
		if (j->seen[i].origin == s->origin && j->seen[i].visible && j->seen[i].rov != INVALID &&
		    j->seen[i].prefix.family == s->prefix.family)
			for (k = 0; k < ways[i].n; k++)
				ask_way(w, ask, &ways[i].v[k], &ways[no], s->prefix.family);
	for (k = 0; k < ways[no].n; k++)
		ask_bad(w, ask, &ways[no].v[k]);
	for (as = 0; as < w->n_ases; as++) {
		bool offered = ask[as].best != NOBODY, passed = ask[as].had < NOBODY;

		if (!offered || siblings(w, as, s->origin) || ask[as].had == NOBODY ||
		    (has_own(w, as, FAMILY_V4) && !has_own(w, as, s->prefix.family)))
			continue;
		j->as[as][TRUTH_WILD].den++;
		j->as[as][TRUTH_WILD].num += passed;
	}
	free(ask);
}

/* --- leaks and marks --- */

static bool
has_aspa(const struct lab *w, uint32_t as)
{
	return w->ases[as].aspa && !w->ases[as].unallocated;
}

/* The ASPA of a does not have b. */
static bool
denies(const struct lab *w, uint32_t a, uint32_t b)
{
	return has_aspa(w, a) && !adj_has(&w->providers, a, b);
}

/* Without OTC what comes from a peer, or goes to one, is not held against anybody: siblings are taken for peers. */
static bool
peers(const struct lab *w, uint32_t a, uint32_t b)
{
	return adj_has(&w->peers_of, a, b);
}

/* Who leaked on this way, by the ASPAs of its two neighbours there; LAB_NONE when nobody is named. */
static uint32_t
leaker(const struct lab *w, const struct way *y)
{
	uint32_t p, in = LAB_NONE, as;

	for (p = y->n - 1; p-- > 0;) {
		if (in != LAB_NONE && denies(w, y->hop[p], y->hop[p + 1])) {
			as = y->hop[p + 1];
			return in == p + 1 && side(w, as, y->hop[p]) != 0 && side(w, as, y->hop[p + 2]) != 0 &&
			    !siblings(w, as, y->hop[p]) && !siblings(w, as, y->hop[p + 2]) && !peers(w, as, y->hop[p]) &&
			    !peers(w, as, y->hop[p + 2]) ? as : LAB_NONE;
		}
		if (denies(w, y->hop[p + 1], y->hop[p]))
			in = p;
	}
	return LAB_NONE;
}

static void
judge_ways(struct judge *j, const struct ways *ways)
{
	const struct lab *w = j->w;
	uint8_t *why = xcalloc(w->n_ases, 1);
	uint32_t i, as;
	size_t k;

	for (k = 0; k < ways->n; k++) {
		const struct way *y = &ways->v[k];
		bool marked = false;

		for (i = y->n; i-- > 0;) {
			if (i > 0 && has_aspa(w, y->hop[i - 1]) &&
			    (marked || (i + 1 < y->n && has_aspa(w, y->hop[i + 1]) && !peers(w, y->hop[i], y->hop[i - 1]) &&
			    !peers(w, y->hop[i], y->hop[i + 1]))))
				why[y->hop[i]] |= 1;
			if (y->hop[i] == y->otc) {
				marked = true;
				why[y->otc] |= 2;
			}
		}
		as = leaker(w, y);
		if (as != LAB_NONE)
			why[as] |= 4;
	}
	for (as = 0; as < w->n_ases; as++) {
		j->as[as][TRUTH_LEAK].den += (why[as] & 1) != 0;
		j->as[as][TRUTH_OTC].num += (why[as] & 2) != 0;
		j->as[as][TRUTH_LEAK].num += (why[as] & 4) != 0;
	}
	free(why);
}

/* --- others' space --- */

/* The nearest announcement of the holder that covers it, RPKI-valid. */
static size_t
held_by(const struct judge *j, const struct seen *s, uint32_t asn)
{
	size_t i, best = j->n;

	for (i = 0; i < j->n; i++) {
		const struct seen *o = &j->seen[i];

		if (o->visible && o->origin != LAB_NONE && j->w->ases[o->origin].asn == asn && o->rov == VALID &&
		    prefix_covers(&o->prefix, &s->prefix) && (best == j->n || o->prefix.len > j->seen[best].prefix.len))
			best = i;
	}
	return best;
}

static bool
registered(enum truth_irr s)
{
	return s == IRR_STATE_EXACT || s == IRR_STATE_COVERED;
}

/* Of whom: of several who signed it the smallest ASN; LAB_NONE: it is none. */
static uint32_t
misoriginated(const struct judge *j, const struct ways *ways, size_t no)
{
	const struct lab *w = j->w;
	const struct seen *s = &j->seen[no];
	uint32_t of = LAB_NONE;
	size_t i, other;

	if (!s->visible || s->origin == LAB_NONE || s->rov != INVALID || registered(s->irr) ||
	    s->prefix.len > (s->prefix.family == FAMILY_V4 ? 24 : 48))
		return LAB_NONE;
	for (i = 0; i < w->n_vrps; i++)		/* then only the length is wrong */
		if (prefix_covers(&w->vrps[i].prefix, &s->prefix) && w->vrps[i].asn == w->ases[s->origin].asn)
			return LAB_NONE;
	for (i = 0; i < w->n_vrps; i++) {
		uint32_t holder = truth_index(w, w->vrps[i].asn);

		if (!prefix_covers(&w->vrps[i].prefix, &s->prefix) || holder == LAB_NONE ||
		    (other = held_by(j, s, w->vrps[i].asn)) == j->n)
			continue;
		if (siblings(w, s->origin, holder) || side(w, s->origin, holder) != NOBODY || ways[no].on[holder] ||
		    ways[other].on[s->origin])
			return LAB_NONE;
		if (prefix_eq(&w->vrps[i].prefix, &s->prefix) && (of == LAB_NONE || w->ases[holder].asn < w->ases[of].asn))
			of = holder;
	}
	return of;
}

/* Three at least of v, one each of those that are siblings or customer and provider. */
static bool
are_several(const struct lab *w, const uint32_t *v, size_t n)
{
	uint32_t kept[SEVERAL];
	size_t i, k, n_kept = 0;

	for (i = 0; i < n && n_kept < SEVERAL; i++) {
		for (k = 0; k < n_kept && !siblings(w, kept[k], v[i]) && side(w, kept[k], v[i]) % 2 == 1; k++)
			;	/* NOBODY and peers are odd */
		if (k == n_kept)
			kept[n_kept++] = v[i];
	}
	return n_kept == SEVERAL;
}

/* What one AS announces of others is counted when these are several. */
static void
judge_space(struct judge *j, const struct ways *ways)
{
	uint32_t *of = xcalloc(j->n, sizeof(*of)), *its = xcalloc(j->n, sizeof(*its)), as;
	size_t i, n;

	for (i = 0; i < j->n; i++)
		of[i] = misoriginated(j, ways, i);
	for (as = 0; as < j->w->n_ases; as++) {
		for (i = 0, n = 0; i < j->n; i++)
			if (of[i] != LAB_NONE && j->seen[i].origin == as)
				its[n++] = of[i];
		j->as[as][TRUTH_MISORIGIN].num = are_several(j->w, its, n) ? n : 0;
	}
	free(of);
	free(its);
}

/* --- all --- */

void
judge_enforce(struct judge *j)
{
	struct ways *ways = xcalloc(j->n, sizeof(*ways));
	uint32_t as;
	size_t i;

	for (i = 0; i < j->n; i++)
		ways_of(j, &j->seen[i], &ways[i]);
	for (i = 0; i < j->n; i++) {
		if (is_wild(j->w, &j->seen[i]))
			judge_wild(j, ways, i);
		if (j->seen[i].looked)
			judge_ways(j, &ways[i]);
		if (j->seen[i].visible && j->seen[i].origin != LAB_NONE)
			j->as[j->seen[i].origin][TRUTH_MISORIGIN].den++;
	}
	judge_space(j, ways);
	for (as = 0; as < j->w->n_ases; as++) {
		struct answer *a = j->as[as];

		a[TRUTH_OTC].den = a[TRUTH_BOGON_PREFIX_PROPAGATED].den + a[TRUTH_BOGON_PREFIX_ORIGINATED].den;
		if (a[TRUTH_WILD].den == 0)
			a[TRUTH_WILD].state = TRUTH_NO_DATA;
		if (a[TRUTH_LEAK].den == 0)
			a[TRUTH_LEAK].state = TRUTH_NO_DATA;
	}
	for (i = 0; i < j->n; i++) {
		free(ways[i].v);
		free(ways[i].on);
	}
	free(ways);
}
