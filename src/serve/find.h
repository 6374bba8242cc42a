/*
 * find: networks by what a person types: an ASN, an address or a prefix that an incident was about, words of a name or
 * organisation.
 *
 * Of prefixes the archive knows those alone that incidents were about. An address or a prefix finds the incidents of it, of
 * what covers it, the longest first, and of what lies in it.
 */
#ifndef SERVE_FIND_H
#define SERVE_FIND_H

#include "archive/incidents.h"
#include "serve/ask.h"
#include "serve/pick.h"

#define FIND_PREFIXES_MAX 500u	/* of one answer: more than anybody reads; that there are more is said */

struct found {
	const struct shown_name **name;	/* of the newest assessment, ascending by ASN */
	size_t n;
	bool by_prefix;			/* text is an address or a prefix, which is: */
	struct prefix prefix;
	bool host_bits;			/* it had bits beyond its length, which were dropped */
	const struct archive_prefix_hit *hit;	/* as archive_prefix_find */
	size_t n_hits;
	bool more;			/* than FIND_PREFIXES_MAX */
};

/* All of out is from q->a. text NULL: all networks. Only those that p holds. False after ask_problem. Networks of a prefix:
 * culprits and origins. */
bool find_networks(struct ask *q, const char *text, const struct pick *p, struct found *out);

/* Appended to the page: what was found of a prefix, and what that says. */
void find_prefix_show(struct ask *q, const struct found *f);

#endif
