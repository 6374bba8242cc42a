/*
 * api: what the answers of /api/v1 have in common (doc/formats/api.md).
 */
#ifndef SERVE_API_H
#define SERVE_API_H

#include "archive/history.h"
#include "base/json_w.h"
#include "serve/ask.h"

#define API_CHANGES "routemark-api/1"

/* The answer may be read by scripts of other sites; type is TYPE_JSON or TYPE_CSV. */
void api_begin(struct ask *q, const char *type);
/* "month": {at, assessment, month, networks, pack...} as members, in order, of the object that is open: all begin with
 * "m" or later; see api.c. */
void api_month(struct json_w *w, const struct archive_month *m);
void api_pack(struct json_w *w, const struct archive_pack *p);
/* limit and offset. False after ask_problem. */
struct api_range { uint32_t limit, offset; };
bool api_range(struct ask *q, struct api_range *out);
/* "next": the address of what follows, or null. */
void api_next(struct json_w *w, struct ask *q, const struct api_range *r, uint64_t total);
/* One verdict with its number: members of an object. */
void api_cell(struct json_w *w, const struct archive_control *control, const struct history_cell *c);
/* Fields of CSV: asn,name,organisation | pack,pack_version,pack_status,control,required,month,as_of,verdict,metric,unit,
 * value,num,den,lo_percent,hi_percent,oldest_evidence,reason */
extern const char api_csv_head[];
void api_csv_row(struct str *out, uint32_t asn, const char *name, const char *org, const struct archive_month *m,
    const struct archive_pack *p, const struct archive_control *control, const struct history_cell *c);

#endif
