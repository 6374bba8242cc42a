/*
 * dump: what the files of the command `routemark dump` share.
 */
#ifndef CMD_DUMP_H
#define CMD_DUMP_H

#include "base/diag.h"
#include "cmd/out.h"
#include "decode/kind.h"
#include "decode/mrt.h"

struct feed;

/* One function per kind: decode f, write a line per record to o. An error is the environment's. */
typedef enum err dump_fn(struct feed *f, enum input_kind kind, struct out *o, struct diags *d);

dump_fn dump_mrt, dump_mrt_machine;

/* "65001 65002 {65003,65004}" as bgpdump writes it; words is scratch of BGP_PATH_WORDS_MAX.
 * Asks for its own room. */
void dump_path(struct out *o, const struct bgp_attrs *a, uint32_t *words);
/* "65001:1 no-export", without anything around it. Asks for its own room. */
void dump_communities(struct out *o, struct bgp_win w);

#endif
