/* traffic: what a collector heard: the tables before and after the window, and the updates in it. */
#include "oddity.h"

static bool
is_route(const struct line *l, bool last)
{
	return is(l, "route") || (is(l, "odd") && last && !world.plain && !world.burst);
}

/* Which session has it by which of the lines of one prefix: the last that gives it one, for what is odd replaces. */
static bool
best_of(int first, int session, bool last, struct view *v)
{
	struct prefix p = parse(&world.line[first], world.line[first].word[1]), q;
	bool found = false;
	struct view at;
	int k;

	for (k = first; k < world.n; k++) {
		if (!is_route(&world.line[k], last))
			continue;
		q = parse(&world.line[k], world.line[k].word[1]);
		if (!prefix_eq(&p, &q) || !view_of(&world.line[k], session, &at))
			continue;
		*v = at;
		found = true;
	}
	return found;
}

static void
put_rib(struct wr *b, int first, bool last, uint32_t sequence)
{
	struct prefix p = parse(&world.line[first], world.line[first].word[1]);
	size_t body = record(b, last ? END : BEGIN, 13, p.family == FAMILY_V4 ? 2 : 4), at;
	struct view v;
	int s, n = 0;

	wr_u32(b, sequence);
	put_nlri(b, &p);
	at = b->len;
	wr_u16(b, 0);
	for (s = 0; s < SESSIONS; s++) {
		size_t len;

		if (!best_of(first, s, last, &v))
			continue;
		n++;
		wr_u16(b, (uint16_t)(s + (p.family == FAMILY_V6 ? SESSIONS : 0)));
		wr_u32(b, v.odd ? ON + 1 : BEGIN - 86400 * 30);
		len = b->len;
		wr_u16(b, 0);
		put_attrs(b, &v, p.family, NULL);
		wr_patch16(b, len, b->len - len - 2);
	}
	wr_patch16(b, at, (size_t)n);
	wr_patch32(b, body - 4, b->len - body);
}

void
write_table(bool last)
{
	struct wr b = {0};
	size_t body = record(&b, last ? END : BEGIN, 13, 1);
	uint32_t sequence = 0;
	int i, k;

	wr_u32(&b, 0x13ff00c8);
	wr_u16(&b, 0);
	wr_u16(&b, 2 * SESSIONS);
	for (i = 0; i < 2 * SESSIONS; i++) {
		wr_u8(&b, i < SESSIONS ? 2 : 3);
		put_peer_addr(&b, i % SESSIONS, false, false);
		put_peer_addr(&b, i % SESSIONS, i >= SESSIONS, false);
		wr_u32(&b, 1000000 + FIRST_SESSION + (uint32_t)(i % SESSIONS));
	}
	wr_patch32(&b, body - 4, b.len - body);
	for (i = 0; i < world.n; i++) {
		struct prefix p, q;
		bool seen = false;

		if (!is_route(&world.line[i], last))
			continue;
		p = parse(&world.line[i], world.line[i].word[1]);
		for (k = 0; k < i && !seen; k++)
			if (is_route(&world.line[k], last)) {
				q = parse(&world.line[k], world.line[k].word[1]);
				seen = prefix_eq(&p, &q);
			}
		if (!seen)
			put_rib(&b, i, last, sequence++);
	}
	save(last ? "rib.c0.20310601.0000.mrt" : "rib.c0.20310501.0000.mrt", &b);
}

/* A withdrawal when v is NULL. */
static void
put_update(struct wr *b, uint32_t time, int session, const struct prefix *p, const struct view *v)
{
	bool v6 = p->family == FAMILY_V6;
	size_t body = record(b, time, 16, 4), message, at;
	struct wr x = {0};
	int i;

	wr_u32(b, 1000000 + FIRST_SESSION + (uint32_t)session);
	wr_u32(b, COLLECTOR);
	wr_u16(b, 0);
	wr_u16(b, v6 ? 2 : 1);
	put_peer_addr(b, session, v6, false);
	put_peer_addr(b, session, v6, true);
	message = b->len;
	for (i = 0; i < 16; i++)
		wr_u8(b, 0xff);
	wr_u16(b, 0);
	wr_u8(b, 2);
	at = b->len;
	wr_u16(b, 0);
	if (v == NULL && !v6)
		put_nlri(b, p);
	wr_patch16(b, at, b->len - at - 2);
	at = b->len;
	wr_u16(b, 0);
	if (v != NULL) {
		put_attrs(b, v, p->family, p);
	} else if (v6) {
		wr_u16(&x, 2);
		wr_u8(&x, 1);
		put_nlri(&x, p);
		put_attr(b, 0x80, 15, &x);
		wr_release(&x);
	}
	wr_patch16(b, at, b->len - at - 2);
	if (v != NULL && !v6)
		put_nlri(b, p);
	wr_patch16(b, message + 16, b->len - message);
	wr_patch32(b, body - 4, b->len - body);
}

/* What the session has of the prefix without what is odd. */
static bool
usual_of(const struct prefix *p, int session, struct view *v)
{
	struct view at;
	bool found = false;
	int k;

	for (k = 0; k < world.n; k++) {
		const struct line *l = &world.line[k];
		struct prefix q;

		if (!is(l, "route"))
			continue;
		q = parse(l, l->word[1]);
		if (prefix_eq(p, &q) && view_of(l, session, &at)) {
			*v = at;
			found = true;
		}
	}
	return found;
}

static void
put_odd(struct wr *b, uint32_t t)
{
	struct prefix p;
	struct view v;
	int i, s;

	for (s = 0; s < SESSIONS; s++)
		for (i = 0; i < world.n; i++) {
			const struct line *l = &world.line[i];
			bool there;

			if (!is(l, "odd") || !view_of(l, s, &v))
				continue;
			p = parse(l, l->word[1]);
			there = t == ON || usual_of(&p, s, &v);
			put_update(b, t + 1, s, &p, there ? &v : NULL);
		}
}

/* A message an hour of every session, so that somebody listened; what is odd at its hour, and the end of it. */
void
write_updates(void)
{
	static char word[4][16] = {"route", "19.200.0.0/24", "1", "9"};
	const struct line beat = {.word = {word[0], word[1], word[2], word[3]}, .n = 4};
	struct prefix p = parse(&beat, "19.200.0.0/24");
	struct wr b = {0};
	struct view v;
	uint32_t t;
	int s;

	for (t = BEGIN + 60; t < END; t += 3600) {
		for (s = 0; s < SESSIONS; s++) {
			view_of(&beat, s, &v);
			put_update(&b, t, s, &p, &v);
		}
		if (!world.plain && (t == ON || (t == OFF && world.burst)))
			put_odd(&b, t);
	}
	save("updates.c0.20310501.0000.mrt", &b);
}
