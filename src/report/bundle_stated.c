/* bundle_stated: what a bundle says that its evidence does not show: vantage points, and metrics that want more. */
#include "report/bundle_node.h"
#include "base/limits.h"

#include <string.h>

static enum vp_kind
vp_kind_read(const struct node *n)
{
	const char *word = node_text(n, "kind");
	struct node c = {.doc = n->doc, .up = n, .key = "kind"};

	if (strcmp(word, "table") == 0)
		return VP_TABLE;
	if (strcmp(word, "updates") == 0)
		return VP_UPDATES;
	if (strcmp(word, "origins") != 0)
		node_fail(&c, BUNDLE_RULE, "is neither table nor updates nor origins");
	return VP_ORIGINS;
}

static void
vp_family_read(const struct node *n, const char *key, struct vp *v, int f)
{
	static const char *const keys[] = {"full_feed", "prefixes", "weight", NULL};
	struct node c = node_object(n, key);

	node_only(&c, keys);
	v->full_feed[f] = node_boolean(&c, "full_feed");
	v->n_prefixes[f] = (uint32_t)node_number(&c, "prefixes", 0, UINT32_MAX);
	v->weight[f] = (uint16_t)node_number(&c, "weight", 0, UINT16_MAX);
}

static void
vp_read(const struct node *n, struct vp *v)
{
	static const char *const keys[] = {"address", "asn", "collector", "ipv4", "ipv6", "kind", NULL};
	struct node address = {.doc = n->doc, .up = n, .key = "address"};
	const char *text;

	node_only(n, keys);
	text = node_text(n, "address");
	if (n->doc->why == NULL && addr_parse(span_of(text), &v->addr) != OK)
		node_fail(&address, BUNDLE_RULE, "is no address");
	v->asn = (uint32_t)node_number(n, "asn", 0, UINT32_MAX);
	v->collector = (uint32_t)node_number(n, "collector", 0, UINT32_MAX);
	v->kind = vp_kind_read(n);
	vp_family_read(n, "ipv4", v, FAMILY_V4);
	vp_family_read(n, "ipv6", v, FAMILY_V6);
}

static void
lacks_read(const struct node *n, struct arena *a, struct bundle *out)
{
	static const char *const keys[] = {"asn", "metric", NULL};
	struct node all = node_list(n, "not_shown", (size_t)BUNDLE_ASES_MAX * METRIC_N), one;
	struct bundle_lack *lacks;
	size_t i;

	out->n_lacks = node_count(&all);
	out->lacks = lacks = arena_array(a, out->n_lacks, sizeof(*lacks));
	for (i = 0; i < out->n_lacks && n->doc->why == NULL; i++) {
		struct node metric = {.doc = n->doc, .up = &one, .key = "metric"};

		one = node_at(&all, i);
		node_only(&one, keys);
		lacks[i].asn = (uint32_t)node_number(&one, "asn", 0, UINT32_MAX);
		lacks[i].metric = node_text(&one, "metric");
		if (n->doc->why == NULL && metric_find(span_of(lacks[i].metric)) == METRIC_N)
			node_fail(&metric, BUNDLE_RULE, "is no metric that is known here");
	}
}

void
bundle_minimal_read(const struct node *root, struct arena *a, struct bundle *out)
{
	static const char *const keys[] = {"not_shown", "vantage_points", "visible_ipv4", "visible_ipv6", NULL};
	struct node n, all, one;
	size_t i;

	if (node_is_null(root, "minimal"))
		return;
	n = node_object(root, "minimal");
	out->minimal = true;
	node_only(&n, keys);
	lacks_read(&n, a, out);
	all = node_list(&n, "vantage_points", VANTAGE_MAX);
	out->stated.n_vps = node_count(&all);
	out->stated.vps = arena_array(a, out->stated.n_vps, sizeof(*out->stated.vps));
	for (i = 0; i < out->stated.n_vps && n.doc->why == NULL; i++) {
		one = node_at(&all, i);
		out->stated.vps[i] = (struct vp){0};
		vp_read(&one, &out->stated.vps[i]);
	}
	out->stated.n_visible[FAMILY_V4] = (uint32_t)node_number(&n, "visible_ipv4", 0, UINT32_MAX);
	out->stated.n_visible[FAMILY_V6] = (uint32_t)node_number(&n, "visible_ipv6", 0, UINT32_MAX);
}
