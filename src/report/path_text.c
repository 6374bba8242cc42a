/* path_text: an explained path for people: what it rests on, the answer, the drawing, then the reasons. */
#include "report/path_lay.h"

#include <inttypes.h>
#include <stdio.h>

/* --- the head --- */

static void
dates(struct str *s, const struct evidence_state *e)
{
	char a[UTC_TEXT], b[UTC_TEXT];

	if (!utc_known(e->newest))
		str_adds(s, ", without a date");
	else if (e->oldest.s == e->newest.s)
		str_addf(s, ", of %s", utc_format(e->newest, a));
	else
		str_addf(s, ", of %s to %s", utc_format(e->oldest, a), utc_format(e->newest, b));
}

/* The inputs that it comes from, by digest. */
static void
digests(struct str *out, const struct world *w, enum evidence e, struct text_style style)
{
	char text[SHA256_HEX + 16] = "sha256 ";
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (!in->complete || in->duplicate || (in->evidence & EV_BIT(e)) == 0)
			continue;
		sha256_hex(in->sha256, text + 7);
		lay_labelled(out, style, 0, PATH_LABEL_END, "", text);
	}
}

struct row {
	enum evidence e;
	const char *label, *one, *many;
};

static void
evidence_line(struct str *out, const struct path_asked *q, const struct row *row, bool used, size_t n,
    struct text_style style)
{
	const struct evidence_state *st = &q->world->evidence[row->e];
	uint32_t broken = row->e == EV_ASPAS ? q->n_cut : st->n_incomplete;
	struct str s = {0};

	if (used) {
		lay_count(&s, n);
		str_addf(&s, " %s", n == 1 ? row->one : row->many);
		dates(&s, st);
	} else if (broken > 0) {
		str_addf(&s,
		    "not used: %" PRIu32
		    " input%s that may hold some cannot be read whole, and what is missing might be "
		    "what counts",
		    broken, broken == 1 ? "" : "s");
	} else {
		str_adds(&s, q->no_data ? "none: no data was given" : "none in the data");
	}
	lay_labelled(out, style, 0, PATH_LABEL_END, row->label, s.p);
	if (used)
		digests(out, q->world, row->e, style);
	str_release(&s);
}

void
path_text_head(struct str *out, const struct path_asked *q, struct text_style style)
{
	static const struct row rows[] = {
		{EV_ASPAS, "ASPAs", "customer", "customers"},
		{EV_VRPS, "VRPs", "payload", "payloads"},
		{EV_GRAPH, "relations", "AS relationship", "AS relationships"},
		{EV_ORGS, "siblings", "ASN of an organisation", "ASNs of organisations"},
	};
	const struct world *w = q->world;
	char when[UTC_TEXT], text[96] = "not known: no input has a date";

	if (utc_known(w->at))
		snprintf(text, sizeof(text), "%.10s; what is said is about that moment, not about today",
		    utc_format(w->at, when));
	if (!q->no_data)
		lay_labelled(out, style, 0, PATH_LABEL_END, "as of", text);
	evidence_line(out, q, &rows[0], q->tables.aspas != NULL, w->rpki.n_aspas, style);
	evidence_line(out, q, &rows[1], q->has_vrps, w->rpki.n_roas, style);
	evidence_line(out, q, &rows[2], q->tables.graph != NULL, w->graph.n, style);
	evidence_line(out, q, &rows[3], q->tables.orgs != NULL, w->orgs.n_ases, style);
}

/* --- a path --- */

static void
verdict_line(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	static const char *const of[] = {"ASPA, upstream: ", "ASPA, downstream: ", "ASPA, for an observer: "};
	static const char *const text[] = {"Valid", "Unknown", "INVALID", "Unknown (NO ASPA DATA, which is no pass)"};
	static const enum ink inks[] = {INK_GOOD, INK_DIM, INK_BAD, INK_WARN};

	lay_label(out, style, 0, PATH_LABEL_END, "verdict");
	str_adds(out, of[q->ask]);
	lay_text(out, style, inks[r->verdict], text[r->verdict]);
	if (r->leak.class != LEAK_NONE) {
		str_adds(out, "; leak: ");
		lay_text(out, style, r->leak.class == LEAK_PROVEN ? INK_BAD : INK_WARN, leak_class_word(r->leak.class));
	}
	str_addc(out, '\n');
}

void
path_text(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	struct str s = {0};
	char buf[PREFIX_TEXT];

	str_addc(out, '\n');
	aspath_format(r->line->path, &s);
	if (r->line->has_prefix)
		str_addf(&s, " | %s", prefix_format(&r->line->prefix, buf));
	lay_labelled(out, style, 0, PATH_LABEL_END, "path", s.p);
	if (r->line->n_ases > r->view.n && !r->view.has_set) {
		str_clear(&s);
		str_addf(&s, "%" PRIu32 " ASNs, %zu ASes once prepends are collapsed", r->line->n_ases, r->view.n);
		lay_labelled(out, style, 0, PATH_LABEL_END, "", s.p);
	}
	str_release(&s);
	verdict_line(out, q, r, style);
	str_addc(out, '\n');
	path_table(out, q, r, style);
	str_addc(out, '\n');
	path_say_aspa(out, q, r, style);
	path_say_rest(out, q, r, style);
}

void
path_text_totals(struct str *out, const struct path_totals *t)
{
	str_addf(out, "\n%" PRIu64 " paths: %" PRIu64 " Valid, %" PRIu64 " Unknown, %" PRIu64 " Invalid, %" PRIu64
	    " without ASPA data; %" PRIu64 " leak%s proven\n", t->n, t->verdict[PATH_VALID], t->verdict[PATH_UNKNOWN],
	    t->verdict[PATH_INVALID], t->verdict[PATH_NO_DATA], t->proven, t->proven == 1 ? "" : "s");
}
