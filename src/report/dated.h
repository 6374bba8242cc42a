/*
 * dated: of when the evidence is, for headings. A verdict is about a moment (assessment.at), and evidence may be of
 * another: a heading says "as of" the moment only where all of it is of about that time.
 */
#ifndef REPORT_DATED_H
#define REPORT_DATED_H

#include "report/report.h"

/* Evidence of up to so many days before the moment is told by the moment alone: the greatest age that a control of the
 * built-in packs allows for tables. */
#define DATED_DAYS 92
#define DATED_TEXT 64

/* The oldest and the newest time of the inputs that were used; UTC_NONE when none has one. */
void dated_span(const struct world *w, struct utc *oldest, struct utc *newest);
/* "evidence as of 2022-05-01"; where some of it is older than DATED_DAYS or of after the moment, "evidence of 2016-02-02 to
 * 2022-05-01"; where nothing has a date, "evidence of an unknown date". Returns out. */
const char *dated_text(const struct assessment *head, char out[static DATED_TEXT]);

#endif
