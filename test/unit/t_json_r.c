/* json_r: RFC 8259 and nothing else, however the input is cut into pieces. */
#include "base/arena.h"
#include "base/json_r.h"
#include "base/limits.h"
#include "base/str.h"
#include "tap.h"

#include <jansson.h>

/* The tokens of a document as text: "{", "}", "[", "]", k:KEY, s:STRING, n:NUMBER, t, f, 0, then
 * "." when it is complete or "!ERROR@OFFSET". */
static void
render(const char *p, size_t len, size_t chunk, struct str *out)
{
	static const char *const mark[] = {[JSON_OBJ] = "{", [JSON_OBJ_END] = "}", [JSON_ARR] = "[",
	    [JSON_ARR_END] = "]", [JSON_KEY] = "k:", [JSON_STR] = "s:", [JSON_NUM] = "n:",
	    [JSON_LIT_TRUE] = "t", [JSON_LIT_FALSE] = "f", [JSON_LIT_NULL] = "0", [JSON_DONE] = "."};
	struct feed_mem m = {(const uint8_t *)p, len, chunk};
	struct feed f;
	struct json_r r;
	enum json_tok tok;

	str_clear(out);
	feed_init_mem(&f, &m);
	json_open(&r, &f);
	do {
		tok = json_next(&r);
		if (tok == JSON_ERROR) {
			str_addf(out, "!%s@%u", err_text(r.err), (unsigned)r.err_off);
			break;
		}
		str_adds(out, mark[tok]);
		if (tok == JSON_KEY || tok == JSON_STR || tok == JSON_NUM)
			str_add(out, r.text);
		if (tok != JSON_DONE)
			str_addc(out, ' ');
	} while (tok != JSON_DONE);
	json_close(&r);
	feed_release(&f);
}

#define SYNTAX "!not in the form expected@"
#define EARLY "!input ends early@"

static const struct {
	const char *doc, *want;
} docs[] = {
    {"{}", "{ } ."},
    {" [ ] \r\n\t", "[ ] ."},
    {"{\"a\":1,\"b\":[true,false,null,\"x\"]}", "{ k:a n:1 k:b [ t f 0 s:x ] } ."},
    {"[[],{},[{}]]", "[ [ ] { } [ { } ] ] ."},
    {"12", "n:12 ."},
    {"\"\"", "s: ."},
    {"true ", "t ."},
    {"[-0.5e+10,0,1E3,-1,10.25]", "[ n:-0.5e+10 n:0 n:1E3 n:-1 n:10.25 ] ."},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "s:\"\\/\b\f\n\r\t ."},
    {"\"a\\u0041\\u00e9\\u20ac\\ud83d\\ude00z\"", "s:aA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z ."},
    {"\"\\ud800x\\udc00\"", "s:\xef\xbf\xbdx\xef\xbf\xbd ."},
    {"\"\\ud800\\ud800\\udc00\"", "s:\xef\xbf\xbd\xf0\x90\x80\x80 ."},
    {"\"\xff\x80 passes\"", "s:\xff\x80 passes ."},
    {"\"12345678\\n12345678\"", "s:12345678\n12345678 ."},
    {"{\"k\\n\":0}", "{ k:k\n n:0 } ."},
    {"", EARLY "0"},
    {"  ", EARLY "2"},
    {"[1,]", "[ n:1 " SYNTAX "3"},
    {"[,1]", "[ " SYNTAX "1"},
    {"[1 2]", "[ n:1 " SYNTAX "3"},
    {"{\"a\":1,}", "{ k:a n:1 " SYNTAX "7"},
    {"{\"a\" 1}", "{ k:a " SYNTAX "5"},
    {"{\"a\":}", "{ k:a " SYNTAX "5"},
    {"{\"a\":1 \"b\":2}", "{ k:a n:1 " SYNTAX "7"},
    {"{1:2}", "{ " SYNTAX "1"},
    {"{a:2}", "{ " SYNTAX "1"},
    {"{]", "{ " SYNTAX "1"},
    {"[}", "[ " SYNTAX "1"},
    {"[1}", "[ n:1 " SYNTAX "2"},
    {"{\"a\":1]", "{ k:a n:1 " SYNTAX "6"},
    {"{} {}", "{ } !bytes left over@3"},
    {"[]]", "[ ] !bytes left over@2"},
    {"[] // no", "[ ] !bytes left over@3"},
    {"[tru]", "[ " SYNTAX "4"},
    {"[truE]", "[ " SYNTAX "4"},
    {"[nul", "[ " EARLY "4"},
    {"[NaN]", "[ " SYNTAX "1"},
    {"[01]", "[ " SYNTAX "1"},
    {"[-]", "[ " SYNTAX "1"},
    {"[+1]", "[ " SYNTAX "1"},
    {"[1.]", "[ " SYNTAX "1"},
    {"[.5]", "[ " SYNTAX "1"},
    {"[1e]", "[ " SYNTAX "1"},
    {"[1e+]", "[ " SYNTAX "1"},
    {"[1-2]", "[ " SYNTAX "1"},
    {"[12", "[ " EARLY "3"},
    {"[\"a\nb\"]", "[ " SYNTAX "3"},
    {"[\"a\\x\"]", "[ " SYNTAX "3"},
    {"[\"a\\u12g4\"]", "[ " SYNTAX "3"},
    {"[\"a\\n\tb\"]", "[ " SYNTAX "5"},
    {"['a']", "[ " SYNTAX "1"},
    {"\xef\xbb\xbf{}", SYNTAX "0"},
    {"[\v1]", "[ " SYNTAX "1"},
};

