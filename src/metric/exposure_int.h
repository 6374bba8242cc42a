/*
 * exposure_int: what the parts of exposure share. Inside metric/ only.
 */
#ifndef METRIC_EXPOSURE_INT_H
#define METRIC_EXPOSURE_INT_H

#include "metric/exposure.h"
#include "metric/tables.h"

#define BILLION 1000000000u

struct span_of_routes { uint32_t lo, hi; };

/* The routes that matter for a subject. */
struct ground {
	const struct facts *f;
	uint32_t origin;		/* its ASN */
	uint32_t as;			/* its id */
	const struct prefix *within;	/* or NULL */
	struct span_of_routes *spans;	/* owned: in order; those of the subject and all within them */
	size_t n, cap;
};
void ground_init(struct ground *g, const struct facts *f, uint32_t origin, const struct prefix *within);
void ground_release(struct ground *g);
/* A visible route of the origin? */
bool ground_counts(const struct ground *g, uint32_t route);
/* Its prefix as far as it matters: within, for one that covers it. */
const struct prefix *ground_clip(const struct ground *g, const struct prefix *p);

/* Chains of ASes from the origin outward, as a tree; a parent comes before its children. */
#define LEAF_UNPLACED UINT32_MAX
#define LEAF_OTHER (UINT32_MAX - 1)	/* of another origin */
struct chain {
	uint32_t as, parent, depth;
	bool again;			/* the AS stands nearer to the origin already */
	uint64_t w, view;		/* of the vantage point, of the view at hand */
	uint64_t paths, paths_any;	/* in all: full-feed, any */
	uint64_t ends;			/* of any, those that a vantage point of this very AS has */
	uint64_t sum;			/* billionths over views */
	uint32_t n_vps;
};
struct chains {
	const struct ground *g;
	struct chain *c;		/* owned; 0 is the origin */
	size_t n, cap;
	struct map by_step, by_path;	/* (parent, AS) to chain; path id to memo */
	struct { uint32_t path, leaf; } *memo;	/* owned */
	size_t n_memo, cap_memo;
};
void chains_init(struct chains *t, const struct ground *g);
void chains_release(struct chains *t);
/* The chain that a path is; 0 when it starts in the origin; LEAF_UNPLACED. */
uint32_t chains_leaf(struct chains *t, uint32_t path);
/* The one next to the origin that a chain starts with. */
uint32_t chains_first(const struct chains *t, uint32_t leaf);

/* Per AS id, in one family. */
struct tally {
	uint64_t w, view;		/* as in struct chain */
	uint64_t paths, paths_any, ends;
	uint32_t n_vps;
	uint32_t hops;			/* the least, 0: never seen */
	uint32_t share_ppm, mean_ppm;
};

struct survey {			/* one family of one subject */
	const struct ground *g;
	unsigned family;
	struct chains t;
	struct tally *as;		/* owned: by id, ases->n + 1 */
	uint32_t *touched;		/* owned: ASes of the view at hand */
	size_t n_touched, cap_touched;
	uint32_t *net;			/* owned: by vantage point, a number for its AS */
	struct part { uint32_t as; uint64_t value; } *parts;	/* owned: what an AS had in a view, when not 0 */
	size_t n_parts, cap_parts;
	struct exposure_view *out;
};
void survey_run(struct survey *s);	/* exposure_views.c: chains, tallies, and the numbers of out */
void survey_release(struct survey *s);
void survey_shares(struct survey *s);	/* exposure_share.c: share_ppm and mean_ppm */
/* exposure_homing.c: out->homing to out->single */
void survey_homing(struct survey *s, struct arena *a);
/* exposure_tree.c: out->nodes */
void survey_tree(struct survey *s, uint32_t min_ppm, struct arena *a);

/* exposure.c: "1 of 2 VRP inputs is incomplete", NULL when none is. */
const char *exposure_input_why(const struct world *w, enum evidence e, const char *name, struct arena *a);
/* exposure_carried.c: out->ases[].carried and what goes with it */
void carried_count(const struct ground *g, struct arena *a, struct exposure *out);

#endif
