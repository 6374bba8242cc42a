/*
 * nlri: a list of prefixes as it stands in an UPDATE (RFC 4271 4.3) or, with path identifiers, in one of an ADD-PATH
 * session (RFC 7911 3). The first byte is the family (bit 0) and whether there are identifiers (bit 1). What is handed out
 * is what a naive reader finds, up to the same place; written again it is the same bytes, but for bits behind a prefix.
 */
#undef NDEBUG
#include <assert.h>

#include "decode/bgp.h"
#include "lab/wire.h"

#include <string.h>

struct again {
	struct wr w;
	bool addpath;
	size_t n;
};

static void
write_again(void *arg, const struct prefix *p, uint32_t id)
{
	struct again *a = arg;
	struct prefix masked = *p;

	assert(p->family < FAMILY_N && p->len <= family_bits(p->family) && !prefix_mask(&masked));
	assert(a->addpath || id == 0);
	if (a->addpath)
		wr_u32(&a->w, id);
	wire_prefix(&a->w, p);
	a->n++;
}

/* The bytes of whole, good entries, with the bits behind each prefix cleared: appended to out. Returns where it stops. */
static size_t
naive(const uint8_t *p, size_t len, unsigned family, bool addpath, struct wr *out)
{
	size_t at = 0, head = addpath ? 4 : 0, n, i;

	for (;;) {
		if (len - at < head + 1 || p[at + head] > family_bits(family))
			return at;
		n = (p[at + head] + 7u) / 8;
		if (len - at < head + 1 + n)
			return at;
		for (i = 0; i < head + 1 + n; i++)
			wr_u8(out, p[at + i]);
		if (p[at + head] % 8 != 0)
			out->p[out->len - 1] &= (uint8_t)(0xff << (8 - p[at + head] % 8));
		at += head + 1 + n;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct again a = {.addpath = size > 0 && (data[0] & 2) != 0};
	struct diags d = {0};
	struct wr want = {0};
	struct bgp_win w;
	struct rd fail;
	size_t end, i;
	enum err e;

	if (size == 0)
		return 0;
	w = (struct bgp_win){data + 1, (uint32_t)(size - 1), 1000};
	e = bgp_nlri_each(w, data[0] & 1, a.addpath, 7, &d, write_again, &a);
	end = naive(w.p, w.len, data[0] & 1, a.addpath, &want);
	assert((e == OK) == (end == w.len));
	assert(e == bgp_nlri_check(w, data[0] & 1, a.addpath, "nlri", &fail));
	assert(a.w.len == want.len && (want.len == 0 || memcmp(a.w.p, want.p, want.len) == 0));
	assert(d.n_level[DIAG_SKIP_RECORD] == (e != OK));
	for (i = 0; i < d.n_counts; i++) {
		const struct diag *g = &d.counts[i].first;

		assert(g->field != NULL && g->record == 7 && g->offset >= 1000 && g->offset <= 1000 + w.len);
		assert(g->level != DIAG_SKIP_RECORD || (g->err == e && g->offset >= 1000 + end));
	}
	if (e != OK)
		assert(fail.err == e && fail.field != NULL);
	diags_release(&d);
	wr_release(&a.w);
	wr_release(&want);
	return 0;
}
