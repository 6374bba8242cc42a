/*
 * incidents: what a timeline found in a window of time, for the archive. The caller fills struct archive_incident
 * for each, between begin and commit; one timeline is one transaction.
 *
 *	archive_timeline_begin(a, &t)
 *	archive_incident_put(a, &i)		as often as there are incidents
 *	archive_commit(a, &fate)		ARCHIVE_THERE: the same was there already, nothing was written
 */
#ifndef ARCHIVE_INCIDENTS_H
#define ARCHIVE_INCIDENTS_H

#include "addr/prefix.h"
#include "archive/archive.h"

enum incident_role { ROLE_CULPRIT, ROLE_ACCOMPLICE };	/* ROLE_ACCOMPLICE: the next hop that took it */

struct archive_timeline {
	struct utc began, ended;	/* the window, both known, ended not before began */
	const char *parameters;		/* canonical JSON: the curve, what merges, how long a gap may be */
	const struct archive_input *inputs;	/* tables and updates of the window, ascending by digest, each once */
	size_t n_inputs;
	uint8_t results[SHA256_BYTES];	/* the caller's digest over its incidents, in its order */
};

struct archive_incident {
	const char *kind;		/* "bogon-prefix", "rpki-invalid", "misorigination", "leak" ...: the caller's words */
	uint32_t asn;			/* who did it */
	enum incident_role role;
	bool has_prefix, has_origin;
	struct prefix prefix;
	uint32_t origin;
	struct utc began;		/* known */
	struct utc ended;		/* UTC_NONE: it had not ended when the window did */
	int64_t score;			/* thousandths, raw: before the curve */
	const char *confidence;		/* "proven", "probable", "possible" */
	const char *why;		/* what spoke for and against it, one line */
};

/* As archive_begin; what t points to is borrowed until the end. ERR_RANGE: a window that ends before it began. */
NODISCARD enum err archive_timeline_begin(struct archive *a, const struct archive_timeline *t);
/* In any order; those of one network keep the order in which they come. ERR_RANGE: it ended before it began, or is
 * outside of the window (it may have begun before it). */
NODISCARD enum err archive_incident_put(struct archive *a, const struct archive_incident *i);

struct archive_incident_told {
	struct utc window_began, window_ended;
	struct archive_incident incident;	/* prefix: see prefix_text */
	const char *prefix_text;		/* NULL when it has none */
};
/* Those of one network, of windows that ended no later than as_of (UTC_NONE: all), the windows in their order. */
NODISCARD enum err archive_incidents(struct archive *a, uint32_t asn, struct utc as_of, struct arena *arena,
    struct archive_incident_told **out, size_t *n);

#endif
