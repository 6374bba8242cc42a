/*
 * irr_autnum: aut-nums, for what they say of policy and of whom to call.
 *
 * Workload: 110 k aut-nums, 130 k organisations and 60 k maintainers, from any number of files in any
 * order, so a handle is resolved when all are here. By ASN, binary search.
 */
#include "world/irr.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Handles are written in either case (RFC 2622 2): kept in upper case. */
static const char *
handle_dup(struct irr *t, struct span handle)
{
	char *p = arena_strdup(t->arena, handle), *c;

	for (c = p; *c != '\0'; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return p;
}

enum err
irr_add_autnum(struct irr *t, const struct irr_autnum *a, struct span source, bool authoritative)
{
	struct irr_autnum copy = *a;

	assert(!t->sealed);
	if (t->n_autnums >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	TRY(irr_source_id(t, source, authoritative, &copy.source));
	copy.name = arena_strdup(t->arena, span_of(a->name != NULL ? a->name : ""));
	copy.holders = handle_dup(t, span_of(a->holders != NULL ? a->holders : ""));
	t->autnums = grow(t->autnums, &t->cap_autnums, t->n_autnums + 1, sizeof(*t->autnums));
	t->autnums[t->n_autnums++] = copy;
	return OK;
}

enum err
irr_add_holder(struct irr *t, struct span handle)
{
	assert(!t->sealed);
	if (t->n_holders >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	t->holders = grow(t->holders, &t->cap_holders, t->n_holders + 1, sizeof(*t->holders));
	t->holders[t->n_holders++] = handle_dup(t, handle);
	return OK;
}

static int
handle_cmp(const void *pa, const void *pb)
{
	return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

/* By ASN, authoritative sources first, then source, then the newest, then name. */
static int
autnum_cmp(const void *pa, const void *pb, void *arg)
{
	const struct irr_autnum *a = pa, *b = pb;
	const struct irr_source *sources = arg;
	bool auth_a = sources[a->source].authoritative, auth_b = sources[b->source].authoritative;

	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	if (auth_a != auth_b)
		return auth_a ? -1 : 1;
	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	if (a->modified.s != b->modified.s)
		return a->modified.s > b->modified.s ? -1 : 1;
	return strcmp(a->name, b->name) != 0 ? strcmp(a->name, b->name) : strcmp(a->holders, b->holders);
}

static uint32_t
max_u32(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static int
holder_cmp(const void *key, const void *item)
{
	return span_cmp(*(const struct span *)key, span_of(*(const char *const *)item));
}

/* Does one of these handles belong to an object that is here? */
static bool
holder_known(const struct irr *t, const char *handles)
{
	struct span rest = span_of(handles), h;

	while (span_cut(&rest, ' ', &h))
		if (h.len > 0 && t->n_holders > 0 &&
		    bsearch(&h, t->holders, t->n_holders, sizeof(*t->holders), holder_cmp) != NULL)
			return true;
	return false;
}

void
irr_seal_autnums(struct irr *t)
{
	size_t i, k = 0;

	if (t->n_holders > 0)
		qsort(t->holders, t->n_holders, sizeof(*t->holders), handle_cmp);
	for (i = 0; i < t->n_autnums; i++)
		t->autnums[i].contact = t->autnums[i].contact || holder_known(t, t->autnums[i].holders);
	if (t->n_autnums > 0)
		qsort_r(t->autnums, t->n_autnums, sizeof(*t->autnums), autnum_cmp, t->sources);
	for (i = 0; i < t->n_autnums; i++) {
		struct irr_autnum *last = k > 0 ? &t->autnums[k - 1] : NULL, *a = &t->autnums[i];

		if (last == NULL || last->asn != a->asn || last->source != a->source) {
			t->autnums[k++] = *a;
			continue;
		}
		last->n_import = max_u32(last->n_import, a->n_import);
		last->n_export = max_u32(last->n_export, a->n_export);
		last->contact = last->contact || a->contact;
	}
	t->n_autnums = k;
}

const struct irr_autnum *
irr_autnum_of(const struct irr *t, uint32_t asn)
{
	size_t lo = 0, hi = t->n_autnums;

	assert(t->sealed);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->autnums[mid].asn < asn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n_autnums && t->autnums[lo].asn == asn ? &t->autnums[lo] : NULL;
}
