/*
 * load_mrt: tables and updates become sightings.
 *
 * An announcement in an update is a sighting at its peer, for as long as the evidence goes: what was
 * withdrawn later was still announced. Not used: routes whose attributes are malformed (RFC 7606
 * treat-as-withdraw; the decoder's diag counts them), multicast tables and families, the collector's
 * own announcements, and routes that carry no AS_PATH at all. With part.traffic updates are no
 * sightings, unless part.sightings_too.
 */
#include "base/arena.h"
#include "base/limits.h"
#include "decode/mrt.h"
#include "pipe/part.h"
#include "pipe/traffic.h"

#include <stdlib.h>

#define VP_UNSET UINT32_MAX

struct peer_state {
	uint32_t vp;		/* VP_UNSET until one of its routes is used */
	uint32_t path;		/* of its route before, which is often that of the next; or MAP_NONE */
};

#define BATCH 64u		/* paths that are looked up at once, over several prefixes or messages */

struct batch {
	const uint32_t *key[BATCH];	/* into words */
	uint32_t path[BATCH];
	uint32_t peer[BATCH];		/* index of the peer, or MRT_NO_INDEX */
	size_t n, n_words;
	struct sighting *s;		/* owned; path is an index of key */
	size_t n_s, cap_s;
	struct run *run;		/* owned: of s */
	size_t n_runs, cap_runs;
	uint32_t words[BATCH * 16 + PATH_KEY_MAX];
};

struct mrt_load {
	struct part *p;
	struct routes *r;
	uint32_t collector;
	struct peer_state *peers;	/* by peer index */
	size_t n_peers, cap_peers;
	uint64_t updates;
	struct traffic_note traffic;	/* when p->traffic */
	uint64_t record;		/* of the last run */
	uint32_t words[BGP_PATH_WORDS_MAX];	/* of the path at hand */
	struct batch batch;
};

static enum err
batch_see(struct mrt_load *l)
{
	struct batch *b = &l->batch;
	size_t i, n = b->n, n_s = b->n_s, n_runs = b->n_runs;

	b->n = b->n_words = b->n_s = b->n_runs = 0;
	TRY(paths_intern(&l->r->paths, b->key, n, b->path));
	for (i = 0; i < n; i++)
		if (b->peer[i] != MRT_NO_INDEX)
			l->peers[b->peer[i]].path = b->path[i];
	for (i = 0; i < n_s; i++)
		b->s[i].path = b->path[b->s[i].path];
	return routes_see_runs(l->r, b->run, n_runs, b->s);
}

/* The key behind the last one is whole. */
static void
batch_key(struct batch *b, size_t words, uint32_t peer, uint32_t guess)
{
	b->key[b->n] = b->words + b->n_words;
	b->peer[b->n] = peer;
	b->path[b->n] = guess;
	b->n_words += words;
	b->n++;
}

static void
batch_run(struct batch *b, const struct prefix *prefix)
{
	if (b->n_runs == b->cap_runs)
		b->run = grow(b->run, &b->cap_runs, b->n_runs + 1, sizeof(*b->run));
	b->run[b->n_runs++] = (struct run){*prefix, 0};
}

/* The last key was seen at vp, for the prefix of the last run. */
static void
batch_sighting(struct batch *b, uint16_t vp)
{
	if (b->n_s == b->cap_s)
		b->s = grow(b->s, &b->cap_s, b->n_s + 1, sizeof(*b->s));
	b->s[b->n_s++] = (struct sighting){(uint32_t)b->n - 1, vp, 1};
	b->run[b->n_runs - 1].n++;
}