static void
test_documents(void)
{
	struct str got = {0};
	size_t i, chunk;
	bool same;

	for (i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
		size_t len = strlen(docs[i].doc);

		render(docs[i].doc, len, 0, &got);
		is_str(got.p, docs[i].want, "document %zu has the tokens or the fault it should", i);
		for (same = true, chunk = 1; chunk <= len && same; chunk++) {
			render(docs[i].doc, len, chunk, &got);
			same = strcmp(got.p, docs[i].want) == 0;
		}
		ok(same, "document %zu reads the same in pieces of any size", i);
	}
	render("\"a\\u0000b\"", 10, 0, &got);
	ok(got.len == 7 && memcmp(got.p, "s:a\0b .", 7) == 0, "a NUL in a string is a byte like others");
	render("\"a\0b\"", 5, 0, &got);
	is_str(got.p, SYNTAX "2", "a bare NUL in a string is a control character");
	str_release(&got);
}

static const char sample[] = "{\"m\":{\"n\":1.5e3,\"t\":\"a\\u00e9\\n\"},\"l\":[true,false,null,-7,"
			     "{\"k\":[[]]}],\"s\":\"plain text\"}";

static void
test_truncation(void)
{
	struct str got = {0};
	size_t n, early = 0;

	for (n = 0; n < sizeof(sample) - 1; n++) {
		render(sample, n, 0, &got);
		early += strstr(got.p, EARLY) != NULL;
	}
	ok(early == sizeof(sample) - 1, "every prefix of a document is told to end early");
	render(sample, sizeof(sample) - 1, 0, &got);
	ok(got.p[got.len - 1] == '.', "the whole of it is complete");
	str_release(&got);
}

