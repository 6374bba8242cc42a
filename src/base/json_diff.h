/*
 * json_diff: where two JSON documents first differ, the place as a JSON pointer (RFC 6901: "/results/0/packs/1/id";
 * "" is the whole document) and what stands there in each. Both are read in step, a token at a time, so that size does not matter; members must
 * stand in the same order, as they do in canonical JSON.
 */
#ifndef BASE_JSON_DIFF_H
#define BASE_JSON_DIFF_H

#include "base/str.h"

#define JSON_DIFF_SHOWN 200u	/* bytes shown of a long string */

/* False when the bytes are the same. Else path and the two values are appended to: a value is as it is written, or
 * in words what is there instead ("an object", "nothing more", "no JSON"). When all tokens are the same but the
 * bytes are not (white space, another way to escape) path is "byte N", counted from 0. Nothing in them is to be
 * trusted: a terminal needs str_add_plain(). */
bool json_diff(struct span a, struct span b, struct str *path, struct str *in_a, struct str *in_b);

#endif
