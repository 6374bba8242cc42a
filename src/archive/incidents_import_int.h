/*
 * incidents_import_int: what the parts of the import of incidents share. Inside archive/ only.
 */
#ifndef ARCHIVE_INCIDENTS_IMPORT_INT_H
#define ARCHIVE_INCIDENTS_IMPORT_INT_H

#include "archive/import_int.h"
#include "archive/incidents_import.h"

/* Something of an incident that the head, which comes behind, must allow: the utmost, and whose it is. */
struct utmost { int64_t v; uint64_t record; };

#define IMPORT_US_MAX 253402300799999999ll	/* the year 9999 ends */

/* Of the incident at hand; tables owned, used again. */
struct import_ways {
	struct path_turn *turns;
	uint32_t *first;		/* of each sighting: where the turns of the next begin */
	struct path_list *paths;
	size_t n_turns, cap_turns, n_first, cap_first, n_paths, cap_paths;
	size_t with;			/* sightings with a path, or null */
	uint64_t left_out;
};

struct incidents_reader {
	struct importer im;		/* row: of one incident */
	struct import_result head;	/* im's: the inputs */
	struct incidents_result *out;
	enum err (*each)(void *arg, const struct archive_incident *i);
	void *arg;
	struct sha256 found;
	struct archive_incident last;	/* its key alone */
	struct import_ways ways;
	struct utmost vp, from_us, to_us, unlooked[OFF_N];
};

bool import_incidents_array(struct incidents_reader *x);	/* incidents_import_one.c: the array */
/* incidents_import_seen.c; all from im's row */
bool import_asn_or_null(struct importer *im, const char *field, uint32_t none, uint32_t *out);
bool import_spans(struct incidents_reader *x, const char *field, const struct timeline_span **out, size_t *n);
bool import_bys(struct incidents_reader *x, struct archive_incident *i);
/* incidents_import_ways.c: the members of a sighting, and what they are together; then the table, and whether it fits. */
bool import_path_index(struct importer *im, const char *field, uint32_t *out);
bool import_turns(struct incidents_reader *x);
bool import_way_end(struct incidents_reader *x, const struct timeline_interval *s, bool has_path, bool has_turns, uint32_t path);
bool import_paths(struct incidents_reader *x);
bool import_ways_fit(struct incidents_reader *x, struct archive_incident *i, bool has_paths, bool has_left);
/* What holds for an incident however it came: as parcels (archive/parcel.h) have them, too. */
size_t incident_distinct_vps(const struct archive_incident *i, struct arena *arena);
bool incident_confidence_fits(const struct archive_incident *i);
const char *incident_paths_wrong(const struct archive_incident *i, const struct incident_paths *p, struct arena *arena,
    const char **field);	/* the rule that p breaks; NULL: none */
void import_ways_reset(struct incidents_reader *x);
void import_ways_release(struct incidents_reader *x);
bool import_collectors(struct incidents_reader *x);	/* incidents_import_head.c: these, too */
bool import_vps(struct incidents_reader *x);
bool import_dated(struct incidents_reader *x);
bool import_scores(struct incidents_reader *x);
bool import_window(struct incidents_reader *x);
bool import_classes(struct incidents_reader *x, const char *field, uint32_t *out);

#endif
