/* ledger_read: line by line; what is read is written again and compared, so that a line has one form. */
#include "base/base64.h"
#include "base/limits.h"
#include "seal/dispute.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#define RULE "[doc/formats/dispute.md]"

struct reader {
	struct arena *a;
	struct dispute_line *lines;	/* owned until they are all there */
	const char **digests;
	size_t n, cap, cap_digests;
	const char *why;
};

static enum err
refuse(struct reader *r, enum err e, const char *what)
{
	r->why = arena_printf(r->a, "line %zu: %s " RULE, r->n + 1, what);
	return e;
}

/* NULL when it is not there or no text: null and a missing member differ in form_check. */
static const char *
text_of(struct reader *r, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v))
		return NULL;
	return arena_strdup(r->a, (struct span){json_string_value(v), json_string_length(v)});
}

static enum err
files_read(struct reader *r, const json_t *o, struct dispute_line *l)
{
	const json_t *list = json_object_get(o, "files"), *one;
	struct dispute_file *files;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > DISPUTE_FILES_MAX)
		return refuse(r, ERR_SYNTAX, "files: is no list, or longer than DISPUTE_FILES_MAX");
	files = arena_array(r->a, json_array_size(list) + 1, sizeof(*files));
	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		files[i].name = text_of(r, one, "name");
		files[i].sha256 = text_of(r, one, "sha256");
		if (files[i].name == NULL || files[i].sha256 == NULL || !json_is_integer(json_object_get(one, "size")) ||
		    json_integer_value(json_object_get(one, "size")) < 0)
			return refuse(r, ERR_SYNTAX, "files: one lacks name, sha256 or size");
		files[i].size = (uint64_t)json_integer_value(json_object_get(one, "size"));
	}
	l->files = files;
	l->n_files = i;
	return OK;
}

static enum err
signer_read(struct reader *r, const json_t *o, struct dispute_line *l)
{
	const char *sig = text_of(r, o, "sig"), *signer = text_of(r, o, "signer"), *why = "";

	if (sig == NULL || base64_exact(span_of(sig), l->sig, sizeof(l->sig)) != OK)
		return refuse(r, ERR_SYNTAX, "sig: is not the base64 of 64 bytes");
	if (signer == NULL || key_vkey_read(span_of(signer), &l->signer, &why) != OK || l->signer.use != KEY_SIGNER)
		return refuse(r, ERR_SYNTAX, "signer: is not the verifier key of a signer");
	return OK;
}

static enum err
object_read(struct reader *r, const json_t *o, struct dispute_line *l)
{
	const char *act = text_of(r, o, "act"), *format = text_of(r, o, "format"), *why;
	const json_t *asn = json_object_get(o, "asn");
	int i;

	if (format == NULL || strcmp(format, DISPUTE_FORMAT) != 0)
		return refuse(r, ERR_SYNTAX, "format: is not " DISPUTE_FORMAT);
	for (i = 0; act != NULL && i < DISPUTE_ACTS && strcmp(act, dispute_act_name((enum dispute_act)i)) != 0; i++)
		;
	if (act == NULL || i == DISPUTE_ACTS)
		return refuse(r, ERR_SYNTAX, "act: is not open, answer, accept or reject");
	*l = (struct dispute_line){.act = (enum dispute_act)i, .at = text_of(r, o, "at"), .until = text_of(r, o, "until"),
	    .reason = text_of(r, o, "reason"), .previous = text_of(r, o, "previous"), .dispute = text_of(r, o, "dispute"),
	    .report = text_of(r, o, "report"), .control = text_of(r, o, "control"), .record = text_of(r, o, "record"),
	    .pack_status = text_of(r, o, "pack_status")};
	if (l->at == NULL || l->reason == NULL)
		return refuse(r, ERR_SYNTAX, "at, reason: one is missing, or no text");
	if (json_is_integer(asn) && json_integer_value(asn) > 0 && json_integer_value(asn) <= UINT32_MAX)
		l->asn = (uint32_t)json_integer_value(asn);
	TRY(files_read(r, o, l));
	TRY(signer_read(r, o, l));
	why = dispute_fault(l);
	return why != NULL ? refuse(r, ERR_SYNTAX, why) : OK;
}

