/* exposure_json: the whole record, canonical. doc/formats/exposure.md says what each key is. */
#include "report/exposure.h"
#include "report/json.h"
#include "rule/say.h"

/* In the order of their words, as keys must come. */
static const enum exposure_offence by_word[OFFENCE_N] = {OFFENCE_BOGON, OFFENCE_OWN, OFFENCE_INVALID};

static void
kprefix(struct json_w *w, const char *key, const struct prefix *p)
{
	char text[PREFIX_TEXT];

	json_kstrz(w, key, prefix_format(p, text));
}

static void
space_json(struct json_w *w, const struct exposure_space *s)
{
	json_obj(w);
	json_ku64(w, "ipv4_24s", s->blocks[FAMILY_V4]);
	json_ku64(w, "ipv6_48s", s->blocks[FAMILY_V6]);
	json_ku64(w, "routes", s->routes);
	json_obj_end(w);
}

/* --- one network that is depended on --- */

static void
verdicts_json(struct json_w *w, const struct as_result *r)
{
	struct exposure_verdicts v;
	size_t from;

	exposure_verdicts_of(r, &v);
	json_obj(w);
	json_kstrz(w, "all", v.n_required == 0 ? "NONE_REQUIRED" : verdict_word(v.all));
	json_ku64(w, "fail", v.n[VERDICT_FAIL]);
	json_ku64(w, "no_data", v.n[VERDICT_NO_DATA]);
	json_ku64(w, "not_applicable", v.n[VERDICT_NOT_APPLICABLE]);
	json_ku64(w, "pass", v.n[VERDICT_PASS]);
	json_ku64(w, "required", v.n_required);
	json_ku64(w, "warn", v.n[VERDICT_WARN]);
	json_key(w, "worst");
	if (v.worst == NULL) {
		json_null(w);
	} else {
		json_obj(w);
		json_kstrz(w, "control", v.worst->control->id);
		json_kstrz(w, "pack", v.worst_pack->id);
		json_key(w, "reason");
		from = json_str_begin(w);
		say_reason(w->out, v.worst);
		json_str_end(w, from);
		json_kstrz(w, "verdict", verdict_word(v.worst->verdict));
		json_obj_end(w);
	}
	json_obj_end(w);
}

static void
share_json(struct json_w *w, const struct exposure_as *a, unsigned family)
{
	json_obj(w);
	json_kbool(w, "at_end", a->of[family].at_end);
	json_kbool(w, "every_path", a->of[family].every);
	json_ku64(w, "mean_ppm", a->of[family].mean_ppm);
	json_ku64(w, "paths", a->of[family].n_paths);
	json_ku64(w, "share_ppm", a->of[family].share_ppm);
	json_ku64(w, "vantage_points", a->of[family].n_vps);
	json_obj_end(w);
}

static void
shares_json(struct json_w *w, const char *key, const struct exposure *e, const struct exposure_as *a, unsigned family)
{
	json_key(w, key);
	if (e->view[family].state == METRIC_OK)
		share_json(w, a, family);
	else
		json_null(w);
}

static void
as_json(struct json_w *w, const struct exposure *e, const struct exposure_as *a, const struct as_result *r)
{
	unsigned o;

	json_obj(w);
	json_ku64(w, "asn", a->asn);
	json_key(w, "carried");
	json_obj(w);
	for (o = 0; o < OFFENCE_N; o++) {
		json_key(w, offence_word(by_word[o]));
		if (e->carried_why[by_word[o]] == NULL)
			space_json(w, &a->carried[by_word[o]]);
		else
			json_null(w);
	}
	json_obj_end(w);
	json_ku64(w, "hops", a->hops);
	shares_json(w, "ipv4", e, a, FAMILY_V4);
	shares_json(w, "ipv6", e, a, FAMILY_V6);
	json_kstrz(w, "name", r->name);
	json_kstrz(w, "organisation", r->org);
	json_ku64(w, "passed_on", a->n_passed);
	json_kopt(w, "relation", a->relation == REL_NONE ? NULL : exposure_relation_word(a->relation));
	json_key(w, "verdicts");
	verdicts_json(w, r);
	json_obj_end(w);
}

