/*
 * misorigin: what registries, relations and the days before say of an origin. Nearly all announcements are of routes that
 * were there before: that is asked first.
 */
#include "metric/misorigin.h"
#include "addr/aspath.h"
#include "metric/valley.h"

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

struct asked {
	const struct world *w;
	uint32_t origin;
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

static enum misorigin_class
class_of(const struct misorigin *m)
{
	bool registered = said(m, MIS_VRP_OTHER) || said(m, MIS_IRR_OTHER);
	bool held = said(m, MIS_HELD) || said(m, MIS_HELD_COVER);
	uint32_t against = m->says >> MIS_AGAINST << MIS_AGAINST;

	if (against == 0)
		return registered && held ? MISORIGIN_STRONG : said(m, MIS_VRP_OTHER) ? MISORIGIN_PROBABLE :
		    registered || held ? MISORIGIN_POSSIBLE : MISORIGIN_NONE;
	if (registered && (against & ~(1u << MIS_NEIGHBOUR | 1u << MIS_THIRD_OWN)) == 0)
		return MISORIGIN_POSSIBLE;
	return MISORIGIN_NONE;
}

struct misorigin
misorigin_judge(const struct world *w, const struct history *h, const struct prefix *p, uint32_t origin)
{
	struct asked a = {.w = w, .origin = origin};

	if (h != NULL && history_has_route(h, p, origin)) {
		say(&a, MIS_HISTORY);
		return a.m;
	}
	ask_vrps(&a, p);
	if (!said(&a.m, MIS_VRP_OWN))
		ask_irr(&a, p);
	if (h != NULL && (a.m.says >> MIS_AGAINST & (1u << (MIS_VRP_OWN - MIS_AGAINST) |
	    1u << (MIS_IRR_OWN - MIS_AGAINST))) == 0)
		ask_history(&a, h, p);
	a.m.class = class_of(&a.m);
	return a.m;
}
