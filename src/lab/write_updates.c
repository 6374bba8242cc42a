/*
 * write_updates: a month of BGP4MP_ET messages (RFC 6396 4.4, 4.5) of each collector: routes that go
 * and come back, sessions that do, and the incidents. At its end all is as the table has it.
 */
#include "base/arena.h"
#include "lab/write.h"

#include <stdio.h>
#include <stdlib.h>

enum { MRT_BGP4MP_ET = 17, STATE_CHANGE_AS4 = 5, MESSAGE_AS4 = 4, BGP_UPDATE = 2, STATE_IDLE = 1,
	STATE_ESTABLISHED = 6, ATTR_MP_UNREACH = 15 };

enum event_kind { EVENT_WITHDRAW, EVENT_ANNOUNCE, EVENT_ON, EVENT_OFF, EVENT_DOWN, EVENT_UP };

struct event {
	uint64_t at_us;		/* since LAB_BEGIN */
	uint32_t peer;
	uint32_t what;		/* index of the route or of the incident */
	enum event_kind kind;
};

struct month {
	struct outs *o;
	const struct lab *w;
	const struct incidents *in;
	struct event *events;
	size_t n, cap;
	uint64_t written;
};

#define MONTH_US ((uint64_t)(LAB_AT.s - LAB_BEGIN.s) * 1000000u)

static void
plan_event(struct month *m, uint64_t at_us, uint32_t peer, uint32_t what, enum event_kind kind)
{
	if (at_us >= MONTH_US)
		at_us = MONTH_US - 1;
	m->events = grow(m->events, &m->cap, m->n + 1, sizeof(*m->events));
	m->events[m->n++] = (struct event){at_us, peer, what, kind};
}

/* Routes that flap: gone for up to a quarter of an hour, then back as they were. */
static void
plan_churn(struct month *m, uint32_t collector)
{
	const struct lab_params *p = &m->w->params;
	struct prng r = prng_init(p->seed, 80 + collector);
	uint32_t i, route, peer, tries;
	uint64_t at, gone;

	for (i = 0; i < p->update_messages / 2; i++) {
		for (tries = 0; tries < 1000; tries++) {
			route = prng_below(&r, (uint32_t)m->w->n_routes);
			peer = collector * p->peers + prng_below(&r, p->peers);
			if (lab_sees(m->w, route, peer))
				break;
		}
		at = prng_next(&r) % (MONTH_US - 1000000000u);
		gone = 1000000 + prng_next(&r) % 900000000u;
		if (tries == 1000)
			continue;
		plan_event(m, at, peer, route, EVENT_WITHDRAW);
		plan_event(m, at + gone, peer, route, EVENT_ANNOUNCE);
	}
	for (i = 0; i < 4; i++) {	/* sessions that are lost for half a minute */
		peer = collector * p->peers + prng_below(&r, p->peers);
		at = prng_next(&r) % (MONTH_US - 60000000u);
		plan_event(m, at, peer, 0, EVENT_DOWN);
		plan_event(m, at + 30000000u, peer, 0, EVENT_UP);
	}
}

/* Each vantage point sees it within a minute of its begin, and the same of its end. */
static void
plan_incidents(struct month *m, uint32_t collector)
{
	uint64_t first = (uint64_t)LAB_BEGIN.s * 1000000u, on, off;
	uint32_t i, k, peer;

	for (i = 0; i < m->in->n; i++)
		for (k = 0; k < m->w->params.peers; k++) {
			peer = collector * m->w->params.peers + k;
			incident_times(m->w, m->in, i, peer, &on, &off);
			plan_event(m, on - first, peer, i, EVENT_ON);
			plan_event(m, off - first, peer, i, EVENT_OFF);
		}
}

