/*
 * exposure_astray: the incidents of a window through the networks that a subject depends on.
 */
#include "metric/exposure.h"
#include "base/root.h"

bool
exposure_at_end(const struct exposure *e, const struct exposure_as *a)
{
	unsigned f;

	for (f = 0; f < FAMILY_N; f++)
		if (e->view[f].state == METRIC_OK && a->of[f].n_paths > 0 && !a->of[f].at_end)
			return false;
	return true;
}

/* Of a prefix only its own family. */
static struct astray
of_family(const struct exposure *e, const struct astray *all, struct arena *a)
{
	struct astray_row *rows;
	size_t i, n = 0;

	if (!e->has_within)
		return *all;
	rows = arena_array(a, all->n, sizeof(*rows));
	for (i = 0; i < all->n; i++)
		if (all->rows[i].family == e->within.family)
			rows[n++] = all->rows[i];
	return (struct astray){rows, n};
}

void
exposure_astray(const struct astray_ground *g, struct arena *a, struct exposure *e)
{
	uint32_t *asn = arena_array(a, e->n_ases + 1, sizeof(*asn));
	bool *counted = arena_array(a, e->n_ases + 1, sizeof(*counted));
	struct astray *out = arena_array(a, e->n_ases + 1, sizeof(*out));
	size_t i;

	e->astray_why = astray_none_why(g);
	if (e->astray_why != NULL)
		return;
	for (i = 0; i < e->n_ases; i++) {
		asn[i] = e->ases[i].asn;
		counted[i] = !exposure_at_end(e, &e->ases[i]);
	}
	if (astray_compute(g, asn, counted, e->n_ases, a, out) != OK) {
		e->astray_why = "these networks carried more than a named limit (ASTRAY_CELLS_MAX)";
		return;
	}
	for (i = 0; i < e->n_ases; i++)
		e->ases[i].astray = of_family(e, &out[i], a);
	e->together = of_family(e, &out[e->n_ases], a);
}

uint64_t
exposure_weighed(const struct exposure_as *as, const struct astray_row *r)
{
	return (uint64_t)((u128)r->attracting_s * as->of[r->family].share_ppm / 1000000);
}
