#include "base/uuid5.h"

#include <assert.h>
#include <openssl/evp.h>
#include <string.h>

#define SHA1_BYTES 20

struct uuid
uuid5(const struct uuid *space, struct span name)
{
	uint8_t digest[SHA1_BYTES];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct uuid u;
	bool made;

	made = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha1(), NULL) == 1 &&
	    EVP_DigestUpdate(ctx, space->b, sizeof(space->b)) == 1 && EVP_DigestUpdate(ctx, name.p, name.len) == 1 &&
	    EVP_DigestFinal_ex(ctx, digest, NULL) == 1;
	assert(made);	/* what fails here is no memory, which leaves no honest id */
	EVP_MD_CTX_free(ctx);
	memcpy(u.b, digest, sizeof(u.b));
	u.b[6] = (uint8_t)((u.b[6] & 0x0f) | 0x50);	/* version 5 */
	u.b[8] = (uint8_t)((u.b[8] & 0x3f) | 0x80);	/* variant */
	return u;
}

const char *
uuid_format(const struct uuid *u, char out[static UUID_TEXT])
{
	static const char digit[] = "0123456789abcdef";
	char *p = out;
	size_t i;

	for (i = 0; i < sizeof(u->b); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = digit[u->b[i] >> 4];
		*p++ = digit[u->b[i] & 15];
	}
	*p = '\0';
	return out;
}
