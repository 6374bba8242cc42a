/*
 * shown: what pages ask of an archive again and again, read once for as long as it does not change: assessments, counts,
 * months of each pack, names. A view is not changed after it was made; who uses one holds a reference.
 */
#ifndef SERVE_SHOWN_H
#define SERVE_SHOWN_H

#include "archive/months.h"

#include <stdatomic.h>

struct shown_name { uint32_t asn; const char *name, *org, *folded; };	/* folded: both, ASCII in lower case */

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
/* The months of a series by "2031-06" or a date; SIZE_MAX: none. NULL: the newest. */
size_t shown_month(const struct shown_series *s, const char *month);
const struct shown_name *shown_name(const struct shown *v, uint32_t asn);	/* NULL: not in latest */
void shown_month_text(struct utc at, char out[static 8]);	/* "2031-06" */
bool shown_follows(struct utc before, struct utc after);	/* no month lies between the two, and they are not of one */

#endif
