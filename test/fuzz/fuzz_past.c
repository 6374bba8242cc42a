/*
 * past: an earlier assessment. What is read keeps what past.h promises, does not hang on the size of the
 * pieces, and a document without its last byte is never complete.
 */
#undef NDEBUG
#include <assert.h>

#include "report/past.h"
#include "mutate_json.h"

#include <string.h>

static const uint32_t wanted[] = {0, 112, 64500, 64512, 4100000003, 4100000005, UINT32_MAX};
#define WANTED (sizeof(wanted) / sizeof(*wanted))

static void
check_as(const struct past_as *as)
{
	const struct past_number *n;
	unsigned i;

	for (i = 0; i < METRIC_N; i++) {
		n = &as->number[i];
		assert(n->value_ppm >= 0 && n->lo_ppm <= 1000000 && n->hi_ppm <= 1000000);
		assert(n->known || (n->value_ppm == 0 && n->num == 0 && n->den == 0 && !n->has_interval));
		assert(!n->known || metric_unit(i) == UNIT_COUNT || n->value_ppm <= 1000000);
		assert(!n->known || metric_unit(i) != UNIT_SHARE || n->has_interval);
		assert(n->num <= INT64_MAX && (metric_unit(i) != UNIT_COUNT || n->value_ppm <= UINT32_MAX));
	}
}

static void
check_report(const struct past_report *r)
{
	size_t i, k;

	assert(utc_known(r->at) && r->parameters[0] == '{');
	for (i = 0; i < r->n; i++) {
		assert(i == 0 || r->ases[i - 1].asn < r->ases[i].asn);
		for (k = 0; k < WANTED && wanted[k] != r->ases[i].asn; k++)
			;
		assert(k < WANTED && past_find(r, r->ases[i].asn) == &r->ases[i]);
		check_as(&r->ases[i]);
	}
}

static enum err
run(struct past *p, const uint8_t *data, size_t size, size_t chunk)
{
	struct feed_mem m = {data, size, chunk};
	const char *why = NULL;
	struct feed f;
	enum err e;

	feed_init_mem(&f, &m);
	e = past_read(p, &f, wanted, WANTED, &why);
	feed_release(&f);
	assert((e == OK) == (why == NULL) && (e == OK) == (p->n == 1));
	if (e == OK)
		check_report(&p->reports[0]);
	return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct past whole = {.arena = a}, pieces = {.arena = a}, cut = {.arena = a};
	const char *why = NULL;
	size_t end = size, i;
	enum err e = run(&whole, data, size, 0);

	assert(run(&pieces, data, size, 1 + size % 7) == e);
	if (e == OK) {
		assert(whole.reports[0].n == pieces.reports[0].n);
		for (i = 0; i < whole.reports[0].n; i++)
			assert(memcmp(&whole.reports[0].ases[i], &pieces.reports[0].ases[i], sizeof(struct past_as)) == 0);
		while (end > 0 && data[end - 1] != '}')
			end--;
		assert(run(&cut, data, end - 1, 0) != OK);
		assert(past_seal(&whole, UTC_NONE, &why) != OK && why != NULL);
	}
	past_release(&whole);
	past_release(&pieces);
	past_release(&cut);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
