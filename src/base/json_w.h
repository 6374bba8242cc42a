/*
 * json_w: canonical JSON (RFC 8785 ordering): object keys must come in ascending order,
 * which is asserted; numbers are integers; no white space. One line feed ends a document.
 * Bytes that are not UTF-8 are written as U+FFFD, so that the output always parses.
 */
#ifndef BASE_JSON_W_H
#define BASE_JSON_W_H

#include "base/str.h"

#define JSON_W_DEPTH 32

struct json_w {
	struct str *out;			/* borrowed */
	int depth;
	bool comma;
	const char *last_key[JSON_W_DEPTH];	/* borrowed until the object closes */
};

void json_w_init(struct json_w *w, struct str *out);
void json_obj(struct json_w *w);
void json_obj_end(struct json_w *w);
void json_arr(struct json_w *w);
void json_arr_end(struct json_w *w);
/* Keys are words of ours, which have nothing to escape. */
void json_key_n(struct json_w *w, const char *key, size_t n);
static inline void
json_key(struct json_w *w, const char *key)
{
	json_key_n(w, key, strlen(key));	/* of a literal it is known */
}

void json_str(struct json_w *w, struct span s);
/* A string that is made in place: what is appended to out between the two. */
size_t json_str_begin(struct json_w *w);
void json_str_end(struct json_w *w, size_t begin);
void json_strz(struct json_w *w, const char *cstr);
void json_u64(struct json_w *w, uint64_t v);
void json_i64(struct json_w *w, int64_t v);
void json_bool(struct json_w *w, bool v);
void json_null(struct json_w *w);
void json_raw(struct json_w *w, struct span value);	/* one value, canonical JSON already */
/* key and value in one */
static inline void
json_kstr(struct json_w *w, const char *key, struct span s)
{
	json_key(w, key);
	json_str(w, s);
}

static inline void
json_kstrz(struct json_w *w, const char *key, const char *cstr)
{
	json_key(w, key);
	json_strz(w, cstr);
}

static inline void
json_kopt(struct json_w *w, const char *key, const char *cstr)	/* NULL: null */
{
	json_key(w, key);
	if (cstr != NULL)
		json_strz(w, cstr);
	else
		json_null(w);
}

static inline void
json_ku64(struct json_w *w, const char *key, uint64_t v)
{
	json_key(w, key);
	json_u64(w, v);
}

static inline void
json_ki64(struct json_w *w, const char *key, int64_t v)
{
	json_key(w, key);
	json_i64(w, v);
}

static inline void
json_kbool(struct json_w *w, const char *key, bool v)
{
	json_key(w, key);
	json_bool(w, v);
}

void json_done(struct json_w *w);	/* asserts that all is closed, adds "\n" */

#endif
