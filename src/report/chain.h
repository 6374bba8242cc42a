/*
 * chain: the networks that a subject depends on, as a graph in columns, laid out for drawing: the subject, who is next to
 * it, who is further out. Both address families in one: a network stands once, however many chains pass it, in the column
 * of the fewest hops at which it is met. Chains of one document may pass two networks in either order, so that there may
 * be links within a column and back; nothing hangs on the graph having no circle.
 *
 * All in whole numbers, and in one order: the same exposure is the same drawing.
 */
#ifndef REPORT_CHAIN_H
#define REPORT_CHAIN_H

#include "report/exposed.h"

#define CHAIN_COLUMNS 12u	/* what is further out stands in the last one */

/* Pages of networks that a drawing or a table may lead to. */
struct exposed_links {
	const char *to;		/* what stands before an ASN in the address: "/network/" */
	bool (*has)(void *arg, uint32_t asn);	/* is there such a page? */
	void *arg;
};
static inline bool
exposed_linked(const struct exposed_links *l, uint32_t asn)
{
	return l != NULL && l->has(l->arg, asn);
}

struct chain_net {
	uint32_t asn;
	size_t net;			/* in x->nets; SIZE_MAX: the subject, or one whose share is below the least */
	unsigned column, row;		/* row: from the top of its column */
	uint32_t ppm[FAMILY_N];		/* of the paths, by the chains that are told of; nothing trimmed */
	bool linked;			/* a chain that is told of passes it */
};

struct chain_link {			/* towards the outside */
	size_t from, to;		/* in nets */
	uint32_t ppm[FAMILY_N];
};

struct chain {
	const struct chain_net *nets;	/* the first is the subject; then by column and row */
	size_t n;
	const struct chain_link *links;	/* by from, then to */
	size_t n_links;
	unsigned columns, rows;		/* rows: of the longest column */
	unsigned in_column[CHAIN_COLUMNS];
	size_t left_out;		/* networks past EXPOSURE_DRAWN_MAX, those of the least share */
};

/* All from a, which x must outlive too. */
struct chain *chain_make(const struct exposed *x, struct arena *a);

/* As an <svg>: each network a box with its number, name, share and verdict, told by a sign, a border and a word besides the
 * colour; the weakest link in a frame of its own, and named. to: NULL: no links. id begins the ids of the drawing. */
void chain_draw(struct str *out, const struct exposed *x, const struct chain *c, uint32_t min_ppm, const char *id,
    const struct exposed_links *to);
extern const char chain_css[];	/* the style that it needs besides that of all pages */

#endif
