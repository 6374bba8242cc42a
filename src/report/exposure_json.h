/*
 * exposure_json: what the parts of the JSON about exposure share. Inside report/ only. Each writes one value.
 */
#ifndef REPORT_EXPOSURE_JSON_H
#define REPORT_EXPOSURE_JSON_H

#include "report/exposure.h"
#include "report/json.h"

/* In the order of their words, as keys must come. */
static const enum exposure_offence exposure_by_word[OFFENCE_N] = {OFFENCE_BOGON, OFFENCE_OWN, OFFENCE_INVALID};

/* exposure_json_as.c */
void exposure_json_as(struct json_w *w, const struct exposure *e, const struct exposure_as *a, const struct as_result *r);
void exposure_json_verdicts(struct json_w *w, const struct as_result *r);
void exposure_json_space(struct json_w *w, const struct exposure_space *s);

/* exposure_json_view.c */
void exposure_json_family(struct json_w *w, const struct exposure *e, unsigned family);
void exposure_json_kprefix(struct json_w *w, const char *key, const struct prefix *p);

/* exposure_json_window.c: the window, what was looked for in it; what went through a network (as: NULL for all together). */
void exposure_json_window(struct json_w *w, const struct astray_ground *g);
void exposure_json_astray(struct json_w *w, const struct astray *x, const struct exposure_as *as, const struct exposure *e);

#endif
