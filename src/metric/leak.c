#include "metric/leak.h"
#include "addr/asn.h"

#include <assert.h>

const char *
leak_class_word(enum leak_class c)
{
	static const char *const word[] = {"none", "possible", "probable", "proven"};

	return word[c];
}

const char *
leak_by_word(enum leak_by b)
{
	static const char *const word[] = {"nothing", "otc", "aspa", "relationships"};

	return word[b];
}

/* Somebody put ASNs into it that did not pass the route on: what stands there twice, or is nobody's. */
static bool
is_forged(const uint32_t *as, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (asn_bogon(as[i]) != NULL)
			return true;
		for (k = i + 1; k < n; k++)
			if (as[k] == as[i])
				return true;
	}
	return false;
}

void
path_look(struct path_view *v, const struct path_tables *t, const uint32_t *as, size_t n, bool has_set,
    struct otc_mark mark, struct path_scratch *scratch)
{
	assert(n <= AS_PATH_HOPS_MAX);
	*v = (struct path_view){.as = as, .n = n, .has_set = has_set, .forged = is_forged(as, n)};
	if (t->aspas != NULL) {
		aspa_hops(t->aspas, as, n, scratch->aspa);
		v->aspa = scratch->aspa;
		if (!has_set)
			v->turn = aspa_turn(v->aspa, n);
	}
	v->has_graph = t->graph != NULL;
	if (t->graph != NULL || t->orgs != NULL) {
		valley_hops(t->graph, t->orgs, as, n, scratch->valley);
		v->valley = scratch->valley;
		v->broken = valley_find(t->graph, t->orgs, as, n, v->valley, n);
		if (!v->broken.broken)
			v->doubt = valley_doubt(t->graph, t->orgs, as, n, v->valley, n);
	}
	v->otc = otc_look(mark, as, n, v->aspa, v->valley);
}

/* Which way hop p goes: what both ASes attest, else the relationship. */
static enum valley_hop
direction(const struct path_view *v, size_t p)
{
	enum valley_hop inferred = v->valley != NULL ? (enum valley_hop)v->valley[p] : HOP_UNKNOWN;

	if (v->aspa != NULL) {
		const struct aspa_hop h = v->aspa[p];

		if (h.up == ASPA_PROVIDER && h.down != ASPA_PROVIDER)
			return HOP_UP;
		if (h.down == ASPA_PROVIDER && h.up != ASPA_PROVIDER)
			return HOP_DOWN;
		if (h.up == ASPA_NOT_PROVIDER && h.down == ASPA_NOT_PROVIDER)
			return HOP_LATERAL;
		if ((h.up == ASPA_NOT_PROVIDER && inferred == HOP_UP) ||
		    (h.down == ASPA_NOT_PROVIDER && inferred == HOP_DOWN))
			return HOP_UNKNOWN;
	}
	return inferred;
}

static bool
is_sibling(const struct path_view *v, size_t p)
{
	return v->valley != NULL && v->valley[p] == HOP_SIBLING;
}

/* The leaker is as[first..last], named when that is one; out is the hop on which it was accepted. */
static struct leak
accuse(const struct path_view *v, enum leak_class class, enum leak_by by, size_t out, size_t last)
{
	struct leak l = {.class = class, .by = by, .acceptor = v->as[out], .first = out + 1, .last = last};

	if (l.first == l.last) {
		l.leaker = v->as[last];
		l.type = leak_type_of(direction(v, last), direction(v, out));
	}
	return l;
}

/* A line forgotten in the ASPA of a customer is as good a reason as a leak: when the relationships have it as one, or,
 * though there are some, do not know the two side by side, as they do not know a provider that is new. */
static bool
is_customer_or_new(const struct path_view *v, size_t p, enum valley_hop as_customer)
{
	return v->valley != NULL && v->has_graph && (v->valley[p] == as_customer || v->valley[p] == HOP_UNKNOWN);
}

/* Siblings of whom nobody says so, and friends who back each other up, are inferred as peers as a rule. Each has an
 * ASPA of its providers, and none of the other. */
static bool
is_peering(const struct path_view *v, size_t p)
{
	return v->valley != NULL && v->has_graph && v->valley[p] == HOP_LATERAL;
}

