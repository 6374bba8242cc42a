#include "metric/scored.h"
#include "base/arena.h"
#include "metric/tables.h"
#include "metric/timeline_score.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct events {
	struct scored_event *v;
	size_t n, cap;
};

static void
note_event(void *arg, const struct timeline_event *e)
{
	struct events *l = arg;

	l->v = grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct scored_event){e->asn, e->metric, e->incident, e->offence, e->span};
}

static int
cmp_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
key_cmp(uint32_t asn_a, enum incident_metric a, uint32_t asn_b, enum incident_metric b)
{
	int d = cmp_u32(asn_a, asn_b);

	return d != 0 ? d : cmp_u32((uint32_t)a, (uint32_t)b);
}

static int
event_cmp(const void *pa, const void *pb)
{
	const struct scored_event *a = pa, *b = pb;
	int d = key_cmp(a->asn, a->metric, b->asn, b->metric);

	if (d == 0)
		d = cmp_u32(a->offence, b->offence);
	return d != 0 ? d : cmp_u32(a->span, b->span);
}

static enum err
sums_make(struct scored *s)
{
	struct timeline_scores t;
	size_t i, k;

	TRY(timeline_score(&s->window->result, s->dated, &t));
	s->sums = xcalloc(t.n_scores, sizeof(*s->sums));
	s->n_sums = t.n_scores;
	for (i = 0; i < t.n_scores; i++) {
		const struct incident_score *from = &t.scores[i];

		s->sums[i] = (struct scored_sum){from->asn, from->metric, from->raw_e7, (uint32_t)from->n, 0};
		for (k = from->first; k < from->first + from->n; k++)
			s->sums[i].seconds += (uint64_t)(t.incidents[k].end.s - t.incidents[k].start.s);
	}
	timeline_scores_release(&t);
	return OK;
}

static uint64_t
seen_ppm(const struct window *x)
{
	return x->seen_s * 1000000 / (uint64_t)(x->to.s - x->from.s);
}

bool
scored_grounds(const struct window *x)
{
	return x->counts.seed_tables > 0 && seen_ppm(x) >= WINDOW_SEEN_MIN_PPM;
}

void
scored_grounds_say(struct str *out, const struct window *x)
{
	uint64_t ppm = seen_ppm(x);

	if (x->counts.seed_tables == 0)
		str_adds(out, "no table tells what was there when the window of updates began");
	else if (ppm < WINDOW_SEEN_MIN_PPM)
		str_addf(out, "%" PRIu64 ".%02" PRIu64 " %% of the window of updates was seen; at least %u %% is needed: see "
		    "--window", ppm / 10000, ppm / 100 % 100, WINDOW_SEEN_MIN_PPM / 10000);
}

uint32_t
scored_lacks(struct str *out, const struct window *x, const struct world *w)
{
	static const struct {
		enum offence_class class;
		enum metric_id id;	/* its accomplices' needs the same */
	} of[] = {{OFF_LEAK, M_M1_SCORE}, {OFF_MISORIGIN, M_M2_SCORE}, {OFF_BOGON_PREFIX, M_M3_SCORE}, {OFF_BOGON_ASN, M_M4_SCORE}};
	struct grounds *g = grounds_new(w);
	const char *between = "";
	uint32_t bits = 0;
	size_t i;

	for (i = 0; i < sizeof(of) / sizeof(*of); i++) {
		const struct metric *m = grounds_metric(g, of[i].id);

		if (m->state == METRIC_OK || (x->classes >> of[i].class & 1) == 0)
			continue;
		bits |= 1u << of[i].class;
		if (out != NULL)
			str_addf(out, "%snone of %s: %s", between, offence_class_word(of[i].class), m->why);
		between = "; ";
	}
	grounds_free(g);
	return bits;
}

uint32_t
scored_skip(const struct window *x, const struct world *w)
{
	return scored_grounds(x) ? watch_dated(x, w) | scored_lacks(NULL, x, w) : (1u << OFF_N) - 1;
}

/* What of the window, or before it, nobody saw. */
static void
grounds_look(struct scored *s)
{
	struct str t = {0};

	scored_grounds_say(&t, s->window);
	if (t.len > 0)
		snprintf(s->why, sizeof(s->why), "%s", t.p);
	str_release(&t);
}

/* The same limit and the same words as `incidents` has: what it marks and does not score has no score here. */
static void
dated_look(struct scored *s, const struct world *w)
{
	static const enum offence_class of[] = {OFF_LEAK, OFF_MISORIGIN};
	struct str t = {0};
	size_t i;

	for (i = 0; i < sizeof(of) / sizeof(*of); i++) {
		if ((s->dated >> of[i] & 1) == 0)
			continue;
		str_clear(&t);
		str_adds(&t, WATCH_DATED_WORDS ", not scored: ");
		watch_dated_say(&t, s->window, w, of[i]);
		snprintf(s->dated_why[i], sizeof(s->dated_why[i]), "%s", t.p);
	}
	str_release(&t);
}

static int
unsure_cmp(const void *pa, const void *pb)
{
	const struct scored_unsure *a = pa, *b = pb;
	int d = key_cmp(a->asn, a->metric, b->asn, b->metric);

	return d != 0 ? d : cmp_u32(a->incident, b->incident);
}

