/*
 * put: numbers and addresses as text at a pointer, for output by the gigabyte: no call into libc,
 * no locale, no NUL. Each writes at p and returns the end; the caller has the room for the most there can be.
 */
#ifndef ADDR_PUT_H
#define ADDR_PUT_H

#include "addr/prefix.h"

#define PUT_U32 10	/* most bytes of a number */
#define PUT_ADDR 45	/* of an address */
#define PUT_PREFIX 49	/* of a prefix */

extern const char put_digits[200];	/* "00" "01" ... "99" */

/* v < 100, without a leading zero */
static inline char *
put_2(char *p, uint32_t v)
{
	if (v < 10) {
		*p = (char)('0' + v);
		return p + 1;
	}
	__builtin_memcpy(p, put_digits + v * 2, 2);
	return p + 2;
}

/* v < 10000, four digits */
static inline char *
put_4_all(char *p, uint32_t v)
{
	__builtin_memcpy(p, put_digits + v / 100 * 2, 2);
	__builtin_memcpy(p + 2, put_digits + v % 100 * 2, 2);
	return p + 4;
}

/* v < 10000, without a leading zero */
static inline char *
put_4(char *p, uint32_t v)
{
	if (v < 100)
		return put_2(p, v);
	p = put_2(p, v / 100);
	__builtin_memcpy(p, put_digits + v % 100 * 2, 2);
	return p + 2;
}

static inline char *
put_u32(char *p, uint32_t v)
{
	if (v < 10000)
		return put_4(p, v);
	if (v < 100000000) {
		p = put_4(p, v / 10000);
		return put_4_all(p, v % 10000);
	}
	p = put_2(p, v / 100000000);
	v %= 100000000;
	return put_4_all(put_4_all(p, v / 10000), v % 10000);
}

char *put_addr(char *p, const struct addr *a);		/* IPv6 as RFC 5952 */
char *put_prefix(char *p, const struct prefix *x);
/* The same with "::" for a single zero group too, which RFC 5952 4.2.2 forbids and bgpdump does. */
char *put_addr_short(char *p, const struct addr *a);
char *put_prefix_short(char *p, const struct prefix *x);

#endif
