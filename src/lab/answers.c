/*
 * answers: the answer key, canonical JSON, and a README for whoever finds the folder.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "base/json_w.h"
#include "lab/truth.h"
#include "lab/write.h"

#include <stdlib.h>

static const char *const definitions[][2] = {
    {"bogons", "propagated: by the AS next to the origin (prefixes) or next to the bogon ASN, on any path; "
	"a route that one full feed carries is looked at"},
    {"contact-fresh", "a contact in the aut-num and a NOC contact in PeeringDB updated within 180 days"},
    {"customer routes", "visible (prefix, origin) whose origin is a direct customer in the relationships of "
	"an AS that is on a path to it; imc22-a1: IPv4, origin not itself a MANRS participant"},
    {"enforcing", "ASes that drop RPKI-invalid routes from whoever sends them: none is seen behind them"},
    {"leak-proven", "routes on a path where the ASPAs of the two ASes around the leaker say that it is no provider of "
	"theirs, and neither is its peer; of those on paths where these two have an ASPA, and neither is its peer, or one has and "
	"OTC was set behind"},
    {"maxlength-exposure", "VRPs whose maxLength is above the longest visible route of their AS inside them, "
	"or above their own length when there is none"},
    {"misorigination", "RPKI-invalid routes that another has a VRP of, prefix for prefix, who announces the space, RPKI-valid; not when "
	"they are siblings or neighbours, one is on a path to the other's route, or it has a route object; none when it is so "
	"with fewer than three holders who are nothing to each other"},
    {"originated routes", "unique visible (prefix, origin), default routes left out"},
    {"seen", "in a table, or announced in the month of updates"},
    {"totals", "unique (prefix, origin) seen at all, default routes left out, by ROV state"},
    {"visible", "carried by 5 full-feed sessions, or by all when there are fewer"},
    {"wild-invalid-passed", "visible RPKI-invalid routes seen behind the AS, of those that a neighbour which is not "
	"the origin has from the same AS as another route of that origin, which the AS is seen to take from it, at its own "
	"full-feed session when it has one"},
};

static void
put_definitions(struct json_w *j)
{
	size_t i;

	json_key(j, "definitions");
	json_obj(j);
	for (i = 0; i < sizeof(definitions) / sizeof(definitions[0]); i++)
		json_kstrz(j, definitions[i][0], definitions[i][1]);
	json_obj_end(j);
}

static void
put_expected(struct json_w *j, const struct answer a[TRUTH_N])
{
	static const char *const state[] = {"OK", "NO_DATA", "NOT_APPLICABLE"};
	uint32_t m;

	json_key(j, "expect");
	json_obj(j);
	for (m = 0; m < TRUTH_N; m++) {
		json_key(j, truth_word(m));
		json_obj(j);
		if (a[m].state == TRUTH_OK) {
			json_ku64(j, "den", a[m].den);
			json_ku64(j, "num", a[m].num);
		}
		json_kstrz(j, "state", state[a[m].state]);
		json_obj_end(j);
	}
	json_obj_end(j);
}

static void
put_enforcing(struct json_w *j, const struct lab *w)
{
	uint32_t i;

	json_key(j, "enforcing");
	json_arr(j);
	for (i = 0; i < w->n_routed; i++)
		if (w->ases[i].enforces)
			json_u64(j, w->ases[i].asn);
	json_arr_end(j);
}

/* All ASNs of its organisation; they stand together. */
static void
put_siblings(struct json_w *j, const struct lab *w, uint32_t as)
{
	uint32_t org = w->ases[as].org, i;

	json_key(j, "organisation");
	json_arr(j);
	for (i = org; i < w->n_routed && w->ases[i].org == org; i++)
		json_u64(j, w->ases[i].asn);
	json_arr_end(j);
}

/* Every AS of a small world; of a large one those that something was planted on. */
static void
put_ases(struct json_w *j, struct outs *o, const struct lab *w, const struct truth *t)
{
	char name[LAB_NAME];
	uint32_t i;

	json_key(j, "ases");
	json_arr(j);
	for (i = 0; i < w->n_routed; i++) {
		const struct recipe *r = &recipes[w->ases[i].fault];

		if (t->as == NULL && w->ases[i].fault == FAULT_NONE)
			continue;
		json_obj(j);
		json_ku64(j, "asn", w->ases[i].asn);
		if (t->as != NULL)
			put_expected(j, t->as[i]);
		json_kstrz(j, "name", lab_as_name(w, i, name));
		put_siblings(j, w, i);
		json_kstrz(j, "planted", r->word);
		json_kstrz(j, "text", r->text);
		json_obj_end(j);
		out_flow(o);
	}
	json_arr_end(j);
}

