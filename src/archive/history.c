/* history: which months, and what each said. */
#include "archive/history.h"
#include "archive/history_int.h"

#include <stdlib.h>
#include <string.h>

/* One assessment that judged the network by a pack of this id. */
struct seen {
	const struct archived *of;
	size_t pack;			/* in its head */
	size_t first;			/* verdict of its first control */
	const struct archive_row *row;
};

struct gather {
	const struct history_query *q;
	struct arena *arena;
	struct seen *seen;		/* owned */
	size_t n, cap;
};

const char *
history_label(const char *status)
{
	const struct pack p = {.status = status, .proposal = strcmp(status, "published") != 0};

	return pack_label(&p);
}

/* Months are those of UTC: "2024-01" in front of the rest. */
bool
history_same_month(struct utc a, struct utc b)
{
	char x[UTC_TEXT], y[UTC_TEXT];

	return memcmp(utc_format(a, x), utc_format(b, y), 7) == 0;
}

static void
seen_add(struct gather *g, const struct archived *x, const struct archive_row *row)
{
	size_t i, first = 0;

	for (i = 0; i < x->head.n_packs; first += x->head.packs[i++].n) {
		if (g->q->pack != NULL && !span_is_nocase(span_of(g->q->pack), x->head.packs[i].id))
			continue;
		g->seen = grow(g->seen, &g->cap, g->n + 1, sizeof(*g->seen));
		g->seen[g->n++] = (struct seen){x, i, first, row};
	}
}

static const char *
seen_id(const struct seen *s)
{
	return s->of->head.packs[s->pack].id;
}

/* By pack, then in the order of the archive, which is that of the moments. */
static int
by_pack(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int c = strcmp(seen_id(x), seen_id(y));

	if (c != 0)
		return c;
	return x->of < y->of ? -1 : x->of > y->of;
}

/* --- months --- */

static void
month_make(const struct seen *s, struct history_month *m)
{
	const struct archive_head *h = &s->of->head;

	*m = (struct history_month){.at = h->at, .parameters = h->parameters, .pack = h->packs[s->pack],
	    .inputs = h->inputs, .n_inputs = h->n_inputs,
	    .full_feed = {h->family[FAMILY_V4].full_feed, h->family[FAMILY_V6].full_feed}};
	memcpy(m->digest, s->of->digest, SHA256_BYTES);
}

static void
labels_make(struct gather *g, struct history_pack *p)
{
	struct history_month *m = p->months;
	char text[UTC_TEXT], other[UTC_TEXT];
	bool clash;
	size_t i;

	for (i = 0; i < p->n_months; i++) {
		utc_format(m[i].at, text);
		clash = (i > 0 && memcmp(text, utc_format(m[i - 1].at, other), 10) == 0) ||
		    (i + 1 < p->n_months && memcmp(text, utc_format(m[i + 1].at, other), 10) == 0);
		m[i].label = arena_printf(g->arena, "%.*s", !g->q->all ? 7 : clash ? 16 : 10, text);
	}
}

/* --- cells --- */

void
history_cell_make(const struct archive_row *r, size_t verdict, struct history_cell *c)
{
	const struct archive_verdict *v = &r->verdicts[verdict];
	const struct archive_number *n = v->decides != NULL ? row_number(r, v->decides) : NULL;

	*c = (struct history_cell){.there = true, .verdict = v->verdict, .reason = v->reason, .decides = v->decides,
	    .has_number = n != NULL && n->state == METRIC_OK, .oldest = UTC_NONE, .evidence = ""};
	if (n == NULL)
		return;
	c->evidence = n->evidence;
	c->oldest = n->oldest;
	c->unit = n->unit;
	if (!c->has_number)
		return;
	c->num = n->num;
	c->den = n->den;
	c->value = n->value;
	if (n->unit == UNIT_SHARE)
		wilson_ppm(n->num, n->den, &c->lo_ppm, &c->hi_ppm);
}

static struct history_control *
control_find(struct history_pack *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->n_controls; i++)
		if (strcmp(p->controls[i].id, id) == 0)
			return &p->controls[i];
	return NULL;
}

