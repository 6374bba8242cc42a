/*
 * spark: the share of networks that pass a control over the months, as small as a line of a table; and the counts beside, from
 * which a script draws it large (src/serve/script/explore.mjs).
 */
#ifndef SERVE_SPARK_H
#define SERVE_SPARK_H

#include "serve/page.h"
#include "serve/pick.h"

/* What a table of controls is of: which networks, which months, and which of these it shows. */
struct over { const struct pick *p; const struct shown_series *s; size_t month; };

/* at: in which place each month's pack has the control; SIZE_MAX: it has not. id is a word of html_slug. */
void spark(struct ask *q, const struct over *o, const size_t *at, const char *id, const char *control);
/* Attributes of a cell, and the end of its tag: of each month how many passed, of how many judged. */
void spark_counts(struct ask *q, const struct over *o, const size_t *at);
/* <div> around the table: it has the months. */
void spark_table(struct str *out, const struct shown_series *s);

#endif
