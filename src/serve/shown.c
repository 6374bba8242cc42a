#include "serve/shown.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
shown_month_text(struct utc at, char out[static 8])
{
	char text[UTC_TEXT];

	memcpy(out, utc_format(at, text), 7);
	out[7] = '\0';
}

static bool
same_month(struct utc a, struct utc b)
{
	char x[8], y[8];

	shown_month_text(a, x);
	shown_month_text(b, y);
	return strcmp(x, y) == 0;
}

/* --- series --- */

static struct shown_series *
series_get(struct shown *v, const char *id)
{
	struct shown_series *s;
	size_t i;

	for (i = 0; i < v->n_series; i++)
		if (strcmp(v->series[i].id, id) == 0)
			return &v->series[i];
	s = &v->series[v->n_series++];
	*s = (struct shown_series){.id = id, .month = arena_array(v->a, v->n_months, sizeof(*s->month)),
	    .pack = arena_array(v->a, v->n_months, sizeof(*s->pack)),
	    .first = arena_array(v->a, v->n_months, sizeof(*s->first))};
	return s;
}

/* Months come in their order: one of the same calendar month replaces the last when it is of no fewer networks. */
static void
series_add(struct shown_series *s, const struct archive_month *m, size_t pack, size_t first)
{
	bool again = s->n > 0 && same_month(s->month[s->n - 1]->head.at, m->head.at);
	size_t at = again ? s->n - 1 : s->n;

	if (again && m->networks < s->month[at]->networks)
		return;
	s->month[at] = m;
	s->pack[at] = pack;
	s->first[at] = first;
	s->n = at + 1;
}

/* Packs of the newest month come in its order, those that it has no more after them. */
static size_t
rank(const struct shown *v, const char *id)
{
	size_t i, n = v->latest != NULL ? v->latest->head.n_packs : 0;

	for (i = 0; i < n && strcmp(v->latest->head.packs[i].id, id) != 0; i++)
		;
	return i;
}

static int
by_status(const void *x, const void *y)
{
	const struct shown_series *a = x, *b = y;
	bool p = strcmp(shown_pack(a, a->n - 1)->status, "published") == 0;
	bool q = strcmp(shown_pack(b, b->n - 1)->status, "published") == 0;

	return p != q ? q - p : a->rank < b->rank ? -1 : 1;
}

static void
series_make(struct shown *v)
{
	size_t i, k, n = 0, first;

	for (i = 0; i < v->n_months; i++)
		n += v->months[i].head.n_packs;
	v->series = arena_array(v->a, n + 1, sizeof(*v->series));
	for (i = 0; i < v->n_months; i++) {
		const struct archive_month *m = &v->months[i];

		for (k = 0, first = 0; k < m->head.n_packs; first += m->head.packs[k++].n)
			series_add(series_get(v, m->head.packs[k].id), m, k, first);
		if (v->latest == NULL || !same_month(v->latest->head.at, m->head.at) || m->networks >= v->latest->networks)
			v->latest = m;
	}
	for (i = 0; i < v->n_series; i++)
		v->series[i].rank = rank(v, v->series[i].id) * (n + 1) + i;	/* each its own */
	if (v->n_series > 1)
		qsort(v->series, v->n_series, sizeof(*v->series), by_status);
}

/* --- regions --- */

struct placing { archive_tally *t; size_t n_controls; };

static void
place_each(void *arg, const struct archive_place_count *c)
{
	struct placing *p = arg;
	uint8_t in[3];
	unsigned n = regions_of(&c->place, in), i;

	for (i = 0; i < n; i++)
		p->t[in[i] * p->n_controls + c->control][c->size][c->verdict] += c->n;
}

/* Who is not counted by place is in the last region, "unknown". False: there are more by place than there are. */
static bool
unknown_make(const struct placing *p, archive_tally *all)
{
	size_t k, size, v, i;

	for (k = 0; k < p->n_controls; k++)
		for (size = 0; size < ARCHIVE_SIZE_N; size++)
			for (v = 0; v < VERDICT_N; v++) {
				uint64_t known = 0;

				for (i = 0; i < REGION_N; i++)
					known += regions[i].kind == REGION_SERVICE ? p->t[i * p->n_controls + k][size][v] : 0;
				if (known > all[k][size][v])
					return false;
				p->t[(REGION_N - 1) * p->n_controls + k][size][v] = all[k][size][v] - known;
			}
	return true;
}

