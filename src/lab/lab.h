/*
 * lab: a synthetic Internet, written as files in the real formats, with planted faults and the key to
 * them. One seed and one set of parameters give the same bytes on every machine; no clock is read.
 * It knows nothing of how the files are read back: the answers come from what was planted and from
 * plain loops over the generator's own tables.
 */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include "addr/prefix.h"
#include "base/err.h"
#include "base/utc.h"

#include <stdbool.h>
#include <stdint.h>

enum lab_scale { LAB_SMALL, LAB_INTERNET };

struct lab_params {
	uint64_t seed;
	enum lab_scale scale;
	uint32_t ases;			/* 200 .. LAB_ASES_MAX */
	uint32_t prefixes[FAMILY_N];	/* wanted, before the planted ones; at least one for each AS */
	uint32_t collectors;		/* 1 .. 16 */
	uint32_t peers;			/* per collector, 8 .. 400; at small scale one in four is partial-feed */
	uint32_t carry;			/* full-feed peers that carry a prefix, on average; 0 is all */
	uint32_t update_messages;	/* per collector and month */
	/* Called with what is being done, for people; NULL for silence. */
	void (*progress)(void *arg, const char *what);
	void *progress_arg;
};

#define LAB_ASES_MAX 200000u	/* ASNs that the lab's registry has to give */
#define LAB_COLLECTORS_MAX 16u
#define LAB_PEERS_MAX 400u

struct lab_sum {		/* what was written */
	uint64_t files, bytes;
	uint64_t ases, links, routes, entries, hops, messages, vrps, aspas, objects;
};

void lab_params_init(struct lab_params *p, enum lab_scale scale);

/* Write the world into dir, which must exist. Files appear under their names only when all of them
 * are whole; on failure none does. ERR_IO: errno tells. ERR_RANGE: a parameter is out of its bounds. */
NODISCARD enum err lab_write(const char *dir, const struct lab_params *p, struct lab_sum *sum);

#endif
