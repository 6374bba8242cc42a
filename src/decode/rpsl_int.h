/*
 * rpsl_int: an object being put together from lines, behind rpsl_decode. Not for other files.
 */
#ifndef DECODE_RPSL_INT_H
#define DECODE_RPSL_INT_H

#include "decode/lines.h"
#include "decode/rpsl.h"

struct rpsl_cut {		/* an attribute, by its place in text */
	size_t name, name_len, value, value_len;
};

struct rpsl_dec {
	struct lines l;
	uint64_t line, offset;	/* where the object at hand starts */
	char *text;		/* owned: names and folded values of its attributes */
	size_t len, cap;
	struct rpsl_cut *cut;	/* owned */
	struct rpsl_attr *attr;	/* owned: the same as spans, once the text stays where it is */
	size_t n, cap_cut, cap_attr;
	bool too_big;
	uint64_t with_source;	/* objects so far that name their source */
};

/* Check the gathered object and fill out; false, with a diag, when it is not to be used. */
bool rpsl_finish(struct rpsl_dec *r, struct rpsl_object *out);

#endif
