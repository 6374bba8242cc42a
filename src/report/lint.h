/*
 * lint: what a reading of a buyer's requirements found, to bytes. Functions append to out, as those of report.h.
 */
#ifndef REPORT_LINT_H
#define REPORT_LINT_H

#include "base/str.h"
#include "rule/require.h"

#define LINT_FORMAT "routemark-lint/1"	/* doc/formats/requirement.md 8 */

/* file: as it was given. req: only looked at when no problem is fatal. A line for the whole, then one for each
 * problem, in the order of the file. */
void lint_text(struct str *out, const char *file, const struct requirement *req, const struct problems *p);
void lint_json(struct str *out, const char *file, const struct requirement *req, const struct problems *p);

#endif
