/*
 * write_people: PeeringDB net, org and poc as its API gives them, Spoofer sessions as CAIDA's does,
 * and the lists of MANRS participants.
 */
#include "lab/space.h"
#include "lab/write.h"

static const char fresh[] = "2031-05-10T00:00:00Z", stale[] = "2029-05-01T00:00:00Z";

static bool
in_peeringdb(const struct lab *w, uint32_t as)
{
	enum contact_plan c = recipes[w->ases[as].fault].contact;

	/* every network of the small world is there, every third of the large one */
	if (w->ases[as].unallocated || c == CONTACT_NONE || c == CONTACT_ABUSE_ONLY || c == CONTACT_IRR_ONLY)
		return false;
	return w->params.scale == LAB_SMALL || w->ases[as].tier != TIER_STUB || as % 3 == 0;
}

static const char *
updated(const struct lab *w, uint32_t as)
{
	return recipes[w->ases[as].fault].contact == CONTACT_STALE ? stale : fresh;
}

static void
begin(struct outs *o, const char *name)
{
	out_begin(o, name);
	str_adds(&o->text, "{\"data\": [");
}

static void
end(struct outs *o)
{
	str_adds(&o->text, "], \"meta\": {}}\n");
	out_end(o);
}

static void
put_nets(struct outs *o, const struct lab *w)
{
	static const char *const type[TIER_N] = {"NSP", "NSP", "Cable/DSL/ISP", "Content", "Content"};
	const char *comma = "";
	char name[LAB_NAME];
	uint32_t i;

	begin(o, "peeringdb-net-20310601.json");
	for (i = 0; i < w->n_routed; i++) {
		const struct lab_as *a = &w->ases[i];

		if (!in_peeringdb(w, i))
			continue;
		str_addf(&o->text, "%s{\"id\": %u, \"org_id\": %u, \"name\": \"%s\", \"aka\": \"\", \"asn\": %u, "
		    "\"irr_as_set\": \"RIPE::AS%u:AS-CONE\", \"info_type\": \"%s\", \"created\": "
		    "\"2030-01-01T00:00:00Z\", \"updated\": \"%s\", \"status\": \"ok\"}", comma, i + 1,
		    a->org + 1, lab_as_name(w, i, name), a->asn, a->asn, type[a->tier], updated(w, i));
		comma = ", ";
		out_flow(o);
	}
	end(o);
}

static void
put_orgs(struct outs *o, const struct lab *w)
{
	char name[LAB_NAME];
	uint32_t i;

	begin(o, "peeringdb-org-20310601.json");
	for (i = 0; i < w->n_routed; i++) {
		if (w->ases[i].org != i)
			continue;
		str_addf(&o->text, "%s{\"id\": %u, \"name\": \"%s\", \"aka\": \"\", \"address1\": \"\", "
		    "\"city\": \"\", \"country\": \"\", \"created\": \"2030-01-01T00:00:00Z\", "
		    "\"updated\": \"%s\", \"status\": \"ok\"}", i > 0 ? ", " : "", i + 1,
		    lab_org_name(w, i, name), fresh);
		out_flow(o);
	}
	end(o);
}

static void
put_pocs(struct outs *o, const struct lab *w)
{
	const char *comma = "";
	uint32_t i;

	begin(o, "peeringdb-poc-20310601.json");
	for (i = 0; i < w->n_routed; i++) {
		if (!in_peeringdb(w, i))
			continue;
		str_addf(&o->text, "%s{\"id\": %u, \"net_id\": %u, \"role\": \"NOC\", \"visible\": \"Public\", "
		    "\"name\": \"NOC\", \"phone\": \"+00 000 %u\", \"email\": \"noc@as%u.lab.example\", "
		    "\"url\": \"\", \"created\": \"2030-01-01T00:00:00Z\", \"updated\": \"%s\", "
		    "\"status\": \"ok\"}", comma, i + 1, i + 1, i, w->ases[i].asn, updated(w, i));
		comma = ", ";
		out_flow(o);
	}
	end(o);
}

static const struct prefix *
block_of(const struct lab *w, uint32_t as, unsigned family)
{
	uint32_t i;

	for (i = 0; i < w->ases[as].n_blocks; i++)
		if (w->blocks[w->ases[as].first_block + i].prefix.family == family)
			return &w->blocks[w->ases[as].first_block + i].prefix;
	return NULL;
}

