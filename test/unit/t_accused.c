/*
 * Who is surely accused: what caps at possible, evidence that is not at hand, several holders.
 */
#include "offences.h"
#include "tap.h"
#include "metric/burst.h"
#include "metric/leak.h"

/* Each kind of evidence that is not at hand, alone, and of the days before those of the family. */
static void
test_excuses(void)
{
	static const enum evidence of[] = {EV_VRPS, EV_IRR, EV_GRAPH, EV_ORGS, EV_PDB_NET, EV_REGISTRY};
	struct history none, other;
	struct prefix p = pfx("11.0.0.0/24"), v6 = pfx("2001:db8::/32");
	struct misorigin m;
	size_t i;

	for (i = 0; i < 6; i++) {
		at_hand = EXCUSES_MISORIGIN & ~EV_BIT(of[i]);
		is_str(judged("11.0.0.0/24", 666, true), "possible vrp-of-another held-by-another evidence-missing",
		    "without %s nobody is surely accused", evidence_word(of[i]));
	}
	at_hand = 0;
	is_str(judged("11.0.9.0/24", 666, true), "possible vrp-of-another evidence-missing", "nor without all of it");
	at_hand = EXCUSES_MISORIGIN | EV_BIT(EV_TABLE);
	is_str(judged("11.0.0.0/24", 666, true), "strong vrp-of-another held-by-another", "what else is there is no matter");
	at_hand = EXCUSES_MISORIGIN;
	history_init(&none);
	history_init(&other);
	history_add_route(&other, &v6, 5);
	history_seal(&none);
	history_seal(&other);
	m = misorigin_judge(&(struct misorigin_ask){&w, &none, at_hand, 666, 0}, &p);
	ok(m.class == MISORIGIN_POSSIBLE && (m.says >> MIS_LACKS & 1) != 0, "tables before that are empty are no days before");
	m = misorigin_judge(&(struct misorigin_ask){&w, &other, at_hand, 666, 0}, &p);
	ok(m.class == MISORIGIN_POSSIBLE && (m.says >> MIS_LACKS & 1) != 0, "... nor are those of the other family");
	history_release(&none);
	history_release(&other);
}

/* How sure a leak is that OTC and an ASPA prove, while evidence is not at hand. */
static unsigned
leak_sureness(uint32_t lacking)
{
	const struct offence_judge j = {&w, &h, 1u << OFF_LEAK, EXCUSES_LEAK & ~lacking};
	uint32_t words[] = {2u << 16 | 5, 10, 860, 850, 840, 870};
	struct offence_path path;

	offence_path_look(&j, (struct aspath){words, 6}, (struct otc_mark){0}, &path);
	return path.n_of == 1 ? offence_sureness(&path.of[0]) : 99;
}

static void
test_leak_cap(void)
{
	static const enum evidence of[] = {EV_GRAPH, EV_ORGS, EV_PDB_NET, EV_REGISTRY};
	size_t i;

	ok(leak_sureness(0) == LEAK_PROVEN, "two ASPAs prove a leak");
	for (i = 0; i < 4; i++)
		ok(leak_sureness(EV_BIT(of[i])) == LEAK_POSSIBLE, "without %s it is possible", evidence_word(of[i]));
	ok(leak_sureness(EV_BIT(EV_ORGS) | EV_BIT(EV_GRAPH)) == LEAK_POSSIBLE, "nor without two of them");
	ok(leak_sureness(EV_BIT(EV_IRR)) == LEAK_PROVEN, "route objects say nothing of a leak");
}

/* --- several holders --- */

