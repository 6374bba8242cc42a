#include "tap.h"
#include "world/people.h"

static bool
add(struct orgs *o, uint32_t asn, const char *name, const char *org)
{
	return orgs_add_as(o, asn, span_of(name), span_of(org)) == OK;
}

static bool
fill(struct orgs *o, uint32_t asn, const char *name, const char *org)
{
	return orgs_fill_as(o, asn, span_of(name), span_of(org)) == OK;
}

/* "10 20 30" of asn's siblings, in buf. */
static const char *
siblings(const struct orgs *o, uint32_t asn, char buf[static 256])
{
	const uint32_t *ids = NULL;
	size_t n = orgs_siblings(o, asn, &ids), i, at = 0;

	buf[0] = '\0';
	for (i = 0; i < n; i++)
		at += (size_t)snprintf(buf + at, 256 - at, "%s%u", i > 0 ? " " : "", o->ases[ids[i]].asn);
	return buf;
}

static void
test_siblings(void)
{
	struct orgs a, b;
	char buf[256];

	orgs_init(&a);
	orgs_init(&b);
	ok(orgs_add(&b, SPAN("ORG-B"), SPAN("B Ltd"), SPAN("DE")) == OK &&
	    orgs_add(&a, SPAN("ORG-A"), SPAN("A Inc"), SPAN("US")) == OK && add(&a, 30, "THIRTY", "ORG-A") &&
	    add(&b, 10, "TEN", "ORG-A") && add(&a, 20, "TWENTY", "ORG-B") && add(&a, 40, "FORTY", "") &&
	    add(&a, 50, "FIFTY", "") && fill(&a, 10, "ten", "PDB-1") && fill(&b, 60, "sixty", "PDB-1") &&
	    fill(&a, 61, "sixty-one", "PDB-1") && add(&b, 4294967294u, "LAST", "ORG-A") &&
	    orgs_add(&a, SPAN("PDB-1"), SPAN("P"), SPAN("")) == OK, "organisations and ASes can be added");
	ok(orgs_absorb(&a, &b) == OK, "and joined");
	orgs_seal(&a);
	is_str(siblings(&a, 30, buf), "10 30 4294967294", "siblings come ascending, from both parts");
	is_str(siblings(&a, 20, buf), "20", "an organisation with one AS");
	is_str(siblings(&a, 40, buf), "40", "ASes without an organisation are not each other's siblings");
	is_str(siblings(&a, 50, buf), "50", "each is alone");
	is_str(siblings(&a, 60, buf), "60 61", "where as2org is silent PeeringDB's organisation counts");
	is_str(siblings(&a, 99, buf), "", "an AS nobody speaks of has none");
	is_str(orgs_as(&a, 10)->org_id, "ORG-A", "where as2org speaks PeeringDB's does not count");
	is_str(orgs_find(&a, "ORG-B")->name, "B Ltd", "an organisation is found by its id");
	ok(orgs_find(&a, "ORG-C") == NULL && orgs_find(&a, "") == NULL, "and one that is not there is not");
	ok(a.n_conflicts == 0, "filling in is no conflict");
	orgs_release(&a);
	orgs_release(&b);
}

static void
test_order(void)
{
	int swap;

	for (swap = 0; swap < 2; swap++) {
		struct orgs a, b;

		orgs_init(&a);
		orgs_init(&b);
		if (!add(swap ? &a : &b, 10, "X", "ORG-2") || !add(swap ? &b : &a, 10, "Y", "ORG-1") ||
		    orgs_add(swap ? &a : &b, SPAN("ORG-1"), SPAN("B"), SPAN("")) != OK ||
		    orgs_add(swap ? &b : &a, SPAN("ORG-1"), SPAN("A"), SPAN("")) != OK ||
		    orgs_absorb(&a, &b) != OK)
			exit(2);
		orgs_seal(&a);
		is_str(orgs_as(&a, 10)->org_id, "ORG-1", "contradicting files: the answer does not depend on order");
		is_str(orgs_find(&a, "ORG-1")->name, "A", "nor does a name");
		ok(a.n_conflicts == 1, "the contradiction is counted");
		orgs_release(&a);
		orgs_release(&b);
	}
}

int
main(void)
{
	struct orgs o;
	const uint32_t *ids;

	orgs_init(&o);
	orgs_seal(&o);
	ok(orgs_as(&o, 1) == NULL && orgs_siblings(&o, 1, &ids) == 0, "an empty table knows nobody");
	orgs_release(&o);
	test_siblings();
	test_order();
	return tap_done();
}
