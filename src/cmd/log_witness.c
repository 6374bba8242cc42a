#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/fetcher.h"
#include "cmd/log_witness_int.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "seal/cosigned.h"
#include "seal/log.h"
#include "seal/submission.h"

#include <stdio.h>
#include <stdlib.h>

struct publishing {
	struct log *log;		/* open, to read */
	struct policy policy;
	struct arena *arena;
	struct checkpoint at;		/* what was to be cosigned */
	struct note note;
	struct cosigned told;		/* by the process that asked */
	struct log_cosignature *got;	/* those that were verified here, in the arena, told.n */
};

static int
complain(const char *what, const char *why)
{
	note("log", "%s: %s", what, why);
	return EXIT_UNANSWERED;
}

/* --- what the other process told --- */

/* Nothing of it is believed: each line is the signature of a witness of the policy over the text, or all is refused. */
static bool
verified(struct publishing *p, struct span told)
{
	const struct cosigned_line *l;
	size_t i;

	if (cosigned_read(told, p->arena, &p->told) != OK)
		return false;
	p->got = arena_array(p->arena, p->told.n + 1, sizeof(*p->got));
	for (i = 0; i < p->told.n; i++) {
		l = &p->told.lines[i];
		if (l->witness >= p->policy.n_witnesses ||
		    !cosigned_good(&p->told, l, &p->policy.witnesses[l->witness].key, p->arena))
			return false;
		p->got[i] = (struct log_cosignature){&p->policy.witnesses[l->witness].key, l->line};
	}
	return true;
}

/* The log's last checkpoint is still the one that was cosigned. */
static enum err
begin(struct publishing *p, const char **why)
{
	struct span bytes;

	*why = p->log->why;
	TRY(log_signed(p->log, p->arena, &bytes, &p->at));
	TRY(note_read(bytes, p->arena, &p->note, why));
	*why = "another checkpoint was signed meanwhile: its witnesses are to be asked";
	return span_eq(p->note.text, p->told.text) ? OK : ERR_STOPPED;
}

/* --- the log --- */

static bool
quorum(struct publishing *p, const char **why)
{
	struct policy_verdict v;
	struct checkpoint c;
	struct str bytes = {0};
	struct note n = p->note;
	size_t i;
	bool met;

	note_begin(&bytes, n.text);
	for (i = 0; i < n.n; i++)
		str_addf(&bytes, "%.*s\n", (int)n.sigs[i].line.len, n.sigs[i].line.p);
	for (i = 0; i < p->told.n; i++) {
		if (note_read(arena_span(p->arena, str_span(&bytes)), p->arena, &n, why) != OK)
			break;
		str_clear(&bytes);
		submission_merge(&bytes, &n, p->got[i].witness, p->got[i].line);
	}
	met = i == p->told.n &&
	    policy_verify(&p->policy, arena_span(p->arena, str_span(&bytes)), p->arena, &c, &v, why) == OK;
	str_release(&bytes);
	return met;
}

/* The log is locked only now: who appends need not wait for the network. */
static int
publish(struct publishing *p, const char *dir)
{
	const char *why = "";
	bool met = quorum(p, &why);
	struct log *l = xmalloc(sizeof(*l));
	int status = p->told.forked ? EXIT_NO : met ? EXIT_DONE : EXIT_UNANSWERED;
	struct checkpoint published;
	struct span bytes;

	/* what is held back stays so without its quorum; what is out already is better with one more */
	if (!met && log_published(p->log, p->arena, &bytes, &published) == OK && published.size < p->at.size) {
		printf("quorum: not met; the checkpoint is held back\n");
	} else if (log_open(l, dir, true) != OK || log_cosigned(l, p->note.text, p->got, p->told.n) != OK) {
		status = complain(dir, l->why);
		log_close(l);
	} else {
		printf("quorum: %s\n", met ? "met; the checkpoint is published" : "not met by the checkpoint that is published");
		log_close(l);
	}
	free(l);
	return status;
}

int
log_witness_keep(const struct witnessing *w, struct span told)
{
	struct publishing p = {.arena = arena_new(), .log = xmalloc(sizeof(*p.log))};
	const char *why = NULL;
	int status;

	*p.log = (struct log){.lock = -1, .store = {.dir = -1}};
	if (policy_read(w->policy, p.arena, &p.policy, &why) != OK)
		status = complain(w->policy_path, why);
	else if (!verified(&p, told))
		status = complain(w->dir, "the process that asked the witnesses handed over what no witness has signed; nothing "
		    "was written. An answer may have taken it over: report this");
	else if (log_open(p.log, w->dir, false) != OK)
		status = complain(w->dir, p.log->why);
	else
		status = begin(&p, &why) == OK ? publish(&p, w->dir) : complain(w->dir, why);
	log_close(p.log);
	free(p.log);
	arena_free(p.arena);
	return status;
}

/* --- the processes --- */

/* The others are there before this one is confined: then it has no more processes to make. */
static int
run(const struct log_witness *o, struct witnessing *w)
{
	const struct jail_path log = {.path = o->dir};
	struct fetcher f = FETCHER_NONE;
	struct confined_work asker;
	struct str told = {0};
	int status = EXIT_UNANSWERED;
	bool good;

	if (!fetcher_start(&f, "log", &(struct fetcher_may){.policy = w->policy}))
		return EXIT_UNANSWERED;
	fetcher_use(&f);
	good = confined_begin("log", log_witness_ask, w, &log, 1, &asker);
	fetcher_part(&f);
	if (!good || !confined_late(o->t, o->argc, o->argv))
		return EXIT_UNANSWERED;
	good = confined_end("log", &asker, COSIGNED_TOLD_MAX, &told);
	good = fetcher_end(&f, "log", false) && good;
	if (good)
		status = log_witness_keep(w, str_span(&told));
	str_release(&told);
	return status;
}

int
log_witness(const struct log_witness *o)
{
	struct witnessing w = {.dir = o->dir, .policy_path = o->policy, .ms = o->ms};
	struct str policy = {0};
	int status = EXIT_UNANSWERED;

	if (slurp("log", o->policy, POLICY_BYTES_MAX, &policy)) {
		w.policy = str_span(&policy);
		status = run(o, &w);
	}
	str_release(&policy);
	return status;
}
