/* history_changes: which incidents of a network began, ended and stayed open from one window to the next. */
#include "archive/history.h"
#include "archive/history_int.h"

#include <stdlib.h>

const struct history_change *
history_change_of(const struct history_window *w, enum archive_role role, enum offence_class class)
{
	size_t i;

	for (i = 0; i < w->n_changes; i++)
		if (w->changes[i].role == role && w->changes[i].class == class)
			return &w->changes[i];
	return NULL;
}

struct keys {
	struct archive_incident *i;	/* owned; the key alone */
	bool *open;			/* owned */
	size_t n;
};

static void
keys_release(struct keys *k)
{
	free(k->i);
	free(k->open);
}

static enum err
keys_read(struct archive *a, int64_t window, uint32_t asn, enum archive_role role, struct keys *k)
{
	size_t cap = 0, cap_open = 0;
	bool host_bits, good = true;
	struct archive_incident *x;
	enum err e = OK;
	stmt *s = sql_bind(a, role == ROLE_CULPRIT ? SQL_KEYS_OF : SQL_KEYS_BY, "ii", window, (int64_t)asn);

	*k = (struct keys){0};
	while (good && sql_row(a, s, &e)) {
		k->i = grow(k->i, &cap, k->n + 1, sizeof(*k->i));
		k->open = grow(k->open, &cap_open, k->n + 1, sizeof(*k->open));
		arena_reset(a->row);
		x = &k->i[k->n];
		*x = (struct archive_incident){.class = offence_class_find(span_of(sql_word(s, 0, a->row))),
		    .origin = sql_null(s, 2) ? ORIGIN_NONE : (uint32_t)sql_i64(s, 2), .culprit = (uint32_t)sql_i64(s, 3)};
		good = x->class < OFF_N && prefix_parse(span_of(sql_word(s, 1, a->row)), &x->prefix, &host_bits) == OK;
		k->open[k->n++] = sql_i64(s, 4) != 0;
	}
	sql_done(s);
	return good ? e : archive_fail(a, ERR_CORRUPT, "an incident has a class or prefix that cannot be");
}

/* Both are in the order of their keys. */
static void
keys_compare(const struct keys *now, const struct keys *then, struct history_change change[static OFF_N])
{
	size_t i = 0, k = 0;
	int c;

	while (i < now->n || k < then->n) {
		c = i == now->n ? 1 : k == then->n ? -1 : archive_incident_cmp(&now->i[i], &then->i[k]);
		if (c < 0) {
			change[now->i[i++].class].begun++;
		} else if (c > 0) {
			change[then->i[k].class].ended += then->open[k];
			k++;
		} else {
			change[now->i[i].class].still += then->open[k] && now->open[i];
			change[now->i[i].class].ended += then->open[k] && !now->open[i];
			i++;
			k++;
		}
	}
}

static uint32_t
classes_of(const struct history_window *w, enum archive_role role)
{
	uint32_t classes = 0;
	size_t i;

	for (i = 0; i < w->n_parties; i++)
		if (w->parties[i].role == role)
			classes |= 1u << w->parties[i].class;
	return classes;
}

enum err
history_changes_make(struct archive *a, uint32_t asn, struct arena *arena, struct history_window *w,
    const struct history_window *before)
{
	struct history_change *all = arena_array(arena, 2 * OFF_N, sizeof(*all)), *c;
	const uint32_t both = w->of->w.looked_for & before->of->w.looked_for;
	struct keys now, then;
	unsigned role, class;
	uint32_t classes;
	enum err e;

	w->changes = all;
	for (role = ROLE_CULPRIT; role <= ROLE_ACCOMPLICE; role++) {
		struct history_change change[OFF_N] = {0};

		classes = (classes_of(w, role) | classes_of(before, role)) & both;
		if (classes == 0)
			continue;
		e = keys_read(a, before->of->id, asn, role, &then);
		now = (struct keys){0};
		if (e == OK)
			e = keys_read(a, w->of->id, asn, role, &now);
		if (e == OK)
			keys_compare(&now, &then, change);
		keys_release(&now);
		keys_release(&then);
		TRY(e);
		for (class = 0; class < OFF_N; class++)
			if ((classes >> class & 1) != 0) {
				c = &all[w->n_changes++];
				*c = change[class];
				c->role = (enum archive_role)role;
				c->class = (enum offence_class)class;
			}
	}
	return OK;
}
