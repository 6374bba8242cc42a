/* history_windows_text: a line for each window, role, class and confidence. */
#include "archive/history.h"
#include "archive/history_int.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

/* Widths; together 100 with the labels of --all, when no number has more than these. */
#define SEEN 6u
#define WHAT 23u		/* "misorigination possible" */
#define NUMBER 9u		/* " 110,593" */
#define OPEN 6u
#define LASTED 15u		/* "30 d 23:59:59*" */

static void
right(struct str *out, const char *text, unsigned width)
{
	unsigned w = lay_width(text);

	lay_spaces(out, w < width ? width - w : 1);
	str_adds(out, text);
}

static void
right_count(struct str *out, uint64_t n, unsigned width)
{
	struct str s = {0};

	lay_count(&s, n);
	right(out, s.p, width);
	str_release(&s);
}

/* "1 d 02:03:04", cut to whole seconds. */
static void
right_length(struct str *out, uint64_t us, bool marked, unsigned width)
{
	uint64_t s = us / 1000000;
	struct str t = {0};

	if (s >= 86400)
		str_addf(&t, "%" PRIu64 " d ", s / 86400);
	str_addf(&t, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%s", s / 3600 % 24, s / 60 % 60, s % 60, marked ? "*" : " ");
	right(out, t.p, width);
	str_release(&t);
}

static void
head(struct str *out, struct text_style style, unsigned label)
{
	struct str s = {0};

	str_adds(&s, "  WINDOW");
	lay_spaces(&s, label > 6 ? label - 6 : 0);
	right(&s, "SEEN%", SEEN);
	str_adds(&s, " ROLE   WHAT");
	lay_spaces(&s, WHAT - 4);
	right(&s, "NUMBER", NUMBER);
	right(&s, "OPEN", OPEN);
	right(&s, "LASTED ", LASTED);
	right(&s, "NEW", NUMBER);
	right(&s, "ENDED", OPEN);
	right(&s, "STILL", OPEN);
	lay_text(out, style, INK_DIM, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

static void
front(struct str *out, const struct history_window *w, bool first, unsigned label)
{
	const struct archive_window *of = &w->of->w;
	struct str s = {0};

	str_adds(out, "  ");
	if (!first) {
		lay_spaces(out, label + SEEN);
		return;
	}
	str_adds(out, w->label);
	lay_spaces(out, label - lay_width(w->label));
	if (of->seen_s > 0 && of->seen_s * 10000 < (uint64_t)(of->to.s - of->from.s))
		str_adds(&s, "<0.01");
	else if (of->seen_s == (uint64_t)(of->to.s - of->from.s))
		str_adds(&s, "100");
	else
		say_percent(&s, (int64_t)(of->seen_s * 1000000 / (uint64_t)(of->to.s - of->from.s)));
	right(out, s.p, SEEN);
	str_release(&s);
}

/* Of a class once, with the first of its confidences: an incident may have become surer. */
static void
change(struct str *out, const struct history_window *w, enum archive_role role, enum offence_class class)
{
	const struct history_change *c = history_change_of(w, role, class);

	if (c == NULL) {
		right(out, "-", NUMBER);
		right(out, "-", OPEN);
		right(out, "-", OPEN);
		return;
	}
	right_count(out, c->begun, NUMBER);
	right_count(out, c->ended, OPEN);
	right_count(out, c->still, OPEN);
}

static void
what(struct str *out, enum archive_role role, enum offence_class class, const char *confidence)
{
	struct str s = {0};

	str_addf(&s, "%s%s%s", offence_class_word(class), *confidence != '\0' ? " " : "", confidence);
	str_adds(out, role == ROLE_CULPRIT ? " did    " : " let in ");
	str_add_plain(out, str_span(&s));
	lay_spaces(out, lay_width(s.p) < WHAT ? WHAT - lay_width(s.p) : 0);
	str_release(&s);
}

/* What had no length at all has none at many vantage points either: that says nothing. */
static bool
never_enough(const struct archive_party *p)
{
	return p->enough_us == 0 && p->seen_us > 0;
}

static void
party(struct str *out, const struct history_window *w, size_t i, unsigned label)
{
	const struct archive_party *p = &w->parties[i];

	front(out, w, i == 0, label);
	what(out, p->role, p->class, p->confidence);
	right_count(out, p->incidents, NUMBER);
	right_count(out, p->open, OPEN);
	right_length(out, p->seen_us, never_enough(p), LASTED);
	if (i == 0 || w->parties[i - 1].role != p->role || w->parties[i - 1].class != p->class)
		change(out, w, p->role, p->class);
	while (out->p[out->len - 1] == ' ')
		out->len--;
	str_addc(out, '\n');
}

/* What was there in the window before, and nothing of it now. */
static bool
gone(struct str *out, const struct history_window *w, bool first, unsigned label)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < w->n_changes; i++) {
		for (k = 0; k < w->n_parties; k++)
			if (w->parties[k].role == w->changes[i].role && w->parties[k].class == w->changes[i].class)
				break;
		if (k < w->n_parties || w->changes[i].ended == 0)
			continue;
		front(out, w, first && !any, label);
		what(out, w->changes[i].role, w->changes[i].class, "");
		right_count(out, 0, NUMBER);
		right(out, "0", OPEN);
		right(out, "- ", LASTED);
		change(out, w, w->changes[i].role, w->changes[i].class);
		str_addc(out, '\n');
		any = true;
	}
	return any;
}

static void
scores(struct str *out, const struct history_window *w, struct text_style style, unsigned label)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < w->n_scores; i++) {
		uint32_t ppm = curve_ppm(w->of->w.curve, w->scores[i].raw_e7);

		str_addf(&s, "%s%s ", i > 0 ? "; " : "", incident_metric_word(w->scores[i].metric));
		say_percent(&s, ppm);
		str_addf(&s, " %% %s (raw %" PRIu64 ".%" PRIu64 ")", band_word(band_of(ppm)), w->scores[i].raw_e7 / 10000000,
		    w->scores[i].raw_e7 / 1000000 % 10);
	}
	if (s.len > 0) {
		str_addf(&s, "; curve %s", curve_word(w->of->w.curve));
		lay_labelled(out, style, 2, label + 4, "", s.p);
	}
	str_release(&s);
}

