#include "base/sha256.h"

void
sha256_init(struct sha256 *h)
{
	crypto_hash_sha256_init(&h->state);
}

void
sha256_add(struct sha256 *h, const void *p, size_t len)
{
	crypto_hash_sha256_update(&h->state, p, len);
}

void
sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES])
{
	crypto_hash_sha256_final(&h->state, out);
}

void
sha256_hex(const uint8_t d[static SHA256_BYTES], char out[static SHA256_HEX + 1])
{
	static const char digit[] = "0123456789abcdef";
	int i;

	for (i = 0; i < SHA256_BYTES; i++) {
		out[2 * i] = digit[d[i] >> 4];
		out[2 * i + 1] = digit[d[i] & 15];
	}
	out[SHA256_HEX] = '\0';
}
