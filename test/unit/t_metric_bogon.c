#include "measure.h"

static void
world_bogon(struct measure *t)
{
	struct hand *h = &t->h;
	struct addr first = {.b = {60, 0, 0, 0}, .family = FAMILY_V4};

	measure_init(t);
	hand_see_all(h, "20.0.0.0/16", "30 100");
	hand_see(h, "10.0.0.0/8", "1 40 30 100");	/* a bogon that one peer lets in */
	hand_see_all(h, "21.0.0.0/16", "30 64512");	/* a bogon ASN as origin */
	hand_see_all(h, "22.0.0.0/16", "30 40 23456 100");	/* ... and in the middle */
	hand_see_all(h, "0.0.0.0/0", "30 100");
	hand_see_all(h, "60.0.0.0/16", "30 100");	/* available */
	hand_see_all(h, "61.0.0.0/16", "40 500");	/* a reserved ASN */
	hand_see_all(h, "23.0.0.0/16", "30 100 {600,601}");
	hand_see_all(h, "24.0.0.0/16", "30 4294967295");
	hand_see_all(h, "25.0.0.0/16", "700 1000 700");	/* a poisoned path */
	if (registry_add(&h->w.registry, &(struct delegated){.what = DELEGATED_V4, .status = REG_AVAILABLE,
	    .first = first, .count = 65536}) != OK ||
	    registry_add(&h->w.registry, &(struct delegated){.what = DELEGATED_ASN, .status = REG_RESERVED,
	    .asn_first = 500, .asn_count = 1}) != OK)
		abort();
	hand_evidence(h, EV_TABLE);
	hand_evidence(h, EV_REGISTRY);
	measure_start(t);
}

static void
test_prefixes(struct measure *t)
{
	is_share(t, 100, M_BOGON_PREFIX_ORIGINATED, 1, 4, "a bogon counts although one peer only carries it");
	ok(t->m.value_ppm == 1, "a count is its own value");
	is_str(t->m.records[0].remedy, "withdraw 10.0.0.0/8", "its origin is told to withdraw it");
	is_str(t->m.records[0].rule, "RFC 1918: not globally reachable", "and by which RFC");
	is_share(t, 30, M_BOGON_PREFIX_PROPAGATED, 1, 7, "the AS next to the origin passed it on");
	is_str(t->m.records[0].remedy, "filter 10.0.0.0/8 from AS100", "it is told the neighbour to filter");
	is_str(t->m.records[0].path, "1 40 30 100", "and shown the path");
	ok(t->m.records[0].n_vps == 1, "with the vantage points that saw it so");
	is_share(t, 40, M_BOGON_PREFIX_PROPAGATED, 0, 3, "the AS after that is not held to account");
	is_share(t, 1, M_BOGON_PREFIX_PROPAGATED, 0, 9, "nor is the peer of the collector; the default route is nowhere");
	is_state(t, 500, M_BOGON_PREFIX_PROPAGATED, METRIC_NOT_APPLICABLE, "is not seen to pass on any route",
	    "a stub passes nothing on");
	is_state(t, 700, M_BOGON_PREFIX_PROPAGATED, METRIC_NOT_APPLICABLE, "is not seen to pass on any route",
	    "nor does an origin that put itself on the path twice");
}

static void
test_asns(struct measure *t)
{
	is_share(t, 64512, M_BOGON_ASN_ORIGINATED, 1, 1, "a private ASN answers for its own routes");
	is_share(t, 100, M_BOGON_ASN_ORIGINATED, 0, 4, "a public one has none");
	is_share(t, 30, M_BOGON_ASN_PROPAGATED, 2, 7, "who takes routes from a private or the last ASN answers for it");
	is_str(t->m.records[0].remedy, "refuse 21.0.0.0/16 from AS64512, or remove that ASN before passing it on",
	    "and is told which");
	is_share(t, 40, M_BOGON_ASN_PROPAGATED, 1, 3, "also when it stands in the middle of the path");
	is_str(t->m.records[0].objects[0], "AS23456 on the path", "the ASN is named");
}

