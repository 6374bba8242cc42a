/*
 * docket_say: what lies beside the archive (docket.h), as pages and the API ask for it: a dispute as it stands at a
 * moment, the marks of a network, and the reports that speak of it.
 */
#ifndef SERVE_DOCKET_SAY_H
#define SERVE_DOCKET_SAY_H

#include "base/json_w.h"
#include "report/disputes.h"
#include "serve/ask.h"

/* The dispute that line open begins. at: of the evidence. matched is 1: the archive keeps no records to match. */
void docket_disputed(const struct ask *q, size_t open, struct utc at, struct disputed *out);
/* The entry of the log on a line of the ledger, by its digest; false: there is none, or no log. */
bool docket_logged(const struct ask *q, const char *sha256, uint64_t *index);

/* The marks of a network. NULL; or why nothing can be told of them. */
const char *docket_no_marks(const struct ask *q);	/* of any network */
const char *docket_marks(const struct ask *q, uint32_t asn, struct mark_find *f);
/* The newest evidence that is known here: of the archive, or of a mark of the network that was issued. */
struct utc docket_moment(const struct ask *q, const struct mark_find *f);
/* "valid on 2031-05-20, and to 2031-06-01 00:00 UTC unless it is suspended before". */
void docket_mark_words(struct str *out, const struct mark_found *m, struct utc at);
const char *docket_pack_status(const struct mark_found *m);	/* "published", "proposal", "proposed" */
struct span docket_pack_version(const struct mark_found *m);	/* without what is said behind it */
void docket_key(struct str *out, const struct key_pub *k);	/* "NAME+ID" */
void docket_time(struct str *out, const char *time);		/* "2031-06-01 00:00 UTC" of RFC 3339 */
/* The first on the network that is not superseded, by that pack or (NULL) any; NULL: there is none. */
const struct mark_found *docket_mark_of(const struct mark_find *f, const char *pack);

/* A report that speaks of a network, and by what that is known here. */
struct docket_report {
	char sha256[SHA256_HEX + 1];
	struct utc at;			/* UTC_NONE: not known */
	bool mark, dispute;		/* a mark rests on it, a verdict in it is disputed */
	const struct bundle_file *bundle;	/* that has it; NULL: none */
	const struct logbook_entry *entry;	/* on its digest, ascending by index; n_entries: in the log */
	size_t n_entries;
};
/* Ascending by at, then digest; from q->a. f may be NULL. */
struct docket_report *docket_reports(const struct ask *q, uint32_t asn, const struct mark_find *f, size_t *n);
const char *docket_entry_word(const struct logbook_entry *e);

/* Values, or null when there is nothing of that kind: for api_*.c. */
void docket_json_dispute(struct json_w *w, const struct ask *q, size_t open, struct utc at);
void docket_json_disputes(struct json_w *w, const struct ask *q, uint32_t asn, struct utc at);
void docket_json_mark(struct json_w *w, const struct ask *q, const struct mark_found *m, struct utc at);
void docket_json_marks(struct json_w *w, const struct ask *q, const struct mark_find *f, const char *trouble, struct utc at);
void docket_json_reports(struct json_w *w, const struct ask *q, const struct docket_report *r, size_t n);
void docket_json_bundle(struct json_w *w, const struct bundle_file *f);
void docket_json_bundles(struct json_w *w, const struct ask *q, uint32_t asn);

/* Parts of a network's page: beside the verdict of a control; and sections of their own. */
void network_disputed(struct ask *q, uint32_t asn, const char *pack, const char *control, struct utc at);
void network_docket(struct ask *q, uint32_t asn, struct utc at);

#endif