static enum err
signature_check(struct reader *r, const struct dispute_line *l)
{
	struct str pae = {0};
	bool good;

	dispute_signed(&pae, l, &l->signer);
	good = key_verify(&l->signer, str_span(&pae), l->sig);
	str_release(&pae);
	return good ? OK : refuse(r, ERR_SIGNATURE, "sig: is not a signature of the signer over this line");
}

static enum err
form_check(struct reader *r, const struct dispute_line *l, struct span line)
{
	struct str again = {0};
	bool same;

	dispute_put(&again, l, &l->signer, l->sig);
	same = span_eq(str_span(&again), line);
	str_release(&again);
	return same ? OK : refuse(r, ERR_SYNTAX, "is not canonical JSON, or has other members");
}

/* What a line says of those before it. */
static enum err
place_check(struct reader *r, const struct dispute_line *l)
{
	const char *before = r->n > 0 ? r->digests[r->n - 1] : NULL;
	size_t i;

	if ((before == NULL) != (l->previous == NULL) || (before != NULL && strcmp(before, l->previous) != 0))
		return refuse(r, ERR_CONTRADICT, "previous: is not the digest of the line before: a line was taken out, put in or changed");
	if (l->act == DISPUTE_OPEN)
		return OK;
	for (i = 0; i < r->n && strcmp(r->digests[i], l->dispute) != 0; i++)
		;
	if (i == r->n || r->lines[i].act != DISPUTE_OPEN)
		return refuse(r, ERR_CONTRADICT, "dispute: no line before opens it");
	if (l->act != DISPUTE_ANSWER && memcmp(l->signer.pk, r->lines[i].signer.pk, ED25519_PUBLIC) == 0)
		return refuse(r, ERR_CONTRADICT, "signer: has opened this dispute, and nobody decides his own");
	return OK;
}

static enum err
line_read(struct reader *r, struct span line)
{
	uint8_t digest[SHA256_BYTES];
	struct dispute_line l;
	json_error_t at;
	json_t *root;
	char *hex;
	enum err e;

	if (line.len > DISPUTE_LINE_MAX)
		return refuse(r, ERR_LIMIT, "is longer than DISPUTE_LINE_MAX");
	root = json_loadb(line.p, line.len, JSON_REJECT_DUPLICATES, &at);
	if (!json_is_object(root)) {
		json_decref(root);
		return refuse(r, ERR_SYNTAX, "is no JSON object");
	}
	e = object_read(r, root, &l);
	json_decref(root);
	TRY(e);
	TRY(form_check(r, &l, line));
	TRY(signature_check(r, &l));
	TRY(place_check(r, &l));
	hex = arena_alloc(r->a, SHA256_HEX + 1);
	sha256_of(line.p, line.len, digest);
	sha256_hex(digest, hex);
	r->lines = grow(r->lines, &r->cap, r->n + 1, sizeof(*r->lines));
	r->digests = grow(r->digests, &r->cap_digests, r->n + 1, sizeof(*r->digests));
	r->lines[r->n] = l;
	r->digests[r->n++] = hex;
	return OK;
}

enum err
ledger_read(struct span bytes, struct arena *a, struct ledger *out, const char **why)
{
	struct reader r = {.a = a};
	struct span rest = bytes, line;
	enum err e = OK;

	if (bytes.len > 0 && bytes.p[bytes.len - 1] != '\n') {
		*why = "its last line has no end: it was cut short " RULE;
		return ERR_SYNTAX;
	}
	while (e == OK && rest.len > 0 && span_cut(&rest, '\n', &line))
		e = r.n == DISPUTE_LINES_MAX ? refuse(&r, ERR_LIMIT, "is one more than DISPUTE_LINES_MAX") : line_read(&r, line);
	if (e == OK) {
		struct dispute_line *lines = arena_array(a, r.n + 1, sizeof(*lines));
		const char **digests = arena_array(a, r.n + 1, sizeof(*digests));

		if (r.n > 0) {
			memcpy(lines, r.lines, r.n * sizeof(*lines));
			memcpy(digests, r.digests, r.n * sizeof(*digests));
		}
		*out = (struct ledger){lines, digests, r.n};
	}
	*why = r.why;
	free(r.lines);
	free(r.digests);
	return e;
}
