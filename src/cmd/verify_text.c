#include "base/utc.h"
#include "cmd/verify_say.h"
#include "report/layout.h"

#include <inttypes.h>

#define COLUMN 18	/* the longest label, "could not tell", and the spaces around it */
#define LEVEL_COLUMN 24

struct sheet {
	struct str *out, line;
	struct text_style style;
	const struct verify_ask *ask;
	const struct verify *v;
};

const char *
verify_answer_name(enum verify_answer a)
{
	return a == VERIFY_YES ? "yes" : a == VERIFY_NO ? "no" : "could not tell";
}

const char *
verify_role_name(enum verify_role r)
{
	return r == VERIFY_ISSUER ? "issuer" : r == VERIFY_NETWORK ? "network" : "auditor";
}

/* The line that was gathered, beside its label. */
static void
row(struct sheet *s, const char *label)
{
	lay_labelled(s->out, s->style, 2, COLUMN, label, s->line.p);
	str_clear(&s->line);
}

static void
heading(struct sheet *s, const char *text)
{
	str_addc(s->out, '\n');
	lay_text(s->out, s->style, INK_BOLD, text);
	str_addc(s->out, '\n');
}

static void
key_add(struct str *out, const struct key_pub *k)
{
	str_addf(out, "%s+%08x", k->name, k->id);
}

static void
found_row(struct sheet *s, const char *file, const struct verify_found *f, const char *says)
{
	str_addf(&s->line, "%s: ", file);
	if (f->answer == VERIFY_YES && f->by != NULL) {
		str_adds(&s->line, "signed by ");
		key_add(&s->line, f->by);
		str_addf(&s->line, ", which was given as %s %s; %s", f->role == VERIFY_ISSUER ? "a" : f->role == VERIFY_NETWORK ?
		    "the network's" : "an auditor's", f->role == VERIFY_ISSUER ? "known key" : "key", says);
		if (f->what != NULL && f != &s->v->signature)	/* a signature's is what the report says of itself, above */
			str_addf(&s->line, ": %s", f->what);
	} else {
		str_adds(&s->line, f->why);
	}
	row(s, verify_answer_name(f->answer));
}

static void
head(struct sheet *s, const char *name)
{
	struct str comment = {0};

	lay_text(s->out, s->style, INK_BOLD, name);
	str_addc(s->out, '\n');
	str_adds(&s->line, s->v->sha256);
	row(s, "sha256");
	if (s->v->report.answer == VERIFY_YES) {
		gist_comment(&comment, &s->v->gist);
		str_add(&s->line, str_span(&comment));
		row(s, "says of itself");
	} else {
		str_addf(&s->line, "is no report: %s", s->v->report.why);
		row(s, verify_answer_name(s->v->report.answer));
	}
	str_release(&comment);
}

static void
signatures(struct sheet *s, const struct verify_names *names)
{
	size_t i;

	heading(s, "who signed");
	for (i = 0; i < s->ask->n_envelopes; i++)
		found_row(s, names->envelopes[i], &s->v->envelopes[i], "it says of the report what is in it, and no more");
	if (s->ask->signature.p != NULL)
		found_row(s, names->signature, &s->v->signature, "over the report, and a comment that says of it what stands above");
	for (i = 0; i < s->ask->n_evidence; i++)
		found_row(s, names->evidence[i], &s->v->evidence[i], s->v->evidence[i].attached ?
		    "it attaches to this report a file" : "it is on an input of this report");
	if (s->ask->n_envelopes + s->ask->n_evidence == 0 && s->ask->signature.p == NULL) {
		str_adds(&s->line, "no signature was given, and none lies beside the report");
		row(s, verify_answer_name(VERIFY_UNKNOWN));
	}
	str_adds(&s->line, "No signature tells. The moment above is that of the evidence.");
	row(s, "signed when");
}

