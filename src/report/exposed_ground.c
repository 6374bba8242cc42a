/* exposed_ground: what all subjects of a document have in common. */
#include "report/exposed_int.h"

static void
packs_read(const struct node *root, struct arena *a, struct exposed_ground *g)
{
	struct node list = node_list(root, "packs", ARCHIVE_PACKS_MAX), o;
	struct exposed_pack *packs = arena_array(a, node_count(&list) + 1, sizeof(*packs));
	size_t i, k;

	for (i = 0; i < node_count(&list); i++) {
		o = node_at(&list, i);
		packs[i] = (struct exposed_pack){exposed_text(&o, "id"), exposed_text(&o, "version"), exposed_text(&o, "status"),
		    exposed_text(&o, "title")};
		for (k = 0; k < i; k++)
			if (strcmp(packs[k].id, packs[i].id) == 0)
				exposed_refuse(&o, "id", "is there twice");
	}
	g->packs = packs;
	g->n_packs = node_count(&list);
}

static void
inputs_read(const struct node *root, struct exposed_ground *g)
{
	struct node list = node_list(root, "inputs", FILES_MAX), o;
	uint8_t last[SHA256_BYTES] = {0}, now[SHA256_BYTES];
	size_t i;

	for (i = 0; i < node_count(&list); i++) {
		o = node_at(&list, i);
		node_digest(&o, "sha256", now);
		if (i > 0 && memcmp(last, now, SHA256_BYTES) >= 0)
			exposed_refuse(&o, "sha256", "does not ascend");
		memcpy(last, now, SHA256_BYTES);
	}
	g->inputs = node_count(&list);
}

static void
kinds_read(const struct node *window, struct exposed_ground *g)
{
	struct node list = node_list(window, "kinds", ASTRAY_N), o;
	size_t i;

	if (list.doc->why == NULL && node_count(&list) != ASTRAY_N)
		exposed_refuse(window, "kinds", "does not have each kind of incident once");
	for (i = 0; i < node_count(&list); i++) {
		o = node_at(&list, i);
		if (strcmp(exposed_text(&o, "class"), astray_word((enum astray_kind)i)) != 0 ||
		    strcmp(exposed_text(&o, "confidence"), astray_confidence((enum astray_kind)i)) != 0)
			exposed_refuse(&o, "class", "with its confidence is not the kind of incident that comes here");
		g->window.kind_why[i] = exposed_text_or_null(&o, "why_no_data");
	}
}

static void
window_read(const struct node *root, struct exposed_ground *g)
{
	struct node w = node_object(root, "window"), seen;

	g->window.from = g->window.to = UTC_NONE;
	g->window.why_no_data = exposed_text_or_null(&w, "why_no_data");
	g->window.partial = exposed_text_or_null(&w, "why_none_is_no_answer");
	kinds_read(&w, g);
	g->window.seen = !node_is_null(&w, "seen") && w.doc->why == NULL;
	if (!g->window.seen) {
		if (w.doc->why == NULL && g->window.why_no_data == NULL)
			exposed_refuse(&w, "why_no_data", "is null, and nothing was seen");
		return;
	}
	seen = node_object(&w, "seen");
	g->window.from = node_time_or_null(&seen, "from");
	g->window.to = node_time_or_null(&seen, "to");
	g->window.seconds = node_number(&seen, "seconds", 0, INT64_MAX);
	g->window.vps = node_number(&seen, "vantage_points", 0, UINT32_MAX);
	if (w.doc->why == NULL && (!utc_known(g->window.from) || !utc_known(g->window.to) ||
	    g->window.from.s >= g->window.to.s || g->window.seconds > (uint64_t)(g->window.to.s - g->window.from.s)))
		exposed_refuse(&seen, "seconds", "do not fit between from and to");
}

void
exposed_ground_read(const struct node *root, struct arena *a, struct exposed_ground *g)
{
	struct node evidence = node_object(root, "evidence"), parameters = node_object(root, "parameters");

	*g = (struct exposed_ground){.at = UTC_NONE};
	if (strcmp(exposed_text(root, "format"), EXPOSURE_FORMAT) != 0)
		exposed_refuse(root, "format", "is not " EXPOSURE_FORMAT);
	g->at = node_time_or_null(root, "at");
	if (parameters.doc->why == NULL && !utc_known(g->at))
		exposed_refuse(root, "at", "is not known: an exposure of an unknown moment is of no month");
	g->min_ppm = exposed_u32(root, "min_share_ppm", 1000000);
	g->collectors = node_number(&evidence, "collectors", 0, UINT32_MAX);
	g->vps = node_number(&evidence, "vantage_points", 0, UINT32_MAX);
	packs_read(root, a, g);
	inputs_read(root, g);
	window_read(root, g);
}
