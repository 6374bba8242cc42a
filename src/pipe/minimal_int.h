/* minimal_int: private to pipe/minimal*.c. */
#ifndef PIPE_MINIMAL_INT_H
#define PIPE_MINIMAL_INT_H

#include "base/feed.h"
#include "base/str.h"
#include "pipe/minimal.h"

struct range { uint8_t first[16], last[16]; };	/* of addresses, left-aligned; of one family ascending and disjoint */

struct numbers { uint64_t *v; size_t n, cap; };	/* ascending once sealed */
void numbers_add(struct numbers *s, uint64_t v);
void numbers_seal(struct numbers *s);
bool numbers_has(const struct numbers *s, uint64_t v);
bool numbers_meet(const struct numbers *s, uint64_t first, uint64_t last);	/* one is in between */

struct minimal {
	const struct world *w;
	struct numbers subjects, ases;		/* ASNs: S, and all on the paths with them */
	struct numbers nets, orgs;		/* PeeringDB: ids of their nets, of the organisations of these */
	bool *carried;				/* per route of the world */
	bool all_routes;
	struct range *near[FAMILY_N];		/* what is carried of addresses */
	size_t n_near[FAMILY_N], cap_near[FAMILY_N];
	const char **words;			/* handles and ids of organisations, ascending; borrowed from arena */
	size_t n_words, cap_words;
	struct arena *arena;
};

void minimal_near_add(struct minimal *m, const struct prefix *p);	/* a default route is near nothing */
void minimal_near_seal(struct minimal *m);
void minimal_word_add(struct minimal *m, struct span word);
void minimal_words_seal(struct minimal *m);
bool minimal_overlaps(const struct minimal *m, unsigned family, const struct range *r);
bool minimal_near(const struct minimal *m, const struct prefix *p);
bool minimal_word(const struct minimal *m, struct span word);
bool minimal_carries(const struct minimal *m, const struct prefix *p);	/* every route of this prefix */

/* What a piece of text names. */
struct mention { bool prefix, near, subject, as, word; };
struct mention minimal_mention(const struct minimal *m, struct span text);

typedef enum err reduce_fn(const struct minimal *m, enum input_kind kind, struct feed *f, struct str *out);
reduce_fn reduce_mrt, reduce_lines, reduce_delegated, reduce_rpsl, reduce_json;
/* A line of reduce_lines: whether it stays. */
bool reduce_keeps_line(const struct minimal *m, enum input_kind kind, struct span line, bool first);

#endif
