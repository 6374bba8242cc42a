/*
 * scored: the incidents of a window of updates as metrics read them: per AS and metric of MANRS the raw score, how many
 * incidents and how long, and the events that they were made of, each with its route and whose doing it was. Made once
 * from what pipe/window.h found, sealed, then read by any number of threads.
 *
 * No score without grounds: scored_why() says what forbids one.
 */
#ifndef METRIC_SCORED_H
#define METRIC_SCORED_H

#include "metric/curve.h"
#include "metric/incident_metric.h"
#include "metric/watch.h"

struct scored_sum {
	uint32_t asn;
	enum incident_metric metric;
	uint64_t raw_e7;	/* points, in ten-millionths (metric/incident.h) */
	uint32_t n_incidents;
	uint64_t seconds;	/* of all of them */
};
struct scored_event {
	uint32_t asn;
	enum incident_metric metric;
	uint32_t incident, offence, span;	/* into the window's result */
};

struct scored_unsure { uint32_t asn; enum incident_metric metric; uint32_t incident; };

struct scored {
	const struct window *window;	/* borrowed; NULL when there is none: why says so */
	enum curve curve;
	char why[128];			/* no metric has a score; "" when some may */
	uint32_t dated;			/* bits of enum offence_class: their evidence is of another time ... */
	char dated_why[2][256];		/* ... and for leaks and misoriginations which, and of when */
	struct scored_sum *sums;	/* by (ASN, metric) */
	struct scored_event *events;	/* by (ASN, metric, offence, span) */
	struct scored_unsure *unsure;	/* by (ASN, metric, incident): misoriginations and leaks that are not sure enough */
	size_t n_sums, n_events, n_unsure;
};

/* Both x and w must outlive it. ERR_LIMIT past INCIDENT_SCORE_MAX. */
NODISCARD enum err scored_make(struct scored *s, const struct window *x, const struct world *w, enum curve curve);
/* Whether enough of it is seen for any score; before a message is read, when coverage and counts.seed_tables are known. */
bool scored_grounds(const struct window *x);
/* What is missing for that; nothing when it is enough. One line, no full stop. */
void scored_grounds_say(struct str *out, const struct window *x);
/* Classes that were looked for and have no score, since evidence that their metrics need is missing or incomplete; of each
 * "none of leak: no AS organisations input" is appended to out, unless that is NULL. */
uint32_t scored_lacks(struct str *out, const struct window *x, const struct world *w);
/* Bits of enum offence_class that have no score: all without grounds, else those of watch_dated and scored_lacks. */
uint32_t scored_skip(const struct window *x, const struct world *w);
/* There is no window, and this is why. */
void scored_make_none(struct scored *s, const char *why);
void scored_release(struct scored *s);

/* Why the metric has no score, for anybody; NULL when it has. Static or of s. */
const char *scored_why(const struct scored *s, enum incident_metric m);
/* The last moment of the window at which a collector listened. With a window only. */
struct utc scored_seen_to(const struct scored *s);
/* NULL: no incident. */
const struct scored_sum *scored_of(const struct scored *s, uint32_t asn, enum incident_metric m);
/* How many incidents that enough vantage points saw are left out of its score, since they are possible or probable alone. */
uint32_t scored_unsure(const struct scored *s, uint32_t asn, enum incident_metric m);
size_t scored_events(const struct scored *s, uint32_t asn, enum incident_metric m, const struct scored_event **first);

#endif
