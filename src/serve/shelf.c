#include "serve/shelf.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static bool
mark_take(const struct shelf *s, struct shelf_mark *m)
{
	struct stat st;

	if (stat(s->path, &st) != 0)
		return false;
	memset(m, 0, sizeof(*m));
	m->dev = st.st_dev;
	m->ino = st.st_ino;
	m->size = st.st_size;
	m->changed = st.st_mtim;
	return true;
}

static bool
mark_same(const struct shelf_mark *a, const struct shelf_mark *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size && a->changed.tv_sec == b->changed.tv_sec &&
	    a->changed.tv_nsec == b->changed.tv_nsec;
}

/* --- handles --- */

/* Another file took its place: handles of the old one are of no use. */
static void
replaced(struct shelf *s, const struct shelf_mark *m)
{
	if (s->dev == m->dev && s->ino == m->ino)
		return;
	while (s->n_idle > 0)
		archive_close(s->idle[--s->n_idle]);
	s->dev = m->dev;
	s->ino = m->ino;
}

static enum err
handle_take(struct shelf *s, struct loan *l, const struct shelf_mark *m, unsigned patience, struct str *why)
{
	enum err e;

	pthread_mutex_lock(&s->lock);
	replaced(s, m);
	l->archive = s->n_idle > 0 ? s->idle[--s->n_idle] : NULL;
	pthread_mutex_unlock(&s->lock);
	l->dev = m->dev;
	l->ino = m->ino;
	if (l->archive == NULL)
		TRY(archive_open(&l->archive, s->path, ARCHIVE_SERVE, why));
	archive_patience(l->archive, patience);
	e = archive_snapshot(l->archive);
	if (e == OK)
		return OK;
	str_adds(why, archive_why(l->archive));
	archive_close(l->archive);
	l->archive = NULL;
	return e;
}

