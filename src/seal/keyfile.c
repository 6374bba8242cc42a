#include "seal/keyfile.h"
#include "base/base64.h"
#include "seal/line.h"

#define FIRST "routemark-key/1"
#define CIPHER "argon2id-xchacha20poly1305"
#define RULE " [doc/formats/seal.md 1]"

static const char *
use_name(enum key_use u)
{
	return u == KEY_SIGNER ? "signer" : "witness";
}

static enum err
secret_add(const struct key *k, const struct box_params *params, struct span passphrase, struct span beside, char *out,
    size_t *n)
{
	uint8_t locked[ED25519_SEED + BOX_MORE];

	if (params == NULL) {
		*n = base64_put(out, key_seed(k), ED25519_SEED);
		return OK;
	}
	TRY(box_lock(params, passphrase, beside, key_seed(k), ED25519_SEED, locked));
	*n = base64_put(out, locked, sizeof(locked));
	return OK;
}

enum err
keyfile_write(const struct key *k, const struct box_params *params, struct span passphrase, char *out, size_t *n)
{
	const struct key_pub *pub = key_pub(k);
	struct str s = {0};
	size_t len, add = 0;
	enum err e;

	str_addf(&s, FIRST "\nuse %s\nname %s\npublic ", use_name(pub->use), pub->name);
	base64_add(&s, pub->pk, sizeof(pub->pk));
	if (params == NULL) {
		str_adds(&s, "\ncipher none\n");
	} else {
		str_addf(&s, "\ncipher " CIPHER " %u %u ", params->passes, params->kib);
		base64_add(&s, params->salt, sizeof(params->salt));
		str_addc(&s, ' ');
		base64_add(&s, params->nonce, sizeof(params->nonce));
		str_addc(&s, '\n');
	}
	len = s.len;
	memcpy(out, s.p, len);
	str_release(&s);
	memcpy(out + len, "secret ", 7);
	e = secret_add(k, params, passphrase, (struct span){out, len}, out + len + 7, &add);
	if (e != OK)
		return e;
	out[len + 7 + add] = '\n';
	*n = len + add + 8;
	return OK;
}

/* --- reading --- */

struct fields {
	struct keyfile_head head;
	struct box_params params;
	struct span beside;		/* all before the last line */
	struct span secret;		/* base64 */
};

static enum err
syntax(const char **why, const char *text)
{
	*why = text;
	return ERR_SYNTAX;
}

static enum err
cipher_read(struct span v, struct fields *f, const char **why)
{
	struct span word, passes, kib, salt;

	f->head.encrypted = !span_is(v, "none");
	if (!f->head.encrypted)
		return OK;
	if (!span_cut(&v, ' ', &word) || !span_is(word, CIPHER))
		return syntax(why, "line 5: cipher: is neither none nor " CIPHER RULE);
	if (!span_cut(&v, ' ', &passes) || span_u32(passes, KEY_KDF_PASSES_MAX, &f->params.passes) != OK ||
	    f->params.passes == 0)
		return syntax(why, "line 5: cipher: the passes are no number from 1 to 16" RULE);
	if (!span_cut(&v, ' ', &kib) || span_u32(kib, KEY_KDF_KIB_MAX, &f->params.kib) != OK || f->params.kib < 8)
		return syntax(why, "line 5: cipher: the memory is no number of KiB from 8 to 1048576" RULE);
	if (!span_cut(&v, ' ', &salt) || base64_exact(salt, f->params.salt, BOX_SALT) != OK)
		return syntax(why, "line 5: cipher: the salt is not the base64 of 16 bytes" RULE);
	if (base64_exact(v, f->params.nonce, BOX_NONCE) != OK)
		return syntax(why, "line 5: cipher: the nonce is not the base64 of 24 bytes" RULE);
	return OK;
}

static enum err
fields_read(struct span text, struct fields *f, const char **why)
{
	struct span rest = text, line, v, name;
	uint8_t pk[ED25519_PUBLIC];
	enum key_use use;

	if (text.len > KEY_FILE_MAX || !line_next(&rest, &line) || !span_is(line, FIRST))
		return syntax(why, "line 1: is not \"" FIRST "\": no key file of this program" RULE);
	if (!line_next(&rest, &line) || !line_value(line, "use", &v) || !(span_is(v, "signer") || span_is(v, "witness")))
		return syntax(why, "line 2: use: is neither signer nor witness" RULE);
	use = span_is(v, "signer") ? KEY_SIGNER : KEY_WITNESS;
	if (!line_next(&rest, &line) || !line_value(line, "name", &name) || !key_name_good(name))
		return syntax(why, "line 3: name: is empty, too long, or has a space, a plus or a control character" RULE);
	if (!line_next(&rest, &line) || !line_value(line, "public", &v) || base64_exact(v, pk, sizeof(pk)) != OK)
		return syntax(why, "line 4: public: is not the base64 of 32 bytes" RULE);
	TRY(key_pub_init(&f->head.pub, name, use, pk));
	if (!line_next(&rest, &line) || !line_value(line, "cipher", &v))
		return syntax(why, "line 5: cipher: is missing" RULE);
	TRY(cipher_read(v, f, why));
	f->beside = (struct span){text.p, (size_t)(rest.p - text.p)};
	if (!line_next(&rest, &line) || !line_value(line, "secret", &f->secret) || rest.len != 0)
		return syntax(why, "line 6: secret: is missing, or something follows it" RULE);
	return OK;
}

enum err
keyfile_head(struct span text, struct keyfile_head *out, const char **why)
{
	struct fields f = {0};

	TRY(fields_read(text, &f, why));
	*out = f.head;
	return OK;
}

/* The seed, into secret memory. */
static enum err
seed_read(const struct fields *f, struct span passphrase, uint8_t *seed, const char **why)
{
	uint8_t locked[ED25519_SEED + BOX_MORE];
	enum err e;

	if (!f->head.encrypted)
		return base64_exact(f->secret, seed, ED25519_SEED) == OK ? OK :
		    syntax(why, "line 6: secret: is not the base64 of 32 bytes" RULE);
	if (base64_exact(f->secret, locked, sizeof(locked)) != OK)
		return syntax(why, "line 6: secret: is not the base64 of 48 bytes" RULE);
	e = box_open(&f->params, passphrase, f->beside, locked, sizeof(locked), seed);
	if (e == ERR_NOMEM)
		*why = "there is not the memory that opening the key takes";
	else if (e != OK)
		*why = "the passphrase is wrong, or the file was changed";
	return e;
}

enum err
keyfile_read(struct span text, struct span passphrase, struct key **out, const char **why)
{
	struct fields f = {0};
	struct key *k = NULL;
	uint8_t *seed;
	enum err e;

	TRY(fields_read(text, &f, why));
	seed = secret_new(ED25519_SEED);
	e = seed_read(&f, passphrase, seed, why);
	if (e == OK)
		e = key_from_seed(span_of(f.head.pub.name), f.head.pub.use, seed, &k);
	secret_free(seed);
	if (e != OK)
		return e;
	if (!key_pub_same(key_pub(k), &f.head.pub)) {
		key_free(k);
		*why = "line 4: public: is not the public half of the secret" RULE;
		return ERR_CONTRADICT;
	}
	*out = k;
	return OK;
}
