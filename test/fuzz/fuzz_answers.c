#include "text_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	text_fuzz(text_answers, data, size);
	return 0;
}
