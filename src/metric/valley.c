#include "metric/valley.h"

#include <string.h>

const char *
valley_word(enum valley_hop h)
{
	static const char *const word[] = {"unknown", "up", "down", "lateral", "sibling"};

	return word[h];
}

const char *
leak_type_text(enum leak_type t)
{
	static const char *const text[] = {"type not known", "type 1, from a provider to a provider",
	    "type 2, from a peer to a peer", "type 3, from a provider to a peer",
	    "type 4, from a peer to a provider"};

	return text[t];
}

enum leak_type
leak_type_of(enum valley_hop in, enum valley_hop out)
{
	if (in == HOP_DOWN && out == HOP_UP)
		return LEAK_HAIRPIN;
	if (in == HOP_LATERAL && out == HOP_LATERAL)
		return LEAK_LATERAL;
	if (in == HOP_DOWN && out == HOP_LATERAL)
		return LEAK_PROVIDER_TO_PEER;
	return in == HOP_LATERAL && out == HOP_UP ? LEAK_PEER_TO_PROVIDER : LEAK_TYPE_UNKNOWN;
}

bool
valley_siblings(const struct graph *g, const struct orgs *o, uint32_t a, uint32_t b)
{
	const struct org_as *x, *y;

	if (g != NULL && graph_relation(g, a, b) == REL_SIBLING)
		return true;
	if (o == NULL)
		return false;
	x = orgs_as(o, a);
	y = orgs_as(o, b);
	return x != NULL && y != NULL && x->org_id != NULL && y->org_id != NULL && x->org_id[0] != '\0' &&
	    strcmp(x->org_id, y->org_id) == 0;
}

void
valley_hops(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n, uint8_t *hop)
{
	static const uint8_t of[] = {[REL_NONE] = HOP_UNKNOWN, [REL_PROVIDER] = HOP_UP, [REL_CUSTOMER] = HOP_DOWN,
	    [REL_PEER] = HOP_LATERAL, [REL_SIBLING] = HOP_SIBLING};
	size_t p;

	for (p = 0; p + 1 < n; p++) {
		hop[p] = HOP_UNKNOWN;
		if (valley_siblings(g, o, as[p + 1], as[p]))
			hop[p] = HOP_SIBLING;
		else if (g != NULL)
			hop[p] = of[graph_relation(g, as[p + 1], as[p])];
	}
}

struct valley
valley_find(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n, const uint8_t *hop)
{
	struct valley v = {0};
	bool over = false;	/* it went down or across, at hop v.in */
	size_t p;

	for (p = n > 0 ? n - 1 : 0; p-- > 0;) {
		bool out = hop[p] == HOP_UP || hop[p] == HOP_LATERAL;

		if (over && out && !valley_siblings(g, o, as[v.in + 1], as[p])) {
			v.broken = true;
			v.out = p;
			v.type = v.both_known ? leak_type_of(hop[v.in], hop[p]) : LEAK_TYPE_UNKNOWN;
			return v;
		}
		if (hop[p] == HOP_DOWN || hop[p] == HOP_LATERAL) {
			over = true;
			v.in = p;
			v.both_known = true;
		} else if (hop[p] == HOP_UNKNOWN) {
			v.both_known = false;
		}
	}
	return (struct valley){0};
}
