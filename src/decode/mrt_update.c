/*
 * mrt_update: what an UPDATE announces (RFC 4271 4.3, RFC 4760), without taking apart what nobody asked for.
 * A month has hundreds of millions of them, nearly all faultless. Everything is checked that the full
 * decoder (mrt_bgp4mp.c) checks; what is not as it should be, or rare, is left to it.
 */
#include "decode/mrt_impl.h"

#include "base/arena.h"

#include <string.h>

struct bytes {			/* from p to end */
	const uint8_t *p, *end;
};

static inline bool
take(struct bytes *b, size_t n, const uint8_t **p)
{
	*p = b->p;
	if ((size_t)(b->end - b->p) < n)
		return false;
	b->p += n;
	return true;
}

/* A length of two octets, then that many. */
static inline bool
take_list(struct bytes *b, struct bytes *out)
{
	const uint8_t *p;
	uint16_t n;

	if (!take(b, 2, &p))
		return false;
	n = be16(p);
	out->p = b->p;
	out->end = b->p + n;
	return take(b, n, &p);
}

/* Withdrawn prefixes: only whether they are well-formed. */
static bool
nlri_is_sound(struct bytes b, unsigned family)
{
	unsigned most = family == FAMILY_V4 ? 32 : 128;

	while (b.p < b.end) {
		unsigned len = b.p[0], octets = (len + 7) / 8;

		if (len > most || octets >= (size_t)(b.end - b.p))
			return false;
		b.p += 1 + octets;
	}
	return true;
}

/* Announced prefixes, added to the job's. False also for host bits, which are to be told of. */
static bool
nlri_read(struct mrt_job *j, struct bytes b, unsigned family)
{
	unsigned most = family == FAMILY_V4 ? 32 : 128;

	while (b.p < b.end) {
		unsigned len = b.p[0], octets = (len + 7) / 8;
		struct prefix p = {.family = (uint8_t)family, .len = (uint8_t)len};

		if (len > most || octets >= (size_t)(b.end - b.p))
			return false;
		memcpy(p.addr, b.p + 1, octets);
		if (len % 8 != 0 && (p.addr[octets - 1] & 0xff >> len % 8) != 0)
			return false;
		if (j->n_prefixes == j->cap_prefixes)
			j->prefix = grow(j->prefix, &j->cap_prefixes, j->n_prefixes + 1, sizeof(*j->prefix));
		j->prefix[j->n_prefixes++] = p;
		b.p += 1 + octets;
	}
	return true;
}

static bool
addr_take(struct bytes *b, unsigned family, struct addr *a)
{
	size_t n = family == FAMILY_V4 ? 4 : 16;
	const uint8_t *p;

	*a = (struct addr){.family = (uint8_t)family};
	if (!take(b, n, &p))
		return false;
	memcpy(a->b, p, n);
	return true;
}

/* Peers and the header of the message: true when it is an UPDATE, with its body in b. */
static bool
heads_read(struct bytes *b, struct mrt_update *u)
{
	static const uint8_t marker[16] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
	    255, 255};
	const uint8_t *p;
	struct addr local;
	unsigned family;

	if (!take(b, 12, &p) || p[10] != 0 || (p[11] != AFI_IPV4 && p[11] != AFI_IPV6))
		return false;
	u->peer_as = be32(p);
	u->local_as = be32(p + 4);
	family = bgp_family(p[11]);
	if (!addr_take(b, family, &u->peer_addr) || !addr_take(b, family, &local) || !take(b, 19, &p))
		return false;
	return memcmp(p, marker, sizeof(marker)) == 0 && be16(p + 16) == 19 + (size_t)(b->end - b->p) &&
	    p[18] == MRT_MSG_UPDATE;
}

static struct bytes
bytes_of(struct bgp_win w)
{
	return (struct bytes){w.p, w.p + w.len};
}

static bool
lists_read(struct mrt_job *j, struct bytes withdrawn, struct bytes nlri, const struct bgp_brief_update *a)
{
	j->n_prefixes = 0;
	if (!nlri_is_sound(withdrawn, FAMILY_V4) || !nlri_read(j, nlri, FAMILY_V4))
		return false;
	if (a->mp_nlri.p != NULL && !nlri_read(j, bytes_of(a->mp_nlri), a->mp_nlri_family))
		return false;
	return a->mp_gone.p == NULL || nlri_is_sound(bytes_of(a->mp_gone), a->mp_gone_family);
}

/* RFC 7606 3 (d): what a route must have. */
static bool
is_whole(const struct mrt_job *j, struct bytes nlri, uint64_t have)
{
	uint64_t need = (uint64_t)1 << BGP_ORIGIN | (uint64_t)1 << BGP_AS_PATH;

	if (nlri.p < nlri.end)
		need |= (uint64_t)1 << BGP_NEXT_HOP;
	return j->n_prefixes == 0 || (have & need) == need;
}

bool
mrt_update_brief(struct mrt_job *j, const struct rd *r, bool local, enum err *e)
{
	struct bytes b = {r->buf + r->pos, r->buf + r->len}, withdrawn, attrs;
	struct mrt_update u;
	struct bgp_brief_update a;

	if (!heads_read(&b, &u) || !take_list(&b, &withdrawn) || !take_list(&b, &attrs) ||
	    !bgp_brief_read_update(attrs.p, (size_t)(attrs.end - attrs.p), &a) ||
	    !lists_read(j, withdrawn, b, &a) || !is_whole(j, b, a.have))
		return false;
	u.attrs = NULL;
	u.prefix = j->prefix;
	u.n = local ? 0 : j->n_prefixes;
	u.brief = a.brief;
	j->stats->messages++;
	*e = j->sink->update(j->sink->arg, &j->head, &u);
	return true;
}

static void
prefix_add(void *arg, const struct prefix *p, uint32_t path_id)
{
	struct mrt_job *j = arg;

	(void)path_id;
	j->prefix = grow(j->prefix, &j->cap_prefixes, j->n_prefixes + 1, sizeof(*j->prefix));
	j->prefix[j->n_prefixes++] = *p;
}

/* The lists were checked: walking them cannot fail. */
static void
nlri_add(struct mrt_job *j, const struct mrt_msg *m, struct bgp_win w, unsigned family)
{
	enum err e = OK;

	if (w.p != NULL && w.len > 0)
		e = bgp_nlri_each(w, family, m->addpath, j->head.record, j->d, prefix_add, j);
	(void)e;
}

enum err
mrt_update_full(struct mrt_job *j, const struct mrt_msg *m)
{
	const struct bgp_attrs *a = &m->attrs;
	struct mrt_update u = {.peer_as = m->peer_as, .local_as = m->local_as, .peer_addr = m->peer_addr, .attrs = a};

	j->n_prefixes = 0;
	if (!a->malformed && !m->local) {
		nlri_add(j, m, m->nlri, FAMILY_V4);
		if (a->mp_reach_safi == SAFI_UNICAST && bgp_is_ip(a->mp_reach_afi, a->mp_reach_safi))
			nlri_add(j, m, a->mp_nlri, bgp_family(a->mp_reach_afi));
	}
	u.prefix = j->prefix;
	u.n = j->n_prefixes;
	return j->sink->update(j->sink->arg, &j->head, &u);
}