/* Every byte replaced by every interesting one: we accept what jansson accepts. */
static void
test_oracle(void)
{
	static const char with[] = "{}[]\",:\\0519.eE+-tfnu \n\x01/";
	char doc[sizeof(sample)];
	struct str got = {0};
	size_t i, j, differ = 0;
	json_t *tree;

	for (i = 0; i < sizeof(sample) - 1; i++) {
		for (j = 0; j < sizeof(with) - 1; j++) {
			memcpy(doc, sample, sizeof(doc));
			doc[i] = with[j];
			render(doc, sizeof(doc) - 1, 0, &got);
			tree = json_loadb(doc, sizeof(doc) - 1, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
			if ((tree != NULL) != (got.p[got.len - 1] == '.')) {
				printf("# %s\n# %s\n", doc, got.p);
				differ++;
			}
			json_decref(tree);
		}
	}
	ok(differ == 0, "with any one byte changed, jansson and we accept the same documents");
	str_release(&got);
}

static void
test_depth(void)
{
	char doc[2 * (JSON_DEPTH_MAX + 1) + 1];
	struct str got = {0};
	size_t n;

	for (n = JSON_DEPTH_MAX; n <= JSON_DEPTH_MAX + 1; n++) {
		memset(doc, '[', n);
		memset(doc + n, ']', n);
		render(doc, 2 * n, 0, &got);
		ok((strstr(got.p, "over a named limit") == NULL) == (n == JSON_DEPTH_MAX),
		    "%zu levels are %s", n, n == JSON_DEPTH_MAX ? "read" : "refused");
	}
	str_release(&got);
}

/* A string of n bytes, the first of which may be an escape. */
static enum err
read_long(size_t n, const char *first, size_t chunk)
{
	size_t len = strlen(first) + n - 1 + 2;
	char *doc = xmalloc(len);
	struct feed_mem m = {(const uint8_t *)doc, len, chunk};
	struct feed f;
	struct json_r r;
	enum json_tok tok;

	memset(doc, 'x', len);
	doc[0] = doc[len - 1] = '"';
	memcpy(doc + 1, first, strlen(first));
	feed_init_mem(&f, &m);
	json_open(&r, &f);
	tok = json_next(&r);
	if (tok == JSON_STR && r.text.len != n)
		tok = JSON_ERROR;
	json_close(&r);
	feed_release(&f);
	free(doc);
	return tok == JSON_STR ? OK : r.err;
}

static void
test_long_strings(void)
{
	static const char *const first[] = {"x", "\\n"};
	static const size_t chunk[] = {0, 4096};
	size_t i, j;

	for (i = 0; i < 2; i++)
		for (j = 0; j < 2; j++) {
			ok(read_long(JSON_STRING_MAX, first[i], chunk[j]) == OK,
			    "a string of JSON_STRING_MAX is read (%zu, %zu)", i, j);
			ok(read_long(JSON_STRING_MAX + 1, first[i], chunk[j]) == ERR_LIMIT,
			    "one byte more is over the limit (%zu, %zu)", i, j);
		}
}

static void
test_long_numbers(void)
{
	char doc[JSON_NUMBER_MAX + 2];
	struct str got = {0};
	size_t n;

	memset(doc, '1', sizeof(doc));
	for (n = JSON_NUMBER_MAX; n <= JSON_NUMBER_MAX + 1; n++) {
		render(doc, n, 0, &got);
		ok((got.p[0] == 'n') == (n == JSON_NUMBER_MAX), "a number of %zu digits is %s", n,
		    n == JSON_NUMBER_MAX ? "read" : "refused");
	}
	str_release(&got);
}

static void
test_skip(void)
{
	static const char doc[] = "{\"a\":{\"x\":[1,{\"y\":2}]},\"b\":\"s\",\"c\":[[3],[]],\"d\":4}";
	struct feed_mem m = {(const uint8_t *)doc, sizeof(doc) - 1, 3};
	struct feed f;
	struct json_r r;
	struct str keys = {0};
	enum json_tok tok;

	feed_init_mem(&f, &m);
	json_open(&r, &f);
	ok(json_next(&r) == JSON_OBJ && r.at == 0, "an object opens at offset 0");
	while ((tok = json_next(&r)) == JSON_KEY) {
		str_add(&keys, r.text);
		str_addu(&keys, r.at);
		str_addc(&keys, ' ');
		if (!json_skip(&r, json_next(&r)))
			break;
	}
	is_str(keys.p, "a1 b23 c31 d44 ", "skipping a value leads to the next key, offsets hold");
	ok(tok == JSON_OBJ_END && json_next(&r) == JSON_DONE, "and to the end");
	json_close(&r);
	feed_release(&f);
	str_release(&keys);
}

static enum err
broken_fill(void *arg, const uint8_t **buf, size_t *len)
{
	const char **text = arg;

	if (*text == NULL)
		return ERR_CORRUPT;
	*buf = (const uint8_t *)*text;
	*len = strlen(*text);
	*text = NULL;
	return OK;
}

static void
test_broken_source(void)
{
	static const char *const heads[] = {"{\"a\":", "[1", "[\"x", "{}"};
	char text[200];
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		const char *head = heads[i];
		struct diags d = {0};
		struct feed f;
		struct json_r r;
		enum json_tok tok;

		feed_init(&f, broken_fill, &head);
		json_open(&r, &f);
		do
			tok = json_next(&r);
		while (tok != JSON_ERROR && tok != JSON_DONE);
		ok(tok == JSON_ERROR && r.err == ERR_CORRUPT && json_next(&r) == JSON_ERROR,
		    "after \"%s\" the source's own error is told, and sticks", heads[i]);
		json_report(&r, &d, 7, "doc");
		snprintf(text, sizeof(text), "record 7 @%zu: doc: compressed data is damaged",
		    strlen(heads[i]));
		diag_format(&d.kept[0], text + 100, 100);
		is_str(text + 100, text, "the report names record, offset, field and error");
		ok(diags_stopped(&d), "the source is incomplete");
		diags_release(&d);
		json_close(&r);
		feed_release(&f);
	}
}

/* Elements that the caller reads himself: only in an array, and only where one can be. */
static void
test_element(void)
{
	static const char text[] = "[ [1], 22 ,{\"k\":[]},33]";
	struct feed_mem m = {(const uint8_t *)text, sizeof(text) - 1, 0};
	const uint8_t *p = NULL, *end = NULL;
	struct feed f;
	struct json_r r;

	feed_init_mem(&f, &m);
	json_open(&r, &f);
	ok(!json_element(&r, &p, &end), "there is no element before the document");
	ok(json_next(&r) == JSON_ARR && json_element(&r, &p, &end) && *p == '[' && *end == '\0' &&
	    json_offset(&r, p) == 2, "the first one");
	json_took(&r, p + 3);
	ok(json_element(&r, &p, &end) && *p == '2' && json_offset(&r, p) == 7, "the next one, behind its comma");
	ok(json_element(&r, &p, &end) && *p == '2', "looking reads nothing");
	json_took(&r, p + 2);
	ok(json_next(&r) == JSON_OBJ && r.at == 11, "tokens go on behind it");
	ok(!json_element(&r, &p, &end), "an object has no elements");
	ok(json_next(&r) == JSON_KEY && !json_element(&r, &p, &end), "nor has a name");
	ok(json_next(&r) == JSON_ARR && json_element(&r, &p, &end) && *p == ']', "the end is not hidden");
	ok(json_next(&r) == JSON_ARR_END && json_next(&r) == JSON_OBJ_END && json_element(&r, &p, &end) &&
	    *p == '3', "back in the first array");
	json_took(&r, p + 2);
	ok(json_next(&r) == JSON_ARR_END && json_next(&r) == JSON_DONE && !json_element(&r, &p, &end),
	    "and none behind the document");
	json_close(&r);
	feed_release(&f);
}

int
main(void)
{
	test_documents();
	test_truncation();
	test_oracle();
	test_depth();
	test_long_strings();
	test_long_numbers();
	test_skip();
	test_element();
	test_broken_source();
	return tap_done();
}
