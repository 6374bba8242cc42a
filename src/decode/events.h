/*
 * events: a plain list of incident events, for whoever wants a score checked:
 *
 *	metric asn start end weight
 *
 * one a line, separated by spaces or tabs. "#" begins a comment; blank lines are nothing. metric is a word (M2C), asn as
 * everywhere, start and end RFC 3339 (2026-10-01, 2026-10-01T00:00:00Z; no fraction of a second) or, all digits, seconds
 * since 1970-01-01T00:00:00Z; weight a decimal with at most six places.
 */
#ifndef DECODE_EVENTS_H
#define DECODE_EVENTS_H

#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"

struct listed_event {
	struct span metric;		/* borrowed; what it may be is the caller's matter */
	uint32_t asn;			/* not 0 */
	struct utc start, end;		/* start <= end, years 1970 to 9999 */
	uint32_t weight_ppm;		/* 1..INCIDENT_WEIGHT_MAX */
	uint64_t line;
};

/* "0.5" to 500000: digits, and up to six places behind a point. ERR_SYNTAX, ERR_RANGE over max; 0 is OK here. */
NODISCARD enum err decimal_ppm(struct span s, uint32_t max, uint32_t *ppm);

/* A bad line is skipped with a diag; more than INCIDENT_EVENTS_MAX stop the source. fn may refuse a metric with
 * ERR_UNKNOWN: then the line is one of the bad ones. n: lines that were handed out and not refused. */
NODISCARD enum err events_decode(struct feed *f, enum err (*fn)(void *arg, const struct listed_event *), void *arg,
    struct diags *, uint64_t *n);

#endif
