/*
 * json: pieces of the canonical JSON that the whole record and explain share.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/json_w.h"
#include "report/disputes.h"

/* Each writes one value, an object. */
void json_metric(struct json_w *w, const struct metric *m);
void json_judgement(struct json_w *w, const struct judgement *j, const struct disputed_control *d);	/* d: NULL */
void json_pack(struct json_w *w, const struct pack *p);
void json_parameters(struct json_w *w, const struct assessment *head);
/* In what that wrote: where the window of updates begins, with its comma; it is the last member, and another each month.
 * NULL: there is none. */
const char *json_parameters_window(const char *parameters);
void json_diags(struct json_w *w, const struct diags *d);	/* its counts */
void json_inputs(struct json_w *w, const struct world *world);	/* an array */
void json_evidence(struct json_w *w, const struct world *world);

void json_ktime(struct json_w *w, const char *key, struct utc t);	/* null when unknown */
void json_kdigest(struct json_w *w, const char *key, const uint8_t d[static SHA256_BYTES]);

#endif