static void
test_several(void)
{
	uint32_t apart[] = {666, 668, 700}, same[] = {100, 100, 666, 100}, org_tied[] = {400, 666, 100},
	    customer[] = {300, 666, 100}, beside[] = {668, 666, 100}, registry[] = {405, 406, 666}, one[] = {5};

	ok(burst_holders(&w, &h, apart, 3, 3) == 3, "three who are nothing to each other");
	ok(burst_holders(&w, &h, apart, 3, 2) == 2, "no more than asked for");
	ok(burst_holders(&w, &h, same, 4, 3) == 2, "one counts once");
	ok(burst_holders(&w, &h, org_tied, 3, 3) == 2, "so does one organisation");
	ok(burst_holders(&w, &h, customer, 3, 3) == 2, "... customer and provider");
	ok(burst_holders(&w, &h, beside, 3, 3) == 2 && burst_holders(&w, NULL, beside, 3, 3) == 3, "... who stood side by side");
	ok(burst_holders(&w, &h, registry, 3, 3) == 2, "... and one holder of the registries");
	ok(burst_holders(&w, &h, one, 1, 3) == 1 && burst_holders(&w, &h, one, 0, 3) == 0, "one, none");
}

static unsigned
sureness_of(const struct timeline_result *r, const char *text)
{
	struct prefix p = pfx(text);
	size_t i;

	for (i = 0; i < r->n_offences; i++)
		if (prefix_eq(&r->offences[i].prefix, &p))
			return offence_sureness(&r->offences[i].of);
	return 99;
}

/* Two announce the space of others: 666 that of three holders, 668 that of two. */
static void
test_burst(void)
{
	const uint32_t strong = (uint32_t)MISORIGIN_STRONG << MIS_N | 1u << MIS_VRP_OTHER | 1u << MIS_HELD;
	const struct offence_judge j = {&w, &h, (1u << OFF_N) - 1, EXCUSES_MISORIGIN};
	struct timeline_vp_info info = {{true, true}, INT64_MAX};
	struct timeline_result r;
	struct timeline_params p;
	struct timeline *t;

	timeline_params_init(&p);
	p.to_us = INT64_MAX;
	t = timeline_new(&p);
	timeline_vp(t);
	told(t, "11.0.0.0/24", OFF_MISORIGIN, strong, 666, 100, 200);
	told(t, "16.0.0.0/20", OFF_MISORIGIN, strong, 666, 300, 400);
	told(t, "17.0.8.0/24", OFF_MISORIGIN, strong, 666, 500, 600);
	told(t, "11.0.1.0/24", OFF_MISORIGIN, strong, 669, 100, 200);
	told(t, "16.0.16.0/20", OFF_MISORIGIN, strong, 669, 300, 400);
	told(t, "17.0.9.0/24", OFF_MISORIGIN, (uint32_t)MISORIGIN_POSSIBLE << MIS_N, 669, 500, 600);
	told(t, "11.0.2.0/24", OFF_MISORIGIN, strong, 667, 100, 200);
	told(t, "11.0.2.0/24", OFF_MISORIGIN, (uint32_t)MISORIGIN_POSSIBLE << MIS_N | 1u << MIS_BLACKHOLE, 667, 300, 400);
	ok(timeline_finish(t, &info, &r) == OK, "a window");
	ok(sureness_of(&r, "11.0.2.0/24") == MISORIGIN_POSSIBLE, "black-holed once is black-holed");
	burst_look(&r, &j);
	ok(sureness_of(&r, "11.0.0.0/24") == MISORIGIN_STRONG && sureness_of(&r, "16.0.0.0/20") == MISORIGIN_STRONG &&
	    sureness_of(&r, "17.0.8.0/24") == MISORIGIN_STRONG, "of three holders: as sure as each is");
	ok(sureness_of(&r, "11.0.1.0/24") == MISORIGIN_POSSIBLE && sureness_of(&r, "16.0.16.0/20") == MISORIGIN_POSSIBLE,
	    "of two, and a third that is only possible: possible");
	timeline_result_release(&r);
	timeline_free(t);
}

/* --- which evidence is at hand --- */

static struct input inputs[8];

