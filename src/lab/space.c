/*
 * space: address space, dealt out in the order in which it is asked for.
 */
#include "lab/space.h"

#include <assert.h>

bool
lab_pool(unsigned octet)
{
	static const uint8_t special[] = {0, 10, 100, 127, 169, 172, 192, 198, 203};
	size_t i;

	for (i = 0; i < sizeof(special); i++)
		if (octet == special[i])
			return false;
	return octet < 224;
}

/* The /8s are dealt out to the registries in turn; this one has the next. */
static void
next_octet(struct space *s, enum lab_rir rir)
{
	do {
		s->octet[rir] = (s->octet[rir] + RIR_N) % (44 * RIR_N);
	} while (!lab_pool(s->octet[rir]));
	s->used[rir] = 0;
}

void
space_init(struct space *s, const struct lab *w)
{
	uint32_t r;

	*s = (struct space){.prng = prng_init(w->params.seed, 30)};
	for (r = 0; r < RIR_N; r++) {
		s->octet[r] = r + RIR_N * prng_below(&s->prng, 44);
		next_octet(s, r);
	}
}

struct prefix
space_v4(struct space *s, enum lab_rir rir, unsigned bits)
{
	uint32_t size = 1u << bits, at;

	assert(bits <= 14);
	at = (s->used[rir] + size - 1) / size * size;
	if (at + size > 65536) {
		next_octet(s, rir);
		at = 0;
	}
	/* leave holes, so that registries have something left to give */
	s->used[rir] = at + size + (prng_percent(&s->prng, 10) ? size : 0);
	return prefix_of4(s->octet[rir] << 24 | at << 8, 24 - bits);
}

struct prefix
space_v6(struct space *s, enum lab_rir rir)
{
	static const uint16_t base[RIR_N] = {0x2c00, 0x2400, 0x2600, 0x2800, 0x2a00};
	uint32_t at = s->used6[rir]++;

	if (prng_percent(&s->prng, 10))
		s->used6[rir]++;
	assert(at < 1u << 20);
	return prefix_of6((uint32_t)base[rir] << 16 | at, 0, 32);
}

static void
put32(uint8_t *at, uint32_t v)
{
	at[0] = (uint8_t)(v >> 24);
	at[1] = (uint8_t)(v >> 16);
	at[2] = (uint8_t)(v >> 8);
	at[3] = (uint8_t)v;
}

static uint32_t
get32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

struct prefix
prefix_of4(uint32_t addr, unsigned len)
{
	struct prefix p = {.family = FAMILY_V4, .len = (uint8_t)len};

	put32(p.addr, addr);
	prefix_mask(&p);
	return p;
}

struct prefix
prefix_of6(uint32_t high, uint32_t low, unsigned len)
{
	struct prefix p = {.family = FAMILY_V6, .len = (uint8_t)len};

	put32(p.addr, high);
	put32(p.addr + 4, low);
	prefix_mask(&p);
	return p;
}

uint32_t
prefix_high(const struct prefix *p)
{
	return get32(p->addr);
}

struct prefix
prefix_part(const struct prefix *p, unsigned len, uint32_t no)
{
	uint32_t high = get32(p->addr), low = get32(p->addr + 4);

	assert(len >= p->len && len <= (p->family == FAMILY_V4 ? 32u : 64u));
	if (len <= 32)
		return p->family == FAMILY_V4 ? prefix_of4(high + (len == 0 ? 0 : no << (32 - len)), len)
					      : prefix_of6(high + (len == 0 ? 0 : no << (32 - len)), 0, len);
	return prefix_of6(high, low + (no << (64 - len)), len);
}

struct prefix
prefix_up(const struct prefix *p)
{
	struct prefix up = *p;

	assert(p->len > 0);
	up.len--;
	prefix_mask(&up);
	return up;
}
