/*
 * timeline: the state machine. Rows are never given back, so that a route that offends again and again costs one;
 * open intervals are.
 */
#include "metric/timeline_int.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
timeline_params_init(struct timeline_params *p)
{
	*p = (struct timeline_params){.to_us = INT64_MAX, .visibility = 5, .bogon_visibility = 1,
	    .return_s = TIMELINE_RETURN_S, .away_s = TIMELINE_AWAY_S, .slack_s = TIMELINE_SLACK_S};
}

struct timeline *
timeline_new(const struct timeline_params *p)
{
	struct timeline *t = xcalloc(1, sizeof(*t));

	t->p = *p;
	t->free = MAP_NONE;
	return t;
}

void
timeline_free(struct timeline *t)
{
	if (t == NULL)
		return;
	free(t->vps);
	free(t->kinds);
	free(t->rows);
	free(t->opens);
	free(t->closed);
	free(t->hops);
	free(t->ways);
	map_release(&t->by_hops);
	map_release(&t->by_kind);
	map_release(&t->by_row);
	free(t);
}

uint32_t
timeline_vp(struct timeline *t)
{
	t->vps = grow(t->vps, &t->cap_vps, t->n_vps + 1, sizeof(*t->vps));
	t->vps[t->n_vps] = (struct tl_vp){.clock_us = NEVER, .up_us = NEVER, .head = MAP_NONE};
	return (uint32_t)t->n_vps++;
}

const char *
timeline_began_word(enum timeline_began b)
{
	static const char *const word[] = {"announced", "in-table", "before-window"};

	return word[b];
}

const char *
timeline_ended_word(enum timeline_ended e)
{
	static const char *const word[] = {"open", "withdrawn", "replaced", "session-lost", "not-in-table"};

	return word[e];
}

/* --- kinds and rows --- */

static bool
same_offence(const struct offence *a, const struct offence *b)
{
	return a->class == b->class && a->origin == b->origin && a->culprit == b->culprit &&
	    a->accomplice == b->accomplice;
}

static bool
kind_eq(uint32_t id, const void *key, const void *arg)
{
	const struct timeline *t = arg;
	const struct tl_kind *k = key;

	return prefix_eq(&t->kinds[id].prefix, &k->prefix) && same_offence(&t->kinds[id].of, &k->of);
}

static uint64_t
words_hash(const struct prefix *p, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	uint8_t bytes[sizeof(p->addr) + 2 + 4 * sizeof(uint32_t)];
	const uint32_t word[4] = {a, b, c, d};

	memcpy(bytes, p->addr, sizeof(p->addr));
	bytes[16] = p->family;
	bytes[17] = p->len;
	memcpy(bytes + 18, word, sizeof(word));
	return map_hash(bytes, sizeof(bytes));
}

/* The surest is told, unless one session has the community that others have lost on their way. */
static void
detail_join(struct offence *of, const struct offence *more)
{
	bool black = of->class == OFF_MISORIGIN && ((of->detail | more->detail) >> MIS_BLACKHOLE & 1) != 0;

	if (of->detail < more->detail)
		of->detail = more->detail;
	if (black)
		offence_doubt(of, MIS_BLACKHOLE);
}

static uint32_t
kind_of(struct timeline *t, const struct prefix *p, const struct offence *of)
{
	struct tl_kind k = {*p, *of};
	uint64_t h = words_hash(p, of->class, of->origin, of->culprit, of->accomplice);
	uint32_t id = map_find(&t->by_kind, h, kind_eq, &k, t);

	if (id == MAP_NONE) {
		t->kinds = grow(t->kinds, &t->cap_kinds, t->n_kinds + 1, sizeof(*t->kinds));
		id = (uint32_t)t->n_kinds++;
		t->kinds[id] = k;
		map_add(&t->by_kind, h, id);
	}
	detail_join(&t->kinds[id].of, of);
	return id;
}

