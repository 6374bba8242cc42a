/* Whatever is a path can be printed and read again, and its hops are those of the table. */
#include "base/str.h"
#include "addr/path_line.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t words[PATH_LINE_WORDS], again[PATH_LINE_WORDS], hops[AS_PATH_HOPS_MAX];

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span line = {(const char *)data, size};
	struct path_fault fault;
	struct path_line l, m;
	struct str s = {0};
	char buf[PREFIX_TEXT];
	bool set, good;

	if (!path_line_parse(line, words, &l, &fault)) {
		assert(fault.column >= 1 && fault.column <= size + 1 && fault.rule != NULL);
		assert(fault.column - 1 + fault.text.len <= size);
		return 0;
	}
	assert(l.n_ases > 0 && l.n_ases <= AS_PATH_HOPS_MAX && l.path.n <= PATH_LINE_WORDS);
	assert(aspath_hops(l.path, hops, AS_PATH_HOPS_MAX, &set) <= l.n_ases && set == aspath_has_set(l.path));
	aspath_format(l.path, &s);
	if (l.has_prefix)
		str_addf(&s, "|%s", prefix_format(&l.prefix, buf));
	good = path_line_parse(str_span(&s), again, &m, &fault);
	assert(good && m.n_ases == l.n_ases && m.has_prefix == l.has_prefix && m.path.n == l.path.n);
	assert(memcmp(words, again, l.path.n * sizeof(*words)) == 0);
	assert(!l.has_prefix || prefix_eq(&l.prefix, &m.prefix));
	str_release(&s);
	return 0;
}
