/*
 * incidents: what a timeline (metric/timeline.h) found in a window of time, kept with all that routemark incidents
 * --json says of it (doc/formats/incidents.md). One window is one transaction:
 *
 *	archive_window_begin(a, &w, basis, content)
 *	archive_incident_put(a, &i)		each, in its order
 *	archive_commit(a, &fate)		ARCHIVE_THERE: the same was there already, nothing was written
 *
 * A window is named by a digest, as an assessment is: over what it depends on (when, parameters, curve, classes looked
 * for, inputs) and over what was found. Other findings of the same basis are kept beside it.
 */
#ifndef ARCHIVE_INCIDENTS_H
#define ARCHIVE_INCIDENTS_H

#include "archive/archive.h"
#include "metric/curve.h"
#include "metric/incident_metric.h"
#include "metric/timeline_paths.h"

struct archive_gap { struct utc from, to; };	/* nobody listened */

struct archive_collector {
	uint32_t local_as;
	uint64_t vantage_points, messages, update_files, tables, silence_s, cadence_s;
	const struct archive_gap *gaps;		/* ascending */
	size_t n_gaps;
};

struct archive_vantage {
	struct addr addr;
	uint32_t asn, collector;		/* collector: index */
	bool full_feed[FAMILY_N];
};

struct archive_dated {				/* evidence of another time than the window */
	const char *evidence;
	int64_t days;				/* below 0: before it */
	struct utc newest, oldest;		/* or not known */
};

struct archive_score {				/* of an AS and metric, over the window */
	uint32_t asn;
	enum incident_metric metric;
	uint64_t incidents, raw_e7;		/* as struct incident_score */
};

struct archive_window {
	struct utc from, to;			/* known; [from, to) */
	struct utc first_update;		/* or not known */
	uint64_t seen_s;			/* seconds of it that a collector saw */
	enum curve curve;
	const char *parameters, *counts;	/* flat objects of canonical JSON */
	uint32_t looked_for, not_scored;	/* bits of enum offence_class: of any other nothing is known */
	const struct archive_input *inputs;	/* ascending by digest, each once */
	const struct archive_collector *collectors;
	const struct archive_vantage *vps;
	const struct archive_dated *dated;
	const struct archive_score *scores;	/* ascending by ASN, then metric */
	size_t n_inputs, n_collectors, n_vps, n_dated, n_scores;
};

struct archive_by {				/* by the next network towards the collector */
	uint32_t accomplice;			/* 0: none */
	const struct timeline_interval *seen;	/* at which vantage point, from when to when; by (vp, path id, from) */
	const struct timeline_span *during;	/* somebody had it through that network, while the incident was */
	size_t n_seen, n_during;
};

/* One (class, prefix, origin, culprit); incidents are in the order of these. */
struct archive_incident {
	enum offence_class class;
	struct prefix prefix;
	uint32_t origin;			/* or ORIGIN_NONE */
	uint32_t culprit;
	const char *confidence;			/* "strong", "proven", "probable", "possible"; NULL of other classes */
	uint32_t says;				/* bits of enum misorigin_says: what spoke for and against it */
	const char *why;			/* a line for people */
	uint32_t needed, peak, vantage_points;	/* as doc/formats/incidents.md */
	const struct timeline_span *spans;	/* enough vantage points carried it at once; ascending, apart */
	const struct archive_by *by;		/* ascending by accomplice; at least one */
	size_t n_spans, n_by;
	const struct incident_paths *paths;	/* of all seen of all by, in their order; NULL: none were kept, nothing is known */
};

/* --- digests --- */

void archive_window_basis(const struct archive_window *w, uint8_t out[static SHA256_BYTES]);
/* What was found: begin, each incident, end with the rest of the window. */
void archive_found_begin(struct sha256 *h);
void archive_found_add(struct sha256 *h, const struct archive_incident *i);
void archive_found_end(struct sha256 *h, const struct archive_window *w, uint8_t out[static SHA256_BYTES]);

int archive_incident_cmp(const struct archive_incident *a, const struct archive_incident *b);

/* --- putting one window in --- */

/* As archive_begin_known; what w points to is borrowed until the end. */
NODISCARD enum err archive_window_begin(struct archive *a, const struct archive_window *w,
    const uint8_t basis[static SHA256_BYTES], const uint8_t content[static SHA256_BYTES]);
