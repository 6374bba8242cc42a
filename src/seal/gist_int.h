/*
 * gist_int: the tokens of a report, for gist_read.c. Each returns false once something is wrong; the first complaint
 * is in why.
 */
#ifndef SEAL_GIST_INT_H
#define SEAL_GIST_INT_H

#include "base/json_r.h"
#include "seal/gist.h"

#define GIST_KEY 64	/* the longest key of the format is shorter */

struct gist_reader {
	struct json_r r;
	struct arena *a;
	struct gist *g;
	uint32_t asn;			/* of the result that is being read */
	const char *why;		/* NULL while all is well */
};

bool gist_refuse(struct gist_reader *d, const char *field, const char *what);
/* The next token is what was wanted. */
bool gist_expect(struct gist_reader *d, enum json_tok want, const char *field, const char *what);
bool gist_skip(struct gist_reader *d, const char *field);
/* The next member; last: the key before it, the caller's, "" at first. False at the end of the object too: ask why. */
bool gist_member(struct gist_reader *d, const char *field, char last[static GIST_KEY]);
/* The next element of an array of objects; the same. */
bool gist_element(struct gist_reader *d, const char *field);
/* A text of a line, without what steers a terminal; a digest in hexadecimal; either, or null: NULL. */
bool gist_text(struct gist_reader *d, const char *field, const char **out);
bool gist_hex(struct gist_reader *d, const char *field, const char **out);
bool gist_text_or_null(struct gist_reader *d, const char *field, const char **out);
bool gist_hex_or_null(struct gist_reader *d, const char *field, const char **out);
bool gist_bool(struct gist_reader *d, const char *field, bool *out);
/* A kept text is a time in the form that we write. */
bool gist_time(struct gist_reader *d, const char *field, const char *s);

#endif
