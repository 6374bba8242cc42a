/*
 * pick: which networks a page or an answer counts: those of a region, of a country, of a size. Where a network is
 * registered is not where it runs, and is not known of all: whatever shows a pick says so (pick_note).
 */
#ifndef SERVE_PICK_H
#define SERVE_PICK_H

#include "addr/region.h"
#include "serve/ask.h"

struct pick {
	const struct region *region;	/* NULL: any */
	const char *country;		/* "NL"; NULL: any */
	bool sized;
	enum archive_size size;		/* when sized */
	archive_tally **of_country;	/* of each month of the archive; when country */
};

/* From "region" (id or M49 code) and "country", and with sizes "size". False after ask_problem. */
bool pick_ask(struct ask *q, bool sizes, struct pick *out);
/* For counts: reads those of a country from the archive. False after ask_broken. */
bool pick_load(struct ask *q, struct pick *p);
bool pick_any(const struct pick *p);	/* nothing was asked for: all networks */
bool pick_placed(const struct pick *p);	/* a region or a country was */
bool pick_holds(const struct pick *p, const struct place *place);	/* whatever the size */
/* By size, of all sizes; of the control's place in the month's pack. */
archive_tally *pick_tally(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k);
/* Of the size, or of all sizes together. */
void pick_count(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k,
    uint64_t n[static VERDICT_N]);
/* Networks that are in it, in that month. */
uint64_t pick_networks(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month);

/* "registered in Western Europe, with 10 to 99 routes"; "" for all. */
const char *pick_words(struct ask *q, const struct pick *p);
const char *pick_size_words(enum archive_size s);	/* "10 to 99 routes" */
/* "?region=europe&size=10-99" (html: "&amp;"), "" for all; with_size: the size, too. */
const char *pick_query(struct ask *q, const struct pick *p, bool with_size);
/* <select name="region">: every region with how many networks of the series and month are in it. */
void pick_select_region(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month);
void pick_field_country(struct ask *q, const struct pick *p);
void pick_select_size(struct ask *q, const struct pick *p);
void pick_option(struct str *out, const char *value, const char *text, bool chosen);
/* What "registered" means, and of how many it is not known: a link to those at the path here. */
void pick_note(struct ask *q, const struct shown_series *s, size_t month, const char *here);
/* "RIPE NCC, NL"; "not known". */
void pick_place(struct str *out, const struct place *p);

#endif
