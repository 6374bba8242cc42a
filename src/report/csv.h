/*
 * csv: fields of CSV (RFC 4180) that a spreadsheet does not take for formulas and a terminal does not obey. Inside
 * report/ only.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "report/report.h"

void csv_field(struct str *out, const char *text);	/* and its comma */

#endif
