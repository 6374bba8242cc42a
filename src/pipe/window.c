/*
 * window: which files are read, what they are judged by, and what comes out.
 */
#include "pipe/window_merge.h"
#include "base/arena.h"
#include "metric/burst.h"
#include "metric/excuse.h"
#include "metric/scored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	if (e == OK)
		burst_look(&m->x->result, &m->judge);
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
	m->judge = (struct offence_judge){.w = m->w, .classes = offence_classes(m->w),
	    .at_hand = excuses_at_hand(m->w, m->x->begin, m->x->to)};
	m->x->classes = m->judge.classes;
	files_choose(m);
	m->idle = m->p->scores_only && !scored_grounds(m->x);
	if (!m->idle)
		TRY(history_make(m));
	m->open_of = xcalloc(m->x->coverage.n_collectors, sizeof(*m->open_of));
	timeline_params_init(&tp);
	tp.from_us = m->x->from.s * 1000000;
	tp.to_us = m->x->to.s * 1000000;
	tp.visibility = m->p->visibility;
	tp.bogon_visibility = m->p->bogon_visibility;
	tp.ways = m->p->ways;
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
	enum err e;

	*out = (struct window){0};
	once_init(&m.once);
	history_init(&m.history);
	e = prepare(&m);
	if (e == OK && !m.idle)
		merge_holes(&m);
	if (e == OK && !m.idle)
		e = merge_run(&m);
	if (e == OK)
		e = finish(&m);
	if (e != OK)
		explain(&m, e, why, why_size);
	merge_stop(&m);
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
