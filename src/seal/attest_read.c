/* attest_read: what is read is written again and compared, so that an attestation has one form. */
#include "seal/attest.h"
#include "seal/status.h"

#include <jansson.h>

static bool
digest_get(const json_t *root, size_t i, char out[static SHA256_HEX + 1])
{
	const json_t *one = json_array_get(json_object_get(root, "subject"), i);
	const char *hex = json_string_value(json_object_get(json_object_get(one, "digest"), "sha256"));

	if (hex == NULL || !status_digest_good(hex))
		return false;
	memcpy(out, hex, SHA256_HEX + 1);
	return true;
}

enum err
attest_read(struct span body, struct attest *out, const char **why)
{
	json_t *root = json_loadb(body.p, body.len, JSON_REJECT_DUPLICATES, NULL);
	const char *type = json_string_value(json_object_get(root, "predicateType"));
	const char *kind = json_string_value(json_object_get(json_object_get(root, "predicate"), "kind"));
	struct str again = {0};
	struct attest t = {.kind = ATTEST_ANSWERS};
	enum err e = ERR_SYNTAX;

	*why = "is no attestation of this program's";
	if (type == NULL || strcmp(type, ATTEST_TYPE) != 0) {
		e = ERR_UNKNOWN;
	} else if (kind == NULL || attest_kind_read(span_of(kind), &t.kind) != OK) {
		*why = "predicate.kind: is not answers, policy, test-log or audit-signoff";
	} else if (!digest_get(root, 0, t.report) || !digest_get(root, 1, t.file)) {
		*why = "subject: lacks the digest of the report or of the file";
	} else {
		attest_write(&again, &t);
		*why = "is not canonical JSON, or has other members";
		e = span_eq(str_span(&again), body) ? OK : ERR_SYNTAX;
	}
	json_decref(root);
	str_release(&again);
	if (e == OK)
		*out = t;
	return e;
}
