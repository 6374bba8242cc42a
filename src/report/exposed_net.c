/* exposed_net: a network that is depended on, as it was written. */
#include "report/exposed_int.h"

#include <string.h>

/* In the order of their words, as in exposure_json.h. */
const enum exposure_offence exposed_offences[OFFENCE_N] = {OFFENCE_BOGON, OFFENCE_OWN, OFFENCE_INVALID};

static const char *
verdict_at(unsigned i)
{
	return i < VERDICT_N ? verdict_word((enum verdict)i) : "NONE_REQUIRED";
}

static void
worst_read(const struct node *n, struct exposed_verdicts *v)
{
	struct node w;

	if (node_is_null(n, "worst") || n->doc->why != NULL)
		return;
	w = node_object(n, "worst");
	v->pack = exposed_text(&w, "pack");
	v->control = exposed_text(&w, "control");
	v->reason = exposed_text(&w, "reason");
	if (exposed_word(&w, "verdict", verdict_at, VERDICT_N) != v->all && n->doc->why == NULL)
		exposed_refuse(&w, "verdict", "is not that of all together, which it decides");
}

void
exposed_verdicts_read(const struct node *n, const char *key, struct exposed_verdicts *v)
{
	static const char *const keys[VERDICT_N] = {[VERDICT_PASS] = "pass", [VERDICT_WARN] = "warn", [VERDICT_FAIL] = "fail",
	    [VERDICT_NO_DATA] = "no_data", [VERDICT_NOT_APPLICABLE] = "not_applicable"};
	enum verdict all = VERDICT_NOT_APPLICABLE;
	struct node o = node_object(n, key);
	uint64_t sum = 0;
	unsigned i, word;

	*v = (struct exposed_verdicts){.all = VERDICT_NOT_APPLICABLE};
	for (i = 0; i < VERDICT_N; i++) {
		v->n[i] = node_number(&o, keys[i], 0, UINT32_MAX);
		sum += v->n[i];
		if (v->n[i] > 0)
			all = verdict_worst(all, (enum verdict)i);
	}
	v->required = node_number(&o, "required", 0, UINT32_MAX);
	word = exposed_word(&o, "all", verdict_at, VERDICT_N + 1);
	v->none_required = word >= VERDICT_N;
	v->all = v->none_required ? VERDICT_NOT_APPLICABLE : (enum verdict)word;
	worst_read(&o, v);
	if (o.doc->why != NULL)
		return;
	if (sum != v->required)
		exposed_refuse(&o, "required", "is not the sum of the verdicts");
	else if (v->all != all || v->none_required != (sum == 0))
		exposed_refuse(&o, "all", "is not what these verdicts make together");
	else if ((v->reason != NULL) != (all != VERDICT_PASS && all != VERDICT_NOT_APPLICABLE))
		exposed_refuse(&o, "worst", "is there just when one is worse than PASS");
}

void
exposed_space_read(const struct node *n, const char *key, struct exposure_space *out)
{
	struct node o = node_object(n, key);

	out->routes = node_number(&o, "routes", 0, INT64_MAX);
	out->blocks[FAMILY_V4] = node_number(&o, "ipv4_24s", 0, 1u << 24);
	out->blocks[FAMILY_V6] = node_number(&o, "ipv6_48s", 0, UINT64_C(1) << 48);
}

/* --- incidents --- */

static enum astray_kind
kind_read(const struct node *o)
{
	const char *class = exposed_text(o, "class"), *confidence = exposed_text(o, "confidence");
	unsigned k;

	for (k = 0; k < ASTRAY_N; k++)
		if (strcmp(astray_word((enum astray_kind)k), class) == 0 &&
		    strcmp(astray_confidence((enum astray_kind)k), confidence) == 0)
			return (enum astray_kind)k;
	exposed_refuse(o, "class", "is with its confidence no kind of incident that there is");
	return ASTRAY_LEAK_PROVEN;
}

static void
row_read(const struct node *o, struct exposed_row *out)
{
	struct astray_row *r = &out->r;

	r->kind = kind_read(o);
	r->family = node_number(o, "block_bits", 24, 48) == 24 ? FAMILY_V4 : FAMILY_V6;
	r->incidents[ASTRAY_CULPRIT] = node_number(o, "as_culprit", 0, UINT32_MAX);
	r->incidents[ASTRAY_ACCOMPLICE] = node_number(o, "as_accomplice", 0, UINT32_MAX);
	r->incidents[ASTRAY_BEYOND] = node_number(o, "beyond", 0, UINT32_MAX);
	r->blocks = node_number(o, "blocks", 0, UINT64_C(1) << 48);
	r->attracting = node_number(o, "attracting_blocks", 0, UINT64_C(1) << 48);
	r->block_s = node_number(o, "block_seconds", 0, ASTRAY_BLOCK_S_MAX);
	r->attracting_s = node_number(o, "attracting_block_seconds", 0, ASTRAY_BLOCK_S_MAX);
	r->seconds = node_number(o, "seconds", 0, INT64_MAX);
	r->n_vps = exposed_u32(o, "vantage_points", UINT32_MAX);
	out->has_weighed = !node_is_null(o, "weighed_block_seconds");
	if (out->has_weighed)
		out->weighed = node_number(o, "weighed_block_seconds", 0, ASTRAY_BLOCK_S_MAX);
	if (o->doc->why != NULL)
		return;
	if (node_number(o, "block_bits", 24, 48) != (r->family == FAMILY_V4 ? 24u : 48u))
		exposed_refuse(o, "block_bits", "is neither 24 nor 48");
	else if (r->attracting > r->blocks || r->attracting_s > r->block_s || out->weighed > r->attracting_s)
		exposed_refuse(o, "attracting_blocks", "is, by itself or with time or share, more than what it is of");
	else if (r->incidents[ASTRAY_CULPRIT] + r->incidents[ASTRAY_ACCOMPLICE] + r->incidents[ASTRAY_BEYOND] == 0)
		exposed_refuse(o, "beyond", "makes a row of no incident");
}

