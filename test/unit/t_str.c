/* utf8, str: what of other people's text may reach a terminal. */
#include "base/str.h"
#include "base/utf8.h"
#include "tap.h"

#include <string.h>

static void
test_plain(void)
{
	static const struct { const char *in, *out, *name; } t[] = {
		{"", "", "nothing stays nothing"},
		{"AS-Größe ‐ 東京", "AS-Größe ‐ 東京", "letters of any script stay"},
		{"\033[31mred", "?[31mred", "an escape sequence loses its escape"},
		{"a\nb\rc\td", "a?b?c?d", "a line feed cannot forge a line"},
		{"\x7f", "?", "DEL"},
		{"\xc2\x9b" "31m", "?31m", "C1 in UTF-8 is one character"},
		{"\xc2\xa0", "\xc2\xa0", "the first one behind C1 stays"},
		{"\x9b" "31m\xff", "?31m?", "bytes that are not UTF-8"},
		{"\xe2\x80", "??", "a sequence that is cut"},
		{"x\xe2\x80\xae" "fdp", "x?fdp", "an override of the direction"},
		{"\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xaf", "\xe2\x80\xa9?\xe2\x80\xaf", "and not its neighbours"},
		{"\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", "\xe2\x81\xa5??\xe2\x81\xaa", "isolates"},
	};
	struct str s = {0};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		str_clear(&s);
		str_add_plain(&s, span_of(t[i].in));
		ok(strcmp(s.p, t[i].out) == 0, "%s", t[i].name);
	}
	str_release(&s);
}

/* utf8_ascii against a look at each byte, whatever the length and wherever the odd one stands. */
static void
test_ascii(void)
{
	unsigned char text[40];
	size_t n, at, bad = 0;
	unsigned c;

	for (n = 0; n <= sizeof(text); n++) {
		memset(text, 'x', sizeof(text));
		bad += !utf8_ascii(text, n);
		for (at = 0; at < n; at++)
			for (c = 0; c < 256; c++) {
				text[at] = (unsigned char)c;
				bad += utf8_ascii(text, n) != (c >= 0x20 && c <= 0x7e);
				text[at] = 'x';
			}
	}
	ok(bad == 0, "every byte that is not printable ASCII is found, in every place");
}

int
main(void)
{
	test_plain();
	test_ascii();
	return tap_done();
}
