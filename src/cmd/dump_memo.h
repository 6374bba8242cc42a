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

#define DUMP_MEMO_MAX 4096u	/* bytes of a block and its text: a table of monsters must not empty the memo */

struct dump_memo *dump_memo_new(void);
void dump_memo_free(struct dump_memo *m);	/* NULL-safe */

/* The text of the block, borrowed until the next one is kept, if it is known. *key, for dump_memo_keep, is set in
 * any case. All blocks of one memo must mean the same: one context, one size of ASNs. */
bool dump_memo_find(const struct dump_memo *m, struct bgp_win block, uint64_t *key, struct span *text);
void dump_memo_put(struct out *o, struct span text);	/* a text that was found; asks for its own room */
/* Remember the text made of the block, unless both are longer than DUMP_MEMO_MAX. */
void dump_memo_keep(struct dump_memo *m, struct bgp_win block, uint64_t key, const char *text, size_t len);

#endif
