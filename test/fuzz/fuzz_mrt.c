/* A stream of MRT records. Whatever it is, decoding ends; a record is handed out whole or not at all;
 * the lists of a message can be walked; and the pieces the stream comes in do not matter. With FUZZ_KEEP=DIR what is read
 * without a word is kept there, for tools/fuzz-bgpdump. */
#include "decode/mrt.h"
#include "diag_fuzz.h"
#include "mutate_mrt.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	uint64_t ribs, entries, messages, sum;
	uint32_t open;		/* entries still to come of the record at hand */
	bool in_rib;
};

static void
mix(struct seen *s, uint64_t v)
{
	s->sum = (s->sum ^ v) * 0x9e3779b97f4a7c15u;
}

static enum err
on_rib(void *arg, const struct mrt_head *h, const struct mrt_rib *r)
{
	struct seen *s = arg;
	struct prefix p = r->prefix;

	assert(!s->in_rib && p.len <= family_bits(p.family) && !prefix_mask(&p));
	s->ribs++;
	s->in_rib = true;
	s->open = r->n_entries;
	mix(s, h->offset);
	return OK;
}

static enum err
on_entry(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_entry *e)
{
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct seen *s = arg;

	(void)h;
	(void)r;
	assert(s->in_rib && s->open > 0);
	s->open--;
	s->entries++;
	mix(s, e->peer.asn);
	mix(s, e->attrs.have);
	mix(s, bgp_path_words(&e->attrs, words, BGP_PATH_WORDS_MAX));
	return OK;
}

/* The short way: the same routes, those that cannot be used as such, the same paths. */
struct paths_seen { uint64_t n, sum, prefixes; };

static void
path_seen(struct paths_seen *s, uint32_t peer_as, bool malformed, const uint32_t *words, size_t n)
{
	size_t i;

	s->n++;
	s->sum = (s->sum ^ (peer_as + malformed)) * 0x9e3779b97f4a7c15u;
	for (i = 0; i < n; i++)
		s->sum = (s->sum ^ words[i]) * 0x9e3779b97f4a7c15u;
}

static void
attrs_seen(struct paths_seen *s, uint32_t peer_as, const struct bgp_attrs *a)
{
	static uint32_t words[BGP_PATH_WORDS_MAX];

	path_seen(s, peer_as, a->malformed, words, bgp_path_words(a, words, BGP_PATH_WORDS_MAX));
}

static void
brief_seen(struct paths_seen *s, uint32_t peer_as, const struct bgp_brief *b)
{
	static uint32_t words[256];
	uint32_t i;

	words[0] = (uint32_t)SEG_SEQUENCE << 16 | b->n;
	for (i = 0; i < b->n; i++) {
		const uint8_t *p = b->seq + 4 * (size_t)i;

		words[1 + i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	}
	path_seen(s, peer_as, false, words, b->n > 0 ? b->n + 1 : 0);
}

static void
prefix_seen(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct paths_seen *s = arg;
	size_t i;

	(void)path_id;
	s->prefixes++;
	s->sum = (s->sum ^ (p->family * 256u + p->len)) * 0x9e3779b97f4a7c15u;
	for (i = 0; i < sizeof(p->addr); i++)
		s->sum = (s->sum ^ p->addr[i]) * 0x9e3779b97f4a7c15u;
}

static enum err
on_long(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_entry *e)
{
	(void)h;
	(void)r;
	attrs_seen(arg, e->peer.asn, &e->attrs);
	return OK;
}

static enum err
on_short(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_path *p)
{
	(void)h;
	(void)r;
	if (p->attrs != NULL)
		attrs_seen(arg, p->peer->asn, p->attrs);
	else
		brief_seen(arg, p->peer->asn, &p->brief);
	return OK;
}

static enum err
on_long_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	struct paths_seen *s = arg;
	struct diags d = {0};
	uint64_t before = s->prefixes;

	(void)h;
	if (m->kind != MRT_MSG_UPDATE || m->local || a->malformed)
		return OK;
	if (m->nlri.p != NULL)
		assert(bgp_nlri_each(m->nlri, FAMILY_V4, m->addpath, 1, &d, prefix_seen, s) == OK);
	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi) && a->mp_reach_safi == 1)
		assert(bgp_nlri_each(a->mp_nlri, bgp_family(a->mp_reach_afi), m->addpath, 1, &d, prefix_seen,
		    s) == OK);
	if (s->prefixes > before)
		attrs_seen(arg, m->peer_as, a);
	diags_release(&d);
	return OK;
}

static enum err
on_short_msg(void *arg, const struct mrt_head *h, const struct mrt_update *u)
{
	size_t i;

	(void)h;
	for (i = 0; i < u->n; i++)
		prefix_seen(arg, &u->prefix[i], 0);
	if (u->n > 0 && u->attrs != NULL)
		attrs_seen(arg, u->peer_as, u->attrs);
	else if (u->n > 0)
		brief_seen(arg, u->peer_as, &u->brief);
	return OK;
}

