/*
 * sha256: evidence digests (FIPS 180-4), through OpenSSL, which uses the processor's SHA
 * instructions where it has them: every byte of every input passes here.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32
#define SHA256_HEX 64

struct sha256 {
	void *ctx;	/* owned, from init to end */
};

/* Each init is ended once, also when the digest is not wanted (sha256_drop; nothing to drop when ctx is NULL). */
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *p, size_t len);
void sha256_add_u64(struct sha256 *h, uint64_t v);	/* eight bytes, the highest first */
void sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES]);
void sha256_next(struct sha256 *h, uint8_t out[static SHA256_BYTES]);	/* as end, then init: it can go on */
void sha256_drop(struct sha256 *h);	/* accepts one that was ended */
/* The whole at once. */
void sha256_of(const void *p, size_t len, uint8_t out[static SHA256_BYTES]);
/* Lower-case hexadecimal, NUL-terminated: out has SHA256_HEX + 1 bytes. */
void sha256_hex(const uint8_t d[static SHA256_BYTES], char out[static SHA256_HEX + 1]);

const char *sha256_library_version(void);	/* of OpenSSL as it is on this machine */

#endif
