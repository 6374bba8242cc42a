/*
 * window_merge: events of all files in the order of time, into the timeline.
 */
#include "pipe/window_merge.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define TELL_EVERY 65536u	/* events between two calls of progress */

static int64_t
first_us(const struct coverage_file *f)
{
	return (int64_t)f->in->traffic->first_s * 1000000;
}

static void
lane_open(struct merge *m)
{
	const struct coverage_file *f = m->files[m->next];

	m->lanes = grow(m->lanes, &m->cap_lanes, m->n_lanes + 1, sizeof(*m->lanes));
	m->lanes[m->n_lanes++] = (struct lane){reader_new(&m->x->coverage, f, &m->judge, m->x->begin,
	    m->p->ways != WAYS_NONE), (uint32_t)m->next++};
	if (f->in->traffic->messages > 0)
		m->open_of[f->collector]++;
}

static enum err
lane_close(struct merge *m, size_t i, bool done)
{
	const struct coverage_file *f = m->files[m->lanes[i].file];
	struct reader *r = m->lanes[i].r;
	enum err e;

	if (f->in->traffic->messages > 0)
		m->open_of[f->collector]--;
	memmove(m->lanes + i, m->lanes + i + 1, (m->n_lanes - i - 1) * sizeof(*m->lanes));
	m->n_lanes--;
	m->n_done++;
	e = reader_free(r, done, &m->err_no);
	if (e != OK)
		m->bad = f->in;
	return e;
}

static int
hole_cmp(const void *pa, const void *pb)
{
	const struct hole *a = pa, *b = pb;

	return (a->s.to_s > b->s.to_s) - (a->s.to_s < b->s.to_s);
}

void
merge_holes(struct merge *m)
{
	const struct coverage *c = &m->x->coverage;
	size_t i, k;

	for (i = 0; i < c->n_collectors; i++) {
		struct coverage_collector *x = &c->collectors[i];

		x->n_gaps = coverage_gaps(x, m->x->from.s, m->x->to.s, &x->gaps);
		m->holes = grow(m->holes, &m->cap_holes, m->n_holes + x->n_gaps, sizeof(*m->holes));
		for (k = 0; k < x->n_gaps; k++)
			m->holes[m->n_holes++] = (struct hole){x->gaps[k], (uint32_t)i};
	}
	if (m->n_holes > 0)
		qsort(m->holes, m->n_holes, sizeof(*m->holes), hole_cmp);
}

/* Gaps that are over by then. */
static void
holes_tell(struct merge *m, int64_t us)
{
	const struct coverage *c = &m->x->coverage;
	uint32_t v;

	for (; m->next_hole < m->n_holes && m->holes[m->next_hole].s.to_s * 1000000 <= us; m->next_hole++) {
		const struct hole *h = &m->holes[m->next_hole];

		for (v = 0; v < c->n_vps; v++)
			if (c->vps[v].collector == h->collector)
				timeline_gap(m->t, v, h->s.from_s * 1000000, h->s.to_s * 1000000);
	}
}

static void
table_event(struct merge *m, struct reader *r, const struct event *e, const struct offence *of)
{
	const struct timeline_key k = {e->prefix, e->vp, e->path_id};

	if (e->kind == EVENT_TABLE_BEGIN) {
		timeline_table_begin(m->t, e->us);
		m->x->counts.tables++;
	} else if (e->kind == EVENT_TABLE_END) {
		timeline_table_end(m->t, reader_covers(r));
	} else {
		if (e->n_hops > 0)
			timeline_path(m->t, reader_hops(r, e), e->n_hops);
		timeline_table_route(m->t, &k, e->us, of, e->n_of);
	}
}

