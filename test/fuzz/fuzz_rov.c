/*
 * rov: origin validation against an oracle that looks at every VRP. The input is a list of 4-byte things: what it is (bit 0:
 * a VRP or a route; bits 1 and 2: which of a few ASNs, 0 among them; bit 3: the family), a length, a maxLength, and the bits
 * that vary, few of them, so that prefixes nest. The one by one and the sweep answer as the oracle; so does a table whose
 * VRPs were added the other way round.
 */
#undef NDEBUG
#include <assert.h>

#include "rov_oracle.h"

#include <stdlib.h>

#define MOST 512

static struct roa vrps[MOST];
static struct rov_ask asked[MOST];
static size_t n_vrps, n_asked;

static void
take(const uint8_t *p)
{
	static const uint32_t asns[] = {0, 64500, 4200000000u, ORIGIN_NONE};
	struct prefix x = {.family = p[0] >> 3 & 1};
	unsigned bits = family_bits(x.family), i;

	x.len = (uint8_t)(p[1] % (bits + 1));
	for (i = 0; i < 8; i++)
		if ((p[3] >> i & 1) != 0)
			x.addr[i * bits / 64] |= (uint8_t)(0x80 >> i);
	prefix_mask(&x);
	if ((p[0] & 1) != 0) {
		asked[n_asked++] = (struct rov_ask){x, asns[p[0] >> 1 & 3]};
		return;
	}
	vrps[n_vrps] = (struct roa){.prefix = x, .asn = asns[(p[0] >> 1 & 3) % 3]};
	vrps[n_vrps++].max_len = (uint8_t)(x.len + p[2] % (bits - x.len + 1));
}

static void
fill(struct rpki *t, bool backwards)
{
	size_t i;

	rpki_init(t);
	for (i = 0; i < n_vrps; i++)
		assert(rpki_add_roa(t, &vrps[backwards ? n_vrps - 1 - i : i]) == OK);
	rpki_seal(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t sweep[MOST];
	struct rpki t, back;
	size_t i;

	n_vrps = n_asked = 0;
	for (i = 0; i + 4 <= size && i / 4 < MOST; i += 4)
		take(data + i);
	fill(&t, false);
	fill(&back, true);
	rpki_rov_sweep(&t, asked, sizeof(*asked), n_asked, sweep);
	for (i = 0; i < n_asked; i++) {
		enum rov want = rov_oracle(vrps, n_vrps, &asked[i].prefix, asked[i].origin);

		assert(rpki_rov(&t, &asked[i].prefix, asked[i].origin) == want);
		assert(rpki_rov(&back, &asked[i].prefix, asked[i].origin) == want);
		assert(sweep[i] == want);
	}
	rpki_release(&t);
	rpki_release(&back);
	return 0;
}
