/*
 * node: a JSON document read strictly. The first failure sticks in the doc, with the file, the path
 * and the rule; what is read after it is empty, and the caller asks once, at the end (as base/rd.h).
 */
#ifndef RULE_NODE_H
#define RULE_NODE_H

#include "base/arena.h"

#include <jansson.h>

struct doc {
	const char *file;	/* borrowed: for messages */
	const char *rule;	/* static: what a document of this kind has to be; OSCAL 1.1.2 unless set after node_open */
	struct arena *arena;
	json_t *root;		/* owned */
	const char *why;	/* NULL while all is well */
};

struct node {
	struct doc *doc;
	json_t *v;		/* borrowed from doc; NULL after a failure */
	const struct node *up;	/* borrowed: must outlive this one */
	const char *key;	/* NULL for an element of an array */
	size_t index;
};

/* Parse text; a syntax error, a duplicate key and a document that is no object fail. */
struct node node_open(struct doc *d, const char *file, struct span text, struct arena *a);
void doc_close(struct doc *d);

/* Record a failure: "FILE: PATH: MESSAGE [RULE]". */
void node_fail(const struct node *n, const char *rule, const char *fmt, ...) PRINTF_LIKE(3, 4);
const char *node_path(const struct node *n);	/* "catalog.groups[0].id", from the arena */

bool node_has(const struct node *n, const char *key);
struct node node_object(const struct node *n, const char *key);	/* must be there */
struct node node_array(const struct node *n, const char *key);	/* must be there, not empty */
size_t node_count(const struct node *array);			/* 0 after a failure */
struct node node_at(const struct node *array, size_t i);
/* A string of the object: no white space at its ends, no control characters. "" after a failure. */
const char *node_text(const struct node *n, const char *key);
const char *node_text_at(const struct node *array, size_t i);
const char *node_text_opt(const struct node *n, const char *key);	/* NULL when it is not there */
/* OSCAL's forms: a token; a UUID of version 4 or 5; a date-time with its zone. */
const char *node_token(const struct node *n, const char *key);
const char *node_uuid(const struct node *n, const char *key);
const char *node_time(const struct node *n, const char *key);
/* Every key of the object is one of these (NULL-terminated). */
void node_only(const struct node *n, const char *const *keys);

#endif
