/*
 * import: a report for the archive. What is read fits together as import.h promises, survives the way through bytes,
 * does not hang on the size of the pieces, and a document without its last byte is never complete.
 */
#undef NDEBUG
#include <assert.h>

#include "archive/import.h"
#include "mutate_json.h"

#include <string.h>

struct run {
	struct arena *a;
	struct import_result r;
	uint64_t n;
	uint32_t last;
};

static void
check_verdict(const struct archive_row *r, const struct archive_verdict *v)
{
	const struct archive_number *n = v->decides != NULL ? row_number(r, v->decides) : NULL;

	assert(v->verdict < VERDICT_N && (v->decides == NULL || n != NULL));
	assert(n == NULL || n->state == METRIC_OK || v->verdict > VERDICT_FAIL);
	assert((v->reason != NULL) == row_reason_needed(v->verdict, n));
}

static enum err
check_row(void *arg, struct span bytes)
{
	struct run *run = arg;
	struct archive_row r;
	struct str again = {0};
	const char *field;
	size_t i;

	assert(row_read(bytes, run->a, &r, &field) == OK);
	assert(run->n == 0 || r.asn > run->last);
	run->last = r.asn;
	run->n++;
	assert(r.n_verdicts == head_controls(&run->r.head) && r.name != NULL && r.org != NULL);
	for (i = 0; i < r.n_numbers; i++) {
		const struct archive_number *n = &r.numbers[i];

		assert(n->unit <= UNIT_BOOL && n->state <= METRIC_NOT_APPLICABLE && n->evidence != NULL);
		assert((n->state == METRIC_OK) == (n->why == NULL));
		assert(n->state == METRIC_OK || (n->num == 0 && n->den == 0 && n->value == 0));
		assert(n->unit != UNIT_SHARE || (n->num <= n->den && n->value <= 1000000));
		assert(n->value >= 0 && row_number(&r, n->metric) == n);
	}
	for (i = 0; i < r.n_verdicts; i++)
		check_verdict(&r, &r.verdicts[i]);
	row_write(&again, &r);
	assert(span_eq(str_span(&again), bytes));
	str_release(&again);
	return OK;
}

static enum err
run_one(struct run *run, const uint8_t *data, size_t size, size_t chunk)
{
	struct feed_mem m = {data, size, chunk};
	const char *why = NULL;
	struct feed f;
	enum err e;

	feed_init_mem(&f, &m);
	e = import_read(&f, run->a, check_row, run, &run->r, &why);
	feed_release(&f);
	assert((e == OK) == (why == NULL));
	assert(e != OK || (run->n == run->r.networks && utc_known(run->r.head.at) && run->r.head.parameters[0] == '{'));
	return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct run whole = {.a = a}, pieces = {.a = a}, cut = {.a = a};
	size_t end = size;
	enum err e = run_one(&whole, data, size, 0);

	assert(run_one(&pieces, data, size, 1 + size % 7) == e && whole.n == pieces.n);
	if (e == OK) {
		assert(memcmp(whole.r.content, pieces.r.content, SHA256_BYTES) == 0);
		assert(memcmp(whole.r.basis, pieces.r.basis, SHA256_BYTES) == 0);
		while (end > 0 && data[end - 1] != '}')
			end--;
		assert(run_one(&cut, data, end - 1, 0) != OK);
	}
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
