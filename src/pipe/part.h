/*
 * part: one input on its way into the world: what it is and its records in tables of their own.
 * Private to pipe/load*.c.
 */
#ifndef PIPE_PART_H
#define PIPE_PART_H

#include "base/feed.h"
#include "pipe/load.h"

struct part {
	const char *path;	/* borrowed */
	struct input in;
	bool traffic, sightings_too;	/* as in load_params */
	const struct load_wanted *wanted;	/* borrowed: it is to be a part of an input, which it may turn out not to be */
	uint64_t file_size;	/* before it was opened: which to read first */
	uint32_t evidence;	/* EV_BITs of what it holds */
	uint64_t units;		/* what is skipped one by one: records, or entries of tables */
	uint64_t kept;		/* of what evidence is made (sightings, VRPs, ...): in the tables */
	struct world *w;	/* owned; its tables, unsealed; NULL when it has none */
	uint16_t origins_vp;	/* the vantage point that gets the digest as its address ... */
	bool has_origins;	/* ... when there is one */
	enum err err;		/* of the environment */
	int err_no;
};

/* One per family of kinds. Decode the feed into p->w; set p->in.records, p->kept, p->in.time,
 * p->evidence (and p->units where it is not records). The error is the environment's, or a table's limit; bad data
 * is in p->in.diags. */
typedef enum err load_fn(struct part *p, struct feed *f);
load_fn load_mrt, load_origins, load_vrp, load_rpsl, load_asrel, load_asorg, load_delegated,
    load_iana_special, load_pdb, load_spoofer, load_manrs;

/* Read one file: open, decode, close, judge whether it is complete. Errors go to p->err. */
void part_read(struct part *p);
/* Files that were read and are not wanted go; the others are told of as wanted says. */
void parts_keep_wanted(struct part *parts, size_t *n, const struct load_params *params);
/* The one under this name, for a part of an input; NULL when there is none. */
const struct load_wanted *wanted_named(const struct load_params *params, const char *name);
bool wanted_size(const struct load_params *params, uint64_t size);
/* The limits that its tables may be over, by name. */
const char *part_limits(enum input_kind kind);
/* Join its tables with dst's and free them. */
NODISCARD enum err part_absorb(struct part *p, struct world *dst);
void part_release(struct part *p);	/* the tables; not p->in */

#endif
