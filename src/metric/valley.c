#include "metric/valley.h"

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
	if (g != NULL && graph_relation(g, a, b) == REL_SIBLING)
		return true;
	return o != NULL && orgs_same(o, a, b);
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

/* below, or the end of the path. */
static size_t
first_hop(size_t n, size_t below)
{
	size_t hops = n > 0 ? n - 1 : 0;

	return below < hops ? below : hops;
}

struct valley
valley_find(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n, const uint8_t *hop,
    size_t below)
{
	struct valley v = {0};
	bool over = false;	/* it went down or across, at hop v.in */
	size_t p;

	for (p = first_hop(n, below); p-- > 0;) {
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

/* Whether one of the two is known to be no customer's, and nothing is known of the other. */
static bool
is_doubtful(enum valley_hop in, enum valley_hop out)
{
	if (in == HOP_UNKNOWN)
		return out == HOP_UP || out == HOP_LATERAL;
	return out == HOP_UNKNOWN && (in == HOP_DOWN || in == HOP_LATERAL);
}

struct valley
valley_doubt(const struct graph *g, const struct orgs *o, const uint32_t *as, size_t n, const uint8_t *hop,
    size_t below)
{
	size_t p, in = n;	/* the last hop that is not within an organisation */

	for (p = first_hop(n, below); p-- > 0;) {
		if (hop[p] == HOP_SIBLING)
			continue;
		if (in < n && is_doubtful(hop[in], hop[p]) && !valley_siblings(g, o, as[in + 1], as[p]))
			return (struct valley){.broken = true, .in = in, .out = p};
		in = p;
	}
	return (struct valley){0};
}
