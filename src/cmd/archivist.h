/*
 * archivist: the process that writes an archive, and does nothing else: it opens no input, and what it is sent (archive/
 * parcel.h) it reads as a hostile one would have written it. It is in JAIL_KEEP, with the archive's folder alone; who
 * decodes is in JAIL_DECODE and calls these instead of those of archive/archive.h, incidents.h and exposures.h. Which
 * archive is said by the command line, not by who decodes.
 *
 * archivist_put and archivist_incident wait for no answer: what was wrong with them is told by the next call that does, the
 * commit's at the latest. The archive is opened, and made when it is not there, with the first begin. When either process
 * ends, what was not committed is rolled back.
 */
#ifndef CMD_ARCHIVIST_H
#define CMD_ARCHIVIST_H

#include "archive/exposures.h"
#include "archive/incidents.h"

/* --- in the process that decodes --- */

void archivist_start(int fd);	/* to the archivist; owned */
bool archivist_able(void);		/* is there one? */
/* As archive_begin (content NULL) and archive_begin_known. */
NODISCARD enum err archivist_begin(const struct archive_head *head, const uint8_t basis[static SHA256_BYTES], const uint8_t *content);
NODISCARD enum err archivist_put(struct span row);
/* As archive_window_begin. */
NODISCARD enum err archivist_window(const struct archive_window *w, const uint8_t basis[static SHA256_BYTES],
    const uint8_t content[static SHA256_BYTES]);
NODISCARD enum err archivist_incident(const struct archive_incident *i);
NODISCARD enum err archivist_commit(enum archive_fate *fate);
void archivist_rollback(void);	/* fine when nothing was begun */
/* As archive_exposures_put. */
NODISCARD enum err archivist_exposures(const struct exposed_document *d, enum archive_fate *fate);
/* What went wrong last, in words, with no path in it; "" when nothing did. Until the next call. */
const char *archivist_why(void);

/* --- the archivist --- */

/* Do what comes on fd, with the archive at path, until its other side is closed. False when what came has no form. */
bool archivist_serve(int fd, const char *path);

#endif
