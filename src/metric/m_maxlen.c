/*
 * m_maxlen: VRPs that allow more than is announced (RFC 9319: forged-origin sub-prefix hijacks).
 * Measurable form: a VRP of the AS is exposed when its maxLength is above the longest visible prefix that
 * the AS announces inside it; when it announces nothing there, above the VRP's own length.
 */
#include "metric/compute.h"

#include <stdio.h>
#include <stdlib.h>

struct open_vrp {		/* a VRP whose prefix covers the item at hand */
	size_t i;
	unsigned longest;
};

struct sweep {
	const struct compute *c;
	const uint32_t *vrps;
	unsigned *longest;	/* per VRP of the AS: longest announced inside, 0 when none */
	struct open_vrp *stack;
	size_t depth;
};

static const struct prefix *
vrp_prefix(const struct sweep *s, size_t i)
{
	return &s->c->w->rpki.roas[s->vrps[i]].prefix;
}

/* Close the VRPs that do not cover p (all when p is NULL); what was inside is inside the outer too. */
static void
close_until(struct sweep *s, const struct prefix *p)
{
	while (s->depth > 0) {
		struct open_vrp *top = &s->stack[s->depth - 1];

		if (p != NULL && prefix_covers(vrp_prefix(s, top->i), p))
			return;
		s->longest[top->i] = top->longest;
		if (--s->depth > 0 && s->stack[s->depth - 1].longest < top->longest)
			s->stack[s->depth - 1].longest = top->longest;
	}
}

/* One sweep over the VRPs and the routes of the AS, both in prefix order. */
static void
longest_announced(struct sweep *s, size_t n_vrps)
{
	const struct compute *c = s->c;
	const uint32_t *ids = c->routes;
	size_t n = c->n_routes, i = 0, k = 0;

	s->stack = xmalloc(n_vrps * sizeof(*s->stack));
	while (i < n_vrps || k < n) {
		const struct prefix *route = k < n ? &c->w->routes.routes[ids[k]].prefix : NULL;

		if (i < n_vrps && (route == NULL || prefix_cmp(vrp_prefix(s, i), route) <= 0)) {
			close_until(s, vrp_prefix(s, i));
			s->stack[s->depth++] = (struct open_vrp){.i = i++};
			continue;
		}
		close_until(s, route);
		if (s->depth > 0 && (c->f->route_bits[ids[k]] & ROUTE_VISIBLE) != 0 &&
		    s->stack[s->depth - 1].longest < route->len)
			s->stack[s->depth - 1].longest = route->len;
		k++;
	}
	close_until(s, NULL);
	free(s->stack);
}

static void
fill_exposed(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct roa *v = d->arg;
	unsigned longest = d->n;
	char text[PREFIX_TEXT];

	(void)from;
	prefix_format(&v->prefix, text);
	record_object(c, r, arena_printf(c->a, "VRP %s-%u AS%u", text, v->max_len, v->asn));
	r->rule = "RFC 9319 section 5: maxLength above what is announced allows forged-origin sub-prefixes";
	if (longest == 0)
		r->remedy = arena_printf(c->a, "replace it by ROA %s maxLength %u origin AS%u: "
		    "no part of it is announced", text, v->prefix.len, v->asn);
	else
		r->remedy = arena_printf(c->a, "replace it by ROAs for exactly the prefixes announced inside %s, "
		    "none of which is longer than /%u", text, longest);
}

/* One that allows nothing longer than itself is not exposed, whatever is announced. */
static bool
any_loose(const struct rpki *t, const uint32_t *ids, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (t->roas[ids[i]].max_len > t->roas[ids[i]].prefix.len)
			return true;
	return false;
}

static void
decide_exposed(struct compute *c, const uint32_t *ids, size_t n)
{
	struct sweep s = {.c = c, .vrps = ids, .longest = xcalloc(n, sizeof(*s.longest))};
	size_t i;

	longest_announced(&s, n);
	for (i = 0; i < n; i++) {
		const struct roa *v = &c->w->rpki.roas[ids[i]];
		unsigned needed = s.longest[i] > 0 ? s.longest[i] : v->prefix.len;
		char detail[8];

		if (v->max_len <= needed)
			continue;
		c->m->num++;
		snprintf(detail, sizeof(detail), "%u", v->max_len);
		decide(c, &(struct deciding){.code = "maxlength-exposed", .prefix = &v->prefix, .origin = v->asn,
		    .detail = detail, .route = MAP_NONE, .arg = v, .n = s.longest[i], .fill = fill_exposed});
	}
	free(s.longest);
}

void
m_maxlen_exposure(struct compute *c)
{
	const uint32_t *ids;
	size_t n = rpki_of(&c->w->rpki, c->asn, &ids);

	if (any_loose(&c->w->rpki, ids, n))
		decide_exposed(c, ids, n);
	c->m->den = n;
	if (n == 0)
		not_applicable(c, "no VRP names this AS");
}
