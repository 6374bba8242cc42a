#include "text_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	text_fuzz(text_asrel, data, size);	/* serial-1 and serial-2 */
	return 0;
}
