/*
 * baseline: how much evidence there was in an earlier report, and what has shrunk since. A file that was cut where its
 * form does not show it, a mirror that lost half of its sources, a collector without its peers: all of them read well.
 *
 * A kind of evidence has shrunk when its files have fewer usable records than those of the earlier report, or fewer routes
 * count in a family, by more than SHRUNK_PERCENT_MAX, and by more than SKIPPED_ALWAYS.
 */
#ifndef WORLD_BASELINE_H
#define WORLD_BASELINE_H

#include "addr/prefix.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "decode/kind.h"

struct baseline {
	struct utc at;				/* the moment of the report */
	uint8_t sha256[SHA256_BYTES];		/* of its bytes, unpacked */
	uint64_t used[KIND_N];			/* usable records of the complete inputs of that kind */
	uint64_t visible[FAMILY_N];		/* routes that counted */
};

struct shrunk {
	uint32_t evidence;			/* EV_BITs that it is evidence of */
	const char *what;			/* static: "IRR objects", "IPv4 routes" */
	uint64_t now, before;
};
#define SHRUNK_GROUPS 14

struct since {
	bool known;				/* false: nobody gave an earlier report */
	struct baseline than;
	struct shrunk shrunk[SHRUNK_GROUPS];	/* families first, then kinds of inputs */
	size_t n;
};

struct world;
/* Hold the sealed world against an earlier report: into w->since. Evidence of which there is no input has not shrunk: it
 * is absent. */
void world_hold(struct world *w, const struct baseline *b);
/* Has it? One bit of enum evidence, or several. */
bool world_shrunk(const struct world *w, uint32_t bits);

#endif