static bool
row_eq(uint32_t id, const void *key, const void *arg)
{
	const struct timeline *t = arg;
	const struct timeline_key *k = key, *r = &t->rows[id].key;

	return r->vp == k->vp && r->path_id == k->path_id && prefix_eq(&r->prefix, &k->prefix);
}

/* MAP_NONE when there is none and none is to be made. */
static uint32_t
row_of(struct timeline *t, const struct timeline_key *k, bool make)
{
	uint64_t h = words_hash(&k->prefix, k->vp, k->path_id, 0, 0);
	uint32_t id = map_find(&t->by_row, h, row_eq, k, t);

	if (id != MAP_NONE || !make)
		return id;
	t->rows = grow(t->rows, &t->cap_rows, t->n_rows + 1, sizeof(*t->rows));
	id = (uint32_t)t->n_rows++;
	t->rows[id] = (struct tl_row){*k, MAP_NONE, NEVER, NEVER};
	map_add(&t->by_row, h, id);
	return id;
}

/* --- open intervals --- */

static uint32_t
open_make(struct timeline *t, uint32_t row, uint32_t kind, int64_t us, enum timeline_began began)
{
	struct tl_row *r = &t->rows[row];
	struct tl_vp *v = &t->vps[r->key.vp];
	uint32_t id = t->free;

	if (id != MAP_NONE) {
		t->free = t->opens[id].next;
	} else {
		t->opens = grow(t->opens, &t->cap_opens, t->n_opens + 1, sizeof(*t->opens));
		id = (uint32_t)t->n_opens++;
	}
	t->opens[id] = (struct tl_open){.row = row, .next = r->head, .vp_prev = MAP_NONE, .vp_next = v->head,
	    .kind = kind, .table = began == TL_IN_TABLE ? t->table : 0, .from_us = us, .seen_us = us,
	    .lost_us = NEVER, .proof_us = NEVER, .began = (uint8_t)began,
	    .way = timeline_way_of(t, &t->kinds[kind].of), .way_us = us};
	if (v->head != MAP_NONE)
		t->opens[v->head].vp_prev = id;
	r->head = v->head = id;
	return id;
}

/* Out of its two lists and to the free ones. */
static void
open_free(struct timeline *t, uint32_t id)
{
	struct tl_open *o = &t->opens[id];
	uint32_t *at = &t->rows[o->row].head;

	while (*at != id)
		at = &t->opens[*at].next;
	*at = o->next;
	if (o->vp_prev != MAP_NONE)
		t->opens[o->vp_prev].vp_next = o->vp_next;
	else
		t->vps[t->rows[o->row].key.vp].head = o->vp_next;
	if (o->vp_next != MAP_NONE)
		t->opens[o->vp_next].vp_prev = o->vp_prev;
	o->next = t->free;
	t->free = id;
}

void
timeline_close(struct timeline *t, uint32_t id, int64_t us, enum timeline_ended why)
{
	struct tl_open *o = &t->opens[id];
	struct tl_row *r = &t->rows[o->row];
	struct timeline_interval i = {o->from_us, us, r->key.vp, r->key.path_id, o->began, (uint8_t)why};

	if (i.to_us < i.from_us)
		i.to_us = i.from_us;
	if (r->ended_us < i.to_us)
		r->ended_us = i.to_us;
	timeline_way_end(t, o, i.to_us);
	if (i.from_us < t->p.from_us) {
		i.from_us = t->p.from_us;
		i.began = TL_BEFORE;
	}
	if (i.to_us > t->p.to_us) {
		i.to_us = t->p.to_us;
		i.ended = TL_OPEN;
	}
	if (i.from_us < t->p.to_us && (i.to_us > i.from_us || (i.to_us == i.from_us && i.began != TL_BEFORE))) {
		if (t->n_closed >= TIMELINE_INTERVALS_MAX) {
			t->err = ERR_LIMIT;
		} else {
			t->closed = grow(t->closed, &t->cap_closed, t->n_closed + 1, sizeof(*t->closed));
			t->closed[t->n_closed++] = (struct tl_closed){i, o->kind};
		}
	}
	open_free(t, id);
}