static void
evidence_set(struct world *x)
{
	static const struct { enum input_kind kind; enum evidence e; } of[] = {{KIND_VRP_JSON, EV_VRPS}, {KIND_RPSL, EV_IRR},
	    {KIND_AS_REL, EV_GRAPH}, {KIND_AS_ORG, EV_ORGS}, {KIND_PDB_NET, EV_PDB_NET}, {KIND_DELEGATED, EV_REGISTRY}};
	size_t i;

	for (i = 0; i < 6; i++) {
		inputs[i] = (struct input){.kind = of[i].kind, .evidence = EV_BIT(of[i].e), .complete = true,
		    .time = utc_from_date(2031, 5, 20, 0, 0, 0)};
		x->evidence[of[i].e] = (struct evidence_state){.n_inputs = 1};
	}
	x->inputs = inputs;
	x->n_inputs = 6;
}

static uint32_t
lacking(void)
{
	return EXCUSES_MISORIGIN & ~excuses_at_hand(&w, utc_from_date(2031, 5, 1, 0, 0, 0), utc_from_date(2031, 6, 1, 0, 0, 0));
}

static const char *
lack_text(void)
{
	static char out[256];
	struct str t = {0};

	excuses_lack_say(&t, &w, EXCUSES_MISORIGIN, utc_from_date(2031, 5, 1, 0, 0, 0), utc_from_date(2031, 6, 1, 0, 0, 0));
	snprintf(out, sizeof(out), "%s", t.len > 0 ? t.p : "");
	str_release(&t);
	return out;
}

static void
test_at_hand(void)
{
	static const int days[] = {31, 31, 92, 92, 92, 31};
	struct input *kept = w.inputs;
	size_t n = w.n_inputs, i;
	bool in = true, out = true, later = true;

	evidence_set(&w);
	ok(lacking() == 0 && strcmp(lack_text(), "") == 0, "all of it is at hand");
	for (i = 0; i < 6; i++) {
		inputs[i].time.s = utc_from_date(2031, 5, 1, 0, 0, 0).s - days[i] * 86400;
		in = in && lacking() == 0;
		inputs[i].time.s--;
		out = out && lacking() == inputs[i].evidence;
		inputs[i].time.s = utc_from_date(2031, 6, 1, 0, 0, 0).s + days[i] * 86400 + 1;
		later = later && lacking() == inputs[i].evidence;
		inputs[i].time.s--;
		in = in && lacking() == 0;
		evidence_set(&w);
	}
	ok(in && out && later, "each kind to its day, before and after, and not a second longer");
	inputs[2].time = UTC_NONE;
	is_str(lack_text(), "AS relationships that have no date", "of no date is of any");
	inputs[2].duplicate = true;
	is_str(lack_text(), "no AS relationships", "a second one of the same bytes is none");
	evidence_set(&w);
	w.evidence[EV_IRR].n_incomplete = 1;
	is_str(lack_text(), "IRR objects that are incomplete", "cut short");
	evidence_set(&w);
	inputs[3].kind = KIND_PDB_ORG;
	is_str(lack_text(), "no AS organisations", "PeeringDB's organisations are no as2org");
	evidence_set(&w);
	inputs[4].time = utc_from_date(2029, 6, 1, 0, 0, 0);
	is_str(lack_text(), "PeeringDB networks of 2029-06-01", "two years old");
	evidence_set(&w);
	w.since = (struct since){.known = true, .n = 1, .shrunk = {{EV_BIT(EV_VRPS), "VRPs", 1, 100}}};
	is_str(lack_text(), "VRPs that have shrunk", "a hundredth of what it was");
	w.since = (struct since){0};
	i = w.holders.of[DELEGATED_ASN].n;
	w.holders.of[DELEGATED_ASN].n = 0;
	is_str(lack_text(), "registry statistics without ids of holders", "statistics that are not the extended ones");
	w.holders.of[DELEGATED_ASN].n = i;
	w.inputs = kept;
	w.n_inputs = n;
}

int
main(void)
{
	make();
	test_excuses();
	test_leak_cap();
	test_several();
	test_burst();
	test_at_hand();
	history_release(&h);
	world_release(&w);
	return tap_done();
}
