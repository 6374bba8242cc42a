/*
 * participants: the ASNs that take part in MANRS, by programme. A thousand of them; by ASN.
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
participants_init(struct participants *t)
{
	*t = (struct participants){.arena = arena_new()};
}

void
participants_release(struct participants *t)
{
	arena_free(t->arena);
	free(t->p);
	*t = (struct participants){0};
}

static enum err
add(struct participants *t, const struct participant *p)
{
	assert(!t->sealed);
	if (t->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	t->p = grow(t->p, &t->cap, t->n + 1, sizeof(*t->p));
	t->p[t->n++] = *p;
	return OK;
}

enum err
participants_add(struct participants *t, enum manrs_program program, uint32_t asn, struct span org)
{
	struct participant p = {asn, program == MANRS_NETOPS, program == MANRS_CDN,
	    arena_strdup(t->arena, org)};

	return add(t, &p);
}

enum err
participants_absorb(struct participants *dst, const struct participants *src)
{
	size_t i;

	assert(!src->sealed);
	for (i = 0; i < src->n; i++) {
		struct participant p = src->p[i];

		p.org = arena_strdup(dst->arena, span_of(p.org));
		TRY(add(dst, &p));
	}
	dst->present = dst->present || src->present;
	return OK;
}

static int
asn_cmp(const void *pa, const void *pb)
{
	const struct participant *a = pa, *b = pb;

	return (a->asn > b->asn) - (a->asn < b->asn);
}

static int
full_cmp(const void *pa, const void *pb)
{
	const struct participant *a = pa, *b = pb;
	int c = asn_cmp(a, b);

	return c != 0 ? c : strcmp(a->org, b->org);
}

void
participants_seal(struct participants *t)
{
	size_t i, k = 0;

	assert(!t->sealed);
	if (t->n > 0)
		qsort(t->p, t->n, sizeof(*t->p), full_cmp);
	for (i = 0; i < t->n; i++) {
		if (k == 0 || t->p[k - 1].asn != t->p[i].asn) {
			t->p[k++] = t->p[i];
			continue;
		}
		/* in both programmes, or under two names: the first name stays */
		t->p[k - 1].netops = t->p[k - 1].netops || t->p[i].netops;
		t->p[k - 1].cdn = t->p[k - 1].cdn || t->p[i].cdn;
	}
	t->n = k;
	t->sealed = true;
}

const struct participant *
participants_of(const struct participants *t, uint32_t asn)
{
	struct participant key = {.asn = asn};

	assert(t->sealed);
	return t->n == 0 ? NULL : bsearch(&key, t->p, t->n, sizeof(*t->p), asn_cmp);
}
