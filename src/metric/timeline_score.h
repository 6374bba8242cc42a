/*
 * timeline_score: the incidents of a timeline as MANRS scores them (metric/incident.h): each span of a culprit is an event
 * of M1, M2, M3 or M4, each span of an accomplice one of M1C to M4C, with weight 1. Times are cut to whole seconds.
 *
 *	bogon-prefix M3, bogon-asn M4, misorigination M2 (only the class "strong"), leak M1 (only "proven")
 *
 * Administrative bogons and RPKI-invalid routes are no events of these metrics.
 */
#ifndef METRIC_TIMELINE_SCORE_H
#define METRIC_TIMELINE_SCORE_H

#include "metric/incident.h"
#include "metric/timeline.h"

struct timeline_scores {		/* timeline_scores_release it */
	struct incident *incidents;
	struct incident_score *scores;	/* by (ASN, metric) */
	size_t n_incidents, n_scores;
};
struct timeline_event {
	uint32_t asn;
	enum incident_metric metric;
	uint32_t incident, offence, span;	/* into the result; offence: the first of the incident for a culprit */
};
/* Is it sure enough to be an event of a metric, if it is of a class that is? */
bool timeline_scores_it(const struct offence *of);
/* Each event once, in the order of incidents. skip: bits of enum offence_class that are not scored. */
void timeline_score_events(const struct timeline_result *r, uint32_t skip,
    void (*event)(void *arg, const struct timeline_event *e), void *arg);
/* skip: bits of enum offence_class that are not scored. ERR_LIMIT past INCIDENT_SCORE_MAX. */
NODISCARD enum err timeline_score(const struct timeline_result *r, uint32_t skip, struct timeline_scores *out);
void timeline_scores_release(struct timeline_scores *s);

#endif
