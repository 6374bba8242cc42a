/*
 * m_people: contacts, Spoofer tests, ASPA: what an AS says of itself and what volunteers measured in it.
 */
#include "metric/compute.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY 86400

static bool
irr_contact(const struct compute *c)
{
	const struct irr_autnum *a = irr_autnum_of(&c->w->irr, c->asn);

	return a != NULL && a->contact;
}

static void
fill_contact(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct irr_autnum *a = irr_autnum_of(&c->w->irr, c->asn);
	const struct contact *p = contacts_of(&c->w->contacts, c->asn);
	char text[UTC_TEXT];

	(void)from;
	record_object(c, r, a == NULL ? "aut-num: none" : a->contact ? "aut-num: with contact"
	    : "aut-num: without contact");
	record_object(c, r, p == NULL ? "PeeringDB: no net" : arena_printf(c->a,
	    "PeeringDB: net, %s, updated %s", p->noc ? "NOC contact" : p->any ? "contact, but no NOC" : "no contact",
	    utc_format(p->updated, text)));
	r->rule = d->arg;
	r->remedy = arena_printf(c->a, "register a contact in the aut-num of AS%u (admin-c, tech-c) and in "
	    "PeeringDB (role NOC), and keep both up to date", c->asn);
}

/* A contact is in the registry or in PeeringDB. That there is none can be said only when both were read. */
void
m_m8(struct compute *c)
{
	const struct contact *p = contacts_of(&c->w->contacts, c->asn);
	bool autnums = c->w->irr.n_autnums > 0;
	bool pdb = (c->m->evidence & EV_BIT(EV_PDB_NET)) != 0 && (c->m->evidence & EV_BIT(EV_PDB_POC)) != 0;

	c->m->den = 1;
	if (irr_contact(c) || (pdb && p != NULL && p->any)) {
		c->m->num = 1;
		return;
	}
	if (!autnums && !pdb)
		no_data(c, "neither aut-num objects nor PeeringDB contacts were read");
	else if (!autnums)
		no_data(c, "no contact in PeeringDB, and no aut-num object was read");
	else if (!pdb)
		no_data(c, "no contact in the aut-num objects, and PeeringDB was not read");
	else
		decide(c, &(struct deciding){.code = "no-contact", .origin = ORIGIN_NONE, .route = MAP_NONE,
		    .arg = "MANRS M8: a contact is registered", .fill = fill_contact});
}

/* The part of P-COORD-1 that files can show. */
void
m_contact_fresh(struct compute *c)
{
	const struct contact *p = contacts_of(&c->w->contacts, c->asn);
	const char *code = NULL;

	if (c->w->irr.n_autnums == 0) {
		no_data(c, "no aut-num object was read");
		return;
	}
	if (!utc_known(c->w->at)) {
		no_data(c, "the moment to judge for is not known");
		return;
	}
	c->m->den = 1;
	if (!irr_contact(c))
		code = "no-irr-contact";
	else if (p == NULL || !p->noc)
		code = "no-peeringdb-contact";
	else if (!utc_known(p->updated) || c->w->at.s - p->updated.s > (int64_t)c->f->p.contact_days * DAY)
		code = "stale-contact";
	c->m->num = code == NULL;
	if (code != NULL)
		decide(c, &(struct deciding){.code = code, .origin = ORIGIN_NONE, .route = MAP_NONE,
		    .arg = "P-COORD-1: a contact in the aut-num and a NOC contact in PeeringDB, updated recently",
		    .fill = fill_contact});
}

static void
fill_spoofer(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct spoofer_test *t = d->arg;
	char prefix[PREFIX_TEXT], time[UTC_TEXT];

	(void)from;
	prefix_format(&t->client, prefix);
	record_object(c, r, arena_printf(c->a, "Spoofer session %llu of %s from %s: received",
	    (unsigned long long)t->session, utc_format(t->time, time), prefix));
	r->rule = "BCP 38 (RFC 2827) section 3: a packet with a source that is not the network's got out";
	r->remedy = arena_printf(c->a, "enable source-address validation for %s (BCP 38, BCP 84)", prefix);
}