static int
event_cmp(const void *x, const void *y)
{
	const struct event *a = x, *b = y;

	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	if (a->peer != b->peer)
		return a->peer < b->peer ? -1 : 1;
	if (a->what != b->what)
		return a->what < b->what ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

/* The record up to the BGP message or the states; returns where its body starts. */
static size_t
record_begin(struct month *m, const struct event *e, unsigned subtype, unsigned family)
{
	const struct lab_peer *p = &m->w->peers[e->peer];
	struct addr local = p->addr[family];
	struct wr *b = &m->o->bin;
	size_t body;

	m->written++;
	local.b[family == FAMILY_V4 ? 3 : 15] = 0xfe;
	wr_u32(b, (uint32_t)((uint64_t)LAB_BEGIN.s + e->at_us / 1000000u));
	wr_u16(b, MRT_BGP4MP_ET);
	wr_u16(b, (uint16_t)subtype);
	wr_u32(b, 0);
	body = b->len;
	wr_u32(b, (uint32_t)(e->at_us % 1000000u));
	wr_u32(b, p->asn);
	wr_u32(b, lab_other_asn(m->w, p->collector));
	wr_u16(b, 0);
	wr_u16(b, family == FAMILY_V4 ? 1 : 2);
	wire_addr(b, &p->addr[family]);
	wire_addr(b, &local);
	return body;
}

static void
put_update(struct month *m, const struct event *e, const struct prefix *p, const struct lab_wire_path *path)
{
	struct wr *b = &m->o->bin;
	size_t body = record_begin(m, e, MESSAGE_AS4, p->family), message = b->len, at;
	unsigned i;

	for (i = 0; i < 16; i++)
		wr_u8(b, 0xff);
	wr_u16(b, 0);
	wr_u8(b, BGP_UPDATE);
	at = b->len;
	wr_u16(b, 0);
	if (path == NULL && p->family == FAMILY_V4)
		wire_prefix(b, p);
	wr_patch16(b, at, b->len - at - 2);
	at = b->len;
	wr_u16(b, 0);
	if (path != NULL) {
		wire_attrs(b, m->w, &m->w->peers[e->peer], p->family, path, p);
	} else if (p->family == FAMILY_V6) {
		wr_u8(b, 0x80);
		wr_u8(b, ATTR_MP_UNREACH);
		wr_u8(b, (uint8_t)(4 + (p->len + 7u) / 8));
		wr_u16(b, 2);
		wr_u8(b, 1);
		wire_prefix(b, p);
	}
	wr_patch16(b, at, b->len - at - 2);
	if (path != NULL && p->family == FAMILY_V4)
		wire_prefix(b, p);
	wr_patch16(b, message + 16, b->len - message);
	wr_patch32(b, body - 4, b->len - body);
}

static void
put_state(struct month *m, const struct event *e, unsigned from, unsigned to)
{
	struct wr *b = &m->o->bin;
	size_t body = record_begin(m, e, STATE_CHANGE_AS4, FAMILY_V4);

	wr_u16(b, (uint16_t)from);
	wr_u16(b, (uint16_t)to);
	wr_patch32(b, body - 4, b->len - body);
}

static void
put_incident(struct month *m, const struct event *e)
{
	const struct incident *x = &m->in->v[e->what];
	struct lab_wire_path path;
	bool usual = x->route != LAB_NONE && lab_sees(m->w, x->route, e->peer);

	if (!incident_path(m->w, x, e->peer, &path))
		return;
	if (e->kind == EVENT_ON) {
		put_update(m, e, &x->prefix, &path);
	} else if (usual && wire_path(m->w, x->route, e->peer, &path)) {
		put_update(m, e, &x->prefix, &path);
	} else {
		put_update(m, e, &x->prefix, NULL);
	}
}

static void
put_event(struct month *m, const struct event *e)
{
	struct lab_wire_path path;

	switch (e->kind) {
	case EVENT_WITHDRAW:
		put_update(m, e, &m->w->routes[e->what].prefix, NULL);
		break;
	case EVENT_ANNOUNCE:
		if (wire_path(m->w, e->what, e->peer, &path))
			put_update(m, e, &m->w->routes[e->what].prefix, &path);
		break;
	case EVENT_ON:
	case EVENT_OFF:
		put_incident(m, e);
		break;
	case EVENT_DOWN:
		put_state(m, e, STATE_ESTABLISHED, STATE_IDLE);
		break;
	case EVENT_UP:
		put_state(m, e, STATE_IDLE, STATE_ESTABLISHED);
		break;
	}
	out_flow(m->o);
}

void
write_updates(struct outs *o, const struct lab *w, const struct incidents *in, struct lab_sum *sum)
{
	struct month m = {.o = o, .w = w, .in = in};
	char name[64];
	uint32_t c;
	size_t i;

	for (c = 0; c < w->params.collectors; c++) {
		m.n = 0;
		plan_churn(&m, c);
		plan_incidents(&m, c);
		qsort(m.events, m.n, sizeof(*m.events), event_cmp);
		snprintf(name, sizeof(name), "updates.lab%u.20310501.0000.mrt", c);
		out_begin(o, name);
		for (i = 0; i < m.n; i++)
			put_event(&m, &m.events[i]);
		out_end(o);
	}
	sum->messages = m.written;
	free(m.events);
}
