#include "seal/minisign.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "seal/line.h"

#include <assert.h>

#define NUMBER 8			/* bytes of a key number */
#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define PUB_OF "routemark public key of "
#define SIG_OF "signature by routemark, key "

static void
number_of(const struct key_pub *k, uint8_t out[static NUMBER])
{
	uint8_t d[SHA256_BYTES];
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, "routemark minisign\n", 19);
	sha256_add(&h, k->pk, sizeof(k->pk));
	sha256_end(&h, d);
	memcpy(out, d, NUMBER);
}

static void
blob_add(struct str *out, const uint8_t number[static NUMBER], const uint8_t *p, size_t n)
{
	uint8_t b[2 + NUMBER + ED25519_SIGNATURE] = {'E', 'd'};

	memcpy(b + 2, number, NUMBER);
	memcpy(b + 2 + NUMBER, p, n);
	base64_add(out, b, 2 + NUMBER + n);
	str_addc(out, '\n');
}

/* --- public keys --- */

void
minisign_pub_write(struct str *out, const struct key_pub *k)
{
	uint8_t number[NUMBER];

	number_of(k, number);
	str_addf(out, UNTRUSTED PUB_OF "%s\n", k->name);
	blob_add(out, number, k->pk, sizeof(k->pk));
}

enum err
minisign_pub_read(struct span text, struct key_pub *out, const char **why)
{
	struct span rest = text, comment, line, name = SPAN("minisign");
	uint8_t b[2 + NUMBER + ED25519_PUBLIC], number[NUMBER];

	if (!line_next(&rest, &comment) || !span_starts(comment, UNTRUSTED) || comment.len > MINISIGN_UNTRUSTED_MAX) {
		*why = "line 1: is no untrusted comment [minisign(1)]";
		return ERR_SYNTAX;
	}
	if (!line_next(&rest, &line) || rest.len != 0 || base64_exact(line, b, sizeof(b)) != OK) {
		*why = "line 2: is not the base64 of 42 bytes, or something follows it [minisign(1)]";
		return ERR_SYNTAX;
	}
	if (b[0] != 'E' || b[1] != 'd') {
		*why = "line 2: the algorithm is not Ed [minisign(1)]";
		return ERR_UNKNOWN;
	}
	if (span_starts(comment, UNTRUSTED PUB_OF)) {
		name.p = comment.p + strlen(UNTRUSTED PUB_OF);
		name.len = comment.len - strlen(UNTRUSTED PUB_OF);
	}
	if (key_pub_init(out, name, KEY_SIGNER, b + 2 + NUMBER) != OK) {
		*why = "line 1: the comment ends in no name of a key [doc/formats/seal.md 1]";
		return ERR_SYNTAX;
	}
	number_of(out, number);
	if (memcmp(number, b + 2, NUMBER) == 0)
		return OK;
	*why = "line 2: the key number is not one of this program's [doc/formats/seal.md 1]";
	return ERR_UNKNOWN;
}

/* --- signatures --- */

static void
head_add(struct str *out, const struct key_pub *k)
{
	str_addf(out, UNTRUSTED SIG_OF "%s\n", k->name);
}

/* What the second signature covers: the first and the trusted comment. */
static void
global_add(struct str *out, const uint8_t sig[static ED25519_SIGNATURE], struct span comment)
{
	str_add(out, (struct span){(const char *)sig, ED25519_SIGNATURE});
	str_add(out, comment);
}

static bool
comment_good(struct span c)
{
	const unsigned char *s = (const unsigned char *)c.p;
	size_t i;

	for (i = 0; i < c.len; i += utf8_len(s + i, c.len - i))
		if (utf8_steers(s + i, c.len - i) > 0)	/* which 0 bytes are, too */
			return false;
	return c.len <= MINISIGN_COMMENT_MAX;
}

void
minisign_write(struct str *out, const struct key *k, struct span message, struct span comment)
{
	uint8_t number[NUMBER], sig[ED25519_SIGNATURE], global[ED25519_SIGNATURE];
	struct str both = {0};

	assert(comment_good(comment));
	number_of(key_pub(k), number);
	key_sign(k, message, sig);
	global_add(&both, sig, comment);
	key_sign(k, str_span(&both), global);
	str_release(&both);
	head_add(out, key_pub(k));
	blob_add(out, number, sig, sizeof(sig));
	str_adds(out, TRUSTED);
	str_add(out, comment);
	str_addc(out, '\n');
	base64_add(out, global, sizeof(global));
	str_addc(out, '\n');
}

struct parts {
	uint8_t blob[2 + NUMBER + ED25519_SIGNATURE], global[ED25519_SIGNATURE];
	struct span comment;
};

static enum err
parts_read(struct span text, const struct key_pub *k, struct parts *p, const char **why)
{
	struct span rest = text, line;
	struct str head = {0};
	bool ours;

	head_add(&head, k);
	ours = span_starts(text, head.p) && line_next(&rest, &line);
	str_release(&head);
	if (!ours)
		*why = "line 1: is not the comment that a signature by this key has [doc/formats/seal.md 2]";
	else if (!line_next(&rest, &line) || base64_exact(line, p->blob, sizeof(p->blob)) != OK)
		*why = "line 2: is not the base64 of 74 bytes [minisign(1)]";
	else if (p->blob[0] != 'E' || p->blob[1] != 'd')
		*why = "line 2: the algorithm is not Ed [minisign(1)]";
	else if (!line_next(&rest, &line) || !span_starts(line, TRUSTED))
		*why = "line 3: is no trusted comment [minisign(1)]";
	else if (p->comment = (struct span){line.p + strlen(TRUSTED), line.len - strlen(TRUSTED)}, !comment_good(p->comment))
		*why = "line 3: the trusted comment is too long, or has a control character [minisign(1)]";
	else if (!line_next(&rest, &line) || rest.len != 0 || base64_exact(line, p->global, sizeof(p->global)) != OK)
		*why = "line 4: is not the base64 of 64 bytes, or something follows it [minisign(1)]";
	else
		return OK;
	return ERR_SYNTAX;
}

enum err
minisign_verify(struct span text, struct span message, const struct key_pub *k, struct span *comment, const char **why)
{
	uint8_t number[NUMBER];
	struct str both = {0};
	struct parts p;
	bool good;

	TRY(parts_read(text, k, &p, why));
	number_of(k, number);
	if (memcmp(number, p.blob + 2, NUMBER) != 0) {
		*why = "line 2: was made by another key";
		return ERR_UNKNOWN;
	}
	if (!key_verify(k, message, p.blob + 2 + NUMBER)) {
		*why = "the signature is not one of this file by this key";
		return ERR_SIGNATURE;
	}
	global_add(&both, p.blob + 2 + NUMBER, p.comment);
	good = key_verify(k, str_span(&both), p.global);
	str_release(&both);
	if (!good) {
		*why = "the trusted comment was changed";
		return ERR_SIGNATURE;
	}
	*comment = p.comment;
	return OK;
}
