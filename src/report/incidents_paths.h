/*
 * incidents_paths: AS paths over time in what is written about incidents, here and by serve/.
 */
#ifndef REPORT_INCIDENTS_PATHS_H
#define REPORT_INCIDENTS_PATHS_H

#include "base/json_w.h"
#include "metric/timeline_paths.h"
#include "report/report.h"

/* The members paths and paths_left_out. */
void incidents_paths_json(struct json_w *w, const struct incident_paths *p);
/* The members path, of the first turn of interval no; and turns, when there are more, which comes later. */
void incidents_path_json(struct json_w *w, const struct incident_paths *p, size_t no);
void incidents_turns_json(struct json_w *w, const struct incident_paths *p, size_t no);
/* "701 15169 4713;701 174 4713": those that interval no had, as time went; "?" where none is known. */
void incidents_paths_csv(struct str *out, const struct incident_paths *p, size_t no);
/* A line: the first path, the culprit in brackets, and how many others there are; nothing when none is known. */
void incidents_path_say(struct str *out, const struct timeline_result *r, const struct timeline_incident *x,
    struct text_style style);

#endif
