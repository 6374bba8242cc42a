/*
 * oscal_int: what the writers of the documents share.
 */
#ifndef REPORT_OSCAL_INT_H
#define REPORT_OSCAL_INT_H

#include "base/json_w.h"
#include "base/uuid5.h"
#include "report/oscal.h"

#define OSCAL_VERSION "1.1.2"
#define OSCAL_NS "http://csrc.nist.gov/ns/oscal"	/* NIST's own props */

struct chain {
	const struct assessment *head;
	const struct export *docs;
	const struct as_result *as;
	const struct pack_result *result;
	const struct pack *pack;
	const struct held *held;	/* for each judgement; NULL: of an audit */
	const struct answers *answers;	/* NULL: none */
	struct uuid space;		/* of our ids */
	char basis[SHA256_HEX + 1];	/* digest over all that a result depends on: evidence, moment, rules, AS */
	char at[UTC_TEXT];
	char subject[UUID_TEXT];	/* the AS, a component of the SSP */
	char tool[UUID_TEXT];		/* we, a component of the plan */
};

/* --- ids --- */

/* The UUIDv5 of a name. What is the same from one assessment to the next has a name without the basis. */
const char *chain_id(const struct chain *c, char out[static UUID_TEXT], const char *fmt, ...) PRINTF_LIKE(3, 4);
const char *chain_id_result(const struct chain *c, char out[static UUID_TEXT], const char *what, const char *name);
const char *chain_id_statement(const struct chain *c, char out[static UUID_TEXT], const struct control *control);

/* --- documents --- */

struct document {
	struct str out;		/* owned */
	struct json_w w;
	const char *kind;	/* "system-security-plan" */
};
/* Open one; its members follow in ascending order, metadata among them; close it: the id of a document is
 * made of its bytes, so that another text never has the same. */
void document_open(struct document *d, const char *kind);
void document_metadata(struct document *d, const struct chain *c, const char *what);
void document_close(struct document *d, const struct chain *c);

/* --- pieces --- */

/* Text from outside as OSCAL's string: one line, not empty, no white space at its ends; else what is given. */
void text_line(struct str *out, const char *text, const char *otherwise);
/* The same for markup: nothing in it is read as markup. */
void text_markup(struct str *out, const char *text);
void text_as(struct str *out, const struct chain *c);		/* "AS64500 NAME", as markup */
void text_pack(struct str *out, const struct chain *c);		/* title, version, the date it is about */

void json_prop(struct json_w *w, const char *name, const char *value);
void json_prop_u64(struct json_w *w, const char *name, uint64_t value);
void json_prop_time(struct json_w *w, const char *name, struct utc t);	/* "unknown" when it is */
void json_href(struct json_w *w, const char *key, const char *href);	/* an import */
void json_origins(struct json_w *w, const struct chain *c);		/* key and value: we said so */
void json_reviewed(struct json_w *w, const struct chain *c);		/* reviewed-controls: all of the pack */
/* One list of subjects that holds the AS; title false where OSCAL has none. */
void json_subjects(struct json_w *w, const struct chain *c, const char *key, bool title);

/* --- parts of the results --- */

/* What became of one: its verdict, or that of the demand that it is held for. */
enum verdict chain_verdict(const struct chain *c, const struct judgement *j);
const struct held *chain_held(const struct chain *c, const struct judgement *j);	/* NULL: of an audit */
void chain_say(struct str *out, const struct chain *c, const struct judgement *j);	/* why */
bool judgement_found(const struct chain *c, const struct judgement *j);	/* it is a finding: it was judged */
/* Observations of one judgement, and the i-th one's id: one for each metric; one when there is none; and one for an
 * answer. */
size_t judgement_observations(const struct chain *c, const struct judgement *j);
const char *observation_id(const struct chain *c, char out[static UUID_TEXT], const struct judgement *j, size_t i);
/* The answer to what a judgement is about, its i-th observation. */
void json_answer(struct json_w *w, const struct chain *c, const struct judgement *j, size_t i);
void json_observations(struct json_w *w, const struct chain *c);	/* key and value, each */
void json_findings(struct json_w *w, const struct chain *c);
void json_risks(struct json_w *w, const struct chain *c);
void json_back_matter(struct json_w *w, const struct chain *c);
/* Complete inputs of a kind of evidence, and the id of the resource that lists them. */
size_t evidence_inputs(const struct chain *c, unsigned e);
const char *evidence_id(const struct chain *c, char out[static UUID_TEXT], unsigned e);
const char *answers_id(const struct chain *c, char out[static UUID_TEXT]);	/* of the file of answers */

/* --- documents of one AS --- */

void document_ssp(struct document *d, const struct chain *c);
void document_plan(struct document *d, const struct chain *c);
void document_results(struct document *d, const struct chain *c);

#endif
