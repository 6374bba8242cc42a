/*
 * put: numbers and addresses as text at a pointer, for output by the gigabyte: no call into libc,
 * no locale, no NUL. Each writes at p and returns the end; the caller has the room.
 */
#ifndef ADDR_PUT_H
#define ADDR_PUT_H

#include "addr/prefix.h"

#define PUT_U32 10	/* most bytes of a number */
#define PUT_ADDR 45	/* of an address */
#define PUT_PREFIX 49	/* of a prefix */

extern const char put_digits[200];	/* "00" "01" ... "99" */

static inline char *
put_u32(char *p, uint32_t v)
{
	char tmp[PUT_U32], *t = tmp + sizeof(tmp);
	size_t n;

	while (v >= 100) {
		t -= 2;
		__builtin_memcpy(t, put_digits + v % 100 * 2, 2);
		v /= 100;
	}
	if (v >= 10) {
		t -= 2;
		__builtin_memcpy(t, put_digits + v * 2, 2);
	} else {
		*--t = (char)('0' + v);
	}
	n = (size_t)(tmp + sizeof(tmp) - t);
	__builtin_memcpy(p, t, n);
	return p + n;
}

char *put_addr(char *p, const struct addr *a);		/* IPv6 as RFC 5952 */
char *put_prefix(char *p, const struct prefix *x);
/* The same with "::" for a single zero group too, which RFC 5952 4.2.2 forbids and bgpdump does. */
char *put_addr_short(char *p, const struct addr *a);
char *put_prefix_short(char *p, const struct prefix *x);

#endif
