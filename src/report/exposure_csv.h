/*
 * exposure_csv: what the two tables about exposure share. Inside report/ only. Each field ends with its comma.
 */
#ifndef REPORT_EXPOSURE_CSV_H
#define REPORT_EXPOSURE_CSV_H

#include "report/exposure.h"

void exposure_csv_percent(struct str *out, uint32_t ppm);
void exposure_csv_number(struct str *out, uint64_t n);
/* asked, origin, family */
void exposure_csv_subject(struct str *out, const struct exposure_asked *q, const struct exposure *e, unsigned family);

#endif
