#include "cmd/log_witness.h"
#include "base/limits.h"
#include "base/utc.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/policy_file.h"
#include "net/fetch.h"
#include "seal/log.h"
#include "seal/submission.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct asking {
	struct log *log;		/* open, to read */
	struct policy policy;
	struct arena *arena;
	struct fetch *fetch;
	struct checkpoint at;		/* what is to be cosigned */
	struct note note;
	struct policy_verdict before;	/* who has done so already */
	struct log_cosignature *got;	/* in the arena, n */
	size_t n;
	unsigned ms;			/* to wait for an answer */
	bool forked;			/* a witness has signed for other entries, or more */
};

static int
complain(const char *what, const char *why)
{
	note("log", "%s: %s", what, why);
	return EXIT_UNANSWERED;
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
	q->got[q->n++] = (struct log_cosignature){&w->key, line};
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
		q->forked = true;
		return arena_printf(q->arena, "refused: it has cosigned this log at %" PRIu64 " entries, which is more: was the log put back?",
		    size);
	}
	if (size == *old && size == q->at.size) {
		q->forked = true;
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
		q->forked = true;
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
	if (fetch_ask(q->fetch, url, str_span(&body), COSIGNED_BYTES_MAX, q->ms, &got, &why) != OK)
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
	url = arena_printf(q->arena, "%s%s" SUBMISSION_PATH, w->url, w->url[strlen(w->url) - 1] == '/' ? "" : "/");
	if (!fetch_url_good(url))
		return "not asked: its address is not one of http:// or https://";
	for (tries = 0; again && tries < 3; tries++) {
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
	q->got = arena_array(q->arena, q->policy.n_witnesses + 1, sizeof(*q->got));
	return note_read(bytes, q->arena, &q->note, why);
}

static bool
quorum(struct asking *q, const char **why)
{
	struct policy_verdict v;
	struct checkpoint c;
	struct str bytes = {0};
	struct note n = q->note;
	size_t i;
	bool met;

	note_begin(&bytes, n.text);
	for (i = 0; i < n.n; i++)
		str_addf(&bytes, "%.*s\n", (int)n.sigs[i].line.len, n.sigs[i].line.p);
	for (i = 0; i < q->n; i++) {
		if (note_read(arena_span(q->arena, str_span(&bytes)), q->arena, &n, why) != OK)
			break;
		str_clear(&bytes);
		submission_merge(&bytes, &n, q->got[i].witness, q->got[i].line);
	}
	met = i == q->n && policy_verify(&q->policy, arena_span(q->arena, str_span(&bytes)), q->arena, &c, &v, why) == OK;
	str_release(&bytes);
	return met;
}

/* The log is locked only now: who appends need not wait for the network. */
static int
publish(struct asking *q, const char *dir)
{
	const char *why = "";
	bool met = quorum(q, &why);
	struct log *l = xmalloc(sizeof(*l));
	int status = q->forked ? EXIT_NO : met ? EXIT_DONE : EXIT_UNANSWERED;
	struct checkpoint published;
	struct span bytes;

	/* what is held back stays so without its quorum; what is out already is better with one more */
	if (!met && log_published(q->log, q->arena, &bytes, &published) == OK && published.size < q->at.size) {
		printf("quorum: not met; the checkpoint is held back\n");
	} else if (log_open(l, dir, true) != OK || log_cosigned(l, q->note.text, q->got, q->n) != OK) {
		status = complain(dir, l->why);
		log_close(l);
	} else {
		printf("quorum: %s\n", met ? "met; the checkpoint is published" : "not met by the checkpoint that is published");
		log_close(l);
	}
	free(l);
	return status;
}

static int
run(struct asking *q, const char *dir)
{
	const char *why = NULL;
	size_t i;

	if (log_open(q->log, dir, false) != OK)
		return complain(dir, q->log->why);
	if (begin(q, &why) != OK)
		return complain(dir, why);
	q->fetch = fetch_new(&why);
	if (q->fetch == NULL)
		return complain("the network", why);
	printf("checkpoint of %" PRIu64 " entries of %s\n", q->at.size, q->log->origin);
	for (i = 0; i < q->policy.n_witnesses; i++) {
		printf("  %s: ", q->policy.witnesses[i].name);
		fflush(stdout);
		printf("%s\n", ask(q, i));
	}
	return publish(q, dir);
}

int
log_witness(const char *dir, const char *policy, unsigned ms)
{
	struct asking q = {.arena = arena_new(), .log = xmalloc(sizeof(*q.log)), .ms = ms};
	int status = EXIT_UNANSWERED;

	*q.log = (struct log){.lock = -1, .store = {.dir = -1}};
	if (policy_file("log", policy, q.arena, &q.policy))
		status = run(&q, dir);
	fetch_free(q.fetch);
	log_close(q.log);
	free(q.log);
	arena_free(q.arena);
	return status;
}
