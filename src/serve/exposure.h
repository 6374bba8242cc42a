/*
 * exposure: exposures of the archive as strangers ask for them. For the pages and the API.
 */
#ifndef SERVE_EXPOSURE_H
#define SERVE_EXPOSURE_H

#include "archive/exposures.h"
#include "serve/ask.h"

#define EXPOSURE_MONTHS_MAX 1000u	/* moments that are looked through for months */
#define EXPOSURE_OF_MAX 1000u		/* exposures of one origin that are looked through */

/* A calendar month (UTC) with exposures. */
struct exposure_month { char text[8]; uint64_t n; };

struct exposure_ask {
	struct exposure_month *months;	/* the newest first */
	size_t n_months, month;		/* month: the one asked for, or the newest; SIZE_MAX: every month there is */
	struct archive_exposure_query query;	/* limit and offset are the caller's */
};
/* The arguments "month" and "weakest" (fail, no-data); without a month the newest one, or, when every, all. All from q->a.
 * False after ask_problem or ask_broken. */
bool exposure_ask(struct ask *q, bool every, struct exposure_ask *out);

#define EXPOSURE_NAME 17	/* bytes that hold the name of one: the first 16 digits of its digest */
const char *exposure_name(const struct archive_exposure *e, char out[static EXPOSURE_NAME]);

/* The exposures of the ASN that q->rest names ("64500", "AS64500"), the newest first, and which of them the arguments "id"
 * (its name), "month" and "prefix" ask for: without a prefix the network's own, or the first of its prefixes when it has none. False after
 * ask_problem or ask_broken. */
bool exposure_named(struct ask *q, struct archive_exposure **all, size_t *n, size_t *at);

#endif
