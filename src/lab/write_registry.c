/*
 * write_registry: delegated-extended statistics, one file for each registry. What it gave is
 * allocated; what it took back and what it never gave of the space it has is available.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "lab/space.h"
#include "lab/write.h"

#include <stdio.h>
#include <stdlib.h>

struct file {
	struct outs *o;
	const struct lab *w;
	enum lab_rir rir;
	struct str body;
	uint64_t n[3];		/* asn, ipv4, ipv6 */
};

enum { WHAT_ASN, WHAT_V4, WHAT_V6 };
static const char *const what_word[] = {"asn", "ipv4", "ipv6"};

/* Real codes, so that a demo shows regions of the world; which one is an organisation's alone. "EU" is in no region. */
static const char *
country_of(enum lab_rir rir, uint32_t org)
{
	static const char codes[RIR_N][8][3] = {
	    [RIR_AFRINIC] = {"ZA", "KE", "NG", "EG", "ZA", "GH", "TZ", "MU"},
	    [RIR_APNIC] = {"JP", "AU", "IN", "SG", "ID", "NZ", "KR", "BD"},
	    [RIR_ARIN] = {"US", "US", "US", "CA", "US", "US", "CA", "JM"},
	    [RIR_LACNIC] = {"BR", "BR", "AR", "MX", "BR", "CL", "CR", "DO"},
	    [RIR_RIPE] = {"DE", "NL", "SE", "PL", "IT", "GB", "AE", "EU"}};

	return codes[rir][org / RIR_N % 8];
}

static void
put(struct file *f, unsigned what, const char *start, uint64_t count, uint32_t org)
{
	str_addf(&f->body, "%s|%s|%s|%s|%llu|%s|%s|", lab_rir_word[f->rir], org == LAB_NONE ? "" : country_of(f->rir, org),
	    what_word[what], start, (unsigned long long)count, org == LAB_NONE ? "" : "20300101",
	    org == LAB_NONE ? "available" : "allocated");
	if (org != LAB_NONE)
		str_addf(&f->body, "lab%u", org);
	str_addc(&f->body, '\n');
	f->n[what]++;
}

static void
put_asns(struct file *f, uint32_t first, uint32_t last, uint32_t org)
{
	char text[16];
	struct str s = {0};

	if (first > last)
		return;
	str_addu(&s, first);
	snprintf(text, sizeof(text), "%s", s.p);
	str_release(&s);
	put(f, WHAT_ASN, text, (uint64_t)last - first + 1, org);
}

struct number { uint32_t asn, as; };

static int
number_cmp(const void *x, const void *y)
{
	const struct number *a = x, *b = y;

	return (a->asn > b->asn) - (a->asn < b->asn);
}

/* A number that was not given stands in a gap; the gap is that registry's whose number follows. */
static void
asns(struct file *f)
{
	const struct lab *w = f->w;
	struct number *given = xcalloc(w->n_ases, sizeof(*given));
	uint32_t i, n = 0, next = 1;

	for (i = 0; i < w->n_ases; i++)
		if (!w->ases[i].unallocated)
			given[n++] = (struct number){w->ases[i].asn, i};
	qsort(given, n, sizeof(*given), number_cmp);
	for (i = 0; i < n; i++) {
		const struct lab_as *a = &w->ases[given[i].as];

		if (a->asn > 131071 && next <= 64495) {	/* in between they are nobody's to give */
			if (a->rir == f->rir)
				put_asns(f, next, 64495, LAB_NONE);
			next = 131072;
		}
		if (a->rir == f->rir) {
			put_asns(f, next, a->asn - 1, LAB_NONE);
			put_asns(f, a->asn, a->asn, a->org);
		}
		next = a->asn + 1;
	}
	if (f->rir == RIR_RIPE)
		put_asns(f, next, 401308, LAB_NONE);
	free(given);
}

static int
block_cmp(const void *x, const void *y)
{
	const struct lab_block *a = x, *b = y;

	return prefix_cmp(&a->prefix, &b->prefix);
}

static struct lab_block *
blocks_of(const struct file *f, size_t *n)
{
	struct lab_block *b = xcalloc(f->w->n_blocks, sizeof(*b));
	size_t i;

	for (*n = 0, i = 0; i < f->w->n_blocks; i++)
		if (f->w->blocks[i].rir == f->rir && !f->w->blocks[i].available)
			b[(*n)++] = f->w->blocks[i];
	qsort(b, *n, sizeof(*b), block_cmp);
	return b;
}