/* Whether the test says anything. NAT is not source-address validation: with strict, only a packet that
 * got out, or one blocked where no NAT stood between, says something. */
static bool
test_counts(const struct compute *c, const struct spoofer_test *t, bool strict)
{
	if (utc_known(c->w->at) && utc_known(t->time) &&
	    c->w->at.s - t->time.s > (int64_t)c->f->p.spoofer_days * DAY)
		return false;
	if (t->routed == SPOOF_RECEIVED)
		return true;
	if (strict)
		return t->routed == SPOOF_BLOCKED && !t->nat;
	return t->routed == SPOOF_BLOCKED || t->routed == SPOOF_REWRITTEN;
}

static int
cmp_network(const void *a, const void *b)
{
	const struct spoofer_test *x = *(const struct spoofer_test *const *)a;
	const struct spoofer_test *y = *(const struct spoofer_test *const *)b;
	int d = prefix_cmp(&x->client, &y->client);

	if (d != 0)
		return d;
	if ((x->routed == SPOOF_RECEIVED) != (y->routed == SPOOF_RECEIVED))
		return x->routed == SPOOF_RECEIVED ? -1 : 1;
	if (x->time.s != y->time.s)
		return x->time.s < y->time.s ? -1 : 1;
	return (x->session > y->session) - (x->session < y->session);
}

/* The distinct client networks tested, and those that let a packet out. False when there is no test. */
static bool
networks(struct compute *c, bool strict)
{
	const struct spoofer_test *first;
	size_t i, n = spoofer_of(&c->w->spoofer, c->asn, &first), used = 0;
	const struct spoofer_test **t = xmalloc(n * sizeof(*t));
	uint64_t tested[FAMILY_N] = {0}, received[FAMILY_N] = {0};

	for (i = 0; i < n; i++)
		if (test_counts(c, &first[i], strict))
			t[used++] = &first[i];
	if (used > 0)
		qsort(t, used, sizeof(*t), cmp_network);
	for (i = 0; i < used; i++) {
		char detail[24];

		if (i > 0 && prefix_eq(&t[i]->client, &t[i - 1]->client))
			continue;
		tested[t[i]->client.family]++;
		if (t[i]->routed != SPOOF_RECEIVED)
			continue;
		received[t[i]->client.family]++;
		snprintf(detail, sizeof(detail), "%llu", (unsigned long long)t[i]->session);
		decide(c, &(struct deciding){.code = "received", .prefix = &t[i]->client, .origin = ORIGIN_NONE,
		    .detail = detail, .route = MAP_NONE, .arg = t[i], .fill = fill_spoofer});
	}
	free(t);
	c->m->den = tested[FAMILY_V4] + tested[FAMILY_V6];
	c->m->num = received[FAMILY_V4] + received[FAMILY_V6];
	part_set(c, 0, "networks-v4", tested[FAMILY_V4]);
	part_set(c, 1, "networks-v6", tested[FAMILY_V6]);
	part_set(c, 2, "received-v4", received[FAMILY_V4]);
	part_set(c, 3, "received-v6", received[FAMILY_V6]);
	if (used == 0)
		no_data(c, "no Spoofer test from this AS");
	return used > 0;
}

void
m_m5(struct compute *c)
{
	if (networks(c, false))
		c->m->value_ppm = curve_h1_ppm(c->m->num * 1000);
}

void
m_sav(struct compute *c)
{
	(void)networks(c, true);
}

static void
fill_aspa(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	(void)d;
	(void)from;
	r->rule = "draft-ietf-sidrops-aspa-profile: no ASPA has this AS as customer";
	r->remedy = arena_printf(c->a, "publish an ASPA with customer AS%u and all its providers", c->asn);
}

void
m_aspa(struct compute *c)
{
	const struct provider_set *s = rpki_aspa(&c->w->rpki, c->asn);

	c->m->den = 1;
	c->m->num = s != NULL;
	if (s == NULL)
		decide(c, &(struct deciding){.code = "no-aspa", .origin = ORIGIN_NONE, .route = MAP_NONE,
		    .fill = fill_aspa});
	else
		part_set(c, 0, "providers", s->n);
}
