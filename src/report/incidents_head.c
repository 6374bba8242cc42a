/* incidents_head: what a timeline rests on, and the scores that follow from it. */
#include "report/incidents_lay.h"
#include "metric/excuse.h"
#include "base/arena.h"
#include "metric/scored.h"
#include "report/score.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_END 10u

const char *
incidents_lack(unsigned class)
{
	switch ((enum offence_class)class) {
	case OFF_ADMIN_PREFIX:
	case OFF_ADMIN_ASN:
		return "no registry statistics in the evidence";
	case OFF_INVALID:
		return "no VRPs in the evidence";
	case OFF_MISORIGIN:
		return "neither VRPs nor route objects in the evidence";
	case OFF_LEAK:
		return "neither AS relationships nor ASPAs in the evidence";
	case OFF_BOGON_PREFIX:
	case OFF_BOGON_ASN:
	case OFF_N:
		break;
	}
	return "";
}

void
incidents_length(struct str *out, uint64_t s)
{
	if (s >= INCIDENT_DAY_S)
		str_addf(out, "%" PRIu64 " d ", s / INCIDENT_DAY_S);
	s %= INCIDENT_DAY_S;
	str_addf(out, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, s / 3600, s / 60 % 60, s % 60);
}

void
incidents_right(struct str *out, uint64_t s, bool known, unsigned width)
{
	struct str t = {0};

	if (known)
		incidents_length(&t, s);
	else
		str_adds(&t, "-");
	str_addf(out, "%*s", (int)width, t.p);
	str_release(&t);
}

static void
share(struct str *t, uint64_t part, uint64_t whole)
{
	uint64_t e4 = whole > 0 ? part * 10000 / whole : 0;

	if (e4 == 0 && part > 0)
		str_adds(t, "less than 0.01 %");
	else
		str_addf(t, "%" PRIu64 ".%02" PRIu64 " %%", e4 / 100, e4 % 100);
}

static void
say_window(struct str *t, const struct window *w)
{
	char a[UTC_TEXT], b[UTC_TEXT];

	str_addf(t, "%.10s %.5s to %.10s %.5s UTC; of it ", utc_format(w->from, a), a + 11, utc_format(w->to, b), b + 11);
	incidents_length(t, w->seen_s);
	str_adds(t, " was seen by a collector, ");
	share(t, w->seen_s, (uint64_t)(w->to.s - w->from.s));
}

static void
say_heard(struct str *t, const struct window *w)
{
	uint32_t full[FAMILY_N] = {0}, files = 0, i;

	for (i = 0; i < w->coverage.n_vps; i++) {
		full[0] += w->coverage.vps[i].full_feed[0];
		full[1] += w->coverage.vps[i].full_feed[1];
	}
	for (i = 0; i < w->coverage.n_collectors; i++)
		files += w->coverage.collectors[i].n_files;
	str_addf(t, "%zu collector%s, %zu vantage points (full-feed: %" PRIu32 " IPv4, %" PRIu32 " IPv6), %" PRIu32
	    " update file%s, %" PRIu32 " table%s", w->coverage.n_collectors, w->coverage.n_collectors == 1 ? "" : "s",
	    w->coverage.n_vps, full[0], full[1], files, files == 1 ? "" : "s", w->counts.tables,
	    w->counts.tables == 1 ? "" : "s");
}

static void
say_judged(struct str *t, const struct window_counts *n)
{
	lay_count(t, n->announced);
	str_adds(t, " announcements of a prefix, ");
	lay_count(t, n->offending);
	str_adds(t, " of them offending; ");
	lay_count(t, n->withdrawn);
	str_adds(t, " withdrawals; ");
	lay_count(t, n->resets);
	str_addf(t, " session%s lost", n->resets == 1 ? "" : "s");
	if (n->repeated > 0) {
		str_adds(t, "; ");
		lay_count(t, n->repeated);
		str_adds(t, " told by two files, counted once");
	}
}

static void
say_counts(struct str *t, const struct incidents_sheet *s)
{
	const struct timeline_result *r = &s->window->result;
	unsigned f;

	for (f = 0; f < FAMILY_N; f++) {
		str_addf(t, "%s%s: at %s at least %" PRIu32 " at once, bogons at %" PRIu32, f > 0 ? "; " : "",
		    f == FAMILY_V4 ? "IPv4" : "IPv6",
		    r->by_full_feed[f] ? "full feeds," : "vantage points (no table tells which are full feeds),",
		    r->need[OFF_INVALID][f], r->need[OFF_BOGON_PREFIX][f]);
	}
}

/* Gaps by collector: how many and how long in all. */
static void
say_gaps(struct str *t, const struct window *w)
{
	char a[UTC_TEXT];
	size_t i, k;

	for (i = 0; i < w->coverage.n_collectors; i++) {
		const struct coverage_collector *c = &w->coverage.collectors[i];
		uint64_t sum = 0;

		for (k = 0; k < c->n_gaps; k++)
			sum += (uint64_t)(c->gaps[k].to_s - c->gaps[k].from_s);
		if (c->n_gaps == 0)
			continue;
		str_addf(t, "%scollector %zu: %zu, ", t->len > 0 ? "; " : "", i + 1, c->n_gaps);
		incidents_length(t, sum);
		str_addf(t, " in all, the first at %.16s", utc_format((struct utc){c->gaps[0].from_s}, a));
	}
	if (t->len == 0)
		str_adds(t, "none");
	else
		str_adds(t, "; they end nothing");
}

