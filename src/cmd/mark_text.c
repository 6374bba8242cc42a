/* mark_text: what show has found, for people. */
#include "cmd/mark.h"
#include "cmd/verify_say.h"
#include "report/layout.h"

#include <inttypes.h>

#define COLUMN 17

struct sheet {
	struct str *out, line;
	struct text_style style;
	const struct mark_sheet *s;
};

/* The line that was gathered, beside its label. */
static void
row(struct sheet *t, const char *label)
{
	lay_labelled(t->out, t->style, 2, COLUMN, label, t->line.p);
	str_clear(&t->line);
}

static void
key_add(struct str *out, const struct key_pub *k)
{
	str_addf(out, "%s+%08x", k->name, k->id);
}

static void
head(struct sheet *t)
{
	const struct mark *m = t->s->m;
	char at[UTC_TEXT];

	str_addf(&t->line, "AS%u", t->s->f->asn);
	if (m != NULL && m->name[0] != '\0')
		str_addf(&t->line, " %s", m->name);
	if (m != NULL && m->organisation[0] != '\0')
		str_addf(&t->line, ", %s", m->organisation);
	lay_text(t->out, t->style, INK_BOLD, t->line.p);
	str_addc(t->out, '\n');
	str_clear(&t->line);
	str_addf(&t->line, "%s%s", utc_format(t->s->at, at), t->s->by_clock ?
	    ", by the clock of this system; another moment: --at" : ", as --at has it");
	row(t, "valid at");
}

static void
place(struct sheet *t)
{
	const struct mark_find *f = t->s->f;
	const struct policy *p = t->s->policy;
	size_t i;
	char at[UTC_TEXT];

	if (t->s->trouble != NULL) {
		str_adds(&t->line, t->s->trouble);
		row(t, t->s->no_log ? "proof" : "log");
		return;
	}
	if (f->verdict.log == NULL)
		return;
	key_add(&t->line, &f->verdict.log->key);
	if (t->s->no_log)
		str_addf(&t->line, ": by the proof, entry %" PRIu64 " of at least %" PRIu64, t->s->in_log, f->at.size);
	else
		str_addf(&t->line, ": %" PRIu64 " %s, all of them read, as its checkpoint has them", f->at.size,
		    f->at.size == 1 ? "entry" : "entries");
	if (p->quorum == POLICY_NONE)
		str_adds(&t->line, "; the policy asks for no witness");
	row(t, "log");
	for (i = 0; i < p->n_witnesses; i++) {
		if (!f->verdict.witness[i].good)
			continue;
		str_addf(&t->line, "%s has seen this checkpoint, and says that this was at %s", p->witnesses[i].name,
		    utc_format((struct utc){(int64_t)f->verdict.witness[i].time}, at));
		row(t, "witness");
	}
}

static void
words(struct sheet *t, const struct mark_found *m, const struct verify_log *l, const char *on)
{
	const struct verify_word *w;
	size_t i;

	for (i = 0; i < l->n; i++) {
		w = &l->words[i];
		if (w->index == m->issued.index)
			continue;
		str_addf(&t->line, "entry %" PRIu64 "%s, by ", w->index,
		    *on == '\0' && strcmp(w->status.sha256, m->sha256) != 0 ? " on a mark of the same report" : on);
		key_add(&t->line, w->by);
		str_addf(&t->line, ", on evidence of %s%s%s", w->status.at, w->status.reason != NULL ? ": " : "",
		    w->status.reason != NULL ? w->status.reason : "");
		row(t, status_name(w->status.word));
	}
	if (l->strangers > 0) {
		str_addf(&t->line, "%" PRIu64 " %s%s by keys that are not known here, which count for nothing", l->strangers,
		    l->strangers == 1 ? "entry" : "entries", on);
		row(t, "others");
	}
}

