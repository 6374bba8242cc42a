/*
 * mrt_bgp4mp: messages and session states: BGP4MP and BGP4MP_ET (RFC 6396 4.4, RFC 8050 3). What
 * each subtype means is a table; the encoding of ASNs and NLRI comes from it alone.
 */
#include "decode/mrt_impl.h"

struct form {
	bool known, state, local, addpath;
	uint8_t as_size;
};

static const struct form forms[] = {
	[0] = {true, true, false, false, 2},	/* STATE_CHANGE */
	[1] = {true, false, false, false, 2},	/* MESSAGE */
	/* 2 ENTRY and 3 SNAPSHOT were withdrawn before RFC 6396 */
	[4] = {true, false, false, false, 4},	/* MESSAGE_AS4 */
	[5] = {true, true, false, false, 4},	/* STATE_CHANGE_AS4 */
	[6] = {true, false, true, false, 2},	/* MESSAGE_LOCAL */
	[7] = {true, false, true, false, 4},	/* MESSAGE_AS4_LOCAL */
	[8] = {true, false, false, true, 2},	/* MESSAGE_ADDPATH */
	[9] = {true, false, false, true, 4},	/* MESSAGE_AS4_ADDPATH */
	[10] = {true, false, true, true, 2},	/* MESSAGE_LOCAL_ADDPATH */
	[11] = {true, false, true, true, 4},	/* MESSAGE_AS4_LOCAL_ADDPATH */
};

static struct mrt_msg
peers_read(struct rd *r, const struct form *f)
{
	struct mrt_msg m = {.local = f->local, .addpath = f->addpath, .as_size = f->as_size};
	bool wide = f->as_size == 4;
	unsigned afi, family;

	m.peer_as = wide ? rd_u32(r, "bgp4mp.peer_as") : rd_u16(r, "bgp4mp.peer_as");
	m.local_as = wide ? rd_u32(r, "bgp4mp.local_as") : rd_u16(r, "bgp4mp.local_as");
	(void)rd_u16(r, "bgp4mp.interface");
	afi = rd_u16(r, "bgp4mp.afi");
	if (r->err == OK && afi != AFI_IPV4 && afi != AFI_IPV6)
		rd_fail(r, ERR_RANGE, "bgp4mp.afi", 2);
	family = afi == AFI_IPV4 ? FAMILY_V4 : FAMILY_V6;
	m.peer_addr = bgp_addr_read(r, family, "bgp4mp.peer_addr");
	m.local_addr = bgp_addr_read(r, family, "bgp4mp.local_addr");
	return m;
}

/* The header of a BGP message (RFC 4271 4.1): 16 octets of ones, the length of all of it. */
static uint8_t
message_head(struct rd *r)
{
	size_t whole = rd_left(r);
	uint64_t ones = rd_u64(r, "bgp.marker") & rd_u64(r, "bgp.marker");
	uint16_t len;

	if (r->err == OK && ones != UINT64_MAX)
		rd_fail(r, ERR_SYNTAX, "bgp.marker", 16);
	len = rd_u16(r, "bgp.length");
	if (r->err == OK && len != whole)
		rd_fail(r, ERR_CONTRADICT, "bgp.length", 2);
	return rd_u8(r, "bgp.type");
}

static void
nlri_check(struct rd *r, struct bgp_win w, unsigned family, bool addpath, const char *field)
{
	struct rd fail;

	if (r->err == OK && w.p != NULL &&
	    bgp_nlri_check(w, family, addpath, field, &fail) != OK)
		rd_adopt(r, &fail);
}

/* The prefixes in the attributes, where they are of a family that we read. */
static void
mp_check(struct rd *r, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;

	if (bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi))
		nlri_check(r, a->mp_nlri, a->mp_reach_afi == AFI_IPV4 ? FAMILY_V4 : FAMILY_V6,
		    m->addpath, "mp_reach.nlri");
	if (bgp_is_ip(a->mp_unreach_afi, a->mp_unreach_safi))
		nlri_check(r, a->mp_withdrawn,
		    a->mp_unreach_afi == AFI_IPV4 ? FAMILY_V4 : FAMILY_V6, m->addpath,
		    "mp_unreach.nlri");
}