static void
say_before(struct str *t, const struct window_counts *n)
{
	if (n->seed_tables == 0)
		str_adds(t, "no table of the day before the first update: what was there is seen only where it is told again or a later "
		    "table has it; ");
	if (n->history_tables == 0) {
		str_adds(t, "nothing is known to have been usual");
		return;
	}
	lay_count(t, n->history_routes);
	str_addf(t, " routes in %" PRIu32 " table%s of the month before are what was usual", n->history_tables,
	    n->history_tables == 1 ? "" : "s");
}

/* What could have spoken for who is named, and is not at hand: then nothing of that class is surer than possible. */
static void
say_excuses(struct str *t, const struct incidents_sheet *s)
{
	static const struct { enum offence_class class; uint32_t rests; const char *what; } of[] = {
		{OFF_MISORIGIN, EXCUSES_MISORIGIN, "misorigination"}, {OFF_LEAK, EXCUSES_LEAK, "leak"}};
	const struct window *w = s->window;
	uint32_t shown = w->classes & s->classes, at_hand = excuses_at_hand(s->world, w->begin, w->to), lacking = 0;
	const char *between = "no ";
	size_t i;

	for (i = 0; i < 2; i++) {
		if ((shown >> of[i].class & 1) == 0 || (of[i].rests & ~at_hand) == 0)
			continue;
		str_addf(t, "%s%s", between, of[i].what);
		between = " and no ";
		lacking |= of[i].rests & ~at_hand;
	}
	if (lacking == 0)
		return;
	str_adds(t, " is surer than possible, for what could speak for a network is not at hand: ");
	excuses_lack_say(t, s->world, lacking, w->begin, w->to);
}

void
incidents_head(struct str *out, const struct incidents_sheet *s, struct text_style style)
{
	const struct window *w = s->window;
	struct str t = {0};

	say_window(&t, w);
	lay_labelled(out, style, 0, LABEL_END, "window", t.p);
	str_clear(&t);
	say_heard(&t, w);
	lay_labelled(out, style, 0, LABEL_END, "heard", t.p);
	str_clear(&t);
	say_judged(&t, &w->counts);
	lay_labelled(out, style, 0, LABEL_END, "judged", t.p);
	str_clear(&t);
	say_counts(&t, s);
	lay_labelled(out, style, 0, LABEL_END, "counts", t.p);
	str_clear(&t);
	say_gaps(&t, w);
	lay_labelled(out, style, 0, LABEL_END, "gaps", t.p);
	str_clear(&t);
	say_before(&t, &w->counts);
	lay_labelled(out, style, 0, LABEL_END, "before", t.p);
	str_clear(&t);
	say_excuses(&t, s);
	if (t.len > 0)
		lay_labelled(out, style, 0, LABEL_END, "doubt", t.p);
	str_clear(&t);
	watch_dated_say(&t, s->window, s->world, OFF_N);	/* nobody may take it for what was so then */
	if (t.len > 0)
		lay_labelled(out, style, 0, LABEL_END, "dated", t.p);
	str_clear(&t);
	if (!scored_grounds(w)) {	/* as audit, which has no data then */
		str_adds(&t, "none: ");
		scored_grounds_say(&t, w);
	} else {
		(void)scored_lacks(&t, w, s->world);
	}
	if (t.len > 0)
		lay_labelled(out, style, 0, LABEL_END, "scores", t.p);
	str_release(&t);
}

/* --- scores --- */

static void
score_line(struct str *out, const struct incidents_sheet *s, const struct incident_score *sc, struct text_style style)
{
	uint32_t ppm = curve_ppm(s->curve, sc->raw_e7);
	enum band band = band_of(ppm);
	struct str raw = {0}, percent = {0};

	score_decimal(&raw, sc->raw_e7, 7);
	score_decimal(&percent, (ppm + 50) / 100, 2);
	str_addf(out, "  AS%-10" PRIu32 "  %-6s %5zu  %7s  %7s %%  ", sc->asn, incident_metric_word(sc->metric), sc->n,
	    raw.p, percent.p);
	lay_text(out, style, band == BAND_READY ? INK_GOOD : band == BAND_ASPIRING ? INK_WARN : INK_BAD, band_word(band));
	str_addf(out, "%*s%s\n", (int)(10 - strlen(band_word(band))), "", incident_metric_text(sc->metric));
	str_release(&raw);
	str_release(&percent);
}

/* The worst first. */
static int
score_cmp(const void *pa, const void *pb)
{
	const struct incident_score *a = *(const struct incident_score *const *)pa;
	const struct incident_score *b = *(const struct incident_score *const *)pb;

	if (a->raw_e7 != b->raw_e7)
		return a->raw_e7 > b->raw_e7 ? -1 : 1;
	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	return (a->metric > b->metric) - (a->metric < b->metric);
}

void
incidents_scores(struct str *out, const struct incidents_sheet *s, struct text_style style)
{
	const struct incident_score **list = xcalloc(s->scores->n_scores, sizeof(const struct incident_score *));
	size_t i, n = 0;

	for (i = 0; i < s->scores->n_scores; i++)
		if (incidents_score_shown(s, &s->scores->scores[i]))
			list[n++] = &s->scores->scores[i];
	if (n > 0) {
		qsort(list, n, sizeof(const struct incident_score *), score_cmp);
		str_addf(out, "\nScores as MANRS counts incidents, the worst first; curve %s, %s\n", curve_word(s->curve),
		    curve_formula(s->curve));
		lay_text(out, style, INK_DIM, "  NETWORK       METRIC TIMES      RAW    PERCENT  BAND");
		str_addc(out, '\n');
	}
	for (i = 0; i < n && (s->limit == 0 || i < s->limit); i++)
		score_line(out, s, list[i], style);
	if (i < n)
		str_addf(out, "  ... and %zu more: --limit 0 shows all\n", n - i);
	free(list);
}
