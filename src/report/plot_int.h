/*
 * plot_int: what the drawings of several networks under each other share: a row has a label and its number at the
 * left, and what is drawn of it at the right.
 */
#ifndef REPORT_PLOT_INT_H
#define REPORT_PLOT_INT_H

#include "report/plot.h"

#define ROWS_WIDTH 360
#define ROWS_LEFT 116		/* room for "AS4200000001" */
#define ROWS_RIGHT 352
#define ROWS_TOP 4
#define ROWS_STEP 34		/* of one network */

/* The label of a row whose middle is y, and under it its number, or why it has none. */
void plot_row_label(struct str *out, const struct plot_row *r, int y);
/* The line above row i; none above the first. */
void plot_row_line(struct str *out, size_t i);
/* plot_rows for a count, and for yes or no. */
void plot_rows_count(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n);
void plot_rows_answer(struct str *out, const struct plot *p, const struct plot_row *rows, size_t n);

#endif