/* An UPDATE that announces has the attributes every route has (RFC 7606 3 (d)). */
static void
mandatory_check(struct mrt_job *j, struct mrt_msg *m, uint64_t at)
{
	struct bgp_attrs *a = &m->attrs;
	const char *missing = NULL;

	if (a->malformed || (m->nlri.len == 0 && a->mp_nlri.len == 0))
		return;
	if (!bgp_has(a, BGP_ORIGIN))
		missing = "origin";
	else if (!bgp_has(a, BGP_AS_PATH))
		missing = "as_path";
	else if (m->nlri.len > 0 && !a->has_next_hop)
		missing = "next_hop";
	if (missing == NULL)
		return;
	a->malformed = true;
	diag_add(j->d, DIAG_SKIP_RECORD, ERR_SHORT, j->head.record, at, missing, "RFC 7606 3 (d)");
}

/* False when the record is not used; why is in the diags. */
static bool
update_read(struct mrt_job *j, struct rd *r, struct mrt_msg *m)
{
	struct rd withdrawn = rd_sub(r, rd_u16(r, "update.withdrawn_len"), "update.withdrawn");
	struct rd attrs = rd_sub(r, rd_u16(r, "update.attr_len"), "update.attrs");
	struct rd nlri = rd_sub(r, rd_left(r), "update.nlri");
	uint64_t at = attrs.base;

	if (r->err == OK) {
		m->withdrawn = bgp_win_of(&withdrawn);
		m->nlri = bgp_win_of(&nlri);
	}
	nlri_check(r, m->withdrawn, FAMILY_V4, m->addpath, "update.withdrawn");
	nlri_check(r, m->nlri, FAMILY_V4, m->addpath, "update.nlri");
	if (r->err == OK && bgp_attrs_decode(&attrs, BGP_IN_UPDATE, m->as_size, j->head.record,
	    j->d, &m->attrs) != OK)
		return false;
	mp_check(r, m);
	if (r->err != OK) {
		mrt_bad(j, r, "RFC 7606 5.3");
		return false;
	}
	mandatory_check(j, m, at);
	return true;
}

static NODISCARD enum err
call_msg(struct mrt_job *j, const struct mrt_msg *m)
{
	j->stats->messages++;
	if (j->sink->update != NULL)
		return m->kind == MRT_MSG_UPDATE ? mrt_update_full(j, m) : OK;
	return j->sink->msg == NULL ? OK : j->sink->msg(j->sink->arg, &j->head, m);
}

static NODISCARD enum err
state_read(struct mrt_job *j, struct rd *r, struct mrt_msg *m)
{
	m->kind = MRT_MSG_STATE;
	m->old_state = rd_u16(r, "bgp4mp.old_state");
	m->new_state = rd_u16(r, "bgp4mp.new_state");
	if (rd_done(r, "bgp4mp") != OK) {
		mrt_bad(j, r, "RFC 6396 4.4.1");
		return OK;
	}
	return call_msg(j, m);
}

enum err
mrt_bgp4mp(struct mrt_job *j, struct rd *r)
{
	const struct form *f = &forms[j->head.subtype < sizeof(forms) / sizeof(forms[0]) ?
	    j->head.subtype : 2];
	struct mrt_msg m;
	uint8_t type;
	enum err e;

	if (!f->known) {
		j->stats->unknown++;
		return OK;
	}
	if (j->sink->update != NULL && f->as_size == 4 && !f->addpath && !f->state &&
	    mrt_update_brief(j, r, f->local, &e))
		return e;
	m = peers_read(r, f);
	if (f->state)
		return state_read(j, r, &m);
	type = message_head(r);
	if (r->err != OK) {
		mrt_bad(j, r, "RFC 6396 4.4.2");
		return OK;
	}
	if (type < MRT_MSG_OPEN || type > MRT_MSG_REFRESH) {
		j->stats->unknown++;
		return OK;
	}
	m.kind = (enum mrt_msg_kind)type;
	if (m.kind == MRT_MSG_UPDATE && !update_read(j, r, &m))
		return OK;
	return call_msg(j, &m);
}