void
exposed_rows_read(const struct node *n, const char *key, struct arena *a, const struct exposed_row **out, size_t *count)
{
	struct exposed_row *rows;
	struct node list, o;
	size_t i;

	*out = NULL;
	*count = 0;
	if (node_is_null(n, key) || n->doc->why != NULL)
		return;
	list = node_list(n, key, ASTRAY_N * FAMILY_N);
	rows = arena_array(a, node_count(&list) + 1, sizeof(*rows));
	for (i = 0; i < node_count(&list); i++) {
		o = node_at(&list, i);
		row_read(&o, &rows[i]);
		if (i > 0 && rows[i].r.kind * FAMILY_N + rows[i].r.family <= rows[i - 1].r.kind * FAMILY_N + rows[i - 1].r.family)
			exposed_refuse(&o, "class", "does not come after the one before it");
	}
	*out = rows;
	*count = node_count(&list);
}

/* --- the network --- */

static void
share_read(const struct node *n, const char *key, struct exposed_share *out)
{
	struct node o;

	if (node_is_null(n, key) || n->doc->why != NULL)
		return;
	o = node_object(n, key);
	out->known = true;
	out->at_end = node_boolean(&o, "at_end");
	out->every = node_boolean(&o, "every_path");
	out->mean_ppm = exposed_u32(&o, "mean_ppm", 1000000);
	out->share_ppm = exposed_u32(&o, "share_ppm", 1000000);
	out->paths = node_number(&o, "paths", 0, INT64_MAX);
	out->vps = node_number(&o, "vantage_points", 0, UINT32_MAX);
}

static void
carried_read(const struct node *n, struct exposed_net *out)
{
	struct node o = node_object(n, "carried");
	unsigned i;

	for (i = 0; i < OFFENCE_N; i++) {
		enum exposure_offence k = exposed_offences[i];

		out->carried_known[k] = !node_is_null(&o, offence_word(k)) && o.doc->why == NULL;
		if (!out->carried_known[k])
			continue;
		exposed_space_read(&o, offence_word(k), &out->carried[k]);
		if (out->carried[k].routes > out->passed && o.doc->why == NULL)
			exposed_refuse(&o, offence_word(k), "has more routes than were passed on");
	}
}

static void
relation_read(const struct node *n, struct exposed_net *out)
{
	static const enum as_relation all[] = {REL_PROVIDER, REL_CUSTOMER, REL_PEER, REL_SIBLING};
	const char *word = exposed_text_or_null(n, "relation");
	size_t i;

	for (i = 0; word != NULL && i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(word, exposure_relation_word(all[i])) == 0)
			out->relation = exposure_relation_word(all[i]);
	if (word != NULL && out->relation == NULL)
		exposed_refuse(n, "relation", "is not one of the words it may be");
}

void
exposed_nets_read(const struct node *origin, struct arena *a, struct exposed *x)
{
	struct node list = node_list(origin, "depends_on", EXPOSURE_NETWORKS_MAX), n;
	struct exposed_net *nets = arena_array(a, node_count(&list) + 1, sizeof(*nets));
	size_t i;

	for (i = 0; i < node_count(&list); i++) {
		n = node_at(&list, i);
		nets[i].asn = exposed_u32(&n, "asn", UINT32_MAX);
		nets[i].hops = exposed_u32(&n, "hops", UINT32_MAX);
		nets[i].name = exposed_text(&n, "name");
		nets[i].org = exposed_text(&n, "organisation");
		nets[i].passed = node_number(&n, "passed_on", 0, INT64_MAX);
		relation_read(&n, &nets[i]);
		carried_read(&n, &nets[i]);
		share_read(&n, "ipv4", &nets[i].of[FAMILY_V4]);
		share_read(&n, "ipv6", &nets[i].of[FAMILY_V6]);
		exposed_rows_read(&n, "incidents", a, &nets[i].rows, &nets[i].n_rows);
		exposed_verdicts_read(&n, "verdicts", &nets[i].v);
		if (n.doc->why == NULL && node_is_null(&n, "incidents") != (x->incidents_why != NULL))
			exposed_refuse(&n, "incidents", "is null just when incidents_why is not");
	}
	x->nets = nets;
	x->n_nets = node_count(&list);
	x->nets_cut = node_number(origin, "depends_on_cut", 0, UINT32_MAX);
}
