/*
 * doc: one strict pass over a document of ours (json_r), for readers that refuse what is not as it is told in doc/formats:
 * the first complaint says where, of which field, by which rule, and sticks. Each function is false after it.
 */
#ifndef BASE_DOC_H
#define BASE_DOC_H

#include "base/arena.h"
#include "base/json_r.h"

struct doc {
	struct json_r r;		/* the caller opens and closes it */
	struct arena *a;		/* borrowed: of complaints */
	const char *rule;		/* static: the document that says how it must be, "doc/formats/assessment.md" */
	const char *record_word;	/* "incident" */
	uint64_t record;		/* which one is read, from 1; 0: none */
	const char *why;		/* NULL while all is well; from a */
};

/* field is of the document: "inputs[].kind". */
bool doc_refuse(struct doc *d, const char *field, const char *what);
bool doc_broken(struct doc *d, const char *field);	/* json_next said JSON_ERROR */
bool doc_expect(struct doc *d, enum json_tok want, const char *field, const char *what);
bool doc_skip(struct doc *d, const char *field);
/* The next member of an object: its key in r.text; false also at its end. */
bool doc_member(struct doc *d, const char *field);
/* The next element of an array that holds objects; false also at its end. */
bool doc_element(struct doc *d, const char *field);
bool doc_number(struct doc *d, const char *field, uint64_t max, uint64_t *out);
bool doc_bool(struct doc *d, const char *field, bool *out);


/* What a document says it is: its member "format", into out; "" when it has none, or is no object. It is read up to there. */
#define DOC_FORMAT_MAX 64
void doc_format(struct feed *f, char out[static DOC_FORMAT_MAX]);

#endif
