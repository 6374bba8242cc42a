/*
 * rpki: origin validation (RFC 6811) with the invalid routes split as NIST's RPKI monitor does.
 *
 * Workload: 700 k VRPs, sealed once, then 1.2 M routes validated in the order of the table, and some looked
 * up one by one in any order. The table is sorted by (prefix, maxLength, ASN); covering VRPs are found as in
 * world/cover.h, entered by world/cover_index.h. A sweep through both sorted tables side by side, as this was
 * before, is no faster: how far to step on is a guess that processors lose.
 *
 * How an invalid route (covered, matched by none) is split. Let A be "some covering VRP has this
 * origin", L "some covering VRP has a maxLength that allows this length":
 *
 *	origin	A	L	state
 *	NONE	-	-	invalid-as-set: no VRP can match (RFC 6811 2, RFC 6907 7.1.8)
 *	ASN	yes	-	invalid-length: the origin is authorised, for shorter prefixes only;
 *				with L the length is, too, but for somebody else
 *	ASN	no	yes	invalid-asn
 *	ASN	no	no	invalid-both
 *
 * An AS0 VRP covers but never matches (RFC 6483 4): it never makes A true.
 */
#include "addr/aspath.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/map.h"
#include "world/cover.h"
#include "world/order.h"
#include "world/rpki_int.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 32	/* look-ups whose misses of the cache overlap */

bool
rov_is_invalid(enum rov v)
{
	return v >= ROV_INVALID_ASN;
}

const char *
rov_word(enum rov v)
{
	static const char *const word[ROV_N] = {"not-found", "valid", "invalid-asn", "invalid-length",
	    "invalid-both", "invalid-as-set"};

	assert((unsigned)v < ROV_N);
	return word[v];
}

void
rpki_init(struct rpki *t)
{
	*t = (struct rpki){0};
}

void
rpki_release(struct rpki *t)
{
	free(t->roas);
	free(t->up);
	cover_index_release(&t->index);
	free(t->by_asn);
	free(t->aspas);
	free(t->providers);
	rpki_init(t);
}

enum err
rpki_add_roa(struct rpki *t, const struct roa *v)
{
	assert(!t->sealed && v->max_len >= v->prefix.len);
	if (t->n_roas >= VRPS_MAX)
		return ERR_LIMIT;
	t->roas = grow(t->roas, &t->cap_roas, t->n_roas + 1, sizeof(*t->roas));
	t->roas[t->n_roas++] = *v;
	t->n_seen++;
	return OK;
}

enum err
rpki_add_aspa(struct rpki *t, uint32_t customer, const uint32_t *provider, size_t n)
{
	assert(!t->sealed);
	if (n > ASPA_PROVIDERS_MAX || t->n_aspas >= VRPS_MAX || t->n_providers + n >= MAP_NONE)
		return ERR_LIMIT;
	t->aspas = grow(t->aspas, &t->cap_aspas, t->n_aspas + 1, sizeof(*t->aspas));
	t->aspas[t->n_aspas++] = (struct provider_set){customer, (uint32_t)t->n_providers, (uint32_t)n};
	t->providers = grow(t->providers, &t->cap_providers, t->n_providers + n, sizeof(*t->providers));
	if (n > 0)
		memcpy(t->providers + t->n_providers, provider, n * sizeof(*provider));
	t->n_providers += n;
	return OK;
}

enum err
rpki_absorb(struct rpki *dst, const struct rpki *src)
{
	size_t i;

	assert(!dst->sealed && !src->sealed);
	if (src->n_roas > VRPS_MAX - dst->n_roas)
		return ERR_LIMIT;
	dst->roas = grow(dst->roas, &dst->cap_roas, dst->n_roas + src->n_roas, sizeof(*dst->roas));
	if (src->n_roas > 0)
		memcpy(dst->roas + dst->n_roas, src->roas, src->n_roas * sizeof(*src->roas));
	dst->n_roas += src->n_roas;
	for (i = 0; i < src->n_aspas; i++)
		TRY(rpki_add_aspa(dst, src->aspas[i].customer, src->providers + src->aspas[i].first,
		    src->aspas[i].n));
	dst->n_seen += src->n_seen;
	dst->present = dst->present || src->present;
	return OK;
}

