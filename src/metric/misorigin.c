/*
 * misorigin: what registries, relations and the days before say of an origin. Nearly all announcements are of routes that
 * were there before: that is asked first.
 */
#include "metric/misorigin.h"
#include "addr/aspath.h"
#include "metric/excuse.h"
#include "metric/valley.h"

#define ARRANGED_LOOK 4096u	/* its own VRPs: a network with more has long had two others among them */
#define MIS_DOUBTS (UINT32_MAX << MIS_DOUBT)
/* These leave a possible misorigination: who is close to a holder may announce for it, or not. */
#define MIS_SOFT (1u << MIS_NEIGHBOUR | 1u << MIS_BESIDE | 1u << MIS_ARRANGED | 1u << MIS_STRANGER)
#define LOOKED_AT 64u		/* covering objects of a kind: no prefix has more that matter */

static const struct { const char *word, *text; } says[MIS_N] = {
#define X(id, word, text) {word, text},
	MISORIGIN_LIST(X)
#undef X
};

const char *
misorigin_word(enum misorigin_says s)
{
	return says[s].word;
}

const char *
misorigin_text(enum misorigin_says s)
{
	return says[s].text;
}

const char *
misorigin_class_word(enum misorigin_class c)
{
	static const char *const word[] = {"none", "possible", "probable", "strong"};

	return word[c];
}

#define ARRANGED_MIN 2u		/* holders that let it announce: one is a customer or a friend */

struct asked {
	const struct world *w;
	const struct history *h;
	uint32_t origin, next;
	uint64_t origin_id;	/* world/holders.h */
	bool stranger_org;	/* of some holder nobody says which organisation it is of, or who the registries' holder is */
	struct misorigin m;
};

static void
say(struct asked *a, enum misorigin_says s)
{
	a->m.says |= 1u << s;
}

static bool
said(const struct misorigin *m, enum misorigin_says s)
{
	return (m->says >> s & 1) != 0;
}

/* An AS that holds the prefix: what is it to the origin? */
static void
holder(struct asked *a, uint32_t asn)
{
	const struct graph *g = a->w->graph.present ? &a->w->graph : NULL;
	enum as_relation rel;

	if (asn == a->origin || asn == 0 || asn == ORIGIN_NONE)
		return;
	if (a->m.holder == 0 || asn < a->m.holder)
		a->m.holder = asn;
	if (valley_siblings(g, a->w->orgs.present ? &a->w->orgs : NULL, asn, a->origin))
		say(a, MIS_SIBLING);
	rel = g != NULL ? graph_relation(g, asn, a->origin) : REL_NONE;
	if (rel == REL_PROVIDER || rel == REL_CUSTOMER)
		say(a, MIS_NEIGHBOUR);
	if (asn == a->next || (a->h != NULL && history_beside(a->h, asn, a->origin)))
		say(a, MIS_BESIDE);
	if (orgs_as(&a->w->orgs, asn) == NULL ||
	    holders_tie(&a->w->holders, a->origin_id, holders_asn(&a->w->holders, asn)) == TIE_UNKNOWN)
		a->stranger_org = true;
}

static void
ask_vrps(struct asked *a, const struct prefix *p)
{
	const struct rpki *t = &a->w->rpki;
	uint32_t id[LOOKED_AT];
	size_t n, i;
	bool own = false;

	n = t->present ? rpki_covering(t, p, id, LOOKED_AT) : 0;
	if (n == 0)
		return;
	n = n < LOOKED_AT ? n : LOOKED_AT;
	for (i = 0; i < n; i++)
		own = own || t->roas[id[i]].asn == a->origin;
	say(a, own ? MIS_VRP_OWN : MIS_VRP_OTHER);
	for (i = 0; i < n && !own; i++)
		holder(a, t->roas[id[i]].asn);
}

static void
ask_irr(struct asked *a, const struct prefix *p)
{
	const struct irr *t = &a->w->irr;
	bool own[2] = {false, false}, any[2] = {false, false};
	uint32_t id[LOOKED_AT];
	size_t n, i;

	n = t->present ? irr_covering(t, p, id, LOOKED_AT) : 0;
	n = n < LOOKED_AT ? n : LOOKED_AT;
	for (i = 0; i < n; i++) {
		bool auth = t->sources[t->routes[id[i]].source].authoritative;

		any[auth] = true;
		own[auth] = own[auth] || t->routes[id[i]].origin == a->origin;
	}
	for (i = 0; i < n; i++)
		if (t->sources[t->routes[id[i]].source].authoritative && !own[1])
			holder(a, t->routes[id[i]].origin);
	if (any[1])
		say(a, own[1] ? MIS_IRR_OWN : MIS_IRR_OTHER);
	if (any[0])
		say(a, own[0] ? MIS_THIRD_OWN : MIS_THIRD_OTHER);
}

static void
ask_history(struct asked *a, const struct history *h, const struct prefix *p)
{
	const struct history_route *r;
	size_t n, i;

	n = history_routes(h, p, &r);
	for (i = 0; i < n; i++) {
		if (r[i].origin != ORIGIN_NONE)
			say(a, MIS_HELD);
		holder(a, r[i].origin);
	}
	if (n > 0)
		return;
	n = history_covering(h, p, &r);
	for (i = 0; i < n; i++) {
		if (r[i].origin == a->origin) {		/* a more specific of its own */
			say(a, MIS_HISTORY);
			return;
		}
		if (r[i].origin != ORIGIN_NONE)
			say(a, MIS_HELD_COVER);
		holder(a, r[i].origin);
	}
}

