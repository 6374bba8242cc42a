/*
 * dump_machine: MRT in the machine format of bgpdump 1.6.2 (`bgpdump -m`), line for line, so that
 * the two can be compared and scripts written for one read the other. Fields, separated by "|":
 *
 *   TABLE_DUMP | time | B | peer | AS | prefix | path | origin | next hop | local_pref | med |
 *       communities | AG or NAG | aggregator |
 *   BGP4MP | time | A | as above;  W | peer | AS | prefix;  STATE | peer | AS | old | new
 *
 * ADD-PATH forms have the path identifier behind the prefix. What a format of fixed fields has no
 * word for stays as bgpdump has it: an absent origin is INCOMPLETE, an absent next hop
 * 255.255.255.255. Malformed routes are not printed: the diags tell of them.
 */
#include "cmd/dump.h"

#include "base/arena.h"
#include "cmd/dump_memo.h"

#include <stdlib.h>

/* A short text that is written often: copied by 32 bytes, which are two instructions. */
struct piece {
	char text[64];
	size_t len;
};

struct job {
	struct out *o;
	struct diags *d;
	/* the message at hand: what stands before and behind each of its prefixes */
	char *head, *tail;		/* owned */
	size_t head_len, tail_len, head_cap, tail_cap;
	bool addpath;
	/* the table at hand */
	struct piece rib_head, rib_prefix;	/* "TABLE_DUMP2|time|B|", "prefix|" */
	struct piece *peer;			/* owned: "peer|AS|" by peer index */
	size_t cap_peers;
	struct dump_memo *memo;			/* owned: of what stands behind the prefix */
	uint32_t words[BGP_PATH_WORDS_MAX];
};

#define HEAD_ROOM 256	/* name, time, type, peer, AS, prefix, path identifier */

/* Most bytes that put_tail can need. */
static size_t
tail_room(const struct bgp_attrs *a)
{
	return 256 + dump_path_room(a) + dump_communities_room(a->communities);
}

/* Everything behind the prefix, at p, which has tail_room(). */
static char *
put_tail(struct job *j, char *p, const struct bgp_attrs *a, const struct addr *hop)
{
	static const char *const origins[] = {"|IGP|", "|EGP|", "|INCOMPLETE|"};

	p = dump_path(p, a, j->words);
	p = stpcpy(p, origins[bgp_has(a, BGP_ORIGIN) ? a->origin : 2]);
	p = hop != NULL ? put_addr_short(p, hop) : stpcpy(p, "255.255.255.255");
	*p++ = '|';
	p = put_u32(p, a->local_pref);
	*p++ = '|';
	p = put_u32(p, a->med);
	*p++ = '|';
	if (bgp_has(a, BGP_COMMUNITIES))
		p = dump_communities(p, a->communities);
	p = stpcpy(p, bgp_has(a, BGP_ATOMIC_AGGREGATE) ? "|AG|" : "|NAG|");
	if (bgp_has(a, BGP_AGGREGATOR)) {
		p = put_u32(p, a->aggregator_as);
		*p++ = ' ';
		p = put_addr_short(p, &a->aggregator_addr);
	}
	return stpcpy(p, "|\n");
}

/* "NAME|time|T|peer|AS|" */
static void
put_head(struct out *o, const char *name, const struct mrt_head *h, const char *type,
    const struct addr *peer, uint32_t as)
{
	out_room(o, HEAD_ROOM);
	out_z(o, name);
	out_c(o, '|');
	out_u(o, h->time_s);
	if (h->type == MRT_BGP4MP_ET) {
		uint32_t us = h->time_us;

		out_c(o, '.');
		out_mem(o, put_digits + us / 10000 * 2, 2);
		out_mem(o, put_digits + us / 100 % 100 * 2, 2);
		out_mem(o, put_digits + us % 100 * 2, 2);
	}
	out_c(o, '|');
	out_z(o, type);
	out_c(o, '|');
	o->p = put_addr_short(o->p, peer);
	out_c(o, '|');
	out_u(o, as);
	out_c(o, '|');
}

