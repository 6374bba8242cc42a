/*
 * crypt: the one file that sees libsodium. Ed25519 (RFC 8032), Argon2id (RFC 9106) with XChaCha20-Poly1305
 * for secrets at rest, and memory that is locked, kept out of core dumps and wiped when it is freed.
 */
#ifndef SEAL_CRYPT_H
#define SEAL_CRYPT_H

#include "base/span.h"

#define ED25519_PUBLIC 32	/* bytes */
#define ED25519_SEED 32
#define ED25519_SECRET 64	/* seed and public key, as libsodium has it */
#define ED25519_SIGNATURE 64

void *secret_new(size_t size);		/* zeroed; aborts when there is no memory */
void secret_free(void *p);		/* wipes; NULL-safe */
/* False once some secret memory could not be locked (RLIMIT_MEMLOCK): it may reach a swap disk. */
bool secret_all_locked(void);

void crypt_random(void *out, size_t n);

void ed25519_from_seed(
    const uint8_t seed[static ED25519_SEED], uint8_t pk[static ED25519_PUBLIC], uint8_t sk[static ED25519_SECRET]);
void ed25519_sign(
    const uint8_t sk[static ED25519_SECRET], struct span message, uint8_t sig[static ED25519_SIGNATURE]);
/* Refuses keys of small order and signatures that are not in their one form. */
bool ed25519_verify(
    const uint8_t pk[static ED25519_PUBLIC], struct span message, const uint8_t sig[static ED25519_SIGNATURE]);

#define BOX_SALT 16
#define BOX_NONCE 24
#define BOX_MORE 16	/* bytes that locking adds */

struct box_params {
	uint32_t passes, kib;			/* of Argon2id, one lane */
	uint8_t salt[BOX_SALT], nonce[BOX_NONCE];
};

/* In force for new keys: 3 passes over 256 MiB, about a second. */
struct box_params box_params_new(void);
/* Lock n bytes under a passphrase; beside is not hidden, but cannot be changed either. out: n + BOX_MORE bytes.
 * ERR_NOMEM when Argon2id does not get its memory. */
NODISCARD enum err box_lock(const struct box_params *p, struct span passphrase, struct span beside,
    const uint8_t *in, size_t n, uint8_t *out);
/* The way back: ERR_SIGNATURE when the passphrase is wrong or a bit was changed. n: with BOX_MORE. */
NODISCARD enum err box_open(const struct box_params *p, struct span passphrase, struct span beside,
    const uint8_t *in, size_t n, uint8_t *out);

#endif
