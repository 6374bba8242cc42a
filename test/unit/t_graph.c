#include "tap.h"
#include "world/people.h"

static uint64_t state = 0x2545f4914f6cdd1d;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

static void
add(struct graph *g, uint32_t a, uint32_t b, enum asrel_kind kind)
{
	if (graph_add(g, &(struct asrel){a, b, kind}) != OK)
		exit(2);
}

static void
test_relations(void)
{
	struct graph g;

	graph_init(&g);
	add(&g, 10, 20, ASREL_P2C);
	add(&g, 10, 20, ASREL_P2C);
	add(&g, 20, 5, ASREL_P2C);
	add(&g, 4200000000u, 7, ASREL_P2P);
	add(&g, 7, 4200000000u, ASREL_P2P);
	add(&g, 7, 8, ASREL_S2S);
	add(&g, 1, 2, ASREL_P2C);
	add(&g, 2, 1, ASREL_P2C);
	add(&g, 1, 3, ASREL_P2C);
	add(&g, 3, 1, ASREL_P2P);
	add(&g, 9, 9, ASREL_P2P);
	graph_seal(&g);
	ok(graph_relation(&g, 10, 20) == REL_CUSTOMER, "20 is 10's customer");
	ok(graph_relation(&g, 20, 10) == REL_PROVIDER, "10 is 20's provider");
	ok(graph_relation(&g, 20, 5) == REL_CUSTOMER && graph_relation(&g, 5, 20) == REL_PROVIDER,
	    "the direction does not depend on which ASN is higher");
	ok(graph_relation(&g, 7, 4200000000u) == REL_PEER && graph_relation(&g, 4200000000u, 7) == REL_PEER,
	    "peers are peers both ways, given twice and in both orders");
	ok(graph_relation(&g, 8, 7) == REL_SIBLING, "siblings are siblings");
	ok(graph_relation(&g, 1, 2) == REL_NONE, "each the other's provider: contradicts, so dropped");
	ok(graph_relation(&g, 1, 3) == REL_NONE, "customer and peer at once: dropped");
	ok(g.n_conflicts == 3, "contradictions are counted, a link with itself among them");
	ok(!graph_knows(&g, 1) && !graph_knows(&g, 9) && graph_knows(&g, 5), "what was dropped is not known");
	ok(graph_customers(&g, 10) == 1 && graph_customers(&g, 20) == 1 && graph_customers(&g, 5) == 0 &&
	    graph_customers(&g, 999) == 0, "direct customers are counted once");
	ok(graph_relation(&g, 10, 5) == REL_NONE, "a customer's customer is none");
	graph_release(&g);
}

static void
test_oracle(void)
{
	static enum as_relation want[40][40];
	struct graph g, part[2];
	uint32_t a, b;
	size_t wrong = 0, customers, i;

	memset(want, 0, sizeof(want));
	graph_init(&g);
	graph_init(&part[0]);
	graph_init(&part[1]);
	for (a = 0; a < 40; a++)
		for (b = a + 1; b < 40; b++) {
			uint32_t r = rnd(4);

			if (r == 0)
				continue;
			want[a][b] = r == 1 ? REL_CUSTOMER : r == 2 ? REL_PROVIDER : REL_PEER;
			want[b][a] = r == 1 ? REL_PROVIDER : r == 2 ? REL_CUSTOMER : REL_PEER;
			for (i = 0; i <= rnd(2); i++)
				add(&part[rnd(2)], r == 2 ? b : a, r == 2 ? a : b, r == 3 ? ASREL_P2P : ASREL_P2C);
		}
	if (graph_absorb(&g, &part[1]) != OK || graph_absorb(&g, &part[0]) != OK)
		exit(2);
	graph_seal(&g);
	for (a = 0; a < 40; a++) {
		for (b = 0, customers = 0; b < 40; b++) {
			wrong += graph_relation(&g, a, b) != want[a][b];
			customers += want[a][b] == REL_CUSTOMER;
		}
		wrong += graph_customers(&g, a) != customers;
	}
	ok(wrong == 0, "a random graph in two parts answers as a matrix does");
	graph_release(&g);
	graph_release(&part[0]);
	graph_release(&part[1]);
}

static void
test_empty(void)
{
	struct graph g;

	graph_init(&g);
	graph_seal(&g);
	ok(graph_relation(&g, 1, 2) == REL_NONE && !graph_knows(&g, 1) && graph_customers(&g, 1) == 0,
	    "an empty graph knows nobody");
	graph_release(&g);
	graph_init(&g);
	if (graph_add(&g, &(struct asrel){UINT32_MAX, 7, ASREL_P2C}) != OK)
		exit(2);
	graph_seal(&g);
	ok(!graph_knows(&g, UINT32_MAX) && graph_customers(&g, UINT32_MAX) == 0 && graph_knows(&g, 7),
	    "4294967295 is no AS (RFC 7300), nobody's provider either");
	graph_release(&g);
}

int
main(void)
{
	test_relations();
	test_oracle();
	test_empty();
	return tap_done();
}
