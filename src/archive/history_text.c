/* history_text: months side by side, as many as the width holds; then the next ones below. */
#include "archive/history.h"
#include "archive/history_int.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 15u		/* of the control's id */
#define COLUMN 20u		/* of a month: "100.00 % of 123,456" */

struct sheet {
	struct str *out;
	struct text_style style;
	const struct history_pack *p;
	const char *notes[26];		/* a letter for each, so that it can be told beside the change */
	size_t n_notes, unlettered;
};

/* --- notes --- */

/* The letter of a caution; '!' past the last one, whose text is printed all the same. */
static char
letter(struct sheet *t, const char *text)
{
	size_t i;

	for (i = 0; i < t->n_notes; i++)
		if (strcmp(t->notes[i], text) == 0)
			return (char)('a' + i);
	if (t->n_notes == sizeof(t->notes) / sizeof(*t->notes)) {
		t->unlettered++;
		return '!';
	}
	t->notes[t->n_notes++] = text;
	return (char)('a' + t->n_notes - 1);
}

static void
letters(struct sheet *t, struct str *s, const struct history_month *m, const struct history_cell *c)
{
	size_t i;

	if (m->n_cautions + c->n_cautions == 0)
		return;
	str_adds(s, " (");
	for (i = 0; i < m->n_cautions; i++)
		str_addc(s, letter(t, m->cautions[i]));
	for (i = 0; i < c->n_cautions; i++)
		str_addc(s, letter(t, c->cautions[i]));
	str_addc(s, ')');
}

static void
notes(struct sheet *t)
{
	char label[4] = "(a)";
	size_t i;

	for (i = 0; i < t->n_notes; i++) {
		label[1] = (char)('a' + i);
		lay_labelled(t->out, t->style, 2, 6, label, t->notes[i]);
	}
	if (t->unlettered > 0)
		lay_labelled(t->out, t->style, 2, 6, "(!)", "more such cautions than letters: --json has them all");
	if (t->n_notes > 0)
		lay_labelled(t->out, t->style, 2, 6, "",
		    "There the two months cannot be compared: what changed, or did not, may be the measuring and not the network.");
}

/* --- cells --- */

static void
padded(struct sheet *t, enum ink ink, const char *text)
{
	unsigned w = lay_width(text);

	lay_text(t->out, t->style, ink, text);
	lay_spaces(t->out, w < COLUMN ? COLUMN - w : 1);
}

static void
number_said(struct str *s, const struct history_cell *c)
{
	if (!c->has_number) {
		str_addc(s, '-');
		return;
	}
	switch (c->unit) {
	case UNIT_BOOL:
		str_adds(s, c->num > 0 ? "yes" : "no");
		return;
	case UNIT_COUNT:
		lay_count(s, c->num);
		break;
	case UNIT_SHARE:
	case UNIT_SCORE:
		say_percent(s, c->value);
		str_adds(s, " %");
		break;
	}
	str_adds(s, " of ");
	lay_count(s, c->den);
}

static void
change_said(struct sheet *t, struct str *s, const struct history_control *c, size_t i)
{
	const struct history_cell *now = &c->cells[i], *before = i > 0 ? &c->cells[i - 1] : NULL;

	if (before == NULL || !now->there || !before->there)
		return;
	if (now->has_change)
		history_change(s, now);
	else if (history_judged(now) || history_judged(before))
		str_adds(s, "change not known");
	else
		return;		/* nothing was judged in either */
	letters(t, s, &t->p->months[i], now);
}

static void
trim(struct str *out)
{
	while (out->len > 0 && out->p[out->len - 1] == ' ')
		out->p[--out->len] = '\0';
	str_addc(out, '\n');
}

/* A line of them, when there is one. */
static void
changes(struct sheet *t, const struct history_control *c, size_t from, size_t to)
{
	size_t start = t->out->len, i;
	struct str s = {0};
	bool any = false;

	lay_spaces(t->out, LEFT);
	for (i = from; i < to; i++) {
		str_clear(&s);
		change_said(t, &s, c, i);
		any |= s.len > 0;
		padded(t, INK_PLAIN, s.len > 0 ? s.p : "");
	}
	if (any) {
		trim(t->out);
	} else {
		t->out->len = start;
		t->out->p[start] = '\0';
	}
	str_release(&s);
}