static inline void
out_piece(struct out *o, const struct piece *x)
{
	memcpy(o->p, x->text, 32);
	if (x->len > 32)
		memcpy(o->p + 32, x->text + 32, sizeof(x->text) - 32);
	o->p += x->len;
}

static char *
put_peer(char *p, const struct mrt_peer *peer)
{
	p = put_addr_short(p, &peer->addr);
	*p++ = '|';
	p = put_u32(p, peer->asn);
	*p++ = '|';
	return p;
}

static enum err
peers(void *arg, const struct mrt_head *h, const struct mrt_peers *t)
{
	struct job *j = arg;
	uint32_t i;

	(void)h;
	j->peer = grow(j->peer, &j->cap_peers, t->n, sizeof(*j->peer));
	for (i = 0; i < t->n; i++)
		j->peer[i].len = (size_t)(put_peer(j->peer[i].text, &t->peer[i]) -
		    j->peer[i].text);
	return OK;
}

static enum err
rib(void *arg, const struct mrt_head *h, const struct mrt_rib *r)
{
	struct job *j = arg;
	struct piece *x = &j->rib_head;
	const char *name = r->addpath ? "TABLE_DUMP2_AP|" : "TABLE_DUMP2|";
	char *p = x->text;

	if (h->type == MRT_TABLE_DUMP)
		name = "TABLE_DUMP|";
	p = put_u32(stpcpy(p, name), h->time_s);
	x->len = (size_t)(stpcpy(p, "|B|") - x->text);
	x = &j->rib_prefix;
	p = put_prefix_short(x->text, &r->prefix);
	*p++ = '|';
	x->len = (size_t)(p - x->text);
	return OK;
}

/* The attributes of an entry and the end of its line. */
static void
entry_tail(struct job *j, const struct mrt_head *h, const struct bgp_attrs *a)
{
	/* a TABLE_DUMP may stand in the same file, and means other things by the same octets */
	bool memo = h->type == MRT_TABLE_DUMP_V2 && a->block.len > 0;
	const struct addr *hop = NULL;
	struct out *o = j->o;
	struct span text;
	uint64_t key = 0;
	char *from;

	if (memo && dump_memo_find(j->memo, a->block, &key, &text)) {
		dump_memo_put(o, text);
		return;
	}
	if (a->has_mp_next_hop)
		hop = &a->mp_next_hop;
	else if (a->has_next_hop)
		hop = &a->next_hop;
	out_room(o, tail_room(a));
	from = o->p;
	o->p = put_tail(j, from, a, hop);
	if (memo)
		dump_memo_keep(j->memo, a->block, key, from, (size_t)(o->p - from));
}

static enum err
entry(void *arg, const struct mrt_head *h, const struct mrt_rib *r, const struct mrt_entry *e)
{
	struct job *j = arg;
	struct out *o = j->o;

	if (e->attrs.malformed || r->multicast)
		return OK;
	out_room(o, HEAD_ROOM);
	out_piece(o, &j->rib_head);
	if (h->type == MRT_TABLE_DUMP)
		o->p = put_peer(o->p, &e->peer);
	else
		out_piece(o, &j->peer[e->peer_index]);
	out_piece(o, &j->rib_prefix);
	if (r->addpath) {
		out_u(o, e->path_id);
		out_c(o, '|');
	}
	entry_tail(j, h, &e->attrs);
	return o->failed ? ERR_IO : OK;
}

/* Move what was written since mark into *buf. */
static void
keep(struct out *o, const char *mark, char **buf, size_t *len, size_t *cap)
{
	*len = (size_t)(o->p - mark);
	*buf = grow(*buf, cap, *len, 1);
	memcpy(*buf, mark, *len);
	o->p -= *len;
}

static void
nlri(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct job *j = arg;
	struct out *o = j->o;

	out_room(o, j->head_len + j->tail_len + PUT_PREFIX + PUT_U32 + 2);
	out_mem(o, j->head, j->head_len);
	o->p = put_prefix_short(o->p, p);
	if (j->addpath) {
		out_c(o, '|');
		out_u(o, path_id);
	}
	out_mem(o, j->tail, j->tail_len);
}

