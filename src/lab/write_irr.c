/*
 * write_irr: RPSL dumps (RFC 2622): one registry that authorises its objects, which holds the
 * aut-nums, as-sets and contacts too, and one of a third party.
 */
#include "addr/asn.h"
#include "lab/write.h"

static const char source_ripe[] = "RIPE", source_radb[] = "RADB";

static const char *
modified(const struct lab *w, uint32_t as)
{
	return recipes[w->ases[as].fault].contact == CONTACT_STALE ? "2029-05-01T00:00:00Z"
								 : "2031-04-20T00:00:00Z";
}

static void
put_route(struct outs *o, const struct lab_object *r, const char *source)
{
	char text[PREFIX_TEXT];

	str_adds(&o->text, r->prefix.family == FAMILY_V4 ? "route:          " : "route6:         ");
	str_adds(&o->text, prefix_format(&r->prefix, text));
	str_adds(&o->text, "\norigin:         AS");
	str_addu(&o->text, r->asn);
	str_adds(&o->text, "\nmnt-by:         LAB-ROUTES-MNT\nlast-modified:  2030-11-01T00:00:00Z\n"
	    "source:         ");
	str_adds(&o->text, source);
	str_adds(&o->text, "\n\n");
	out_flow(o);
}

static uint64_t
put_routes(struct outs *o, const struct lab *w, bool third_party, const char *source)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < w->n_objects; i++) {
		if (w->objects[i].third_party != third_party)
			continue;
		put_route(o, &w->objects[i], source);
		n++;
	}
	return n;
}

/* Providers are sent the cone and send everything, customers the other way round. */
static void
put_policy(struct outs *o, const struct lab *w, uint32_t as)
{
	const struct lab_adj *adj[] = {&w->providers, &w->peers_of, &w->customers};
	uint32_t own = w->ases[as].asn, other, side, e;

	for (side = 0; side < 3; side++)
		for (e = adj[side]->first[as]; e < adj[side]->first[as + 1]; e++) {
			other = w->ases[adj[side]->to[e]].asn;
			if (asn_bogon(other) != NULL)
				continue;
			str_addf(&o->text, "import:         from AS%u accept %s\n", other,
			    side == 0 ? "ANY" : "PeerAS");
			if (side == 2)
				str_addf(&o->text, "export:         to AS%u announce ANY\n", other);
			else
				str_addf(&o->text, "export:         to AS%u announce AS%u:AS-CONE\n", other, own);
		}
}

static void
put_autnum(struct outs *o, const struct lab *w, uint32_t as)
{
	enum contact_plan c = recipes[w->ases[as].fault].contact;
	uint32_t asn = w->ases[as].asn;
	char name[LAB_NAME];

	str_addf(&o->text, "aut-num:        AS%u\nas-name:        %s\n", asn, lab_as_name(w, as, name));
	put_policy(o, w, as);
	if (c == CONTACT_BOTH || c == CONTACT_IRR_ONLY || c == CONTACT_STALE)
		str_addf(&o->text, "admin-c:        LAB%u-RIPE\ntech-c:         LAB%u-RIPE\n", asn, asn);
	if (c == CONTACT_ABUSE_ONLY)
		str_addf(&o->text, "abuse-c:        LAB%u-RIPE\n", asn);
	str_addf(&o->text, "last-modified:  %s\nsource:         RIPE\n\n", modified(w, as));
	if (c == CONTACT_NONE || c == CONTACT_PDB_ONLY)
		return;
	str_addf(&o->text, "role:           %s NOC\nnic-hdl:        LAB%u-RIPE\n"
	    "address:        Nowhere\ne-mail:         noc@as%u.lab.example\nphone:          +00 000 %u\n"
	    "abuse-mailbox:  abuse@as%u.lab.example\nlast-modified:  %s\nsource:         RIPE\n\n",
	    name, asn, asn, asn, asn, modified(w, as));
	out_flow(o);
}

static void
put_cone(struct outs *o, const struct lab *w, uint32_t as)
{
	const struct lab_adj *adj = &w->customers;
	uint32_t e, asn = w->ases[as].asn;

	str_addf(&o->text, "as-set:         AS%u:AS-CONE\nmembers:        AS%u", asn, asn);
	for (e = adj->first[as]; e < adj->first[as + 1]; e++) {
		const struct lab_as *c = &w->ases[adj->to[e]];

		if (asn_bogon(c->asn) == NULL)
			str_addf(&o->text, ", AS%u%s", c->asn, c->tier < TIER_STUB ? ":AS-CONE" : "");
	}
	str_addf(&o->text, "\nlast-modified:  2030-11-01T00:00:00Z\nsource:         RIPE\n\n");
	out_flow(o);
}

static void
put_maintainer(struct outs *o, const char *source)
{
	str_addf(&o->text, "%% A synthetic registry, written by routemark lab: none of this is real.\n\n"
	    "mntner:         LAB-ROUTES-MNT\nupd-to:         routes@lab.example\n"
	    "last-modified:  2031-05-31T00:00:00Z\nsource:         %s\n\n", source);
}

void
write_irr(struct outs *o, const struct lab *w, struct lab_sum *sum)
{
	uint32_t i;

	out_begin(o, "irr.ripe.db");
	put_maintainer(o, source_ripe);
	for (i = 0; i < w->n_routed; i++) {
		if (w->ases[i].unallocated)
			continue;
		put_autnum(o, w, i);
		if (w->ases[i].tier < TIER_STUB)
			put_cone(o, w, i);
	}
	sum->objects += put_routes(o, w, false, source_ripe);
	out_end(o);
	out_begin(o, "irr.radb.db");
	put_maintainer(o, source_radb);
	sum->objects += put_routes(o, w, true, source_radb);
	out_end(o);
}
