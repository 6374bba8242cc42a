/*
 * json_r: the same tokens, offsets and error however the input is cut into pieces; containers
 * close; what jansson accepts we accept, but for our limits and for a NUL that it lets pass
 * behind a document; no complete document is complete without its last byte.
 */
#include <jansson.h>

#undef NDEBUG
#include <assert.h>

#include "base/json_r.h"
#include "base/limits.h"
#include "mutate_json.h"

#include <xxhash.h>

struct result {
	uint64_t hash;
	enum err err;
	uint64_t err_off;
};

static struct result
walk(const uint8_t *data, size_t size, size_t chunk)
{
	struct feed_mem m = {data, size, chunk};
	struct result res = {0};
	struct feed f;
	struct json_r r;
	enum json_tok tok;

	feed_init_mem(&f, &m);
	json_open(&r, &f);
	do {
		tok = json_next(&r);
		assert(r.depth <= JSON_DEPTH_MAX);
		if (tok == JSON_ERROR)
			break;
		res.hash = res.hash * 31 + (uint64_t)tok + r.at;
		if (tok == JSON_KEY || tok == JSON_STR || tok == JSON_NUM) {
			assert(r.text.len <= JSON_STRING_MAX);
			res.hash ^= XXH3_64bits(r.text.p, r.text.len);
		}
	} while (tok != JSON_DONE);
	assert((tok == JSON_ERROR) == (r.err != OK) && json_next(&r) == tok);
	assert(tok == JSON_ERROR || r.depth == 0);
	assert(r.err_off <= size);
	res.err = r.err;
	res.err_off = r.err_off;
	json_close(&r);
	feed_release(&f);
	return res;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunk[] = {1, 2, 7, 64};
	struct result whole = walk(data, size, 0), cut;
	json_t *tree;
	size_t i;

	for (i = 0; i < sizeof(chunk) / sizeof(chunk[0]); i++) {
		cut = walk(data, size, chunk[i]);
		assert(cut.hash == whole.hash && cut.err == whole.err && cut.err_off == whole.err_off);
	}
	tree = json_loadb((const char *)data, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	assert(tree == NULL || whole.err == OK || whole.err == ERR_LIMIT ||
	    memchr(data, '\0', size) != NULL);
	json_decref(tree);
	if (whole.err == OK && (data[size - 1] == '}' || data[size - 1] == ']'))
		assert(walk(data, size - 1, 0).err == ERR_SHORT);
	return 0;
}

MUTATE_JSON(0)