static enum err
batch_see_if_full(struct mrt_load *l)
{
	return l->batch.n < BATCH && l->batch.n_words <= BATCH * 16 ? OK : batch_see(l);
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
	for (i = 0; i < l->n_peers; i++) {
		l->peers[i] = (struct peer_state){VP_UNSET, MAP_NONE};
		if (l->p->traffic)
			traffic_note_session(&l->traffic, 0, peers->peer[i].asn, &peers->peer[i].addr);
	}
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
	else if (l->p->traffic)
		traffic_note_session(&l->traffic, 0, p->peer->asn, &p->peer->addr);
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
	uint32_t *key = b->words + b->n_words, guess;
	uint16_t vp;
	size_t n;

	if (rib->multicast || (p->attrs != NULL && p->attrs->malformed))
		return OK;
	if (p->attrs == NULL)
		n = path_key_seq(key, p->brief.seq, p->brief.n, p->brief.has_otc, p->brief.otc);
	else if (!key_of(l, h, p->attrs, p->peer->asn, key, &n))
		return OK;
	TRY(vp_of_path(l, p, &vp));
	guess = p->peer_index != MRT_NO_INDEX ? l->peers[p->peer_index].path : MAP_NONE;
	batch_key(b, n, p->peer_index, guess);
	if (b->n_runs == 0 || h->record != l->record)
		batch_run(b, &rib->prefix);
	l->record = h->record;
	batch_sighting(b, vp);
	return batch_see_if_full(l);
}

static enum err
on_update(void *arg, const struct mrt_head *h, const struct mrt_update *u)
{
	struct mrt_load *l = arg;
	struct batch *b = &l->batch;
	struct vp v = {.kind = VP_UPDATES, .asn = u->peer_as, .addr = u->peer_addr};
	uint32_t *key = b->words + b->n_words;
	uint16_t vp;
	size_t n, i;

	l->updates++;
	if (l->p->traffic) {
		traffic_note_session(&l->traffic, u->local_as, u->peer_as, &u->peer_addr);
		traffic_note_time(&l->traffic, h->time_s);
	}
	if (u->n == 0 || (l->p->traffic && !l->p->sightings_too))
		return OK;
	if (u->attrs == NULL)
		n = path_key_seq(key, u->brief.seq, u->brief.n, u->brief.has_otc, u->brief.otc);
	else if (!key_of(l, h, u->attrs, u->peer_as, key, &n))
		return OK;
	TRY(routes_vp(l->r, &v, &vp));
	batch_key(b, n, MRT_NO_INDEX, MAP_NONE);
	for (i = 0; i < u->n; i++) {
		batch_run(b, &u->prefix[i]);
		batch_sighting(b, vp);
	}
	return batch_see_if_full(l);
}

static void
hand_over_traffic(struct mrt_load *l, const struct mrt_stats *stats)
{
	struct traffic *t = traffic_note_done(&l->traffic);

	t->first_s = stats->first_s;
	t->last_s = stats->last_s;
	t->table = stats->ribs > 0;
	l->p->in.traffic = t;
}

enum err
load_mrt(struct part *p, struct feed *f)
{
	struct mrt_load *l = xcalloc(1, sizeof(*l));
	struct mrt_sink sink = {.peers = on_peers, .path = on_path, .update = on_update, .arg = l};
	struct mrt_stats stats = {0};
	enum err e;

	l->p = p;
	l->r = &p->w->routes;
	if (p->traffic)
		traffic_note_init(&l->traffic);
	e = mrt_decode(f, &sink, &p->in.diags, &stats);
	if (e == OK)
		e = batch_see(l);
	p->in.records = stats.records;
	p->units = stats.entries > stats.records ? stats.entries : stats.records;
	p->kept = routes_n_seen(l->r) + (p->traffic ? l->updates : 0);
	if (stats.records > 0)		/* a table is of the moment it was begun, updates reach to their end */
		p->in.time.s = stats.ribs > 0 ? stats.first_s : stats.last_s;
	p->evidence = (stats.ribs > 0 ? EV_BIT(EV_TABLE) : 0) | (l->updates > 0 ? EV_BIT(EV_UPDATES) : 0);
	if (p->traffic)
		hand_over_traffic(l, &stats);
	free(l->peers);
	free(l->batch.s);
	free(l->batch.run);
	free(l);
	return e;
}
