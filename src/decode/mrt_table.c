/*
 * mrt_table: tables: TABLE_DUMP (RFC 6396 4.2) and TABLE_DUMP_V2 (RFC 6396 4.3, RFC 8050 4).
 * A RIB record is walked twice: first its frame, to the last byte, then the attributes of each entry,
 * so that nothing is handed out of a record that breaks further down.
 */
#include "decode/mrt_impl.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum {
	PEER_INDEX_TABLE = 1, RIB_IPV4_UNICAST, RIB_IPV4_MULTICAST, RIB_IPV6_UNICAST,
	RIB_IPV6_MULTICAST, RIB_GENERIC, GEO_PEER_TABLE, RIB_IPV4_UNICAST_ADDPATH,
	RIB_IPV4_MULTICAST_ADDPATH, RIB_IPV6_UNICAST_ADDPATH, RIB_IPV6_MULTICAST_ADDPATH,
	RIB_GENERIC_ADDPATH
};

enum { PEER_IPV6 = 1, PEER_AS4 = 2 };	/* bits of a peer's type, RFC 6396 4.3.1 */
enum { PEER_MIN = 11, ENTRY_MIN = 8 };	/* octets of the smallest peer and RIB entry */

static NODISCARD enum err
call_rib(struct mrt_job *j, const struct mrt_rib *rib)
{
	j->stats->ribs++;
	return j->sink->rib == NULL ? OK : j->sink->rib(j->sink->arg, &j->head, rib);
}

static NODISCARD enum err
call_entry(struct mrt_job *j, const struct mrt_rib *rib, const struct mrt_entry *entry, uint32_t index)
{
	struct mrt_path path;

	if (j->sink->path == NULL)
		return j->sink->entry == NULL ? OK : j->sink->entry(j->sink->arg, &j->head, rib, entry);
	path = (struct mrt_path){.peer = &entry->peer, .peer_index = index, .originated_s = entry->originated_s,
	    .path_id = entry->path_id, .attrs = &entry->attrs};
	return j->sink->path(j->sink->arg, &j->head, rib, &path);
}

static NODISCARD enum err
call_rib_end(struct mrt_job *j, const struct mrt_rib *rib)
{
	return j->sink->rib_end == NULL ? OK : j->sink->rib_end(j->sink->arg, &j->head, rib);
}

/* Host bits were set where a prefix stands: odd, but which prefix is meant is clear. */
static void
host_bits_note(struct mrt_job *j, uint64_t at, bool set)
{
	if (set)
		diag_add(j->d, DIAG_NOTE, ERR_CONTRADICT, j->head.record, at, "rib.prefix",
		    "RFC 4271 4.3");
}

enum err
mrt_table_v1(struct mrt_job *j, struct rd *r)
{
	unsigned family = j->head.subtype == AFI_IPV4 ? FAMILY_V4 : FAMILY_V6;
	struct mrt_rib rib = {.n_entries = 1};
	struct mrt_entry entry = {0};
	struct addr a;
	struct rd attrs;
	uint8_t len;

	if (j->head.subtype != AFI_IPV4 && j->head.subtype != AFI_IPV6) {
		j->stats->unknown++;
		return OK;
	}
	(void)rd_u16(r, "rib.view");
	rib.sequence = rd_u16(r, "rib.sequence");
	a = bgp_addr_read(r, family, "rib.prefix");
	len = rd_u8(r, "rib.prefix_len");
	if (r->err == OK && len > family_bits(family))
		rd_fail(r, ERR_RANGE, "rib.prefix_len", 1);
	(void)rd_u8(r, "rib.status");
	entry.originated_s = rd_u32(r, "rib.originated");
	entry.peer.addr = bgp_addr_read(r, family, "rib.peer_addr");
	entry.peer.asn = rd_u16(r, "rib.peer_as");
	attrs = rd_sub(r, rd_u16(r, "rib.attr_len"), "rib.attrs");
	if (rd_done(r, "rib") != OK) {
		mrt_bad(j, r, "RFC 6396 4.2");
		return OK;
	}
	rib.prefix.family = (uint8_t)family;
	rib.prefix.len = len;
	memcpy(rib.prefix.addr, a.b, sizeof(rib.prefix.addr));
	host_bits_note(j, r->base + 4, prefix_mask(&rib.prefix));
	mrt_route_attrs(j, &attrs, BGP_IN_RIB_V1, 2, &entry.attrs);
	j->stats->entries++;
	TRY(call_rib(j, &rib));
	TRY(call_entry(j, &rib, &entry, MRT_NO_INDEX));
	return call_rib_end(j, &rib);
}

