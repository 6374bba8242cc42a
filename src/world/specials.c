/*
 * specials: address space that may not be in the public table (RFC 6890 and its registries).
 *
 * Workload: about 60 blocks, asked once per route. Sorted by prefix; the most specific block that
 * covers a prefix decides, so exceptions are entries like any other: 192.0.0.9/32 is reachable inside
 * 192.0.0.0/24, and 2000::/3 is reachable inside ::/0. Walking back from the last block <= p needs no
 * parents at this size: blocks that do not cover p are skipped.
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct block {
	const char *prefix;
	bool reachable;
	const char *name, *rfc;
};

/* Not in IANA's special-purpose registries, so in force beside any file. */
static const struct block always[] = {
	{"224.0.0.0/4", false, "Multicast", "RFC 5771"},
	{"::/0", false, "Not global unicast", "RFC 4291"},
	{"2000::/3", true, "Global unicast", "RFC 4291"},
	{"ff00::/8", false, "Multicast", "RFC 4291"},
};

/* The registries as of 2025-05 (https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-),
 * "N/A" in Globally Reachable read as not. */
static const struct block builtin_v4[] = {
	{"0.0.0.0/8", false, "This network", "RFC 791"},
	{"10.0.0.0/8", false, "Private-Use", "RFC 1918"},
	{"100.64.0.0/10", false, "Shared Address Space", "RFC 6598"},
	{"127.0.0.0/8", false, "Loopback", "RFC 1122"},
	{"169.254.0.0/16", false, "Link Local", "RFC 3927"},
	{"172.16.0.0/12", false, "Private-Use", "RFC 1918"},
	{"192.0.0.0/24", false, "IETF Protocol Assignments", "RFC 6890"},
	{"192.0.0.9/32", true, "Port Control Protocol Anycast", "RFC 7723"},
	{"192.0.0.10/32", true, "Traversal Using Relays around NAT Anycast", "RFC 8155"},
	{"192.0.2.0/24", false, "Documentation (TEST-NET-1)", "RFC 5737"},
	{"192.31.196.0/24", true, "AS112-v4", "RFC 7535"},
	{"192.52.193.0/24", true, "AMT", "RFC 7450"},
	{"192.88.99.0/24", false, "Deprecated (6to4 Relay Anycast)", "RFC 7526"},
	{"192.168.0.0/16", false, "Private-Use", "RFC 1918"},
	{"192.175.48.0/24", true, "Direct Delegation AS112 Service", "RFC 7534"},
	{"198.18.0.0/15", false, "Benchmarking", "RFC 2544"},
	{"198.51.100.0/24", false, "Documentation (TEST-NET-2)", "RFC 5737"},
	{"203.0.113.0/24", false, "Documentation (TEST-NET-3)", "RFC 5737"},
	{"240.0.0.0/4", false, "Reserved", "RFC 1112"},
	{"255.255.255.255/32", false, "Limited Broadcast", "RFC 8190"},
};

static const struct block builtin_v6[] = {
	{"::1/128", false, "Loopback Address", "RFC 4291"},
	{"::/128", false, "Unspecified Address", "RFC 4291"},
	{"::ffff:0:0/96", false, "IPv4-mapped Address", "RFC 4291"},
	{"64:ff9b::/96", true, "IPv4-IPv6 Translat.", "RFC 6052"},
	{"64:ff9b:1::/48", false, "IPv4-IPv6 Translat.", "RFC 8215"},
	{"100::/64", false, "Discard-Only Address Block", "RFC 6666"},
	{"100:0:0:1::/64", false, "Dummy IPv6 Prefix", "RFC 9780"},
	{"2001::/23", false, "IETF Protocol Assignments", "RFC 2928"},
	{"2001::/32", false, "TEREDO", "RFC 4380"},
	{"2001:1::1/128", true, "Port Control Protocol Anycast", "RFC 7723"},
	{"2001:1::2/128", true, "Traversal Using Relays around NAT Anycast", "RFC 8155"},
	{"2001:1::3/128", true, "DNS-SD Service Registration Protocol Anycast", "RFC 9665"},
	{"2001:2::/48", false, "Benchmarking", "RFC 5180"},
	{"2001:3::/32", true, "AMT", "RFC 7450"},
	{"2001:4:112::/48", true, "AS112-v6", "RFC 7535"},
	{"2001:10::/28", false, "Deprecated (previously ORCHID)", "RFC 4843"},
	{"2001:20::/28", true, "ORCHIDv2", "RFC 7343"},
	{"2001:30::/28", true, "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374"},
	{"2001:db8::/32", false, "Documentation", "RFC 3849"},
	{"2002::/16", false, "6to4", "RFC 3056"},
	{"2620:4f:8000::/48", true, "Direct Delegation AS112 Service", "RFC 7534"},
	{"3fff::/20", false, "Documentation", "RFC 9637"},
	{"5f00::/16", false, "Segment Routing (SRv6) SIDs", "RFC 9602"},
	{"fc00::/7", false, "Unique-Local", "RFC 4193"},
	{"fe80::/10", false, "Link-Local Unicast", "RFC 4291"},
};

