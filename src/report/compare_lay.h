/*
 * compare_lay: what the parts of the text of a comparison share. Inside report/ only.
 */
#ifndef REPORT_COMPARE_LAY_H
#define REPORT_COMPARE_LAY_H

#include "report/compare.h"
#include "report/layout.h"

/* compare_matrix.c: networks next to each other, a row for each demand. */
void compare_matrix(struct str *out, const struct comparison *c, struct text_style style);
/* Columns that ids of demands take, within reason. */
unsigned compare_id_width(const struct requirement *req);

/* compare_net.c: one network, with the reasons of all that it does not meet. */
void compare_net(struct str *out, const struct comparison *c, size_t i, struct text_style style);

/* compare_say.c */
const char *outcome_said(enum outcome o);	/* "meets", "short", "cannot judge", "n.a." */
enum ink outcome_ink(enum outcome o);
/* The bars of what is judged: "at least 99 %, at most 0"; "an answer" where only the provider can tell; "-". */
void say_demand_bar(struct str *out, const struct demand *d);
/* "short by 3.20 points", "meets, attested" */
void say_cell(struct str *out, const struct held *h);
/* "5 of 7", of what applies: not met is what is short and what is unknown. */
uint32_t tally_applies(const uint16_t n[static OUTCOME_N]);
uint32_t tally_weight(const struct tally *t);

#endif
