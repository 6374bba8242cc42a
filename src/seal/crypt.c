#include "seal/crypt.h"
#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool all_locked = true;

static void
start(void)
{
	int rc = sodium_init();

	assert(rc >= 0);
	(void)rc;
}

static void
ready(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, start);
}

void *
secret_new(size_t size)
{
	void *p;

	ready();
	p = sodium_malloc(size);
	if (p == NULL)
		out_of_memory();
	/* sodium_malloc has tried, and does not say whether it could */
	if (sodium_mlock(p, size) != 0)
		all_locked = false;
	memset(p, 0, size);
	return p;
}

void
secret_free(void *p)
{
	sodium_free(p);
}

bool
secret_all_locked(void)
{
	return all_locked;
}

void
crypt_random(void *out, size_t n)
{
	ready();
	randombytes_buf(out, n);
}

void
ed25519_from_seed(
    const uint8_t seed[static ED25519_SEED], uint8_t pk[static ED25519_PUBLIC], uint8_t sk[static ED25519_SECRET])
{
	ready();
	crypto_sign_seed_keypair(pk, sk, seed);
}

void
ed25519_sign(const uint8_t sk[static ED25519_SECRET], struct span message, uint8_t sig[static ED25519_SIGNATURE])
{
	ready();
	crypto_sign_detached(sig, NULL, (const uint8_t *)message.p, message.len, sk);
}

bool
ed25519_verify(
    const uint8_t pk[static ED25519_PUBLIC], struct span message, const uint8_t sig[static ED25519_SIGNATURE])
{
	ready();
	return crypto_sign_verify_detached(sig, (const uint8_t *)message.p, message.len, pk) == 0;
}

struct box_params
box_params_new(void)
{
	struct box_params p = {.passes = 3, .kib = 256 * 1024};

	crypt_random(p.salt, sizeof(p.salt));
	crypt_random(p.nonce, sizeof(p.nonce));
	return p;
}

#define BOX_KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES

_Static_assert(BOX_SALT == crypto_pwhash_argon2id_SALTBYTES, "salt");
_Static_assert(BOX_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
_Static_assert(BOX_MORE == crypto_aead_xchacha20poly1305_ietf_ABYTES, "tag");

/* The key that a passphrase stands for, in secret memory: NULL when Argon2id does not get its memory. */
static uint8_t *
stretch(const struct box_params *p, struct span passphrase)
{
	uint8_t *k = secret_new(BOX_KEY);

	if (crypto_pwhash_argon2id(k, BOX_KEY, passphrase.p, passphrase.len, p->salt, p->passes,
	    (size_t)p->kib * 1024, crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0)
		return k;
	secret_free(k);
	return NULL;
}

enum err
box_lock(const struct box_params *p, struct span passphrase, struct span beside, const uint8_t *in, size_t n,
    uint8_t *out)
{
	uint8_t *k = stretch(p, passphrase);

	if (k == NULL)
		return ERR_NOMEM;
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    out, NULL, in, n, (const uint8_t *)beside.p, beside.len, NULL, p->nonce, k);
	secret_free(k);
	return OK;
}

enum err
box_open(const struct box_params *p, struct span passphrase, struct span beside, const uint8_t *in, size_t n,
    uint8_t *out)
{
	uint8_t *k = stretch(p, passphrase);
	int rc;

	if (k == NULL)
		return ERR_NOMEM;
	rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
	    out, NULL, NULL, in, n, (const uint8_t *)beside.p, beside.len, p->nonce, k);
	secret_free(k);
	return rc == 0 ? OK : ERR_SIGNATURE;
}
