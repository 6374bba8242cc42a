#include "base/json_diff.h"
#include "base/json_r.h"
#include "base/limits.h"

#include <assert.h>
#include <inttypes.h>

struct side {
	struct feed_mem mem;
	struct feed feed;
	struct json_r r;
	enum json_tok tok;
};

/* The containers that are open: the name of the member read last, or the number of elements begun. */
struct level {
	bool array;
	uint64_t n;
	struct str key;
};

struct trail {
	struct level at[JSON_DEPTH_MAX + 1];
	unsigned depth;
	bool named;		/* the last token was a member's name: what follows is its value */
};

static void
side_open(struct side *s, struct span text)
{
	s->mem = (struct feed_mem){(const uint8_t *)text.p, text.len, 0};
	feed_init_mem(&s->feed, &s->mem);
	json_open(&s->r, &s->feed);
}

static void
side_close(struct side *s)
{
	json_close(&s->r);
	feed_release(&s->feed);
}

static bool
has_text(enum json_tok t)
{
	return t == JSON_KEY || t == JSON_STR || t == JSON_NUM;
}

static bool
same(const struct side *a, const struct side *b)
{
	return a->tok == b->tok && (!has_text(a->tok) || span_eq(a->r.text, b->r.text));
}

/* A token that both have. */
static void
trail_take(struct trail *t, enum json_tok tok, struct span text)
{
	struct level *now = &t->at[t->depth];

	t->named = tok == JSON_KEY;
	if (tok == JSON_KEY) {
		str_clear(&now->key);
		str_add(&now->key, text);
		return;
	}
	if (tok == JSON_OBJ_END || tok == JSON_ARR_END) {
		t->depth--;
		return;
	}
	now->n += now->array;
	if (tok != JSON_OBJ && tok != JSON_ARR)
		return;
	assert(t->depth < JSON_DEPTH_MAX);
	now = &t->at[++t->depth];
	now->array = tok == JSON_ARR;
	now->n = 0;
	str_clear(&now->key);
}

/* A reference token of RFC 6901. */
static void
token_add(struct str *path, struct span name)
{
	size_t i;

	str_addc(path, '/');
	for (i = 0; i < name.len; i++) {
		if (name.p[i] == '~' || name.p[i] == '/')
			str_adds(path, name.p[i] == '~' ? "~0" : "~1");
		else
			str_addc(path, name.p[i]);
	}
}

/* The innermost array is at the element that comes; those around it are inside one. */
static void
trail_write(const struct trail *t, struct str *path)
{
	unsigned i;

	for (i = 1; i <= t->depth; i++) {
		const struct level *l = &t->at[i];

		if (l->array)
			str_addf(path, "/%" PRIu64, l->n - (i < t->depth));
		else if (i < t->depth || t->named)
			token_add(path, str_span(&l->key));
	}
}

static void
show_string(struct str *out, struct span text)
{
	str_addc(out, '"');
	str_add(out, (struct span){text.p, text.len < JSON_DIFF_SHOWN ? text.len : JSON_DIFF_SHOWN});
	str_adds(out, text.len > JSON_DIFF_SHOWN ? "...\"" : "\"");
}

static void
show(const struct side *s, struct str *out)
{
	static const char *const words[] = {[JSON_OBJ] = "an object", [JSON_OBJ_END] = "nothing more in the object",
	    [JSON_ARR] = "an array", [JSON_ARR_END] = "nothing more in the array", [JSON_LIT_TRUE] = "true",
	    [JSON_LIT_FALSE] = "false", [JSON_LIT_NULL] = "null", [JSON_DONE] = "nothing more"};

	if (s->tok == JSON_ERROR) {
		str_addf(out, "no JSON from byte %" PRIu64 " on", s->r.err_off);
	} else if (s->tok == JSON_NUM) {
		str_add(out, s->r.text);
	} else if (s->tok == JSON_STR) {
		show_string(out, s->r.text);
	} else if (s->tok == JSON_KEY) {
		str_adds(out, "the member ");
		show_string(out, s->r.text);
	} else {
		str_adds(out, words[s->tok]);
	}
}

static void
show_bytes(struct span a, struct span b, struct str *path, struct str *in_a, struct str *in_b)
{
	size_t i, n = a.len < b.len ? a.len : b.len;

	for (i = 0; i < n && a.p[i] == b.p[i]; i++)
		;
	str_addf(path, "byte %zu", i);
	str_adds(in_a, i < a.len ? "the same values, written another way" : "ends there");
	str_adds(in_b, i < b.len ? "the same values, written another way" : "ends there");
}

/* True when a token differs. */
static bool
walk(struct side *a, struct side *b, struct trail *t)
{
	for (;;) {
		a->tok = json_next(&a->r);
		b->tok = json_next(&b->r);
		if (!same(a, b))
			return true;
		if (a->tok == JSON_DONE || a->tok == JSON_ERROR)
			return false;
		trail_take(t, a->tok, a->r.text);
	}
}

bool
json_diff(struct span a, struct span b, struct str *path, struct str *in_a, struct str *in_b)
{
	struct side sa, sb;
	struct trail t = {0};
	unsigned i;

	if (span_eq(a, b))
		return false;
	side_open(&sa, a);
	side_open(&sb, b);
	if (walk(&sa, &sb, &t)) {
		trail_write(&t, path);
		show(&sa, in_a);
		show(&sb, in_b);
	} else {
		show_bytes(a, b, path, in_a, in_b);
	}
	side_close(&sa);
	side_close(&sb);
	for (i = 0; i <= JSON_DEPTH_MAX; i++)
		str_release(&t.at[i].key);
	return true;
}