/* Those of the last month first, in its order; then those that earlier months had. */
static void
controls_make(struct gather *g, const struct seen *s, size_t n, struct history_pack *p)
{
	const struct archive_pack *pack;
	struct history_control *c;
	size_t i, k, all = 0;

	for (i = 0; i < n; i++)
		all += s[i].of->head.packs[s[i].pack].n;
	p->controls = arena_array(g->arena, all + 1, sizeof(*p->controls));
	for (i = n; i-- > 0;) {
		pack = &s[i].of->head.packs[s[i].pack];
		for (k = 0; k < pack->n; k++) {
			if (g->q->control != NULL && !span_is_nocase(span_of(g->q->control), pack->controls[k].id))
				continue;
			c = control_find(p, pack->controls[k].id);
			if (c == NULL) {
				c = &p->controls[p->n_controls++];
				*c = (struct history_control){pack->controls[k].id, pack->controls[k].title,
				    pack->controls[k].required, arena_array(g->arena, n, sizeof(*c->cells))};
			}
			history_cell_make(s[i].row, s[i].first + k, &c->cells[i]);
		}
	}
}

/* --- a pack --- */

static bool
pack_make(struct gather *g, const struct seen *s, size_t n, struct history_pack *p)
{
	const struct archive_pack *last;
	struct seen *kept = arena_array(g->arena, n, sizeof(*kept));
	size_t i;

	*p = (struct history_pack){0};
	for (i = 0; i < n; i++)
		if (g->q->all || i + 1 == n || !history_same_month(s[i].of->head.at, s[i + 1].of->head.at))
			kept[p->n_months++] = s[i];
	p->months = arena_array(g->arena, p->n_months, sizeof(*p->months));
	for (i = 0; i < p->n_months; i++)
		month_make(&kept[i], &p->months[i]);
	last = &p->months[p->n_months - 1].pack;
	p->id = last->id;
	p->version = last->version;
	p->title = last->title;
	p->status = last->status;
	labels_make(g, p);
	controls_make(g, kept, p->n_months, p);
	history_compare(p, g->arena);
	return p->n_controls > 0;
}

static void
packs_make(struct gather *g, struct archive_history *out)
{
	size_t from, to;

	if (g->n > 0)
		qsort(g->seen, g->n, sizeof(*g->seen), by_pack);
	out->packs = arena_array(g->arena, g->n + 1, sizeof(*out->packs));
	for (from = 0; from < g->n; from = to) {
		for (to = from + 1; to < g->n && strcmp(seen_id(&g->seen[from]), seen_id(&g->seen[to])) == 0; to++)
			;
		out->n_packs += pack_make(g, &g->seen[from], to - from, &out->packs[out->n_packs]);
	}
}

enum err
history_make(struct archive *a, uint32_t asn, const struct history_query *q, struct arena *arena, struct archive_history *out)
{
	struct gather g = {.q = q, .arena = arena};
	struct archive_row *rows;
	struct archived *all;
	bool found, part = false;
	enum err e;
	size_t n, i;

	*out = (struct archive_history){.asn = asn, .name = "", .org = ""};
	TRY(read_heads(a, arena, true, &all, &n));
	rows = arena_array(arena, n + 1, sizeof(*rows));
	for (i = 0, e = OK; i < n && e == OK; i++) {
		if (utc_known(q->as_of) && all[i].head.at.s > q->as_of.s)
			break;
		e = read_row(a, all[i].id, asn, arena, &rows[i], &found);
		if (e != OK || !found)
			continue;
		if (rows[i].n_verdicts != head_controls(&all[i].head)) {
			e = archive_fail(a, ERR_CORRUPT, "AS%u has not as many verdicts as its packs have controls", asn);
			continue;
		}
		out->name = rows[i].name;
		out->org = rows[i].org;
		out->place = rows[i].place;
		out->known = true;
		if (!q->incidents)
			seen_add(&g, &all[i], &rows[i]);
	}
	if (e == OK)
		packs_make(&g, out);
	if (e == OK && q->pack == NULL && q->control == NULL)
		e = history_windows_make(a, q, arena, out, &part);
	/* who was judged, and is in no window, did nothing in it that was found */
	out->known = out->n_packs > 0 || part || (q->incidents && out->known && out->n_windows > 0);
	if (!out->known)
		out->n_windows = 0;
	free(g.seen);
	return e;
}
