/* status: entries of a log on a report. What is read is written back the same, and nobody has signed it by chance. */
#undef NDEBUG
#include <assert.h>

#include "seal/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct str again = {0};
	struct status s;

	if (status_read(in, a, &s, &why) != OK) {
		assert(why != NULL);
	} else {
		assert(status_time_good(s.at) && status_digest_good(s.sha256) && s.word < STATUS_WORDS);
		status_put(&again, &s, s.signer, s.sig);
		assert(span_eq(str_span(&again), in));
		assert(status_by(&s, NULL, 0) == 0);
	}
	str_release(&again);
	arena_free(a);
	return 0;
}
