#include "seal/key.h"
#include "base/arena.h"
#include "base/base64.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

struct key {
	struct key_pub pub;
	uint8_t *secret;	/* owned: ED25519_SECRET bytes of secret memory */
};

/* --- names --- */

/* White_Space of Unicode, those over U+0020 (what is below is a control character); n: bytes of the sequence. */
static bool
is_space(const unsigned char *s, size_t n)
{
	uint32_t c = 0;

	if (n == 1)
		return s[0] == 0x20;
	if (n == 2)
		c = (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
	else if (n == 3)
		c = (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
	return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	    c == 0x202f || c == 0x205f || c == 0x3000;
}

bool
key_name_good(struct span name)
{
	const unsigned char *s = (const unsigned char *)name.p;
	size_t i, n;

	if (name.len == 0 || name.len > KEY_NAME_MAX)
		return false;
	for (i = 0; i < name.len; i += n) {
		n = utf8_len(s + i, name.len - i);
		if (n == 0 || s[i] < 0x20 || s[i] == '+' || is_space(s + i, n))
			return false;
	}
	return true;
}

/* --- the public half --- */

static uint32_t
id_of(const struct key_pub *k)
{
	uint8_t d[SHA256_BYTES], use = (uint8_t)k->use;
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, k->name, strlen(k->name));
	sha256_add(&h, "\n", 1);
	sha256_add(&h, &use, 1);
	sha256_add(&h, k->pk, sizeof(k->pk));
	sha256_end(&h, d);
	return (uint32_t)d[0] << 24 | (uint32_t)d[1] << 16 | (uint32_t)d[2] << 8 | d[3];
}

enum err
key_pub_init(struct key_pub *k, struct span name, enum key_use use, const uint8_t pk[static ED25519_PUBLIC])
{
	if (!key_name_good(name))
		return ERR_SYNTAX;
	*k = (struct key_pub){.use = use};
	memcpy(k->name, name.p, name.len);
	memcpy(k->pk, pk, sizeof(k->pk));
	k->id = id_of(k);
	return OK;
}

bool
key_pub_same(const struct key_pub *a, const struct key_pub *b)
{
	return a->use == b->use && strcmp(a->name, b->name) == 0 && memcmp(a->pk, b->pk, sizeof(a->pk)) == 0;
}

void
key_vkey_write(struct str *out, const struct key_pub *k)
{
	uint8_t b[1 + ED25519_PUBLIC];

	b[0] = (uint8_t)k->use;
	memcpy(b + 1, k->pk, sizeof(k->pk));
	str_addf(out, "%s+%08x+", k->name, k->id);
	base64_add(out, b, sizeof(b));
}

static bool
hex_is(struct span hex, uint32_t v)
{
	char want[9];

	snprintf(want, sizeof(want), "%08x", v);
	return span_is(hex, want);
}

enum err
key_vkey_read(struct span text, struct key_pub *out, const char **why)
{
	struct span rest = text, name, hex;
	uint8_t b[1 + ED25519_PUBLIC];
	struct key_pub k;

	/* not of 2^n lengths, so base64 has a plus in it at times: only the first two part the fields */
	if (!span_cut(&rest, '+', &name) || !span_cut(&rest, '+', &hex) || rest.p == NULL) {
		*why = "a verifier key is NAME+HEX+BASE64 [signed-note v1.0.0]";
		return ERR_SYNTAX;
	}
	if (base64_exact(rest, b, sizeof(b)) != OK) {
		*why = "a verifier key ends in the base64 of a type and 32 bytes [signed-note v1.0.0]";
		return ERR_SYNTAX;
	}
	if (b[0] != KEY_SIGNER && b[0] != KEY_WITNESS) {
		*why = "the type of a verifier key is neither Ed25519 (01) nor an Ed25519 cosigner (04)";
		return ERR_UNKNOWN;
	}
	if (key_pub_init(&k, name, b[0] == KEY_SIGNER ? KEY_SIGNER : KEY_WITNESS, b + 1) != OK) {
		*why = "the name of a verifier key is empty, too long, or has a space or a control character";
		return ERR_SYNTAX;
	}
	if (!hex_is(hex, k.id)) {
		*why = "the id of a verifier key is not that of its name and bytes [signed-note v1.0.0]";
		return ERR_CONTRADICT;
	}
	*out = k;
	return OK;
}

void
key_pem_write(struct str *out, const struct key_pub *k)
{
	/* SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING }: RFC 8410 section 4 */
	uint8_t der[12 + ED25519_PUBLIC] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

	memcpy(der + 12, k->pk, sizeof(k->pk));
	str_adds(out, "-----BEGIN PUBLIC KEY-----\n");
	base64_add(out, der, sizeof(der));
	str_adds(out, "\n-----END PUBLIC KEY-----\n");
}

/* --- the whole key --- */

enum err
key_from_seed(struct span name, enum key_use use, const uint8_t seed[static ED25519_SEED], struct key **out)
{
	uint8_t pk[ED25519_PUBLIC], *secret;
	struct key_pub pub;
	struct key *k;
	enum err e;

	secret = secret_new(ED25519_SECRET);
	ed25519_from_seed(seed, pk, secret);
	e = key_pub_init(&pub, name, use, pk);
	if (e != OK) {
		secret_free(secret);
		return e;
	}
	k = xmalloc(sizeof(*k));
	*k = (struct key){pub, secret};
	*out = k;
	return OK;
}

enum err
key_generate(struct span name, enum key_use use, struct key **out)
{
	uint8_t *seed = secret_new(ED25519_SEED);
	enum err e;

	crypt_random(seed, ED25519_SEED);
	e = key_from_seed(name, use, seed, out);
	secret_free(seed);
	return e;
}

void
key_free(struct key *k)
{
	if (k == NULL)
		return;
	secret_free(k->secret);
	free(k);
}

const struct key_pub *
key_pub(const struct key *k)
{
	return &k->pub;
}

const uint8_t *
key_seed(const struct key *k)
{
	return k->secret;
}

void
key_sign(const struct key *k, struct span message, uint8_t sig[static ED25519_SIGNATURE])
{
	ed25519_sign(k->secret, message, sig);
}

bool
key_verify(const struct key_pub *k, struct span message, const uint8_t sig[static ED25519_SIGNATURE])
{
	return ed25519_verify(k->pk, message, sig);
}
