/*
 * text_fuzz: what must hold for any bytes given to any text decoder.
 */
#ifndef TEXT_FUZZ_H
#define TEXT_FUZZ_H

#include "diag_fuzz.h"
#include "text_run.h"

/* Bad data is no error of ours and is told of with its field and place; there are no more records than lines; and neither the records
 * nor the diags depend on how the bytes come in pieces. Field values are checked in text_run.h. */
static inline void
text_fuzz(text_decode *decode, const uint8_t *data, size_t size)
{
	struct text_run whole = text_run(decode, data, size, 0);
	struct text_run pieces = text_run(decode, data, size, 1 + size % 7);
	uint64_t lines = 1;
	size_t i;

	for (i = 0; i < size; i++)
		lines += data[i] == '\n';
	assert(whole.err == OK);
	assert(whole.n <= lines && whole.rows <= size);
	assert(text_run_same(&whole, &pieces));
	diag_fuzz(&whole.diags, size);
	text_run_release(&whole);
	text_run_release(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
