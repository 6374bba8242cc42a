/*
 * wire: what the lab writes is what the decoder reads. The input is what an announcement says: byte 0 has the family (bit 0),
 * a prefix to stand in the attributes (bit 1), an AS_SET (bit 2) and OTC (bit 3); byte 1 the prefix's length, byte 2 a seed,
 * then 4 bytes each OTC, the address, and the ASNs of the path. Decoding the encoded is the identity, in silence; the short way
 * agrees; the block cut anywhere is not the whole one.
 */
#undef NDEBUG
#include <assert.h>

#include "decode/bgp.h"
#include "lab/wire.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void
same_prefix(void *arg, const struct prefix *p, uint32_t id)
{
	assert(id == 0 && prefix_eq(p, arg));
}

static void
path_is(const struct bgp_attrs *a, const struct lab_wire_path *p)
{
	uint32_t words[LAB_PATH_MAX + 16], i;
	size_t n = bgp_path_words(a, words, sizeof(words) / sizeof(*words));

	assert(n == p->n + 1 + (p->has_set ? 3 : 0) && words[0] == ((uint32_t)SEG_SEQUENCE << 16 | p->n));
	for (i = 0; i < p->n; i++)
		assert(words[1 + i] == p->asn[i]);
	if (p->has_set)
		assert(words[n - 3] == ((uint32_t)SEG_SET << 16 | 2) && words[n - 2] == p->set[0] && words[n - 1] == p->set[1]);
	assert(bgp_has(a, BGP_OTC) == p->has_otc && (!p->has_otc || a->otc == p->otc));
}

static void
read_back(const struct wr *b, size_t len, enum bgp_context ctx, struct bgp_attrs *a, bool *silent)
{
	struct rd r = rd_init(b->p, len, 0);
	struct diags d = {0};
	enum err e = bgp_attrs_decode(&r, ctx, 4, 1, &d, a);

	*silent = e == OK && diags_total(&d) == 0 && !a->malformed;
	assert(e == OK || d.n_kept > 0);
	diags_release(&d);
}

static void
brief(const struct wr *b, const struct lab_wire_path *p)
{
	struct bgp_brief x;
	uint32_t i;

	if (!bgp_brief_read(b->p, b->len, &x)) {
		assert(p->has_set);	/* which it leaves to the long way */
		return;
	}
	assert(!p->has_set && x.n == p->n && x.has_otc == p->has_otc && x.otc == (p->has_otc ? p->otc : 0));
	for (i = 0; i < x.n; i++)
		assert(u32(x.seq + 4 * (size_t)i) == p->asn[i]);
}

static void
round_trip(const struct lab *w, const struct lab_peer *peer, const struct lab_wire_path *p, struct prefix *nlri, bool told)
{
	enum bgp_context ctx = told ? BGP_IN_UPDATE : BGP_IN_RIB_V2;
	struct diags d = {0};
	struct bgp_attrs a, part;
	struct wr b = {0};
	bool silent;
	size_t cut;

	wire_attrs(&b, w, peer, nlri->family, p, told ? nlri : NULL);
	read_back(&b, b.len, ctx, &a, &silent);
	assert(silent);
	path_is(&a, p);
	assert(addr_cmp(nlri->family == FAMILY_V6 ? &a.mp_next_hop : &a.next_hop, &peer->addr[nlri->family]) == 0);
	if (told && nlri->family == FAMILY_V6)
		assert(a.mp_reach_afi == 2 && a.mp_nlri.len == 1 + (nlri->len + 7u) / 8 &&
		    bgp_nlri_each(a.mp_nlri, FAMILY_V6, false, 1, &d, same_prefix, nlri) == OK);
	if (!told)
		brief(&b, p);
	for (cut = 0; cut < b.len; cut++) {
		read_back(&b, cut, ctx, &part, &silent);	/* between attributes it can be silent, with fewer of them */
		assert(!silent || ((part.have & a.have) == part.have && part.have != a.have));
	}
	diags_release(&d);
	wr_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lab_peer peer = {.addr = {{.b = {192, 0, 2, 1}, .family = FAMILY_V4},
	    {.b = {0x20, 1, 0xd, 0xb8, 1}, .family = FAMILY_V6}}};
	struct lab_wire_path p = {0};
	struct prefix nlri = {0};
	struct lab *w;
	size_t at;

	if (size < 15)
		return 0;
	w = calloc(1, sizeof(*w));
	assert(w != NULL);
	w->params.seed = data[2];
	nlri.family = data[0] & 1;
	nlri.len = (uint8_t)(data[1] % (family_bits(nlri.family) + 1));
	memcpy(nlri.addr, data + 7, 4);
	prefix_mask(&nlri);
	p.has_set = (data[0] & 4) != 0;
	p.has_otc = (data[0] & 8) != 0;
	p.otc = u32(data + 3);
	for (at = 11; at + 4 <= size && p.n < LAB_PATH_MAX + 8 && p.n < 50; at += 4)
		p.asn[p.n++] = u32(data + at);
	p.set[0] = p.asn[0];
	p.set[1] = p.otc;
	round_trip(w, &peer, &p, &nlri, (data[0] & 2) != 0);
	free(w);
	return 0;
}