static void
unsure_add(struct scored *s, size_t *cap, uint32_t asn, enum incident_metric m, uint32_t incident)
{
	s->unsure = grow(s->unsure, cap, s->n_unsure + 1, sizeof(*s->unsure));
	s->unsure[s->n_unsure++] = (struct scored_unsure){asn, m, incident};
}

/* Those of which no offence is an event of the metric, whether their class is dated or not: who reads that knows both. */
static void
unsure_make(struct scored *s)
{
	const struct timeline_result *r = &s->window->result;
	size_t cap = 0, i, k;

	for (i = 0; i < r->n_incidents; i++) {
		const struct timeline_incident *x = &r->incidents[i];
		const struct timeline_offence *o = &r->offences[x->first];
		enum incident_metric m = o->of.class == OFF_MISORIGIN ? INC_M2 : INC_M1;
		bool sure = false;

		if (x->n_spans == 0 || (o->of.class != OFF_MISORIGIN && o->of.class != OFF_LEAK))
			continue;
		for (k = 0; k < x->n; k++)
			sure = sure || timeline_scores_it(&o[k].of);
		if (sure)
			continue;
		unsure_add(s, &cap, o->of.culprit, m, (uint32_t)i);
		for (k = 0; k < x->n; k++)
			if (o[k].of.accomplice != 0 && o[k].n_spans > 0)
				unsure_add(s, &cap, o[k].of.accomplice, (enum incident_metric)(m + 1), (uint32_t)i);
	}
	if (s->n_unsure > 1)
		qsort(s->unsure, s->n_unsure, sizeof(*s->unsure), unsure_cmp);
}

uint32_t
scored_unsure(const struct scored *s, uint32_t asn, enum incident_metric m)
{
	size_t lo = 0, hi = s->n_unsure;
	uint32_t n = 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (key_cmp(s->unsure[mid].asn, s->unsure[mid].metric, asn, m) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo + n < s->n_unsure && key_cmp(s->unsure[lo + n].asn, s->unsure[lo + n].metric, asn, m) == 0; n++)
		;
	return n;
}

enum err
scored_make(struct scored *s, const struct window *x, const struct world *w, enum curve curve)
{
	struct events l = {0};
	enum err e;

	*s = (struct scored){.window = x, .curve = curve, .dated = watch_dated(x, w)};
	grounds_look(s);
	dated_look(s, w);
	e = sums_make(s);
	if (e != OK) {
		scored_release(s);
		return e;
	}
	timeline_score_events(&x->result, s->dated, note_event, &l);
	if (l.n > 0)
		qsort(l.v, l.n, sizeof(*l.v), event_cmp);
	s->events = l.v;
	s->n_events = l.n;
	unsure_make(s);
	return OK;
}

void
scored_make_none(struct scored *s, const char *why)
{
	*s = (struct scored){0};
	snprintf(s->why, sizeof(s->why), "%s", why);
}

void
scored_release(struct scored *s)
{
	free(s->sums);
	free(s->events);
	free(s->unsure);
	*s = (struct scored){0};
}

const char *
scored_why(const struct scored *s, enum incident_metric m)
{
	static const enum offence_class of[] = {OFF_LEAK, OFF_MISORIGIN, OFF_BOGON_PREFIX, OFF_BOGON_ASN};
	uint32_t class = 1u << of[m / 2];

	_Static_assert(INC_M1 == 0 && INC_M2 == 2 && INC_M3 == 4 && INC_M4 == 6, "culprit and accomplice of each");
	if (s->why[0] != '\0')
		return s->why;
	if ((s->dated & class) != 0)
		return s->dated_why[m / 2];	/* bogons rest on the updates alone */
	return (s->window->classes & class) != 0 ? NULL : "this was not looked for: evidence is missing";
}

struct utc
scored_seen_to(const struct scored *s)
{
	const struct coverage *c = &s->window->coverage;
	struct utc to = s->window->from;
	size_t i;

	for (i = 0; i < c->n_collectors; i++) {
		const struct coverage_collector *k = &c->collectors[i];

		if (k->n_seen > 0 && k->seen[k->n_seen - 1].to_s > to.s)
			to.s = k->seen[k->n_seen - 1].to_s;
	}
	return to.s < s->window->to.s ? to : s->window->to;
}

const struct scored_sum *
scored_of(const struct scored *s, uint32_t asn, enum incident_metric m)
{
	size_t lo = 0, hi = s->n_sums;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (key_cmp(s->sums[mid].asn, s->sums[mid].metric, asn, m) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->n_sums && key_cmp(s->sums[lo].asn, s->sums[lo].metric, asn, m) == 0 ? &s->sums[lo] : NULL;
}

size_t
scored_events(const struct scored *s, uint32_t asn, enum incident_metric m, const struct scored_event **first)
{
	size_t lo = 0, hi = s->n_events, n = 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (key_cmp(s->events[mid].asn, s->events[mid].metric, asn, m) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (lo + n < s->n_events && key_cmp(s->events[lo + n].asn, s->events[lo + n].metric, asn, m) == 0)
		n++;
	*first = s->events + lo;
	return n;
}
