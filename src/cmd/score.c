/* score: a plain list of events to incidents and scores, for whoever wants to check the arithmetic. */
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "base/arena.h"
#include "decode/events.h"
#include "report/score.h"
#include "source/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 10	/* lines that are not understood, by name */

struct scoring {
	const char *path, *output, *curve;
	bool json, csv;
	struct score_sheet sheet;
	struct incident_event *events;
	size_t n, cap;
	struct incident *incidents;
	struct incident_score *scores;
};

static enum err
on_event(void *arg, const struct listed_event *e)
{
	struct scoring *s = arg;
	enum incident_metric m = incident_metric_find(e->metric);

	if (m == INC_N)
		return ERR_UNKNOWN;
	s->events = grow(s->events, &s->cap, s->n + 1, sizeof(*s->events));
	s->events[s->n++] = (struct incident_event){.asn = e->asn, .metric = m, .weight_ppm = e->weight_ppm,
	    .start = e->start, .end = e->end};
	return OK;
}

/* What is wrong with the field, and what it may be. */
static void
tell_line(const struct scoring *s, const struct diag *d)
{
	static const struct { const char *field, *may; } rules[] = {
		{"event.line", "five fields: metric asn start end weight"},
		{"event.metric", "M1, M1C, M2, M2C, M3, M3C, M4 or M4C"},
		{"event.asn", "an ASN, not 0"},
		{"event.start", "2026-10-01, 2026-10-01T00:00:00Z or seconds since 1970, up to year 9999"},
		{"event.end", "as the start, and not before it"},
		{"event.weight", "a decimal over 0 and up to 1, with at most six places"},
	};
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(d->field, rules[i].field) == 0)
			break;
	if (i < sizeof(rules) / sizeof(rules[0]))
		note("score", "%s: line %" PRIu64 ": %s: %s; must be %s", s->path, d->record,
		    d->field + sizeof("event.") - 1, err_text(d->err), rules[i].may);
	else
		note("score", "%s: line %" PRIu64 ": %s: %s", s->path, d->record, d->field, err_text(d->err));
}

/* A list that was not read whole has no score. */
static bool
is_whole(const struct scoring *s, const struct diags *d)
{
	uint64_t bad = d->n_level[DIAG_SKIP_RECORD] + d->n_level[DIAG_STOP_SOURCE], shown = 0;
	size_t i;

	for (i = 0; i < d->n_kept && shown < SHOWN; i++)
		if (d->kept[i].level >= DIAG_SKIP_RECORD) {
			tell_line(s, &d->kept[i]);
			shown++;
		}
	if (bad > shown)
		note("score", "%s: and %" PRIu64 " more lines", s->path, bad - shown);
	return bad == 0;
}

static bool
read_list(struct scoring *s)
{
	struct source_sum sum = {0};
	struct source *src = NULL;
	struct diags d = {0};
	enum err e = source_open(s->path, &src), closed;
	bool good;

	if (e != OK) {
		note("score", "%s: %s", s->path, strerror(errno));
		return false;
	}
	e = events_decode(source_feed(src), on_event, s, &d, &s->sheet.n_events);
	good = is_whole(s, &d);
	diags_release(&d);
	closed = source_close(src, &sum);
	if (e == OK)
		e = closed != OK ? closed : sum.err;
	if (good && e != OK)
		note("score", "%s: %s", s->path, err_text(e));
	memcpy(s->sheet.sha256, sum.sha256, sizeof(sum.sha256));
	if (good && e == OK && s->n == 0)	/* no events are no good score: nobody may have looked */
		note("score", "%s: no events, so there is nothing to score", s->path);
	return good && e == OK && s->n > 0;
}

static bool
compute(struct scoring *s)
{
	size_t n;

	s->incidents = xcalloc(s->n, sizeof(*s->incidents));
	s->scores = xcalloc(s->n, sizeof(*s->scores));
	n = incident_merge(s->events, s->n, s->incidents);
	if (incident_sum(s->incidents, n, s->scores, &s->sheet.n_scores) != OK) {
		note("score", "%s: a sum is %s (INCIDENT_SCORE_MAX)", s->path, err_text(ERR_LIMIT));
		return false;
	}
	s->sheet.incidents = s->incidents;
	s->sheet.scores = s->scores;
	return true;
}

static int
report(struct scoring *s)
{
	struct product p;
	struct str out = {0};
	bool good;

	if (!product_open(&p, s->output, "score"))
		return EXIT_UNANSWERED;
	if (s->json)
		score_json(&out, &s->sheet);
	else if (s->csv)
		score_csv(&out, &s->sheet);
	else
		score_text(&out, &s->sheet, session_style(p.path == NULL));
	good = product_write(&p, str_span(&out)) && product_commit(&p);
	product_abandon(&p);
	str_release(&out);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
agree(struct scoring *s, const struct opt_table *t, int argc, char **argv, int first)
{
	if (s->json && s->csv)
		return opt_misuse(t, "--json and --csv exclude each other");
	if (argc - first != 1)
		return opt_misuse(t, "say which list of events: one FILE");
	s->path = argv[first];
	s->sheet.curve = s->curve != NULL ? curve_find(span_of(s->curve)) : CURVE_H1;
	if (s->sheet.curve == CURVE_N)
		return opt_misuse(t, "no curve \"%s\": there are H1 and H2", s->curve);
	return OPT_GO_ON;
}

int
cmd_score(int argc, char **argv)
{
	struct scoring s = {0};
	const struct opt rows[] = {
		{"curve", 0, OPT_TEXT, "NAME", &s.curve, 0, 0, "from the raw score to percent: H1 (default) or H2"},
		{"json", 0, OPT_FLAG, NULL, &s.json, 0, 0, "the whole record, canonical JSON"},
		{"csv", 0, OPT_FLAG, NULL, &s.csv, 0, 0, "a row per incident"},
		{"output", 'o', OPT_TEXT, "FILE", &s.output, 0, 0, "write to FILE, whole or not at all"},
	};
	const struct opt_table t = {"score", "[options] FILE",
	    "Score a list of events, \"metric asn start end weight\" one a line, and show every step.",
	    "  routemark score october.events\n"
	    "  routemark score october.events --curve H2 --json -o october.json\n"
	    "  printf 'M2 64500 0 1740 1\\n' > one; routemark score one\n",
	    rows, sizeof(rows) / sizeof(rows[0])};
	int first = 0, status = opt_parse(&t, argc, argv, &first);

	if (status == OPT_GO_ON)
		status = agree(&s, &t, argc, argv, first);
	if (status == OPT_GO_ON)
		status = read_list(&s) && compute(&s) ? report(&s) : EXIT_UNANSWERED;
	free(s.events);
	free(s.incidents);
	free(s.scores);
	return status;
}