static void
short_is_right(const uint8_t *data, size_t size)
{
	struct paths_seen seen[2];
	struct diags d[2];
	struct mrt_stats st[2];
	int k;

	memset(seen, 0, sizeof(seen));
	memset(d, 0, sizeof(d));
	for (k = 0; k < 2; k++) {
		struct mrt_sink sink = {.arg = &seen[k]};
		struct feed_mem m = {data, size, 0};
		struct feed f;

		if (k == 0) {
			sink.entry = on_long;
			sink.msg = on_long_msg;
		} else {
			sink.path = on_short;
			sink.update = on_short_msg;
		}
		feed_init_mem(&f, &m);
		assert(mrt_decode(&f, &sink, &d[k], &st[k]) == OK);
		feed_release(&f);
	}
	assert(seen[0].n == seen[1].n && seen[0].sum == seen[1].sum && seen[0].prefixes == seen[1].prefixes);
	assert(st[0].messages == st[1].messages && st[0].entries == st[1].entries);
	assert(d[0].n_level[DIAG_NOTE] <= d[1].n_level[DIAG_NOTE]);
	assert(diags_total(&d[0]) - d[0].n_level[DIAG_NOTE] == diags_total(&d[1]) - d[1].n_level[DIAG_NOTE]);
	diags_release(&d[0]);
	diags_release(&d[1]);
}

static enum err
on_rib_end(void *arg, const struct mrt_head *h, const struct mrt_rib *r)
{
	struct seen *s = arg;

	(void)h;
	(void)r;
	assert(s->in_rib && s->open == 0);
	s->in_rib = false;
	return OK;
}

static void
on_prefix(void *arg, const struct prefix *p, uint32_t id)
{
	mix(arg, p->addr[0] + id);
}

static enum err
on_msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct seen *s = arg;
	struct diags d = {0};

	s->messages++;
	mix(s, h->time_s + m->peer_as);
	if (m->kind == MRT_MSG_UPDATE) {
		const struct bgp_attrs *a = &m->attrs;

		assert(bgp_nlri_each(m->withdrawn, FAMILY_V4, m->addpath, 1, &d, on_prefix, s) == OK);
		assert(bgp_nlri_each(m->nlri, FAMILY_V4, m->addpath, 1, &d, on_prefix, s) == OK);
		if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi))
			assert(bgp_nlri_each(a->mp_nlri, bgp_family(a->mp_reach_afi), m->addpath, 1, &d,
			    on_prefix, s) == OK);
		if (bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi))
			assert(bgp_nlri_each(a->mp_withdrawn, bgp_family(a->mp_unreach_afi), m->addpath,
			    1, &d, on_prefix, s) == OK);
	}
	diags_release(&d);
	return OK;
}

static struct seen
decode(const uint8_t *data, size_t size, size_t chunk, struct diags *d, struct mrt_stats *st)
{
	struct seen s = {0};
	struct mrt_sink sink = {.rib = on_rib, .entry = on_entry, .rib_end = on_rib_end, .msg = on_msg,
	    .arg = &s};
	struct feed_mem m = {data, size, chunk};
	struct feed f;

	feed_init_mem(&f, &m);
	assert(mrt_decode(&f, &sink, d, st) == OK);
	assert(s.ribs == st->ribs && s.entries == st->entries && s.messages == st->messages);
	assert(!s.in_rib);
	feed_release(&f);
	return s;
}

/* One file for each way that it went: what is told of twice is told of once. */
static void
keep(const uint8_t *data, size_t size, const struct seen *s)
{
	const char *dir = getenv("FUZZ_KEEP");
	char path[512];
	FILE *f;

	if (dir == NULL || s->entries + s->messages == 0)
		return;
	snprintf(path, sizeof(path), "%s/%016llx", dir, (unsigned long long)s->sum);
	f = fopen(path, "wbx");
	if (f == NULL)
		return;
	if (fwrite(data, 1, size, f) != size || fclose(f) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diags d = {0}, d2 = {0};
	struct mrt_stats st, st2;
	struct seen s = decode(data, size, 0, &d, &st), s2;

	s2 = decode(data, size, 7, &d2, &st2);
	assert(s.sum == s2.sum && st.records == st2.records && diags_total(&d) == diags_total(&d2));
	assert(st.records <= size / 12);
	diag_fuzz(&d, size);
	for (size_t i = 0; i < d.n_kept; i++)
		assert(d.kept[i].record <= st.records + 1);
	if (diags_total(&d) == 0)
		keep(data, size, &s);
	diags_release(&d);
	diags_release(&d2);
	short_is_right(data, size);
	return 0;
}

#ifdef FUZZ_MUTATE
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	return mutate_mrt(data, size, max, &seed);
}
#endif
