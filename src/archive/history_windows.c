/* history_windows: which windows of time, what a network did in each, and what changed since the one before. */
#include "archive/history.h"
#include "archive/history_int.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SAME_VPS_PERCENT 90u	/* of the larger of two windows: with fewer in common they did not look from the same places */

/* --- which --- */

static unsigned
bits(uint32_t v)
{
	unsigned n = 0;

	for (; v != 0; v &= v - 1)
		n++;
	return n;
}

/* Of two of a month: who ends later, is longer, was searched for more, came later. */
static bool
rather(const struct archive_window_entry *a, const struct archive_window_entry *b)
{
	if (a->w.to.s != b->w.to.s)
		return a->w.to.s > b->w.to.s;
	if (a->w.from.s != b->w.from.s)
		return a->w.from.s < b->w.from.s;
	if (bits(a->w.looked_for) != bits(b->w.looked_for))
		return bits(a->w.looked_for) > bits(b->w.looked_for);
	return a->id > b->id;
}

/* A window is known when its last second is over. */
static bool
is_known(const struct archive_window_entry *e, struct utc as_of)
{
	return !utc_known(as_of) || e->w.to.s - 1 <= as_of.s;
}

static size_t
choose(const struct history_query *q, const struct archive_window_entry *all, size_t n, struct history_window *out)
{
	struct history_window *last;
	size_t kept = 0, i;

	for (i = 0; i < n; i++) {
		if (!is_known(&all[i], q->as_of))
			continue;
		last = kept > 0 ? &out[kept - 1] : NULL;
		if (q->all || last == NULL || !history_same_month(last->of->w.from, all[i].w.from))
			out[kept++] = (struct history_window){.of = &all[i], .first = last == NULL};
		else if (rather(&all[i], last->of))
			last->of = &all[i];
	}
	return kept;
}

/* --- cautions --- */

static void
caution(struct arena *arena, struct history_window *w, const char *text)
{
	const char **more = arena_array(arena, w->n_cautions + 1, sizeof(*more));

	if (w->n_cautions > 0)
		memcpy(more, w->cautions, w->n_cautions * sizeof(*more));
	more[w->n_cautions++] = text;
	w->cautions = more;
}

static bool
seen_little(const struct archive_window *w)
{
	return w->seen_s * 1000000 < (uint64_t)(w->to.s - w->from.s) * WINDOW_SEEN_MIN_PPM;
}

/* Its scores are of the rest alone. */
static void
unscored(struct arena *arena, struct history_window *x)
{
	struct str s = {0};
	unsigned c;

	for (c = 0; c < OFF_N; c++)
		if ((x->of->w.not_scored >> c & 1) != 0)
			str_addf(&s, "%s%s", s.len > 0 ? ", " : "", offence_class_word((enum offence_class)c));
	if (s.len > 0)
		caution(arena, x, arena_printf(arena, "not scored: %s", s.p));
	str_release(&s);
}

/* By what it is judged. */
static void
about(struct arena *arena, struct history_window *x)
{
	const struct archive_window *w = &x->of->w;
	char from[UTC_TEXT], to[UTC_TEXT];
	struct str s = {0};
	unsigned c;
	size_t i;

	if (!history_same_month((struct utc){w->from.s - 1}, w->from) && !history_same_month((struct utc){w->to.s - 1}, w->to) &&
	    history_same_month(w->from, (struct utc){w->to.s - 1}))
		;	/* a whole month, as its label says */
	else
		caution(arena, x, arena_printf(arena, "the window is %.16s to %.16s", utc_format(w->from, from),
		    utc_format(w->to, to)));
	if (seen_little(w))
		caution(arena, x, "most of what happened may be missing: collectors saw too little of it");
	for (i = 0; i < w->n_dated; i++)
		str_addf(&s, "%s%s %" PRId64 " days %s it", i > 0 ? ", " : "", w->dated[i].evidence,
		    w->dated[i].days < 0 ? -w->dated[i].days : w->dated[i].days, w->dated[i].days < 0 ? "before" : "after");
	if (s.len > 0)
		caution(arena, x, arena_printf(arena, "judged by evidence of another time: %s", s.p));
	unscored(arena, x);
	str_clear(&s);
	for (c = 0; c < OFF_N; c++)
		if ((w->looked_for >> c & 1) == 0)
			str_addf(&s, "%s%s", s.len > 0 ? ", " : "", offence_class_word((enum offence_class)c));
	if (s.len > 0)
		caution(arena, x, arena_printf(arena, "NO DATA on %s: not looked for, or no evidence", s.p));
	str_release(&s);
}