static void
cautions(struct str *out, const struct archive_history *h, struct text_style style, unsigned label)
{
	struct str s = {0};
	size_t i, k;

	for (i = 0; i < h->n_windows; i++) {
		str_clear(&s);
		for (k = 0; k < h->windows[i].n_cautions; k++)
			str_addf(&s, "%s%s", k > 0 ? "; " : "", h->windows[i].cautions[k]);
		if (s.len > 0)
			lay_labelled(out, style, 2, label + 4, h->windows[i].label, s.p);
	}
	str_release(&s);
}

void
history_windows_text(struct str *out, const struct archive_history *h, struct text_style style)
{
	bool any;
	unsigned label = 7;
	struct str s = {0};
	size_t i, k;

	if (h->n_windows == 0)
		return;
	for (i = 0; i < h->n_windows; i++)
		label = lay_width(h->windows[i].label) > label ? lay_width(h->windows[i].label) : label;
	str_addf(&s, "incidents of AS%" PRIu32, h->asn);
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, s.p);
	str_adds(out, "  ");
	lay_wrapped(out, style, lay_width(s.p) + 2, 2, "what it did, and what it let in from the next network");
	str_addc(out, '\n');
	head(out, style, label);
	for (i = 0; i < h->n_windows; i++) {
		const struct history_window *w = &h->windows[i];

		for (k = 0; k < w->n_parties; k++)
			party(out, w, k, label);
		any = gone(out, w, w->n_parties == 0, label);
		if (w->n_parties == 0 && !any) {
			front(out, w, true, label);
			str_adds(out, " none found\n");
		}
		scores(out, w, style, label);
	}
	cautions(out, h, style, label);
	str_release(&s);
}

void
history_windows_legend(struct str *out, const struct archive_history *h, size_t n, struct text_style style)
{
	bool any = false, marked = false;
	size_t i, k, m;

	for (i = 0; i < n; i++)
		for (k = 0; k < h[i].n_windows; k++) {
			any = true;
			for (m = 0; m < h[i].windows[k].n_parties; m++)
				marked |= never_enough(&h[i].windows[k].parties[m]);
		}
	if (!any)
		return;
	lay_labelled(out, style, 0, 10, "incidents", "SEEN: of the window, by at least one collector. WHAT: the class, and how surely. LASTED: that anybody saw at "
	    "least one of them. OPEN: there at the end. NEW: not in the window before (same class, prefix, origin, culprit). "
	    "ENDED: open at the end of that one, and not at the end of this. STILL: open at both ends");
	if (marked)
		lay_labelled(out, style, 0, 10, "00:00:00*", "never at as many vantage points at once as an incident needs to count");
}
