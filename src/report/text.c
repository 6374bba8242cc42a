/* text: the table and the findings of one AS, for a terminal. */
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN 3		/* records of a finding */
#define WHY_COLUMN 42	/* where the reasons start */

static void
left(struct str *out, struct text_style style, enum ink ink, const char *text, unsigned width)
{
	unsigned w = lay_width(text);

	lay_text(out, style, ink, text);
	lay_spaces(out, w < width ? width - w : 1);
}

/* What was appended from from on (ASCII), right-aligned. */
static void
right(struct str *out, size_t from, size_t width)
{
	size_t w = out->len - from, pad = w < width ? width - w : 0;

	str_fill(out, ' ', pad);
	memmove(out->p + from + pad, out->p + from, w);
	memset(out->p + from, ' ', pad);
}

static void
number_columns(struct str *out, const struct metric *m)
{
	size_t from = out->len;
	bool ok = m != NULL && m->state == METRIC_OK;

	if (!ok)
		str_addc(out, '-');
	else if (metric_unit(m->id) == UNIT_COUNT)
		lay_count(out, m->num);
	else
		say_number(out, m);
	right(out, from, 9);
	from = out->len;
	if (ok && metric_unit(m->id) != UNIT_BOOL)
		lay_count(out, m->den);
	right(out, from, 9);
	str_adds(out, "  ");
}

static void
control_row(struct str *out, const struct judgement *j, struct text_style style)
{
	size_t from;

	str_adds(out, "  ");
	left(out, style, INK_PLAIN, j->control->id, 10);
	str_adds(out, j->control->required ? "* " : "  ");
	left(out, style, verdict_ink(j->verdict), verdict_label(j->verdict), 8);
	number_columns(out, j->decides);
	from = out->len;
	say_brief(out, j);
	lay_wrap(out, style, WHY_COLUMN, WHY_COLUMN, from);
	str_addc(out, '\n');
}

static void
tally_line(struct str *out, const struct pack_result *p)
{
	size_t n[VERDICT_N] = {0}, required = 0, i;
	const char *sep = "";

	for (i = 0; i < p->n; i++) {
		n[p->judgements[i].verdict]++;
		required += p->judgements[i].control->required;
	}
	lay_spaces(out, 2);
	for (i = 0; i < VERDICT_N; i++)
		if (n[i] > 0) {
			str_adds(out, sep);
			str_addu(out, n[i]);
			str_addc(out, ' ');
			str_adds(out, verdict_label((enum verdict)i));
			sep = ", ";
		}
	str_adds(out, required > 0 ? "   (* required)\n" : "\n");
}

static void
pack_table(struct str *out, const struct pack_result *p, struct text_style style)
{
	size_t i;

	str_addc(out, '\n');
	left(out, style, INK_BOLD, p->pack->id, 0);
	lay_text(out, style, INK_PLAIN, p->pack->version);
	str_adds(out, "  ");
	lay_text(out, style, INK_PLAIN, p->pack->title);
	str_addc(out, '\n');
	if (p->pack->proposal && p->pack->remarks != NULL) {
		lay_spaces(out, 2);
		lay_wrapped(out, style, 2, 2, p->pack->remarks);
		str_addc(out, '\n');
	}
	lay_text(out, style, INK_DIM, "  CONTROL     VERDICT    NUMBER       OF  WHY");
	str_addc(out, '\n');
	for (i = 0; i < p->n; i++)
		control_row(out, &p->judgements[i], style);
	tally_line(out, p);
}

/* --- findings --- */

static bool
rests_on(const struct judgement *j, const struct metric *m)
{
	size_t i;

	for (i = 0; j->metrics != NULL && i < j->control->n_tests; i++)
		if (j->metrics[i] == m && j->control->tests[i].judged)
			return true;
	return false;
}

/* The controls that m speaks against, "imc22/A1 P-FLT-1"; the first of them in *first. */
static size_t
accusers(const struct as_result *r, const struct metric *m, struct str *names, struct str *first)
{
	const struct judgement *j;
	size_t i, k, n = 0;

	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++) {
			j = &r->packs[i].judgements[k];
			if ((j->verdict != VERDICT_FAIL && j->verdict != VERDICT_WARN) || !rests_on(j, m))
				continue;
			if (n++ == 0)
				str_addf(first, "%s/%s", r->packs[i].pack->id, j->control->id);
			str_addf(names, "%s%s/%s", n > 1 ? ", " : "", r->packs[i].pack->id, j->control->id);
		}
	return n;
}

