/*
 * mrt_trace: what the MRT decoder calls back with, written down as text, so that a test compares
 * one string.
 */
#ifndef MRT_TRACE_H
#define MRT_TRACE_H

#include "base/str.h"
#include "decode/mrt.h"

#include <string.h>

struct trace {
	struct str s;
	struct diags d;
	struct mrt_stats stats;
	enum err e;
	size_t stop_after;	/* callbacks; 0: never */
	size_t n;
};

static inline enum err
step(struct trace *t)
{
	return ++t->n == t->stop_after ? ERR_STOPPED : OK;
}

static inline void
add_addr(struct str *s, const struct addr *a)
{
	char buf[PREFIX_TEXT];

	str_adds(s, addr_format(a, buf));
}

static inline enum err
on_peers(void *arg, const struct mrt_head *h, const struct mrt_peers *p)
{
	struct trace *t = arg;
	uint32_t i;

	str_addf(&t->s, "%u peers %.*s", h->time_s, (int)p->view.len, p->view.p);
	for (i = 0; i < p->n; i++) {
		str_addc(&t->s, ' ');
		add_addr(&t->s, &p->peer[i].addr);
		str_addf(&t->s, "/%u", p->peer[i].asn);
	}
	str_addc(&t->s, '\n');
	return step(t);
}

static inline enum err
on_rib(void *arg, const struct mrt_head *h, const struct mrt_rib *r)
{
	struct trace *t = arg;
	char buf[PREFIX_TEXT];

	str_addf(&t->s, "%u rib %s n=%u%s%s\n", h->time_s, prefix_format(&r->prefix, buf),
	    r->n_entries, r->addpath ? " addpath" : "", r->multicast ? " multicast" : "");
	return step(t);
}

static inline enum err
on_entry(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_entry *e)
{
	struct trace *t = arg;
	uint32_t words[64];

	(void)h;
	(void)r;
	str_addf(&t->s, " entry %u ", e->peer_index);
	add_addr(&t->s, &e->peer.addr);
	str_addf(&t->s, "/%u id=%u%s words=%zu\n", e->peer.asn, e->path_id,
	    e->attrs.malformed ? " malformed" : "", bgp_path_words(&e->attrs, words, 64));
	return step(t);
}

static inline enum err
on_rib_end(void *arg, const struct mrt_head *h, const struct mrt_rib *r)
{
	(void)h;
	(void)r;
	str_adds(&((struct trace *)arg)->s, " end\n");
	return step(arg);
}

static inline void
on_prefix(void *arg, const struct prefix *p, uint32_t id)
{
	char buf[PREFIX_TEXT];

	str_addf(arg, " %s#%u", prefix_format(p, buf), id);
}

static inline enum err
on_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct trace *t = arg;
	bool sound = true;

	str_addf(&t->s, "%u.%06u kind=%d ", h->time_s, h->time_us, (int)m->kind);
	add_addr(&t->s, &m->peer_addr);
	str_addf(&t->s, "/%u as%u%s%s", m->peer_as, m->as_size, m->local ? " local" : "",
	    m->addpath ? " addpath" : "");
	if (m->kind == MRT_MSG_STATE)
		str_addf(&t->s, " %u>%u", m->old_state, m->new_state);
	if (m->kind == MRT_MSG_UPDATE) {
		str_adds(&t->s, " w");
		sound = bgp_nlri_each(m->withdrawn, FAMILY_V4, m->addpath, h->record, &t->d,
		    on_prefix, &t->s) == OK;
		str_adds(&t->s, m->attrs.malformed ? " malformed a" : " a");
		sound = sound && bgp_nlri_each(m->nlri, FAMILY_V4, m->addpath, h->record, &t->d,
		    on_prefix, &t->s) == OK;
		if (bgp_is_ip(m->attrs.mp_reach_afi, m->attrs.mp_reach_safi))
			sound = sound && bgp_nlri_each(m->attrs.mp_nlri,
			    bgp_family(m->attrs.mp_reach_afi), m->addpath, h->record, &t->d,
			    on_prefix, &t->s) == OK;
	}
	str_adds(&t->s, sound ? "\n" : " UNSOUND\n");
	return step(t);
}

static const struct mrt_sink sink_of = {.peers = on_peers, .rib = on_rib, .entry = on_entry,
    .rib_end = on_rib_end, .msg = on_msg};

static inline void
trace_feed(struct feed *f, struct trace *t)
{
	struct mrt_sink sink = sink_of;
	size_t stop = t->stop_after;

	memset(t, 0, sizeof(*t));
	t->stop_after = stop;
	sink.arg = t;
	str_adds(&t->s, "");
	t->e = mrt_decode(f, &sink, &t->d, &t->stats);
}

static inline void
trace_bytes(const uint8_t *p, size_t n, size_t chunk, struct trace *t)
{
	struct feed_mem m = {p, n, chunk};
	struct feed f;

	feed_init_mem(&f, &m);
	trace_feed(&f, t);
	feed_release(&f);
}

static inline void
trace_release(struct trace *t)
{
	str_release(&t->s);
	diags_release(&t->d);
	t->stop_after = 0;
}

/* The first diag's text, "" when there is none. */
static inline const char *
first_diag(const struct trace *t, char buf[256])
{
	if (t->d.n_kept == 0)
		return "";
	return diag_format(&t->d.kept[0], buf, 256);
}

#endif