static enum err
regions_make(struct archive *a, struct shown *v, size_t month)
{
	const struct archive_month *m = &v->months[month];
	struct placing p = {.n_controls = head_controls(&m->head)};

	p.t = arena_array(v->a, REGION_N * p.n_controls + 1, sizeof(*p.t));
	v->place[month] = p.t;
	TRY(archive_places_read(a, m, NULL, place_each, &p));
	return unknown_make(&p, v->tally[month]) ? OK : ERR_CORRUPT;
}

/* --- names --- */

static void
name_each(void *arg, uint32_t asn, const char *name, const char *org, const struct place *place)
{
	struct shown *v = arg;
	struct shown_name *n = &v->names[v->n_names];
	char *p;

	if (v->n_names == v->latest->networks)
		return;		/* a hand changed it; archive check tells */
	*n = (struct shown_name){asn, *place, arena_strdup(v->a, span_of(name)), arena_strdup(v->a, span_of(org)), NULL};
	p = arena_printf(v->a, "%s\n%s", name, org);
	n->folded = p;
	for (; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	v->n_names++;
}

enum err
shown_make(struct archive *a, struct shown **out)
{
	struct shown *v = xcalloc(1, sizeof(*v));
	enum err e;
	size_t i;

	atomic_init(&v->refs, 1);
	v->a = arena_new();
	e = archive_state(a, &v->state);
	if (e == OK)
		e = archive_months(a, v->a, &v->months, &v->n_months);
	v->tally = arena_array(v->a, v->n_months + 1, sizeof(*v->tally));
	v->place = arena_array(v->a, v->n_months + 1, sizeof(*v->place));
	for (i = 0; i < v->n_months && e == OK; i++) {
		e = archive_tally_read(a, &v->months[i], v->a, &v->tally[i]);
		if (e == OK)
			e = regions_make(a, v, i);
	}
	if (e == OK) {
		series_make(v);
		if (v->latest != NULL) {
			v->names = arena_array(v->a, v->latest->networks + 1, sizeof(*v->names));
			e = archive_names(a, v->latest, name_each, v);
		}
	}
	if (e == OK)
		*out = v;
	else
		shown_free(v);
	return e;
}

void
shown_ref(struct shown *v)
{
	atomic_fetch_add(&v->refs, 1);
}

void
shown_free(struct shown *v)
{
	if (v == NULL || atomic_fetch_sub(&v->refs, 1) > 1)
		return;
	arena_free(v->a);
	free(v);
}

/* --- asking --- */

const struct shown_series *
shown_series_find(const struct shown *v, const char *pack)
{
	size_t i;

	for (i = 0; i < v->n_series; i++)
		if (span_is_nocase(span_of(pack), v->series[i].id))
			return &v->series[i];
	return NULL;
}

const struct archive_pack *
shown_pack(const struct shown_series *s, size_t month)
{
	return &s->month[month]->head.packs[s->pack[month]];
}

archive_tally *
shown_tally(const struct shown *v, const struct shown_series *s, size_t month, size_t k)
{
	return &v->tally[s->month[month] - v->months][s->first[month] + k];
}

archive_tally *
shown_region(const struct shown *v, const struct shown_series *s, size_t month, size_t k, const struct region *r)
{
	size_t i = (size_t)(s->month[month] - v->months), n = head_controls(&v->months[i].head);

	return &v->place[i][(size_t)(r - regions) * n + s->first[month] + k];
}

size_t
shown_month(const struct shown_series *s, const char *month)
{
	char text[UTC_TEXT];
	size_t i;

	if (month == NULL)
		return s->n - 1;
	for (i = s->n; i-- > 0;)
		if (strlen(month) >= 7 && strncmp(utc_format(s->month[i]->head.at, text), month, 7) == 0)
			return i;
	return SIZE_MAX;
}

const struct shown_series *
shown_series_newest(const struct shown *v, const char *month, size_t *at)
{
	const struct shown_series *best = NULL;
	size_t i, k;

	for (i = 0; i < v->n_series; i++) {
		const struct shown_series *s = &v->series[i];

		k = shown_month(s, month);
		if (k == SIZE_MAX || (month == NULL && !same_month(s->month[k]->head.at, v->latest->head.at)) ||
		    (best != NULL && best->month[*at]->networks >= s->month[k]->networks))
			continue;
		best = s;
		*at = k;
	}
	return best;
}

const struct shown_name *
shown_name(const struct shown *v, uint32_t asn)
{
	size_t lo = 0, hi = v->n_names, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v->names[mid].asn == asn)
			return &v->names[mid];
		if (v->names[mid].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool
shown_follows(struct utc before, struct utc after)
{
	char a[8], b[8];

	shown_month_text(before, a);
	shown_month_text(after, b);
	return atoi(b) * 12 + atoi(b + 5) - atoi(a) * 12 - atoi(a + 5) == 1;
}
