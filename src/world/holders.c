#include "world/holders.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define CLASH UINT64_MAX	/* two holders by files of one date */

void
holders_init(struct holders *h)
{
	*h = (struct holders){0};
}

void
holders_release(struct holders *h)
{
	int i;

	for (i = 0; i < 3; i++)
		free(h->of[i].v);
	free(h->wide);
	holders_init(h);
}

/* Case is no matter: registries write their names in either. */
static uint64_t
id_of(struct span registry, struct span opaque)
{
	char text[128];
	size_t i, n = 0;
	uint64_t id;

	if (opaque.len == 0 || registry.len + opaque.len + 1 > sizeof(text))
		return 0;
	for (i = 0; i < registry.len; i++)
		text[n++] = (char)(registry.p[i] >= 'A' && registry.p[i] <= 'Z' ? registry.p[i] - 'A' + 'a' : registry.p[i]);
	text[n++] = '|';
	memcpy(text + n, opaque.p, opaque.len);
	id = map_hash(text, n + opaque.len);
	return id == 0 || id == CLASH ? 1 : id;
}

static uint64_t
half(const uint8_t *b)
{
	uint64_t v = 0;
	int i;

	for (i = 0; i < 8; i++)
		v = v << 8 | b[i];
	return v;
}

/* Both ends of a prefix, as a range of its family has them. Nobody is given less than a /64. */
static void
ends_of(const struct prefix *p, uint64_t *first, uint64_t *last)
{
	unsigned bits = p->family == FAMILY_V4 ? 32 : 64, len = p->len < bits ? p->len : bits;

	*first = p->family == FAMILY_V4 ? half(p->addr) >> 32 : half(p->addr);
	*last = *first | (len == 0 ? UINT64_MAX >> (64 - bits) : (len < 64 ? UINT64_MAX >> len : 0) >> (64 - bits));
}

