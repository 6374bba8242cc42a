/*
 * window_judge: messages and table entries to judged events.
 */
#include "pipe/window_read.h"
#include "base/arena.h"
#include "base/map.h"

#include <string.h>

/* --- paths --- */

/* words[0..n] is the path, with two words for OTC behind it. */
static const struct offence_path *
judge_path(struct reader *r, uint32_t n, struct otc_mark otc)
{
	struct cached *k = &r->cache[r->said % CACHED];
	const struct aspath path = {r->words, n};

	if (n + 2 > CACHED_WORDS) {
		offence_path_look(&r->judge, path, otc, &r->own);
		return &r->own;
	}
	if (k->n != n + 2 || memcmp(k->words, r->words, k->n * sizeof(*k->words)) != 0) {
		k->n = n + 2;
		memcpy(k->words, r->words, k->n * sizeof(*k->words));
		offence_path_look(&r->judge, path, otc, &k->path);
	}
	return &k->path;
}

/* What is told with n words of a path in r->words; none: it is the peer's own route (RFC 6811 2). */
static void
path_set(struct reader *r, size_t n, uint32_t peer_as, bool has_otc, uint32_t otc)
{
	r->path = NULL;
	if (n > AS_PATH_HOPS_MAX || (n == 0 && peer_as == 0))
		return;
	if (n == 0) {
		r->words[0] = (uint32_t)SEG_SEQUENCE << 16 | 1;
		r->words[1] = peer_as;
		n = 2;
	}
	r->n_words = (uint32_t)n;
	r->path_number++;
	r->words[n] = has_otc;
	r->words[n + 1] = otc;
	r->said = map_hash(r->words, (n + 2) * sizeof(*r->words));
	r->path = judge_path(r, (uint32_t)n, (struct otc_mark){has_otc, false, otc});
}

static void
attrs_set(struct reader *r, const struct bgp_attrs *a, uint32_t peer_as)
{
	r->path = NULL;
	r->communities = a->communities.p;
	r->communities_len = a->communities.len;
	if (!a->malformed && bgp_has(a, BGP_AS_PATH))
		path_set(r, bgp_path_words(a, r->words, BGP_PATH_WORDS_MAX), peer_as, bgp_has(a, BGP_OTC), a->otc);
}

/* What is wrong with the prefix on the path at hand. What is to be black-holed is looked for in what offends alone. */
static uint8_t
judge_prefix(struct reader *r, const struct prefix *p, struct offence of[static OFF_N])
{
	size_t n = offences_of(&r->judge, r->path, p, of), i;

	for (i = 0; i < n; i++)
		if (of[i].class == OFF_MISORIGIN && bgp_is_blackhole(r->communities, r->communities_len))
			offence_doubt(&of[i], MIS_BLACKHOLE);
	return (uint8_t)n;
}

/* --- updates --- */

static uint64_t
event_hash(const struct event *e, uint64_t said)
{
	struct { uint64_t said; int64_t us; uint32_t vp, path_id; uint8_t prefix[18], kind, zero[5]; } k = {said, e->us,
	    e->vp, e->path_id, {0}, e->kind, {0}};

	memcpy(k.prefix, &e->prefix, sizeof(k.prefix));
	return map_hash(&k, sizeof(k));
}

static void
on_prefix(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct reader *r = arg;
	struct event e = {.us = r->us, .prefix = *p, .kind = (uint8_t)r->kind, .vp = r->vp, .path_id = path_id};
	struct offence of[OFF_N];

	if (r->kind == EVENT_ANNOUNCE && r->path != NULL)
		e.n_of = judge_prefix(r, p, of);
	e.hash = event_hash(&e, r->kind == EVENT_ANNOUNCE && r->path != NULL ? r->said : 0);
	if (r->err == OK)
		r->err = reader_put(r, e, of);
}

static void
each(struct reader *r, enum event_kind kind, struct bgp_win w, unsigned family, const struct mrt_head *h, bool addpath)
{
	enum err e;

	r->kind = kind;
	if (w.p != NULL && w.len > 0) {
		e = bgp_nlri_each(w, family, addpath, h->record, &r->diags, on_prefix, r);
		(void)e;	/* the lists were checked */
	}
}

/* What is withdrawn first: a prefix in both lists is announced (RFC 4271 3.1). */
static enum err
update(struct reader *r, const struct mrt_head *h, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	enum event_kind told = a->malformed ? EVENT_WITHDRAW : EVENT_ANNOUNCE;

	each(r, EVENT_WITHDRAW, m->withdrawn, FAMILY_V4, h, m->addpath);
	if (bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi) && a->mp_unreach_safi == 1)
		each(r, EVENT_WITHDRAW, a->mp_withdrawn, bgp_family(a->mp_unreach_afi), h, m->addpath);
	if (m->nlri.len > 0 || a->mp_nlri.len > 0)
		attrs_set(r, a, m->peer_as);
	each(r, told, m->nlri, FAMILY_V4, h, m->addpath);
	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi) && a->mp_reach_safi == 1)
		each(r, told, a->mp_nlri, bgp_family(a->mp_reach_afi), h, m->addpath);
	return r->err;
}

