/*
 * register: what is published about the routes: VRPs and route objects, as each route's plan says.
 */
#include "base/arena.h"
#include "lab/space.h"

#include <stdlib.h>
#include <string.h>

static void
vrp_add(struct lab *w, const struct lab_route *r, struct prefix p, unsigned max_len, uint32_t asn)
{
	w->vrps = grow(w->vrps, &w->cap_vrps, w->n_vrps + 1, sizeof(*w->vrps));
	w->vrps[w->n_vrps++] = (struct lab_vrp){p, (uint8_t)max_len, asn, w->ases[r->origin].rir};
}

static void
object_add(struct lab *w, struct prefix p, uint32_t asn, bool third_party)
{
	w->objects = grow(w->objects, &w->cap_objects, w->n_objects + 1, sizeof(*w->objects));
	w->objects[w->n_objects++] = (struct lab_object){p, asn, third_party};
}

static void
sign(struct lab *w, size_t i)
{
	const struct lab_route *r = &w->routes[i];
	struct prefix p = r->prefix;
	uint32_t own = w->ases[r->origin].asn, other = lab_other_asn(w, i);

	switch ((enum roa_plan)r->roa) {
	case ROA_OWN:
		vrp_add(w, r, p, p.len, own);
		break;
	case ROA_ABSENT:
		break;
	case ROA_OTHER_ASN:
		vrp_add(w, r, p, p.len, other);
		break;
	case ROA_SHORT:
		vrp_add(w, r, prefix_up(&p), p.len - 1u, own);
		break;
	case ROA_SHORT_OTHER:
		vrp_add(w, r, prefix_up(&p), p.len - 1u, other);
		break;
	case ROA_LOOSE:
		vrp_add(w, r, p, p.len + 2u, own);
		break;
	case ROA_ZERO:
		vrp_add(w, r, p, p.len, 0);
		break;
	case ROA_OWN_AND_OTHER:
		vrp_add(w, r, p, p.len, own);
		vrp_add(w, r, p, p.len, other);
		break;
	}
}

static void
enrol(struct lab *w, size_t i)
{
	const struct lab_route *r = &w->routes[i];
	struct prefix p = r->prefix;
	uint32_t own = w->ases[r->origin].asn;

	switch ((enum irr_plan)r->irr) {
	case IRR_BOTH:
		object_add(w, p, own, true);
		object_add(w, p, own, false);
		break;
	case IRR_AUTHORITATIVE:
		object_add(w, p, own, false);
		break;
	case IRR_THIRD_PARTY:
		object_add(w, p, own, true);
		break;
	case IRR_ABSENT:
		break;
	case IRR_OTHER_ORIGIN:
		object_add(w, p, lab_other_asn(w, i), false);
		break;
	case IRR_COVERING:
		object_add(w, prefix_up(&p), own, false);
		break;
	case IRR_INSIDE:
		p.len++;
		object_add(w, p, own, false);
		break;
	}
}

static int
vrp_cmp(const void *x, const void *y)
{
	const struct lab_vrp *a = x, *b = y;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	if (c == 0)
		c = (int)a->max_len - (int)b->max_len;
	if (c == 0)
		c = (a->asn > b->asn) - (a->asn < b->asn);
	return c != 0 ? c : (int)a->rir - (int)b->rir;
}

static int
object_cmp(const void *x, const void *y)
{
	const struct lab_object *a = x, *b = y;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	if (c == 0)
		c = (a->asn > b->asn) - (a->asn < b->asn);
	return c != 0 ? c : (int)a->third_party - (int)b->third_party;
}

/* Sort and drop what is there twice; n items of size bytes. */
static size_t
settle(void *items, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	char *p = items;
	size_t i, kept = 0;

	if (n == 0)
		return 0;
	qsort(items, n, size, cmp);
	for (i = 1; i < n; i++) {
		if (cmp(p + i * size, p + kept * size) == 0)
			continue;
		if (++kept != i)
			memcpy(p + kept * size, p + i * size, size);
	}
	return kept + 1;
}

void
plan_register(struct lab *w)
{
	size_t i;

	for (i = 0; i < w->n_routes; i++) {
		sign(w, i);
		enrol(w, i);
	}
	w->n_vrps = settle(w->vrps, w->n_vrps, sizeof(*w->vrps), vrp_cmp);
	w->n_objects = settle(w->objects, w->n_objects, sizeof(*w->objects), object_cmp);
}