/* Why it stands as it does. */
static void
since(struct sheet *t, const struct mark_found *m, enum mark_state state)
{
	if (m->decides != NULL) {
		str_addf(&t->line, "%s in entry %" PRIu64 ", by ", status_name(m->decides->status.word), m->decides->index);
		key_add(&t->line, m->decides->by);
		str_adds(&t->line, m->standing == VERIFY_NO ? ", who has not restored it" :
		    ", who has not called it resolved");
	} else if (state == MARK_LAPSED) {
		str_adds(&t->line, "its evidence is older than the pack allows; nobody had to take it back");
	} else if (state == MARK_EARLY) {
		str_adds(&t->line, "its evidence is later than that moment");
	} else if (t->s->no_log) {
		str_adds(&t->line, "not known: only the log can tell whether it was suspended or disputed");
	} else {
		str_adds(&t->line, "it stands: nobody known here holds it, or its report, suspended or disputed");
	}
	row(t, "since then");
}

static void
one(struct sheet *t, const struct mark_found *m)
{
	enum mark_state state = mark_state_at(m, t->s->at);
	const char *label = m->line.version + strcspn(m->line.version, " ");
	struct arena *a = t->s->f->a;

	str_addf(&t->line, "%s %s: %s", m->line.pack, m->line.version, mark_state_word(state));
	if (state == MARK_VALID || state == MARK_DISPUTED)
		str_addf(&t->line, ", to %s", mark_moment(m->line.valid_to, a));
	else if (state == MARK_LAPSED && m->decides == NULL)
		str_addf(&t->line, " after %s", mark_moment(m->line.valid_to, a));
	else
		str_addf(&t->line, "; it was given to %s", mark_moment(m->line.valid_to, a));
	str_addc(t->out, '\n');
	lay_text(t->out, t->style, state == MARK_VALID ? INK_GOOD : state == MARK_DISPUTED ? INK_WARN : INK_BAD, t->line.p);
	str_addc(t->out, '\n');
	str_clear(&t->line);
	if (*label != '\0') {
		str_adds(&t->line, strcmp(label, " (proposal)") == 0 ?
		    "this pack is a proposal of whoever wrote it, not a scheme that anybody has in force" :
		    "this pack was proposed by a public body, and is not in force");
		row(t, "proposal");
	}
	str_addf(&t->line, "entry %" PRIu64 ", by ", m->issued.index);
	key_add(&t->line, m->issued.by);
	str_addf(&t->line, ", by a report as of %s", m->issued.status.at);
	row(t, "issued");
	words(t, m, &m->own, "");
	words(t, m, &m->report, " on its report");
	since(t, m, state);
	str_adds(&t->line, m->sha256);
	row(t, "mark sha256");
	str_adds(&t->line, m->line.report);
	row(t, "report sha256");
}

static void
others(struct sheet *t)
{
	const struct mark_find *f = t->s->f;
	size_t i, n = 0;

	for (i = 0; i < f->n; i++)
		n += f->found[i].superseded;
	if (n > 0) {
		str_addf(&t->line, "%zu %s of this network %s superseded by a later one of the same pack", n, n == 1 ?
		    "mark" : "marks",
		    n == 1 ? "is" : "are");
		row(t, "earlier");
	}
	if (f->strangers > 0) {
		str_addf(&t->line, "%" PRIu64 " %s issued by keys that are not known here, which count for nothing",
		    f->strangers,
		    f->strangers == 1 ? "mark was" : "marks were");
		row(t, "others");
	}
}

void
mark_text(struct str *out, struct text_style style, const struct mark_sheet *s)
{
	struct sheet t = {.out = out, .style = style, .s = s};
	size_t i;

	head(&t);
	place(&t);
	for (i = 0; i < s->f->n && s->trouble == NULL; i++)
		if (!s->f->found[i].superseded)
			one(&t, &s->f->found[i]);
	others(&t);
	str_addf(&t.line, "answer: %s", verify_answer_name(s->answer));
	str_addc(out, '\n');
	lay_text(out, style, s->answer == VERIFY_YES ? INK_GOOD : s->answer == VERIFY_NO ? INK_BAD : INK_WARN, t.line.p);
	str_clear(&t.line);
	str_addf(&t.line, ": %s.", s->why);
	lay_wrapped(out, style, 8 + (unsigned)strlen(verify_answer_name(s->answer)), 2, t.line.p);
	str_addc(out, '\n');
	str_release(&t.line);
}
