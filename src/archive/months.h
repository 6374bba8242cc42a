/*
 * months: what an archive holds, for whoever shows it to many at once (serve/). Every answer is of one snapshot: what
 * is archived meanwhile is seen by the next one.
 */
#ifndef ARCHIVE_MONTHS_H
#define ARCHIVE_MONTHS_H

#include "archive/archive.h"

/* How many routes a network originates, by the population of rov-invalid: 0 (or not known), 1 to 9, 10 to 99, more. */
enum archive_size { ARCHIVE_SIZE_NONE, ARCHIVE_SIZE_SMALL, ARCHIVE_SIZE_MEDIUM, ARCHIVE_SIZE_LARGE };
#define ARCHIVE_SIZE_N (ARCHIVE_SIZE_LARGE + 1)
const char *archive_size_word(enum archive_size s);	/* "none", "1-9", "10-99", "100-" */
enum archive_size archive_size_of(const struct archive_row *r);

/* Begin to read: no other program's writing is seen until the end. ERR_STOPPED: one is at its commit, and was waited
 * for as long as archive_patience says (2 s unless told). */
NODISCARD enum err archive_snapshot(struct archive *a);
void archive_snapshot_end(struct archive *a);
void archive_patience(struct archive *a, unsigned ms);

/* What changes whenever something was archived, and never otherwise. */
struct archive_state { int64_t assessments, last, timelines, exposures; };
NODISCARD enum err archive_state(struct archive *a, struct archive_state *out);

/* One assessment. */
struct archive_month {
	int64_t id;
	uint8_t digest[SHA256_BYTES];
	uint64_t networks;
	struct archive_head head;
};
/* All, in the order of their moments; all from arena. */
NODISCARD enum err archive_months(struct archive *a, struct arena *arena, struct archive_month **out, size_t *n);
/* A network in one; found: is it there? */
NODISCARD enum err archive_network(struct archive *a, const struct archive_month *m, uint32_t asn, struct arena *arena,
    struct archive_row *out, bool *found);
/* Every network of one, ascending by ASN; name and org are borrowed until each returns. */
NODISCARD enum err archive_names(struct archive *a, const struct archive_month *m,
    void (*each)(void *arg, uint32_t asn, const char *name, const char *org, const struct place *place), void *arg);

/* Whether a month has a network: a look-up. */
NODISCARD enum err archive_has(struct archive *a, const struct archive_month *m, uint32_t asn, bool *there);

/* Control k, counted over all packs: what each network was given, ascending by ASN. ERR_CORRUPT: of some network it is not
 * kept. One row, and the networks' ASNs. */
NODISCARD enum err archive_control_verdicts(struct archive *a, const struct archive_month *m, size_t k,
    void (*each)(void *arg, uint32_t asn, enum verdict v), void *arg);

/* How often each verdict was given: n[control][size][verdict], the controls of all packs one after the other. */
typedef uint64_t archive_tally[ARCHIVE_SIZE_N][VERDICT_N];
NODISCARD enum err archive_tally_read(struct archive *a, const struct archive_month *m, struct arena *arena,
    archive_tally **out);

/* The same by where the holders are registered: each count that is not 0 of networks whose place is known; what is left
 * of archive_tally_read is not known. country: only of this one ("" for none given); NULL: of all. */
struct archive_place_count { struct place place; size_t control; enum archive_size size; enum verdict verdict; uint64_t n; };
NODISCARD enum err archive_places_read(struct archive *a, const struct archive_month *m, const char *country,
    void (*each)(void *arg, const struct archive_place_count *c), void *arg);

#endif
