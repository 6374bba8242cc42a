/*
 * dump_memo: the text of attribute blocks written lately. In a table a peer's routes of one origin carry
 * the same block, octet by octet (three of four entries of a real table have one of the last few
 * thousand), so its text is copied rather than made again. Only bytes are compared: what is not
 * found costs time, never a wrong text.
 */
#ifndef CMD_DUMP_MEMO_H
#define CMD_DUMP_MEMO_H

#include "cmd/out.h"
#include "decode/bgp.h"

struct dump_memo;

struct dump_memo *dump_memo_new(void);
void dump_memo_free(struct dump_memo *m);	/* NULL-safe */

/* Write the text of the block to o and return true if it is known; asks for its own room. *key, for
 * dump_memo_keep, is set in any case. All blocks of one memo must mean the same: one context, one size of ASNs. */
bool dump_memo_put(struct dump_memo *m, struct bgp_win block, struct out *o, uint64_t *key);
/* Remember the text made of the block. A long one is not kept. */
void dump_memo_keep(struct dump_memo *m, struct bgp_win block, uint64_t key, const char *text, size_t len);

#endif