/* The prefixes of one list. The decoder checked the list: walking it cannot fail. */
static void
nlri_lines(struct job *j, const struct mrt_head *h, const struct mrt_msg *m, struct bgp_win w,
    unsigned family)
{
	enum err e = bgp_nlri_each(w, family, m->addpath, h->record, j->d, nlri, j);

	assert(e == OK);
}

static const char *
format_name(const struct mrt_head *h, const struct mrt_msg *m)
{
	static const char *const names[2][2][2] = {
	    {{"BGP4MP", "BGP4MP_AP"}, {"BGP4MP_LOCAL", "BGP4MP_LOCAL_AP"}},
	    {{"BGP4MP_ET", "BGP4MP_ET_AP"}, {"BGP4MP_ET_LOCAL", "BGP4MP_ET_LOCAL_AP"}}};

	return names[h->type == MRT_BGP4MP_ET][m->local][m->addpath];
}

static void
withdrawals(struct job *j, const struct mrt_head *h, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	bool mp = bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi);
	const char *mark;

	if (m->withdrawn.len == 0 && (!mp || a->mp_withdrawn.len == 0))
		return;
	out_room(j->o, HEAD_ROOM);
	mark = j->o->p;
	put_head(j->o, format_name(h, m), h, "W", &m->peer_addr, m->peer_as);
	keep(j->o, mark, &j->head, &j->head_len, &j->head_cap);
	j->tail_len = 0;
	j->tail = grow(j->tail, &j->tail_cap, 1, 1);
	j->tail[j->tail_len++] = '\n';
	nlri_lines(j, h, m, m->withdrawn, FAMILY_V4);
	if (mp)
		nlri_lines(j, h, m, a->mp_withdrawn, bgp_family(a->mp_unreach_afi));
}

/* Announcements of one list with its next hop. */
static void
announce(struct job *j, const struct mrt_head *h, const struct mrt_msg *m, struct bgp_win w,
    unsigned family, const struct addr *hop)
{
	const char *mark;

	if (w.len == 0)
		return;
	out_room(j->o, tail_room(&m->attrs));
	mark = j->o->p;
	out_c(j->o, '|');
	j->o->p = put_tail(j, j->o->p, &m->attrs, hop);
	keep(j->o, mark, &j->tail, &j->tail_len, &j->tail_cap);
	nlri_lines(j, h, m, w, family);
}

static void
announcements(struct job *j, const struct mrt_head *h, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	const char *mark;

	if (a->malformed)
		return;
	out_room(j->o, HEAD_ROOM);
	mark = j->o->p;
	put_head(j->o, format_name(h, m), h, "A", &m->peer_addr, m->peer_as);
	keep(j->o, mark, &j->head, &j->head_len, &j->head_cap);
	announce(j, h, m, m->nlri, FAMILY_V4, a->has_next_hop ? &a->next_hop : NULL);
	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi))
		announce(j, h, m, a->mp_nlri, bgp_family(a->mp_reach_afi),
		    a->has_mp_next_hop ? &a->mp_next_hop : NULL);
}

static enum err
msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	struct job *j = arg;
	struct out *o = j->o;

	j->addpath = m->addpath;
	if (m->kind == MRT_MSG_STATE) {
		put_head(o, format_name(h, m), h, "STATE", &m->peer_addr, m->peer_as);
		out_u(o, m->old_state);
		out_c(o, '|');
		out_u(o, m->new_state);
		out_c(o, '\n');
	} else if (m->kind == MRT_MSG_UPDATE) {
		withdrawals(j, h, m);
		announcements(j, h, m);
	}
	return o->failed ? ERR_IO : OK;
}

enum err
dump_mrt_machine(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	struct job *j = xcalloc(1, sizeof(*j));
	struct mrt_sink sink = {.peers = peers, .rib = rib, .entry = entry, .msg = msg, .arg = j};
	struct mrt_stats stats;
	enum err e;

	(void)kind;
	j->o = o;
	j->d = d;
	j->memo = dump_memo_new();
	e = mrt_decode(f, &sink, d, &stats);
	free(j->head);
	free(j->tail);
	free(j->peer);
	dump_memo_free(j->memo);
	free(j);
	return e;
}
