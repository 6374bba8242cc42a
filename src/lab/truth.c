/*
 * truth: who saw what, and who passed it on.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/truth_int.h"

#include <stdlib.h>
#include <string.h>

#define VISIBLE_FROM 5u		/* full feeds that make a route count */

/* Why an AS stands on the paths of the route at hand. */
enum { ON_PATH = 1, NEXT_TO_ORIGIN = 2, NEXT_TO_BOGON = 4, NEXT_TO_UNALLOCATED = 8, IN_SET = 16 };

const char *
truth_word(enum truth_metric m)
{
	static const char *const word[] = {
#define X(id, word) word,
	    TRUTH_LIST(X)
#undef X
	};

	return word[m];
}

uint32_t
truth_index(const struct lab *w, uint32_t asn)
{
	uint32_t i;

	for (i = 0; i < w->n_ases; i++)
		if (w->ases[i].asn == asn)
			return i;
	return LAB_NONE;
}

/* Note why the ASes of one path stand on it. */
static void
mark_path(const struct lab *w, const struct lab_wire_path *p, uint8_t *why)
{
	uint32_t hop[LAB_PATH_MAX + 8], n = 0, i, origin;

	for (i = 0; i < p->n; i++)
		if (i == 0 || p->asn[i] != p->asn[i - 1])
			hop[n++] = truth_index(w, p->asn[i]);
	origin = p->has_set ? LAB_NONE : hop[n - 1];
	for (i = 0; i < n; i++)
		if (hop[i] != origin)
			why[hop[i]] |= ON_PATH;
	if (!p->has_set && n >= 2)
		why[hop[n - 2]] |= NEXT_TO_ORIGIN;
	for (i = 1; i < n; i++) {
		if (asn_bogon(w->ases[hop[i]].asn) != NULL)
			why[hop[i - 1]] |= NEXT_TO_BOGON;
		else if (w->ases[hop[i]].unallocated)
			why[hop[i - 1]] |= NEXT_TO_UNALLOCATED;
	}
	for (i = 0; p->has_set && i < 2; i++)
		why[truth_index(w, p->set[i])] |= IN_SET;
}

bool
incident_announces(const struct judge *j, const struct incident *x, const struct seen *s)
{
	uint32_t origin = x->kind == INCIDENT_LEAK ? j->w->routes[x->route].origin : x->culprit;

	return prefix_eq(&x->prefix, &s->prefix) && origin == s->origin;
}

/* All the paths that a session ever had for it, in the table or in an incident. */
static bool
mark_session(const struct judge *j, const struct seen *s, uint32_t peer, uint8_t *why)
{
	struct lab_wire_path path;
	bool any = false;
	uint32_t i;

	if (s->prefix.family == FAMILY_V6 && !j->w->peers[peer].v6)
		return false;
	if (s->route != LAB_NONE && lab_sees(j->w, s->route, peer) && wire_path(j->w, s->route, peer, &path)) {
		mark_path(j->w, &path, why);
		any = true;
	}
	for (i = 0; i < j->in->n; i++) {
		if (!incident_announces(j, &j->in->v[i], s) || !incident_path(j->w, &j->in->v[i], peer, &path))
			continue;
		mark_path(j->w, &path, why);
		any = true;
	}
	return any;
}

/* Full feeds that carry it; why each AS is on its paths. */
static uint32_t
mark_all(const struct judge *j, const struct seen *s, uint8_t *why, uint32_t *n_full)
{
	uint32_t p, carried = 0;

	*n_full = 0;
	memset(why, 0, j->w->n_ases);
	for (p = 0; p < j->w->n_peers; p++) {
		bool full = !j->w->peers[p].partial;

		*n_full += full && (s->prefix.family == FAMILY_V4 || j->w->peers[p].v6);
		if (mark_session(j, s, p, why) && full)
			carried++;
	}
	return carried;
}

static bool
is_provider(const struct lab *w, uint32_t as, uint32_t of)
{
	return asn_bogon(w->ases[of].asn) == NULL && adj_has(&w->providers, of, as);
}

static void
count_customer(struct judge *j, uint32_t as, const struct seen *s)
{
	bool invalid = s->rov == INVALID;
	bool bad = invalid || (s->rov == NOT_FOUND && s->irr == IRR_STATE_OTHER);

	j->as[as][TRUTH_CUSTOMER_INVALID].den++;
	j->as[as][TRUTH_CUSTOMER_INVALID].num += invalid;
	j->as[as][TRUTH_CUSTOMER_BAD].den++;
	j->as[as][TRUTH_CUSTOMER_BAD].num += bad;
	if (s->prefix.family != FAMILY_V4 || lab_participant(j->w, s->origin, false) ||
	    lab_participant(j->w, s->origin, true))
		return;
	j->as[as][TRUTH_A1].den++;
	j->as[as][TRUTH_A1].num += bad;
}

