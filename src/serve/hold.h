/*
 * hold: networks against what a buyer requires, from an archive: the demands of a starting point that is built in
 * (rule/require.h), each judged by the buyer's bars over the numbers that the archive keeps. What the archive does not
 * keep - the parts of a number, the sums over an organisation - it cannot judge anew: then the verdict of the month
 * counts when the demand asks just what the pack asked, and else it is not known.
 */
#ifndef SERVE_HOLD_H
#define SERVE_HOLD_H

#include "archive/months.h"
#include "rule/require.h"

/* Demand d of a network in a month. from arena: all that out points to. seen and is_cdn are the row's. */
void hold_demand(const struct demand *d, const struct archive_month *m, const struct archive_row *r, struct arena *a,
    struct held *out);

#endif
