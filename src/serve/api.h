/*
 * api: what the answers of /api/v1 have in common (doc/formats/api.md).
 */
#ifndef SERVE_API_H
#define SERVE_API_H

#include "archive/history.h"
#include "base/json_w.h"
#include "serve/ask.h"
#include "serve/pick.h"

#define API_CHANGES "routemark-api/1"

/* The answer may be read by scripts of other sites; type is TYPE_JSON or TYPE_CSV. */
void api_begin(struct ask *q, const char *type);
/* "month": {at, assessment, month, networks, pack...} as members, in order, of the object that is open: all begin with
 * "m" or later; see api.c. */
void api_month(struct json_w *w, const struct archive_month *m);
void api_pack(struct json_w *w, const struct archive_pack *p);
/* "registration": {country, region, registry} of the object that is open; null when it is not known. */
void api_place(struct json_w *w, const struct place *p);
/* ",country,registry,region" of CSV, without the comma. */
void api_csv_place(struct str *out, const struct place *p);
/* "country", then "region" as two members: what was asked for, or null. */
void api_pick_country(struct json_w *w, const struct pick *p);
void api_pick_region(struct json_w *w, const struct pick *p);
/* The share that passes of those judged, and how often each verdict was given: members "pass" and "verdicts". */
void api_share(struct json_w *w, const uint64_t n[static VERDICT_N]);
void api_counts(struct json_w *w, const uint64_t n[static VERDICT_N]);
/* limit and offset. False after ask_problem. */
struct api_range { uint32_t limit, offset; };
bool api_range(struct ask *q, struct api_range *out);
/* "next": the address of what follows, or null. */
void api_next(struct json_w *w, struct ask *q, const struct api_range *r, uint64_t total);
/* One verdict with its number: members of an object. */
void api_cell(struct json_w *w, const struct archive_control *control, const struct history_cell *c);
/* Fields of CSV: asn,name,organisation | pack,pack_version,pack_status,control,required,month,as_of,verdict,metric,unit,
 * value,num,den,lo_percent,hi_percent,oldest_evidence,reason,country,registry,region */
extern const char api_csv_head[];
void api_csv_row(struct str *out, uint32_t asn, const char *name, const char *org, const struct archive_month *m,
    const struct archive_pack *p, const struct archive_control *control, const struct history_cell *c,
    const struct place *place);

#endif
