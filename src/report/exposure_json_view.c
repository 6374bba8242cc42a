/* exposure_json_view: what was seen in one address family. */
#include "report/exposure_json.h"

void
exposure_json_kprefix(struct json_w *w, const char *key, const struct prefix *p)
{
	char text[PREFIX_TEXT];

	json_kstrz(w, key, prefix_format(p, text));
}

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
		exposure_json_kprefix(w, "prefix", &v->single[i].prefix);
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

void
exposure_json_family(struct json_w *w, const struct exposure *e, unsigned family)
{
	const struct exposure_view *v = &e->view[family];

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
