#include "text_fuzz.h"

#include "decode/kind.h"

#include <stdlib.h>

/* What sniffing calls data by the form of its lines, its decoder must find data in, or say why
 * not: nothing is silently ignored. */
static void
agrees(text_decode *decode, const uint8_t *data, size_t size)
{
	struct text_run r = text_run(decode, data, size, 0);

	assert(r.rows > 0 || diags_total(&r.diags) > 0);
	text_run_release(&r);
}

/* A byte order mark changes nothing. */
static void
same_with_mark(const uint8_t *data, size_t size, enum input_kind k)
{
	char *p = malloc(size + 3);

	if (p == NULL)
		abort();
	memcpy(p, "\xef\xbb\xbf", 3);
	memcpy(p + 3, data, size);
	assert(kind_sniff((struct span){p, size + 3}, true) == k);
	free(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span head = {(const char *)data, size};
	enum input_kind k = kind_sniff(head, true), cut = kind_sniff(head, false);

	assert((unsigned)k < KIND_N && (unsigned)cut < KIND_N);
	assert((k == KIND_EMPTY) == (size == 0));
	assert((k == KIND_MRT) == (cut == KIND_MRT));
	if (k == KIND_PFX2AS)
		agrees(text_pfx2as, data, size);
	if (k == KIND_RISWHOIS)
		agrees(text_riswhois, data, size);
	if (k == KIND_AS_REL || k == KIND_AS_REL2)
		agrees(text_asrel, data, size);
	if (k == KIND_AS_ORG)
		agrees(text_asorg, data, size);
	if (k == KIND_RPSL)
		agrees(text_rpsl, data, size);
	if (k != KIND_MRT && k != KIND_UNKNOWN && k != KIND_EMPTY && data[0] != 0xef)
		same_with_mark(data, size, k);
	return 0;
}