enum err
holders_add(struct holders *h, const struct delegated *d, struct utc told)
{
	struct holder_range x = {.told = utc_known(told) ? told.s : INT64_MIN, .id = id_of(d->registry, d->opaque_id)};
	struct holder_table *t = &h->of[d->what];

	assert(!h->sealed);
	if (x.id == 0 || (d->status != REG_ALLOCATED && d->status != REG_ASSIGNED))
		return OK;
	if (d->what == DELEGATED_V6) {
		ends_of(&d->prefix, &x.first, &x.last);
	} else {
		x.first = d->what == DELEGATED_ASN ? d->asn_first : half(d->first.b) >> 32;
		x.last = x.first + (d->what == DELEGATED_ASN ? d->asn_count : d->count) - 1;
	}
	if (x.last < x.first || (d->what != DELEGATED_V6 && x.last > UINT32_MAX))
		return OK;	/* registry_add says so */
	if (x.last == UINT64_MAX)
		x.last--;	/* the end of all IPv6 is nobody's; what comes after the last has a number */
	if (t->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	t->v = grow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = x;
	return OK;
}

enum err
holders_absorb(struct holders *dst, const struct holders *src)
{
	int i;

	assert(!dst->sealed && !src->sealed);
	for (i = 0; i < 3; i++) {
		struct holder_table *t = &dst->of[i];
		const struct holder_table *s = &src->of[i];

		if (s->n >= TABLE_ROWS_MAX - t->n)
			return ERR_LIMIT;
		t->v = grow(t->v, &t->cap, t->n + s->n, sizeof(*t->v));
		if (s->n > 0)
			memcpy(t->v + t->n, s->v, s->n * sizeof(*s->v));
		t->n += s->n;
	}
	return OK;
}

/* --- sealing: a sweep over the ranges, the newest of those that are open on top of a heap --- */

struct heap { const struct holder_range **at; size_t n; };

static bool
better(const struct holder_range *a, const struct holder_range *b)
{
	return a->told != b->told ? a->told > b->told : a->last > b->last;
}

static void
heap_push(struct heap *h, const struct holder_range *x)
{
	size_t i = h->n++;

	for (; i > 0 && better(x, h->at[(i - 1) / 2]); i = (i - 1) / 2)
		h->at[i] = h->at[(i - 1) / 2];
	h->at[i] = x;
}

static const struct holder_range *
heap_pop(struct heap *h)
{
	const struct holder_range *top = h->at[0], *x = h->at[--h->n];
	size_t i = 0, k;

	while ((k = 2 * i + 1) < h->n) {
		if (k + 1 < h->n && better(h->at[k + 1], h->at[k]))
			k++;
		if (!better(h->at[k], x))
			break;
		h->at[i] = h->at[k];
		i = k;
	}
	h->at[i] = x;
	return top;
}

static void
emit(struct holder_table *out, uint64_t first, uint64_t last, uint64_t id)
{
	struct holder_range *was = out->n > 0 ? &out->v[out->n - 1] : NULL;

	if (was != NULL && was->last + 1 == first && was->id == id) {
		was->last = last;
		return;
	}
	out->v = grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = (struct holder_range){.first = first, .last = last, .id = id};
}

static int
by_first(const void *x, const void *y)
{
	const struct holder_range *a = x, *b = y;

	return (a->first > b->first) - (a->first < b->first);
}

/* Ranges of one date that overlap and differ: at most until the first of them ends the id is a clash. Told in the order
 * of their ends, so that the next on the heap is the one that lasts the longest. */
static uint64_t
holder_at(struct heap *open, uint64_t at, uint64_t *end)
{
	const struct holder_range *top, *next;
	uint64_t id;

	while (open->n > 0 && open->at[0]->last < at)
		(void)heap_pop(open);
	if (open->n == 0)
		return 0;
	top = heap_pop(open);
	while (open->n > 0 && (open->at[0]->last < at || (open->at[0]->told == top->told && open->at[0]->id == top->id)))
		(void)heap_pop(open);	/* ended, or within it */
	next = open->n > 0 && open->at[0]->told == top->told ? open->at[0] : NULL;
	heap_push(open, top);
	id = next != NULL ? CLASH : top->id;
	*end = next != NULL && next->last < top->last ? next->last : top->last;
	return id;
}

static void
table_seal(struct holder_table *t)
{
	struct holder_table out = {0};
	struct heap open = {xcalloc(t->n + 1, sizeof(const struct holder_range *)), 0};
	uint64_t at = 0, end = 0, id;
	size_t i = 0;

	if (t->n > 1)
		qsort(t->v, t->n, sizeof(*t->v), by_first);
	while (i < t->n || open.n > 0) {
		for (; i < t->n && t->v[i].first <= at; i++)
			heap_push(&open, &t->v[i]);
		id = holder_at(&open, at, &end);
		if (id == 0) {		/* nobody's, up to the next */
			if (i == t->n)
				break;
			at = t->v[i].first;
			continue;
		}
		if (i < t->n && t->v[i].first <= end)
			end = t->v[i].first - 1;
		emit(&out, at, end, id);
		at = end + 1;
	}
	free(open.at);
	free(t->v);
	*t = out;
}

static int
id_cmp(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

struct held { uint64_t id, n; };

static bool
is_wide(const struct holders *h, uint64_t id)
{
	return h->n_wide > 0 && bsearch(&id, h->wide, h->n_wide, sizeof(*h->wide), id_cmp) != NULL;
}

static void
wide_find(struct holders *h)
{
	const struct holder_table *t = &h->of[DELEGATED_ASN];
	struct held *of = xcalloc(t->n + 1, sizeof(*of));
	size_t i, k, n_wide = 0;

	for (i = 0; i < t->n; i++)
		of[i] = (struct held){t->v[i].id, t->v[i].last - t->v[i].first + 1};
	if (t->n > 1)
		qsort(of, t->n, sizeof(*of), id_cmp);	/* the id comes first */
	for (i = 0; i < t->n; i = k) {
		uint64_t sum = 0;

		for (k = i; k < t->n && of[k].id == of[i].id; k++)
			sum += of[k].n;
		if (sum > HOLDER_ASNS_MAX)
			of[n_wide++] = of[i];
	}
	h->wide = xcalloc(n_wide + 1, sizeof(*h->wide));
	for (i = 0; i < n_wide; i++)
		h->wide[i] = of[i].id;
	h->n_wide = n_wide;
	free(of);
}

void
holders_seal(struct holders *h)
{
	size_t i, k;
	int what;

	assert(!h->sealed);
	for (what = 0; what < 3; what++)
		table_seal(&h->of[what]);
	for (what = 0; what < 3; what++) {
		struct holder_table *t = &h->of[what];

		for (i = 0, k = 0; i < t->n; i++)
			if (t->v[i].id != CLASH)
				t->v[k++] = t->v[i];
		t->n = k;
	}
	wide_find(h);
	h->sealed = true;
}

static uint64_t
holder_of(const struct holder_table *t, uint64_t first, uint64_t last)
{
	size_t lo = 0, hi = t->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (t->v[mid].last < first)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n && t->v[lo].first <= first && last <= t->v[lo].last ? t->v[lo].id : 0;
}

uint64_t
holders_asn(const struct holders *h, uint32_t asn)
{
	assert(h->sealed);
	return holder_of(&h->of[DELEGATED_ASN], asn, asn);
}

uint64_t
holders_prefix(const struct holders *h, const struct prefix *p)
{
	uint64_t first, last;

	assert(h->sealed);
	ends_of(p, &first, &last);
	return holder_of(&h->of[p->family == FAMILY_V4 ? DELEGATED_V4 : DELEGATED_V6], first, last);
}

enum holders_tie
holders_tie(const struct holders *h, uint64_t a, uint64_t b)
{
	if (a == 0 || b == 0)
		return TIE_UNKNOWN;
	return a != b ? TIE_APART : is_wide(h, a) ? TIE_UNKNOWN : TIE_ONE;
}

bool
holders_wide(const struct holders *h, struct span registry, struct span opaque_id)
{
	uint64_t id = id_of(registry, opaque_id);

	return id != 0 && is_wide(h, id);
}
