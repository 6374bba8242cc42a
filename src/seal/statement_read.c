/* statement: the way back: its subjects are read, all the rest is written again and compared. */
#include "base/limits.h"
#include "seal/statement.h"

#include <jansson.h>

static enum err
refuse(struct arena *a, const char **why, size_t i, const char *what)
{
	*why = arena_printf(a, "subject[%zu]: %s [doc/formats/seal.md 3]", i, what);
	return ERR_SYNTAX;
}

static bool
name_good(const char *s)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		if (s[i] <= ' ' || s[i] > '~')
			return false;
	return i > strlen(STATEMENT_OSCAL) && span_starts(span_of(s), STATEMENT_OSCAL);
}

/* The subjects besides the report, which stands first; that it is the right one is found by writing it again. */
static enum err
subjects_read(const json_t *root, struct arena *a, struct statement *st, const char **why)
{
	const json_t *list = json_object_get(root, "subject"), *v;
	size_t i, n = json_array_size(list);
	const char *name, *hex;
	struct subject *s;

	if (n == 0 || n > SEAL_SUBJECTS_MAX)
		return refuse(a, why, 0, "is missing, or there are too many");
	s = arena_array(a, n, sizeof(*s));
	for (i = 1; i < n; i++) {
		v = json_array_get(list, i);
		name = json_string_value(json_object_get(v, "name"));
		hex = json_string_value(json_object_get(json_object_get(v, "digest"), "sha256"));
		if (name == NULL || !name_good(name) || hex == NULL || strlen(hex) != SHA256_HEX)
			return refuse(a, why, i, "has no name of an OSCAL document, or no digest");
		s[i - 1].name = arena_strdup(a, span_of(name));
		memcpy(s[i - 1].sha256, hex, SHA256_HEX + 1);
		if (i > 1 && strcmp(s[i - 2].name, s[i - 1].name) >= 0)
			return refuse(a, why, i, "does not ascend");
	}
	st->subjects = s;
	st->n = n - 1;
	return OK;
}

static enum err
body_read(struct span body, struct arena *a, struct statement *st, const char **why)
{
	json_error_t at;
	json_t *root = json_loadb(body.p, body.len, JSON_REJECT_DUPLICATES, &at);
	enum err e;

	if (root == NULL) {
		*why = arena_printf(a, "line %d, column %d: %s [RFC 8259]", at.line, at.column, at.text);
		return ERR_SYNTAX;
	}
	e = subjects_read(root, a, st, why);
	json_decref(root);
	return e;
}

enum err
statement_verify(struct span body, struct span report, struct arena *a, struct statement *out, const char **why)
{
	struct statement st = {0};
	struct str again = {0};
	bool same;

	TRY(body_read(body, a, &st, why));
	TRY(gist_read(report, a, &st.gist, why));
	statement_write(&again, &st.gist, report, st.subjects, st.n);
	same = span_eq(str_span(&again), body);
	str_release(&again);
	if (!same) {
		gist_release(&st.gist);
		*why = "the statement is not the one on this report";
		return ERR_CONTRADICT;
	}
	*out = st;
	return OK;
}
