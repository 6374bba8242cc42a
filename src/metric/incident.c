#include "metric/incident.h"

#include <assert.h>
#include <stdlib.h>

#define E7 10000000u	/* of a point */

const char *
incident_metric_word(enum incident_metric m)
{
	static const char *const word[] = {
#define X(id, word, text) word,
		INCIDENT_LIST(X)
#undef X
	};

	return word[m];
}

const char *
incident_metric_text(enum incident_metric m)
{
	static const char *const text[] = {
#define X(id, word, text) text,
		INCIDENT_LIST(X)
#undef X
	};

	return text[m];
}

enum incident_metric
incident_metric_find(struct span word)
{
	enum incident_metric m = INC_M1;

	while (m < INC_N && !span_is(word, incident_metric_word(m)))
		m++;
	return m;
}

uint64_t
incident_tenths(uint64_t seconds)
{
	if (seconds == 0)
		return 0;
	if (seconds >= INCIDENT_DAY_S)
		return (seconds / INCIDENT_DAY_S + 1) * 10;
	return seconds < INCIDENT_ACCEPT_S ? 5 : 10;
}

static int
group_cmp(const struct incident_event *a, const struct incident_event *b)
{
	if (a->asn != b->asn)
		return a->asn < b->asn ? -1 : 1;
	if (a->metric != b->metric)
		return a->metric < b->metric ? -1 : 1;
	return (a->weight_ppm > b->weight_ppm) - (a->weight_ppm < b->weight_ppm);
}

static int
event_cmp(const void *x, const void *y)
{
	const struct incident_event *a = x, *b = y;
	int c = group_cmp(a, b);

	if (c != 0)
		return c;
	if (a->start.s != b->start.s)
		return a->start.s < b->start.s ? -1 : 1;
	return (a->end.s > b->end.s) - (a->end.s < b->end.s);
}

static void
order(struct incident_event *events, size_t n)
{
	size_t i;

	for (i = 1; i < n && event_cmp(&events[i - 1], &events[i]) <= 0; i++)
		;
	if (i < n)
		qsort(events, n, sizeof(*events), event_cmp);
}

static void
finish(struct incident *in)
{
	in->tenths = incident_tenths((uint64_t)(in->end.s - in->start.s));
	in->score_e7 = in->tenths * in->weight_ppm;
}

size_t
incident_merge(struct incident_event *events, size_t n, struct incident *out)
{
	size_t i, k = 0;

	order(events, n);
	for (i = 0; i < n; i++) {
		const struct incident_event *e = &events[i];
		struct incident *last = &out[k > 0 ? k - 1 : 0];

		assert(e->start.s <= e->end.s && e->weight_ppm >= 1 && e->weight_ppm <= INCIDENT_WEIGHT_MAX);
		/* equal ends touch, and touching is enough */
		if (k > 0 && group_cmp(e, &events[i - 1]) == 0 && e->start.s <= last->end.s) {
			if (e->end.s > last->end.s)
				last->end = e->end;
			last->n_events++;
			continue;
		}
		out[k++] = (struct incident){.asn = e->asn, .metric = e->metric, .weight_ppm = e->weight_ppm,
		    .start = e->start, .end = e->end, .n_events = 1};
	}
	for (i = 0; i < k; i++)
		finish(&out[i]);
	return k;
}

enum err
incident_sum(const struct incident *in, size_t n, struct incident_score *out, size_t *n_out)
{
	const uint64_t most = (uint64_t)INCIDENT_SCORE_MAX * E7;
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		struct incident_score *s = &out[k > 0 ? k - 1 : 0];

		if (k == 0 || in[i].asn != s->asn || in[i].metric != s->metric) {
			s = &out[k++];
			*s = (struct incident_score){.asn = in[i].asn, .metric = in[i].metric, .first = i};
		}
		if (in[i].score_e7 > most - s->raw_e7)
			return ERR_LIMIT;
		s->raw_e7 += in[i].score_e7;
		s->n++;
	}
	*n_out = k;
	return OK;
}
