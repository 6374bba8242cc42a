/*
 * incident_page: what the pages about incidents have in common.
 */
#ifndef SERVE_INCIDENT_PAGE_H
#define SERVE_INCIDENT_PAGE_H

#include "serve/incident.h"
#include "serve/page.h"

void incident_moment(struct str *out, int64_t us);		/* "2031-05-01 00:00:00" */
/* "AS64500" as a link when the newest month has it, and its name then. */
void incident_network(struct ask *q, uint32_t asn);
/* How much of a window was seen, what was looked for and what not. */
void incident_looked(struct str *out, const struct archive_window *w);
/* What a confidence means; "" of classes without. */
const char *incident_meaning(enum offence_class c, const char *confidence);
/* Who did it, in the words of the class and no surer than the confidence: "probable leaker". */
const char *incident_role(const struct archive_incident *x);
/* Sections: the AS paths as a table, those that most had first; how the confidence was reached. */
void incident_paths_show(struct ask *q, const struct archive_incident *x);
void incident_sure(struct ask *q, const struct archive_window *w, const struct archive_incident *x);
/* A figure: vantage points as rows, when each saw it as bars, with the numbers of their paths; above them when enough did
 * at once, and where nobody listened. At most SERVE_VANTAGE_DRAWN of them. */
void incident_draw(struct ask *q, const struct archive_window *w, const struct archive_incident_row *r);

#endif
