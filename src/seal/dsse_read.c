#include "base/base64.h"
#include "base/limits.h"
#include "seal/dsse.h"

#include <jansson.h>

#define RULE "[DSSE v1.0.2]"

static enum err
refuse(struct arena *a, const char **why, const char *field, const char *what)
{
	*why = arena_printf(a, "%s: %s " RULE, field, what);
	return ERR_SYNTAX;
}

static struct span
string_of(const json_t *v)
{
	if (!json_is_string(v))
		return (struct span){0};
	return (struct span){json_string_value(v), json_string_length(v)};
}

/* The bytes behind a base64 member; p NULL: it is not there or no base64. */
static struct span
decoded(const json_t *object, const char *key, struct arena *a)
{
	struct span text = string_of(json_object_get(object, key));
	size_t n = 0, cap = text.len / 4 * 3;
	uint8_t *b;

	if (text.p == NULL)
		return text;
	b = arena_raw(a, cap + 1, 1);
	if (base64_read_any(text, b, cap, &n) != OK)
		return (struct span){0};
	return (struct span){(const char *)b, n};
}

static enum err
sig_read(const json_t *v, struct arena *a, struct dsse_sig *out, const char **why)
{
	struct span sig, keyid = string_of(json_object_get(v, "keyid"));

	if (!json_is_object(v))
		return refuse(a, why, "signatures[]", "is not an object");
	if (json_object_get(v, "keyid") != NULL && keyid.p == NULL)
		return refuse(a, why, "signatures[].keyid", "is not a string");
	sig = decoded(v, "sig", a);
	if (sig.p == NULL)
		return refuse(a, why, "signatures[].sig", "is missing, or no base64");
	out->keyid = keyid.p != NULL ? arena_span(a, keyid) : SPAN("");
	out->fits = sig.len == ED25519_SIGNATURE;
	if (out->fits)
		memcpy(out->bytes, sig.p, ED25519_SIGNATURE);
	return OK;
}

static enum err
root_read(const json_t *root, struct arena *a, struct dsse *d, const char **why)
{
	const json_t *sigs = json_object_get(root, "signatures");
	struct span type = string_of(json_object_get(root, "payloadType"));
	size_t i;

	if (type.p == NULL)
		return refuse(a, why, "payloadType", "is missing, or not a string");
	d->type = arena_span(a, type);
	d->body = decoded(root, "payload", a);
	if (d->body.p == NULL)
		return refuse(a, why, "payload", "is missing, or no base64");
	if (!json_is_array(sigs) || json_array_size(sigs) == 0)
		return refuse(a, why, "signatures", "are missing");
	if (json_array_size(sigs) > DSSE_SIGS_MAX)
		return refuse(a, why, "signatures", "are more than 16");
	for (i = 0; i < json_array_size(sigs); i++)
		TRY(sig_read(json_array_get(sigs, i), a, &d->sigs[i], why));
	d->n = i;
	return OK;
}

enum err
dsse_read(struct span bytes, struct arena *a, struct dsse *out, const char **why)
{
	struct dsse d = {0};
	json_error_t at;
	json_t *root;
	enum err e;

	if (bytes.len > DSSE_BYTES_MAX) {
		*why = "is longer than any envelope (DSSE_BYTES_MAX)";
		return ERR_LIMIT;
	}
	root = json_loadb(bytes.p, bytes.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &at);
	if (root == NULL) {
		*why = arena_printf(a, "line %d, column %d: %s [RFC 8259]", at.line, at.column, at.text);
		return ERR_SYNTAX;
	}
	e = json_is_object(root) ? root_read(root, a, &d, why) : refuse(a, why, "envelope", "is not an object");
	json_decref(root);
	if (e == OK)
		*out = d;
	return e;
}