static int
u32_cmp(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

static int
aspa_cmp(const void *pa, const void *pb)
{
	const struct provider_set *a = pa, *b = pb;

	return (a->customer > b->customer) - (a->customer < b->customer);
}

/* Sort one set of providers and drop duplicates, and AS0 where it is not alone (ASPA profile: AS0
 * says "none", so beside another provider it says nothing). Returns how many are left. */
static uint32_t
providers_tidy(uint32_t *p, uint32_t n)
{
	uint32_t i, k = 0;

	qsort(p, n, sizeof(*p), u32_cmp);
	for (i = 0; i < n; i++)
		if (k == 0 || p[k - 1] != p[i])
			p[k++] = p[i];
	if (k > 1 && p[0] == 0)
		memmove(p, p + 1, --k * sizeof(*p));
	return k;
}

/* One set per customer: the union over all its ASPAs. */
static void
seal_aspas(struct rpki *t)
{
	uint32_t *all = xmalloc(t->n_providers * sizeof(*all)), at = 0;
	size_t i, k = 0;

	if (t->n_aspas > 0)
		qsort(t->aspas, t->n_aspas, sizeof(*t->aspas), aspa_cmp);
	for (i = 0; i < t->n_aspas;) {
		uint32_t customer = t->aspas[i].customer, n = 0;

		for (; i < t->n_aspas && t->aspas[i].customer == customer; i++) {
			memcpy(all + at + n, t->providers + t->aspas[i].first,
			    t->aspas[i].n * sizeof(*all));
			n += t->aspas[i].n;
		}
		n = providers_tidy(all + at, n);
		t->aspas[k++] = (struct provider_set){customer, at, n};
		at += n;
	}
	t->n_aspas = k;
	free(t->providers);
	t->providers = all;
	t->n_providers = t->cap_providers = at;
}

static struct cover
cover_of(const struct rpki *t)
{
	assert(t->sealed);
	return (struct cover){t->roas, t->n_roas, sizeof(*t->roas), t->up};
}

void
rpki_seal(struct rpki *t)
{
	struct cover c;
	size_t i, k = 0;

	assert(!t->sealed);
	t->roas = roas_sort(t->roas, t->n_roas);
	for (i = 0; i < t->n_roas; i++)
		if (k == 0 || !roa_eq(&t->roas[k - 1], &t->roas[i]))
			t->roas[k++] = t->roas[i];
	t->n_roas = t->cap_roas = k;
	t->up = xmalloc(k * sizeof(*t->up));
	cover_link(t->roas, k, sizeof(*t->roas), t->up);
	t->by_asn = order_u32(t->roas, k, sizeof(*t->roas), offsetof(struct roa, asn));
	seal_aspas(t);
	t->sealed = true;
	c = cover_of(t);
	cover_index_build(&t->index, &c);
}

size_t
rpki_bytes(const struct rpki *t)
{
	return t->n_roas * (sizeof(*t->roas) + sizeof(*t->up) + sizeof(*t->by_asn)) +
	    cover_index_bytes(&t->index) +
	    t->n_aspas * sizeof(*t->aspas) + t->n_providers * sizeof(*t->providers);
}

/* Judge a route by the covering VRPs from id i up. */
static inline enum rov
judge(const struct rpki *t, const struct cover *c, uint32_t i, const struct prefix *p, uint32_t origin)
{
	bool has_asn = false, has_len = false;

	if (i == MAP_NONE)
		return ROV_NOT_FOUND;
	if (origin == ORIGIN_NONE)
		return ROV_INVALID_AS_SET;
	for (; i != MAP_NONE; i = cover_next(c, i)) {
		const struct roa *v = &t->roas[i];
		bool asn = (v->asn == origin) & (origin != 0), len = p->len <= v->max_len;

		if (asn & len)
			return ROV_VALID;
		has_asn |= asn;
		has_len |= len;
	}
	if (has_asn)
		return ROV_INVALID_LENGTH;
	return has_len ? ROV_INVALID_ASN : ROV_INVALID_BOTH;
}

static inline enum rov
judge_leaf(const struct rpki *t, const struct cover *c, uint32_t leaf, const struct prefix *p, uint32_t origin)
{
	return judge(t, c, cover_index_from(&t->index, c, leaf, p), p, origin);
}

enum rov
rpki_rov(const struct rpki *t, const struct prefix *p, uint32_t origin)
{
	struct cover c = cover_of(t);

	return judge_leaf(t, &c, cover_index_leaf(&t->index, p), p, origin);
}

size_t
rpki_covering(const struct rpki *t, const struct prefix *p, uint32_t *ids, size_t cap)
{
	struct cover c = cover_of(t);

	return cover_all(&c, p, ids, cap);
}

static inline const struct rov_ask *
ask_at(const void *routes, size_t stride, size_t i)
{
	return (const void *)((const char *)routes + i * stride);
}

void
rpki_rov_sweep(const struct rpki *t, const void *routes, size_t stride, size_t n, uint8_t *rov)
{
	struct cover c = cover_of(t);
	const struct rov_ask *q;
	uint32_t leaf[BATCH];
	size_t i, k, m;

	for (i = 0; i < n; i += m) {
		m = n - i < BATCH ? n - i : BATCH;
		for (k = 0; k < m; k++) {
			leaf[k] = cover_index_leaf(&t->index, &ask_at(routes, stride, i + k)->prefix);
			if (leaf[k] < COVER_SEARCH)
				__builtin_prefetch(&t->roas[leaf[k]]);
		}
		for (k = 0; k < m; k++) {
			q = ask_at(routes, stride, i + k);
			rov[i + k] = (uint8_t)judge_leaf(t, &c, leaf[k], &q->prefix, q->origin);
		}
	}
}

size_t
rpki_of(const struct rpki *t, uint32_t asn, const uint32_t **ids)
{
	assert(t->sealed);
	return order_run(t->by_asn, t->roas, t->n_roas, sizeof(*t->roas), offsetof(struct roa, asn), asn,
	    ids);
}

const struct provider_set *
rpki_aspa(const struct rpki *t, uint32_t customer)
{
	struct provider_set key = {.customer = customer};

	assert(t->sealed);
	if (t->n_aspas == 0)
		return NULL;
	return bsearch(&key, t->aspas, t->n_aspas, sizeof(*t->aspas), aspa_cmp);
}