/* Whose checkpoint it is, and who has seen it and when. */
static void
place(struct sheet *s, const struct verify_log *l)
{
	const struct policy *p = s->ask->policy;
	char at[UTC_TEXT];
	size_t i;

	str_addf(&s->line, "signed by the log ");
	key_add(&s->line, &l->verdict.log->key);
	str_addf(&s->line, ", of %" PRIu64 " %s; ", l->at.size, l->at.size == 1 ? "entry" : "entries");
	if (p->quorum == POLICY_NONE)
		str_adds(&s->line, "the policy asks for no witness");
	else
		str_addf(&s->line, "the policy's quorum of witnesses is met by %zu", l->verdict.n_witnesses);
	row(s, "checkpoint");
	for (i = 0; i < p->n_witnesses; i++) {
		if (!l->verdict.witness[i].good)
			continue;
		str_addf(&s->line, "%s (", p->witnesses[i].name);
		key_add(&s->line, &p->witnesses[i].key);
		str_addf(&s->line, ") has seen it, and says that this was at %s",
		    utc_format((struct utc){(int64_t)l->verdict.witness[i].time}, at));
		row(s, "witness");
	}
}

static void
words(struct sheet *s, const struct verify_log *l)
{
	const struct verify_word *w;
	size_t i;

	for (i = 0; i < l->n; i++) {
		w = &l->words[i];
		str_addf(&s->line, "entry %" PRIu64 ", by ", w->index);
		key_add(&s->line, w->by);
		str_addf(&s->line, ", on evidence of %s%s%s", w->status.at, w->status.reason != NULL ? ": " : "",
		    w->status.reason != NULL ? w->status.reason : "");
		row(s, status_name(w->status.word));
	}
	if (l->n == 0 && l->listed) {
		str_addf(&s->line, "entry %" PRIu64 " is a digest of the report or of an envelope on it", l->index);
		row(s, "listed");
	}
	if (l->strangers > 0) {
		str_addf(&s->line, "%" PRIu64 " %s on this report by keys that are not known here, which count for nothing", l->strangers,
		    l->strangers == 1 ? "entry" : "entries");
		row(s, "others");
	}
}

static void
logged(struct sheet *s, const char *title, const char *file, const char *yes, const struct verify_log *l)
{
	if (!l->given)
		return;
	heading(s, title);
	str_addf(&s->line, "%s: %s", file, l->found.answer == VERIFY_YES ? yes : l->found.why);
	row(s, verify_answer_name(l->found.answer));
	if (l->believed) {
		place(s, l);
		words(s, l);
	}
}

static void
mark(struct sheet *s, const char *file)
{
	const struct verify_found *f = &s->v->mark;

	if (s->ask->mark.p == NULL)
		return;
	heading(s, "the mark");
	str_addf(&s->line, "%s: ", file);
	if (f->what != NULL)
		str_addf(&s->line, "%s: ", f->what);
	if (f->answer == VERIFY_YES)
		str_addf(&s->line, "this report carries it%s", utc_known(s->ask->at) ? ", and the moment that was asked for is in its time" :
		    "; no moment was asked for (--at)");
	else
		str_adds(&s->line, f->why);
	row(s, verify_answer_name(f->answer));
	if (f->answer == VERIFY_YES && s->ask->log != NULL)
		str_adds(&s->line, "The log that was given has it, by a key that is known here, and it is neither suspended nor disputed.");
	else
		str_adds(&s->line, "Who issued it, and how it stands, is in the log: routemark mark show.");
	row(s, "status");
}

