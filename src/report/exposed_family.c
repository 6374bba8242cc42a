/* exposed_family: what was seen in one address family, and the tree of chains. */
#include "report/exposed_int.h"

static const char *
homing_at(unsigned i)
{
	return homing_word((enum homing)i);
}

static void
homing_read(const struct node *seen, struct exposed_family *f)
{
	struct node h = node_object(seen, "homing");

	f->homing = (enum homing)exposed_word(&h, "homing", homing_at, HOMING_MULTI + 1);
	f->only = node_is_null(&h, "only") ? 0 : exposed_u32(&h, "only", UINT32_MAX);
	f->neighbours = node_number(&h, "neighbours", 0, UINT32_MAX);
	f->direct = node_number(&h, "direct_neighbours", 0, UINT32_MAX);
	f->homing_vps = node_number(&h, "vantage_points", 0, UINT32_MAX);
	f->homing_networks = node_number(&h, "networks", 0, UINT32_MAX);
	f->single_routes = node_number(&h, "single_homed_routes", 0, UINT32_MAX);
	f->few_routes = node_number(&h, "too_few_views_routes", 0, UINT32_MAX);
	if (h.doc->why == NULL && (f->homing == HOMING_SINGLE || f->homing == HOMING_DIRECT) != (f->only != 0))
		exposed_refuse(&h, "only", "is a neighbour just when all hangs on one");
}

/* Pre-order: a chain follows what it goes on from, or something that goes on from that. */
static bool
follows(const struct exposure_node *nodes, size_t i)
{
	uint32_t up = (uint32_t)i - 1;

	while (up != nodes[i].parent && up != 0)
		up = nodes[up].parent;
	return up == nodes[i].parent;
}

static void
node_fits(const struct node *o, const struct exposure_node *nodes, size_t i, uint64_t paths)
{
	const struct exposure_node *n = &nodes[i];

	if (o->doc->why != NULL)
		return;
	if (n->n_paths > paths)
		exposed_refuse(o, "paths", "is more than all that were seen");
	else if (i == 0 && (n->parent != EXPOSURE_NONE || n->depth != 0))
		exposed_refuse(o, "parent", "is not null, or the depth not 0: the first is the origin");
	else if (i > 0 && (n->parent >= i || !follows(nodes, i)))
		exposed_refuse(o, "parent", "is not a chain that this one can go on from: they come in pre-order");
	else if (i > 0 && n->depth != nodes[n->parent].depth + 1)
		exposed_refuse(o, "depth", "is not one more than that of its parent");
	else if (i > 0 && (n->mean_ppm > nodes[n->parent].mean_ppm || n->n_vps > nodes[n->parent].n_vps))
		exposed_refuse(o, "mean_ppm", "or the vantage points are more than those of the parent");
}

static void
tree_read(const struct node *seen, struct arena *a, struct exposed_family *f)
{
	struct node list = node_list(seen, "tree", EXPOSURE_NETWORKS_MAX), o;
	struct exposure_node *nodes = arena_array(a, node_count(&list) + 1, sizeof(*nodes));
	size_t i;

	for (i = 0; i < node_count(&list) && list.doc->why == NULL; i++) {
		o = node_at(&list, i);
		nodes[i] = (struct exposure_node){.asn = exposed_u32(&o, "asn", UINT32_MAX),
		    .parent = node_is_null(&o, "parent") ? EXPOSURE_NONE : exposed_u32(&o, "parent", EXPOSURE_NETWORKS_MAX),
		    .depth = exposed_u32(&o, "depth", UINT32_MAX - 1), .mean_ppm = exposed_u32(&o, "mean_ppm", 1000000),
		    .n_vps = exposed_u32(&o, "vantage_points", UINT32_MAX), .n_paths = node_number(&o, "paths", 0, INT64_MAX),
		    .n_cut = exposed_u32(&o, "cut", UINT32_MAX), .cut_ppm = exposed_u32(&o, "cut_ppm", 1000000)};
		node_fits(&o, nodes, i, f->paths);
	}
	if (list.doc->why == NULL && node_count(&list) == 0)
		exposed_refuse(seen, "tree", "is empty: it begins with the origin");
	f->nodes = nodes;
	f->n_nodes = i;
}

static void
seen_read(const struct node *seen, struct arena *a, struct exposed_family *f)
{
	f->full_with = node_number(seen, "full_feed_with_paths", 0, UINT32_MAX);
	f->views = node_number(seen, "views", 0, UINT32_MAX);
	f->trimmed = node_number(seen, "trimmed_each_end", 0, UINT32_MAX);
	f->paths = node_number(seen, "paths", 0, INT64_MAX);
	f->left_out = node_number(seen, "paths_left_out", 0, INT64_MAX);
	f->partial = node_number(seen, "partial_with_paths", 0, UINT32_MAX);
	f->own = node_number(seen, "own_vantage_points", 0, UINT32_MAX);
	homing_read(seen, f);
	if (seen->doc->why == NULL && (f->full_with > f->full_feed || f->views > f->full_with || f->views == 0))
		exposed_refuse(seen, "full_feed_with_paths", "is more than full_feed, or less than views, or nothing was seen");
	tree_read(seen, a, f);
}

void
exposed_family_read(const struct node *origin, struct arena *a, unsigned family, struct exposed *x)
{
	static const char *const keys[FAMILY_N] = {[FAMILY_V4] = "ipv4", [FAMILY_V6] = "ipv6"};
	struct exposed_family *f = &x->family[family];
	struct node o, routes, seen;
	const char *state;

	f->asked = !node_is_null(origin, keys[family]);
	if (origin->doc->why == NULL && f->asked == (x->is_prefix && x->prefix.family != family))
		exposed_refuse(origin, keys[family], "is null just when the prefix asked for is of the other family");
	if (origin->doc->why != NULL || !f->asked)
		return;
	o = node_object(origin, keys[family]);
	routes = node_object(&o, "routes");
	seen = node_object(&o, "seen");
	f->routes[PLACE_SELF] = node_number(&routes, "self", 0, UINT32_MAX);
	f->routes[PLACE_COVERING] = node_number(&routes, "covering", 0, UINT32_MAX);
	f->routes[PLACE_WITHIN] = node_number(&routes, "more_specific", 0, UINT32_MAX);
	f->not_visible = node_number(&routes, "not_visible", 0, UINT32_MAX);
	f->full_feed = node_number(&seen, "full_feed", 0, UINT32_MAX);
	f->why = exposed_text_or_null(&o, "why");
	state = exposed_text(&o, "state");
	f->ok = strcmp(state, "ok") == 0;
	if (!f->ok && strcmp(state, "no-data") != 0)
		exposed_refuse(&o, "state", "is neither ok nor no-data");
	if (f->ok != (f->why == NULL))
		exposed_refuse(&o, "why", "is null just when the state is ok");
	if (f->ok)
		seen_read(&seen, a, f);
}
