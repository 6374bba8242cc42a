/*
 * object: VRPs, ROAs and route objects as text.
 */
#include "addr/asn.h"
#include "metric/compute.h"

#include <stdlib.h>

const char *
roa_text(struct arena *a, const struct prefix *p, uint32_t origin)
{
	char text[PREFIX_TEXT];

	return arena_printf(a, "ROA %s maxLength %u origin AS%u", prefix_format(p, text), p->len, origin);
}

const char *
route_object_text(struct arena *a, const struct prefix *p, uint32_t origin, const char *source)
{
	char text[PREFIX_TEXT];

	return arena_printf(a, "%s: %s origin: AS%u source: %s", p->family == FAMILY_V4 ? "route" : "route6",
	    prefix_format(p, text), origin, source);
}

const char *
bogon_remedy(struct compute *c, const struct prefix *p, uint32_t origin)
{
	char text[PREFIX_TEXT];

	prefix_format(p, text);
	if (specials_bogon(&c->w->specials, p) != NULL)
		return arena_printf(c->a, "withdraw %s: special-purpose addresses are not to be announced", text);
	if (asn_bogon(origin) != NULL)
		return arena_printf(c->a, "withdraw %s, or announce it from a public ASN", text);
	return NULL;
}

/* Room for n more objects; the place of the first. */
static const char **
objects_add(struct compute *c, struct record *r, size_t n)
{
	const char **objects = arena_array(c->a, r->n_objects + n, sizeof(*objects)), **first;
	size_t i;

	for (i = 0; i < r->n_objects; i++)
		objects[i] = r->objects[i];
	first = objects + r->n_objects;
	r->objects = objects;
	r->n_objects += n;
	return first;
}

void
record_vrps(struct compute *c, struct record *r, const struct prefix *p)
{
	const struct rpki *t = &c->w->rpki;
	size_t i, n = rpki_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	const char **objects = objects_add(c, r, n);
	char text[PREFIX_TEXT];

	rpki_covering(t, p, ids, n);
	for (i = 0; i < n; i++) {
		const struct roa *v = &t->roas[ids[i]];

		objects[i] = arena_printf(c->a, "VRP %s-%u AS%u", prefix_format(&v->prefix, text), v->max_len,
		    v->asn);
	}
	free(ids);
}

void
record_irr(struct compute *c, struct record *r, const struct prefix *p)
{
	const struct irr *t = &c->w->irr;
	size_t i, n = irr_covering(t, p, NULL, 0);
	uint32_t *ids = xmalloc(n * sizeof(*ids));
	const char **objects = objects_add(c, r, n);

	irr_covering(t, p, ids, n);
	for (i = 0; i < n; i++) {
		const struct irr_route *o = &t->routes[ids[i]];

		objects[i] = route_object_text(c->a, &o->prefix, o->origin, t->sources[o->source].name);
	}
	free(ids);
}

void
record_object(struct compute *c, struct record *r, const char *text)
{
	*objects_add(c, r, 1) = text;
}