static struct leak
by_aspa(const struct path_view *v)
{
	size_t in = v->turn.in, out = v->turn.out, p;
	bool within = false, forgotten;

	for (p = out; p <= in; p++)	/* what an organisation does within itself is its own matter */
		within = within || is_sibling(v, p);
	within = within || is_peering(v, in) || is_peering(v, out);
	forgotten = is_customer_or_new(v, in, HOP_UP) || is_customer_or_new(v, out, HOP_DOWN);
	return accuse(v, within || forgotten ? LEAK_POSSIBLE : LEAK_PROVEN, LEAK_BY_ASPA, out, in);
}

/* An ASPA that lists the leaker, or whom it got the route from as customer, goes before what was inferred. */
static bool
is_attested(const struct path_view *v, const struct valley *b)
{
	return v->aspa != NULL && (v->aspa[b->in].up == ASPA_PROVIDER || v->aspa[b->out].down == ASPA_PROVIDER);
}

bool
path_triple(const struct path_view *v, uint32_t triple[static 3])
{
	const struct valley *b = v->broken.broken ? &v->broken : &v->doubt;

	if (!b->broken)
		return false;
	triple[0] = v->as[b->in + 1];
	triple[1] = v->as[b->out + 1];
	triple[2] = v->as[b->out];
	return true;
}

static struct leak
by_doubt(const struct path_view *v, enum leak_history history)
{
	if (!v->doubt.broken || history != TRIPLE_NEW || is_attested(v, &v->doubt))
		return (struct leak){0};
	return accuse(v, LEAK_POSSIBLE, LEAK_BY_RELATIONS, v->doubt.out, v->doubt.out + 1);
}

static struct leak
by_relations(const struct path_view *v, enum leak_history history)
{
	const struct valley *b = &v->broken;
	struct leak l;

	if (!b->broken)
		return by_doubt(v, history);
	if (history == TRIPLE_KNOWN || is_attested(v, b))
		return (struct leak){0};
	/* siblings between are one AS: the one that passed it on */
	l = accuse(v, LEAK_POSSIBLE, LEAK_BY_RELATIONS, b->out, b->both_known ? b->out + 1 : b->in);
	l.type = b->type;
	if (l.leaker == 0)
		l.acceptor = 0;	/* the hop that was known to be wrong need not be the first that was */
	return l;
}

/* The surer one; of equals a, unless only b says who it was: an incident without a culprit is nobody's. */
static struct leak
surer(struct leak a, struct leak b)
{
	if (a.class != b.class)
		return a.class > b.class ? a : b;
	return a.leaker == 0 && b.leaker != 0 ? b : a;
}

/* OTC's, then ASPAs', then relationships'; each may be LEAK_NONE. */
static void
answers(const struct path_view *v, enum leak_history history, struct leak of[static 3])
{
	int i;

	of[0] = of[1] = (struct leak){0};
	if (v->otc.state == OTC_BROKEN) {
		of[0] = accuse(v, v->otc.attested ? LEAK_PROVEN : LEAK_PROBABLE, LEAK_BY_OTC, v->otc.out, v->otc.last);
		if (v->otc.attested && of[0].leaker != 0 && is_customer_or_new(v, v->otc.out, HOP_DOWN))
			of[0].class = LEAK_POSSIBLE;
	}
	if (v->turn.found)	/* a proof goes before what rests on an inferred hop */
		of[1] = by_aspa(v);
	of[2] = by_relations(v, history);
	for (i = 0; i < 3 && v->forged; i++)
		of[i].class = of[i].class > LEAK_POSSIBLE ? LEAK_POSSIBLE : of[i].class;
}

struct leak
leak_judge(const struct path_view *v, enum leak_history history)
{
	struct leak of[3];

	answers(v, history, of);
	return surer(surer(of[0], of[1]), of[2]);
}

struct leak
leak_named(const struct path_view *v, enum leak_history history)
{
	struct leak of[3];
	int i;

	answers(v, history, of);
	for (i = 0; i < 3; i++)
		if (of[i].leaker == 0)
			of[i] = (struct leak){0};
	return surer(surer(of[0], of[1]), of[2]);
}
