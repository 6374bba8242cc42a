/* base64: the vectors of RFC 4648 section 10, and that bytes have one text only. */
#include "base/base64.h"
#include "tap.h"

static const char *const vector[][2] = {
	{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
	{"foobar", "Zm9vYmFy"},
};

static const char *const bad[] = {
	"Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "=Zg=", "Z===", "====", "Zm9v\n", " Zm9v", "Zm-v", "Zm9\x80", "Zm9v=",
	"Zg==\n", "Zg=a",
};

static void
round_trip(void)
{
	uint8_t in[64], out[64];
	bool good = true, url = true;
	size_t n, i, got;

	for (n = 0; n <= sizeof(in); n++) {
		struct str s = {0};

		for (i = 0; i < n; i++)
			in[i] = (uint8_t)(n * 77 + i * 131);
		base64_add(&s, in, n);
		good = good && s.len == BASE64_LEN(n) && base64_read(str_span(&s), out, sizeof(out), &got) == OK && got == n &&
		    memcmp(in, out, n) == 0;
		str_clear(&s);
		base64_add_url(&s, in, n);
		url = url && s.len == (n * 4 + 2) / 3 && strpbrk(s.p, "+/=") == NULL;
		str_fill(&s, '=', BASE64_LEN(n) - s.len);
		url = url && base64_read_any(str_span(&s), out, sizeof(out), &got) == OK && got == n && memcmp(in, out, n) == 0;
		str_release(&s);
	}
	ok(good, "0 to 64 bytes come back");
	ok(url, "and so they do from the alphabet for URLs, which has no padding");
}

/* Each text of four characters that is read is the one that its bytes are written as. */
static void
one_text(void)
{
	static const char set[] = "AQgwBZ/+=-_9 ";
	size_t a, b, c, d, n = sizeof(set) - 1, got, read = 0;
	bool good = true;
	uint8_t out[3];
	char again[4];

	for (a = 0; a < n; a++)
		for (b = 0; b < n; b++)
			for (c = 0; c < n; c++)
				for (d = 0; d < n; d++) {
					const char t[4] = {set[a], set[b], set[c], set[d]};

					if (base64_read((struct span){t, 4}, out, 3, &got) != OK)
						continue;
					read++;
					good = good && base64_put(again, out, got) == 4 && memcmp(t, again, 4) == 0;
				}
	ok(good && read > 1000, "what is read is written the same (%zu texts)", read);
}

int
main(void)
{
	uint8_t out[16];
	size_t i, n;

	for (i = 0; i < sizeof(vector) / sizeof(*vector); i++) {
		struct str s = {0};

		base64_add(&s, vector[i][0], strlen(vector[i][0]));
		is_str(s.p, vector[i][1], "\"%s\" is written", vector[i][0]);
		ok(base64_read(str_span(&s), out, sizeof(out), &n) == OK && n == strlen(vector[i][0]) &&
		    memcmp(out, vector[i][0], n) == 0, "and read back");
		str_release(&s);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(base64_read(span_of(bad[i]), out, sizeof(out), &n) == ERR_SYNTAX, "\"%s\" is refused", bad[i][0] == ' ' || strchr(bad[i], '\n') ? "white space" : bad[i]);
	ok(base64_read(SPAN("Zm9vYmFy"), out, 5, &n) == ERR_LIMIT, "more than there is room for is a limit");
	ok(base64_exact(SPAN("Zm9vYmFy"), out, 6) == OK && base64_exact(SPAN("Zm9vYmFy"), out, 7) == ERR_SHORT,
	    "an exact length is asked for");
	ok(base64_read_any(SPAN("-_8="), out, 16, &n) == OK && n == 2 && out[0] == 0xfb && out[1] == 0xff,
	    "the alphabet of section 5 is read where it may be");
	ok(base64_read_any(SPAN("-/8="), out, 16, &n) == ERR_SYNTAX && base64_read(SPAN("-_8="), out, 16, &n) == ERR_SYNTAX,
	    "and neither mixed nor elsewhere");
	round_trip();
	one_text();
	return tap_done();
}
