/*
 * csv: fields of CSV (RFC 4180) that a spreadsheet does not take for formulas and a terminal does not obey. Inside
 * report/ only.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "report/report.h"

void csv_field(struct str *out, const char *text);	/* and its comma */
/* unit, value, num, den, lo, hi, deciding, each with its comma: empty when there is no number. m may be NULL. */
void csv_number(struct str *out, const struct metric *m);

#endif