static void
handle_give(struct shelf *s, struct loan *l)
{
	struct archive *a = l->archive;

	if (a == NULL)
		return;
	archive_snapshot_end(a);
	pthread_mutex_lock(&s->lock);
	if (l->dev == s->dev && l->ino == s->ino && s->n_idle < SHELF_IDLE) {
		s->idle[s->n_idle++] = a;
		a = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	archive_close(a);
	l->archive = NULL;
}

/* --- views --- */

static bool
state_same(const struct archive_state *a, const struct archive_state *b)
{
	return a->assessments == b->assessments && a->last == b->last && a->timelines == b->timelines &&
	    a->exposures == b->exposures;
}

/* The view that there is, whether it is of this file, and whether of this state of it. */
static struct shown *
view_now(struct shelf *s, const struct archive_state *state, const struct shelf_mark *m, bool *same_file, bool *current)
{
	struct shown *v;

	pthread_mutex_lock(&s->lock);
	v = s->view;
	*same_file = v != NULL && s->mark.dev == m->dev && s->mark.ino == m->ino;
	*current = *same_file && state_same(&v->state, state);
	if (v != NULL)
		shown_ref(v);
	if (*current)
		s->mark = *m;
	pthread_mutex_unlock(&s->lock);
	return v;
}

static void
view_put(struct shelf *s, struct shown *v, const struct shelf_mark *m)
{
	struct shown *old;

	pthread_mutex_lock(&s->lock);
	old = s->view;
	v->generation = ++s->generation;
	shown_ref(v);
	s->view = v;
	s->mark = *m;
	pthread_mutex_unlock(&s->lock);
	shown_free(old);
}

/* Of a state that no view is of yet. made: by this call or by another that was waited for. */
static enum err
view_renew(struct shelf *s, struct loan *l, const struct archive_state *state, const struct shelf_mark *m,
    struct str *why)
{
	bool same_file, current;
	struct shown *v = view_now(s, state, m, &same_file, &current);
	enum err e = OK;

	if (!current) {
		shown_free(v);
		e = shown_make(l->archive, &v);
		if (e == OK)
			view_put(s, v, m);
		else
			str_adds(why, *archive_why(l->archive) != '\0' ? archive_why(l->archive) : err_text(e));
	}
	l->view = e == OK ? v : NULL;
	return e;
}

/* What was archived stays: while one makes the next view, the last one of the same file is right about all that it
 * knows. */
static enum err
view_get(struct shelf *s, struct loan *l, const struct shelf_mark *m, struct str *why)
{
	struct archive_state state;
	enum err e = archive_state(l->archive, &state);
	bool same_file, current;

	if (e != OK) {
		str_adds(why, archive_why(l->archive));
		return e;
	}
	l->view = view_now(s, &state, m, &same_file, &current);
	if (current || (same_file && s->kept) || (same_file && pthread_mutex_trylock(&s->making) != 0))
		return OK;
	if (!same_file)
		pthread_mutex_lock(&s->making);
	shown_free(l->view);
	e = view_renew(s, l, &state, m, why);
	pthread_mutex_unlock(&s->making);
	return e;
}

static enum err
lend(struct shelf *s, struct loan *out, unsigned patience, struct str *why)
{
	struct shelf_mark m;
	enum err e;

	*out = (struct loan){0};
	if (!mark_take(s, &m)) {
		str_adds(why, "is not there any more");
		return ERR_OPEN;
	}
	e = handle_take(s, out, &m, patience, why);
	if (e == OK)
		e = view_get(s, out, &m, why);
	if (e != OK)
		handle_give(s, out);
	return e;
}

enum err
shelf_lend(struct shelf *s, struct loan *out, struct str *why)
{
	return lend(s, out, SERVE_LOCKED_MS, why);
}

void
shelf_return(struct shelf *s, struct loan *l)
{
	shown_free(l->view);
	l->view = NULL;
	handle_give(s, l);
}

uint64_t
shelf_generation(struct shelf *s)
{
	struct str why = {0};
	struct shelf_mark m;
	struct loan l;
	uint64_t generation;
	bool same;

	pthread_mutex_lock(&s->lock);
	same = mark_take(s, &m) && s->view != NULL && (mark_same(&m, &s->mark) ||
	    (s->kept && m.dev == s->mark.dev && m.ino == s->mark.ino));
	generation = s->generation;
	pthread_mutex_unlock(&s->lock);
	if (same)
		return generation;
	if (lend(s, &l, 0, &why) == OK) {
		generation = l.view->generation;
		shelf_return(s, &l);
	}
	str_release(&why);
	return generation;
}

/* --- by a thread of its own --- */

void
shelf_keep(struct shelf *s, bool kept)
{
	s->kept = kept;
}

enum err
shelf_lend_bare(struct shelf *s, struct loan *out, struct str *why)
{
	struct shelf_mark m;

	*out = (struct loan){0};
	if (mark_take(s, &m))
		return handle_take(s, out, &m, SERVE_LOCKED_MS, why);
	str_adds(why, "is not there any more");
	return ERR_OPEN;
}

bool
shelf_ahead(struct shelf *s, struct shown **out, struct shelf_mark *m)
{
	struct archive_state state;
	bool known, same_file = false, current = true;
	struct str why = {0};
	struct loan l = {0};
	struct shown *now;

	pthread_mutex_lock(&s->lock);
	known = !mark_take(s, m) || mark_same(m, &s->mark) || m->dev != s->mark.dev || m->ino != s->mark.ino;
	pthread_mutex_unlock(&s->lock);
	*out = NULL;
	if (known || handle_take(s, &l, m, 0, &why) != OK) {
		str_release(&why);
		return false;
	}
	if (archive_state(l.archive, &state) == OK) {
		now = view_now(s, &state, m, &same_file, &current);
		shown_free(now);
		if (same_file && !current && shown_make(l.archive, out) != OK)
			*out = NULL;
	}
	handle_give(s, &l);
	str_release(&why);
	return *out != NULL;
}

bool
shelf_show(struct shelf *s, struct shown *v, const struct shelf_mark *m)
{
	bool good;

	pthread_mutex_lock(&s->lock);
	good = s->mark.dev == m->dev && s->mark.ino == m->ino;
	pthread_mutex_unlock(&s->lock);
	if (good)
		view_put(s, v, m);
	return good;
}

enum err
shelf_open(struct shelf *s, const char *path, struct str *why)
{
	struct archive *a = NULL;
	struct loan l;

	*s = (struct shelf){.path = strdup(path)};
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->making, NULL);
	/* what a crash left is rolled back now, while that may still be done */
	TRY(archive_open(&a, path, ARCHIVE_READ, why));
	archive_close(a);
	TRY(shelf_lend(s, &l, why));
	shelf_return(s, &l);
	return OK;
}

void
shelf_close(struct shelf *s)
{
	while (s->n_idle > 0)
		archive_close(s->idle[--s->n_idle]);
	shown_free(s->view);
	s->view = NULL;
	free(s->path);
	s->path = NULL;
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->making);
}
