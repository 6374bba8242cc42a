/*
 * mark: what a network has earned: a document (doc/formats/mark.md) that says by which report, which pack and which
 * evidence one AS carries it, and to which moment. That moment is the earliest at which evidence of a required control
 * is older than its pack allows; no clock has a part in it. How a mark stands is not in it but in a log, by status
 * entries on its digest.
 */
#ifndef SEAL_MARK_H
#define SEAL_MARK_H

#include "base/arena.h"
#include "base/str.h"
#include "base/utc.h"

#define MARK_FORMAT "routemark-mark/1"
#define MARK_TIME 20u			/* bytes of a time in it: 2026-01-31T00:00:00Z, until the year 9999 */

/* A control that the pack requires. */
struct mark_control {
	const char *id, *title;
	bool applies;			/* it passes; else it does not apply to this network */
	uint32_t age_max_days;		/* by the pack; 0: it gives no limit */
	const char *oldest;		/* RFC 3339, of the evidence that it rests on; NULL when there is no limit */
	const char *expires;		/* oldest and the days; NULL the same */
};

struct mark {
	const char *address;		/* of the page that shows it and its proof; NULL: none was given */
	uint32_t asn;
	const char *name, *organisation;	/* as the evidence has them; "" when it does not */
	const char *at;			/* of the report: no word is given of moments before */
	const char *valid_to;		/* the last moment at which it stands */
	struct mark_control *controls;
	size_t n;
	uint64_t inputs;		/* of the report */
	const char *oldest, *newest;	/* of those with a time; NULL: none has one */
	const char *issuer;		/* "NAME+ID" of a key: a hint, what counts is who signed the status */
	const char *log;		/* origin of the log that has its status */
	struct {
		const char *id, *version, *title, *status, *catalog;
		const char *profile;	/* NULL: a catalogue alone */
	} pack;
	const char *report;		/* SHA-256 of it, lower-case hexadecimal */
};

/* NULL; or which member is not as the format has it, or does not follow from the others, from a. */
const char *mark_wrong(const struct mark *m, struct arena *a);
/* The whole file, with its line feed; nothing is wrong with it (asserted). */
void mark_write(struct str *out, const struct mark *m);
/* Form only: one that mark_write gives. All is from the arena, *why too. */
NODISCARD enum err mark_read(struct span text, struct arena *a, struct mark *out, const char **why);

/* expires of a control, from oldest and age_max_days; valid_to and its control. Times that are good. */
const char *mark_expiry(const char *oldest, uint32_t days, struct arena *a);
/* The control that lapses first; n: none has a limit. */
size_t mark_first(const struct mark *m);
/* What stands behind the name of a pack: "" for one that is published, else " (proposal)" or another. */
const char *mark_label(const char *status);

/*
 * The line that an issued entry has as its reason, so that the log alone can be asked for an AS:
 * "mark of AS64500 by PACK VERSION (proposal), valid to TIME, report SHA256".
 */
struct mark_line {
	uint32_t asn;
	const char *pack;		/* its id */
	const char *version;		/* with the label behind it */
	const char *valid_to, *report;
};
void mark_line_of(struct mark_line *out, const struct mark *m, struct arena *a);
void mark_line_write(struct str *out, const struct mark_line *l);
/* ERR_SYNTAX: not one that mark_line_write gives. */
NODISCARD enum err mark_line_read(struct span text, struct arena *a, struct mark_line *out);

#endif
