/* text: the table and the findings of one AS, for a terminal. */
#include "report/disputes.h"
#include "report/text_sheet.h"
#include "rule/say.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define DISPUTES_COLUMN 14	/* under the verdict */

/* What was appended from from on (ASCII), right-aligned. */
static void
right(struct str *out, size_t from, size_t width)
{
	size_t w = out->len - from, pad = w < width ? width - w : 0;

	str_fill(out, ' ', pad);
	memmove(out->p + from + pad, out->p + from, w);
	memset(out->p + from, ' ', pad);
}

void
text_number(struct str *out, const struct metric *m)
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

void
text_why(struct str *out, const struct judgement *j, struct text_style style)
{
	size_t from = out->len;

	say_brief(out, j);
	lay_wrap(out, style, WHY_COLUMN, WHY_COLUMN, from);
	str_addc(out, '\n');
}

static void
control_row(struct str *out, const struct sheet_row *row, const struct judgement *j, struct text_style style)
{
	if (j->because == BECAUSE_CANNOT) {
		str_add(out, str_span(&row->cannot));
		return;
	}
	str_add(out, str_span(&row->left[j->verdict]));
	text_number(out, j->decides);
	if (j->because == BECAUSE_NUMBER && !say_aside(NULL, j->decides))
		str_add(out, str_span(&row->number[j->test - j->control->tests][j->is_cdn][j->decides->num > 0]
		    [j->wants_more]));
	else
		text_why(out, j, style);
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
pack_table(struct str *out, const struct sheet_pack *sheet, const struct as_result *r, const struct pack_result *p,
    struct text_style style)
{
	const struct disputed_control *d;
	size_t i, disputed = 0;

	str_add(out, str_span(&sheet->title));
	for (i = 0; i < p->n; i++) {
		control_row(out, &sheet->rows[i], &p->judgements[i], style);
		d = r->n_disputed > 0 ? disputed_of(r, p->pack, p->judgements[i].control) : NULL;
		if (d != NULL)
			report_disputes_text(out, d, DISPUTES_COLUMN, style);
		disputed += d != NULL;
	}
	tally_line(out, p);
	if (disputed > 0) {
		lay_spaces(out, 2);
		lay_wrapped(out, style, 2, 2, disputes_note);
		str_addc(out, '\n');
	}
}

/* --- findings --- */

static bool
accuses(const struct judgement *j)
{
	return (j->verdict == VERDICT_FAIL || j->verdict == VERDICT_WARN) && j->metrics != NULL;
}

uint64_t
report_against(const struct as_result *r)
{
	const struct judgement *j;
	uint64_t against = 0;
	size_t i, k, t;

	_Static_assert(METRIC_N <= 64, "a bit for each metric");
	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++) {
			j = &r->packs[i].judgements[k];
			for (t = 0; accuses(j) && t < j->control->n_tests; t++)
				if (judgement_rests(j, t) && j->metrics[t]->state == METRIC_OK &&
				    j->metrics[t]->n_deciding > 0)
					against |= UINT64_C(1) << j->metrics[t]->id;
		}
	return against;
}

static bool
rests_on(const struct judgement *j, const struct metric *m)
{
	size_t i;

	for (i = 0; i < j->control->n_tests; i++)
		if (j->metrics[i] == m && judgement_rests(j, i))
			return true;
	return false;
}

static void
add_name(struct str *out, const struct pack *p, const struct control *c)
{
	str_adds(out, p->id);
	str_addc(out, '/');
	str_adds(out, c->id);
}

/* The controls that m speaks against, "imc22/A1 P-FLT-1", or only the first of them. */
static void
accusers(struct str *out, const struct as_result *r, const struct metric *m, bool first)
{
	const struct judgement *j;
	size_t i, k, n = 0;

	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++) {
			j = &r->packs[i].judgements[k];
			if (!accuses(j) || !rests_on(j, m) || (first && n > 0))
				continue;
			str_adds(out, n++ > 0 ? ", " : "");
			add_name(out, r->packs[i].pack, j->control);
		}
}

static void
record_lines(struct str *out, const struct record *r, struct text_style style)
{
	char buf[PREFIX_TEXT];
	size_t line = out->len, from;
	unsigned column;

	str_adds(out, "    ");
	if (r->has_prefix)
		str_addf(out, "%-18s ", prefix_format(&r->prefix, buf));
	if (r->origin != ORIGIN_NONE)
		str_addf(out, "AS%-7" PRIu32 " ", r->origin);
	column = (unsigned)(out->len - line);
	from = out->len;
	str_adds(out, r->code);
	if (r->n_vps > 0) {
		str_adds(out, ", seen by ");
		str_addu(out, r->n_vps);
	}
	if (r->path != NULL && *r->path != '\0') {
		str_adds(out, ", path ");
		str_adds(out, r->path);
	}
	lay_wrap(out, style, column, column, from);
	str_addc(out, '\n');
	if (r->remedy != NULL && *r->remedy != '\0') {
		str_adds(out, "      ");
		lay_text(out, style, INK_DIM, "-> ");
		lay_wrapped(out, style, 9, 9, r->remedy);
		str_addc(out, '\n');
	}
}

static void
finding(struct str *out, const struct as_result *r, const struct metric *m, struct text_style style)
{
	size_t i, shown = m->n_records < REPORT_FINDINGS ? m->n_records : REPORT_FINDINGS, from;

	str_adds(out, "  ");
	lay_ink(out, style, INK_BOLD);
	say_count(out, m);
	say_what(out, m);
	lay_ink_end(out, style, INK_BOLD);
	str_addc(out, '\n');
	lay_label(out, style, 4, 8, "in");
	from = out->len;
	accusers(out, r, m, false);
	lay_wrap(out, style, 8, 8, from);
	str_addc(out, '\n');
	for (i = 0; i < shown; i++)
		record_lines(out, &m->records[i], style);
	if (m->n_deciding > shown) {
		str_adds(out, "    ... and ");
		lay_count(out, m->n_deciding - shown);
		str_adds(out, " more: routemark explain ");
		str_addu(out, r->asn);
		str_addc(out, ' ');
		accusers(out, r, m, true);
		str_addc(out, '\n');
	}
}

static void
findings(struct str *out, const struct as_result *r, struct text_style style)
{
	uint64_t against = report_against(r);
	size_t i;

	if (against == 0)
		return;
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, "Findings");
	str_addc(out, '\n');
	for (i = 0; i < r->n_metrics; i++)
		if (against & UINT64_C(1) << r->metrics[i]->id)
			finding(out, r, r->metrics[i], style);
}

void
report_text_as(struct str *out, const struct text_sheet *sheet, const struct as_result *r)
{
	struct text_style style = sheet->style;
	size_t i;

	lay_as(out, style, r, sheet->dated);
	assert(r->n_packs == sheet->head->n_packs);
	for (i = 0; i < r->n_packs; i++)
		pack_table(out, &sheet->packs[i], r, &r->packs[i], style);
	findings(out, r, style);
}