/* --- one family --- */

static void
tree_json(struct json_w *w, const struct exposure_view *v)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < v->n_nodes; i++) {
		const struct exposure_node *n = &v->nodes[i];

		json_obj(w);
		json_ku64(w, "asn", n->asn);
		json_ku64(w, "cut", n->n_cut);
		json_ku64(w, "cut_ppm", n->cut_ppm);
		json_ku64(w, "depth", n->depth);
		json_ku64(w, "mean_ppm", n->mean_ppm);
		json_key(w, "parent");
		if (n->parent == EXPOSURE_NONE)
			json_null(w);
		else
			json_u64(w, n->parent);
		json_ku64(w, "paths", n->n_paths);
		json_ku64(w, "vantage_points", n->n_vps);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
homing_json(struct json_w *w, const struct exposure_view *v)
{
	size_t i;

	json_obj(w);
	json_ku64(w, "direct_neighbours", v->n_direct);
	json_kstrz(w, "homing", homing_word(v->homing));
	json_ku64(w, "neighbours", v->n_neighbours);
	json_ku64(w, "networks", v->n_networks);
	json_key(w, "only");
	if (v->neighbour == 0)
		json_null(w);
	else
		json_u64(w, v->neighbour);
	json_key(w, "routes");
	json_arr(w);
	for (i = 0; i < v->n_single && i < EXPOSURE_KEPT; i++) {
		json_obj(w);
		json_kstrz(w, "homing", homing_word(v->single[i].homing));
		json_ku64(w, "only", v->single[i].neighbour);
		kprefix(w, "prefix", &v->single[i].prefix);
		json_ku64(w, "vantage_points", v->single[i].n_vps);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_ku64(w, "single_homed_routes", v->n_single);
	json_ku64(w, "too_few_views_routes", v->n_few);
	json_ku64(w, "vantage_points", (uint64_t)v->n_full + v->n_partial);
	json_obj_end(w);
}

static void
counts_json(struct json_w *w, const struct exposure_view *v, unsigned family)
{
	json_ku64(w, "full_feed", v->n_full_all);
	json_ku64(w, "full_feed_with_paths", v->n_full);
	json_key(w, "homing");
	homing_json(w, v);
	json_ku64(w, "own_vantage_points", v->n_own);
	json_ku64(w, "partial_with_paths", v->n_partial);
	json_ku64(w, "paths", v->n_paths);
	json_ku64(w, "paths_left_out", v->n_unplaced);
	json_ku64(w, "paths_of_any_feed", v->n_paths_any);
	json_key(w, "tree");
	tree_json(w, v);
	json_ku64(w, "trimmed_each_end", v->n_trimmed);
	json_ku64(w, "views", v->n_views);
	json_ku64(w, family == FAMILY_V4 ? "weight_addresses" : "weight_routes", v->weight);
}

static void
view_json(struct json_w *w, const struct exposure_view *v, unsigned family)
{
	json_obj(w);
	if (v->state == METRIC_OK)
		counts_json(w, v, family);
	else
		json_ku64(w, "full_feed", v->n_full_all);
	json_obj_end(w);
}

static void
family_json(struct json_w *w, const char *key, const struct exposure *e, unsigned family)
{
	const struct exposure_view *v = &e->view[family];

	json_key(w, key);
	if (!exposure_has(e, family)) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_key(w, "routes");
	json_obj(w);
	json_ku64(w, "covering", v->n_routes[PLACE_COVERING]);
	json_ku64(w, "more_specific", v->n_routes[PLACE_WITHIN]);
	json_ku64(w, "not_visible", v->n_invisible);
	json_ku64(w, "self", v->n_routes[PLACE_SELF]);
	json_obj_end(w);
	json_key(w, "seen");
	view_json(w, v, family);
	json_kstrz(w, "state", v->state == METRIC_OK ? "ok" : "no-data");
	json_kopt(w, "why", v->why);
	json_obj_end(w);
}

/* --- one subject --- */

static void
own_json(struct json_w *w, const struct exposure *e)
{
	size_t i;

	json_obj(w);
	json_key(w, "held");
	space_json(w, &e->own);
	json_ku64(w, "of_the_organisation", e->n_own_sibling);
	json_key(w, "records");
	json_arr(w);
	for (i = 0; i < e->n_foreign; i++) {
		json_obj(w);
		json_ku64(w, "origin", e->foreign[i].origin);
		kprefix(w, "prefix", &e->foreign[i].prefix);
		json_kopt(w, "rov", e->rov_known ? rov_word(e->foreign[i].rov) : NULL);
		json_ku64(w, "vantage_points", e->foreign[i].n_vps);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kbool(w, "rpki_known", e->rov_known);
	json_ku64(w, "rpki_valid", e->n_own_valid);
	json_kbool(w, "siblings_known", e->siblings_known);
	json_obj_end(w);
}

static void
offending_json(struct json_w *w, const struct exposure *e)
{
	unsigned i;

	json_obj(w);
	for (i = 0; i < OFFENCE_N; i++) {
		json_key(w, offence_word(by_word[i]));
		json_obj(w);
		json_ku64(w, "routes", e->n_offending[by_word[i]]);
		json_kopt(w, "why_no_data", e->carried_why[by_word[i]]);
		json_obj_end(w);
	}
	json_obj_end(w);
}

static void
weakest_json(struct json_w *w, const struct exposure_result *r)
{
	struct exposure_weakest x;

	exposure_weakest_of(r, &x);
	if (x.at == SIZE_MAX) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_ku64(w, "asn", r->e->ases[x.at].asn);
	json_kstrz(w, "verdict", verdict_word(x.v.all));
	json_obj_end(w);
}

static void
result_json(struct json_w *w, const struct exposure_result *r)
{
	const struct exposure *e = r->e;
	size_t i;

	json_obj(w);
	json_key(w, "depends_on");
	json_arr(w);
	for (i = 0; i < e->n_ases; i++)
		as_json(w, e, &e->ases[i], &r->on[i]);
	json_arr_end(w);
	json_ku64(w, "depends_on_cut", e->n_ases_cut);
	family_json(w, "ipv4", e, FAMILY_V4);
	family_json(w, "ipv6", e, FAMILY_V6);
	json_kstrz(w, "name", r->self->name);
	json_key(w, "offending");
	offending_json(w, e);
	json_kstrz(w, "organisation", r->self->org);
	json_ku64(w, "origin", e->origin);
	json_key(w, "others_in_own_space");
	own_json(w, e);
	json_ktime(w, "paths_from", e->paths_from);
	json_ktime(w, "paths_to", e->paths_to);
	json_key(w, "verdicts");
	verdicts_json(w, r->self);
	json_key(w, "weakest");
	weakest_json(w, r);
	json_obj_end(w);
}

static void
asked_json(struct json_w *w, const struct exposure_asked *q)
{
	char text[PREFIX_TEXT];
	size_t i;

	json_obj(w);
	json_key(w, "asked");
	if (q->is_prefix)
		json_strz(w, prefix_format(&q->prefix, text));
	else
		json_u64(w, q->asn);
	json_key(w, "origins");
	json_arr(w);
	for (i = 0; i < q->n; i++)
		result_json(w, &q->results[i]);
	json_arr_end(w);
	json_kopt(w, "why", q->n == 0 ? EXPOSURE_NOBODY : NULL);
	json_obj_end(w);
}

void
exposure_json(struct str *out, const struct assessment *head, const struct exposure_asked *asked, size_t n,
    uint32_t min_ppm)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_ktime(&w, "at", head->at);
	json_key(&w, "evidence");
	json_evidence(&w, head->world);
	json_key(&w, "exposures");
	json_arr(&w);
	for (i = 0; i < n; i++)
		asked_json(&w, &asked[i]);
	json_arr_end(&w);
	json_kstrz(&w, "format", EXPOSURE_FORMAT);
	json_key(&w, "inputs");
	json_inputs(&w, head->world);
	json_ku64(&w, "min_share_ppm", min_ppm);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < head->n_packs; i++)
		json_pack(&w, &head->packs[i]);
	json_arr_end(&w);
	json_key(&w, "parameters");
	json_parameters(&w, head);
	json_obj_end(&w);
	json_done(&w);
}
