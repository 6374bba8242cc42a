/* Proven leaks per AS, and OTC marks: by hand, innocent oddities, against a naive count. */
#include "enforce.h"
#include "metric/leaks.h"

static void
evidence(struct hand *h)
{
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_ASPAS);
	hand_evidence(h, EV_GRAPH);
	hand_people(h);
}

/* 30 buys from 10 and 20, and 900 from 10; 30 gives 20 what it has from 10. All but 30 publish an ASPA. */
static void
world_plain(struct measure *t)
{
	struct hand *h = &t->h;

	measure_init(t);
	hand_provider(h, 10, 30);
	hand_provider(h, 20, 30);
	hand_provider(h, 10, 900);
	hand_aspa(h, 10, 0);
	hand_aspa(h, 20, 0);
	hand_aspa(h, 900, 10);
	evidence(h);
	hand_see_all(h, "20.0.0.0/16", "10 900");
	hand_see_all(h, "20.1.0.0/16", "10 900");
}

static void
test_plain(void)
{
	struct measure t;

	world_plain(&t);
	hand_see(&t.h, "20.0.0.0/16", "3 20 30 10 900");
	hand_see(&t.h, "20.0.0.0/16", "4 20 30 30 10 900");
	hand_see(&t.h, "20.1.0.0/16", "4 30 10 900");
	measure_start(&t);
	is_share(&t, 30, M_LEAK_PROVEN, 1, 1, "from a provider to a provider, and both say so");
	is_str(t.m.records[0].path, "3 20 30 10 900", "the record has a path that shows it");
	ok(t.m.records[0].n_objects == 2 && t.m.records[0].n_vps == 2, "both ASPAs, and who sees it");
	is_str(t.m.records[0].objects[0], "ASPA of AS20, which does not list AS30 as provider", "the first");
	is_str(t.m.records[0].remedy, "do not export to AS20 what comes from AS10: 20.0.0.0/16 of AS900",
	    "and what to do");
	is_state(&t, 20, M_LEAK_PROVEN, METRIC_NO_DATA,
	    "not observable: no ASPA or OTC stands around it that could prove a leak", "of who took it nobody could prove one");
	is_state(&t, 900, M_LEAK_PROVEN, METRIC_NO_DATA,
	    "not observable: no ASPA or OTC stands around it that could prove a leak", "nor that the origin did");
	t.h.w.evidence[EV_ASPAS].n_inputs = 0;
	is_state(&t, 30, M_LEAK_PROVEN, METRIC_NO_DATA, "no ASPA input", "no ASPAs, no verdict");
	measure_release(&t);
}

static void
test_otc(void)
{
	struct measure t;

	world_plain(&t);
	hand_see_otc(&t.h, "20.0.0.0/16", "3 20 30 10 900", 10);
	measure_start(&t);
	is_share(&t, 30, M_LEAK_PROVEN, 1, 1, "OTC of the provider, and the next one's ASPA");
	is_str(t.m.records[0].objects[0], "OTC AS10 on the route", "the mark is named");
	is_str(t.m.records[0].rule, "RFC 9234 section 5: a route marked only-to-customer was passed on to one that is none",
	    "and the rule");
	measure_release(&t);

	world_plain(&t);
	hand_see_otc(&t.h, "20.0.0.0/16", "50 40 10 900", 40);
	hand_see_otc(&t.h, "20.0.0.0/16", "40 10 900", 40);
	hand_see_otc(&t.h, "20.1.0.0/16", "50 40 10 900", 40);
	hand_see_otc(&t.h, "20.1.0.0/16", "3 20 30 10 900", 77);
	measure_start(&t);
	is_share(&t, 40, M_OTC_SEEN, 2, 2, "two routes carry its mark");
	ok(part_of(&t.m, "at-its-own-session") == 1 && part_of(&t.m, "by-it-or-its-neighbour") == 1,
	    "one of them is shown by a session of its own");
	is_share(&t, 10, M_OTC_SEEN, 0, 2, "who sets none");
	is_share(&t, 30, M_LEAK_PROVEN, 1, 1, "a mark by who is not on the path takes nothing from what ASPAs prove");
	measure_release(&t);

	world_plain(&t);
	measure_start(&t);
	is_state(&t, 10, M_OTC_SEEN, METRIC_NO_DATA, "not observable: no route in the tables carries OTC",
	    "no mark anywhere says nothing of anybody");
	is_state(&t, 9999, M_OTC_SEEN, METRIC_NOT_APPLICABLE, "neither announces a route nor passes one on",
	    "who is not there cannot mark");
	measure_release(&t);
}

