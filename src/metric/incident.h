/*
 * incident: events to incidents to a raw score, as MANRS does it (docs.manrs.org, and manrs/metrics.py of its 2018
 * prototype, which reproduces with this on 87 of 87 event sets of its own data).
 *
 *	event		an AS was seen to do something wrong from start to end, in its own name or as the next hop of who
 *			did: with a weight, which is 1 but where a culprit's neighbours share the blame
 *	incident	the union of events of one AS, metric and weight that overlap or touch
 *	coefficient	0 for an incident of no length; 0.5 under 30 minutes; 1 under 24 hours; n + 1 from n whole times
 *			24 hours on, so that exactly 24 hours are 2
 *	raw		over the incidents of an AS and metric: the sum of coefficient times weight
 *
 * Exact: times are whole seconds, coefficients tenths, weights millionths, so scores are ten-millionths of a point.
 */
#ifndef METRIC_INCIDENT_H
#define METRIC_INCIDENT_H

#include "base/limits.h"
#include "base/utc.h"
#include "metric/incident_metric.h"

#define INCIDENT_ACCEPT_S 1800u		/* shorter: half a point */
#define INCIDENT_DAY_S 86400u

struct incident_event {
	uint32_t asn;
	enum incident_metric metric;
	uint32_t weight_ppm;		/* 1..INCIDENT_WEIGHT_MAX */
	struct utc start, end;		/* start <= end; both belong to it */
};

struct incident {
	uint32_t asn;
	enum incident_metric metric;
	uint32_t weight_ppm;
	struct utc start, end;
	uint32_t n_events;		/* that it was made of */
	uint64_t tenths;		/* the coefficient, in tenths: 0, 5, 10, 20 ... */
	uint64_t score_e7;		/* tenths * weight_ppm */
};
uint64_t incident_tenths(uint64_t seconds);

/* Join n events, which are put in order, into incidents in the same order: by ASN, metric, weight, start. out has room
 * for n; returns how many there are. n log n, or n when they are in order already. */
size_t incident_merge(struct incident_event *events, size_t n, struct incident *out);

struct incident_score {			/* of an AS and metric */
	uint32_t asn;
	enum incident_metric metric;
	size_t first, n;		/* incidents */
	uint64_t raw_e7;
};
/* Sum incidents in the order above. out has room for n; *n_out are written. ERR_LIMIT past INCIDENT_SCORE_MAX. */
NODISCARD enum err incident_sum(const struct incident *in, size_t n, struct incident_score *out, size_t *n_out);

#endif
