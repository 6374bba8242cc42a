/*
 * incidents_import: a document of incidents --json (doc/formats/incidents.md), as a window and its incidents. Read strictly
 * and in a stream, an incident at a time: that of a leak has 100,000. Refused whole when it is cut, broken or contradicts
 * itself: incidents out of order, a moment that is not that of its microseconds, a vantage point that is not in the list,
 * more of them than saw it, a time outside of the window, a class that was not looked for, a percentage that is not the
 * curve's; and when it is of one network alone, as it would say of all others that they did nothing.
 */
#ifndef ARCHIVE_INCIDENTS_IMPORT_H
#define ARCHIVE_INCIDENTS_IMPORT_H

#include "archive/incidents.h"
#include "base/feed.h"

struct incidents_result {
	struct archive_window w;	/* from the arena */
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];	/* for archive_window_begin */
	uint64_t incidents;
};

/* Read one whole. each, when not NULL, gets each incident in its order, borrowed until it returns; the window is complete
 * only at the end. An error of each ends it. Else *why, from a, says which incident (from 1), where (a byte offset), which
 * field, which rule. A document is to be read twice, as a report is. */
NODISCARD enum err incidents_import(struct feed *f, struct arena *a,
    enum err (*each)(void *arg, const struct archive_incident *i), void *arg, struct incidents_result *out,
    const char **why);

#endif
