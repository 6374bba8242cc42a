#include "decode/spoofer_int.h"

enum spoof_result
spoof_result_of(struct span word)
{
	if (word.len == 0)
		return SPOOF_NONE;
	if (span_is(word, "received"))
		return SPOOF_RECEIVED;
	if (span_is(word, "blocked"))
		return SPOOF_BLOCKED;
	if (span_is(word, "rewritten"))
		return SPOOF_REWRITTEN;
	return SPOOF_UNKNOWN;
}
