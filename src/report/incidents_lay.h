/*
 * incidents_lay: what the parts of the text about incidents share. Inside report/ only.
 */
#ifndef REPORT_INCIDENTS_LAY_H
#define REPORT_INCIDENTS_LAY_H

#include "report/incidents.h"
#include "report/layout.h"

struct incidents_ranked { uint64_t length_us; uint32_t no, sure; };	/* sure: offence_sureness */

uint32_t incidents_sure(const struct timeline_offence *o, uint32_t n);	/* offence_sureness, the greatest */
uint64_t incidents_length_us(const struct incidents_sheet *s, const struct timeline_incident *x);

/* incidents_head.c: what it rests on; the scores; lengths as "1 d 02:03:04" */
void incidents_head(struct str *out, const struct incidents_sheet *s, struct text_style style);
void incidents_scores(struct str *out, const struct incidents_sheet *s, struct text_style style);
void incidents_length(struct str *out, uint64_t s);
void incidents_right(struct str *out, uint64_t s, bool known, unsigned width);	/* "-" when not known */
const char *incidents_lack(unsigned class);	/* what evidence it wants */

const char *incidents_dated(const struct incidents_sheet *s, unsigned class);	/* for a heading; "" when it is not */

/* incidents_group.c: when there are more of the class than are listed, its pairs of culprit and accomplice */
void incidents_groups(struct str *out, const struct incidents_sheet *s, unsigned class, struct text_style style);

#endif
