#include "addr/prefix.h"
#include "addr/put.h"

#include <arpa/inet.h>
#include <string.h>

unsigned
family_bits(unsigned family)
{
	return family == FAMILY_V4 ? 32 : 128;
}

bool
prefix_covers(const struct prefix *outer, const struct prefix *inner)
{
	unsigned whole = outer->len / 8, bits = outer->len % 8;

	if (outer->family != inner->family || outer->len > inner->len)
		return false;
	if (memcmp(outer->addr, inner->addr, whole) != 0)
		return false;
	return bits == 0 || ((outer->addr[whole] ^ inner->addr[whole]) >> (8 - bits)) == 0;
}

bool
prefix_mask(struct prefix *p)
{
	unsigned i = p->len / 8, bits = p->len % 8;
	bool set = false;

	if (bits != 0) {
		uint8_t keep = (uint8_t)(0xff << (8 - bits));

		set = (p->addr[i] & (uint8_t)~keep) != 0;
		p->addr[i] &= keep;
		i++;
	}
	for (; i < sizeof(p->addr); i++) {
		set = set || p->addr[i] != 0;
		p->addr[i] = 0;
	}
	return set;
}

const char *
addr_format(const struct addr *a, char buf[static PREFIX_TEXT])
{
	*put_addr(buf, a) = '\0';
	return buf;
}

const char *
prefix_format(const struct prefix *p, char buf[static PREFIX_TEXT])
{
	*put_prefix(buf, p) = '\0';
	return buf;
}

int
addr_cmp(const struct addr *a, const struct addr *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->b, b->b, sizeof(a->b));
}

enum err
addr_parse(struct span s, struct addr *out)
{
	char text[46];
	struct addr a = {.family = FAMILY_V4};

	if (s.len == 0 || s.len >= sizeof(text) || memchr(s.p, '\0', s.len) != NULL)
		return ERR_SYNTAX;
	memcpy(text, s.p, s.len);
	text[s.len] = '\0';
	if (memchr(s.p, ':', s.len) != NULL)
		a.family = FAMILY_V6;
	if (inet_pton(a.family == FAMILY_V4 ? AF_INET : AF_INET6, text, a.b) != 1)
		return ERR_SYNTAX;
	*out = a;
	return OK;
}

enum err
prefix_parse(struct span s, struct prefix *out, bool *host_bits)
{
	struct span head;
	struct addr a;
	struct prefix p = {0};
	uint32_t len;

	if (!span_cut(&s, '/', &head) || s.p == NULL)
		return ERR_SYNTAX;
	TRY(addr_parse(head, &a));
	TRY(span_u32(s, family_bits(a.family), &len));
	memcpy(p.addr, a.b, sizeof(p.addr));
	p.family = a.family;
	p.len = (uint8_t)len;
	*host_bits = prefix_mask(&p);
	*out = p;
	return OK;
}

struct prefix
prefix_read(struct rd *r, unsigned family, bool *host_bits, const char *field)
{
	struct prefix p = {.family = (uint8_t)family};
	uint8_t len = rd_u8(r, field);
	const uint8_t *b;

	*host_bits = false;
	if (r->err == OK && len > family_bits(family))
		rd_fail(r, ERR_RANGE, field, 1);
	b = rd_bytes(r, (size_t)(len + 7) / 8, field);
	if (b == NULL)
		return p;
	p.len = len;
	memcpy(p.addr, b, (size_t)(len + 7) / 8);
	*host_bits = prefix_mask(&p);
	return p;
}