static void
control(struct sheet *t, const struct history_control *c, size_t from, size_t to)
{
	struct str s = {0}, inside;
	size_t i;

	str_addf(&s, "  %s%s", c->id, c->required ? " *" : "");
	lay_text(t->out, t->style, INK_BOLD, s.p);
	lay_spaces(t->out, lay_width(s.p) < LEFT ? LEFT - lay_width(s.p) : 1);
	for (i = from; i < to; i++)
		padded(t, c->cells[i].there ? verdict_ink(c->cells[i].verdict) : INK_DIM,
		    c->cells[i].there ? verdict_label(c->cells[i].verdict) : "not asked");
	trim(t->out);
	lay_spaces(t->out, LEFT);
	for (i = from; i < to; i++) {
		str_clear(&s);
		if (c->cells[i].there)
			number_said(&s, &c->cells[i]);
		if (c->cells[i].has_number && !history_judged(&c->cells[i])) {	/* it did not count */
			inside = s;
			s = (struct str){0};
			str_addf(&s, "(%s)", inside.p);
			str_release(&inside);
		}
		padded(t, INK_PLAIN, s.len > 0 ? s.p : "");
	}
	trim(t->out);
	changes(t, c, from, to);
	str_release(&s);
}

/* --- a pack --- */

static void
months(struct sheet *t, size_t from, size_t to)
{
	struct str s = {0};
	size_t i;

	lay_text(t->out, t->style, INK_DIM, "  CONTROL");
	lay_spaces(t->out, LEFT - 9);
	for (i = from; i < to; i++) {
		str_clear(&s);
		str_addf(&s, "%s%s", t->p->months[i].label, t->p->months[i].gap ? ", after a gap" : "");
		padded(t, INK_DIM, s.p);
	}
	trim(t->out);
	lay_text(t->out, t->style, INK_DIM, "  full feeds");
	lay_spaces(t->out, LEFT - 12);
	for (i = from; i < to; i++) {
		str_clear(&s);
		str_addf(&s, "%" PRIu64 " IPv4, %" PRIu64 " IPv6", t->p->months[i].full_feed[FAMILY_V4],
		    t->p->months[i].full_feed[FAMILY_V6]);
		padded(t, INK_DIM, s.p);
	}
	trim(t->out);
	str_release(&s);
}

/* Of a control that no month could judge there is nothing to show side by side. */
static bool
ever_judged(const struct history_control *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c->cells[i].there && c->cells[i].verdict != VERDICT_NO_DATA &&
		    c->cells[i].verdict != VERDICT_NOT_APPLICABLE)
			return true;
	return false;
}

static void
never_judged(struct sheet *t)
{
	const struct history_pack *p = t->p;
	struct str s = {0};
	size_t i;

	for (i = 0; i < p->n_controls; i++)
		if (!ever_judged(&p->controls[i], p->n_months))
			str_addf(&s, "%s%s%s", s.len > 0 ? ", " : "", p->controls[i].id, p->controls[i].required ? " *" : "");
	if (s.len > 0)
		lay_labelled(t->out, t->style, 2, LEFT, "not judged", s.p);
	str_release(&s);
}

/* The last month's reasons that are in no number. */
static void
reasons(struct sheet *t)
{
	const struct history_pack *p = t->p;
	const struct history_cell *c;
	struct str s = {0};
	size_t i;

	for (i = 0; i < p->n_controls; i++) {
		c = &p->controls[i].cells[p->n_months - 1];
		if (!c->there || c->reason == NULL || !ever_judged(&p->controls[i], p->n_months))
			continue;
		str_clear(&s);
		str_addf(&s, "%s: %s", p->months[p->n_months - 1].label, c->reason);
		lay_labelled(t->out, t->style, 2, LEFT, p->controls[i].id, s.p);
	}
	str_release(&s);
}

