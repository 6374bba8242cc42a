#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

#define EACH(byte) (UINT64_MAX / 255 * (byte))

/* In bit 7 of some byte when one of eight is not printable ASCII. A borrow or a carry from one byte into the
 * next comes only from one that is not. */
static uint64_t
not_ascii(const unsigned char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof(v));
	return v | (v - EACH(0x20)) | (v + EACH(1));
}

bool
utf8_ascii(const unsigned char *s, size_t n)
{
	uint64_t bad = 0;
	size_t i;

	if (n < sizeof(bad)) {
		for (i = 0; i < n; i++)
			bad |= (uint64_t)(s[i] < 0x20 || s[i] > 0x7e) << 7;
	} else {
		for (i = 0; i + sizeof(bad) < n; i += sizeof(bad))
			bad |= not_ascii(s + i);
		bad |= not_ascii(s + n - sizeof(bad));
	}
	return (bad & EACH(0x80)) == 0;
}

size_t
utf8_len(const unsigned char *s, size_t left)
{
	size_t n, i;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (left < n)
		return 0;
	for (i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

size_t
utf8_steers(const unsigned char *s, size_t left)
{
	size_t n = utf8_len(s, left);

	if (n <= 1)
		return n == 0 || s[0] < 0x20 || s[0] == 0x7f;
	if (n == 2)
		return s[0] == 0xc2 && s[1] < 0xa0 ? n : 0;
	if (n == 3 && s[0] == 0xe2 && s[1] == 0x80)
		return s[2] >= 0xaa && s[2] <= 0xae ? n : 0;
	if (n == 3 && s[0] == 0xe2 && s[1] == 0x81)
		return s[2] >= 0xa6 && s[2] <= 0xa9 ? n : 0;
	return 0;
}
