/*
 * load: a folder of evidence becomes a sealed world.
 *
 * Files are read by several threads, each file into tables of its own; the tables are then joined in
 * the order of the files' SHA-256. So neither names, nor order, nor the number of threads can show.
 *
 * What becomes of an input:
 *	recognised and whole	used; counted in the evidence of its kinds
 *	the same bytes again	listed as a duplicate, used once
 *	cut short, damaged, contradicting itself, more than SKIPPED_PERCENT_MAX (and
 *	SKIPPED_ALWAYS) of it broken, or without one usable record
 *				not used at all: it acquits nobody and convicts nobody. Counted as
 *				incomplete in the evidence of its kinds, so that what rests on them
 *				says NO_DATA with that reason
 *	not recognised		KIND_UNKNOWN, not complete, with the reason
 *	text without data	KIND_TEXT, complete, carries nothing
 */
#ifndef PIPE_LOAD_H
#define PIPE_LOAD_H

#include "world/world.h"

/* A file that is wanted, when not all of a folder are. */
struct load_wanted {
	uint8_t sha256[SHA256_BYTES];	/* of the file as it lies there */
	uint64_t size;
	struct utc time;		/* of its evidence, and whether only its old name said so: another name cannot */
	bool time_from_name;
	const struct input *is;		/* borrowed: a part of this input, and to be told of as that; NULL: itself */
	const char *name;		/* with is: only under this name, relative to the folder */
};

struct load_params {
	unsigned threads;		/* 0 is 1 */
	struct routes_params routes;
	/* For a timeline (pipe/window.h), which reads the updates a second time: they are no sightings, so that
	 * memory does not grow with them, and input.traffic is filled. Default false: what an update announces is
	 * a sighting. */
	bool traffic;
	bool sightings_too;		/* with traffic: updates are sightings all the same */
	struct utc at;			/* UTC_NONE: the newest time over the inputs used */
	/* When not NULL: of the folder only these, ascending by digest; the others are left out as if they were not
	 * there. Which were there is told by the inputs of the world. */
	const struct load_wanted *wanted;
	size_t n_wanted;
	const struct input *more;	/* inputs that are told of without a file: not complete ones, or text without
					 * data. They own nothing: counts of diags alone */
	size_t n_more;
	/* After each file, from any thread, one at a time: raw bytes. NULL: nobody wants to know. */
	void (*progress)(void *arg, uint64_t done_bytes, uint64_t all_bytes, const char *name);
	void *progress_arg;
};

void load_params_init(struct load_params *p);

/* Load all files under dir (or the one file that dir is). On OK out is sealed: world_release it. On an
 * error, which is the environment's or a table's limit, out is not to be used and why says what and
 * where, for people. */
NODISCARD enum err load_dir(const char *dir, const struct load_params *params, struct world *out,
    char *why, size_t why_size);

#endif
