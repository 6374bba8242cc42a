/* tar: files of a stranger in one. What is taken is written back the same, to the last byte. */
#undef NDEBUG
#include <assert.h>

#include "base/tar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct str again = {0};
	struct tar t;

	tar_open(&t, in);
	while (tar_next(&t)) {
		assert(tar_name_good(span_of(t.name)));
		assert(t.bytes.p >= in.p && t.bytes.p + t.bytes.len <= in.p + in.len);
		tar_put(&again, t.name, t.bytes);
	}
	assert(t.end != (t.why != NULL));
	if (t.why == NULL) {
		tar_end(&again);
		assert(span_eq(str_span(&again), in));
	}
	str_release(&again);
	return 0;
}
