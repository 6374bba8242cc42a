/*
 * aspa_path: verification of a path by ASPAs against an oracle that follows the draft's text. Bytes 0 to 15: for each ASN of
 * the pool whether it has an ASPA and which of the pool it lists (bit i of the second byte: pool[i]); byte 16: bit 0 an AS_SET
 * at the end, bit 1 whether the neighbour is looked at, the rest which it is; then the path, an ASN of the pool a byte. Ramps,
 * both verdicts, what each AS on the way could say, and the turn are as the text has them.
 */
#undef NDEBUG
#include <assert.h>

#include "addr/aspath.h"
#include "aspa_oracle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
world(const uint8_t *p, struct aspa_naive *w, struct rpki *t)
{
	const uint32_t zero = 0;
	uint32_t set[ASPA_POOL];
	size_t x, y, n;

	*w = (struct aspa_naive){0};
	rpki_init(t);
	for (x = 0; x < ASPA_POOL; x++) {
		if ((p[2 * x] & 1) == 0)
			continue;
		w->has[x] = true;
		for (y = n = 0; y < ASPA_POOL; y++)
			if (x != y && (p[2 * x + 1] >> y & 1) != 0) {
				w->lists[x][y] = true;
				set[n++] = aspa_pool[y];
			}
		if (n == 0 || (p[2 * x] & 2) != 0)	/* beside others AS0 adds nothing */
			assert(rpki_add_aspa(t, aspa_pool[x], &zero, 1) == OK);
		if (n > 1 && (p[2 * x] & 4) != 0)	/* two objects: the union counts */
			assert(rpki_add_aspa(t, aspa_pool[x], set + --n, 1) == OK);
		if (n > 0)
			assert(rpki_add_aspa(t, aspa_pool[x], set, n) == OK);
	}
	rpki_seal(t);
}

static void
parts(const struct aspa_text *whole, const struct aspa_naive *w, const struct aspa_hop *hop, size_t n)
{
	struct aspa_seen seen[ASPA_LONGEST];
	size_t i;

	aspa_observe(hop, n, seen);
	for (i = 0; i + 1 < n; i++) {
		struct aspa_text part = *whole;

		part.n = (uint32_t)(n - i - 1);
		assert(aspa_text_verify(&part, w, ASPA_UPSTREAM, false, false, 0) == (enum aspa_verdict)seen[i].up);
		assert(aspa_text_verify(&part, w, ASPA_DOWNSTREAM, false, false, 0) == (enum aspa_verdict)seen[i].down);
	}
}

static void
turn(const struct aspa_naive *w, const uint32_t *as, const struct aspa_hop *hop, size_t n, enum aspa_verdict lenient)
{
	struct aspa_turn x = aspa_turn(hop, n);

	assert(x.found == (lenient == ASPA_INVALID));
	if (!x.found)
		return;
	assert(x.in > x.out && x.in + 1 < n);
	assert(aspa_text_auth(w, as[x.in + 1], as[x.in]) == ASPA_NOT_PROVIDER);
	assert(aspa_text_auth(w, as[x.out], as[x.out + 1]) == ASPA_NOT_PROVIDER);
}

static void
one_path(const struct rpki *t, const struct aspa_naive *w, uint8_t how, const uint8_t *hops, uint32_t len)
{
	uint32_t word[ASPA_LONGEST + 4] = {2u << 16 | len}, as[ASPA_LONGEST], i;
	struct aspa_path p = {.as = as, .check_first = (how & 2) != 0, .neighbour = aspa_pool[(how >> 2) % ASPA_POOL]};
	struct aspa_hop hop[ASPA_LONGEST];
	struct aspa_text text = {0};
	struct aspa_ramps r;
	bool set = (how & 1) != 0;

	for (i = 1; i <= len; i++)
		word[i] = aspa_pool[hops[i - 1] % ASPA_POOL];
	word[len + 1] = 1u << 16 | 2;
	word[len + 2] = 65551;
	word[len + 3] = 65552;
	p.n = aspath_hops((struct aspath){word, len + 1 + (set ? 3 : 0)}, as, ASPA_LONGEST, &p.has_set);
	for (i = len; i >= 1; i--)
		if (text.n == 0 || text.a[text.n] != word[i])
			text.a[++text.n] = word[i];
	assert(p.has_set == set && p.n == text.n);
	aspa_hops(t, as, p.n, hop);
	for (i = 0; i < 2; i++)
		assert(aspa_verify(&p, hop, (enum aspa_direction)i, NULL) ==
		    aspa_text_verify(&text, w, (enum aspa_direction)i, set, p.check_first, p.neighbour));
	aspa_text_ramps(&text, w);
	r = aspa_ramps(hop, p.n);
	assert(r.n == text.n && r.max_up == text.max_up && r.min_up == text.min_up && r.max_down == text.max_down &&
	    r.min_down == text.min_down);
	parts(&text, w, hop, p.n);
	turn(w, as, hop, p.n, aspa_by_ramps(&r, ASPA_DOWNSTREAM));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t head = 2 * ASPA_POOL + 1;
	struct aspa_naive w;
	struct rpki t;
	size_t at, len;

	if (size <= head)
		return 0;
	world(data, &w, &t);
	for (at = head; at < size; at += len) {	/* many paths of one world */
		len = size - at < ASPA_LONGEST ? size - at : ASPA_LONGEST;
		one_path(&t, &w, data[head - 1], data + at, (uint32_t)len);
	}
	rpki_release(&t);
	return 0;
}
