/*
 * ases: the ASes that the routes and paths name, with dense ids, and every path as hops of such ids.
 */
#include "addr/asn.h"
#include "metric/tables.h"

#include <stdlib.h>
#include <string.h>

struct found {			/* ASNs seen so far: a mark each below DIRECT_ASNS, a list above */
	uint8_t *mark;
	uint32_t *high;
	size_t n_high, cap_high;
};

static void
found_add(struct found *s, uint32_t asn)
{
	if (asn == ORIGIN_NONE)
		return;
	if (asn < DIRECT_ASNS) {
		s->mark[asn] = 1;
		return;
	}
	s->high = grow(s->high, &s->cap_high, s->n_high + 1, sizeof(*s->high));
	s->high[s->n_high++] = asn;
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

/* The ASes in order, into f; frees s. */
static void
found_take(struct facts *f, struct found *s)
{
	size_t n = 0;
	uint32_t asn;

	if (s->n_high > 0)
		qsort(s->high, s->n_high, sizeof(*s->high), cmp_u32);
	s->n_high = unique(s->high, s->n_high);
	for (asn = 0; asn < DIRECT_ASNS; asn++)
		n += s->mark[asn];
	f->ases = xmalloc((n + s->n_high) * sizeof(*f->ases));
	f->direct = xmalloc(DIRECT_ASNS * sizeof(*f->direct));
	for (asn = 0; asn < DIRECT_ASNS; asn++) {
		f->direct[asn] = MAP_NONE;
		if (s->mark[asn] == 0)
			continue;
		f->direct[asn] = (uint32_t)f->n_ases;
		f->ases[f->n_ases++] = asn;
	}
	if (s->n_high > 0)
		memcpy(f->ases + f->n_ases, s->high, s->n_high * sizeof(*s->high));
	f->n_ases += s->n_high;
	free(s->mark);
	free(s->high);
}

uint32_t
as_id(const struct facts *f, uint32_t asn)
{
	size_t lo = 0, hi = f->n_ases;

	if (asn < DIRECT_ASNS)
		return f->direct[asn];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->ases[mid] < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->n_ases && f->ases[lo] == asn ? (uint32_t)lo : MAP_NONE;
}

/* Hops as ASNs first, since the ids are known only when all ASNs are. */
static void
paths_read(struct facts *f, struct found *s)
{
	const struct routes *r = &f->w->routes;
	size_t n = 0, cap = r->n_words + 1, got, k;
	uint32_t i, j;
	bool set;

	f->hop_first = xmalloc((r->n_paths + 1) * sizeof(*f->hop_first));
	f->hops = xmalloc(cap * sizeof(*f->hops));
	f->path_bits = xcalloc(r->n_paths, 1);
	for (i = 0; i < r->n_paths; i++) {
		struct aspath p = routes_aspath(r, i);
		const uint32_t *member;

		f->hop_first[i] = (uint32_t)n;
		got = aspath_hops(p, f->hops + n, cap - n, &set);
		for (k = 0; k < got; k++)
			found_add(s, f->hops[n + k]);
		n += got;
		if (!set && got > 0 && r->paths[i].origin != ORIGIN_NONE)
			f->path_bits[i] |= PATH_PLACED;
		got = aspath_last_set(p, &member);
		for (j = 0; j < got; j++)
			found_add(s, member[j]);
	}
	f->hop_first[r->n_paths] = (uint32_t)n;
}

static void
paths_translate(struct facts *f)
{
	const struct routes *r = &f->w->routes;
	uint32_t i, k;

	for (i = 0; i < r->n_paths; i++)
		for (k = f->hop_first[i]; k < f->hop_first[i + 1]; k++) {
			uint32_t id = as_id(f, f->hops[k]);

			/* 4294967295 has no id, since it stands for "none"; as a hop it is a bogon */
			f->hops[k] = id;
			if (id == MAP_NONE || (f->as_bits[id] & AS_BOGON) != 0)
				f->path_bits[i] |= PATH_BOGON;
			else if ((f->as_bits[id] & AS_ADMIN) != 0)
				f->path_bits[i] |= PATH_ADMIN;
		}
}

static uint8_t
as_bits_of(const struct world *w, uint32_t asn)
{
	unsigned bits = 0;

	if (asn_bogon(asn) != NULL)
		bits |= AS_BOGON;
	else if (registry_asn(&w->registry, asn) == REG_ANSWER_UNDELEGATED)
		bits |= AS_ADMIN;
	if (participants_of(&w->participants, asn) != NULL)
		bits |= AS_PARTICIPANT;
	/* the ranges of "Mind Your MANRS" (IMC 2022) */
	if (asn == 23456 || (asn >= 64496 && asn <= 131071) || asn >= 4200000000u)
		bits |= AS_A1_BOGON;
	return (uint8_t)bits;
}

void
ases_build(struct facts *f)
{
	const struct routes *r = &f->w->routes;
	struct found s = {.mark = xcalloc(DIRECT_ASNS, 1)};
	size_t i;

	paths_read(f, &s);
	for (i = 0; i < r->n_routes; i++)
		found_add(&s, r->routes[i].origin);
	found_take(f, &s);
	f->as_bits = xmalloc(f->n_ases);
	for (i = 0; i < f->n_ases; i++)
		f->as_bits[i] = as_bits_of(f->w, f->ases[i]);
	paths_translate(f);
}
