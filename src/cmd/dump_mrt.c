/*
 * dump_mrt: MRT for people: a line per table entry and per message, every attribute by its name,
 * only those that are there.
 *
 *   2014-05-01T00:00:00Z rib 1.0.0.0/24 peer=196.223.14.46 as=37105 path="37105 15169" origin=IGP ...
 *   2024-10-28T00:00:01Z update peer=... as=... withdraw=192.0.2.0/24 announce=... path=...
 */
#include "cmd/dump.h"

#include "base/arena.h"
#include "cmd/dump_memo.h"

#include <stdlib.h>

struct job {
	struct out *o;
	struct diags *d;
	uint32_t shown_s;		/* the second that time holds */
	char time[UTC_TEXT];
	bool addpath;
	size_t n_nlri;			/* written of the list at hand */
	struct dump_memo *memo;		/* owned: of the attributes of table entries */
	uint32_t words[BGP_PATH_WORDS_MAX];
};

static void
put_time(struct job *j, const struct mrt_head *h)
{
	if (j->time[0] == '\0' || j->shown_s != h->time_s) {
		utc_format((struct utc){h->time_s}, j->time);
		j->shown_s = h->time_s;
	}
	if (h->type != MRT_BGP4MP_ET) {
		out_s(j->o, j->time);
		return;
	}
	/* the fraction goes before the Z */
	out_room(j->o, UTC_TEXT + 8);
	out_mem(j->o, j->time, strlen(j->time) - 1);
	out_c(j->o, '.');
	out_mem(j->o, put_digits + h->time_us / 10000 * 2, 2);
	out_mem(j->o, put_digits + h->time_us / 100 % 100 * 2, 2);
	out_mem(j->o, put_digits + h->time_us % 100 * 2, 2);
	out_c(j->o, 'Z');
}

/* A 32-bit identifier in its dotted form. */
static void
put_id(struct out *o, const char *name, uint32_t id)
{
	struct addr a = {.b = {(uint8_t)(id >> 24), (uint8_t)(id >> 16), (uint8_t)(id >> 8),
	    (uint8_t)id}, .family = FAMILY_V4};

	dump_address(o, name, &a);
}

static void
put_hex(struct out *o, struct rd r)
{
	static const char hex[] = "0123456789abcdef";

	while (rd_left(&r) > 0) {
		uint8_t b = rd_u8(&r, "attr");

		out_room(o, 2);
		out_c(o, hex[b >> 4]);
		out_c(o, hex[b & 15]);
	}
}

static void
put_large_communities(struct out *o, struct bgp_win w)
{
	struct rd r = rd_init(w.p, w.len, w.base);

	while (rd_left(&r) > 0) {
		out_s(o, r.pos > 0 ? " " : "");
		dump_number(o, "", rd_u32(&r, "large"));
		dump_number(o, ":", rd_u32(&r, "large"));
		dump_number(o, ":", rd_u32(&r, "large"));
	}
}

/* Eight octets each, in hexadecimal: their meanings are many (RFC 7153). */
static void
put_ext_communities(struct out *o, struct bgp_win w)
{
	struct rd r = rd_init(w.p, w.len, w.base);

	while (rd_left(&r) > 0) {
		out_s(o, r.pos > 0 ? " " : "");
		put_hex(o, rd_sub(&r, 8, "ext"));
	}
}

static void
put_clusters(struct out *o, struct bgp_win w)
{
	struct rd r = rd_init(w.p, w.len, w.base);

	while (rd_left(&r) > 0) {
		out_s(o, r.pos > 0 ? " " : "");
		put_id(o, "", rd_u32(&r, "cluster"));
	}
}

/* The attributes that have no decoder, as they came: " attr40=0a0b". */
static void
put_unknown(struct out *o, struct bgp_win block)
{
	struct rd r = rd_init(block.p, block.len, block.base);

	while (rd_left(&r) > 0) {
		unsigned flags = rd_u8(&r, "attr"), type = rd_u8(&r, "attr");
		size_t len = (flags & 0x10) != 0 ? rd_u16(&r, "attr") : rd_u8(&r, "attr");
		struct rd value = rd_sub(&r, len, "attr");

		if (bgp_attr_name(type) != NULL)
			continue;
		dump_number(o, " attr", type);
		out_s(o, "=");
		put_hex(o, value);
	}
}

