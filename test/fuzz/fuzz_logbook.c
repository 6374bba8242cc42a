/* logbook: what an entry of a log speaks of. It is the digest that the entry begins with or that its status is on, and a
 * mark is one only by a line that mark_line_read takes. */
#undef NDEBUG
#include <assert.h>

#include "serve/logbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	char hex[SHA256_HEX + 1];
	struct logbook_entry e;

	if (logbook_entry_read(in, a, &e)) {
		sha256_hex(e.digest, hex);
		assert(memmem(in.p, in.len, hex, SHA256_HEX) != NULL);
		assert((e.kind == LOGBOOK_STATUS) == (in.p[0] == '{'));
		assert(!e.marks || (e.kind == LOGBOOK_STATUS && memmem(in.p, in.len, "mark of AS", 10) != NULL));
		assert(e.marks || e.asn == 0);
	}
	arena_free(a);
	return 0;
}
