/* spoofer: the first byte picks JSON (even) or CSV. Every test names a client and a result. */
#undef NDEBUG
#include <assert.h>

#include "decode/people.h"
#include "diag_fuzz.h"
#include "mutate_json.h"

static uint64_t handed;

static enum err
on_test(void *arg, const struct spoofer_test *t)
{
	struct prefix p = t->client;

	(void)arg;
	assert(p.family < FAMILY_N && p.len <= family_bits(p.family) && !prefix_mask(&p));
	assert(t->routed <= SPOOF_UNKNOWN && t->priv <= SPOOF_UNKNOWN && utc_known(t->time));
	handed++;
	return OK;
}

static bool
decode(const uint8_t *data, size_t size, size_t chunk, enum input_kind kind)
{
	struct feed_mem m = {data, size, chunk};
	struct diags d = {0};
	struct feed f;
	uint64_t n;
	enum err e;
	bool complete;

	handed = 0;
	feed_init_mem(&f, &m);
	e = spoofer_decode(&f, kind, on_test, NULL, &d, &n);
	assert(e == OK && (kind == KIND_SPOOFER_CSV || handed <= FAMILY_N * n));
	complete = !diags_stopped(&d);
	diag_fuzz(&d, size);
	diags_release(&d);
	feed_release(&f);
	return complete;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum input_kind kind;
	uint64_t n;
	bool complete;

	if (size == 0)
		return 0;
	kind = data[0] % 2 == 0 ? KIND_SPOOFER_JSON : KIND_SPOOFER_CSV;
	complete = decode(data + 1, size - 1, 0, kind);
	n = handed;
	assert(decode(data + 1, size - 1, 3, kind) == complete && handed == n);
	if (kind == KIND_SPOOFER_JSON && complete && (data[size - 1] == '}' || data[size - 1] == ']'))
		assert(!decode(data + 1, size - 2, 0, kind));
	return 0;
}

MUTATE_JSON(1)
