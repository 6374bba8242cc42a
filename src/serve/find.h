/*
 * find: networks by what a person types: an ASN, a prefix that an incident was about, words of a name or organisation.
 */
#ifndef SERVE_FIND_H
#define SERVE_FIND_H

#include "serve/pick.h"

struct found {
	const struct shown_name **name;	/* of the newest assessment, ascending by ASN */
	size_t n;
	bool by_prefix;			/* text is a prefix */
};

/* All of out is from q->a. text NULL: all networks. Only those that p holds. False after ask_problem. */
bool find_networks(struct ask *q, const char *text, const struct pick *p, struct found *out);

#endif
