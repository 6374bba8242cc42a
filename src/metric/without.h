/*
 * without: a metric as it would be if some of its deciding records were not there, for disputes and exceptions. What a
 * record stands for is left out of the number and of its population: a route that is disputed is neither good nor bad.
 */
#ifndef METRIC_WITHOUT_H
#define METRIC_WITHOUT_H

#include "metric/facts.h"

/* Whether a record goes by this name: "CODE PREFIX ASN", "-" for what it has not, as in deciding_sha256 (metric.h); and,
 * when something stands behind a further space, one of its objects reads exactly so. */
bool record_is(const struct record *r, struct span name);

/* m, which is METRIC_OK and has all its deciding records, without those marked. OK: NULL, and out; it is METRIC_NO_DATA
 * when nothing is left. Else out is not touched, and the text, static, says why it cannot be told. */
const char *metric_without(const struct facts *f, const struct metric *m, const bool *left_out, struct metric *out);

#endif
