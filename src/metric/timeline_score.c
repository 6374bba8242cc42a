#include "metric/timeline_score.h"
#include "base/arena.h"
#include "metric/leak.h"

#include <stdlib.h>

struct events {
	const struct timeline_result *r;
	struct incident_event *v;
	size_t n, cap;
};

/* The metric of the culprit; INC_N when it is none. That of the accomplice follows it. */
static enum incident_metric
metric_of(const struct offence *of)
{
	switch ((enum offence_class)of->class) {
	case OFF_BOGON_PREFIX:
		return INC_M3;
	case OFF_BOGON_ASN:
		return INC_M4;
	case OFF_MISORIGIN:
		return offence_sureness(of) == MISORIGIN_STRONG ? INC_M2 : INC_N;
	case OFF_LEAK:
		return offence_sureness(of) == LEAK_PROVEN ? INC_M1 : INC_N;
	case OFF_ADMIN_PREFIX:
	case OFF_ADMIN_ASN:
	case OFF_INVALID:
	case OFF_N:
		break;
	}
	return INC_N;
}

bool
timeline_scores_it(const struct offence *of)
{
	return metric_of(of) != INC_N;
}

struct telling {
	const struct timeline_result *r;
	void (*event)(void *arg, const struct timeline_event *e);
	void *arg;
};

static void
spans_tell(const struct telling *t, uint32_t first, uint32_t n, struct timeline_event e)
{
	for (e.span = first; e.span < first + n; e.span++)
		t->event(t->arg, &e);
}

static void
incident_tell(const struct telling *t, uint32_t no, enum incident_metric metric)
{
	const struct timeline_incident *x = &t->r->incidents[no];
	const struct timeline_offence *o = &t->r->offences[x->first];
	uint32_t k;

	spans_tell(t, x->first_span, x->n_spans, (struct timeline_event){o->of.culprit, metric, no, x->first, 0});
	for (k = 0; k < x->n; k++)
		if (o[k].of.accomplice != 0)
			spans_tell(t, o[k].first_span, o[k].n_spans,
			    (struct timeline_event){o[k].of.accomplice, metric + 1, no, x->first + k, 0});
}

void
timeline_score_events(const struct timeline_result *r, uint32_t skip,
    void (*event)(void *arg, const struct timeline_event *e), void *arg)
{
	const struct telling t = {r, event, arg};
	uint32_t i, k;

	for (i = 0; i < r->n_incidents; i++) {
		const struct timeline_incident *x = &r->incidents[i];
		const struct timeline_offence *o = &r->offences[x->first];
		enum incident_metric metric = INC_N;

		for (k = 0; k < x->n; k++)	/* the surest of it */
			if (metric_of(&o[k].of) != INC_N)
				metric = metric_of(&o[k].of);
		if (metric != INC_N && (skip >> o->of.class & 1) == 0)
			incident_tell(&t, i, metric);
	}
}

static void
events_add(void *arg, const struct timeline_event *from)
{
	struct events *e = arg;
	const struct timeline_span *s = &e->r->spans[from->span];

	e->v = grow(e->v, &e->cap, e->n + 1, sizeof(*e->v));
	e->v[e->n++] = (struct incident_event){.asn = from->asn, .metric = from->metric,
	    .weight_ppm = INCIDENT_WEIGHT_MAX, .start = {s->from_us / 1000000}, .end = {s->to_us / 1000000}};
}

enum err
timeline_score(const struct timeline_result *r, uint32_t skip, struct timeline_scores *out)
{
	struct events e = {.r = r};
	enum err err;

	*out = (struct timeline_scores){0};
	timeline_score_events(r, skip, events_add, &e);
	out->incidents = xcalloc(e.n, sizeof(*out->incidents));
	out->scores = xcalloc(e.n, sizeof(*out->scores));
	out->n_incidents = incident_merge(e.v, e.n, out->incidents);
	err = incident_sum(out->incidents, out->n_incidents, out->scores, &out->n_scores);
	free(e.v);
	if (err != OK)
		timeline_scores_release(out);
	return err;
}

void
timeline_scores_release(struct timeline_scores *s)
{
	free(s->incidents);
	free(s->scores);
	*s = (struct timeline_scores){0};
}
