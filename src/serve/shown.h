/*
 * shown: what pages ask of an archive again and again, read once for as long as it does not change: assessments, counts,
 * months of each pack, names. A view is not changed after it was made; who uses one holds a reference.
 */
#ifndef SERVE_SHOWN_H
#define SERVE_SHOWN_H

#include "addr/region.h"
#include "archive/months.h"

#include <stdatomic.h>

struct shown_name { uint32_t asn; struct place place; const char *name, *org, *folded; };	/* folded: both, ASCII in lower case */

/* The months of a pack: of each calendar month (UTC) the assessment of most networks, and of those the newest. */
struct shown_series {
	const char *id;			/* of the pack */
	size_t rank;			/* place among the series */
	const struct archive_month **month;	/* ascending; at least one */
	size_t *pack, *first;		/* of each: its place in the head, and its first control among all */
	size_t n;
};

struct shown {
	atomic_uint refs;
	uint64_t generation;		/* of the shelf */
	struct arena *a;
	struct archive_state state;
	struct archive_month *months;
	archive_tally **tally;		/* of each month */
	archive_tally **place;		/* of each month, of each region: all controls of the first, then of the next */
	size_t n_months;
	struct shown_series *series;	/* published packs first, then as the newest month has them */
	size_t n_series;
	const struct archive_month *latest;	/* of the newest calendar month, of most networks; NULL: an empty archive */
	struct shown_name *names;	/* of latest, ascending by ASN */
	size_t n_names;
};

/* Reads the archive, which is in a snapshot. */
NODISCARD enum err shown_make(struct archive *a, struct shown **out);
void shown_ref(struct shown *v);
void shown_free(struct shown *v);		/* one reference; NULL-safe */

const struct shown_series *shown_series_find(const struct shown *v, const char *pack);	/* ASCII case ignored; NULL */
const struct archive_pack *shown_pack(const struct shown_series *s, size_t month);
/* Counts of control k of the pack in that month. */
archive_tally *shown_tally(const struct shown *v, const struct shown_series *s, size_t month, size_t k);
/* The same, of networks registered in the region. */
archive_tally *shown_region(const struct shown *v, const struct shown_series *s, size_t month, size_t k,
    const struct region *r);
/* The months of a series by "2031-06" or a date; SIZE_MAX: none. NULL: the newest. */
size_t shown_month(const struct shown_series *s, const char *month);
/* The series that has the most networks in the month, of those the first, and its place there; NULL: none has it. */
const struct shown_series *shown_series_newest(const struct shown *v, const char *month, size_t *at);
const struct shown_name *shown_name(const struct shown *v, uint32_t asn);	/* NULL: not in latest */
void shown_month_text(struct utc at, char out[static 8]);	/* "2031-06" */
bool shown_follows(struct utc before, struct utc after);	/* no month lies between the two, and they are not of one */

#endif
