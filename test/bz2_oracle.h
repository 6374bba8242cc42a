/* bz2_oracle: what libbz2 makes of bytes, one member after the other, in one thread. */
#ifndef BZ2_ORACLE_H
#define BZ2_ORACLE_H

#include <assert.h>
#include <bzlib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* One member from p[*at] on: its plain bytes, also those before an error, to out[*n], as far as cap
 * goes. True: it is whole, and *at is behind it. */
static inline bool
bz2_oracle_member(const uint8_t *p, size_t len, size_t *at, uint8_t *out, size_t cap, size_t *n)
{
	bz_stream s = {0};
	int rc;

	assert(BZ2_bzDecompressInit(&s, 0, 0) == BZ_OK);
	s.next_in = (char *)(uintptr_t)(p + *at);
	s.avail_in = (unsigned)(len - *at);
	do {
		s.next_out = (char *)out + *n;
		s.avail_out = (unsigned)(cap - *n);
		rc = BZ2_bzDecompress(&s);
		*n = (size_t)((uint8_t *)s.next_out - out);
	} while (rc == BZ_OK && s.avail_in > 0 && s.avail_out > 0);
	*at = len - s.avail_in;
	BZ2_bzDecompressEnd(&s);
	return rc == BZ_STREAM_END;
}

/* All of it, with zero bytes between members and behind them. */
static inline bool
bz2_oracle(const uint8_t *p, size_t len, uint8_t *out, size_t cap, size_t *n)
{
	size_t at = 0;

	*n = 0;
	while (at < len) {
		if (at > 0 && p[at] == 0)
			at++;
		else if (p[at] != 'B' || !bz2_oracle_member(p, len, &at, out, cap, n))
			return false;
	}
	return true;
}

#endif
