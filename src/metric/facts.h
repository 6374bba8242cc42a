/*
 * facts: the world, judged. facts_new() judges every unique route once (ROV, IRR state, bogon status,
 * who passed it on); after that metric_compute() costs about the size of the AS asked for.
 */
#ifndef METRIC_FACTS_H
#define METRIC_FACTS_H

#include "base/arena.h"
#include "metric/metric.h"
#include "world/world.h"

struct facts;
struct scored;			/* scored.h */
struct metric_params {
	bool irr_same_origin;	/* M7IRR: the covering object must have the origin; default true */
	uint32_t bogon_visibility_min;	/* full-feed peers that must carry a bogon; default 1: a bogon that
					 * one peer let in is one too many, and few let any in */
	uint32_t contact_days;	/* contact-fresh: how old a PeeringDB record may be; default 180 */
	uint32_t spoofer_days;	/* m5, sav: how old a test may be; default 365 */
	uint32_t records_max;	/* deciding records kept with their text; default 20; UINT32_MAX for explain */
	bool tables;		/* the metrics of route servers' tables are wanted, which costs a look at every
				 * path; default false: then they have no data */
	uint32_t route_server;	/* the AS at whose route server all MRT tables were taken; 0: nobody says so, and
				 * a route server is known by its sessions (m_table.c) */
	const struct scored *scored;	/* the incidents of a window, which outlive the facts; NULL: nobody wants to know */
	uint32_t threads;	/* of facts_new; default 1; never shows in a result */
};
void metric_params_init(struct metric_params *p);

/* w must be sealed and outlive the facts. Time and memory grow with sightings, not with their product. */
struct facts *facts_new(const struct world *w, const struct metric_params *p);
void facts_free(struct facts *f);
/* Pays when metrics of many ASes will be asked for: what each would look up on its own is worked out in a
 * sweep. No result changes. */
void facts_prepare(struct facts *f);
/* How much of a metric is wanted. The numbers are the same, and so is the count of deciding records. */
enum metric_detail {
	METRIC_NUMBERS,		/* no records and no digest: all that a verdict needs */
	METRIC_FULL		/* the first records_max deciding records, and the digest over all */
};
/* Metrics of one AS, allocated from a (which METRIC_NUMBERS does not use). Thread-safe over one facts
 * with an arena each. */
void metric_compute(const struct facts *f, uint32_t asn, enum metric_id id, struct arena *a,
    struct metric *out);
void metrics_compute(const struct facts *f, uint32_t asn, enum metric_detail detail, struct arena *a,
    struct metric out[static METRIC_N]);
/* The first max deciding records of some metrics of METRIC_NUMBERS, by the bits of their ids. */
void metrics_records(const struct facts *f, uint64_t which, size_t max, struct arena *a,
    struct metric m[static METRIC_N]);
/* The metrics that are wanted are those with ids below this. */
size_t facts_n_metrics(const struct facts *f);
/* Every AS that the world knows to announce or pass on a route, ascending; *n of them. */
const uint32_t *facts_ases(const struct facts *f, size_t *n);

#endif
