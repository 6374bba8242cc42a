#include "world/ases.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
ases_found_init(struct ases_found *f)
{
	*f = (struct ases_found){.mark = xcalloc(ASES_DIRECT, 1)};
}

void
ases_found_add(struct ases_found *f, uint32_t asn)
{
	if (asn < ASES_DIRECT) {
		f->mark[asn] = 1;
		return;
	}
	if (asn == UINT32_MAX || (f->n_high > 0 && f->high[f->n_high - 1] == asn))
		return;
	f->high = grow(f->high, &f->cap_high, f->n_high + 1, sizeof(*f->high));
	f->high[f->n_high++] = asn;
}

static int
cmp_u32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static size_t
unique(uint32_t *v, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}

void
ases_build(struct ases *a, struct ases_found *f)
{
	size_t n = 0;
	uint32_t asn;

	if (f->n_high > 0)
		qsort(f->high, f->n_high, sizeof(*f->high), cmp_u32);
	f->n_high = unique(f->high, f->n_high);
	for (asn = 0; asn < ASES_DIRECT; asn++)
		n += f->mark[asn];
	*a = (struct ases){.asn = xmalloc((n + f->n_high + 1) * sizeof(*a->asn)),
	    .direct = xmalloc(ASES_DIRECT * sizeof(*a->direct))};
	for (asn = 0; asn < ASES_DIRECT; asn++) {
		a->direct[asn] = MAP_NONE;
		if (f->mark[asn] == 0)
			continue;
		a->direct[asn] = (uint32_t)a->n;
		a->asn[a->n++] = asn;
	}
	if (f->n_high > 0)
		memcpy(a->asn + a->n, f->high, f->n_high * sizeof(*f->high));
	a->n += f->n_high;
	a->asn[a->n] = UINT32_MAX;
	free(f->mark);
	free(f->high);
	*f = (struct ases_found){0};
}

void
ases_release(struct ases *a)
{
	free(a->asn);
	free(a->direct);
	*a = (struct ases){0};
}

uint32_t
ases_id(const struct ases *a, uint32_t asn)
{
	size_t lo = 0, hi = a->n;

	if (a->n == 0)
		return MAP_NONE;
	if (asn < ASES_DIRECT)
		return a->direct[asn];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (a->asn[mid] < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < a->n && a->asn[lo] == asn ? (uint32_t)lo : MAP_NONE;
}
