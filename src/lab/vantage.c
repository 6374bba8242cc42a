/*
 * vantage: who is seen from: the collectors' sessions, full-feed ones, partial ones that give their
 * customers' routes only, one route server that leaves itself out of its paths; and which session
 * carries which route.
 */
#include "base/arena.h"
#include "lab/paths.h"
#include "lab/space.h"

#include <stdlib.h>

#define CARRY_MIN 6u	/* more than the five that make a route count */

/* One in four is partial in the small world: six full feeds of eight. */
static bool
is_partial(const struct lab *w, uint32_t no)
{
	return w->params.scale == LAB_SMALL && no % 4 == 3;
}

static uint32_t
choose(const struct lab *w, struct prng *r, bool partial, const bool *taken)
{
	const uint32_t *first = w->first_of;
	uint32_t lo, hi, as, d, tries = 0;

	do {
		d = partial ? 60 + prng_below(r, 30) : prng_below(r, 100);
		lo = d < 10 ? 0 : first[d < 70 ? TIER_TRANSIT : d < 95 ? TIER_REGIONAL : TIER_STUB];
		hi = first[d < 10 ? TIER_TRANSIT : d < 70 ? TIER_REGIONAL : d < 95 ? TIER_STUB : TIER_FAULTY];
		as = lo + prng_below(r, hi - lo);
	} while (++tries < 10000 && (taken[as] || (partial && adj_count(&w->customers, as) == 0)));
	return as;
}

static struct addr
lan_address(const struct lab *w, unsigned family, uint32_t no)
{
	const struct lab_as *rs = &w->ases[w->route_server];
	const struct prefix *lan = &w->blocks[rs->first_block + family].prefix;
	struct addr a = {.family = (uint8_t)family};
	unsigned last = family == FAMILY_V4 ? 3 : 15, i;

	for (i = 0; i < sizeof(a.b); i++)
		a.b[i] = lan->addr[i];
	no++;	/* the network's own address is nobody's */
	a.b[last] = (uint8_t)no;
	a.b[last - 1] = (uint8_t)(a.b[last - 1] | no >> 8);
	return a;
}

void
peers_make(struct lab *w)
{
	struct prng r = prng_init(w->params.seed, 40);
	bool *taken = xcalloc(w->n_ases, sizeof(*taken));
	uint32_t i, per = w->params.peers;

	w->n_peers = w->params.collectors * per;
	w->peers = xcalloc(w->n_peers, sizeof(*w->peers));
	w->n_full = 0;
	for (i = 0; i < w->n_peers; i++) {
		struct lab_peer *p = &w->peers[i];

		p->collector = i / per;
		p->no = i % per;
		p->partial = is_partial(w, p->no);
		p->full_no = p->partial ? LAB_NONE : w->n_full++;
		p->as = choose(w, &r, p->partial, taken);
		taken[p->as] = true;
		p->asn = w->ases[i == 3 && p->partial ? w->route_server : p->as].asn;
		p->v6 = p->no % 8 != 5;
		p->addr[FAMILY_V4] = lan_address(w, FAMILY_V4, i);
		p->addr[FAMILY_V6] = lan_address(w, FAMILY_V6, i);
		p->view = view_new(w, p->as, false);
		p->view_invalid = view_new(w, p->as, true);
	}
	free(taken);
}

bool
lab_invalid(const struct lab_route *r)
{
	return r->roa == ROA_OTHER_ASN || r->roa == ROA_SHORT || r->roa == ROA_SHORT_OTHER || r->roa == ROA_ZERO;
}

const struct lab_view *
lab_view_of(const struct lab_peer *p, bool invalid)
{
	return invalid ? p->view_invalid : p->view;
}

void
lab_set_members(const struct lab *w, uint32_t origin, uint32_t asn[static 2])
{
	uint32_t lo = w->first_of[TIER_STUB], n = w->first_of[TIER_FAULTY] - lo;
	uint32_t k = (uint32_t)(prng_hash(w->params.seed, 41, origin, 0) % (n - 1));
	uint32_t a = w->ases[lo + k].asn, b = w->ases[lo + k + 1].asn;

	asn[0] = a < b ? a : b;
	asn[1] = a < b ? b : a;
}

/* Does a full feed carry it? Few, the usual number, or all but one in a hundred. */
static bool
full_carries(const struct lab *w, size_t route, const struct lab_peer *p)
{
	const struct lab_route *r = &w->routes[route];
	uint64_t h = prng_hash(w->params.seed, 42, route, 0);
	uint32_t n = w->n_full, turn = (uint32_t)((p->full_no + h) % n), most;

	if (r->few > 0)
		return turn < r->few;
	if (w->params.carry == 0 || w->params.carry + 2 >= n)
		return prng_hash(w->params.seed, 43, route, p->full_no) % 100 != 0;
	most = w->params.carry - 2 + (uint32_t)((h >> 40) % 5);
	return turn < (most < CARRY_MIN ? CARRY_MIN : most);
}

static bool
carries(const struct lab *w, size_t route, const struct lab_peer *p)
{
	const struct lab_route *r = &w->routes[route];
	uint8_t class = lab_view_of(p, lab_invalid(r))->class[r->origin];

	if (r->silent || class == CLASS_UNREACHED || (r->prefix.family == FAMILY_V6 && !p->v6))
		return false;
	if (p->partial)
		return class == CLASS_CUSTOMER || class == CLASS_SELF;
	return full_carries(w, route, p);
}

bool
lab_sees(const struct lab *w, size_t route, uint32_t peer)
{
	const struct prefix *p = &w->routes[route].prefix;
	size_t first = route, end = route + 1;

	while (first > 0 && prefix_eq(&w->routes[first - 1].prefix, p))
		first--;
	while (end < w->n_routes && prefix_eq(&w->routes[end].prefix, p))
		end++;
	/* several origins: the sessions take them in turn */
	if (first + (first + peer) % (end - first) != route)
		return false;
	return carries(w, route, &w->peers[peer]);
}

void
lab_release(struct lab *w)
{
	struct lab_adj *adj[] = {&w->providers, &w->customers, &w->peers_of};
	uint32_t i;

	for (i = 0; i < 3; i++) {
		free(adj[i]->first);
		free(adj[i]->to);
	}
	for (i = 0; i < w->n_peers; i++) {
		view_free(w->peers[i].view);
		view_free(w->peers[i].view_invalid);
	}
	free(w->peers);
	free(w->objects);
	free(w->vrps);
	free(w->routes);
	free(w->blocks);
	free(w->links);
	free(w->ases);
}
