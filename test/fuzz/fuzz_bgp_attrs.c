/* One block of path attributes; the first octet chooses the context. What is handed out lies in the
 * block, paths and lists can be walked to their ends, and what is refused is told of. */
#include "decode/bgp.h"
#include "mutate_mrt.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
inside(struct bgp_win w, const uint8_t *data, size_t size, uint64_t base)
{
	if (w.p == NULL || w.len == 0)
		return;
	assert(w.p >= data && w.p + w.len <= data + size);
	assert(w.base - base == (uint64_t)(w.p - data));
}

static void
path_is_sound(const struct bgp_attrs *a)
{
	static uint32_t words[BGP_PATH_WORDS_MAX];
	size_t n = bgp_path_words(a, words, BGP_PATH_WORDS_MAX), i = 0;

	assert(n <= BGP_PATH_WORDS_MAX);
	while (i < n) {
		assert(words[i] >> 16 >= SEG_SET && words[i] >> 16 <= SEG_CONFED_SET);
		assert((words[i] & 0xffff) > 0);
		i += 1 + (words[i] & 0xffff);
	}
	assert(i == n);
	assert(bgp_path_words(a, words, 0) == n);
}

static void
count(void *arg, const struct prefix *p, uint32_t id)
{
	struct prefix q = *p;

	(void)id;
	assert(p->len <= family_bits(p->family) && !prefix_mask(&q));
	++*(size_t *)arg;
}

static void
list_is_sound(struct bgp_win w, unsigned afi, unsigned safi, bool addpath)
{
	struct diags d = {0};
	struct rd fail;
	size_t n = 0;
	enum err e;

	if (w.p == NULL || !bgp_is_ip(afi, safi))
		return;
	e = bgp_nlri_each(w, bgp_family(afi), addpath, 1, &d, count, &n);
	assert(e == bgp_nlri_check(w, bgp_family(afi), addpath, "nlri", &fail));
	assert((e == OK) == (d.n_level[DIAG_SKIP_RECORD] == 0));
	assert(n <= w.len);
	diags_release(&d);
}

/* What the short way accepts, the full decoder reads without a word and with the same result. */
static void
brief_is_right(const uint8_t *data, size_t size, bool told, const struct bgp_attrs *a)
{
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct bgp_brief b;
	uint32_t i;

	if (!bgp_brief_read(data, size, &b))
		return;
	assert(!told && !a->malformed && bgp_has(a, BGP_ORIGIN));
	assert(b.n > 0 && b.seq >= data && b.seq + 4 * (size_t)b.n <= data + size);
	assert(bgp_path_words(a, words, BGP_PATH_WORDS_MAX) == b.n + 1);
	assert(words[0] == ((uint32_t)SEG_SEQUENCE << 16 | b.n));
	for (i = 0; i < b.n; i++) {
		const uint8_t *p = b.seq + 4 * (size_t)i;

		assert(words[1 + i] == ((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]));
	}
	assert(b.has_otc == bgp_has(a, BGP_OTC) && (!b.has_otc || b.otc == a->otc));
	assert((b.communities != NULL) == bgp_has(a, BGP_COMMUNITIES));
	assert(b.communities == NULL || (b.communities == a->communities.p && b.communities_len == a->communities.len));
	assert(bgp_is_blackhole(b.communities, b.communities_len) ==
	    bgp_is_blackhole(a->communities.p, a->communities.len));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct { enum bgp_context ctx; unsigned as_size; } how[] = {
	    {BGP_IN_UPDATE, 4}, {BGP_IN_UPDATE, 2}, {BGP_IN_RIB_V2, 4}, {BGP_IN_RIB_V1, 2}};
	struct diags d = {0};
	struct bgp_attrs a;
	struct rd r;
	unsigned k;
	enum err e;

	if (size == 0)
		return 0;
	k = data[0] % 4u;
	r = rd_init(++data, --size, 100);
	e = bgp_attrs_decode(&r, how[k].ctx, how[k].as_size, 1, &d, &a);
	if (e != OK || a.malformed)
		assert(d.n_level[DIAG_SKIP_RECORD] > 0);
	for (size_t i = 0; i < d.n_kept; i++)
		assert(d.kept[i].field != NULL && d.kept[i].offset >= 100 &&
		    d.kept[i].offset <= 100 + size);
	if (how[k].ctx == BGP_IN_RIB_V2)
		brief_is_right(data, size, e != OK || diags_total(&d) > 0, &a);
	if (e == OK) {
		inside(a.as_path, data, size, 100);
		inside(a.as4_path, data, size, 100);
		inside(a.communities, data, size, 100);
		inside(a.large_communities, data, size, 100);
		inside(a.ext_communities, data, size, 100);
		inside(a.cluster_list, data, size, 100);
		inside(a.mp_nlri, data, size, 100);
		inside(a.mp_withdrawn, data, size, 100);
		assert(a.origin <= 2 && a.communities.len % 4 == 0);
		path_is_sound(&a);
		list_is_sound(a.mp_nlri, a.mp_reach_afi, a.mp_reach_safi, (data - 1)[0] >= 128);
		list_is_sound(a.mp_withdrawn, a.mp_unreach_afi, a.mp_unreach_safi, false);
	}
	diags_release(&d);
	return 0;
}

#ifdef FUZZ_MUTATE
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	size = LLVMFuzzerMutate(data, size, max);
	if (size > 1 && seed % 4 != 0)
		mutate_attrs(data + 1, size - 1);
	return size;
}
#endif
