/*
 * dump: what the files of the command `routemark dump` share.
 */
#ifndef CMD_DUMP_H
#define CMD_DUMP_H

#include "base/diag.h"
#include "base/utc.h"
#include "cmd/out.h"
#include "decode/kind.h"
#include "decode/mrt.h"

struct feed;

/* One function per kind: decode f, write a line per record to o. An error is the environment's. */
typedef enum err dump_fn(struct feed *f, enum input_kind kind, struct out *o, struct diags *d);

dump_fn dump_mrt, dump_mrt_machine, dump_vrp, dump_origins, dump_rpsl, dump_asrel, dump_asorg,
    dump_delegated, dump_special, dump_pdb, dump_spoofer, dump_manrs;

/* " name=value". Each asks for its own room; what is empty or not known is left out. */
void dump_number(struct out *o, const char *name, uint64_t v);
void dump_address(struct out *o, const char *name, const struct addr *a);
void dump_word(struct out *o, const char *name, struct span s);
void dump_quoted(struct out *o, const char *name, struct span s);
void dump_time(struct out *o, const char *name, struct utc t);
void dump_list(struct out *o, const char *name, const uint32_t *v, size_t n);	/* "1,2,3" */
NODISCARD enum err dump_end(struct out *o);	/* end the line; ERR_IO once writing failed */

/* "65001 65002 {65003,65004}" as bgpdump writes it; words is scratch of BGP_PATH_WORDS_MAX. Written at p, which
 * has room for dump_path_room(); returns the end. */
char *dump_path(char *p, const struct bgp_attrs *a, uint32_t *words);
/* "65001:1 no-export", without anything around it; likewise. */
char *dump_communities(char *p, struct bgp_win w);

static inline size_t
dump_path_room(const struct bgp_attrs *a)
{
	size_t ases = a->as_path.len / a->as_size + a->as4_path.len / 4;

	return ases * (PUT_U32 + 3) + 16;	/* each with a bracket on both sides */
}

static inline size_t
dump_communities_room(struct bgp_win w)
{
	return (size_t)w.len / 4 * 13 + 16;
}

#endif
