/*
 * json_r: strict JSON (RFC 8259) from a feed, a token at a time; nothing is kept. No trailing
 * comma, no comment, one value a document and nothing but white space behind it. A document
 * that ends early (ERR_SHORT) is told from one that is broken. Bytes of 0x80 and over pass as
 * they are: a wrong byte in a note must not cost the file, and json_w mends it on the way out.
 * The first error sticks.
 */
#ifndef BASE_JSON_R_H
#define BASE_JSON_R_H

#include "base/diag.h"
#include "base/feed.h"

#include <string.h>

enum json_tok {
	JSON_OBJ, JSON_OBJ_END, JSON_ARR, JSON_ARR_END,
	JSON_KEY,		/* text is the member's name; its value is the next token */
	JSON_STR, JSON_NUM,	/* text is the string without escapes, the number as written */
	JSON_LIT_TRUE, JSON_LIT_FALSE, JSON_LIT_NULL,
	JSON_DONE,		/* the document is complete and the input at its end */
	JSON_ERROR		/* see err, err_off, rule; every later call says so again */
};

struct json_r {
	struct feed *f;			/* borrowed */
	const uint8_t *win, *tok, *p, *end;	/* the feed's window, what must stay of it, cursor */
	struct span text;		/* of JSON_KEY, JSON_STR, JSON_NUM; until the next json_next */
	uint64_t at;			/* plain offset where the last token starts */
	uint64_t kinds;			/* a bit per open container, innermost lowest: 1 is an object */
	unsigned depth;
	int want;
	enum err err;
	uint64_t err_off;		/* plain offset of the fault */
	const char *rule;		/* static, the section that is broken, or NULL */
	char *buf;			/* owned: a string that had escapes */
	size_t n_buf, cap_buf;
};

void json_open(struct json_r *r, struct feed *f);
void json_close(struct json_r *r);
enum json_tok json_next(struct json_r *r);

/* Read to the end of the value whose first token was tok. False when the document broke. */
bool json_skip(struct json_r *r, enum json_tok tok);

/* For a caller who knows a form so well that he reads it himself. In an array: the bytes at hand from the first of
 * its next element on (or of what stands there instead) to *end; false when none are at hand, or this is
 * not an array. Nothing is read by that, but by json_took, behind an element that was whole. */
bool json_element(const struct json_r *r, const uint8_t **p, const uint8_t **end);
void json_took(struct json_r *r, const uint8_t *end);
uint64_t json_offset(const struct json_r *r, const uint8_t *p);	/* plain offset of a byte at hand */

/* Count r's error in d: what came before stands, but the source is incomplete. */
void json_report(const struct json_r *r, struct diags *d, uint64_t record, const char *field);

/* Is the last key or string this literal? */
#define JSON_IS(r, lit)                                                                 \
	((r)->text.len == sizeof(lit) - 1 && memcmp((r)->text.p, lit, sizeof(lit) - 1) == 0)

#endif
