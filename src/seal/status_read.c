/* status: the way back: what is read is written again and compared, so that an entry has one form. */
#include "base/base64.h"
#include "base/limits.h"
#include "seal/status.h"

#include <jansson.h>

#define RULE "[doc/formats/status.md]"

static enum err
refuse(struct arena *a, const char *field, const char *what, const char **why)
{
	*why = arena_printf(a, "%s: %s " RULE, field, what);
	return ERR_SYNTAX;
}

/* A string member, NULL when it is null (and null is allowed). */
static enum err
text_read(const json_t *o, const char *field, bool optional, struct arena *a, const char **out, const char **why)
{
	const json_t *v = json_object_get(o, field);

	*out = NULL;
	if (optional && json_is_null(v))
		return OK;
	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v))
		return refuse(a, field, "is missing, or no text", why);
	*out = arena_strdup(a, (struct span){json_string_value(v), json_string_length(v)});
	return OK;
}

static enum err
object_read(const json_t *o, struct arena *a, struct status *s, const char **why)
{
	const char *word, *sig;

	TRY(text_read(o, "at", false, a, &s->at, why));
	TRY(text_read(o, "reason", true, a, &s->reason, why));
	TRY(text_read(o, "sha256", false, a, &s->sha256, why));
	TRY(text_read(o, "sig", false, a, &sig, why));
	TRY(text_read(o, "signer", false, a, &s->signer, why));
	TRY(text_read(o, "status", false, a, &word, why));
	if (!status_time_good(s->at))
		return refuse(a, "at", "is not a time in the form 2026-01-31T00:00:00Z", why);
	if (s->reason != NULL && !status_reason_good(span_of(s->reason)))
		return refuse(a, "reason", "is empty, too long, or has a control character", why);
	if (!status_digest_good(s->sha256))
		return refuse(a, "sha256", "is not 64 lower-case hexadecimal digits", why);
	if (base64_exact(span_of(sig), s->sig, sizeof(s->sig)) != OK)
		return refuse(a, "sig", "is not the base64 of 64 bytes", why);
	if (!status_reason_good(span_of(s->signer)))
		return refuse(a, "signer", "is empty, too long, or has a control character", why);
	if (status_word_read(span_of(word), &s->word) != OK)
		return refuse(a, "status", "is not issued, lapsed, suspended, restored, disputed or resolved", why);
	return OK;
}

enum err
status_read(struct span entry, struct arena *a, struct status *out, const char **why)
{
	struct status s = {.at = NULL};
	struct str again = {0};
	json_error_t at;
	json_t *root = entry.len > LOG_ENTRY_MAX ? NULL : json_loadb(entry.p, entry.len, JSON_REJECT_DUPLICATES, &at);
	const json_t *format = json_object_get(root, "format");
	enum err e = ERR_UNKNOWN;
	bool same;

	*why = "is no status entry " RULE;
	if (json_is_string(format) && strcmp(json_string_value(format), STATUS_FORMAT) == 0)
		e = object_read(root, a, &s, why);
	json_decref(root);
	if (e != OK)
		return e;
	status_put(&again, &s, s.signer, s.sig);
	same = span_eq(str_span(&again), entry);
	str_release(&again);
	if (!same)
		return refuse(a, "entry", "is not canonical JSON, or has other members", why);
	*out = s;
	return OK;
}
