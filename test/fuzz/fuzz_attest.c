/* attest: statements on attached files. What is read is written back the same. */
#undef NDEBUG
#include <assert.h>

#include "seal/attest.h"
#include "mutate_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	const char *why = NULL;
	struct str again = {0};
	struct attest t;

	if (attest_read(in, &t, &why) != OK) {
		assert(why != NULL);
	} else {
		assert(t.kind < ATTEST_KINDS && strlen(t.report) == SHA256_HEX && strlen(t.file) == SHA256_HEX);
		attest_write(&again, &t);
		assert(span_eq(str_span(&again), in));
	}
	str_release(&again);
	return 0;
}

MUTATE_JSON(0)
