#include "cmd/replay_say.h"
#include "cmd/cmd.h"
#include "report/layout.h"

#include <inttypes.h>
#include <string.h>

#define COLUMN 14
#define ASNS_SHOWN 10

struct sheet {
	struct str *out, line;
	struct text_style style;
};

const char *
replay_answer_name(enum replay_answer a)
{
	return a == REPLAY_SAME ? "the same" : a == REPLAY_DIFFERENT ? "different" : "could not tell";
}

static void
row(struct sheet *s, const char *label)
{
	lay_labelled(s->out, s->style, 2, COLUMN, label, s->line.p != NULL ? s->line.p : "");
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
count(struct str *out, size_t n, const char *one, const char *many)
{
	lay_count(out, n);
	str_addf(out, " %s", n == 1 ? one : many);
}

/* --- what it is --- */

static void
about(struct sheet *s, const struct bundle *b)
{
	char at[UTC_TEXT];
	size_t i;

	for (i = 0; i < b->n_asns && i < ASNS_SHOWN; i++)
		str_addf(&s->line, "%sAS%" PRIu32, i > 0 ? " " : "", b->asns[i]);
	if (b->n_asns > ASNS_SHOWN)
		str_addf(&s->line, " and %zu more", b->n_asns - ASNS_SHOWN);
	str_addf(&s->line, ", evidence as of %s", utc_format(b->at, at));
	row(s, "about");
}

static void
packs_row(struct sheet *s, const struct pack *packs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		str_addf(&s->line, "%s%s %s%s", i > 0 ? ", " : "", packs[i].id, packs[i].version, pack_label(&packs[i]));
	row(s, "judged by");
}

struct tally { size_t files, whole, parts, from_name; uint64_t bytes, of; };

static struct tally
tally(const struct bundle *b)
{
	struct tally t = {0};
	size_t i;

	for (i = 0; i < b->n_inputs; i++) {
		const struct bundle_input *in = &b->inputs[i];

		t.of += in->in.size;
		t.from_name += in->in.time_from_name;
		if (in->file == NULL)
			continue;
		t.files++;
		t.bytes += in->file_size;
		t.whole += in->whole;
		t.parts += !in->whole;
	}
	return t;
}

/* --- what it shows --- */

static void
proves(struct sheet *s, bool evidence, size_t n_verdicts, size_t n_shown)
{
	if (!evidence) {
		str_adds(&s->line, "that these inputs, by these packs and parameters, lead to every byte of the report: each input has the "
		    "digest that the report names");
	} else if (n_shown == n_verdicts) {
		str_adds(&s->line, "that the records carried, with what is stated below, lead to every verdict, number and record of the report");
	} else {
		str_addf(&s->line, "that the records carried, with what is stated below, lead to %zu of the %zu verdicts, with their numbers and "
		    "records", n_shown, n_verdicts);
	}
	row(s, "shows");
}

static void
lacks_row(struct sheet *s, const struct bundle *b)
{
	size_t i, k, n = 0;

	for (i = 0; i < b->n_lacks; i++) {
		for (k = 0; k < i && strcmp(b->lacks[k].metric, b->lacks[i].metric) != 0; k++)
			;
		if (k == i)
			str_addf(&s->line, "%s%s", n++ > 0 ? ", " : "", b->lacks[i].metric);
	}
	str_adds(&s->line, ", of the networks for which bundle.json names them under not_shown: they rest on more than is carried, and only the "
	    "whole inputs show them");
	row(s, "not");
}

static void
records_row(struct sheet *s, const struct tally *t)
{
	if (t->whole == t->files) {
		str_addf(&s->line, "that each record stands in the input that is named as its source: all %zu are carried whole, and have its "
		    "digest", t->files);
		row(s, "shows");
		return;
	}
	str_adds(&s->line, "that a record stands in the input that is named as its source: whoever has the input can look, by its digest");
	if (t->whole > 0)
		str_addf(&s->line, " (%zu of %zu are carried whole, and have it)", t->whole, t->files);
	row(s, "not");
}

static void
not_proven(struct sheet *s, const struct bundle *b, bool evidence, const struct tally *t)
{
	if (evidence) {
		if (t->whole == t->files)
			records_row(s, t);
		str_adds(&s->line, "that no record was left out which speaks for or against these networks");
		row(s, "not");
		if (t->whole != t->files)
			records_row(s, t);
		str_adds(&s->line, "what only a whole table shows, and is stated: which vantage points give a full feed, how many routes are "
		    "visible, how old and how complete each input is");
		row(s, "not");
		if (b->n_lacks > 0)
			lacks_row(s, b);
	} else {
		str_adds(&s->line, "that the inputs are what their publishers gave out, or all that there was: ask for their origin and signatures");
		row(s, "not");
	}
	if (t->from_name == 0)
		return;
	str_addf(&s->line, "the dates of %zu of the inputs, which only their names told", t->from_name);
	row(s, "not");
}

void
bundle_says(struct str *out, struct text_style style, const struct bundle *b, bool evidence, size_t n_verdicts, size_t n_shown)
{
	struct sheet s = {.out = out, .style = style};
	struct tally t = tally(b);

	proves(&s, evidence, n_verdicts, n_shown);
	not_proven(&s, b, evidence, &t);
	str_release(&s.line);
}

/* --- the answer --- */

static void
inputs_row(struct sheet *s, const struct replay_ask *ask, const struct replay *r)
{
	struct tally t = tally(ask->bundle);

	if (ask->evidence) {
		str_adds(&s->line, "the evidence in the bundle: ");
		count(&s->line, t.files, "file", "files");
		str_addf(&s->line, " of records, %zu of them whole inputs; ", t.whole);
		lay_count(&s->line, t.bytes);
		str_adds(&s->line, " bytes out of ");
		lay_count(&s->line, t.of);
	} else {
		count(&s->line, ask->bundle->n_inputs - r->n_missing, "input", "inputs");
		str_addf(&s->line, " of %zu, found by digest", ask->bundle->n_inputs);
	}
	row(s, "from");
}

static void
difference(struct sheet *s, const struct replay *r)
{
	heading(s, "where it first differs");
	str_add(&s->line, r->path.len > 0 ? str_span(&r->path) : SPAN("the document"));
	row(s, "at");
	str_add(&s->line, str_span(&r->was));
	row(s, "report has");
	str_add(&s->line, str_span(&r->is));
	row(s, "computed is");
}

static void
reasons(struct sheet *s, const struct replay *r)
{
	struct span left = str_span(&r->why);

	if (r->n_missing > 0)
		str_addf(&s->line, "%zu of the inputs %s missing, or another", r->n_missing, r->n_missing == 1 ? "is" : "are");
	heading(s, r->n_missing > 0 ? s->line.p : "why");
	str_clear(&s->line);
	while (left.len > 0) {
		const char *end = memchr(left.p, '\n', left.len);

		str_add(&s->line, (struct span){left.p, (size_t)(end - left.p)});
		row(s, r->n_missing > 0 ? "missing" : "why");
		left.len -= (size_t)(end + 1 - left.p);
		left.p = end + 1;
	}
}

static void
answer(struct sheet *s, const struct replay *r)
{
	enum ink ink = r->answer == REPLAY_SAME ? INK_GOOD : r->answer == REPLAY_DIFFERENT ? INK_BAD : INK_WARN;

	str_addc(s->out, '\n');
	str_addf(&s->line, "answer: %s", replay_answer_name(r->answer));
	lay_text(s->out, s->style, ink, s->line.p);
	str_clear(&s->line);
	if (r->answer == REPLAY_SAME)
		str_adds(s->out, r->n_shown == r->n_verdicts ? ". What was computed is the report, byte for byte.\n" :
		    ". What is shown was computed again, and is what the report says.\n");
	else if (r->answer == REPLAY_DIFFERENT)
		str_adds(s->out, ". What was computed is not the report.\n");
	else if (r->path.len + r->was.len > 0)
		str_adds(s->out, ". It differs, but another version of the program made it: that one can tell.\n");
	else
		str_adds(s->out, ". Nothing was computed that could be held against the report.\n");
}

void
replay_text(struct str *out, struct text_style style, const char *name, const struct replay_ask *ask, const struct replay *r)
{
	struct sheet s = {.out = out, .style = style};

	lay_text(out, style, INK_BOLD, name);
	str_addc(out, '\n');
	about(&s, ask->bundle);
	packs_row(&s, ask->packs, ask->n_packs);
	if (ask->bundle->version != NULL) {
		str_addf(&s.line, "routemark %s%s", ask->bundle->version, r->other_version ? ", which is not this one: " : "");
		if (r->other_version)
			str_addf(&s.line, "this is %s", routemark_version());
		row(&s, "made by");
	}
	inputs_row(&s, ask, r);
	if (r->answer == REPLAY_SAME) {
		heading(&s, "what this shows, and what not");
		bundle_says(out, style, ask->bundle, ask->evidence, r->n_verdicts, r->n_shown);
	} else if (r->path.len + r->was.len > 0) {
		difference(&s, r);
	} else if (r->why.len > 0) {
		reasons(&s, r);
	}
	answer(&s, r);
	str_release(&s.line);
}