static int
by_addr(const void *a, const void *b)
{
	const struct archive_vantage *x = a, *y = b;

	return addr_cmp(&x->addr, &y->addr);
}

static bool
same_places(struct arena *arena, const struct archive_window *a, const struct archive_window *b)
{
	struct archive_vantage *x = arena_raw(arena, a->n_vps + 1, sizeof(*x)), *y = arena_raw(arena, b->n_vps + 1, sizeof(*y));
	size_t i = 0, k = 0, same = 0, larger = a->n_vps > b->n_vps ? a->n_vps : b->n_vps;
	int c;

	if (a->n_vps == 0 || b->n_vps == 0)
		return a->n_vps == b->n_vps;
	memcpy(x, a->vps, a->n_vps * sizeof(*x));
	memcpy(y, b->vps, b->n_vps * sizeof(*y));
	qsort(x, a->n_vps, sizeof(*x), by_addr);
	qsort(y, b->n_vps, sizeof(*y), by_addr);
	while (i < a->n_vps && k < b->n_vps) {
		c = addr_cmp(&x[i].addr, &y[k].addr);
		same += c == 0;
		i += c <= 0;
		k += c >= 0;
	}
	return same * 100 >= larger * SAME_VPS_PERCENT;
}

static void
against(struct arena *arena, struct history_window *x, const struct history_window *before)
{
	const struct archive_window *w = &x->of->w, *b = &before->of->w;

	if (b->to.s < w->from.s)
		caution(arena, x, "the time since the window before is not in the archive");
	if (b->to.s > w->from.s)
		caution(arena, x, "it overlaps the window before");
	if (strcmp(w->parameters, b->parameters) != 0 || w->curve != b->curve)
		caution(arena, x, "parameters or curve are not those of the window before");
	if (w->looked_for != b->looked_for)
		caution(arena, x, "it was not searched for the same classes as the window before");
	if (seen_little(b))
		caution(arena, x, "the window before was hardly seen: what is new may be old");
	if (!same_places(arena, w, b))
		caution(arena, x, "other vantage points than in the window before: what is new, or ended, may be the looking");
}

/* --- all --- */

static void
label_make(const struct history_query *q, struct arena *arena, struct history_window *w)
{
	char text[UTC_TEXT];

	w->label = arena_printf(arena, "%.*s", q->all ? 10 : 7, utc_format(w->of->w.from, text));
}

/* Which of two it is, when they begin on one day. */
static void
named(struct arena *arena, struct history_window *w, const struct history_window *other)
{
	char hex[SHA256_HEX + 1];

	if (strcmp(w->label, other->label) != 0 || w->n_cautions > 0)
		return;
	sha256_hex(w->of->digest, hex);
	caution(arena, w, arena_printf(arena, "this is window %.16s", hex));
}

static enum err
window_make(struct archive *a, uint32_t asn, struct arena *arena, struct history_window *w,
    const struct history_window *before)
{
	struct archive_party *parties;
	struct archive_score *scores;

	TRY(archive_parties(a, w->of->id, asn, arena, &parties, &w->n_parties));
	TRY(archive_window_scores(a, w->of->id, asn, arena, &scores, &w->n_scores));
	w->parties = parties;
	w->scores = scores;
	about(arena, w);
	if (before == NULL)
		return OK;
	against(arena, w, before);
	return history_changes_make(a, asn, arena, w, before);
}

enum err
history_windows_make(struct archive *a, const struct history_query *q, struct arena *arena, struct archive_history *out,
    bool *known)
{
	struct archive_window_entry *all;
	size_t n, i;

	*known = false;
	TRY(archive_windows(a, arena, &all, &n));
	for (i = 0; i < n; i++)
		if (is_known(&all[i], q->as_of))
			TRY(archive_window_lists(a, arena, &all[i]));
	out->windows = arena_array(arena, n + 1, sizeof(*out->windows));
	out->n_windows = choose(q, all, n, out->windows);
	for (i = 0; i < out->n_windows; i++)
		label_make(q, arena, &out->windows[i]);
	for (i = 1; i < out->n_windows; i++) {
		named(arena, &out->windows[i - 1], &out->windows[i]);
		named(arena, &out->windows[i], &out->windows[i - 1]);
	}
	for (i = 0; i < out->n_windows; i++) {
		TRY(window_make(a, out->asn, arena, &out->windows[i], i > 0 ? &out->windows[i - 1] : NULL));
		*known |= out->windows[i].n_parties > 0 || out->windows[i].n_scores > 0;
	}
	return OK;
}
