/* ASPAs (draft-ietf-sidrops-aspa-profile, draft-ietf-sidrops-aspa-verification). */
#include "base/arena.h"
#include "decode/vrp_int.h"

#include <stdlib.h>

static const char profile[] = "draft-ietf-sidrops-aspa-profile 3";

void
vrp_aspa_add(struct vrp_aspas *a, uint32_t provider)
{
	if (a->n - a->first > ASPA_PROVIDERS_MAX)
		return;		/* one over the limit is enough for vrp_aspa_end to see it */
	a->pair = grow(a->pair, &a->cap, a->n + 1, sizeof(*a->pair));
	a->pair[a->n++] = provider;
}

/* The providers of the record at hand without what may not be in them. */
static void
drop_odd(struct vrp_dec *v, struct vrp_aspas *a, uint32_t customer, uint64_t offset)
{
	bool disorder = false, self = false, zero = false;
	size_t i, n = a->first, count = a->n - a->first;

	for (i = a->first; i < a->n; i++) {
		disorder = disorder || (i > a->first && a->pair[i] <= a->pair[i - 1]);
		self = self || a->pair[i] == customer;
		zero = zero || (a->pair[i] == 0 && count > 1);
	}
	for (i = a->first; i < a->n; i++)
		if (a->pair[i] != customer)
			a->pair[n++] = a->pair[i];
	a->n = n;
	if (disorder)
		diag_add(v->d, DIAG_NOTE, ERR_SYNTAX, a->records, offset, "aspa.providers.order",
		    profile);
	if (self)
		diag_add(v->d, DIAG_NOTE, ERR_CONTRADICT, a->records, offset,
		    "aspa.providers.customer", profile);
	if (zero)
		diag_add(v->d, DIAG_NOTE, ERR_CONTRADICT, a->records, offset,
		    "aspa.providers.as0", profile);
}

bool
vrp_aspa_end(struct vrp_dec *v, struct vrp_aspas *a, bool has_customer, uint32_t customer,
    uint64_t offset)
{
	size_t i;

	if (!has_customer || customer == 0) {
		diag_add(v->d, DIAG_SKIP_RECORD, has_customer ? ERR_RANGE : ERR_SYNTAX, a->records,
		    offset, "aspa.customer", profile);
		a->n = a->first;
		return true;
	}
	if (a->n - a->first > ASPA_PROVIDERS_MAX) {
		diag_add(v->d, DIAG_SKIP_RECORD, ERR_LIMIT, a->records, offset, "aspa.providers",
		    "limit ASPA_PROVIDERS_MAX");
		a->n = a->first;
		return true;
	}
	drop_odd(v, a, customer, offset);
	if (a->n == a->first)
		diag_add(v->d, DIAG_SKIP_RECORD, ERR_COUNT, a->records, offset, "aspa.providers",
		    profile);
	for (i = a->first; i < a->n; i++)
		a->pair[i] |= (uint64_t)customer << 32;
	a->first = a->n;
	if (a->n <= ASPA_PAIRS_MAX)
		return true;
	diag_add(v->d, DIAG_STOP_SOURCE, ERR_LIMIT, a->records, offset, "aspas",
	    "limit ASPA_PAIRS_MAX");
	return false;
}

static int
pair_cmp(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* The union of [i, j), one customer's pairs: AS0 says "no provider" and adds nothing to others. */
static struct aspa
gather(const struct vrp_aspas *a, size_t i, size_t j, uint32_t *provider)
{
	struct aspa out = {.customer = (uint32_t)(a->pair[i] >> 32), .provider = provider};

	for (; i < j; i++) {
		uint32_t p = (uint32_t)a->pair[i];

		if (out.n > 0 && provider[out.n - 1] == p)
			continue;
		if (out.n == 1 && provider[0] == 0)
			out.n = 0;
		provider[out.n++] = p;
	}
	return out;
}

void
vrp_aspa_emit(struct vrp_dec *v, struct vrp_aspas *a)
{
	uint32_t *provider;
	struct aspa one;
	size_t i, j;

	if (a->n == 0)
		return;
	qsort(a->pair, a->n, sizeof(*a->pair), pair_cmp);
	provider = xcalloc(a->n, sizeof(*provider));
	for (i = 0; i < a->n && v->stop == OK; i = j) {
		for (j = i; j < a->n && a->pair[j] >> 32 == a->pair[i] >> 32; j++)
			;
		one = gather(a, i, j, provider);
		v->st->aspas++;
		if (v->sink->aspa != NULL)
			v->stop = v->sink->aspa(v->sink->arg, &one);
	}
	free(provider);
}

void
vrp_aspa_release(struct vrp_aspas *a)
{
	free(a->pair);
	*a = (struct vrp_aspas){0};
}