static void
record_lines(struct str *out, const struct record *r, struct text_style style)
{
	char buf[PREFIX_TEXT];
	struct str s = {0};
	unsigned column;

	str_adds(&s, "");
	if (r->has_prefix)
		str_addf(&s, "%-18s ", prefix_format(&r->prefix, buf));
	if (r->origin != ORIGIN_NONE)
		str_addf(&s, "AS%-7" PRIu32 " ", r->origin);
	lay_spaces(out, 4);
	lay_text(out, style, INK_PLAIN, s.p);
	column = 4 + lay_width(s.p);
	str_clear(&s);
	str_adds(&s, r->code);
	if (r->n_vps > 0)
		str_addf(&s, ", seen by %" PRIu32, r->n_vps);
	if (r->path != NULL && *r->path != '\0')
		str_addf(&s, ", path %s", r->path);
	lay_wrapped(out, style, column, column, s.p);
	str_addc(out, '\n');
	if (r->remedy != NULL && *r->remedy != '\0') {
		str_clear(&s);
		str_adds(&s, r->remedy);
		lay_spaces(out, 6);
		lay_text(out, style, INK_DIM, "-> ");
		lay_wrapped(out, style, 9, 9, s.p);
		str_addc(out, '\n');
	}
	str_release(&s);
}

static void
finding(struct str *out, const struct as_result *r, const struct metric *m, struct text_style style)
{
	struct str names = {0}, first = {0}, what = {0};
	size_t i, shown = m->n_records < SHOWN ? m->n_records : SHOWN;

	if (accusers(r, m, &names, &first) > 0) {
		if (metric_unit(m->id) != UNIT_BOOL)
			str_addf(&what, "%" PRIu64 " of %" PRIu64 " ", m->num, m->den);
		say_what(&what, m);
		lay_spaces(out, 2);
		lay_text(out, style, INK_BOLD, what.p);
		str_addc(out, '\n');
		lay_labelled(out, style, 4, 8, "in", names.p);
		for (i = 0; i < shown; i++)
			record_lines(out, &m->records[i], style);
		if (m->n_deciding > shown) {
			str_adds(out, "    ... and ");
			lay_count(out, m->n_deciding - shown);
			str_addf(out, " more: routemark explain %" PRIu32 " %s\n", r->asn, first.p);
		}
	}
	str_release(&names);
	str_release(&first);
	str_release(&what);
}

static bool
has_finding(const struct as_result *r, const struct metric *m)
{
	struct str names = {0}, first = {0};
	bool yes = m->state == METRIC_OK && m->n_deciding > 0 && accusers(r, m, &names, &first) > 0;

	str_release(&names);
	str_release(&first);
	return yes;
}

static void
findings(struct str *out, const struct as_result *r, struct text_style style)
{
	bool any = false;
	size_t i;

	for (i = 0; i < r->n_metrics; i++) {
		if (!has_finding(r, r->metrics[i]))
			continue;
		if (!any) {
			str_addc(out, '\n');
			lay_text(out, style, INK_BOLD, "Findings");
			str_addc(out, '\n');
		}
		any = true;
		finding(out, r, r->metrics[i], style);
	}
}

void
report_text_as(struct str *out, const struct assessment *head, const struct as_result *r,
    struct text_style style)
{
	struct str s = {0};
	char when[UTC_TEXT];
	size_t i;

	str_addf(&s, "AS%" PRIu32, r->asn);
	if (*r->name != '\0')
		str_addf(&s, " %s", r->name);
	if (*r->org != '\0')
		str_addf(&s, ", %s", r->org);
	str_addf(&s, "  (evidence as of %.10s)", utc_format(head->at, when));
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	for (i = lay_width(s.p); i > 0; i--)
		str_addc(out, '=');
	str_addc(out, '\n');
	if (!r->seen)
		str_adds(out, "This AS neither announces nor passes on any route in the data.\n");
	str_release(&s);
	for (i = 0; i < r->n_packs; i++)
		pack_table(out, &r->packs[i], style);
	findings(out, r, style);
}
