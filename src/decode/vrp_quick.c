/*
 * vrp_quick: one entry of "roas" straight from the bytes, in the forms that are by far the most:
 *	{ "asn": 702, "prefix": "192.0.2.0/24", "maxLength": 24, "ta": "ripe", "expires": 1938470400 }
 * with or without white space, the members in any order, "AS702" too. The least doubt, a bad value, a
 * repeated member, a name not known here, the end of the window near, and nothing is taken: vrp_roa.c
 * reads the entry from its start, and it alone decides what is wrong. So this file must only never take
 * what that would not, nor otherwise; t_vrp.c and fuzz_vrp.c hold them against each other.
 *
 * Every step gives the place behind what it read, or NULL. It may read GUARD bytes without looking whether
 * they are there: a member is begun, and white space and text are passed, only up to that before the end.
 */
#include "decode/vrp_int.h"

#include <string.h>

#define GUARD 128	/* over the longest member that is taken, without its white space and its text */

enum { HAVE_ASN = 1, HAVE_PREFIX = 2, HAVE_MAX = 4, HAVE_TA = 8, HAVE_EXPIRES = 16 };

struct quick {
	const uint8_t *last;	/* GUARD before the end of the window */
	struct vrp_entry e;
	unsigned have;
};

static inline const uint8_t *
blank(const struct quick *k, const uint8_t *p)
{
	while (p < k->last && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return p;
}

/* A natural number of at most max_digits, which fit 64 bits; no leading zero. */
static inline const uint8_t *
natural(const uint8_t *p, unsigned max_digits, uint64_t *out)
{
	const uint8_t *first = p;
	uint64_t v = 0;

	for (; (unsigned)*p - '0' <= 9 && p - first < (ptrdiff_t)max_digits; p++)
		v = v * 10 + (*p - '0');
	*out = v;
	return p > first && (*first != '0' || p - first == 1) ? p : NULL;
}

/* The length of a prefix behind its "/", and the quote at the end. */
static inline const uint8_t *
length(struct prefix *x, const uint8_t *p)
{
	uint64_t len;

	p = natural(p, 3, &len);
	if (p == NULL || *p != '"' || len > family_bits(x->family))
		return NULL;
	x->len = (uint8_t)len;
	return p + 1;
}

static const uint8_t *
prefix_v4(struct prefix *x, const uint8_t *p)
{
	uint32_t addr = 0;
	unsigned i;

	for (i = 0; i < 4; i++) {
		uint64_t octet;

		p = natural(p, 3, &octet);
		if (p == NULL || octet > 255 || *p++ != (i < 3 ? '.' : '/'))
			return NULL;
		addr = addr << 8 | (uint32_t)octet;
	}
	x->family = FAMILY_V4;
	p = length(x, p);
	if (p == NULL || (x->len < 32 && addr << x->len != 0))
		return NULL;
	for (i = 0; i < 4; i++)
		x->addr[i] = (uint8_t)(addr >> (24 - 8 * i));
	return p;
}

static inline unsigned
hex(uint8_t c)
{
	if ((unsigned)c - '0' <= 9)
		return (unsigned)c - '0';
	c |= 0x20;
	return (unsigned)c - 'a' <= 5 ? (unsigned)c - 'a' + 10 : 16;
}

/* "2001:db8::/32": up to six groups, then zeros. */
static const uint8_t *
prefix_v6(struct prefix *x, const uint8_t *p)
{
	struct prefix masked;
	unsigned n = 0, digits, d, group;

	do {
		for (group = 0, digits = 0; digits < 4 && (d = hex(*p)) < 16; digits++, p++)
			group = group << 4 | d;
		if (digits == 0 || *p++ != ':' || n == 6)
			return NULL;
		x->addr[2 * n] = (uint8_t)(group >> 8);
		x->addr[2 * n + 1] = (uint8_t)group;
		n++;
	} while (*p != ':');
	if (*++p != '/')
		return NULL;
	x->family = FAMILY_V6;
	p = length(x, p + 1);
	masked = *x;
	return p == NULL || prefix_mask(&masked) ? NULL : p;
}

static inline const uint8_t *
read_prefix(struct quick *k, const uint8_t *p)
{
	if (*p++ != '"')
		return NULL;
	if (p[1] == '.' || p[2] == '.' || p[3] == '.')
		return prefix_v4(&k->e.vrp.prefix, p);
	return prefix_v6(&k->e.vrp.prefix, p);
}

/* 702 or "AS702" */
static inline const uint8_t *
read_asn(struct quick *k, const uint8_t *p)
{
	bool text = *p == '"';
	uint64_t asn;

	if (text && (p[1] != 'A' || p[2] != 'S'))
		return NULL;
	p = natural(text ? p + 3 : p, 10, &asn);
	if (p == NULL || asn > UINT32_MAX || (text && *p++ != '"'))
		return NULL;
	k->e.vrp.asn = (uint32_t)asn;
	return p;
}

static inline const uint8_t *
read_max(struct quick *k, const uint8_t *p)
{
	uint64_t max;

	p = natural(p, 3, &max);
	k->e.has_max = true;
	k->e.max_len = (uint32_t)max;
	return p;
}

static inline const uint8_t *
read_ta(struct quick *k, const uint8_t *p)
{
	const uint8_t *first = ++p;

	if (p[-1] != '"')
		return NULL;
	while (p < k->last && *p != '"' && *p != '\\' && *p >= ' ')
		p++;
	if (*p != '"' || p - first > (ptrdiff_t)VRP_TA_MAX)
		return NULL;
	k->e.vrp.ta = (struct span){(const char *)first, (size_t)(p - first)};
	return p + 1;
}

#define NAMED(p, lit) (memcmp((p), lit "\"", sizeof(lit)) == 0)

/* At the quote before a name. *what tells which it is. */
static inline const uint8_t *
member_name(const uint8_t *p, unsigned *what)
{
	if (*p++ != '"')
		return NULL;
	if (NAMED(p, "asn"))
		return *what = HAVE_ASN, p + sizeof("asn");
	if (NAMED(p, "prefix"))
		return *what = HAVE_PREFIX, p + sizeof("prefix");
	if (NAMED(p, "maxLength"))
		return *what = HAVE_MAX, p + sizeof("maxLength");
	if (NAMED(p, "ta"))
		return *what = HAVE_TA, p + sizeof("ta");
	if (NAMED(p, "expires"))
		return *what = HAVE_EXPIRES, p + sizeof("expires");
	return NULL;
}

/* One member and the white space behind it. */
static inline const uint8_t *
member(struct quick *k, const uint8_t *p)
{
	uint64_t expires;
	unsigned what;

	p = member_name(p, &what);
	if (p == NULL || (k->have & what) != 0)
		return NULL;
	k->have |= what;
	p = blank(k, p);
	if (*p++ != ':')
		return NULL;
	p = blank(k, p);
	if (what == HAVE_ASN)
		p = read_asn(k, p);
	else if (what == HAVE_PREFIX)
		p = read_prefix(k, p);
	else if (what == HAVE_MAX)
		p = read_max(k, p);
	else if (what == HAVE_TA)
		p = read_ta(k, p);
	else
		p = natural(p, 19, &expires);
	return p == NULL ? NULL : blank(k, p);
}

enum vrp_quick
vrp_quick_roa(struct vrp_doc *doc)
{
	const uint8_t *start, *p, *end;
	struct quick k = {.e = {.vrp.ta = SPAN("")}};

	if (!json_element(&doc->r, &start, &end) || end - start <= GUARD)
		return VRP_QUICK_NOT;
	k.last = end - GUARD;
	p = start;
	if (*p != '{')
		return VRP_QUICK_NOT;
	do {
		p = blank(&k, p + 1);
		if (p >= k.last)
			return VRP_QUICK_NOT;
		p = member(&k, p);
		if (p == NULL)
			return VRP_QUICK_NOT;
	} while (*p == ',');
	if (*p != '}' || (k.have & (HAVE_ASN | HAVE_PREFIX)) != (HAVE_ASN | HAVE_PREFIX))
		return VRP_QUICK_NOT;
	k.e.record = ++doc->v->entries;
	k.e.offset = json_offset(&doc->r, start);
	json_took(&doc->r, p + 1);
	return vrp_emit(doc->v, &k.e) ? VRP_QUICK_TOOK : VRP_QUICK_STOP;
}
