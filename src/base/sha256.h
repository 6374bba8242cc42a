/*
 * sha256: evidence digests (FIPS 180-4), through libsodium.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <sodium/crypto_hash_sha256.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32
#define SHA256_HEX 64

struct sha256 {
	crypto_hash_sha256_state state;
};

void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *p, size_t len);
void sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES]);
/* Lower-case hexadecimal, NUL-terminated: out has SHA256_HEX + 1 bytes. */
void sha256_hex(const uint8_t d[static SHA256_BYTES], char out[static SHA256_HEX + 1]);

#endif