/* Is 30 held to have leaked, by a path beside those of the plain world? */
static void
is_held(const char *what, const char *path, void (*change)(struct hand *), uint64_t want)
{
	struct measure t;

	world_plain(&t);
	hand_see(&t.h, "20.0.0.0/16", path);
	if (change != NULL)
		change(&t.h);
	measure_start(&t);
	measure(&t, 30, M_LEAK_PROVEN);
	ok(t.m.num == want, "%s", what);
	measure_release(&t);
}

static void
customer_forgot(struct hand *h)	/* 40 is 30's customer and lists another provider only */
{
	hand_provider(h, 30, 40);
	hand_aspa(h, 40, 60);
}

static void
siblings(struct hand *h)
{
	hand_org(h, 30, "A");
	hand_org(h, 20, "A");
}

static void
listed(struct hand *h)
{
	hand_aspa(h, 900, 30);
}

static void
test_innocent(void)
{
	is_held("the plain case is held against it, so that the others mean something", "3 20 30 10 900", NULL, 1);
	is_held("a customer whose ASPA forgot it makes no leak of a customer's route", "3 20 30 40", customer_forgot, 0);
	is_held("nor of one that goes down to such a customer", "3 40 30 10 900", customer_forgot, 0);
	is_held("between siblings nothing leaks", "3 20 30 10 900", siblings, 0);
	is_held("a poisoned path says nothing of who is in it", "3 20 900 30 10 900", NULL, 0);
	is_held("nor does one with a private ASN", "3 65001 20 30 10 900", NULL, 0);
	is_held("nor one that ends in an AS_SET", "3 20 30 10 {900,901}", NULL, 0);
	is_held("two suspects side by side: neither is named", "3 20 31 30 10 900", NULL, 0);
	is_held("at the end of the path the collector's session is no export to anybody", "30 10 900", NULL, 0);
	is_held("an ASPA that lists it", "3 20 30 900", listed, 0);
}

/* --- random worlds against a naive count --- */

#define TOP 24u

static void
world_random(struct measure *t, uint64_t seed, uint32_t threads)
{
	struct hand *h = &t->h;
	uint64_t s = seed * 0x9e3779b97f4a7c15u + 1;
	char prefix[40], path[128];
	uint32_t i, k, n;

	measure_init(t);
	t->params.threads = threads;
	for (i = 0; i < 25; i++) {
		if (rnd(&s, 3) == 0)
			hand_peers(h, 1 + rnd(&s, TOP - 1), 1 + rnd(&s, TOP - 1));
		else
			hand_provider(h, 1 + rnd(&s, TOP - 1), 1 + rnd(&s, TOP - 1));
		hand_aspa(h, 4 + rnd(&s, TOP - 4), rnd(&s, 5) == 0 ? 0 : 1 + rnd(&s, TOP - 1));
	}
	hand_org(h, 5, "A");
	hand_org(h, 6 + rnd(&s, 6), "A");
	for (i = 0; i < 120; i++) {
		snprintf(prefix, sizeof(prefix), rnd(&s, 4) == 0 ? "2001:db8:%u::/48" : "20.%u.0.0/16", rnd(&s, 6));
		n = (uint32_t)snprintf(path, sizeof(path), "%u", 1 + rnd(&s, 4));
		for (k = rnd(&s, 5); k > 0; k--)
			n += (uint32_t)snprintf(path + n, sizeof(path) - n, " %u", 4 + rnd(&s, 14));
		snprintf(path + n, sizeof(path) - n, " %u", 18 + rnd(&s, 6));
		if (rnd(&s, 3) == 0)
			hand_see_otc(h, prefix, path, 1 + rnd(&s, TOP - 1));
		else
			hand_see(h, prefix, path);
	}
	evidence(h);
	measure_start(t);
}

struct naive { uint64_t provable, by[4], accepted, otc; };

