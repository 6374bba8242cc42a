/*
 * key: an Ed25519 key with the name it goes by, and the forms that others know its public half in: the verifier
 * key of C2SP signed-note v1.0.0, and SubjectPublicKeyInfo (RFC 8410) for OpenSSL. (minisign's and signify's
 * form is in seal/minisign.h.)
 *
 * A key has one use, which its id depends on: the same bytes are never a signer and a witness.
 */
#ifndef SEAL_KEY_H
#define SEAL_KEY_H

#include "base/limits.h"
#include "base/sha256.h"
#include "base/str.h"
#include "seal/crypt.h"

enum key_use {
	KEY_SIGNER = 0x01,	/* reports, statements, checkpoints: Ed25519 of signed-note */
	KEY_WITNESS = 0x04	/* cosignatures with a time: c2sp.org/tlog-cosignature */
};

struct key_pub {
	char name[KEY_NAME_MAX + 1];
	enum key_use use;
	uint32_t id;			/* first 4 bytes of SHA-256(name LF use public), big-endian */
	uint8_t pk[ED25519_PUBLIC];
};

struct key;				/* with its secret half, in secret memory */

/* UTF-8, not empty, at most KEY_NAME_MAX bytes, without plus, Unicode spaces and control characters. */
bool key_name_good(struct span name);
/* ERR_SYNTAX: the name is not good. */
NODISCARD enum err key_pub_init(
    struct key_pub *k, struct span name, enum key_use use, const uint8_t pk[static ED25519_PUBLIC]);
bool key_pub_same(const struct key_pub *a, const struct key_pub *b);	/* name, use and bytes */

void key_vkey_write(struct str *out, const struct key_pub *k);	/* "name+hex+base64", no line feed */
/* An error leaves a static text in *why. A type that is neither use is ERR_UNKNOWN. */
NODISCARD enum err key_vkey_read(struct span text, struct key_pub *out, const char **why);
void key_pem_write(struct str *out, const struct key_pub *k);

/* A new key from the system's randomness. */
NODISCARD enum err key_generate(struct span name, enum key_use use, struct key **out);
/* From a seed, which is copied into secret memory; the caller wipes his own. */
NODISCARD enum err key_from_seed(
    struct span name, enum key_use use, const uint8_t seed[static ED25519_SEED], struct key **out);
void key_free(struct key *k);		/* wipes; NULL-safe */
const struct key_pub *key_pub(const struct key *k);
const uint8_t *key_seed(const struct key *k);	/* ED25519_SEED bytes, secret, as long as the key */
void key_sign(const struct key *k, struct span message, uint8_t sig[static ED25519_SIGNATURE]);
bool key_verify(const struct key_pub *k, struct span message, const uint8_t sig[static ED25519_SIGNATURE]);

#endif