static void
apply(struct merge *m, const struct lane *l, const struct event *e, const struct offence *of)
{
	const struct timeline_key k = {e->prefix, e->vp, e->path_id};
	struct window_counts *n = &m->x->counts;

	if (e->kind >= EVENT_TABLE_BEGIN) {
		table_event(m, l->r, e, of);
		return;
	}
	if (e->us >= m->x->to.s * 1000000)
		return;
	if (m->open_of[m->files[l->file]->collector] > 1 && !once_told(&m->once, e->order_us, l->file, e->hash)) {
		n->repeated++;
		return;
	}
	if (e->kind == EVENT_ANNOUNCE) {
		n->announced++;
		n->offending += e->n_of > 0;
		if (e->n_hops > 0)
			timeline_path(m->t, reader_hops(l->r, e), e->n_hops);
		timeline_announce(m->t, &k, e->us, of, e->n_of);
	} else if (e->kind == EVENT_WITHDRAW) {
		n->withdrawn++;
		timeline_withdraw(m->t, &k, e->us);
	} else if (e->kind == EVENT_DOWN) {
		n->resets++;
		timeline_down(m->t, e->vp, e->us);
	} else {
		timeline_up(m->t, e->vp, e->us);
	}
}

static void
tell(struct merge *m, int64_t us)
{
	if (m->n_events++ % TELL_EVERY == 0 && m->p->progress != NULL)
		m->p->progress(m->p->progress_arg, (struct utc){us / 1000000}, m->n_done, m->n_files);
}

/* All of the lane's events that come before those of other lanes, and before a file that is not open yet. */
static void
lane_run(struct merge *m, size_t i, int64_t other_us, uint32_t other_file)
{
	struct lane *l = &m->lanes[i];
	int64_t next_us = m->next < m->n_files ? first_us(m->files[m->next]) : INT64_MAX;
	const struct offence *of;
	const struct event *e;

	while ((e = reader_peek(l->r, &of)) != NULL && e->order_us < next_us &&
	    (e->order_us < other_us || (e->order_us == other_us && l->file < other_file))) {
		tell(m, e->order_us);
		holes_tell(m, e->order_us);
		apply(m, l, e, of);
		reader_skip(l->r);
	}
}

/* The two lanes whose next event comes first; those that have ended are closed. *n of them, 0 to 2. */
static enum err
lanes_first(struct merge *m, size_t best[2], int64_t us[2], size_t *n)
{
	const struct offence *of;
	size_t i = 0;

	*n = 0;
	while (i < m->n_lanes) {
		const struct event *e;
		size_t k;

		/* opened ahead of its time: not asked, so that nobody waits for it */
		if (*n > 0 && us[0] < first_us(m->files[m->lanes[i].file])) {
			if (*n == 1 || us[1] > first_us(m->files[m->lanes[i].file])) {
				best[1] = i;
				us[1] = first_us(m->files[m->lanes[i].file]);
				*n = 2;
			}
			i++;
			continue;
		}
		e = reader_peek(m->lanes[i].r, &of);
		if (e == NULL) {
			TRY(lane_close(m, i, true));
			continue;
		}
		k = *n == 0 || e->order_us < us[0] ? 0 : *n == 1 || e->order_us < us[1] ? 1 : 2;
		if (k == 0 && *n > 0) {
			best[1] = best[0];
			us[1] = us[0];
		}
		if (k < 2) {
			best[k] = i;
			us[k] = e->order_us;
		}
		*n = k < 2 && *n < 2 ? *n + 1 : *n;
		i++;
	}
	return OK;
}

/* Files that are open before their time has come: they are read meanwhile. */
static size_t
lanes_ahead(const struct merge *m, int64_t us)
{
	size_t i, n = 0;

	for (i = 0; i < m->n_lanes; i++)
		n += first_us(m->files[m->lanes[i].file]) > us;
	return n;
}

enum err
merge_run(struct merge *m)
{
	size_t best[2], n;
	int64_t us[2];

	for (;;) {
		TRY(lanes_first(m, best, us, &n));
		if (n == 0 && m->next == m->n_files)
			return OK;
		if (m->next < m->n_files && (n == 0 || first_us(m->files[m->next]) <= us[0] ||
		    lanes_ahead(m, us[0]) < m->p->threads)) {
			if (m->n_lanes >= WINDOW_OPEN_MAX)
				return ERR_LIMIT;
			lane_open(m);
			continue;
		}
		lane_run(m, best[0], n > 1 ? us[1] : INT64_MAX, n > 1 ? m->lanes[best[1]].file : UINT32_MAX);
	}
}

void
merge_stop(struct merge *m)
{
	enum err e;

	while (m->n_lanes > 0) {
		e = lane_close(m, 0, false);
		(void)e;	/* the first error was told */
	}
}
