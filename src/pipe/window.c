/*
 * window: the merge of all files by time, into the timeline.
 */
#include "pipe/window_int.h"
#include "pipe/window_once.h"
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TELL_EVERY 65536u	/* events between two calls of progress */

struct lane {			/* an open file */
	struct reader *r;
	uint32_t file;		/* into files: the order of events with the same time */
};

struct hole { struct coverage_span s; uint32_t collector; };	/* a gap that the timeline is still to be told */

struct merge {
	const struct world *w;
	const struct window_params *p;
	struct window *x;
	struct offence_judge judge;
	struct history history;
	struct timeline *t;
	const struct coverage_file **files;	/* to be read, by (first_s, digest) */
	size_t n_files, next, n_done;
	struct lane *lanes;			/* by file */
	size_t n_lanes, cap_lanes;
	uint32_t *open_of;			/* per collector: update files that are open */
	struct once once;
	struct hole *holes;			/* by their ends */
	size_t n_holes, cap_holes, next_hole;
	uint64_t n_events;
	const struct input *bad;		/* the input that an error is about */
	int err_no;
};

void
window_params_init(struct window_params *p)
{
	*p = (struct window_params){.from = UTC_NONE, .to = UTC_NONE, .visibility = 5, .bogon_visibility = 1,
	    .threads = 1};
}

void
window_month(struct utc t, struct utc *from, struct utc *to)
{
	int64_t day = t.s / 86400, year = 1970, length, month;
	static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	for (;; year++) {
		length = 365 + ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
		if (day < length)
			break;
		day -= length;
	}
	for (month = 0;; month++) {
		length = days[month] + (month == 1 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0));
		if (day < length)
			break;
		day -= length;
	}
	*from = utc_from_date((int)year, (int)month + 1, 1, 0, 0, 0);
	to->s = from->s + length * 86400;
}

/* --- which files --- */

/* The window, and where the first update in it is. */
static enum err
times_set(struct merge *m)
{
	struct utc newest = UTC_NONE;
	int64_t begin = INT64_MAX;
	size_t i;

	for (i = 0; i < m->w->n_inputs; i++) {
		const struct input *in = &m->w->inputs[i];

		if (in->complete && in->traffic != NULL && in->traffic->messages > 0 &&
		    (!utc_known(newest) || newest.s < in->traffic->last_s))
			newest.s = in->traffic->last_s;
	}
	if (!utc_known(newest))
		return ERR_UNKNOWN;
	m->x->from = m->p->from;
	m->x->to = m->p->to;
	if (!utc_known(m->p->from) || !utc_known(m->p->to))
		window_month(newest, &m->x->from, &m->x->to);
	for (i = 0; i < m->w->n_inputs; i++) {
		const struct input *in = &m->w->inputs[i];

		if (in->complete && in->traffic != NULL && in->traffic->messages > 0 &&
		    in->traffic->last_s >= m->x->from.s && in->traffic->first_s < m->x->to.s &&
		    in->traffic->first_s < begin)
			begin = in->traffic->first_s;
	}
	if (begin == INT64_MAX)
		return ERR_RANGE;
	m->x->begin.s = begin > m->x->from.s ? begin : m->x->from.s;
	return OK;
}

/* Of a collector, the time of its last table that is not later than the first update. */
static int64_t
seed_of(const struct merge *m, uint32_t collector)
{
	int64_t seed = INT64_MIN;
	size_t i;

	for (i = 0; i < m->x->coverage.n_files; i++) {
		const struct coverage_file *f = &m->x->coverage.files[i];
		int64_t s = f->in->traffic->first_s;

		if (f->collector == collector && f->in->traffic->table && s <= m->x->begin.s &&
		    s + (int64_t)WINDOW_SEED_S >= m->x->begin.s && s > seed)
			seed = s;
	}
	return seed;
}

/* Tables from the seed on (one that is in several files, by family, was begun within the slack), updates that reach into
 * the window or the day before. */
static void
files_choose(struct merge *m)
{
	const struct coverage *c = &m->x->coverage;
	int64_t *seed = xcalloc(c->n_collectors, sizeof(*seed));
	size_t i;

	for (i = 0; i < c->n_collectors; i++)
		seed[i] = seed_of(m, (uint32_t)i);
	m->files = xcalloc(c->n_files, sizeof(const struct coverage_file *));
	for (i = 0; i < c->n_files; i++) {
		const struct traffic *t = c->files[i].in->traffic;
		int64_t from = seed[c->files[i].collector];

		if (t->messages > 0 ? (int64_t)t->last_s + (int64_t)WINDOW_SEED_S < m->x->from.s :
		    from == INT64_MIN ? (int64_t)t->first_s < m->x->begin.s :
		    (int64_t)t->first_s + (int64_t)TIMELINE_SLACK_S < from)
			continue;
		m->x->counts.seed_tables += t->table && (int64_t)t->first_s <= m->x->begin.s;
		m->files[m->n_files++] = &c->files[i];
	}
	free(seed);
}

