/*
 * ways: the AS paths of an incident in the archive. Inside archive/ only.
 */
#ifndef ARCHIVE_WAYS_H
#define ARCHIVE_WAYS_H

#include "archive/sql.h"

#define WAYS_SCHEMA 7	/* the step that made their tables */

/* The paths of an incident as ids, while it is put in. */
struct ways_put {
	const struct incident_paths *p;	/* NULL: none are known */
	int64_t *ids;			/* owned */
	size_t no;			/* the next sighting */
};
/* What the incident has beside its sightings; ids are made. */
NODISCARD enum err ways_begin(struct archive *a, const struct archive_incident *i, struct ways_put *w);
/* The k-th sighting by one accomplice, with its turns. */
NODISCARD enum err ways_seen_put(struct archive *a, struct ways_put *w, uint32_t accomplice, size_t k,
    const struct timeline_interval *s);
void ways_release(struct ways_put *w);

/* Into x, whose sightings are there; from arena. */
NODISCARD enum err ways_read(struct archive *a, int64_t window, uint64_t ord, struct arena *arena,
    struct archive_incident *x);

void ways_digest(struct sha256 *h, const struct incident_paths *p);	/* nothing of NULL */

#endif
