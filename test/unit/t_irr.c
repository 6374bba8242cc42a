#include "tap.h"
#include "world/irr.h"

static uint64_t state = 99194853094755497u;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % n;
}

static struct prefix
pfx(const char *text)
{
	struct prefix p = {0};
	bool host_bits;

	if (prefix_parse(span_of(text), &p, &host_bits) != OK || host_bits)
		exit(2);
	return p;
}

static struct prefix
random_prefix(void)
{
	struct prefix p = {.family = FAMILY_V4};
	unsigned i;

	p.len = (uint8_t)(2 + rnd(31));
	p.addr[0] = rnd(4) == 0 ? (uint8_t)rnd(256) : 0;
	for (i = 0; i < 32; i += 1 + rnd(8))
		if (rnd(6) == 0)
			p.addr[i / 8] |= (uint8_t)(0x80 >> i % 8);
	prefix_mask(&p);
	return p;
}

static void
add(struct irr *t, const char *prefix, uint32_t origin, const char *source, bool auth, int64_t modified)
{
	struct prefix p = pfx(prefix);

	if (irr_add_route(t, &p, origin, span_of(source), auth, (struct utc){modified}) != OK)
		exit(2);
}

static enum irr_state
naive(const struct irr *t, const struct prefix *p, uint32_t origin, bool auth)
{
	bool covered = false, same = false;
	size_t i;

	for (i = 0; i < t->n_routes; i++) {
		const struct irr_route *r = &t->routes[i];

		if (!prefix_covers(&r->prefix, p) || (auth && !t->sources[r->source].authoritative))
			continue;
		covered = true;
		if (r->origin == origin && r->prefix.len == p->len)
			return IRR_VALID;
		same = same || r->origin == origin;
	}
	return same ? IRR_MORE_SPECIFIC : covered ? IRR_INVALID : IRR_NOT_FOUND;
}

#define OBJECTS 300

static void
test_oracle(void)
{
	size_t round, i, wrong = 0, deep = 0;
	uint64_t seen[IRR_INVALID + 1] = {0};

	for (round = 0; round < 40; round++) {
		struct irr t;

		irr_init(&t);
		for (i = 0; i < OBJECTS; i++) {
			struct prefix p = random_prefix();
			uint32_t s = rnd(3);

			if (irr_add_route(&t, &p, rnd(5), s == 0 ? SPAN("RADB") : s == 1 ? SPAN("RIPE") :
			    SPAN("ARIN"), s != 0, UTC_NONE) != OK)
				exit(2);
		}
		irr_seal(&t);
		for (i = 0; i < 500; i++) {
			struct prefix p = rnd(2) == 0 ? t.routes[rnd((uint32_t)t.n_routes)].prefix : random_prefix();
			uint32_t origin = rnd(6);
			bool auth = rnd(2) == 0;
			enum irr_state want = naive(&t, &p, origin, auth);

			seen[want]++;
			wrong += irr_state_of(&t, &p, origin, auth) != want;
			deep += irr_covering(&t, &p, NULL, 0) >= 8;
		}
		irr_release(&t);
	}
	ok(wrong == 0, "random dense tables: a look-up answers as a loop over all objects");
	ok(deep > 100, "the random tables have long chains of covering prefixes");
	for (i = 0; i <= IRR_INVALID; i++)
		ok(seen[i] > 50, "the random routes include many that are %s", irr_word((enum irr_state)i));
}

