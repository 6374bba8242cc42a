/*
 * disputes: what is said against a verdict, beside it; and the verdict with the disputed records and without. The
 * verdict that counts is the one with all records: it follows from the evidence, which everybody can recompute; whether
 * an exception that was granted is good enough for him is for the reader.
 */
#ifndef REPORT_DISPUTES_H
#define REPORT_DISPUTES_H

#include "base/json_w.h"
#include "report/report.h"

/* Somebody said something; NULL of reason: nobody did. */
struct said {
	const char *reason;
	const char *by;			/* "NAME+ID" */
	const char *role;		/* what the reader takes the key for: "issuer", "network", "auditor"; NULL: not known */
};

struct disputed {
	const char *id;			/* 64 hexadecimal digits: of the line that opened it */
	const char *state;		/* "open", "accepted", "expired", "rejected" */
	const char *record;		/* which record; NULL: the verdict as a whole */
	const char *report;		/* sha256 of the report that it was opened on */
	struct said opened, answered, decided;	/* the last answer; the last decision that counts */
	const char *until;		/* of an exception: RFC 3339; else NULL */
	uint64_t matched;		/* deciding records of this evidence that it is on */
	bool leaves_out;		/* open, or accepted and in force */
};

/* All disputes on one verdict. */
struct disputed_control {
	const struct pack *pack;
	const struct control *control;
	const struct disputed *v;	/* n: in the order of the ledger */
	size_t n;
	const struct judgement *without;	/* without the records of those that leave_out; NULL: why */
	const char *why;
	uint64_t left_out;		/* records */
};

/* The ledger that they are from. */
struct disputes_head {
	const char *ledger, *last;	/* digests of its first and its last line */
	uint64_t lines;
	const char *const *issuers, *const *networks;	/* verifier keys, ascending: whose word the reader counts */
	size_t n_issuers, n_networks;
};

/* NULL: nothing was said of it. */
const struct disputed_control *disputed_of(const struct as_result *r, const struct pack *p, const struct control *c);
/* "open, by net.example+1234 (the network's key): a lab", what was answered and decided, "until ..." */
void say_disputed(struct str *out, const struct disputed *d);
void say_decided(struct str *out, const struct disputed *d);
/* "without 1 disputed record PASS: 0 of 5 ...". */
void say_without(struct str *out, const struct disputed_control *d);
/* The ledger, and whose word counts. */
void say_disputes_head(struct str *out, const struct disputes_head *h);
/* What the two are worth: one sentence. */
extern const char disputes_note[];

/* Lines under a row of a table, from column on. */
void report_disputes_text(struct str *out, const struct disputed_control *d, unsigned column, struct text_style style);
/* A box on a page; and a notice at its top, nothing when there was no ledger. */
void html_disputes(struct str *out, const struct disputed_control *d);
void html_disputes_notice(struct str *out, const struct disputes_head *h, const struct as_result *r);
/* Values: of a control, of the head; a member, null when nobody said anything. */
void json_disputes(struct json_w *w, const struct disputed_control *d);
void json_disputes_head(struct json_w *w, const struct disputes_head *h);
void json_said(struct json_w *w, const char *key, const struct said *s);

#endif