static int64_t
tick(struct tl_vp *v, int64_t us)
{
	if (v->clock_us < us)
		v->clock_us = us;
	return v->clock_us;
}

/* A message: whoever says it did not end the session. */
static int64_t
hear(struct timeline *t, uint32_t vp, int64_t us)
{
	struct tl_vp *v = &t->vps[vp];

	us = tick(v, us);
	if (v->away) {
		v->away = false;
		v->up_us = us;
	}
	return us;
}

/* Told at us: is that what was there before the session was lost? */
static bool
came_back(const struct timeline *t, const struct tl_vp *v, const struct tl_open *o, int64_t us)
{
	if (o->lost_us == NEVER)
		return true;
	return us - v->up_us <= (int64_t)t->p.return_s * US && v->up_us - o->lost_us <= (int64_t)t->p.away_s * US;
}

static void
end_now(struct timeline *t, uint32_t id, int64_t us, enum timeline_ended why)
{
	const struct tl_open *o = &t->opens[id];

	if (o->lost_us != NEVER)
		timeline_close(t, id, o->lost_us, TL_SESSION);
	else
		timeline_close(t, id, us, why);
}

/* --- messages --- */

static void
announce(struct timeline *t, const struct timeline_key *k, int64_t us, const struct offence *of, size_t n)
{
	uint32_t row = row_of(t, k, n > 0), id, next;
	const struct tl_vp *v = &t->vps[k->vp];
	uint32_t kept = 0;	/* bits of of[] */
	size_t i;

	us = hear(t, k->vp, us);
	if (row == MAP_NONE)
		return;
	t->rows[row].changed_us = us;
	for (id = t->rows[row].head; id != MAP_NONE; id = next) {
		struct tl_open *o = &t->opens[id];

		next = o->next;
		for (i = 0; i < n && !same_offence(&of[i], &t->kinds[o->kind].of); i++)
			continue;
		if (i == n || !came_back(t, v, o, us)) {
			end_now(t, id, us, TL_REPLACED);
			continue;
		}
		kept |= 1u << i;
		(void)kind_of(t, &k->prefix, &of[i]);	/* for the detail */
		timeline_way_turn(t, o, us, us);
		o->seen_us = us;
		o->lost_us = o->proof_us = NEVER;
	}
	for (i = 0; i < n; i++)
		if ((kept >> i & 1) == 0)
			open_make(t, row, kind_of(t, &k->prefix, &of[i]), us, TL_ANNOUNCED);
}

void
timeline_announce(struct timeline *t, const struct timeline_key *k, int64_t us, const struct offence *of, size_t n)
{
	announce(t, k, us, of, n);
	timeline_path(t, NULL, 0);
}

void
timeline_withdraw(struct timeline *t, const struct timeline_key *k, int64_t us)
{
	uint32_t row = row_of(t, k, false);

	us = hear(t, k->vp, us);
	if (row == MAP_NONE)
		return;
	t->rows[row].changed_us = us;
	while (t->rows[row].head != MAP_NONE)
		end_now(t, t->rows[row].head, us, TL_WITHDRAWN);
}

void
timeline_down(struct timeline *t, uint32_t vp, int64_t us)
{
	struct tl_vp *v = &t->vps[vp];
	uint32_t id, next;

	us = tick(v, us);
	if (v->away)
		return;
	for (id = v->head; id != MAP_NONE; id = next) {
		struct tl_open *o = &t->opens[id];

		next = o->vp_next;
		if (o->lost_us == NEVER)
			o->lost_us = us;
		else if (!came_back(t, v, o, us))	/* the session was lost again: it may still be on its way */
			timeline_close(t, id, o->lost_us, TL_SESSION);
	}
	v->away = true;
	v->up_us = NEVER;
}

