/*
 * parcel: what is to be archived, as bytes between two processes: one has read strangers' files and may write nothing, the
 * other writes the archive and reads nothing but these (cmd/keeper.h). Who reads a parcel takes its writer for hostile:
 * every length is held against the bytes that are there, every enum and range, the order of lists, and what must agree
 * with itself; texts are UTF-8; nothing in it is an address or a path. What is taken is written again as the same bytes.
 *
 * A parcel has a frame: four bytes for how long its body is, one for its kind. From the reader to the writer there are
 * answers alone; ASSESSMENT, WINDOW, EXPOSURES and COMMIT are answered, the others are not: an error in them is the next
 * answer's.
 */
#ifndef ARCHIVE_PARCEL_H
#define ARCHIVE_PARCEL_H

#include "archive/exposures.h"
#include "archive/incidents.h"

enum parcel_kind {
	PARCEL_ASSESSMENT,	/* begins one: head, basis, and content when known */
	PARCEL_ROW,		/* a network of it, as row_write has it */
	PARCEL_WINDOW,		/* begins one: window, basis, content */
	PARCEL_INCIDENT,	/* of it */
	PARCEL_EXPOSURES,	/* a document, begun and committed at once */
	PARCEL_COMMIT,
	PARCEL_ROLLBACK,	/* of what was begun, if anything */
	PARCEL_ANSWER,		/* err, why; of COMMIT a fate, of EXPOSURES one for each subject */
	PARCEL_N
};

#define PARCEL_FRAME 5	/* bytes in front of a body */

struct parcel {
	enum parcel_kind kind;
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	bool known;			/* ASSESSMENT: there is a content */
	struct archive_head head;
	struct span row;
	struct archive_window window;
	struct archive_incident incident;
	struct exposed_document exposures;
	enum err err;			/* ANSWER */
	const char *why;		/* "" when OK */
	const enum archive_fate *fates;
	size_t n_fates;
};

/* With its frame, appended. What p points to must fit together, as it does when it was read or made (archive/import.h,
 * incidents_import.h, report/exposed.h). false, with nothing appended: it has more than PARCEL_BYTES_MAX bytes. */
bool parcel_write(struct str *out, const struct parcel *p);
/* The frame: PARCEL_FRAME bytes. ERR_RANGE: no such kind; ERR_LIMIT: longer than PARCEL_BYTES_MAX. */
NODISCARD enum err parcel_frame(const uint8_t frame[static PARCEL_FRAME], enum parcel_kind *kind, size_t *len);
/* The body. out points into it and into a. On an error *field names what is wrong. The bytes of a row are read by
 * archive_put (row_read), not here. */
NODISCARD enum err parcel_read(enum parcel_kind kind, struct span body, struct arena *a, struct parcel *out, const char **field);
/* Is the incident one of the window's: of a class that was looked for, within its time? Else the field. */
const char *parcel_outside(const struct archive_incident *i, const struct archive_window *w);

#endif
