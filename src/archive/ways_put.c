/* ways_put: the AS paths of an incident into the archive, and into its digest. */
#include "archive/ways.h"

#include <inttypes.h>
#include <stdlib.h>

static enum err
path_id(struct archive *a, const struct path_list *l, struct str *text, int64_t *id)
{
	enum err e = OK;
	uint32_t i;
	stmt *s;

	str_clear(text);
	for (i = 0; i < l->n; i++)
		str_addf(text, i > 0 ? " %" PRIu32 : "%" PRIu32, l->as[i]);
	*id = intern_find(&a->paths, text->p, text->len);
	if (*id != 0)
		return OK;
	s = sql_bind(a, SQL_PATH_FIND, "t", text->p);
	if (sql_row(a, s, &e)) {
		*id = sql_i64(s, 0);
		sql_done(s);
	} else if (e == OK) {
		e = sql_run(a, sql_bind(a, SQL_PATH_ADD, "t", text->p));
		*id = sql_last_id(a);
	}
	if (e == OK)
		intern_add(&a->paths, text->p, text->len, *id);
	return e;
}

enum err
ways_begin(struct archive *a, const struct archive_incident *i, struct ways_put *w)
{
	struct str text = {0};
	enum err e = OK;
	size_t k;

	*w = (struct ways_put){.p = a->schema >= WAYS_SCHEMA ? i->paths : NULL};	/* a test writes an earlier one */
	if (w->p == NULL)
		return OK;
	w->ids = xcalloc(w->p->n_paths + 1, sizeof(*w->ids));
	for (k = 0; k < w->p->n_paths && e == OK; k++)
		e = path_id(a, &w->p->paths[k], &text, &w->ids[k]);
	str_release(&text);
	if (e == OK)
		e = sql_run(a, sql_bind(a, SQL_LEFT_SET, "iii", a->put.timeline, (int64_t)a->put.incidents,
		    (int64_t)w->p->left_out));
	return e;
}

static int64_t
turn_id(const struct ways_put *w, uint32_t turn)
{
	uint32_t path = w->p->turns[turn].path;

	return path == PATH_NONE ? SQL_NONE : w->ids[path];
}

enum err
ways_seen_put(struct archive *a, struct ways_put *w, uint32_t accomplice, size_t k, const struct timeline_interval *s)
{
	const int64_t t = a->put.timeline, ord = (int64_t)a->put.incidents, who = accomplice;
	uint32_t i;

	if (w->p == NULL)
		return sql_run(a, sql_bind(a, SQL_SEEN_ADD, "iiiiiiiiii", t, ord, who, (int64_t)k, (int64_t)s->vp,
		    (int64_t)s->path_id, s->from_us, s->to_us, (int64_t)s->began, (int64_t)s->ended));
	i = w->p->first[w->no++];
	TRY(sql_run(a, sql_bind(a, SQL_SEEN_WAY_ADD, "iiiiiiiiiix", t, ord, who, (int64_t)k, (int64_t)s->vp, (int64_t)s->path_id,
	    s->from_us, s->to_us, (int64_t)s->began, (int64_t)s->ended, turn_id(w, i))));
	while (++i < w->p->first[w->no])
		TRY(sql_run(a, sql_bind(a, SQL_TURN_ADD, "iiiiix", t, ord, who, (int64_t)k, w->p->turns[i].at_us, turn_id(w, i))));
	return OK;
}

void
ways_release(struct ways_put *w)
{
	free(w->ids);
}

/* --- bytes --- */

/* An incident without paths adds nothing, so that what was archived before there were any has the digest that it had. What
 * follows an incident is a length or UINT64_MAX: neither begins as this does. */
void
ways_digest(struct sha256 *h, const struct incident_paths *p)
{
	size_t i, k;

	if (p == NULL)
		return;
	sha256_add_u64(h, UINT64_MAX - 1);
	sha256_add_u64(h, p->left_out);
	sha256_add_u64(h, p->n_paths);
	for (i = 0; i < p->n_paths; i++) {
		sha256_add_u64(h, p->paths[i].n);
		for (k = 0; k < p->paths[i].n; k++)
			sha256_add_u64(h, p->paths[i].as[k]);
	}
	for (i = 0; i < p->n_seen; i++) {
		sha256_add_u64(h, p->first[i + 1] - p->first[i]);
		for (k = p->first[i]; k < p->first[i + 1]; k++) {
			sha256_add_u64(h, (uint64_t)p->turns[k].at_us);
			sha256_add_u64(h, p->turns[k].path);
		}
	}
}

struct path_sighting *
incident_sightings(const struct archive_incident *x, struct arena *arena, size_t *n)
{
	struct path_sighting *all;
	size_t i, k;

	for (i = *n = 0; i < x->n_by; i++)
		*n += x->by[i].n_seen;
	all = arena_raw(arena, *n + 1, sizeof(*all));
	for (i = *n = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen; k++)
			all[(*n)++] = (struct path_sighting){x->by[i].seen[k].to_us, x->by[i].seen[k].vp};
	return all;
}
