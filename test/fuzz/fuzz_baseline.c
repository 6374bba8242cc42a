/*
 * baseline: an earlier assessment, of which only the counts are wanted. What is read keeps what baseline.h promises, does
 * not hang on the size of the pieces, and a document without its last byte is never complete.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "report/baseline.h"

#include <string.h>

static enum err
run(struct baseline *b, const uint8_t *data, size_t size, size_t chunk)
{
	struct feed_mem m = {data, size, chunk};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct feed f;
	enum err e;
	unsigned k;

	feed_init_mem(&f, &m);
	e = baseline_read(b, &f, a, &why);
	feed_release(&f);
	assert((e == OK) == (why == NULL));
	assert(why == NULL || (strncmp(why, "byte ", 5) == 0 && strchr(why, '[') != NULL));	/* place, field, rule */
	assert(e != OK || utc_known(b->at));
	for (k = 0; e == OK && k < KIND_N; k++)
		assert(b->used[k] <= BASELINE_COUNT_MAX);
	assert(e != OK || (b->visible[FAMILY_V4] <= BASELINE_COUNT_MAX && b->visible[FAMILY_V6] <= BASELINE_COUNT_MAX));
	arena_free(a);
	return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct baseline whole, pieces, cut;
	enum err e = run(&whole, data, size, 0);
	size_t end = size;

	assert(run(&pieces, data, size, 1 + size % 7) == e);
	if (e != OK)
		return 0;
	assert(whole.at.s == pieces.at.s && memcmp(whole.used, pieces.used, sizeof(whole.used)) == 0 &&
	    memcmp(whole.visible, pieces.visible, sizeof(whole.visible)) == 0);
	while (end > 0 && data[end - 1] != '}')
		end--;
	assert(run(&cut, data, end - 1, 0) != OK);
	return 0;
}
