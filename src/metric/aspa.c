#include "metric/aspa.h"

#include <assert.h>

const char *
aspa_auth_text(enum aspa_auth a)
{
	static const char *const text[] = {"No Attestation", "Not Provider+", "Provider+"};

	return text[a];
}

const char *
aspa_auth_word(enum aspa_auth a)
{
	static const char *const word[] = {"no-attestation", "not-provider", "provider"};

	return word[a];
}

const char *
aspa_verdict_text(enum aspa_verdict v)
{
	static const char *const text[] = {"Valid", "Unknown", "Invalid"};

	return text[v];
}

const char *
aspa_verdict_word(enum aspa_verdict v)
{
	static const char *const word[] = {"valid", "unknown", "invalid"};

	return word[v];
}

enum aspa_auth
aspa_authorized(const struct rpki *t, uint32_t customer, uint32_t provider)
{
	const struct provider_set *s = rpki_aspa(t, customer);
	size_t lo = 0, hi;

	if (s == NULL)
		return ASPA_NO_ATTESTATION;
	if (provider == 0)
		return ASPA_NOT_PROVIDER;
	/* compared, never subtracted: half of all 32-bit ASNs are further apart than an int reaches */
	for (hi = s->n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->providers[s->first + mid] < provider)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->n && t->providers[s->first + lo] == provider ? ASPA_PROVIDER : ASPA_NOT_PROVIDER;
}

void
aspa_hops(const struct rpki *t, const uint32_t *as, size_t n, struct aspa_hop *hop)
{
	size_t p;

	for (p = 0; p + 1 < n; p++) {
		hop[p] = (struct aspa_hop){ASPA_NO_ATTESTATION, ASPA_NO_ATTESTATION};
		if (t != NULL)
			hop[p] = (struct aspa_hop){(uint8_t)aspa_authorized(t, as[p + 1], as[p]),
			    (uint8_t)aspa_authorized(t, as[p], as[p + 1])};
	}
}

/* The ramps of as[s..n-1], s going from n - 1 down to 0. An up ramp ends at the first hop from the origin that stops
 * it, and stays; a down ramp ends at the last one so far. n: none so far. */
struct walk { size_t max_up, min_up, max_down, min_down; };

static void
walk_hop(struct walk *w, const struct aspa_hop *hop, size_t p, size_t n)
{
	if (hop[p].up != ASPA_PROVIDER && w->min_up == n)
		w->min_up = p;
	if (hop[p].up == ASPA_NOT_PROVIDER && w->max_up == n)
		w->max_up = p;
	if (hop[p].down != ASPA_PROVIDER)
		w->min_down = p;
	if (hop[p].down == ASPA_NOT_PROVIDER)
		w->max_down = p;
}

static struct aspa_ramps
walk_ramps(const struct walk *w, size_t s, size_t n)
{
	uint32_t all = (uint32_t)(n - s);

	/* hop p stops the way up from A(n-1-p), which is as[p+1]; and the way down from as[p] */
	return (struct aspa_ramps){
		.n = all,
		.max_up = w->max_up == n ? all : (uint32_t)(n - 1 - w->max_up),
		.min_up = w->min_up == n ? all : (uint32_t)(n - 1 - w->min_up),
		.max_down = w->max_down == n ? all : (uint32_t)(w->max_down - s + 1),
		.min_down = w->min_down == n ? all : (uint32_t)(w->min_down - s + 1),
	};
}

struct aspa_ramps
aspa_ramps(const struct aspa_hop *hop, size_t n)
{
	struct walk w = {n, n, n, n};
	size_t p;

	assert(n > 0);
	for (p = n - 1; p-- > 0;)
		walk_hop(&w, hop, p, n);
	return walk_ramps(&w, 0, n);
}

enum aspa_verdict
aspa_by_ramps(const struct aspa_ramps *r, enum aspa_direction d)
{
	bool down = d == ASPA_DOWNSTREAM;

	if (r->max_up + (down ? r->max_down : 0) < r->n)
		return ASPA_INVALID;
	return r->min_up + (down ? r->min_down : 0) < r->n ? ASPA_UNKNOWN : ASPA_VALID;
}

enum aspa_verdict
aspa_verify(const struct aspa_path *p, const struct aspa_hop *hop, enum aspa_direction d, enum aspa_why *why)
{
	struct aspa_ramps r;
	enum aspa_why by = ASPA_BY_RAMPS;

	if (p->has_set)
		by = ASPA_HAS_SET;
	else if (p->n == 0)
		by = ASPA_EMPTY;
	/* what begins with a set has no first AS to compare, and is Invalid for the set already */
	if (p->check_first && p->n > 0 && p->as[0] != p->neighbour)
		by = ASPA_FIRST_AS;
	if (why != NULL)
		*why = by;
	if (by != ASPA_BY_RAMPS)
		return ASPA_INVALID;
	r = aspa_ramps(hop, p->n);
	return aspa_by_ramps(&r, d);
}

void
aspa_observe(const struct aspa_hop *hop, size_t n, struct aspa_seen *seen)
{
	struct walk w = {n, n, n, n};
	struct aspa_ramps r;
	size_t s;

	for (s = n; s-- > 1;) {		/* as[s - 1] received as[s..n-1] */
		if (s < n - 1)
			walk_hop(&w, hop, s, n);
		r = walk_ramps(&w, s, n);
		seen[s - 1] = (struct aspa_seen){(uint8_t)aspa_by_ramps(&r, ASPA_UPSTREAM),
		    (uint8_t)aspa_by_ramps(&r, ASPA_DOWNSTREAM)};
	}
}

struct aspa_turn
aspa_turn(const struct aspa_hop *hop, size_t n)
{
	size_t p, in = n;

	for (p = n > 0 ? n - 1 : 0; p-- > 0;) {
		/* one hop that neither attests is a lateral peering: it may be the top, so it does not end itself */
		if (in < n && hop[p].down == ASPA_NOT_PROVIDER)
			return (struct aspa_turn){true, in, p};
		if (hop[p].up == ASPA_NOT_PROVIDER)
			in = p;
	}
	return (struct aspa_turn){0};
}
