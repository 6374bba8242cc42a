/*
 * path_lay: the parts of an explained path in text. Inside report/ only.
 */
#ifndef REPORT_PATH_LAY_H
#define REPORT_PATH_LAY_H

#include "report/layout.h"
#include "report/path.h"

#define PATH_LABEL_END 12u

/* The path drawn: an AS a row, the neighbour on top. */
void path_table(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style);
/* "AS1, AS2 and AS3": as[first..last] */
void path_ases(struct str *out, const struct path_result *r, size_t first, size_t last);
const char *path_by_text(enum leak_by b);	/* "OTC", "ASPA", "relationships" */
/* Ramps, both tests, what an observer may say. */
void path_say_aspa(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style);
/* OTC, origin, relationships, leak. */
void path_say_rest(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style);

#endif
