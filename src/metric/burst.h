/*
 * burst: does an AS announce the space of several holders in one window, who are nothing to each other? One holder's space
 * alone is announced by a sibling of whom no evidence knows, and by a mitigation service whose first customer this is, and
 * both look as a hijack does, in every kind of evidence (doc/accusations.md). Of several that is hard to believe.
 *
 * Counted are the holders of what is shown as probable or strong, one for each prefix: that of the smallest ASN. Two are
 * something to each other when they are of one organisation, siblings, or customer and provider, or when they stood side by
 * side before; of these one counts. Fewer than MISORIGIN_HOLDERS: none of it is surer than possible (MIS_ALONE).
 */
#ifndef METRIC_BURST_H
#define METRIC_BURST_H

#include "metric/timeline.h"

/* Of a whole window's result. Offences that lose their class stay, at the place they have. */
void burst_look(struct timeline_result *r, const struct offence_judge *j);
/* How many of these are nothing to each other: at most most are counted. h: may be NULL. holder is reordered. */
size_t burst_holders(const struct world *w, const struct history *h, uint32_t *holder, size_t n, size_t most);

#endif
