/*
 * bundle_node: members by their form, on top of rule/node.h: the first failure sticks in the doc, with its rule, and what
 * is read after it is empty. Private to report/bundle*.c and report/exposed*.c.
 */
#ifndef REPORT_BUNDLE_NODE_H
#define REPORT_BUNDLE_NODE_H

#include "report/bundle.h"
#include "rule/node.h"

#define BUNDLE_RULE "doc/formats/bundle.md"

struct node node_member(const struct node *n, const char *key);		/* must be there, whatever it is */
struct node node_list(const struct node *n, const char *key, size_t max);	/* an array, which may be empty */
bool node_is_null(const struct node *n, const char *key);		/* must be there */
bool node_boolean(const struct node *n, const char *key);
uint64_t node_whole(const struct node *c, uint64_t min, uint64_t max);	/* the node itself; min after a failure */
uint64_t node_number(const struct node *n, const char *key, uint64_t min, uint64_t max);
struct utc node_time_or_null(const struct node *n, const char *key);	/* as utc_format() writes it */
const char *node_text_max(const struct node *n, const char *key, size_t max);
void node_digest(const struct node *n, const char *key, uint8_t out[static SHA256_BYTES]);

/* "minimal": out->minimal, stated, lacks. */
void bundle_minimal_read(const struct node *root, struct arena *a, struct bundle *out);

#endif
