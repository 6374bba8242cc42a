/*
 * incident_api: what the list of incidents and one of them have in common, for programs (doc/formats/api.md).
 */
#ifndef SERVE_INCIDENT_API_H
#define SERVE_INCIDENT_API_H

#include "base/json_w.h"
#include "serve/incident.h"

void incident_window_json(struct json_w *w, const struct archive_window_entry *e);
/* whole: with spans and by whom; r has them then. */
void incident_json(struct json_w *w, const struct archive_window_entry *e, const struct archive_incident_row *r, bool whole);
/* The fields of INCIDENT_CSV, each with its comma. */
void incident_csv(struct str *out, const struct archive_window_entry *e, const struct archive_incident_row *r);
#define INCIDENT_CSV "incident,class,prefix,origin,culprit,confidence,began,ended,open,needed,peak,vantage_points,why"

#endif
