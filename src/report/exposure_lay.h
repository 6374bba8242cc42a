/*
 * exposure_lay: what the parts of the text about exposure share. Inside report/ only.
 */
#ifndef REPORT_EXPOSURE_LAY_H
#define REPORT_EXPOSURE_LAY_H

#include "report/exposure.h"
#include "report/layout.h"

/* exposure_draw.c: the tree of one family; right-aligned numbers; "AS64500 NAME" cut to width columns. */
void exposure_draw(struct str *out, const struct world *w, const struct exposure_view *v, struct text_style style);
void lay_percent(struct str *out, uint32_t ppm, unsigned width);
void lay_number(struct str *out, uint64_t n, unsigned width);
void lay_network(struct str *out, uint32_t asn, const char *name, unsigned width);

/* exposure_table.c: the networks; a wrapped paragraph, a heading after an empty line. */
void exposure_table(struct str *out, const struct exposure_result *r, uint32_t min_ppm, struct text_style style);
void lay_paragraph(struct str *out, struct text_style style, unsigned column, const char *text);
void lay_heading(struct str *out, struct text_style style, const char *text);

/* exposure_astray.c: what the incidents rest on, behind its label; those through the networks. */
void exposure_astray_head(struct str *out, const struct astray_ground *g, struct text_style style);
void exposure_astray_text(struct str *out, const struct exposure_sheet *x, const struct exposure_result *r,
    struct text_style style);
/* exposure_first.c: who did what is certain, or took it from who did. */
void exposure_astray_first(struct str *s, const struct astray_ground *g, const struct exposure *e);

/* exposure_say.c */
const char *say_family(unsigned family);
const char *say_plural(uint64_t n);				/* "" or "s" */
void say_counted(struct str *out, uint64_t n, const char *what);	/* "1,203 routes" */
void say_space(struct str *s, const struct exposure_space *x);	/* " (12 /24, 3 /48)", "" for no route */
void say_worst(struct str *s, const struct exposure_verdicts *v);	/* "FAIL pack/ID: reason" */
void say_weakest(struct str *s, const struct exposure_result *r);
void say_homing(struct str *s, const struct exposure_view *v);
void say_own(struct str *s, const struct exposure *e);

#endif