static void
standing(struct sheet *s)
{
	const struct verify *v = s->v;

	heading(s, "since then");
	if (v->decides != NULL) {
		str_addf(&s->line, "%s in entry %" PRIu64 ", by ", status_name(v->decides->status.word), v->decides->index);
		key_add(&s->line, v->decides->by);
		str_adds(&s->line, v->standing == VERIFY_NO ? ", who has not restored it" : ", who has not called it resolved");
	} else if (!v->log.given) {
		str_adds(&s->line, "no log was given (--log), so whether it was suspended or disputed later cannot be told");
	} else if (v->log.believed && v->log.found.answer == VERIFY_YES) {
		str_addf(&s->line, "nobody known here has suspended or disputed it in the log, up to its checkpoint of %" PRIu64,
		    v->log.at.size);
	} else {
		str_adds(&s->line, "the log that was given cannot tell");
	}
	row(s, v->decides != NULL ? verify_answer_name(v->standing) : !v->log.given ? "not asked" :
	    v->log.believed && v->log.found.answer == VERIFY_YES ? "stands" : verify_answer_name(VERIFY_UNKNOWN));
}

static void
replayed(struct sheet *s, const struct replay *r)
{
	heading(s, "computed again");
	if (r->answer == REPLAY_SAME) {
		str_adds(&s->line, "from the inputs that it names, each found by its digest: it is the same, byte for byte");
	} else if (r->path.len + r->was.len > 0) {
		str_addf(&s->line, "it differs first at %.*s: the report has ", (int)r->path.len, r->path.p);
		str_add(&s->line, str_span(&r->was));
		str_adds(&s->line, ", what was computed is ");
		str_add(&s->line, str_span(&r->is));
	} else if (r->n_missing > 0) {
		str_addf(&s->line, "%zu of the inputs %s missing, or another: ", r->n_missing, r->n_missing == 1 ? "is" : "are");
		str_add(&s->line, str_span(&r->why));
	} else {
		str_adds(&s->line, "nothing was computed that could be held against it");
	}
	row(s, r->answer == REPLAY_SAME ? "yes" : r->answer == REPLAY_DIFFERENT ? "no" : "could not tell");
}

static void
levels(struct sheet *s)
{
	const struct verify *v = s->v;
	int l, below;

	str_addf(&s->line, "level of assurance: %s", verify_level_name(v->level));
	heading(s, s->line.p);
	str_clear(&s->line);
	for (l = 0; l < VERIFY_LEVELS; l++) {
		for (below = 0; below < l && v->reached[below]; below++)
			;
		if (v->reached[l] && below < l)
			str_addf(&s->line, "not reached, because %s is not: though ", verify_level_name((enum verify_level)below));
		else
			str_adds(&s->line, v->reached[l] ? "reached: " : "not reached: ");
		str_adds(&s->line, v->reason[l]);
		lay_labelled(s->out, s->style, 2, LEVEL_COLUMN, verify_level_name((enum verify_level)l), s->line.p);
		str_clear(&s->line);
	}
	str_adds(&s->line, "The levels are a proposal of this program's authors, not a scheme that anybody has in force.");
	str_adds(s->out, "  ");
	lay_wrapped(s->out, s->style, 2, 2, s->line.p);
	str_addc(s->out, '\n');
	str_clear(&s->line);
}

void
verify_text(struct str *out, struct text_style style, const struct verify_ask *ask, const struct verify_names *names,
    const struct verify *v, const struct replay *replay)
{
	struct sheet s = {.out = out, .style = style, .ask = ask, .v = v};

	head(&s, names->report);
	signatures(&s, names);
	logged(&s, "in which log", names->proof, "its entry is in the log, and on this report", &v->proof);
	logged(&s, "what the log says", ask->log, "every entry was read, and they are those of its checkpoint", &v->log);
	mark(&s, names->mark);
	standing(&s);
	if (replay != NULL)
		replayed(&s, replay);
	levels(&s);
	str_addf(&s.line, "answer: %s", verify_answer_name(v->answer));
	str_addc(out, '\n');
	lay_text(out, style, v->answer == VERIFY_YES ? INK_GOOD : v->answer == VERIFY_NO ? INK_BAD : INK_WARN, s.line.p);
	str_adds(out, v->answer == VERIFY_YES ? ". All that was asked is so.\n" : v->answer == VERIFY_NO ?
	    ". What is marked no above is not so.\n" : ". What is marked so above, or has no known signature, was not settled.\n");
	str_release(&s.line);
}
