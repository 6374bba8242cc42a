/*
 * side: networks beside each other, by one pack in one month. For the page and the API.
 */
#ifndef SERVE_SIDE_H
#define SERVE_SIDE_H

#include "archive/history.h"
#include "serve/ask.h"

struct side_net {
	uint32_t asn;
	bool there;			/* in that month */
	struct archive_row row;		/* when it is there */
	const struct history_cell *cells;	/* of each control of the pack */
};

struct side {
	const struct shown_series *series;
	size_t month;
	const struct archive_pack *pack;
	struct side_net *nets;
	size_t n;
};

/* From the arguments "asns", "pack" and "month"; n 0 when no network was given. All from q->a. False after
 * ask_problem. */
bool side_make(struct ask *q, uint32_t max, struct side *out);

#endif