/* ERR_CONTRADICT: it does not come after the last one, or is of no vantage point of the window. */
NODISCARD enum err archive_incident_put(struct archive *a, const struct archive_incident *i);

/* --- what is in it --- */

struct archive_window_entry {
	int64_t id;				/* of this file */
	uint8_t digest[SHA256_BYTES], basis[SHA256_BYTES], content[SHA256_BYTES];
	uint64_t incidents, inputs;
	struct archive_window w;		/* lists only with archive_window_lists */
};
/* All, by when they began, ended, were archived; from arena. An index look-up. */
NODISCARD enum err archive_windows(struct archive *a, struct arena *arena, struct archive_window_entry **out, size_t *n);
/* Inputs, collectors, vantage points, dated evidence, scores of one. */
NODISCARD enum err archive_window_lists(struct archive *a, struct arena *arena, struct archive_window_entry *e);
/* The scores of one AS; w's own are left alone. */
NODISCARD enum err archive_window_scores(struct archive *a, int64_t window, uint32_t asn, struct arena *arena,
    struct archive_score **out, size_t *n);

struct archive_incident_query {
	uint32_t asn;				/* culprit or accomplice; 0: any */
	uint32_t classes;			/* bits of enum offence_class; 0: any */
	const char *confidence;			/* of this one; NULL: any */
	int64_t from_us, to_us;			/* seen at any time in [from, to); both 0: any */
	uint64_t after;				/* those past this one: (ord of the last of the page before) + 1; 0 at first */
	uint32_t limit;				/* of a page; 0: all */
};
struct archive_incident_row {
	uint64_t ord;				/* its place in the window, from 0: names it there */
	int64_t began_us, ended_us;		/* first and last that any vantage point saw of it */
	bool open;				/* at some vantage point it was there at the end */
	struct archive_incident i;		/* spans and by: none */
};
/* Those of one window, in their order, a page at a time; index look-ups for asn, classes and after. */
NODISCARD enum err archive_incidents(struct archive *a, int64_t window, const struct archive_incident_query *q,
    struct arena *arena, struct archive_incident_row **out, size_t *n);
/* Where and until when each sighting was, in the order of its paths; from arena. */
struct path_sighting *incident_sightings(const struct archive_incident *x, struct arena *arena, size_t *n);
/* One with all that it has. */
NODISCARD enum err archive_incident(struct archive *a, int64_t window, uint64_t ord, struct arena *arena,
    struct archive_incident_row *out, bool *found);

/* Incidents by where their prefix lies. The archive keeps no prefix that no incident was about. */
enum archive_match { MATCH_IS, MATCH_COVERS, MATCH_WITHIN };
struct archive_prefix_hit {			/* a prefix, its origin and a culprit, of all windows */
	struct prefix prefix;
	enum archive_match match;		/* it is what was asked for; covers it; lies within it */
	uint32_t origin, culprit;		/* origin: or ORIGIN_NONE */
	uint64_t incidents;
	int64_t window;				/* of the last of them, as archive_window_entry's id */
	uint64_t ord;
};
/* The longest match first, what covers it, then what lies in it by address. At most max; *more: there may be others. All
 * from arena. An index look-up for each length, and a range. */
NODISCARD enum err archive_prefix_find(struct archive *a, const struct prefix *p, size_t max, struct arena *arena,
    struct archive_prefix_hit **out, size_t *n, bool *more);

/* What one network did or let in, summed when it was archived: a row for each role, class and confidence. */
enum archive_role { ROLE_CULPRIT, ROLE_ACCOMPLICE };
const char *archive_role_word(enum archive_role r);	/* "culprit", "accomplice" */
struct archive_party {
	uint32_t asn;
	enum archive_role role;
	enum offence_class class;
	const char *confidence;			/* "" of classes without */
	uint64_t incidents, open;		/* open: of them, there at the end of the window */
	uint64_t seen_us;			/* microseconds in which any vantage point saw any of them */
	uint64_t enough_us;			/* in which enough saw one of them at once */
	int64_t began_us, ended_us;		/* the first and last of what was seen */
};
NODISCARD enum err archive_parties(struct archive *a, int64_t window, uint32_t asn, struct arena *arena,
    struct archive_party **out, size_t *n);

#endif