static void
pack(struct str *out, const struct history_pack *p, struct text_style style)
{
	size_t fit = (style.width - LEFT) / COLUMN, from, to, i;
	struct sheet t = {.out = out, .style = style, .p = p};
	struct str s = {0};
	bool any = false;

	str_addf(&s, "%s %s%s", p->id, p->version, history_label(p->status));
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, s.p);
	str_adds(out, "  ");
	lay_wrapped(out, style, lay_width(s.p) + 2, 2, p->title);
	str_addc(out, '\n');
	for (i = 0; i < p->n_controls; i++)
		any |= ever_judged(&p->controls[i], p->n_months);
	for (from = 0; from < p->n_months && any; from = to) {
		to = from + (fit > 0 ? fit : 1) < p->n_months ? from + (fit > 0 ? fit : 1) : p->n_months;
		months(&t, from, to);
		for (i = 0; i < p->n_controls; i++)
			if (ever_judged(&p->controls[i], p->n_months))
				control(&t, &p->controls[i], from, to);
	}
	never_judged(&t);
	reasons(&t);
	notes(&t);
	str_release(&s);
}

/* --- all --- */

static void
network(struct str *out, const struct archive_history *h, struct text_style style)
{
	struct utc first = UTC_NONE, last = UTC_NONE;
	char a[UTC_TEXT], b[UTC_TEXT];
	struct str s = {0};
	size_t i;

	for (i = 0; i < h->n_packs; i++) {
		const struct history_pack *p = &h->packs[i];

		if (!utc_known(first) || p->months[0].at.s < first.s)
			first = p->months[0].at;
		if (!utc_known(last) || p->months[p->n_months - 1].at.s > last.s)
			last = p->months[p->n_months - 1].at;
	}
	str_addf(&s, "AS%" PRIu32 "%s%s%s%s", h->asn, *h->name != '\0' ? " " : "", h->name,
	    *h->org != '\0' ? ", " : "", h->org);
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, s.p);
	if (h->n_packs > 0)
		str_addf(out, "  (as of %.10s to %.10s)", utc_format(first, a), utc_format(last, b));
	str_addc(out, '\n');
	if (h->place.service != SERVICE_NONE)
		str_addf(out, "its holder is registered with %s%s%s, which says nothing of where it runs\n",
		    service_name((enum service_region)h->place.service), h->place.country[0] != '\0' ? ", country " : "",
		    h->place.country);
	if (!h->known)
		str_adds(out, "NO DATA: what was asked for is in no assessment and no incident of the archive\n");
	for (i = 0; i < h->n_packs; i++)
		pack(out, &h->packs[i], style);
	history_windows_text(out, h, style);
	str_release(&s);
}

static void
legend(struct str *out, struct text_style style)
{
	lay_labelled(out, style, 0, 10, "numbers", "that set the verdict, of how many, and below them the change since the "
	    "month to the left; (in brackets) what did not count: too old, of too few, or not enough by itself");
	lay_labelled(out, style, 0, 10, "*", "required by the pack; \"not judged\" lists controls that no month could judge");
}

void
history_text(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q, struct text_style style)
{
	bool packs = false, windows = false;
	char when[UTC_TEXT];
	struct str s = {0};
	size_t i;

	if (utc_known(q->as_of))
		str_addf(&s, "what was known at %s; ", utc_format(q->as_of, when));
	for (i = 0; i < n; i++) {
		packs |= h[i].n_packs > 0;
		windows |= h[i].n_windows > 0;
	}
	str_addf(&s, q->all ? "every %s" : "the newest %s of each month", q->incidents || (windows && !packs) ? "window" :
	    windows ? "assessment and window" : "assessment");
	str_addf(&s, ", each about its own %s, none about today", windows ? "time" : "moment");
	lay_labelled(out, style, 0, 10, "months", s.p);
	if (packs || !windows)
		legend(out, style);
	history_windows_legend(out, h, n, style);
	for (i = 0; i < n; i++)
		network(out, &h[i], style);
	str_release(&s);
}
