/*
 * astray_gather: incident by incident, who carried it and when; then what that is as space. What is kept are the spans of
 * the networks asked for, so memory does not grow with the window's paths.
 */
#include "metric/astray_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define ROWS (ASTRAY_N * FAMILY_N)	/* of one network */

struct piece {			/* of the incident at hand: a network carried it */
	uint32_t row, vp;
	int64_t from_us, to_us;
	enum astray_role role;
};
struct charged {
	uint64_t incidents[ASTRAY_ROLES];
	uint8_t *vps;		/* owned: bits by vantage point; NULL before the first */
	uint32_t n_vps;
};
struct gather {
	const struct astray_ground *g;
	const struct timeline_result *r;
	const uint32_t *asn;
	const bool *counted;
	size_t n;
	struct map by_asn;
	struct charged *rows;	/* owned: (n + 1) * ROWS */
	struct piece *pieces;
	size_t n_pieces, cap_pieces;
	struct astray_parts parts;
	struct astray_cell *cells;
	size_t n_cells, cap_cells;
};

/* --- the networks asked for --- */

static bool
asn_eq(uint32_t id, const void *key, const void *arg)
{
	const struct gather *x = arg;

	return x->asn[id] == *(const uint32_t *)key;
}

static uint32_t
network_of(const struct gather *x, uint32_t asn)
{
	return map_find(&x->by_asn, map_hash(&asn, sizeof(asn)), asn_eq, &asn, x);
}

/* --- one incident --- */

static void
piece_put(struct gather *x, uint32_t asn, enum astray_kind k, unsigned family, const struct timeline_way *w,
    enum astray_role role)
{
	uint32_t at = network_of(x, asn), row = (uint32_t)k * FAMILY_N + family;

	if (at == MAP_NONE)
		return;
	x->pieces = grow(x->pieces, &x->cap_pieces, x->n_pieces + 2, sizeof(*x->pieces));
	x->pieces[x->n_pieces++] = (struct piece){at * ROWS + row, w->vp, w->from_us, w->to_us, role};
	if (x->counted[at])
		x->pieces[x->n_pieces++] = (struct piece){(uint32_t)x->n * ROWS + row, w->vp, w->from_us, w->to_us, role};
}

static void
offence_look(struct gather *x, const struct timeline_offence *o)
{
	enum astray_kind k = astray_kind_of(&o->of);
	const uint32_t *as;
	uint32_t i;
	size_t h, n;

	if (k == ASTRAY_N || x->g->why[k] != NULL)
		return;
	for (i = o->first_way; i < o->first_way + o->n_ways; i++) {
		const struct timeline_way *w = &x->r->ways[i];

		n = timeline_way_hops(x->r, w, &as);
		for (h = 0; h < n; h++)
			piece_put(x, as[h], k, o->prefix.family, w, as[h] == o->of.accomplice ? ASTRAY_ACCOMPLICE : ASTRAY_BEYOND);
		piece_put(x, o->of.culprit, k, o->prefix.family, w, ASTRAY_CULPRIT);
	}
}

static int
piece_cmp(const void *pa, const void *pb)
{
	const struct piece *a = pa, *b = pb;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->from_us != b->from_us)
		return a->from_us < b->from_us ? -1 : 1;
	return (a->to_us > b->to_us) - (a->to_us < b->to_us);
}

static void
vp_note(const struct gather *x, struct charged *r, uint32_t vp)
{
	if (r->vps == NULL)
		r->vps = xcalloc(x->g->s->window->coverage.n_vps / 8 + 1, 1);
	r->n_vps += (r->vps[vp / 8] >> vp % 8 & 1) == 0;
	r->vps[vp / 8] |= (uint8_t)(1u << vp % 8);
}

/* While the incident stands; a moment counts as one. False when never. */
static bool
meets(const struct timeline_span *s, int64_t from_us, int64_t to_us, struct timeline_span *out)
{
	out->from_us = s->from_us > from_us ? s->from_us : from_us;
	out->to_us = s->to_us < to_us ? s->to_us : to_us;
	return out->from_us < out->to_us || (out->from_us == out->to_us && (s->from_us == s->to_us || from_us == to_us));
}

static enum err
cells_put(struct gather *x, uint32_t row, const struct timeline_span *s, size_t part, size_t n_parts)
{
	size_t i;

	if (x->n_cells + n_parts > ASTRAY_CELLS_MAX)
		return ERR_LIMIT;
	x->cells = grow(x->cells, &x->cap_cells, x->n_cells + n_parts, sizeof(*x->cells));
	for (i = 0; i < n_parts; i++)
		x->cells[x->n_cells++] = (struct astray_cell){row, (uint32_t)(part + i), s->from_us, s->to_us};
	return OK;
}