void
timeline_up(struct timeline *t, uint32_t vp, int64_t us)
{
	struct tl_vp *v = &t->vps[vp];

	if (!v->away)		/* nobody told that it was lost */
		timeline_down(t, vp, us);
	v->away = false;
	v->up_us = tick(v, us);
}

void
timeline_gap(struct timeline *t, uint32_t vp, int64_t from_us, int64_t to_us)
{
	uint32_t id;

	(void)to_us;
	for (id = t->vps[vp].head; id != MAP_NONE; id = t->opens[id].vp_next)
		if (t->opens[id].proof_us == NEVER)
			t->opens[id].proof_us = from_us;
}

/* --- tables --- */

void
timeline_table_begin(struct timeline *t, int64_t us)
{
	t->table++;
	t->table_us = us;
}

static bool
just_changed(const struct timeline *t, const struct tl_row *r)
{
	return r->changed_us != NEVER && r->changed_us > t->table_us - (int64_t)t->p.slack_s * US;
}

static void
end_unseen(struct timeline *t, uint32_t id)
{
	const struct tl_open *o = &t->opens[id];

	timeline_close(t, id, o->proof_us != NEVER ? o->proof_us : o->seen_us, TL_NOT_IN_TABLE);
}

static void
table_open(struct timeline *t, uint32_t row, int64_t received_us, const struct offence *of)
{
	const struct tl_row *r = &t->rows[row];
	int64_t us = received_us > 0 && received_us < t->table_us ? received_us : t->table_us;
	uint32_t id, next;

	if (just_changed(t, r))
		return;
	for (id = r->head; id != MAP_NONE; id = next) {
		next = t->opens[id].next;
		if (t->kinds[t->opens[id].kind].of.class == of->class)
			end_unseen(t, id);
	}
	if (r->ended_us != NEVER && us < r->ended_us)
		us = r->ended_us;
	id = open_make(t, row, kind_of(t, &r->key.prefix, of), us, TL_IN_TABLE);
	t->opens[id].seen_us = t->table_us;
}

static void
table_route(struct timeline *t, const struct timeline_key *k, int64_t received_us, const struct offence *of,
    size_t n)
{
	uint32_t row = row_of(t, k, n > 0), id;
	size_t i;

	for (i = 0; i < n; i++) {
		for (id = t->rows[row].head; id != MAP_NONE; id = t->opens[id].next)
			if (same_offence(&of[i], &t->kinds[t->opens[id].kind].of))
				break;
		if (id == MAP_NONE) {
			table_open(t, row, received_us, &of[i]);
			continue;
		}
		(void)kind_of(t, &k->prefix, &of[i]);
		if (!just_changed(t, &t->rows[row]))
			timeline_way_turn(t, &t->opens[id], received_us > t->opens[id].seen_us && received_us < t->table_us ?
			    received_us : t->table_us, t->opens[id].seen_us);
		t->opens[id].table = t->table;
		if (t->opens[id].seen_us < t->table_us)
			t->opens[id].seen_us = t->table_us;
		t->opens[id].lost_us = t->opens[id].proof_us = NEVER;
	}
}

void
timeline_table_route(struct timeline *t, const struct timeline_key *k, int64_t received_us, const struct offence *of,
    size_t n)
{
	table_route(t, k, received_us, of, n);
	timeline_path(t, NULL, 0);
}

void
timeline_table_end(struct timeline *t, const uint8_t *covers)
{
	uint32_t id, next;
	size_t v;

	for (v = 0; v < t->n_vps; v++) {
		if (covers[v] == 0)
			continue;
		for (id = t->vps[v].head; id != MAP_NONE; id = next) {
			const struct tl_open *o = &t->opens[id];
			const struct tl_row *r = &t->rows[o->row];

			next = o->vp_next;
			if ((covers[v] >> r->key.prefix.family & 1) != 0 && o->table != t->table &&
			    o->lost_us == NEVER && !just_changed(t, r))
				end_unseen(t, id);
		}
	}
}
