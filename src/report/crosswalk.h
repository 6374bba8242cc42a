/*
 * crosswalk: which control of a pack serves which clause, and the gaps on both sides, to bytes. Functions append to
 * out, as those of report.h. What is not law carries its status, a pack that binds nobody its label, a clause that
 * was not read in its text how it is known.
 */
#ifndef REPORT_CROSSWALK_H
#define REPORT_CROSSWALK_H

#include "report/report.h"
#include "rule/crosswalk.h"

void crosswalk_by_clause(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style);
void crosswalk_by_control(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style);
/* Canonical JSON and CSV: doc/formats/crosswalk.md. */
void crosswalk_json(struct str *out, const struct crosswalk *x, const struct pack *p);
void crosswalk_csv(struct str *out, const struct crosswalk *x, const struct pack *p);

#endif