static enum err
state(struct reader *r, const struct mrt_msg *m)
{
	enum { ESTABLISHED = 6 };
	struct event e = {.us = r->us, .vp = r->vp};

	if ((m->old_state == ESTABLISHED) == (m->new_state == ESTABLISHED))
		return OK;
	e.kind = m->old_state == ESTABLISHED ? EVENT_DOWN : EVENT_UP;
	e.hash = event_hash(&e, 0);
	return reader_put(r, e, NULL);
}

static enum err
on_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct reader *r = arg;

	if (m->local || (m->kind != MRT_MSG_UPDATE && m->kind != MRT_MSG_STATE))
		return OK;
	if (r->vp == MAP_NONE || r->local_as != m->local_as || r->peer_as != m->peer_as ||
	    addr_cmp(&r->peer_addr, &m->peer_addr) != 0) {
		r->local_as = m->local_as;
		r->peer_as = m->peer_as;
		r->peer_addr = m->peer_addr;
		r->vp = coverage_vp(r->c, r->f->collector, m->local_as, m->peer_as, &m->peer_addr);
	}
	if (r->vp == MAP_NONE)		/* a session that never told a route */
		return OK;
	r->us = (int64_t)h->time_s * 1000000 + h->time_us;
	if (r->order_us < r->us)
		r->order_us = r->us;
	return m->kind == MRT_MSG_UPDATE ? update(r, h, m) : state(r, m);
}

/* --- tables --- */

static enum err
on_peers(void *arg, const struct mrt_head *h, const struct mrt_peers *peers)
{
	struct reader *r = arg;
	uint32_t i;

	(void)h;
	r->peer_vp = grow(r->peer_vp, &r->cap_peers, peers->n, sizeof(*r->peer_vp));
	r->n_peers = peers->n;
	for (i = 0; i < peers->n; i++)
		r->peer_vp[i] = coverage_vp(r->c, r->f->collector, 0, peers->peer[i].asn, &peers->peer[i].addr);
	return OK;
}

static enum err
table_begin(struct reader *r)
{
	struct event e = {.kind = EVENT_TABLE_BEGIN};

	if (r->in_table)
		return OK;
	r->in_table = true;
	e.us = (int64_t)r->f->in->traffic->first_s * 1000000;
	if (r->order_us < e.us)
		r->order_us = e.us;
	return reader_put(r, e, NULL);
}

static void
path_of_entry(struct reader *r, const struct mrt_path *p)
{
	uint32_t i, n = p->brief.n;

	if (p->attrs != NULL) {
		attrs_set(r, p->attrs, p->peer->asn);
		return;
	}
	r->communities = p->brief.communities;
	r->communities_len = p->brief.communities_len;
	r->words[0] = (uint32_t)SEG_SEQUENCE << 16 | n;
	for (i = 0; i < n; i++)
		r->words[i + 1] = be32(p->brief.seq + 4 * (size_t)i);
	path_set(r, n + 1, p->peer->asn, p->brief.has_otc, p->brief.otc);
}

/* Only the offences that need not be new. */
static size_t
without_news(struct offence *of, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (of[i].class != OFF_MISORIGIN && of[i].class != OFF_LEAK)
			of[k++] = of[i];
	return k;
}

static enum err
on_path(void *arg, const struct mrt_head *h, const struct mrt_rib *rib, const struct mrt_path *p)
{
	struct reader *r = arg;
	struct event e = {.kind = EVENT_TABLE_ROUTE, .prefix = rib->prefix, .path_id = p->path_id,
	    .us = (int64_t)p->originated_s * 1000000};
	struct offence of[OFF_N];

	(void)h;
	if (rib->multicast)
		return OK;
	e.vp = p->peer_index != MRT_NO_INDEX ? r->peer_vp[p->peer_index] :
	    coverage_vp(r->c, r->f->collector, 0, p->peer->asn, &p->peer->addr);
	if (e.vp == MAP_NONE)
		return OK;
	TRY(table_begin(r));
	r->covers[e.vp] |= (uint8_t)(1u << rib->prefix.family);
	path_of_entry(r, p);
	if (r->path == NULL)
		return OK;
	e.n_of = judge_prefix(r, &e.prefix, of);
	if (p->originated_s > 0 && (int64_t)p->originated_s < r->begin.s)
		e.n_of = (uint8_t)without_news(of, e.n_of);
	return e.n_of > 0 ? reader_put(r, e, of) : OK;
}

/* --- a file --- */

enum err
reader_decode(struct reader *r, struct source *s)
{
	const struct mrt_sink sink = {.peers = on_peers, .path = on_path, .msg = on_msg, .arg = r};
	struct mrt_stats stats = {0};

	TRY(mrt_decode(source_feed(s), &sink, &r->diags, &stats));
	return r->in_table ? reader_put(r, (struct event){.kind = EVENT_TABLE_END}, NULL) : OK;
}
