#include "decode/spoofer_int.h"

#include <assert.h>

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

enum err
spoofer_decode(struct feed *f, enum input_kind kind,
    enum err (*fn)(void *arg, const struct spoofer_test *), void *arg, struct diags *d,
    uint64_t *n_sessions)
{
	assert(kind == KIND_SPOOFER_JSON || kind == KIND_SPOOFER_CSV);
	return kind == KIND_SPOOFER_JSON ? spoofer_json_decode(f, fn, arg, d, n_sessions) :
	    spoofer_csv_decode(f, fn, arg, d, n_sessions);
}
