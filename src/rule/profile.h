/*
 * profile: an OSCAL profile over one catalogue. It selects and orders controls, says which are
 * required (an alter that adds the prop required=yes), and gives parameters other values.
 */
#ifndef RULE_PROFILE_H
#define RULE_PROFILE_H

#include "rule/catalog.h"

/* The href of its one import; empty and *why when it has none. */
struct span profile_href(struct pack_bytes in, struct arena *a, const char **why);

/* Apply it to c: required marks and values are written into c, the selection into order[] (room for
 * c->n), *n of them. */
NODISCARD enum err profile_apply(struct pack_bytes in, struct catalog *c, struct arena *a,
    struct metadata *meta, size_t *order, size_t *n, const char **why);

#endif
