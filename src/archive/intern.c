/* intern: what is met again and again gets a small number. */
#include "archive/sql.h"

#include <stdlib.h>
#include <string.h>

static bool
same(uint32_t id, const void *key, const void *arg)
{
	const struct interned *it = &((const struct intern *)arg)->items[id];
	const struct span *k = key;

	return it->len == k->len && memcmp(it->key, k->p, k->len) == 0;
}

int64_t
intern_find(const struct intern *in, const void *key, size_t len)
{
	const struct span k = {key, len};
	uint32_t at = map_find(&in->map, map_hash(key, len), same, &k, in);

	return at == MAP_NONE ? 0 : in->items[at].id;
}

void
intern_add(struct intern *in, const void *key, size_t len, int64_t id)
{
	struct span kept;

	if (in->a == NULL)
		in->a = arena_new();
	kept = arena_span(in->a, (struct span){key, len});
	in->items = grow(in->items, &in->cap, in->n + 1, sizeof(*in->items));
	in->items[in->n] = (struct interned){kept.p, len, id};
	map_add(&in->map, map_hash(key, len), (uint32_t)in->n++);
}

void
intern_clear(struct intern *in)
{
	map_release(&in->map);
	free(in->items);
	if (in->a != NULL)
		arena_free(in->a);
	*in = (struct intern){0};
}

enum err
text_id(struct archive *a, const char *text, int64_t *id)
{
	size_t len = strlen(text);
	enum err e = OK;
	stmt *s;

	*id = intern_find(&a->texts, text, len);
	if (*id != 0)
		return OK;
	s = sql_bind(a, SQL_TEXT_FIND, "t", text);
	if (sql_row(a, s, &e)) {
		*id = sql_i64(s, 0);
		sql_done(s);
	} else if (e == OK) {
		e = sql_run(a, sql_bind(a, SQL_TEXT_ADD, "t", text));
		*id = sql_last_id(a);
	}
	if (e == OK)
		intern_add(&a->texts, text, len, *id);
	return e;
}
