/*
 * incident_metric: the metrics of MANRS that incidents count in. How they do is in metric/incident.h.
 */
#ifndef METRIC_INCIDENT_METRIC_H
#define METRIC_INCIDENT_METRIC_H

#include "base/span.h"

#define INCIDENT_LIST(X)                                                                      \
	X(INC_M1, "M1", "route leaks by the network")                                        \
	X(INC_M1C, "M1C", "route leaks by a neighbour, accepted by the network")             \
	X(INC_M2, "M2", "misoriginations by the network")                                    \
	X(INC_M2C, "M2C", "misoriginations by a neighbour, accepted by the network")         \
	X(INC_M3, "M3", "bogon prefixes announced by the network")                           \
	X(INC_M3C, "M3C", "bogon prefixes of a neighbour, accepted by the network")          \
	X(INC_M4, "M4", "bogon ASNs announced by the network")                               \
	X(INC_M4C, "M4C", "bogon ASNs of a neighbour, accepted by the network")

enum incident_metric {
#define X(id, word, text) id,
	INCIDENT_LIST(X)
#undef X
	INC_N
};
const char *incident_metric_word(enum incident_metric m);
const char *incident_metric_text(enum incident_metric m);
enum incident_metric incident_metric_find(struct span word);	/* INC_N when there is none; upper case */

#endif