static void
put_sightings(struct json_w *j, const struct lab *w, const struct incidents *in, uint32_t no)
{
	struct lab_wire_path path;
	uint64_t begin, end;
	uint32_t p;

	json_key(j, "seen_by");
	json_arr(j);
	for (p = 0; p < w->n_peers; p++)
		if (incident_path(w, &in->v[no], p, &path)) {
			incident_times(w, in, no, p, &begin, &end);
			json_obj(j);
			json_ku64(j, "begin_us", begin);
			json_ku64(j, "collector", w->peers[p].collector);
			json_ku64(j, "end_us", end);
			json_ku64(j, "peer", w->peers[p].asn);
			json_obj_end(j);
		}
	json_arr_end(j);
}

static void
put_incidents(struct json_w *j, const struct lab *w, const struct incidents *in)
{
	char text[PREFIX_TEXT], time[UTC_TEXT];
	uint32_t i;

	json_key(j, "incidents");
	json_arr(j);
	for (i = 0; i < in->n; i++) {
		const struct incident *x = &in->v[i];

		json_obj(j);
		json_kstrz(j, "begin", utc_format((struct utc){x->begin}, time));
		json_ku64(j, "culprit", w->ases[x->culprit].asn);
		json_kstrz(j, "end", utc_format((struct utc){x->end}, time));
		json_kstrz(j, "kind", incident_word(x->kind));
		if (x->kind == INCIDENT_LEAK) {
			json_ku64(j, "leaked_to", w->ases[x->neighbour].asn);
			json_ku64(j, "learned_from", w->ases[x->source].asn);
		}
		json_kstrz(j, "prefix", prefix_format(&x->prefix, text));
		put_sightings(j, w, in, i);
		if (x->route != LAB_NONE)
			json_ku64(j, "victim", w->ases[w->routes[x->route].origin].asn);
		json_obj_end(j);
	}
	json_arr_end(j);
}

static void
put_totals(struct json_w *j, const struct lab *w, const struct incidents *in)
{
	struct truth_totals t;

	truth_count(w, in, &t);
	json_key(j, "totals");
	json_obj(j);
	json_ku64(j, "invalid", t.invalid);
	json_ku64(j, "not-found", t.not_found);
	json_ku64(j, "routes", t.routes);
	json_ku64(j, "valid", t.valid);
	json_obj_end(j);
}

static void
put_sum(struct json_w *j, const struct lab_sum *s)
{
	json_key(j, "written");
	json_obj(j);
	json_ku64(j, "ases", s->ases);
	json_ku64(j, "aspas", s->aspas);
	json_ku64(j, "entries", s->entries);
	json_ku64(j, "hops", s->hops);
	json_ku64(j, "links", s->links);
	json_ku64(j, "messages", s->messages);
	json_ku64(j, "objects", s->objects);
	json_ku64(j, "routes", s->routes);
	json_ku64(j, "vrps", s->vrps);
	json_obj_end(j);
}

void
write_answers(struct outs *o, const struct lab *w, const struct incidents *in, const struct lab_sum *sum)
{
	struct truth t = {0};
	struct json_w j;

	if (w->params.scale == LAB_SMALL)
		truth_make(w, in, &t);
	out_begin(o, "ANSWERS.json");
	json_w_init(&j, &o->text);
	json_obj(&j);
	json_kstrz(&j, "_routemark_lab", "answer key of a synthetic Internet: nothing in it is real");
	put_ases(&j, o, w, &t);
	put_definitions(&j);
	put_enforcing(&j, w);
	put_incidents(&j, w, in);
	json_ku64(&j, "seed", w->params.seed);
	put_totals(&j, w, in);
	put_sum(&j, sum);
	json_obj_end(&j);
	json_done(&j);
	out_end(o);
	truth_release(&t);
}

void
write_readme(struct outs *o, const struct lab *w)
{
	out_begin(o, "README.md");
	str_addf(&o->text, "# A synthetic Internet\n\n"
	    "Written by `routemark lab` from seed %llu. Nothing in this folder is real: the numbers of its\n"
	    "ASes and prefixes are given out by its own registry files, the names are made up, and the time\n"
	    "is the month of May 2031. It says nothing about any network that has one of these numbers.\n\n"
	    "Faults of every kind that routemark measures are planted in it; `ANSWERS.json` is the key.\n\n"
	    "| file | what |\n|---|---|\n"
	    "| `rib.*.mrt` | tables of the collectors (RFC 6396 TABLE_DUMP_V2) |\n"
	    "| `updates.*.mrt` | a month of updates (BGP4MP_ET) |\n"
	    "| `vrps.json` | VRPs and ASPAs as rpki-client exports them |\n"
	    "| `irr.*.db` | route objects, policies, contacts (RPSL) |\n"
	    "| `delegated-*` | what each registry has allocated |\n"
	    "| `*.as-rel.txt`, `*.as-org2info.txt` | AS relationships and organisations |\n"
	    "| `peeringdb-*.json`, `spoofer.json`, `manrs_*.csv` | contacts, spoofing tests, participants |\n",
	    (unsigned long long)w->params.seed);
	out_end(o);
}
