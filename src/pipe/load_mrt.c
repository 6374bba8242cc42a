/*
 * load_mrt: tables and updates become sightings.
 *
 * An announcement in an update is a sighting at its peer, for as long as the evidence goes: what was
 * withdrawn later was still announced. Not used: routes whose attributes are malformed (RFC 7606
 * treat-as-withdraw; the decoder's diag counts them), multicast tables and families, the collector's
 * own announcements, and routes that carry no AS_PATH at all.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "decode/mrt.h"
#include "pipe/part.h"

#include <stdlib.h>

#define VP_UNSET UINT32_MAX

struct peer_state {
	uint32_t vp;		/* VP_UNSET until one of its routes is used */
	uint32_t path;		/* of its route before, which is often that of the next; or MAP_NONE */
};

#define BATCH 64u		/* sightings whose paths are looked up at once, over several prefixes */

struct batch {
	const uint32_t *key[BATCH];	/* into words */
	uint32_t path[BATCH];
	uint32_t peer[BATCH];		/* index of the peer, or MRT_NO_INDEX */
	uint16_t vp[BATCH];
	struct prefix prefix[BATCH];
	size_t n, n_words;
	uint32_t words[BATCH * 16 + PATH_KEY_MAX];
};

struct mrt_load {
	struct part *p;
	struct routes *r;
	uint32_t collector;
	struct peer_state *peers;	/* by peer index */
	size_t n_peers, cap_peers;
	uint64_t updates;
	struct { uint32_t path; uint16_t vp; } now;	/* of the message at hand */
	enum err err;
	uint32_t words[BGP_PATH_WORDS_MAX];	/* of the path at hand */
	struct batch batch;
};

static enum err
batch_see(struct mrt_load *l)
{
	struct batch *b = &l->batch;
	size_t i, n = b->n;

	b->n = b->n_words = 0;
	TRY(paths_intern(&l->r->paths, b->key, n, b->path));
	for (i = 0; i < n; i++) {
		if (b->peer[i] != MRT_NO_INDEX)
			l->peers[b->peer[i]].path = b->path[i];
		TRY(routes_see(l->r, &b->prefix[i], b->path[i], b->vp[i], 1));
	}
	return OK;
}

static enum err
on_peers(void *arg, const struct mrt_head *h, const struct mrt_peers *peers)
{
	struct mrt_load *l = arg;
	size_t i;

	(void)h;
	TRY(batch_see(l));
	l->collector = peers->collector_id;
	l->peers = grow(l->peers, &l->cap_peers, peers->n, sizeof(*l->peers));
	l->n_peers = peers->n;
	for (i = 0; i < l->n_peers; i++)
		l->peers[i] = (struct peer_state){VP_UNSET, MAP_NONE};
	return OK;
}

static enum err
vp_of_path(struct mrt_load *l, const struct mrt_path *p, uint16_t *id)
{
	bool v2 = p->peer_index != MRT_NO_INDEX;
	struct vp v;

	if (v2 && l->peers[p->peer_index].vp != VP_UNSET) {
		*id = (uint16_t)l->peers[p->peer_index].vp;
		return OK;
	}
	v = (struct vp){.kind = VP_TABLE, .collector = v2 ? l->collector : 0, .asn = p->peer->asn,
	    .addr = p->peer->addr};
	TRY(routes_vp(l->r, &v, id));
	if (v2)
		l->peers[p->peer_index].vp = *id;
	return OK;
}

/* The path of a route as it came from peer_as, as a key; *n are its words. False when there is none to speak
 * of. */
static bool
key_of(struct mrt_load *l, const struct mrt_head *h, const struct bgp_attrs *a, uint32_t peer_as,
    uint32_t *key, size_t *n)
{
	size_t words;

	if (!bgp_has(a, BGP_AS_PATH))
		return false;
	words = bgp_path_words(a, l->words, BGP_PATH_WORDS_MAX);
	if (words > AS_PATH_HOPS_MAX) {
		diag_add(&l->p->in.diags, DIAG_SKIP_RECORD, ERR_LIMIT, h->record, h->offset, "as_path",
		    "limit AS_PATH_HOPS_MAX");
		return false;
	}
	if (words == 0) {	/* RFC 6811 2: nobody before the speaker, so it is the origin */
		if (peer_as == 0)
			return false;
		l->words[0] = (uint32_t)SEG_SEQUENCE << 16 | 1;
		l->words[1] = peer_as;
		words = 2;
	}
	*n = path_key(key, (struct aspath){l->words, (uint32_t)words}, bgp_has(a, BGP_OTC), a->otc);
	return true;
}

