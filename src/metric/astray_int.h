/*
 * astray_int: what the files of astray share; nobody else includes it.
 */
#ifndef METRIC_ASTRAY_INT_H
#define METRIC_ASTRAY_INT_H

#include "metric/astray.h"
#include "metric/leak.h"
#include "metric/tables.h"

struct astray_part { struct prefix prefix; bool attracting; };	/* no longer than a block */
struct astray_cell {		/* a part that followed, from when to when */
	uint32_t row, part;
	int64_t from_us, to_us;
};

/* astray.c */
bool astray_is_other(const struct astray_ground *g, uint32_t route);

/* astray_parts.c: the space of a route: what no more specific route of another takes from it. */
struct astray_parts {
	struct astray_part *part;	/* owned */
	size_t n, cap;
	struct prefix *taken;		/* owned: scratch */
	size_t n_taken, cap_taken;
};
/* Returns how many were added. */
size_t astray_parts_add(struct astray_parts *x, const struct astray_ground *g, const struct prefix *p);

/* astray_measure.c: n cells of one row; they are put in order. Sets blocks to seconds of out. */
void astray_measure(const struct astray_part *part, struct astray_cell *cell, size_t n, struct astray_row *out);

#endif