static struct mrt_peer
peer_read(struct rd *r)
{
	struct mrt_peer p = {0};
	uint8_t type = rd_u8(r, "peer_index.type");

	p.bgp_id = rd_u32(r, "peer_index.bgp_id");
	p.addr = bgp_addr_read(r, (type & PEER_IPV6) != 0 ? FAMILY_V6 : FAMILY_V4,
	    "peer_index.addr");
	p.asn = (type & PEER_AS4) != 0 ? rd_u32(r, "peer_index.as") : rd_u16(r, "peer_index.as");
	return p;
}

/* PEER_INDEX_TABLE. A broken one leaves the RIB records after it without peers. */
static NODISCARD enum err
peer_index(struct mrt_job *j, struct rd *r)
{
	struct mrt_peers t = {0};
	struct rd view;
	uint32_t i;

	j->have_peers = false;
	t.collector_id = rd_u32(r, "peer_index.collector_id");
	view = rd_sub(r, rd_u16(r, "peer_index.view_len"), "peer_index.view");
	t.n = rd_u16(r, "peer_index.count");
	t.n = rd_count(r, t.n, PEER_MIN, "peer_index.count");
	j->peer = grow(j->peer, &j->cap_peers, t.n, sizeof(*j->peer));
	for (i = 0; i < t.n; i++)
		j->peer[i] = peer_read(r);
	if (rd_done(r, "peer_index") != OK) {
		mrt_bad(j, r, "RFC 6396 4.3.1");
		return OK;
	}
	t.view = (struct span){(const char *)view.buf, view.len};
	t.peer = j->peer;
	j->peers = t;
	j->have_peers = true;
	return j->sink->peers == NULL ? OK : j->sink->peers(j->sink->arg, &j->head, &j->peers);
}

/* The frames of all entries, to the record's last byte. False when something does not fit: entries_check
 * says what. */
static bool
frames_read(struct mrt_job *j, const struct rd *r, const struct mrt_rib *rib, bool id_in_entry)
{
	const uint8_t *p = r->buf + r->pos, *end = r->buf + r->len;
	size_t head = id_in_entry ? 12 : 8;
	uint32_t i, n_peers = j->have_peers ? j->peers.n : 0;

	if (r->err != OK)
		return false;
	if (j->cap_frames < rib->n_entries)
		j->frame = grow(j->frame, &j->cap_frames, rib->n_entries, sizeof(*j->frame));
	for (i = 0; i < rib->n_entries; i++) {
		struct mrt_frame *f = &j->frame[i];

		if ((size_t)(end - p) < head)
			return false;
		f->peer_index = be16(p);
		f->originated_s = be32(p + 2);
		f->path_id = id_in_entry ? be32(p + 6) : 0;
		f->attrs_len = be16(p + head - 2);
		f->attrs = p + head;
		p += head;
		if (f->attrs_len > (size_t)(end - p) || f->peer_index >= n_peers)
			return false;
		p += f->attrs_len;
	}
	return p == end;
}

/* What is wrong with the frames: every length and peer index, one by one. */
static void
entries_check(const struct mrt_job *j, struct rd *r, const struct mrt_rib *rib, bool id_in_entry)
{
	uint32_t i;

	for (i = 0; i < rib->n_entries && r->err == OK; i++) {
		size_t at = r->pos;
		uint16_t peer = rd_u16(r, "rib.peer_index");

		(void)rd_u32(r, "rib.originated");
		if (id_in_entry)
			(void)rd_u32(r, "rib.path_id");
		(void)rd_sub(r, rd_u16(r, "rib.attr_len"), "rib.attrs");
		if (r->err != OK)
			return;
		if (!j->have_peers)
			rd_fail(r, ERR_CONTRADICT, "rib.peer_index", r->pos - at);
		else if (peer >= j->peers.n)
			rd_fail(r, ERR_RANGE, "rib.peer_index", r->pos - at);
	}
}

static NODISCARD enum err
entry_call(struct mrt_job *j, const struct rd *r, const struct mrt_rib *rib, const struct mrt_frame *f,
    uint32_t path_id)
{
	struct rd attrs = rd_init(f->attrs, f->attrs_len, r->base + (size_t)(f->attrs - r->buf));
	struct mrt_entry e;

	e.peer = j->peer[f->peer_index];
	e.peer_index = f->peer_index;
	e.originated_s = f->originated_s;
	e.path_id = path_id != 0 ? path_id : f->path_id;
	mrt_route_attrs(j, &attrs, BGP_IN_RIB_V2, 4, &e.attrs);
	return call_entry(j, rib, &e, f->peer_index);
}

