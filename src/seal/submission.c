#include "seal/submission.h"
#include "base/base64.h"
#include "base/limits.h"
#include "seal/line.h"

#include <assert.h>

#define RULE " [tlog-witness v1.0.0]"

const char *
submission_url(const char *prefix, struct arena *a)
{
	size_t n = strlen(prefix);

	return arena_printf(a, "%s%s" SUBMISSION_PATH, prefix, n > 0 && prefix[n - 1] == '/' ? "" : "/");
}

void
submission_write(struct str *out, const struct submission *s)
{
	size_t i;

	assert(s->proof.n <= SUBMISSION_HASHES_MAX);
	str_adds(out, "old ");
	str_addu(out, s->old);
	str_addc(out, '\n');
	for (i = 0; i < s->proof.n; i++) {
		base64_add(out, s->proof.hash[i].b, TREE_HASH);
		str_addc(out, '\n');
	}
	str_addc(out, '\n');
	str_add(out, s->checkpoint);
}

enum err
submission_read(struct span body, struct submission *out, const char **why)
{
	struct span rest = body, line, value;
	struct submission s = {.old = 0};

	*why = "is longer than any submission (SUBMISSION_BYTES_MAX)";
	if (body.len > SUBMISSION_BYTES_MAX)
		return ERR_LIMIT;
	*why = "line 1: is not \"old\" and a size" RULE;
	if (!line_next(&rest, &line) || !line_value(line, "old", &value) || span_u64(value, TREE_SIZE_MAX, &s.old) != OK)
		return ERR_SYNTAX;
	while (line_next(&rest, &line) && line.len > 0) {
		*why = "the proof has more than 63 hashes" RULE;
		if (s.proof.n == SUBMISSION_HASHES_MAX)
			return ERR_SYNTAX;
		*why = "a line of the proof is not the base64 of 32 bytes" RULE;
		if (base64_exact(line, s.proof.hash[s.proof.n++].b, TREE_HASH) != OK)
			return ERR_SYNTAX;
	}
	*why = "has no empty line and checkpoint" RULE;
	if (line.len > 0 || rest.len == 0)
		return ERR_SYNTAX;
	s.checkpoint = rest;
	*why = NULL;
	*out = s;
	return OK;
}

enum err
submission_size_read(struct span body, uint64_t *out)
{
	struct span rest = body, line;

	if (!line_next(&rest, &line) || rest.len > 0)
		return ERR_SYNTAX;
	return span_u64(line, TREE_SIZE_MAX, out);
}

static bool
by(const struct note_sig *s, const struct key_pub *k)
{
	return s->id == k->id && span_is(s->name, k->name);
}

/* Of a cosignature that verifies: its first 8 bytes. */
static uint64_t
time_of(const struct note_sig *s)
{
	uint64_t time = 0;
	int i;

	for (i = 0; i < 8; i++)
		time = time << 8 | (unsigned char)s->bytes.p[i];
	return time;
}

/* The answer is held behind the text that was sent, as a note of its own: so one reader has all forms. */
enum err
submission_answer(struct span body, const struct note *n, const struct key_pub *witness, struct arena *a,
    struct span *line, uint64_t *time, const char **why)
{
	struct note_check check = {.good = false};
	struct str joined = {0};
	struct note theirs;
	struct span bytes;
	size_t i;

	*why = "its answer is longer than any (COSIGNED_BYTES_MAX)";
	if (body.len > COSIGNED_BYTES_MAX)
		return ERR_LIMIT;
	note_begin(&joined, n->text);
	str_add(&joined, body);
	bytes = arena_span(a, str_span(&joined));
	str_release(&joined);
	/* an answer with an empty line in it would be another text with other signatures */
	if (note_read(bytes, a, &theirs, why) != OK || !span_eq(theirs.text, n->text)) {
		*why = "its answer has no lines of signatures" RULE;
		return ERR_SYNTAX;
	}
	TRY(note_verify(&theirs, witness, 1, &check, why));
	for (i = 0; i < theirs.n; i++)
		if (by(&theirs.sigs[i], witness)) {
			*line = theirs.sigs[i].line;
			*time = time_of(&theirs.sigs[i]);
		}
	return OK;
}

void
submission_merge(struct str *out, const struct note *n, const struct key_pub *witness, struct span line)
{
	size_t i;

	note_begin(out, n->text);
	for (i = 0; i < n->n; i++) {
		if (by(&n->sigs[i], witness))
			continue;
		str_add(out, n->sigs[i].line);
		str_addc(out, '\n');
	}
	str_add(out, line);
	str_addc(out, '\n');
}
