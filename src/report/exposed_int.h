/*
 * exposed_int: what the parts of the reader of exposures share. Inside report/ only.
 */
#ifndef REPORT_EXPOSED_INT_H
#define REPORT_EXPOSED_INT_H

#include "report/bundle_node.h"
#include "report/exposed.h"

#define EXPOSED_RULE "doc/formats/exposure.md"

/* exposed_node.c. A text may be empty; the word of a list, by its place: n after a failure; a failure of a member. */
const char *exposed_text(const struct node *n, const char *key);
const char *exposed_text_or_null(const struct node *n, const char *key);
unsigned exposed_word(const struct node *n, const char *key, const char *(*word)(unsigned i), unsigned count);
uint32_t exposed_u32(const struct node *n, const char *key, uint64_t max);
void exposed_refuse(const struct node *n, const char *key, const char *what);
struct prefix exposed_prefix(const struct node *n, const char *key);
struct span exposed_canonical(struct node *n, struct arena *a);

/* exposed_net.c */
void exposed_verdicts_read(const struct node *n, const char *key, struct exposed_verdicts *out);
void exposed_rows_read(const struct node *n, const char *key, struct arena *a, const struct exposed_row **out, size_t *count);
void exposed_nets_read(const struct node *origin, struct arena *a, struct exposed *x);
void exposed_space_read(const struct node *n, const char *key, struct exposure_space *out);

/* exposed_family.c; exposed_ground.c; exposed_fit.c: does what is said of one thing agree with what is said of others? */
void exposed_family_read(const struct node *origin, struct arena *a, unsigned family, struct exposed *x);
void exposed_ground_read(const struct node *root, struct arena *a, struct exposed_ground *out);
void exposed_fit(const struct node *origin, const struct exposed_ground *g, const struct exposed *x);

extern const enum exposure_offence exposed_offences[OFFENCE_N];

#endif
