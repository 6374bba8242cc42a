/*
 * past: the numbers of earlier months, from assessments that were written then (doc/formats/assessment.md). Of
 * a report only the moment, the parameters and the metrics of the wanted ASes are kept; it is read in a stream,
 * as one of all ASes of the Internet has gigabytes.
 */
#ifndef REPORT_PAST_H
#define REPORT_PAST_H

#include "base/arena.h"
#include "base/feed.h"
#include "metric/metric.h"

struct past_number {
	bool known;			/* false: that month could not measure it */
	int64_t value_ppm;		/* as in struct metric */
	uint64_t num, den;
	bool has_interval;
	uint32_t lo_ppm, hi_ppm;
};

struct past_as {
	uint32_t asn;
	struct past_number number[METRIC_N];
};

struct past_report {
	struct utc at;
	const char *parameters; /* the member as canonical JSON, but for records_max and window, which change no number */
	struct past_as *ases;	/* ascending by asn, only the wanted */
	size_t n;
};

struct past {
	struct arena *arena;		/* borrowed: holds all */
	struct past_report *reports;	/* owned; ascending by moment once sealed */
	size_t n, cap;
};

void past_release(struct past *p);
/* Read one. wanted: n ASNs, ascending. An error leaves *why, from the arena: where in the file (a byte offset),
 * which field, which rule. A report without its results (audit --summary), an answer of explain, one of an
 * unknown moment or of another format is refused. */
NODISCARD enum err past_read(
    struct past *p, struct feed *f, const uint32_t *wanted, size_t n, const char **why);
/* One that somebody else read: it is moved from. */
void past_add(struct past *p, const struct past_report *r);
/* In the order of their moments. ERR_CONTRADICT and *why when two are of the same moment, or one is not earlier
 * than at. */
NODISCARD enum err past_seal(struct past *p, struct utc at, const char **why);
/* The AS in that report; NULL when it is not there. */
const struct past_as *past_find(const struct past_report *r, uint32_t asn);

#endif
