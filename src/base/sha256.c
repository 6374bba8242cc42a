#include "base/sha256.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

/* Fetched once: the look-up by name costs more than hashing a short text. */
static EVP_MD *md;

/* What fails here is our misuse or no memory: neither leaves an honest digest. */
static void
must(int rc)
{
	assert(rc == 1);
}

/* For short texts in great number: a thread's own, made once. */
static pthread_key_t spare;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
spare_free(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

static void
fetch(void)
{
	must(pthread_key_create(&spare, spare_free) == 0);
	md = EVP_MD_fetch(NULL, "SHA256", NULL);
	assert(md != NULL);
}

void
sha256_init(struct sha256 *h)
{
	pthread_once(&once, fetch);
	h->ctx = EVP_MD_CTX_new();
	assert(h->ctx != NULL);
	must(EVP_DigestInit_ex2(h->ctx, md, NULL));
}

void
sha256_add(struct sha256 *h, const void *p, size_t len)
{
	must(EVP_DigestUpdate(h->ctx, p, len));
}

void
sha256_add_u64(struct sha256 *h, uint64_t v)
{
	uint8_t b[8];
	unsigned i;

	for (i = 0; i < sizeof(b); i++)
		b[i] = (uint8_t)(v >> (56 - 8 * i) & 0xff);
	sha256_add(h, b, sizeof(b));
}

void
sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES])
{
	must(EVP_DigestFinal_ex(h->ctx, out, NULL));
	sha256_drop(h);
}

void
sha256_next(struct sha256 *h, uint8_t out[static SHA256_BYTES])
{
	must(EVP_DigestFinal_ex(h->ctx, out, NULL));
	must(EVP_DigestInit_ex2(h->ctx, NULL, NULL));
}

void
sha256_drop(struct sha256 *h)
{
	EVP_MD_CTX_free(h->ctx);
	h->ctx = NULL;
}

void
sha256_of(const void *p, size_t len, uint8_t out[static SHA256_BYTES])
{
	struct sha256 h;

	pthread_once(&once, fetch);
	h.ctx = pthread_getspecific(spare);
	if (h.ctx == NULL) {
		sha256_init(&h);
		must(pthread_setspecific(spare, h.ctx) == 0);
	}
	sha256_add(&h, p, len);
	sha256_next(&h, out);
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

const char *
sha256_library_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION_STRING);
}
