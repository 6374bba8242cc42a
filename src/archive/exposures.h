/*
 * exposures: what subjects depended on, kept as exposure --json told it (report/exposed.h, doc/formats/exposure.md). A
 * subject is an ASN that was asked for, or a prefix and one of its origins; each is kept by itself, so that the same
 * subject on the same ground (moment, inputs, packs, parameters, window) is kept once, whatever it was asked together with.
 *
 * An exposure is named by a digest, as an assessment is: over its ground and over what was found. Other findings on the
 * same ground (another version of the program made them) are kept beside it.
 */
#ifndef ARCHIVE_EXPOSURES_H
#define ARCHIVE_EXPOSURES_H

#include "archive/archive.h"
#include "report/exposed.h"

/* Of the two canonical texts. */
void archive_exposure_digest(struct span head, struct span text, uint8_t out[static SHA256_BYTES]);

/* All subjects of a document in one transaction; fate[] has one for each. When all were there, nothing is written. On an
 * error nothing of it is in the archive, and archive_why tells. */
NODISCARD enum err archive_exposures_put(struct archive *a, const struct exposed_document *d, enum archive_fate *fate);

struct archive_exposure {
	int64_t id;
	uint8_t digest[SHA256_BYTES];
	struct utc at;
	uint32_t origin;
	const char *asked, *name;	/* "64500" or a prefix */
	bool prefix;
	uint64_t networks;		/* that it depends on */
	bool has_weakest;
	uint32_t weakest;		/* ASN */
	enum verdict verdict;		/* FAIL or NO_DATA: of the weakest */
};

struct archive_exposure_query {
	struct utc from, to;		/* from <= at < to */
	bool by_verdict;
	enum verdict verdict;		/* of the weakest link */
	uint32_t limit, offset;
};
/* The newest first, then by origin; all from arena. *total, when not NULL: how many there are without limit and offset. */
NODISCARD enum err archive_exposures(struct archive *a, const struct archive_exposure_query *q, struct arena *arena,
    struct archive_exposure **out, size_t *n, uint64_t *total);
/* Of one origin, at most max: the newest first, of a moment the network's own before its prefixes', and of several
 * findings of the same the last that was archived first. */
NODISCARD enum err archive_exposures_of(struct archive *a, uint32_t origin, uint32_t max, struct arena *arena,
    struct archive_exposure **out, size_t *n);
struct archive_exposure_moment { struct utc at; uint64_t n; };
/* The moments that there are, the newest first, at most max. */
NODISCARD enum err archive_exposure_moments(struct archive *a, uint32_t max, struct arena *arena,
    struct archive_exposure_moment **out, size_t *n);
/* What was kept of one. */
NODISCARD enum err archive_exposure_read(struct archive *a, int64_t id, struct arena *arena, struct exposed_ground *ground,
    struct exposed *out, struct span *head, struct span *text);

#endif