static void
put_lists(struct out *o, const struct bgp_attrs *a)
{
	if (bgp_has(a, BGP_COMMUNITIES)) {
		out_s(o, " communities=\"");
		out_room(o, dump_communities_room(a->communities));
		o->p = dump_communities(o->p, a->communities);
		out_s(o, "\"");
	}
	if (bgp_has(a, BGP_LARGE_COMMUNITIES)) {
		out_s(o, " large=\"");
		put_large_communities(o, a->large_communities);
		out_s(o, "\"");
	}
	if (bgp_has(a, BGP_EXT_COMMUNITIES)) {
		out_s(o, " ext=\"");
		put_ext_communities(o, a->ext_communities);
		out_s(o, "\"");
	}
	if (bgp_has(a, BGP_CLUSTER_LIST)) {
		out_s(o, " clusters=\"");
		put_clusters(o, a->cluster_list);
		out_s(o, "\"");
	}
}

static void
put_attrs(struct job *j, const struct bgp_attrs *a)
{
	static const char *const origins[] = {"IGP", "EGP", "INCOMPLETE"};
	struct out *o = j->o;

	if (bgp_has(a, BGP_AS_PATH)) {
		out_s(o, " path=\"");
		out_room(o, dump_path_room(a));
		o->p = dump_path(o->p, a, j->words);
		out_s(o, "\"");
	}
	if (bgp_has(a, BGP_ORIGIN)) {
		out_s(o, " origin=");
		out_s(o, origins[a->origin]);
	}
	if (a->has_next_hop)
		dump_address(o, " next_hop=", &a->next_hop);
	if (a->has_mp_next_hop)
		dump_address(o, " mp_next_hop=", &a->mp_next_hop);
	if (bgp_has(a, BGP_LOCAL_PREF))
		dump_number(o, " local_pref=", a->local_pref);
	if (bgp_has(a, BGP_MED))
		dump_number(o, " med=", a->med);
	if (bgp_has(a, BGP_ATOMIC_AGGREGATE))
		out_s(o, " atomic");
	if (bgp_has(a, BGP_AGGREGATOR)) {
		dump_number(o, " aggregator=", a->aggregator_as);
		dump_address(o, "@", &a->aggregator_addr);
	}
	if (bgp_has(a, BGP_ORIGINATOR_ID))
		put_id(o, " originator=", a->originator_id);
	if (bgp_has(a, BGP_OTC))
		dump_number(o, " otc=", a->otc);
	put_lists(o, a);
	put_unknown(o, a->block);
	if (a->malformed)
		out_s(o, " malformed");
}

/* A table repeats its blocks, see dump_memo.h. TABLE_DUMP means other things by the same octets. */
static void
put_entry_attrs(struct job *j, const struct mrt_head *h, const struct bgp_attrs *a)
{
	/* the most that one octet becomes is 5 bytes, those of ORIGIN */
	size_t room = 8 * (size_t)a->block.len + 512;
	struct out *o = j->o;
	struct span text;
	uint64_t key;
	char *from;

	if (h->type != MRT_TABLE_DUMP_V2 || a->block.len == 0 || a->block.len > DUMP_MEMO_MAX) {
		put_attrs(j, a);
	} else if (dump_memo_find(j->memo, a->block, &key, &text)) {
		dump_memo_put(o, text);
	} else {
		out_room(o, room);
		from = o->p;
		put_attrs(j, a);
		assert(o->p >= from && (size_t)(o->p - from) <= room);
		dump_memo_keep(j->memo, a->block, key, from, (size_t)(o->p - from));
	}
}

static enum err
peers(void *arg, const struct mrt_head *h, const struct mrt_peers *t)
{
	struct job *j = arg;
	struct out *o = j->o;
	uint32_t i;

	put_time(j, h);
	put_id(o, " peers collector=", t->collector_id);
	out_s(o, " view=\"");
	out_text(o, t->view);
	dump_number(o, "\" n=", t->n);
	for (i = 0; i < t->n; i++) {
		dump_number(o, " ", i);
		dump_address(o, "=", &t->peer[i].addr);
		dump_number(o, "@AS", t->peer[i].asn);
	}
	return dump_end(o);
}