/* Does it have VRPs inside or beside those of several others? */
static bool
is_arranged(const struct world *w, uint32_t origin)
{
	const struct rpki *t = &w->rpki;
	const struct orgs *o = w->orgs.present ? &w->orgs : NULL;
	uint32_t id[LOOKED_AT], other[ARRANGED_MIN];
	const uint32_t *own;
	size_t n_own = rpki_of(t, origin, &own), i, k, j, n, found = 0;

	for (i = 0; i < n_own && i < ARRANGED_LOOK && found < ARRANGED_MIN; i++) {
		n = rpki_covering(t, &t->roas[own[i]].prefix, id, LOOKED_AT);
		for (k = 0; k < n && k < LOOKED_AT && found < ARRANGED_MIN; k++) {
			uint32_t asn = t->roas[id[k]].asn;

			for (j = 0; j < found && other[j] != asn; j++)
				;
			if (j == found && asn != origin && asn != 0 && !valley_siblings(&w->graph, o, asn, origin))
				other[found++] = asn;
		}
	}
	return found == ARRANGED_MIN;
}

/* Was who passed it on ever seen beside it? Without relations and days before nobody can say. */
static bool
is_stranger(const struct asked *a)
{
	const struct graph *g = a->w->graph.present ? &a->w->graph : NULL;

	if (a->next == 0 || (g == NULL && a->h == NULL))
		return false;
	return !(g != NULL && graph_relation(g, a->next, a->origin) != REL_NONE) &&
	    !(a->h != NULL && history_beside(a->h, a->next, a->origin)) &&
	    !valley_siblings(g, a->w->orgs.present ? &a->w->orgs : NULL, a->next, a->origin);
}

/* Is something not there that could speak for it? Days before in which nobody listened to the family are none. */
static bool
lacks_excuses(const struct asked *a, const struct prefix *p, uint32_t at_hand, enum holders_tie tie)
{
	return a->h == NULL || !history_knows(a->h, p->family) || (~at_hand & EXCUSES_MISORIGIN) != 0 ||
	    orgs_as(&a->w->orgs, a->origin) == NULL || a->stranger_org || tie == TIE_UNKNOWN;
}

static enum misorigin_class
class_of(const struct misorigin *m)
{
	bool registered = said(m, MIS_VRP_OTHER) || said(m, MIS_IRR_OTHER);
	bool held = said(m, MIS_HELD) || said(m, MIS_HELD_COVER);
	uint32_t against = (m->says & ~MIS_DOUBTS) >> MIS_AGAINST << MIS_AGAINST;
	enum misorigin_class class = MISORIGIN_NONE;

	if (against == 0)
		class = said(m, MIS_VRP_OTHER) ? held ? MISORIGIN_STRONG : MISORIGIN_PROBABLE :
		    registered || held ? MISORIGIN_POSSIBLE : MISORIGIN_NONE;
	else if (registered && (against & ~(1u << MIS_THIRD_OWN | MIS_SOFT)) == 0)
		class = MISORIGIN_POSSIBLE;
	return class > MISORIGIN_POSSIBLE && (m->says & MIS_DOUBTS) != 0 ? MISORIGIN_POSSIBLE : class;
}

void
misorigin_doubt(struct misorigin *m, enum misorigin_says s)
{
	if (m->class <= MISORIGIN_POSSIBLE)
		return;
	m->says |= 1u << s;
	m->class = MISORIGIN_POSSIBLE;
}

bool
misorigin_long(const struct prefix *p)
{
	return p->len > (p->family == FAMILY_V4 ? 24 : 48);
}

/* What is dear to ask is asked of what would be accused. */
static enum misorigin_class
doubted(struct asked *a, const struct prefix *p, uint32_t at_hand)
{
	enum holders_tie tie;

	if (class_of(&a->m) == MISORIGIN_NONE)
		return MISORIGIN_NONE;
	tie = holders_tie(&a->w->holders, a->origin_id, holders_prefix(&a->w->holders, p));
	if (tie == TIE_ONE)
		say(a, MIS_REGISTERED);
	if (class_of(&a->m) <= MISORIGIN_POSSIBLE)
		return class_of(&a->m);
	if (is_arranged(a->w, a->origin))
		say(a, MIS_ARRANGED);
	if (is_stranger(a))
		say(a, MIS_STRANGER);
	if (class_of(&a->m) <= MISORIGIN_POSSIBLE)
		return class_of(&a->m);
	if (misorigin_long(p))
		say(a, MIS_LONG);
	if (lacks_excuses(a, p, at_hand, tie))
		say(a, MIS_LACKS);
	return class_of(&a->m);
}

struct misorigin
misorigin_judge(const struct misorigin_ask *q, const struct prefix *p)
{
	const struct history *h = q->h;
	struct asked a = {.w = q->w, .h = h, .origin = q->origin, .next = q->next};

	if (p->len == (p->family == FAMILY_V4 ? 32 : 128))
		return a.m;
	if (h != NULL && history_has_route(h, p, q->origin)) {
		say(&a, MIS_HISTORY);
		return a.m;
	}
	a.origin_id = holders_asn(&a.w->holders, a.origin);
	ask_vrps(&a, p);
	if (!said(&a.m, MIS_VRP_OWN))
		ask_irr(&a, p);
	if (h != NULL && (a.m.says >> MIS_AGAINST & (1u << (MIS_VRP_OWN - MIS_AGAINST) |
	    1u << (MIS_IRR_OWN - MIS_AGAINST))) == 0)
		ask_history(&a, h, p);
	a.m.class = doubted(&a, p, q->at_hand);
	return a.m;
}
