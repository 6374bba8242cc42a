/*
 * import: a report of audit --json (doc/formats/assessment.md), as rows. It is read strictly, in a stream, and
 * refused whole when it is cut, broken or contradicts itself: networks out of order, a verdict on a number that is
 * not there, an interval that is not that of its number, a summary that counts otherwise.
 */
#ifndef ARCHIVE_IMPORT_H
#define ARCHIVE_IMPORT_H

#include "archive/row.h"
#include "base/feed.h"

struct import_result {
	struct archive_head head;	/* from the arena */
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];	/* for archive_begin_known */
	uint64_t networks;
};

/* Read one report whole. each, when not NULL, gets each network's bytes for archive_put; head is complete before the
 * first. An error of each ends it. Else *why, from a, says where (a byte offset), which field, which rule. A report
 * is to be read twice: once to see that it is whole, then to archive it. */
NODISCARD enum err import_read(struct feed *f, struct arena *a, enum err (*each)(void *arg, struct span row), void *arg,
    struct import_result *out, const char **why);

#endif