static void
count_passed(struct judge *j, const struct seen *s, const uint8_t *why)
{
	uint32_t as;

	for (as = 0; as < j->w->n_ases; as++) {
		struct answer *a = j->as[as];
		bool passed = (why[as] & ON_PATH) != 0 && s->looked;
		bool beside = (why[as] & NEXT_TO_ORIGIN) != 0 && s->looked;

		a[TRUTH_BOGON_PREFIX_PROPAGATED].den += passed;
		a[TRUTH_BOGON_PREFIX_PROPAGATED].num += beside && s->bogon;
		a[TRUTH_BOGON_ASN_PROPAGATED].den += passed;
		a[TRUTH_BOGON_ASN_PROPAGATED].num += s->looked && (why[as] & NEXT_TO_BOGON) != 0;
		a[TRUTH_ADMIN_PROPAGATED].den += passed;
		a[TRUTH_ADMIN_PROPAGATED].num += (beside && s->admin) ||
		    (s->looked && (why[as] & NEXT_TO_UNALLOCATED) != 0);
		a[TRUTH_AS_SET].num += s->visible && (why[as] & IN_SET) != 0;
		if (passed && s->visible && s->origin != LAB_NONE && is_provider(j->w, as, s->origin))
			count_customer(j, as, s);
	}
}

static void
seen_add(struct judge *j, struct prefix p, uint32_t origin, uint32_t route)
{
	size_t i;

	for (i = 0; route == LAB_NONE && i < j->n; i++)
		if (j->seen[i].origin == origin && prefix_eq(&j->seen[i].prefix, &p))
			return;
	j->seen = grow(j->seen, &j->cap, j->n + 1, sizeof(*j->seen));
	j->seen[j->n++] = (struct seen){.prefix = p, .origin = origin, .route = route};
}

/* All that could be seen: the plan's routes, then what only incidents announce. */
static void
collect(struct judge *j)
{
	const struct lab *w = j->w;
	uint32_t i;

	for (i = 0; i < w->n_routes; i++)
		if (!w->routes[i].silent && w->routes[i].prefix.len > 0)
			seen_add(j, w->routes[i].prefix, w->routes[i].set ? LAB_NONE : w->routes[i].origin, i);
	for (i = 0; i < j->in->n; i++)
		if (j->in->v[i].kind != INCIDENT_LEAK)
			seen_add(j, j->in->v[i].prefix, j->in->v[i].culprit, LAB_NONE);
}

static void
judge_seen(struct judge *j)
{
	uint8_t *why = xcalloc(j->w->n_ases, 1);
	uint32_t n_full, carried;
	size_t i;

	for (i = 0; i < j->n; i++) {
		struct seen *s = &j->seen[i];

		carried = mark_all(j, s, why, &n_full);
		s->looked = carried > 0;
		s->visible = carried > 0 && carried >= (n_full < VISIBLE_FROM ? n_full : VISIBLE_FROM);
		judge_route(j->w, s);
		count_passed(j, s, why);
	}
	free(why);
}

/* A share of nothing is no share. */
static void
settle_states(struct judge *j)
{
	uint32_t i, m;

	for (i = 0; i < j->w->n_ases; i++) {
		struct answer *a = j->as[i];
		bool known = asn_bogon(j->w->ases[i].asn) == NULL && i < j->w->n_routed;
		bool customers = false;
		uint32_t e;

		a[TRUTH_AS_SET].den += a[TRUTH_AS_SET].num;
		for (e = j->w->customers.first[i]; e < j->w->customers.first[i + 1]; e++)
			customers = customers || asn_bogon(j->w->ases[j->w->customers.to[e]].asn) == NULL;
		for (m = 0; m < TRUTH_N; m++)
			if (a[m].den == 0 && a[m].state == TRUTH_OK)
				a[m].state = TRUTH_NOT_APPLICABLE;
		if (a[TRUTH_M5].den == 0)
			a[TRUTH_M5].state = a[TRUTH_SAV].state = TRUTH_NO_DATA;
		if (a[TRUTH_A1].den == 0)
			a[TRUTH_A1].state = TRUTH_NO_DATA;
		if (a[TRUTH_CUSTOMER_BAD].den == 0 && (!known || customers))
			a[TRUTH_CUSTOMER_BAD].state = a[TRUTH_CUSTOMER_INVALID].state = TRUTH_NO_DATA;
	}
}

void
truth_make(const struct lab *w, const struct incidents *in, struct truth *out)
{
	struct judge j = {.w = w, .in = in, .as = xcalloc(w->n_ases, sizeof(*j.as))};

	collect(&j);
	judge_seen(&j);
	judge_own(&j);
	judge_people(&j);
	judge_enforce(&j);
	settle_states(&j);
	free(j.seen);
	out->as = j.as;
}

void
truth_release(struct truth *t)
{
	free(t->as);
	*t = (struct truth){0};
}
