/* ASPAs (draft-ietf-sidrops-aspa-profile, draft-ietf-sidrops-aspa-verification). */
#include "addr/asn.h"
#include "base/arena.h"
#include "decode/vrp_int.h"

#include <stdlib.h>

static const char profile[] = "draft-ietf-sidrops-aspa-profile 3";

static void
add(struct vrp_aspas *a, uint32_t provider)
{
	if (a->n - a->first > ASPA_PROVIDERS_MAX)
		return;		/* one over the limit is enough for finish() to see it */
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

/* End of a record: a bad one is dropped. False when there are too many in all. */
static bool
finish(struct vrp_dec *v, struct vrp_aspas *a, bool has_customer, uint32_t customer,
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

/* The "providers" of one ASPA, after the key. */
static enum err
read_providers(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);
	enum err bad = tok == JSON_ARR ? OK : ERR_SYNTAX, e;
	uint32_t asn;

	if (bad != OK) {
		json_skip(r, tok);
		return bad;
	}
	while ((tok = json_next(r)) != JSON_ARR_END && tok != JSON_ERROR) {
		e = ERR_SYNTAX;
		if (tok == JSON_NUM)
			e = span_u32(r->text, UINT32_MAX, &asn);
		else if (tok == JSON_STR)
			e = asn_parse(r->text, &asn);
		else
			json_skip(r, tok);
		if (e == OK)
			add(&doc->aspas, asn);
		else
			bad = e;
	}
	return bad;
}

/* One ASPA; its "{" was read. */
bool
vrp_read_aspa(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	struct vrp_aspas *a = &doc->aspas;
	uint64_t offset = r->at;
	enum err bad = OK, e;
	uint32_t customer = 0;
	bool has = false, listed = false;

	while (json_next(r) == JSON_KEY) {
		e = OK;
		if (JSON_IS(r, "customer_asid") || JSON_IS(r, "customer")) {
			e = has ? ERR_CONTRADICT : OK;
			has = vrp_read_asn(r, &customer) == OK;
		} else if (JSON_IS(r, "providers") || JSON_IS(r, "provider_asids")) {
			e = read_providers(doc);
			e = listed ? ERR_CONTRADICT : e;
			listed = true;
		} else {
			json_skip(r, json_next(r));
		}
		bad = bad == OK ? e : bad;
	}
	if (r->err != OK)
		return false;
	if (bad == OK)
		return finish(doc->v, a, has, customer, offset);
	a->n = a->first;
	diag_add(doc->v->d, DIAG_SKIP_RECORD, bad, a->records, offset, "aspa", NULL);
	return true;
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