static void
put_v4(struct file *f, uint64_t first, uint64_t end, uint32_t org)
{
	char text[PREFIX_TEXT];
	struct prefix p = prefix_of4((uint32_t)first, 32);
	struct addr a = {.family = FAMILY_V4};
	unsigned i;

	if (first >= end)
		return;
	for (i = 0; i < 4; i++)
		a.b[i] = p.addr[i];
	put(f, WHAT_V4, addr_format(&a, text), end - first, org);
}

static void
v4(struct file *f, const struct lab_block *b, size_t n)
{
	uint64_t at = 0, first, end;
	size_t i;

	for (i = 0; i < n && b[i].prefix.family == FAMILY_V4; i++) {
		first = prefix_high(&b[i].prefix);
		end = first + (UINT64_C(1) << (32 - b[i].prefix.len));
		if (lab_pool((unsigned)(first >> 24))) {	/* else nothing around it is to be had */
			if (at >> 24 != first >> 24) {
				put_v4(f, at, (at + 0xffffff) >> 24 << 24, LAB_NONE);
				at = first >> 24 << 24;
			}
			put_v4(f, at, first, LAB_NONE);
			at = end;
		}
		put_v4(f, first, end, f->w->ases[b[i].as].org);
	}
	put_v4(f, at, (at + 0xffffff) >> 24 << 24, LAB_NONE);
}

static void
put_v6(struct file *f, const struct prefix *p, uint32_t org)
{
	char text[PREFIX_TEXT];
	struct addr a = {.family = FAMILY_V6};
	unsigned i;

	for (i = 0; i < 16; i++)
		a.b[i] = p->addr[i];
	put(f, WHAT_V6, addr_format(&a, text), p->len, org);
}

/* The /32s from at up to end, as few prefixes as can be. */
static void
gap_v6(struct file *f, uint64_t at, uint64_t end)
{
	while (at < end) {
		unsigned len = 32;
		struct prefix p;

		while (len > 12 && at % (UINT64_C(2) << (32 - len)) == 0 &&
		    at + (UINT64_C(2) << (32 - len)) <= end)
			len--;
		p = prefix_of6((uint32_t)at, 0, len);
		put_v6(f, &p, LAB_NONE);
		at += UINT64_C(1) << (32 - len);
	}
}

static void
v6(struct file *f, const struct lab_block *b, size_t n)
{
	uint64_t at = 0, first;
	size_t i;

	for (i = 0; i < n; i++) {
		if (b[i].prefix.family != FAMILY_V6)
			continue;
		first = prefix_high(&b[i].prefix);
		if (b[i].prefix.len == 32) {	/* of the registry's own /12 */
			gap_v6(f, at == 0 ? first >> 20 << 20 : at, first);
			at = first + 1;
		}
		put_v6(f, &b[i].prefix, f->w->ases[b[i].as].org);
	}
	gap_v6(f, at, (at + 0xfffff) >> 20 << 20);
}

static void
write_file(struct outs *o, const struct lab *w, enum lab_rir rir)
{
	struct file f = {.o = o, .w = w, .rir = rir};
	struct lab_block *b;
	struct str name = {0};
	size_t n;
	unsigned what;

	b = blocks_of(&f, &n);
	asns(&f);
	v4(&f, b, n);
	v6(&f, b, n);
	str_addf(&name, "delegated-%s-extended-20310601", lab_rir_word[rir]);
	out_begin(o, name.p);
	str_addf(&o->text, "2|%s|20310601|%llu|20300101|20310601|+0000\n", lab_rir_word[rir],
	    (unsigned long long)(f.n[0] + f.n[1] + f.n[2]));
	for (what = 0; what < 3; what++)
		str_addf(&o->text, "%s|*|%s|*|%llu|summary\n", lab_rir_word[rir], what_word[what],
		    (unsigned long long)f.n[what]);
	str_add(&o->text, str_span(&f.body));
	out_end(o);
	str_release(&f.body);
	str_release(&name);
	free(b);
}

void
write_registry(struct outs *o, const struct lab *w)
{
	uint32_t r;

	for (r = 0; r < RIR_N; r++)
		write_file(o, w, r);
}