static enum err
on_path(void *arg, const struct mrt_head *h, const struct mrt_rib *rib, const struct mrt_path *p)
{
	struct mrt_load *l = arg;
	struct batch *b = &l->batch;
	uint32_t *key = b->words + b->n_words;
	size_t i = b->n, n;

	if (rib->multicast || (p->attrs != NULL && p->attrs->malformed))
		return OK;
	if (p->attrs == NULL)
		n = path_key_seq(key, p->brief.seq, p->brief.n, p->brief.has_otc, p->brief.otc);
	else if (!key_of(l, h, p->attrs, p->peer->asn, key, &n))
		return OK;
	TRY(vp_of_path(l, p, &b->vp[i]));
	b->key[i] = key;
	b->peer[i] = p->peer_index;
	b->path[i] = p->peer_index != MRT_NO_INDEX ? l->peers[p->peer_index].path : MAP_NONE;
	b->prefix[i] = rib->prefix;
	b->n_words += n;
	b->n++;
	return b->n < BATCH && b->n_words <= BATCH * 16 ? OK : batch_see(l);
}

static void
on_nlri(void *arg, const struct prefix *prefix, uint32_t path_id)
{
	struct mrt_load *l = arg;

	(void)path_id;
	if (l->err == OK)
		l->err = routes_see(l->r, prefix, l->now.path, l->now.vp, 1);
}

static enum err
announce(struct mrt_load *l, const struct mrt_head *h, const struct mrt_msg *m, struct bgp_win nlri,
    unsigned family)
{
	if (nlri.p == NULL || nlri.len == 0)
		return OK;
	TRY(bgp_nlri_each(nlri, family, m->addpath, h->record, &l->p->in.diags, on_nlri, l));
	return l->err;
}

static enum err
on_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct mrt_load *l = arg;
	const struct bgp_attrs *a = &m->attrs;
	struct vp v = {.kind = VP_UPDATES, .asn = m->peer_as, .addr = m->peer_addr};
	uint32_t key[PATH_KEY_MAX];
	const uint32_t *const keys[] = {key};
	size_t n;
	bool mp;

	if (m->kind != MRT_MSG_UPDATE)
		return OK;
	l->updates++;
	mp = a->mp_nlri.len > 0 && a->mp_reach_safi == 1 && (a->mp_reach_afi == 1 || a->mp_reach_afi == 2);
	if (m->local || a->malformed || (!mp && m->nlri.len == 0))
		return OK;
	if (!key_of(l, h, a, m->peer_as, key, &n))
		return OK;
	TRY(batch_see(l));
	l->now.path = MAP_NONE;
	TRY(paths_intern(&l->r->paths, keys, 1, &l->now.path));
	TRY(routes_vp(l->r, &v, &l->now.vp));
	TRY(announce(l, h, m, m->nlri, FAMILY_V4));
	if (!mp)
		return OK;
	return announce(l, h, m, a->mp_nlri, a->mp_reach_afi == 1 ? FAMILY_V4 : FAMILY_V6);
}

enum err
load_mrt(struct part *p, struct feed *f)
{
	struct mrt_load *l = xcalloc(1, sizeof(*l));
	struct mrt_sink sink = {.peers = on_peers, .path = on_path, .msg = on_msg, .arg = l};
	struct mrt_stats stats = {0};
	enum err e;

	l->p = p;
	l->r = &p->w->routes;
	e = mrt_decode(f, &sink, &p->in.diags, &stats);
	if (e == OK)
		e = batch_see(l);
	p->in.records = stats.records;
	p->units = stats.entries > stats.records ? stats.entries : stats.records;
	p->kept = routes_n_seen(l->r);
	if (stats.records > 0)		/* a table is of the moment it was begun, updates reach to their end */
		p->in.time.s = stats.ribs > 0 ? stats.first_s : stats.last_s;
	p->evidence = (stats.ribs > 0 ? EV_BIT(EV_TABLE) : 0) | (l->updates > 0 ? EV_BIT(EV_UPDATES) : 0);
	free(l->peers);
	free(l);
	return e;
}
