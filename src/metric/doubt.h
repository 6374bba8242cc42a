/*
 * doubt: evidence that is there and whole, and still not to be believed: it is of other days than what it is held
 * against, or it has shrunk since an earlier report. What rests on it has no data, with that reason.
 *
 *	other days	of any two kinds that a metric rests on, the oldest of one and the newest of the other are
 *			further apart than EVIDENCE_APART_DAYS, or EVIDENCE_APART_SLOW_DAYS when one of them is published
 *			once a month or quarter. Either may be the later: VRPs of July say nothing of a table of May, and
 *			nor do those of May of a table of July. So it is within one kind, but for IRR sources, of which some
 *			have not changed for years.
 *	shrunk		world/baseline.h
 */
#ifndef METRIC_DOUBT_H
#define METRIC_DOUBT_H

#include "metric/metric.h"
#include "world/world.h"

#define DOUBT_TEXT 160

/* The first kind of evidence in bits that has shrunk since world.since, in words; "" and false when none has, or nobody
 * gave an earlier report. */
bool doubt_shrunk_why(const struct world *w, uint32_t bits, char why[static DOUBT_TEXT]);
/* Are the kinds in bits, of which the metric rests on those, of one time? "" and false when they are, or nobody knows. */
bool doubt_apart_why(const struct world *w, enum metric_id id, uint32_t bits, char why[static DOUBT_TEXT]);

#endif