/* The pieces of one row, in the order of their beginnings. */
static enum err
row_add(struct gather *x, const struct timeline_incident *in, const struct piece *p, size_t n, size_t part, size_t n_parts)
{
	struct charged *r = &x->rows[p->row];
	enum astray_role role = ASTRAY_ROLES;
	struct timeline_span joined, s;
	size_t i, k, j;

	for (i = 0; i < n; i = j) {
		joined = (struct timeline_span){p[i].from_us, p[i].to_us};
		for (j = i + 1; j < n && p[j].from_us <= joined.to_us; j++)
			if (p[j].to_us > joined.to_us)
				joined.to_us = p[j].to_us;
		for (k = in->first_span; k < in->first_span + in->n_spans; k++)
			if (meets(&x->r->spans[k], joined.from_us, joined.to_us, &s))
				TRY(cells_put(x, p->row, &s, part, n_parts));
	}
	for (i = 0; i < n; i++)
		for (k = in->first_span; k < in->first_span + in->n_spans; k++)
			if (meets(&x->r->spans[k], p[i].from_us, p[i].to_us, &s)) {
				vp_note(x, r, p[i].vp);
				role = p[i].role < role ? p[i].role : role;
				break;
			}
	if (role < ASTRAY_ROLES)
		r->incidents[role]++;
	return OK;
}

static enum err
incident_look(struct gather *x, const struct timeline_incident *in)
{
	size_t part = x->parts.n, n_parts, i, j;
	uint32_t k;

	x->n_pieces = 0;
	for (k = in->first; k < in->first + in->n; k++)
		offence_look(x, &x->r->offences[k]);
	if (x->n_pieces == 0)
		return OK;
	qsort(x->pieces, x->n_pieces, sizeof(*x->pieces), piece_cmp);
	n_parts = astray_parts_add(&x->parts, x->g, &x->r->offences[in->first].prefix);
	if (x->parts.n > ASTRAY_CELLS_MAX)
		return ERR_LIMIT;
	for (i = 0; i < x->n_pieces; i = j) {
		for (j = i + 1; j < x->n_pieces && x->pieces[j].row == x->pieces[i].row; j++)
			continue;
		TRY(row_add(x, in, x->pieces + i, j - i, part, n_parts));
	}
	return OK;
}

/* --- all of them --- */

static int
cell_row_cmp(const void *pa, const void *pb)
{
	const struct astray_cell *a = pa, *b = pb;

	return (a->row > b->row) - (a->row < b->row);
}

/* Also the rows without cells: all of their space is others', or the incident was of a moment. */
static void
rows_make(struct gather *x, struct arena *a, struct astray *out)
{
	struct astray_row *rows;
	size_t at, k, i = 0, j, n;

	if (x->n_cells > 0)
		qsort(x->cells, x->n_cells, sizeof(*x->cells), cell_row_cmp);
	for (at = 0; at <= x->n; at++) {
		const struct charged *r = &x->rows[at * ROWS];

		for (k = n = 0; k < ROWS; k++)
			n += r[k].n_vps > 0;
		out[at] = (struct astray){rows = arena_array(a, n, sizeof(*rows)), n};
		for (k = 0; k < ROWS; k++) {
			for (j = i; j < x->n_cells && x->cells[j].row == at * ROWS + k; j++)
				continue;
			if (r[k].n_vps > 0) {
				*rows = (struct astray_row){.kind = (enum astray_kind)(k / FAMILY_N),
				    .family = (uint8_t)(k % FAMILY_N), .n_vps = r[k].n_vps};
				memcpy(rows->incidents, r[k].incidents, sizeof(rows->incidents));
				if (j > i)
					astray_measure(x->parts.part, x->cells + i, j - i, rows);
				rows++;
			}
			i = j;
		}
	}
}

static void
gather_release(struct gather *x)
{
	size_t i;

	for (i = 0; i < (x->n + 1) * ROWS; i++)
		free(x->rows[i].vps);
	free(x->rows);
	free(x->pieces);
	free(x->parts.part);
	free(x->parts.taken);
	free(x->cells);
	map_release(&x->by_asn);
}

enum err
astray_compute(const struct astray_ground *g, const uint32_t *asn, const bool *counted, size_t n, struct arena *a,
    struct astray *out)
{
	struct gather x = {.g = g, .asn = asn, .counted = counted, .n = n};
	enum err e = OK;
	size_t i;

	memset(out, 0, (n + 1) * sizeof(*out));
	if (astray_none_why(g) != NULL)
		return OK;
	x.r = &g->s->window->result;
	x.rows = xcalloc((n + 1) * ROWS, sizeof(*x.rows));
	for (i = 0; i < n; i++)
		map_add(&x.by_asn, map_hash(&asn[i], sizeof(asn[i])), (uint32_t)i);
	for (i = 0; i < x.r->n_incidents && e == OK; i++)
		if (x.r->incidents[i].n_spans > 0)
			e = incident_look(&x, &x.r->incidents[i]);
	if (e == OK)
		rows_make(&x, a, out);
	gather_release(&x);
	return e;
}
