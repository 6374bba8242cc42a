/*
 * json_r_int: between the tokenizer (json_r.c) and what reads strings and numbers
 * (json_text.c). Not for other files.
 */
#ifndef BASE_JSON_R_INT_H
#define BASE_JSON_R_INT_H

#include "base/json_r.h"

/* Keep the error; rule is the section that is broken. Returns JSON_ERROR. */
enum json_tok json_fail(struct json_r *r, enum err e, const char *rule);
/* Widen the window behind end; the bytes from tok on stay. False at the end of the input. */
bool json_more(struct json_r *r);
/* n bytes at the cursor; false at the end of the input. What stood before the cursor goes. */
bool json_need(struct json_r *r, size_t n);

/* At the opening quote, at the first character: read it into r->text. False when it is bad. */
bool json_string(struct json_r *r);
bool json_number(struct json_r *r);

#endif
