#include "addr/put.h"

#include <string.h>

const char put_digits[200] = {
#define ROW(t) t, '0', t, '1', t, '2', t, '3', t, '4', t, '5', t, '6', t, '7', t, '8', t, '9'
	ROW('0'), ROW('1'), ROW('2'), ROW('3'), ROW('4'), ROW('5'), ROW('6'), ROW('7'), ROW('8'),
	ROW('9')
#undef ROW
};

/* An octet and a dot, in one copy of four bytes. */
static const char octets[256][4] = {
#define TEN(t) t "0.", t "1.", t "2.", t "3.", t "4.", t "5.", t "6.", t "7.", t "8.", t "9."
#define HUNDRED(t) TEN(t "0"), TEN(t "1"), TEN(t "2"), TEN(t "3"), TEN(t "4"), TEN(t "5"), TEN(t "6"), \
	TEN(t "7"), TEN(t "8"), TEN(t "9")
	TEN(""), TEN("1"), TEN("2"), TEN("3"), TEN("4"), TEN("5"), TEN("6"), TEN("7"), TEN("8"), TEN("9"),
	HUNDRED("1"), TEN("20"), TEN("21"), TEN("22"), TEN("23"), TEN("24"), "250.", "251.", "252.", "253.",
	"254.", "255."
#undef HUNDRED
#undef TEN
};

/* Writes 16 bytes at most: the dot behind the last octet is none of the text. */
static char *
put_v4(char *p, const uint8_t b[4])
{
	int i;

	for (i = 0; i < 4; i++) {
		memcpy(p, octets[b[i]], 4);
		p += 2 + (b[i] > 9) + (b[i] > 99);
	}
	return p - 1;
}

static char *
put_group(char *p, unsigned g)
{
	static const char hex[] = "0123456789abcdef";

	if (g > 0xfff)
		*p++ = hex[g >> 12];
	if (g > 0xff)
		*p++ = hex[g >> 8 & 15];
	if (g > 0xf)
		*p++ = hex[g >> 4 & 15];
	*p++ = hex[g & 15];
	return p;
}

/* The first of the longest runs of at least least zero groups; false when there is none. */
static bool
zero_run(const unsigned g[8], int least, int *from, int *to)
{
	int i, k, longest = least - 1;

	for (i = 0; i < 8; i = k + 1) {
		for (k = i; k < 8 && g[k] == 0; k++)
			;
		if (k - i > longest) {
			longest = k - i;
			*from = i;
			*to = k;
		}
	}
	return longest >= least;
}

/* RFC 5952; the last 32 bits dotted for ::ffff:0:0/96 and, as inet_ntop does, ::/96. */
static char *
put_v6(char *p, const uint8_t b[16], int least_run)
{
	unsigned g[8];
	int i, from = 8, to = 8;
	bool dotted;

	for (i = 0; i < 8; i++)
		g[i] = (unsigned)b[2 * i] << 8 | b[2 * i + 1];
	if (!zero_run(g, least_run, &from, &to))
		from = to = 8;
	dotted = from == 0 && (to == 6 || (to == 5 && g[5] == 0xffff));
	for (i = 0; i < (dotted ? 6 : 8); i++) {
		if (i == from) {
			*p++ = ':';
			*p++ = ':';
			i = to - 1;
			continue;
		}
		if (i > 0 && i != to)
			*p++ = ':';
		p = put_group(p, g[i]);
	}
	if (!dotted)
		return p;
	if (to != 6)
		*p++ = ':';
	return put_v4(p, b + 12);
}

char *
put_addr(char *p, const struct addr *a)
{
	return a->family == FAMILY_V4 ? put_v4(p, a->b) : put_v6(p, a->b, 2);
}

char *
put_prefix(char *p, const struct prefix *x)
{
	p = x->family == FAMILY_V4 ? put_v4(p, x->addr) : put_v6(p, x->addr, 2);
	*p++ = '/';
	return put_u32(p, x->len);
}

char *
put_addr_short(char *p, const struct addr *a)
{
	return a->family == FAMILY_V4 ? put_v4(p, a->b) : put_v6(p, a->b, 1);
}

char *
put_prefix_short(char *p, const struct prefix *x)
{
	p = x->family == FAMILY_V4 ? put_v4(p, x->addr) : put_v6(p, x->addr, 1);
	*p++ = '/';
	return put_u32(p, x->len);
}
