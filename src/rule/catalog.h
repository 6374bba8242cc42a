/*
 * catalog: an OSCAL catalogue as read, before a profile selects from it and tunes its parameters.
 */
#ifndef RULE_CATALOG_H
#define RULE_CATALOG_H

#include "rule/node.h"
#include "rule/rule.h"

struct param {
	const char *id, *value;
	const char *where;	/* "FILE: PATH" of the value in force, for messages */
	size_t control;		/* index of the control it belongs to */
	bool used;		/* by a test, see params_apply */
};

struct metadata {		/* of a catalogue or a profile */
	const char *title, *version, *remarks;
	const char *pack_id, *status, *curve, *judged;	/* NULL when not given */
};

struct catalog {
	struct metadata meta;
	struct control *controls;	/* in the order of the file */
	size_t n, cap;
	struct param *params;
	size_t n_params, cap_params;
};

/* What surrounds a control while it is read. */
struct catalog_reading {
	struct catalog *cat;
	struct arena *arena;
	struct reference *refs;	/* the resources of the back-matter */
	const char **uuids;	/* theirs */
	size_t n_refs;
	const char *group;	/* title of the group being read */
};
void control_read(const struct node *n, struct catalog_reading *r);	/* adds one to r->cat */

/* Read one; all but the two arrays lives in a. OK, or ERR_SYNTAX and *why. Release in both cases. */
NODISCARD enum err catalog_read(struct pack_bytes in, struct arena *a, struct catalog *out,
    const char **why);
void catalog_release(struct catalog *c);
/* metadata as both documents have it: title, last-modified, version, oscal-version, props, remarks. */
void metadata_read(const struct node *document, struct metadata *out);
/* One prop of ours: its name. NULL for a prop of another namespace, which is left alone. */
const char *prop_name(const struct node *prop);

/* Another value in force; false when the catalogue has no such parameter. All borrowed. */
bool param_set(struct catalog *c, const char *id, const char *value, const char *where);
/* Thresholds from the values in force into the tests. */
NODISCARD enum err params_apply(struct catalog *c, struct arena *a, const char **why);
/* "99 %", "0.1 %" to ppm for shares and scores; "0", "12" for counts; "yes", "no" for bools. */
NODISCARD enum err threshold_parse(struct span s, enum metric_unit unit, int64_t *out);

#endif