static void
test_states(void)
{
	static const struct { const char *route; uint32_t origin; bool auth; enum irr_state want; } t[] = {
		{"192.0.2.0/24", 64500, false, IRR_VALID},
		{"192.0.2.0/24", 64501, false, IRR_INVALID},
		{"192.0.2.0/25", 64500, false, IRR_MORE_SPECIFIC},
		{"192.0.2.0/25", 64501, false, IRR_INVALID},
		{"192.0.0.0/16", 64500, false, IRR_NOT_FOUND},
		{"198.51.100.0/24", 64500, false, IRR_VALID},
		{"198.51.100.0/24", 64500, true, IRR_NOT_FOUND},
		{"2001:db8::/32", 64500, true, IRR_VALID},
		{"2001:db8:1::/48", 64500, true, IRR_MORE_SPECIFIC},
		{"0.0.0.0/0", 64500, false, IRR_NOT_FOUND},
	};
	struct irr irr;
	const uint32_t *ids;
	size_t i;

	irr_init(&irr);
	add(&irr, "192.0.2.0/24", 64500, "RIPE", true, 10);
	add(&irr, "192.0.2.0/24", 64500, "RADB", false, 10);
	add(&irr, "198.51.100.0/24", 64500, "RADB", false, 20);
	add(&irr, "198.51.100.0/24", 64500, "RADB", false, 30);
	add(&irr, "2001:db8::/32", 64500, "RIPE", true, 10);
	irr_seal(&irr);
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct prefix p = pfx(t[i].route);

		is_str(irr_word(irr_state_of(&irr, &p, t[i].origin, t[i].auth)), irr_word(t[i].want),
		    "%s AS%u is %s%s", t[i].route, t[i].origin, irr_word(t[i].want),
		    t[i].auth ? " by authoritative sources" : "");
	}
	ok(irr.n_routes == 4 && irr.routes[2].modified.s == 30, "of two copies of an object the newest stays");
	ok(irr_of(&irr, 64500, &ids) == 4 && ids[0] == 0 && ids[3] == 3, "irr_of lists an origin's objects");
	ok(irr_of(&irr, 64501, &ids) == 0, "and none of an origin without");
	ok(irr.n_sources == 2 && strcmp(irr.sources[0].name, "RADB") == 0 && irr.sources[0].n_routes == 2 &&
	    irr.sources[1].n_routes == 2, "sources are in the order of their names, with their counts");
	irr_release(&irr);
}

static bool
add_autnum(struct irr *t, struct irr_autnum a, const char *source, bool auth)
{
	return irr_add_autnum(t, &a, span_of(source), auth) == OK;
}

static void
test_autnums(void)
{
	struct irr a, b;
	const struct irr_autnum *n;

	irr_init(&a);
	irr_init(&b);
	ok(add_autnum(&a, (struct irr_autnum){.asn = 1, .name = "OLD", .n_import = 9}, "RADB", false) &&
	    add_autnum(&b, (struct irr_autnum){.asn = 1, .name = "TRUE", .holders = "org-x1-ripe"}, "RIPE", true) &&
	    add_autnum(&b, (struct irr_autnum){.asn = 2, .holders = "ORG-NONE"}, "RIPE", true) &&
	    add_autnum(&a, (struct irr_autnum){.asn = 2, .contact = true, .n_export = 3}, "RIPE", true) &&
	    irr_add_holder(&a, SPAN("ORG-X1-RIPE")) == OK, "aut-nums and organisations can be added");
	ok(irr_absorb(&a, &b) == OK, "and joined");
	irr_seal(&a);
	n = irr_autnum_of(&a, 1);
	ok(n != NULL && strcmp(n->name, "TRUE") == 0, "the authoritative aut-num comes before others");
	ok(n != NULL && n->contact, "an org that another file holds is a contact");
	n = irr_autnum_of(&a, 2);
	ok(n != NULL && n->contact && n->n_export == 3 && a.n_autnums == 3,
	    "two copies in one source are joined: a contact in one is a contact");
	ok(irr_autnum_of(&a, 3) == NULL, "an AS without an aut-num has none");
	irr_release(&a);
	irr_release(&b);
}

static void
test_absorb(void)
{
	struct irr a, b;
	size_t i;
	bool same = true;

	irr_init(&a);
	irr_init(&b);
	add(&a, "10.0.0.0/8", 1, "ZZ", false, 1);
	add(&b, "10.0.0.0/8", 1, "AA", true, 1);
	add(&b, "10.0.0.0/8", 1, "ZZ", true, 2);
	ok(irr_absorb(&a, &b) == OK, "tables with sources in different order can be joined");
	irr_seal(&a);
	for (i = 0; i < a.n_routes; i++)
		same = same && strcmp(a.sources[a.routes[i].source].name, i == 0 ? "AA" : "ZZ") == 0;
	ok(a.n_routes == 2 && same, "each object keeps its source");
	ok(a.sources[0].authoritative && !a.sources[1].authoritative,
	    "a source that is third-party somewhere is so everywhere");
	irr_release(&a);
	irr_release(&b);
}

int
main(void)
{
	test_states();
	test_oracle();
	test_autnums();
	test_absorb();
	return tap_done();
}