/* What one path says of x: the class of its leak, and bits. */
static enum leak_class
ask_path(const struct world *w, const struct route *r, uint32_t i, uint32_t x, bool *provable, bool *accepted, bool *otc)
{
	const struct path_tables tables = {&w->rpki, &w->graph, &w->orgs};
	uint32_t path = w->routes.sightings[r->first + i].path, hop[64], n = clean(w, r, i, hop), k, j;
	bool has = (w->routes.paths.words[path] & PATH_OTC) != 0;
	uint32_t mark = has ? w->routes.paths.words[path_next(&w->routes.paths, path) - 1] : 0;
	struct path_scratch scratch;
	struct path_view v;
	struct leak l;

	for (k = 0; k < n; k++) {
		*otc = *otc || (has && hop[k] == x && mark == x);
		if (k == 0 || hop[k] != x || rpki_aspa(&w->rpki, hop[k - 1]) == NULL ||
		    graph_relation(&w->graph, x, hop[k - 1]) == REL_NONE)
			continue;
		*provable = *provable || (k + 1 < n && rpki_aspa(&w->rpki, hop[k + 1]) != NULL &&
		    graph_relation(&w->graph, x, hop[k + 1]) != REL_NONE &&
		    graph_relation(&w->graph, x, hop[k + 1]) != REL_PEER &&
		    graph_relation(&w->graph, x, hop[k - 1]) != REL_PEER);
		for (j = k + 1; j < n; j++)
			*provable = *provable || (has && hop[j] == mark);
	}
	if (n < 3)
		return LEAK_NONE;
	path_look(&v, &tables, hop, n, false, (struct otc_mark){has, false, mark}, &scratch);
	l = leak_judge(&v, TRIPLE_NO_HISTORY);
	if (l.leaker == 0 || l.by == LEAK_BY_RELATIONS)
		return LEAK_NONE;
	if (l.class == LEAK_PROVEN)
		for (k = 0; k + 1 < n; k++) {
			uint32_t next = hop[k] == l.leaker ? hop[k + 1] : hop[k + 1] == l.leaker ? hop[k] : 0;

			if (next != 0 && !kin(w, l.leaker, next) &&
			    graph_relation(&w->graph, l.leaker, next) == REL_CUSTOMER)
				l.class = LEAK_PROBABLE;
		}
	*accepted = *accepted || (l.class == LEAK_PROVEN && l.acceptor == x);
	return l.leaker == x ? l.class : LEAK_NONE;
}

static void
ask(const struct world *w, uint32_t x, struct naive *out)
{
	uint32_t i;
	size_t j;

	for (j = 0; j < w->routes.n_routes; j++) {
		const struct route *r = &w->routes.routes[j];
		enum leak_class worst = LEAK_NONE, class;
		bool provable = false, accepted = false, otc = false;

		for (i = 0; i < r->n; i++) {
			class = ask_path(w, r, i, x, &provable, &accepted, &otc);
			worst = class > worst ? class : worst;
		}
		out->by[worst]++;
		out->provable += provable;
		out->accepted += accepted;
		out->otc += otc;
	}
}

static bool
agrees(struct measure *t, uint32_t asn, uint64_t *sums)
{
	struct naive n = {0};
	const struct metric *m;
	bool good;

	ask(&t->h.w, asn, &n);
	m = measure(t, asn, M_OTC_SEEN);
	good = m->state != METRIC_OK || m->num == n.otc;
	m = measure(t, asn, M_LEAK_PROVEN);
	sums[0] += n.provable;
	sums[1] += n.by[LEAK_PROVEN];
	sums[2] += n.by[LEAK_PROBABLE];
	sums[3] += n.by[LEAK_POSSIBLE];
	sums[4] += n.otc;
	if (n.provable == 0)
		return good && m->state == METRIC_NO_DATA && n.by[LEAK_PROVEN] == 0;
	return good && m->den == n.provable && m->num == n.by[LEAK_PROVEN] && m->n_deciding == m->num &&
	    part_of(m, "probable") == n.by[LEAK_PROBABLE] && part_of(m, "possible") == n.by[LEAK_POSSIBLE] &&
	    part_of(m, "accepted-from-leaker") == n.accepted;
}

static void
test_oracle(void)
{
	uint64_t seed, sums[5] = {0};
	bool good = true;
	uint32_t asn;

	for (seed = 1; seed <= tap_rounds(300); seed++) {
		struct measure t;

		world_random(&t, seed, (uint32_t)(1 + seed % 3));
		for (asn = 0; asn < TOP; asn++)
			good = agrees(&t, asn, sums) && good;
		measure_release(&t);
	}
	ok(good && sums[0] > tap_rounds(100) && sums[1] > tap_rounds(12) && sums[2] > tap_rounds(10) &&
	    sums[3] > tap_rounds(100) && sums[4] > tap_rounds(100),
	    "300 random worlds as counted naively: %llu provable, %llu proven, %llu probable, %llu possible, %llu marked",
	    (unsigned long long)sums[0], (unsigned long long)sums[1], (unsigned long long)sums[2],
	    (unsigned long long)sums[3], (unsigned long long)sums[4]);
}

int
main(void)
{
	test_plain();
	test_otc();
	test_innocent();
	test_oracle();
	return tap_done();
}