/* One session from the no-th network of an AS: IPv4, and IPv6 when the plan says so. */
static void
put_session(struct outs *o, const struct lab *w, uint32_t as, uint32_t no, uint32_t session)
{
	const struct spoof_plan *s = &recipes[w->ases[as].fault].spoof;
	const struct prefix *b4 = block_of(w, as, FAMILY_V4), *b6 = block_of(w, as, FAMILY_V6);
	struct prefix p4 = prefix_part(b4, 24, no), p6;
	char text4[PREFIX_TEXT], text6[PREFIX_TEXT];
	const char *said = no < s->received ? "received" : "blocked";

	str_addf(&o->text, "%s{\"session\": %u, \"timestamp\": \"2031-05-%02uT12:00:00+00:00\", "
	    "\"country\": \"xaa\", \"client4\": \"%s\", \"asn4\": \"%u\", \"nat4\": false, "
	    "\"routedspoof\": \"%s\", \"privatespoof\": \"blocked\", ", session > 1 ? ", " : "", session,
	    1 + (as + no * 5) % 30, prefix_format(&p4, text4), w->ases[as].asn, said);
	if (s->v6 && b6 != NULL) {
		p6 = prefix_part(b6, 40, no);
		str_addf(&o->text, "\"client6\": \"%s\", \"asn6\": \"%u\", \"nat6\": false, "
		    "\"routedspoof6\": \"blocked\", \"privatespoof6\": \"blocked\"}",
		    prefix_format(&p6, text6), w->ases[as].asn);
	} else {
		str_adds(&o->text, "\"client6\": null, \"asn6\": null, \"nat6\": null, "
		    "\"routedspoof6\": null, \"privatespoof6\": null}");
	}
	out_flow(o);
}

static void
put_spoofer(struct outs *o, const struct lab *w)
{
	uint32_t i, k, session = 0;

	out_begin(o, "spoofer.json");
	str_adds(&o->text, "{\"@context\": \"/contexts/Session\", \"@id\": \"/sessions\", "
	    "\"@type\": \"hydra:Collection\", \"hydra:member\": [");
	for (i = 0; i < w->n_routed; i++)
		for (k = 0; k < recipes[w->ases[i].fault].spoof.tested; k++)
			put_session(o, w, i, k, ++session);
	str_addf(&o->text, "], \"hydra:totalItems\": %u}\n", session);
	out_end(o);
}

/* One in eight organisations takes part, with all its ASNs; every tenth of them as a CDN. */
static void
put_participants(struct outs *o, const struct lab *w, bool cdn)
{
	char name[LAB_NAME];
	uint32_t i, k;

	out_begin(o, cdn ? "manrs_cdns-20310601.csv" : "manrs_isps-20310601.csv");
	str_adds(&o->text, cdn ? "Organization Name,ASNs,Action 1: Filtering,Action 2: Anti-spoofing,"
	    "Action 3: Coordination,Action 4: Global Validation,Action 5: MANRS Adoption,Action 6: Tools\n"
	    : "Organization Name,Areas,ASNs,Action 1: Filtering,Action 2: Anti-spoofing,"
	    "Action 3: Coordination,Action 4: Global Validation\n");
	for (i = 0; i < w->n_routed; i++) {
		if (w->ases[i].org != i || !lab_participant(w, i, cdn))
			continue;
		str_addf(&o->text, "%s,%s%u", lab_org_name(w, i, name), cdn ? "" : "XA,", w->ases[i].asn);
		for (k = i + 1; k < w->n_routed && w->ases[k].org == i; k++)
			str_addf(&o->text, ";%u", w->ases[k].asn);
		str_adds(&o->text, cdn ? ",Yes,Yes,Yes,IRR;RPKI,Yes,No\n" : ",Yes,Yes,Yes,Yes\n");
		out_flow(o);
	}
	out_end(o);
}

void
write_people(struct outs *o, const struct lab *w)
{
	put_nets(o, w);
	put_orgs(o, w);
	put_pocs(o, w);
	put_spoofer(o, w);
	put_participants(o, w, false);
	put_participants(o, w, true);
}