static NODISCARD enum err
entries_call(struct mrt_job *j, const struct rd *r, const struct mrt_rib *rib, uint32_t path_id)
{
	struct mrt_path path = {0};
	uint32_t i;

	j->stats->entries += rib->n_entries;
	for (i = 0; i < rib->n_entries; i++) {
		const struct mrt_frame *f = &j->frame[i];

		if (j->sink->path == NULL || !bgp_brief_read(f->attrs, f->attrs_len, &path.brief)) {
			TRY(entry_call(j, r, rib, f, path_id));
			continue;
		}
		path.peer = &j->peer[f->peer_index];
		path.peer_index = f->peer_index;
		path.originated_s = f->originated_s;
		path.path_id = path_id != 0 ? path_id : f->path_id;
		TRY(j->sink->path(j->sink->arg, &j->head, rib, &path));
	}
	return OK;
}

/* A RIB record. nlri_id: the path identifier stands before the prefix (RIB_GENERIC_ADDPATH, RFC
 * 8050 4.2); otherwise ADD-PATH puts one into each entry (4.1). */
static NODISCARD enum err
rib_read(struct mrt_job *j, struct rd *r, struct mrt_rib *rib, unsigned family, bool nlri_id)
{
	bool id_in_entry = rib->addpath && !nlri_id, host_bits;
	uint32_t path_id = nlri_id ? rd_u32(r, "rib.path_id") : 0;
	uint64_t at = r->base + r->pos;
	enum err e;

	rib->prefix = prefix_read(r, family, &host_bits, "rib.prefix_len");
	rib->n_entries = rd_u16(r, "rib.count");
	rib->n_entries = rd_count(r, rib->n_entries, ENTRY_MIN, "rib.count");
	if (!frames_read(j, r, rib, id_in_entry)) {
		entries_check(j, r, rib, id_in_entry);
		e = rd_done(r, "rib");
		assert(e != OK);
		mrt_bad(j, r, rib->addpath ? "RFC 8050 4" : "RFC 6396 4.3.4");
		return OK;
	}
	host_bits_note(j, at, host_bits);
	TRY(call_rib(j, rib));
	TRY(entries_call(j, r, rib, path_id));
	return call_rib_end(j, rib);
}

static NODISCARD enum err
rib_generic(struct mrt_job *j, struct rd *r, bool addpath)
{
	struct mrt_rib rib = {.addpath = addpath, .sequence = rd_u32(r, "rib.sequence")};
	uint16_t afi = rd_u16(r, "rib.afi");
	uint8_t safi = rd_u8(r, "rib.safi");

	if (r->err == OK && !bgp_is_ip(afi, safi)) {
		j->stats->unknown++;
		return OK;
	}
	rib.multicast = safi == SAFI_MULTICAST;
	return rib_read(j, r, &rib, afi == AFI_IPV4 ? FAMILY_V4 : FAMILY_V6, addpath);
}

enum err
mrt_table_v2(struct mrt_job *j, struct rd *r)
{
	unsigned t = j->head.subtype, family = FAMILY_V4;
	struct mrt_rib rib = {0};

	switch (t) {
	case PEER_INDEX_TABLE:
		return peer_index(j, r);
	case RIB_GENERIC:
	case RIB_GENERIC_ADDPATH:
		return rib_generic(j, r, t == RIB_GENERIC_ADDPATH);
	case RIB_IPV6_UNICAST:
	case RIB_IPV6_MULTICAST:
	case RIB_IPV6_UNICAST_ADDPATH:
	case RIB_IPV6_MULTICAST_ADDPATH:
		family = FAMILY_V6;
		break;
	case RIB_IPV4_UNICAST:
	case RIB_IPV4_MULTICAST:
	case RIB_IPV4_UNICAST_ADDPATH:
	case RIB_IPV4_MULTICAST_ADDPATH:
		break;
	default:	/* GEO_PEER_TABLE (RFC 6397) among them: places, no routes */
		j->stats->unknown++;
		return OK;
	}
	rib.addpath = t >= RIB_IPV4_UNICAST_ADDPATH;
	rib.multicast = t == RIB_IPV4_MULTICAST || t == RIB_IPV6_MULTICAST ||
	    t == RIB_IPV4_MULTICAST_ADDPATH || t == RIB_IPV6_MULTICAST_ADDPATH;
	rib.sequence = rd_u32(r, "rib.sequence");
	return rib_read(j, r, &rib, family, false);
}
