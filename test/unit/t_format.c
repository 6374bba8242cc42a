/* format: libc is the oracle. */
#include "base/format.h"
#include "base/arena.h"
#include "tap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static size_t wrong;

/* The same text, the same length, the same cut at every size of the buffer. */
static void PRINTF_LIKE(1, 2)
same(const char *fmt, ...)
{
	char want[256], got[256];
	size_t cap, n;
	va_list ap;
	int len;

	for (cap = 0; cap <= 80; cap++) {
		memset(want, '#', sizeof(want));
		memset(got, '#', sizeof(got));
		va_start(ap, fmt);
		len = vsnprintf(want, cap, fmt, ap);
		va_end(ap);
		va_start(ap, fmt);
		n = format_v(got, cap, fmt, ap);
		va_end(ap);
		if (n == (size_t)len && memcmp(want, got, sizeof(got)) == 0)
			continue;
		if (wrong++ == 0)
			printf("# \"%s\", %zu bytes: \"%.*s\" is not \"%.*s\"\n", fmt, cap, (int)cap, got, (int)cap, want);
	}
}

static void
test_numbers(void)
{
	static const uint64_t v[] = {0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 9999, 10000, 123456789, 4294967295,
	    4294967296, 9999999999999999999u, 10000000000000000000u, UINT64_MAX};
	size_t i;

	wrong = 0;
	for (i = 0; i < sizeof(v) / sizeof(*v); i++) {
		same("%" PRIu64 " %" PRId64 " %" PRIx64, v[i], (int64_t)v[i], v[i]);
		same("%u %d %x", (unsigned)v[i], (int)v[i], (unsigned)v[i]);
		same("%zu %llu %lld", (size_t)v[i], (unsigned long long)v[i], (long long)v[i]);
		same("<%6u|%-6u|%06u|%02d|%-6d|%04x>", (unsigned)v[i], (unsigned)v[i], (unsigned)v[i], (int)v[i],
		    (int)v[i], (unsigned)v[i]);
	}
	ok(wrong == 0, "numbers of every size, with and without width, as libc has them");
}

static void
test_strings(void)
{
	const char *no_nul = (const char[]){'a', 'b', 'c'};

	wrong = 0;
	same("%s", "");
	same("plain");
	same("100 %% of %s", "it");
	same("<%5s|%-5s|%1s|%.2s|%5.2s|%-5.2s|%.0s>", "abc", "abc", "abc", "abc", "abc", "abc", "abc");
	same("%.3s", no_nul);
	same("%c%c", 'x', 'y');
	ok(wrong == 0, "strings, padded and cut, as libc has them");
	wrong = 0;
	same("%s %*u", "left to libc:", 7, 42u);
	same("%s %.*s", "left to libc:", 2, "abc");
	same("%s %p", "left to libc:", (const void *)no_nul);
	same("%s %5.3d %+d %i", "left to libc:", 7, 7, 7);
	ok(wrong == 0, "what is left to libc starts from the first argument again");
}

static void
test_arena(void)
{
	struct arena *a = arena_new();
	char text[600];
	size_t n, bad = 0;

	for (n = 250; n < 262; n++) {
		memset(text, 'x', n);
		text[n] = '\0';
		bad += strcmp(arena_printf(a, "%s", text), text) != 0;
	}
	ok(bad == 0, "arena_printf: a text of any length is whole");
	arena_free(a);
}

int
main(void)
{
	test_numbers();
	test_strings();
	test_arena();
	return tap_done();
}