static enum err
history_make(struct merge *m)
{
	const struct coverage *c = &m->x->coverage;
	size_t i;

	history_init(&m->history);
	if ((m->judge.classes & (1u << OFF_LEAK | 1u << OFF_MISORIGIN)) == 0)
		return OK;
	for (i = 0; i < c->n_files; i++) {
		const struct traffic *t = c->files[i].in->traffic;

		if (!t->table || (int64_t)t->first_s > m->x->begin.s ||
		    (int64_t)t->first_s + (int64_t)WINDOW_HISTORY_S < m->x->begin.s)
			continue;
		m->bad = c->files[i].in;
		TRY(history_read(&m->history, c->files[i].in, &m->err_no));
		m->x->counts.history_tables++;
	}
	m->bad = NULL;
	history_seal(&m->history);
	m->x->counts.history_routes = m->history.n_routes;
	if (m->x->counts.history_tables > 0)
		m->judge.history = &m->history;
	return OK;
}

/* --- the merge --- */

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
	m->lanes[m->n_lanes++] = (struct lane){reader_new(&m->x->coverage, f, &m->judge), (uint32_t)m->next++};
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

static void
holes_make(struct merge *m)
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

static enum err
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

/* --- all of it --- */

static enum err
finish(struct merge *m)
{
	const struct coverage *c = &m->x->coverage;
	struct timeline_vp_info *info = xcalloc(c->n_vps, sizeof(*info));
	enum err e;
	size_t i;

	for (i = 0; i < c->n_vps; i++) {
		const struct coverage_collector *k = &c->collectors[c->vps[i].collector];
		int64_t to = k->n_seen > 0 ? k->seen[k->n_seen - 1].to_s : 0;	/* 0: no longer than a table shows */

		memcpy(info[i].full_feed, c->vps[i].full_feed, sizeof(info[i].full_feed));
		if (to + (int64_t)k->silence_s >= m->x->to.s)
			to = m->x->to.s;
		info[i].seen_to_us = to * 1000000;
	}
	e = timeline_finish(m->t, info, &m->x->result);
	free(info);
	return e;
}

static enum err
prepare(struct merge *m)
{
	struct timeline_params tp;
	size_t i;

	TRY(times_set(m));
	coverage_make(&m->x->coverage, m->w, (struct utc){m->x->to.s + 1});
	m->x->seen_s = coverage_seen(&m->x->coverage, m->x->from.s, m->x->to.s);
	m->judge = (struct offence_judge){.w = m->w, .classes = offence_classes(m->w)};
	m->x->classes = m->judge.classes;
	TRY(history_make(m));
	files_choose(m);
	m->open_of = xcalloc(m->x->coverage.n_collectors, sizeof(*m->open_of));
	timeline_params_init(&tp);
	tp.from_us = m->x->from.s * 1000000;
	tp.to_us = m->x->to.s * 1000000;
	tp.visibility = m->p->visibility;
	tp.bogon_visibility = m->p->bogon_visibility;
	m->t = timeline_new(&tp);
	for (i = 0; i < m->x->coverage.n_vps; i++)
		timeline_vp(m->t);
	return OK;
}

static void
explain(const struct merge *m, enum err e, char *why, size_t size)
{
	if (m->bad != NULL && e == ERR_CONTRADICT)
		snprintf(why, size, "%s: changed while it was read", m->bad->path);
	else if (m->bad != NULL)
		snprintf(why, size, "%s: %s%s%s", m->bad->path, err_text(e), e == ERR_IO || e == ERR_OPEN ? ": " : "",
		    e == ERR_IO || e == ERR_OPEN ? strerror(m->err_no) : "");
	else if (e == ERR_UNKNOWN)
		snprintf(why, size, "no updates among the inputs that could be used");
	else if (e == ERR_RANGE)
		snprintf(why, size, "no updates within the window");
	else if (m->n_lanes >= WINDOW_OPEN_MAX)
		snprintf(why, size, "more than %u files overlap in time (WINDOW_OPEN_MAX)", WINDOW_OPEN_MAX);
	else
		snprintf(why, size, "%s (TIMELINE_INTERVALS_MAX)", err_text(e));
}

enum err
window_run(const struct world *w, const struct window_params *p, struct window *out, char *why, size_t why_size)
{
	struct merge m = {.w = w, .p = p, .x = out};
	enum err e, closed;

	*out = (struct window){0};
	once_init(&m.once);
	e = prepare(&m);
	if (e == OK)
		holes_make(&m);
	if (e == OK)
		e = merge_run(&m);
	if (e == OK)
		e = finish(&m);
	if (e != OK)
		explain(&m, e, why, why_size);
	while (m.n_lanes > 0) {
		closed = lane_close(&m, 0, false);
		(void)closed;	/* the first error was told */
	}
	timeline_free(m.t);
	history_release(&m.history);
	once_release(&m.once);
	free(m.files);
	free(m.lanes);
	free(m.open_of);
	free(m.holes);
	if (e != OK)
		window_release(out);
	return e;
}

void
window_release(struct window *x)
{
	coverage_release(&x->coverage);
	timeline_result_release(&x->result);
	*x = (struct window){0};
}