static enum err
entry(void *arg, const struct mrt_head *h, const struct mrt_rib *rib, const struct mrt_entry *e)
{
	struct job *j = arg;
	struct out *o = j->o;
	char since[UTC_TEXT];

	put_time(j, h);
	out_s(o, rib->multicast ? " rib-multicast " : " rib ");
	out_prefix(o, &rib->prefix);
	if (rib->addpath)
		dump_number(o, " path_id=", e->path_id);
	dump_address(o, " peer=", &e->peer.addr);
	dump_number(o, " as=", e->peer.asn);
	out_s(o, " since=");
	out_s(o, utc_format((struct utc){e->originated_s}, since));
	put_entry_attrs(j, h, &e->attrs);
	return dump_end(o);
}

static void
nlri(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct job *j = arg;

	if (j->n_nlri++ > 0)
		out_s(j->o, ",");
	out_prefix(j->o, p);
	if (j->addpath)
		dump_number(j->o, "#", path_id);
}

/* One list; the decoder checked it, so that walking it cannot fail. */
static void
put_nlri(struct job *j, const char *name, uint64_t record, struct bgp_win w, unsigned family)
{
	enum err e;

	if (w.len == 0)
		return;
	out_s(j->o, name);
	j->n_nlri = 0;
	e = bgp_nlri_each(w, family, j->addpath, record, j->d, nlri, j);
	assert(e == OK);
}

/* The lists of MP_REACH and MP_UNREACH; of families that we do not read, the numbers. */
static void
put_mp(struct job *j, const char *name, uint64_t record, unsigned afi, unsigned safi,
    struct bgp_win w)
{
	if (w.p == NULL)
		return;
	if (bgp_is_ip(afi, safi)) {
		put_nlri(j, name, record, w, bgp_family(afi));
		return;
	}
	out_s(j->o, name);
	dump_number(j->o, "afi", afi);
	dump_number(j->o, "/safi", safi);
}

static enum err
msg(void *arg, const struct mrt_head *h, const struct mrt_msg *m)
{
	static const char *const kinds[] = {
	    [MRT_MSG_OPEN] = " open", [MRT_MSG_UPDATE] = " update",
	    [MRT_MSG_NOTIFICATION] = " notification", [MRT_MSG_KEEPALIVE] = " keepalive",
	    [MRT_MSG_REFRESH] = " refresh", [MRT_MSG_STATE] = " state"};
	struct job *j = arg;
	struct out *o = j->o;
	const struct bgp_attrs *a = &m->attrs;

	put_time(j, h);
	out_s(o, kinds[m->kind]);
	if (m->local)
		out_s(o, " sent");
	dump_address(o, " peer=", &m->peer_addr);
	dump_number(o, " as=", m->peer_as);
	j->addpath = m->addpath;
	if (m->kind == MRT_MSG_STATE) {
		dump_number(o, " from=", m->old_state);
		dump_number(o, " to=", m->new_state);
	} else if (m->kind == MRT_MSG_UPDATE) {
		put_nlri(j, " withdraw=", h->record, m->withdrawn, FAMILY_V4);
		put_mp(j, " mp_withdraw=", h->record, a->mp_unreach_afi, a->mp_unreach_safi,
		    a->mp_withdrawn);
		put_nlri(j, " announce=", h->record, m->nlri, FAMILY_V4);
		put_mp(j, " mp_announce=", h->record, a->mp_reach_afi, a->mp_reach_safi,
		    a->mp_nlri);
		put_attrs(j, a);
	}
	return dump_end(o);
}

enum err
dump_mrt(struct feed *f, enum input_kind kind, struct out *o, struct diags *d)
{
	struct job *j = xcalloc(1, sizeof(*j));
	struct mrt_sink sink = {.peers = peers, .entry = entry, .msg = msg, .arg = j};
	struct mrt_stats stats;
	enum err e;

	(void)kind;
	j->o = o;
	j->d = d;
	j->memo = dump_memo_new();
	e = mrt_decode(f, &sink, d, &stats);
	dump_memo_free(j->memo);
	free(j);
	return e;
}
