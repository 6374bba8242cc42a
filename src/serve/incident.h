/*
 * incident: windows and incidents of the archive as strangers name them and ask for them. For the pages and the API.
 *
 * A window is named by the first 16 digits of its digest, an incident by that and its place: "0123456789abcdef-12". A
 * digest is over what was found, so that a name means the same incident in every archive that has it.
 */
#ifndef SERVE_INCIDENT_H
#define SERVE_INCIDENT_H

#include "archive/incidents.h"
#include "serve/ask.h"

#define INCIDENT_WINDOW_HEX 16
#define INCIDENT_NAME 40	/* bytes that hold a name */

/* What is asked for: the arguments window, class, confidence and asn. */
struct incident_ask {
	const struct archive_window_entry *all;	/* windows, the oldest first */
	size_t n;
	const struct archive_window_entry *window;	/* the one asked for, or the newest; NULL: there is none */
	struct archive_incident_query query;	/* after and limit are the caller's */
};
/* False after ask_problem or ask_broken. All from q->a. */
bool incident_ask(struct ask *q, struct incident_ask *out);

/* How many there are of each class and confidence in the window, of an ASN what it did and what it accepted. An incident
 * has one culprit, who accepts nothing from itself: so each is counted once. */
struct incident_count { enum offence_class class; const char *confidence; uint64_t culprit, accomplice; };
/* By class, then confidence; from q->a. False after ask_broken. */
bool incident_counts(struct ask *q, const struct incident_ask *x, struct incident_count **out, size_t *n);
/* Of these, those that class and confidence ask for. */
uint64_t incident_total(const struct incident_ask *x, const struct incident_count *c, size_t n);

/* The incident that q->rest names, and its window with its lists. False after ask_problem or ask_broken. */
bool incident_named(struct ask *q, struct archive_window_entry *window, struct archive_incident_row *out);
const char *incident_name(const struct archive_window_entry *w, uint64_t ord, char out[static INCIDENT_NAME]);
const char *incident_window_name(const struct archive_window_entry *w, char out[static INCIDENT_WINDOW_HEX + 1]);
/* "2031-05-01 00:00 to 2031-06-01 00:00 UTC" */
void incident_window_text(struct str *out, const struct archive_window *w);
/* The words that a confidence may be; NULL ends them. */
extern const char *const incident_confidences[];

#endif
