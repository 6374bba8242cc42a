/* tar: files of a stranger in one. What is taken is written back the same, to the last byte. */
#undef NDEBUG
#include <assert.h>

#include "base/tar.h"
#include "mutate.h"

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

#ifdef FUZZ_MUTATE
/* The files as far as they can be read, one of them with other bytes or another name, written anew: so that sizes, sums and
 * padding are right. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	unsigned which = mutate_rnd(&seed, 4), n = 0;
	uint8_t piece[1024] = {0};
	struct str out = {0};
	struct tar t;

	if (mutate_rnd(&seed, 3) == 0)
		return LLVMFuzzerMutate(data, size, max);
	tar_open(&t, (struct span){(const char *)data, size});
	while (tar_next(&t)) {
		size_t len = t.bytes.len < sizeof(piece) ? t.bytes.len : sizeof(piece);

		memcpy(piece, t.bytes.p, len);
		if (n++ == which)
			len = LLVMFuzzerMutate(piece, len, sizeof(piece));
		if (seed % 5 == 0 && t.name[0] != '\0')
			t.name[strlen(t.name) - 1] = (char)('a' + mutate_rnd(&seed, 26));
		tar_put(&out, t.name, (struct span){(const char *)piece, len});
	}
	if (n <= which)		/* one more */
		tar_put(&out, "zz", (struct span){(const char *)piece, mutate_rnd(&seed, TAR_BLOCK + 2)});
	tar_end(&out);
	size = out.len < max ? out.len : max;
	memcpy(data, out.p, size);
	str_release(&out);
	return size;
}
#endif
