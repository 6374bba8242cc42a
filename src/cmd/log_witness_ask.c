/* log_witness_ask: the half that asks witnesses and reads what they answer, in a process that can write nothing. */
#include "base/limits.h"
#include "base/utc.h"
#include "cmd/fetcher.h"
#include "cmd/log_witness_int.h"
#include "cmd/note.h"
#include "seal/cosigned.h"
#include "seal/log.h"
#include "seal/submission.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct asking {
	struct log *log;		/* open, to read */
	struct policy policy;
	struct arena *arena;
	struct checkpoint at;		/* what is to be cosigned */
	struct note note;
	struct policy_verdict before;	/* who has done so already */
	struct cosigned told;		/* its lines in the arena */
	unsigned ms;			/* to wait for an answer */
};

static bool
complain(const char *what, const char *why)
{
	note("log", "%s: %s", what, why);
	return false;
}

/* --- one witness --- */

/* What a refusal says: the beginning of its first line. */
static const char *
first_line(const struct asking *q, const struct str *body)
{
	struct span rest = str_span(body), line;
	struct str plain = {0};
	const char *text;

	if (!span_cut(&rest, '\n', &line) || line.len == 0)
		return "";
	str_adds(&plain, ": ");
	str_add_plain(&plain, (struct span){line.p, line.len < 120 ? line.len : 120});
	text = arena_strdup(q->arena, str_span(&plain));
	str_release(&plain);
	return text;
}

static const char *
taken(struct asking *q, const struct policy_witness *w, const struct str *body)
{
	char buf[UTC_TEXT];
	const char *why = NULL;
	struct span line;
	uint64_t time = 0;

	if (submission_answer(str_span(body), &q->note, &w->key, q->arena, &line, &time, &why) != OK)
		return arena_printf(q->arena, "not taken: %s", why);
	q->told.lines[q->told.n++] = (struct cosigned_line){(uint32_t)(w - q->policy.witnesses), line};
	return arena_printf(q->arena, "cosigned at %s", utc_format((struct utc){(int64_t)time}, buf));
}

/* 409: the witness has signed for another size than the proof was from. Whether it is to be asked again, from *old. */
static const char *
conflict(struct asking *q, const struct fetch_answer *got, uint64_t *old, bool *again)
{
	uint64_t size = 0;

	if (submission_size_read(str_span(&got->body), &size) != OK)
		return "not taken: an answer 409 without a size";
	if (size > q->at.size) {
		q->told.forked = true;
		return arena_printf(q->arena, "refused: it has cosigned this log at %" PRIu64 " entries, which is more: was the log put back?",
		    size);
	}
	if (size == *old && size == q->at.size) {
		q->told.forked = true;
		return "refused: it has cosigned other entries of this size: this log, or its key, has told two histories";
	}
	if (size == *old)
		return "not taken: it asks for the size that it was given";
	*old = size;
	*again = true;
	return "";
}

static const char *
answered(struct asking *q, const struct policy_witness *w, const struct fetch_answer *got, uint64_t *old, bool *again)
{
	switch (got->status) {
	case 200:
		return taken(q, w, &got->body);
	case 403:
		return arena_printf(q->arena, "refused (403), it knows another key of this log%s", first_line(q, &got->body));
	case 404:
		return arena_printf(q->arena, "refused (404), it does not know this log%s", first_line(q, &got->body));
	case 409:
		return conflict(q, got, old, again);
	case 422:
		q->told.forked = true;
		return arena_printf(q->arena, "refused (422), it has cosigned other entries%s", first_line(q, &got->body));
	default:
		return arena_printf(q->arena, "not taken: status %u%s", got->status, first_line(q, &got->body));
	}
}

static const char *
ask_from(struct asking *q, const struct policy_witness *w, const char *url, uint64_t *old, bool *again)
{
	struct submission s = {.old = *old};
	struct fetch_answer got = {.status = 0};
	struct str body = {0}, note = {0};
	const char *said = NULL, *why = NULL;
	size_t i;

	if (log_extend(q->log, *old, &q->at, &s.proof) != OK)
		return q->log->why;
	note_begin(&note, q->note.text);
	for (i = 0; i < q->note.n; i++)	/* the log's own: others' are nothing to the witness */
		if (span_is(q->note.sigs[i].name, q->log->origin))
			str_addf(&note, "%.*s\n", (int)q->note.sigs[i].line.len, q->note.sigs[i].line.p);
	s.checkpoint = str_span(&note);
	submission_write(&body, &s);
	if (fetcher_ask(url, str_span(&body), COSIGNED_BYTES_MAX, q->ms, &got, q->arena, &why) != OK)
		said = arena_printf(q->arena, "no answer: %s", why);
	else
		said = answered(q, w, &got, old, again);
	str_release(&body);
	str_release(&note);
	str_release(&got.body);
	return said;
}

/* From nothing when it is not known what it has seen: it answers with the size. Somebody else may ask it meanwhile. */
static const char *
ask(struct asking *q, size_t i)
{
	const struct policy_witness *w = &q->policy.witnesses[i];
	uint64_t old = q->before.witness[i].good ? q->at.size : 0;
	const char *url, *said = NULL;
	bool again = true;
	int tries;

	if (w->url == NULL)
		return "not asked: the policy has no address of it";
	url = submission_url(w->url, q->arena);
	if (!fetch_url_good(url))
		return "not asked: its address is not one of http:// or https://";
	for (tries = 0; again && tries < (int)SUBMISSION_TRIES; tries++) {
		again = false;
		said = ask_from(q, w, url, &old, &again);
	}
	return again ? "not taken: each answer asks for another size" : said;
}

/* --- all of them --- */

/* Who has signed it does not depend on the quorum, which it is to have later. */
static enum err
begin(struct asking *q, const char **why)
{
	struct policy any = q->policy;
	struct span bytes;

	*why = q->log->why;
	TRY(log_signed(q->log, q->arena, &bytes, &q->at));
	any.quorum = POLICY_NONE;
	TRY(policy_verify(&any, bytes, q->arena, &q->at, &q->before, why));
	q->told.lines = arena_array(q->arena, q->policy.n_witnesses + 1, sizeof(*q->told.lines));
	return note_read(bytes, q->arena, &q->note, why);
}

static bool
run(struct asking *q, const struct witnessing *w)
{
	const char *why = NULL;
	size_t i;

	if (policy_read(w->policy, q->arena, &q->policy, &why) != OK)
		return complain(w->policy_path, why);
	if (log_open(q->log, w->dir, false) != OK)
		return complain(w->dir, q->log->why);
	if (begin(q, &why) != OK)
		return complain(w->dir, why);
	if (fetcher_ready(q->arena, &why) != OK)
		return complain("the network", why);
	printf("checkpoint of %" PRIu64 " entries of %s\n", q->at.size, q->log->origin);
	for (i = 0; i < q->policy.n_witnesses; i++) {
		printf("  %s: ", q->policy.witnesses[i].name);
		fflush(stdout);
		printf("%s\n", ask(q, i));
	}
	q->told.text = q->note.text;
	return true;
}

bool
log_witness_ask(void *arg, struct str *out)
{
	const struct witnessing *w = arg;
	struct asking q = {.arena = arena_new(), .log = xmalloc(sizeof(*q.log)), .ms = w->ms};
	bool good;

	*q.log = (struct log){.lock = -1, .store = {.dir = -1}};
	good = run(&q, w);
	if (good)
		cosigned_write(out, &q.told);
	log_close(q.log);
	free(q.log);
	arena_free(q.arena);
	return good;
}
