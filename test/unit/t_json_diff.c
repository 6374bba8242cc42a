/* json_diff: where two documents first differ, as a JSON pointer. */
#include "base/json_diff.h"
#include "tap.h"

static void
differ(const char *a, const char *b, const char *path, const char *was, const char *is)
{
	struct str p = {0}, x = {0}, y = {0};
	bool d = json_diff(span_of(a), span_of(b), &p, &x, &y);

	str_adds(&p, "");
	str_adds(&x, "");
	str_adds(&y, "");
	ok(d, "what differs at \"%s\" differs", path);
	is_str(p.p, path, "at %s", path);
	is_str(x.p, was, "there it is %s", was);
	is_str(y.p, is, "and here %s", is);
	str_release(&p);
	str_release(&x);
	str_release(&y);
}

static void
same(const char *a)
{
	struct str p = {0}, x = {0}, y = {0};

	ok(!json_diff(span_of(a), span_of(a), &p, &x, &y) && p.len + x.len + y.len == 0, "%s is itself", a);
}

int
main(void)
{
	char *deep, *other;

	same("{\"a\":[1,2]}");
	same("no JSON");
	differ("{\"a\":1}", "{\"a\":2}", "/a", "1", "2");
	differ("{\"a\":[1,2,{\"b\":true}]}", "{\"a\":[1,2,{\"b\":null}]}", "/a/2/b", "true", "null");
	differ("{\"a\":[[1],[2,3]],\"b\":0}", "{\"a\":[[1],[2,4]],\"b\":0}", "/a/1/1", "3", "4");
	differ("[1,2]", "[1]", "/1", "2", "nothing more in the array");
	differ("[]", "{}", "", "an array", "an object");
	differ("{\"a\":{\"x\":1}}", "{\"a\":{\"y\":1}}", "/a", "the member \"x\"", "the member \"y\"");
	differ("{\"a/b\":{\"c~d\":\"x\"}}", "{\"a/b\":{\"c~d\":\"y\"}}", "/a~1b/c~0d", "\"x\"", "\"y\"");
	differ("{\"a\":1}", "{\"a\": 1}", "byte 5", "the same values, written another way", "the same values, written another way");
	differ("{\"a\":1}\n", "{\"a\":1}", "byte 7", "the same values, written another way", "ends there");
	differ("[1,", "[1,2]", "/1", "no JSON from byte 3 on", "2");
	differ("{\"a\":[{\"b\":1},{\"b\":2}]}", "{\"a\":[{\"b\":1},{\"b\":3}]}", "/a/1/b", "2", "3");
	deep = calloc(1, 400);
	other = calloc(1, 400);
	memset(deep, '[', 100);
	memset(other, '[', 100);
	other[50] = '1';
	{
		struct str p = {0}, x = {0}, y = {0};

		ok(json_diff(span_of(deep), span_of(other), &p, &x, &y) && x.len > 0 && y.len > 0, "nesting without end ends");
		str_release(&p);
		str_release(&x);
		str_release(&y);
	}
	free(deep);
	free(other);
	return tap_done();
}