void
specials_init(struct specials *s)
{
	*s = (struct specials){.arena = arena_new()};
}

void
specials_release(struct specials *s)
{
	arena_free(s->arena);
	free(s->s);
	*s = (struct specials){0};
}

static enum err
add(struct specials *s, const struct special *e)
{
	if (s->n >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	s->s = grow(s->s, &s->cap, s->n + 1, sizeof(*s->s));
	s->s[s->n++] = *e;
	return OK;
}

enum err
specials_add(struct specials *s, const struct iana_special *e)
{
	struct special copy = {e->prefix, e->reachable && !e->terminated,
	    arena_strdup(s->arena, e->name), arena_strdup(s->arena, e->rfc)};

	assert(!s->sealed);
	s->from_file[e->prefix.family] = true;
	return add(s, &copy);
}

enum err
specials_absorb(struct specials *dst, const struct specials *src)
{
	size_t i;

	assert(!dst->sealed && !src->sealed);
	for (i = 0; i < src->n; i++) {
		struct special copy = src->s[i];

		copy.name = arena_strdup(dst->arena, span_of(copy.name));
		copy.rfc = arena_strdup(dst->arena, span_of(copy.rfc));
		TRY(add(dst, &copy));
	}
	for (i = 0; i < FAMILY_N; i++)
		dst->from_file[i] = dst->from_file[i] || src->from_file[i];
	return OK;
}

static void
add_blocks(struct specials *s, const struct block *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct special e = {{{0}, 0, 0}, b[i].reachable, b[i].name, b[i].rfc};
		bool host_bits;
		enum err err = prefix_parse(span_of(b[i].prefix), &e.prefix, &host_bits);

		assert(err == OK && !host_bits);
		err = add(s, &e);
		assert(err == OK);
	}
}

/* Two files that differ about a block: reachable wins, it accuses nobody. */
static int
special_cmp(const void *pa, const void *pb)
{
	const struct special *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	if (c != 0)
		return c;
	if (a->reachable != b->reachable)
		return a->reachable ? -1 : 1;
	c = strcmp(a->name, b->name);
	return c != 0 ? c : strcmp(a->rfc, b->rfc);
}

void
specials_seal(struct specials *s)
{
	size_t i, k = 0;

	assert(!s->sealed);
	add_blocks(s, always, sizeof(always) / sizeof(always[0]));
	if (!s->from_file[FAMILY_V4])
		add_blocks(s, builtin_v4, sizeof(builtin_v4) / sizeof(builtin_v4[0]));
	if (!s->from_file[FAMILY_V6])
		add_blocks(s, builtin_v6, sizeof(builtin_v6) / sizeof(builtin_v6[0]));
	qsort(s->s, s->n, sizeof(*s->s), special_cmp);
	for (i = 0; i < s->n; i++)
		if (k == 0 || !prefix_eq(&s->s[k - 1].prefix, &s->s[i].prefix))
			s->s[k++] = s->s[i];
	s->n = k;
	s->sealed = true;
}

const struct special *
specials_bogon(const struct specials *s, const struct prefix *p)
{
	size_t lo = 0, hi = s->n;

	assert(s->sealed);
	/* default routes, whole or in halves: they hold global unicast space, too */
	if (p->len == 0 || (p->family == FAMILY_V6 && p->len < 3 && p->addr[0] == 0))
		return NULL;
	while (lo < hi) {	/* one past the last block <= p */
		size_t mid = lo + (hi - lo) / 2;

		if (prefix_cmp(&s->s[mid].prefix, p) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (lo-- > 0)
		if (prefix_covers(&s->s[lo].prefix, p))
			return s->s[lo].reachable ? NULL : &s->s[lo];
	return NULL;
}
