/*
 * minimal: of each input the records that decide about some networks, as a file of the same kind, which the same
 * decoders read. Records are kept or dropped, never written anew, so that each can be looked up in the input that it is from
 * (only counts that a file gives of its own records are set to what is left).
 *
 * Kept are, for the networks asked for and their siblings (S):
 *	routes		every entry of each prefix that is announced by S or has it on a path; that covers, or is covered
 *			by, a prefix of S or a VRP of S; and of each invalid route of an origin whose other routes S
 *			carries (metric/wild.h asks who had the occasion to drop it). Tables of a route server: all
 *	VRPs, IRR	what overlaps these prefixes, or the route objects of S, or names S; and ASPAs of the ASes on the
 *			paths, aut-nums of S with whom they name
 *	relationships	links of S, and those between ASes on the paths
 *	registries	ranges that overlap these prefixes or hold an AS of the paths
 *	people		entries of the ASes on the paths
 * Updates are kept whole, since who heard nothing for how long is in all of them; so are small inputs.
 *
 * It is meant to be enough, and whoever uses it checks that: by computing again from what it gives.
 */
#ifndef PIPE_MINIMAL_H
#define PIPE_MINIMAL_H

#include "world/world.h"

struct minimal;

/* w is sealed, and outlives it. all_routes: tables of a route server are wanted. */
struct minimal *minimal_new(const struct world *w, const uint32_t *asns, size_t n, bool all_routes);
void minimal_free(struct minimal *m);

/* What to carry of an input that is complete, into out. *whole: all of its bytes, as they lie there. An error, with why
 * for people: the input cannot be read, or is another than it was when it was loaded; a limit. */
NODISCARD enum err minimal_reduce(const struct minimal *m, const struct input *in, struct str *out, bool *whole,
    const char **why);

#endif
