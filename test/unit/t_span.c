/* span: strict numbers and fields. */
#include "base/span.h"
#include "tap.h"

static void
test_numbers(void)
{
	static const struct {
		const char *text;
		uint64_t max, want;
		enum err err;
	} cases[] = {
	    {"0", 10, 0, OK}, {"10", 10, 10, OK}, {"11", 10, 0, ERR_RANGE}, {"", 10, 0, ERR_SYNTAX},
	    {"01", 10, 0, ERR_SYNTAX}, {"+1", 10, 0, ERR_SYNTAX}, {"-1", 10, 0, ERR_SYNTAX},
	    {" 1", 10, 0, ERR_SYNTAX}, {"1 ", 10, 0, ERR_SYNTAX}, {"1x", 10, 0, ERR_SYNTAX},
	    {"18446744073709551615", UINT64_MAX, UINT64_MAX, OK},
	    {"18446744073709551616", UINT64_MAX, 0, ERR_RANGE},
	    {"99999999999999999999999", UINT64_MAX, 0, ERR_RANGE},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t v = 77;
		enum err e = span_u64(span_of(cases[i].text), cases[i].max, &v);

		ok(e == cases[i].err && v == (e == OK ? cases[i].want : 77),
		    "number \"%s\" of at most %llu: %s", cases[i].text,
		    (unsigned long long)cases[i].max, err_text(cases[i].err));
	}
}

static void
test_cut(void)
{
	struct span rest = SPAN("a||b"), piece;

	ok(span_cut(&rest, '|', &piece) && span_is(piece, "a"), "the first piece");
	ok(span_cut(&rest, '|', &piece) && span_is(piece, ""), "an empty piece in the middle");
	ok(span_cut(&rest, '|', &piece) && span_is(piece, "b"), "the last piece");
	ok(!span_cut(&rest, '|', &piece), "then no more");
	rest = SPAN("");
	ok(span_cut(&rest, '|', &piece) && piece.len == 0 && !span_cut(&rest, '|', &piece),
	    "an empty text is one empty piece");
	ok(span_is(span_trim(SPAN(" \t x y\r\n")), "x y"), "trim takes white space at both ends");
	ok(span_is_nocase(SPAN("RiPe"), "ripe") && !span_is_nocase(SPAN("RIPE "), "ripe"),
	    "letter case is ignored, length is not");
	ok(span_cmp(SPAN("ab"), SPAN("b")) < 0 && span_cmp(SPAN("a"), SPAN("ab")) < 0 &&
	    span_cmp(SPAN("ab"), SPAN("ab")) == 0, "order is bytewise, shorter first");
}

static void
csv_case(const char *line, const char *want, enum err want_err)
{
	char scratch[128], got[256] = "";
	struct span rest = span_of(line), field;
	enum err e;

	while (span_csv(&rest, ',', scratch, &field, &e)) {
		strncat(got, "[", sizeof(got) - strlen(got) - 1);
		strncat(got, field.p, field.len);
		strncat(got, "]", sizeof(got) - strlen(got) - 1);
	}
	ok(e == want_err, "CSV %s: %s", line, err_text(want_err));
	is_str(got, want, "CSV fields of %s", line);
}

int
main(void)
{
	test_numbers();
	test_cut();
	csv_case("a,b,,c", "[a][b][][c]", OK);
	csv_case("\"a,b\",c", "[a,b][c]", OK);
	csv_case("\"say \"\"no\"\"\",", "[say \"no\"][]", OK);
	csv_case("\"open,b", "", ERR_SYNTAX);
	csv_case("\"a\"b,c", "", ERR_SYNTAX);
	csv_case("", "[]", OK);
	return tap_done();
}
