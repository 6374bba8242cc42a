#include "tap.h"
#include "world/people.h"

static void
add_net(struct contacts *c, uint64_t id, uint32_t asn, int64_t updated)
{
	struct pdb_net n = {.id = id, .asn = asn, .name = SPAN("N"), .irr_as_set = SPAN(""), .updated = {updated}};

	if (contacts_add_net(c, &n) != OK)
		exit(2);
}

static void
add_poc(struct contacts *c, uint64_t id, uint64_t net, const char *role, bool email, int64_t updated)
{
	struct pdb_poc p = {.id = id, .net_id = net, .role = span_of(role), .visible = SPAN("Public"),
	    .email = email, .updated = {updated}};

	if (contacts_add_poc(c, &p) != OK)
		exit(2);
}

static void
test_contacts(void)
{
	int swap;

	for (swap = 0; swap < 2; swap++) {
		struct contacts a, b;
		struct contacts *x = swap ? &b : &a, *y = swap ? &a : &b;
		const struct contact *c;

		contacts_init(&a);
		contacts_init(&b);
		add_net(x, 7, 64500, 100);
		add_net(y, 7, 64500, 50);
		add_net(x, 9, 64501, 10);
		add_net(y, 3, 64502, 10);
		add_poc(y, 1, 7, "NOC", true, 300);
		add_poc(x, 2, 9, "Policy", true, 5);
		add_poc(x, 4, 3, "NOC", false, 900);
		add_poc(x, 5, 8, "NOC", true, 900);
		y->nets_present = true;
		ok(contacts_absorb(&a, &b) == OK && a.nets_present, "two parts are joined");
		contacts_seal(&a);
		c = contacts_of(&a, 64500);
		ok(c != NULL && c->noc && c->any && c->updated.s == 300,
		    "a NOC with an email is a contact, as fresh as its newest part");
		c = contacts_of(&a, 64501);
		ok(c != NULL && !c->noc && c->any && c->updated.s == 10, "another role is a contact, but no NOC");
		c = contacts_of(&a, 64502);
		ok(c != NULL && !c->noc && !c->any && c->updated.s == 10,
		    "an entry with neither email nor phone is none");
		ok(contacts_of(&a, 64503) == NULL, "an AS without a net entry has none");
		ok(a.n_nets == 3 && a.n == 3 && a.nets[1].updated.s == 100, "of two copies of a net the newest stays");
		contacts_release(&a);
		contacts_release(&b);
	}
}

static struct spoofer_test
session(uint64_t id, uint32_t asn, int64_t time, enum spoof_result routed, enum spoof_result priv)
{
	struct spoofer_test t = {.session = id, .asn = asn, .time = {time}, .routed = routed, .priv = priv};

	t.client = (struct prefix){{192, 0, 2}, FAMILY_V4, 24};
	return t;
}

static void
test_spoofer(void)
{
	struct spoofer a, b;
	const struct spoofer_test *t;
	const struct spoofer_test s[] = {
		session(1, 10, 100, SPOOF_RECEIVED, SPOOF_NONE), session(1, 10, 100, SPOOF_RECEIVED, SPOOF_BLOCKED),
		session(2, 10, 50, SPOOF_BLOCKED, SPOOF_NONE), session(2, 10, 50, SPOOF_RECEIVED, SPOOF_NONE),
		session(5, 8, 1, SPOOF_RECEIVED, SPOOF_NONE), session(5, 8, 1, SPOOF_NONE, SPOOF_BLOCKED),
		session(3, 4294967295u, 50, SPOOF_REWRITTEN, SPOOF_NONE), session(4, 9, 7, SPOOF_NONE, SPOOF_UNKNOWN),
	};
	size_t i, n;

	spoofer_init(&a);
	spoofer_init(&b);
	for (i = 0; i < sizeof(s) / sizeof(s[0]); i++)
		if (spoofer_add(i % 2 == 0 ? &a : &b, &s[i]) != OK)
			exit(2);
	ok(spoofer_absorb(&a, &b) == OK, "two parts are joined");
	spoofer_seal(&a);
	n = spoofer_of(&a, 10, &t);
	ok(n == 3 && t[0].time.s == 50 && t[1].time.s == 50 && t[2].time.s == 100, "tests of an AS come by time");
	ok(n == 3 && t[2].routed == SPOOF_RECEIVED && t[2].priv == SPOOF_BLOCKED,
	    "a session told by two inputs is one test with what both know");
	n = spoofer_of(&a, 8, &t);
	ok(n == 1 && t[0].routed == SPOOF_RECEIVED && t[0].priv == SPOOF_BLOCKED, "each may know what the other lacks");
	n = spoofer_of(&a, 10, &t);
	ok(n == 3 && t[0].routed != t[1].routed, "results that contradict each other both stay");
	ok(spoofer_of(&a, 4294967295u, &t) == 1 && t->session == 3, "the last ASN is found");
	ok(spoofer_of(&a, 11, &t) == 0, "an AS without tests has none");
	spoofer_release(&a);
	spoofer_release(&b);
}

static void
test_participants(void)
{
	struct participants a, b;
	const struct participant *p;

	participants_init(&a);
	participants_init(&b);
	ok(participants_add(&a, MANRS_NETOPS, 20940, SPAN("Z")) == OK &&
	    participants_add(&b, MANRS_CDN, 20940, SPAN("A")) == OK &&
	    participants_add(&b, MANRS_NETOPS, 5, SPAN("Five")) == OK && participants_absorb(&a, &b) == OK,
	    "two lists are joined");
	participants_seal(&a);
	p = participants_of(&a, 20940);
	ok(p != NULL && p->netops && p->cdn && strcmp(p->org, "A") == 0 && a.n == 2,
	    "an AS in both programmes is one participant, named the same in any order");
	p = participants_of(&a, 5);
	ok(p != NULL && p->netops && !p->cdn, "an operator is no CDN");
	ok(participants_of(&a, 6) == NULL, "an AS in no list takes no part");
	participants_release(&a);
	participants_release(&b);
}

int
main(void)
{
	test_contacts();
	test_spoofer();
	test_participants();
	return tap_done();
}