static void
test_administrative(struct measure *t)
{
	is_share(t, 100, M_ADMIN_BOGON_ORIGINATED, 1, 4, "space the registry has as available is administrative");
	is_share(t, 30, M_ADMIN_BOGON_PROPAGATED, 1, 7, "and so is who passes it on");
	is_share(t, 500, M_ADMIN_BOGON_ORIGINATED, 1, 1, "a reserved ASN likewise");
	is_share(t, 40, M_ADMIN_BOGON_PROPAGATED, 1, 3, "and its neighbour");
	is_share(t, 64512, M_ADMIN_BOGON_ORIGINATED, 0, 1, "a full bogon is not administrative as well");
}

static void
test_sets(struct measure *t)
{
	is_share(t, 600, M_AS_SET_ORIGINATED, 1, 1, "each member of the set that ends a path is named");
	is_share(t, 601, M_AS_SET_ORIGINATED, 1, 1, "the second one too");
	is_share(t, 100, M_AS_SET_ORIGINATED, 0, 3, "the aggregator before the set is not in it");
	is_state(t, 30, M_AS_SET_ORIGINATED, METRIC_NOT_APPLICABLE, "announces no visible route",
	    "an AS that only passes on originates none");
}

static void
test_evidence(struct measure *t)
{
	struct evidence_state *e = t->h.w.evidence;
	size_t n;
	const uint32_t *ases = facts_ases(t->f, &n);

	ok(n == 12 && ases[0] == 1 && ases[11] == 64512, "every AS on a path or in a set is known, ascending");
	e[EV_SPECIAL].n_inputs = e[EV_SPECIAL].n_incomplete = 1;
	is_state(t, 100, M_BOGON_PREFIX_ORIGINATED, METRIC_NO_DATA,
	    "1 of 1 special-purpose registry inputs is incomplete", "a cut list of special blocks gives no data");
	is_share(t, 64512, M_BOGON_ASN_ORIGINATED, 1, 1, "ASNs do not rest on it");
	e[EV_SPECIAL].n_inputs = e[EV_SPECIAL].n_incomplete = 0;
	e[EV_REGISTRY].n_inputs = 0;
	is_state(t, 100, M_ADMIN_BOGON_ORIGINATED, METRIC_NO_DATA, "no registry statistics input",
	    "without the registries nothing is administrative");
	e[EV_TABLE].n_inputs = 0;
	e[EV_ORIGINS].n_inputs = 1;
	is_state(t, 30, M_BOGON_PREFIX_PROPAGATED, METRIC_NO_DATA, "no MRT table input",
	    "an origin table cannot show who passes on");
}

static void
test_visibility(void)
{
	struct measure t;

	measure_init(&t);
	hand_see(&t.h, "10.0.0.0/8", "1 30 100");
	hand_see_all(&t.h, "20.0.0.0/16", "30 100");
	hand_evidence(&t.h, EV_TABLE);
	t.params.bogon_visibility_min = 2;
	measure_start(&t);
	is_share(&t, 100, M_BOGON_PREFIX_ORIGINATED, 0, 1, "the visibility asked of bogons is a parameter");
	is_share(&t, 30, M_BOGON_PREFIX_PROPAGATED, 0, 1, "for who passes them on, too");
	measure_release(&t);

	measure_init(&t);
	hand_see_all(&t.h, "10.0.0.0/8", "30 100");
	hand_see_all(&t.h, "20.0.0.0/16", "30 100");
	hand_see(&t.h, "20.0.0.0/16", "3 30 100");
	hand_evidence(&t.h, EV_TABLE);
	t.params.bogon_visibility_min = 3;
	measure_start(&t);
	is_share(&t, 30, M_BOGON_PREFIX_PROPAGATED, 0, 1, "it may ask for more than visible routes have");
	measure_release(&t);
}

int
main(void)
{
	struct measure t;

	world_bogon(&t);
	test_prefixes(&t);
	test_asns(&t);
	test_administrative(&t);
	test_sets(&t);
	test_evidence(&t);
	measure_release(&t);
	test_visibility();
	return tap_done();
}
