/*
 * html_exposed: an exposure for people, as sections of a page: the answer in a sentence, the chains drawn, the same as a
 * table, the incidents that followed, what hangs on one neighbour, and what is not counted. For the page of the site and
 * for exposure --html; text from outside goes through report/html.h.
 */
#ifndef REPORT_HTML_EXPOSED_H
#define REPORT_HTML_EXPOSED_H

#include "report/chain.h"

/* "AS64500 NAME, 192.0.2.0/24" as text of the page's title. */
void html_exposed_title(struct str *out, const struct exposed *x);
/* <h1> and the date of the evidence. */
void html_exposed_head(struct str *out, const struct exposed_ground *g, const struct exposed *x);
/* All sections below it. id begins the ids, so that a page may hold several; to as in chain_draw. */
void html_exposed(struct str *out, const struct exposed_ground *g, const struct exposed *x, const char *id, const struct exposed_links *to);

/* The answer alone, as a sentence or two of HTML. */
void html_exposed_answer(struct str *out, const struct exposed_ground *g, const struct exposed *x, const struct exposed_links *to);

void html_exposed_percent(struct str *out, uint32_t ppm);	/* "10.00 %" */
/* html_exposed_table.c: "The same as a table". */
void html_exposed_table(struct str *out, const struct exposed_ground *g, const struct exposed *x,
    const struct exposed_links *to);
/* html_exposed_incidents.c: "Incidents that followed". */
void html_exposed_incidents(struct str *out, const struct exposed_ground *g, const struct exposed *x, const struct exposed_links *to);
void html_exposed_asn(struct str *out, uint32_t asn, const struct exposed_links *to);	/* "AS64500", a link when to is not NULL */

#endif
