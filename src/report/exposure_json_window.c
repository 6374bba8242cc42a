/* exposure_json_window: the window of updates, and what of its incidents went through whom. */
#include "report/exposure_json.h"

static void
gaps_json(struct json_w *w, const struct coverage_collector *c)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < c->n_gaps; i++) {
		json_obj(w);
		json_ktime(w, "from", (struct utc){c->gaps[i].from_s});
		json_ktime(w, "to", (struct utc){c->gaps[i].to_s});
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
collectors_json(struct json_w *w, const struct coverage *c)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < c->n_collectors; i++) {
		json_obj(w);
		json_key(w, "gaps");
		gaps_json(w, &c->collectors[i]);
		json_ku64(w, "local_as", c->collectors[i].local_as);
		json_ku64(w, "tables", c->collectors[i].n_tables);
		json_ku64(w, "update_files", c->collectors[i].n_files);
		json_ku64(w, "vantage_points", c->collectors[i].n_vps);
		json_obj_end(w);
	}
	json_arr_end(w);
}

/* What was looked for, and how many there were, whoever carried them. */
static void
kinds_json(struct json_w *w, const struct astray_ground *g)
{
	unsigned k;

	json_arr(w);
	for (k = 0; k < ASTRAY_N; k++) {
		json_obj(w);
		json_kstrz(w, "class", astray_word((enum astray_kind)k));
		json_kstrz(w, "confidence", astray_confidence((enum astray_kind)k));
		json_ku64(w, "ipv4", g->incidents[k][FAMILY_V4]);
		json_ku64(w, "ipv6", g->incidents[k][FAMILY_V6]);
		json_kopt(w, "why_no_data", g->why[k]);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static uint32_t
full_feeds(const struct coverage *c, unsigned family)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < c->n_vps; i++)
		n += c->vps[i].full_feed[family];
	return n;
}

static void
seen_json(struct json_w *w, const struct window *x)
{
	json_obj(w);
	json_ktime(w, "begin", x->begin);
	json_key(w, "collectors");
	collectors_json(w, &x->coverage);
	json_ktime(w, "from", x->from);
	json_ku64(w, "full_feed_ipv4", full_feeds(&x->coverage, FAMILY_V4));
	json_ku64(w, "full_feed_ipv6", full_feeds(&x->coverage, FAMILY_V6));
	json_ku64(w, "seconds", x->seen_s);
	json_ku64(w, "seed_tables", x->counts.seed_tables);
	json_ktime(w, "to", x->to);
	json_ku64(w, "vantage_points", x->coverage.n_vps);
	json_obj_end(w);
}

void
exposure_json_window(struct json_w *w, const struct astray_ground *g)
{
	json_obj(w);
	json_key(w, "kinds");
	kinds_json(w, g);
	json_key(w, "seen");
	if (g->s->window != NULL)
		seen_json(w, g->s->window);
	else
		json_null(w);
	json_kopt(w, "why_no_data", astray_none_why(g));
	json_kopt(w, "why_none_is_no_answer", g->partial);
	json_obj_end(w);
}

/* --- through one network, or all together --- */

static void
row_json(struct json_w *w, const struct astray_row *r, const struct exposure_as *as, const struct exposure *e)
{
	json_obj(w);
	json_ku64(w, "as_accomplice", r->incidents[ASTRAY_ACCOMPLICE]);
	json_ku64(w, "as_culprit", r->incidents[ASTRAY_CULPRIT]);
	json_ku64(w, "attracting_block_seconds", r->attracting_s);
	json_ku64(w, "attracting_blocks", r->attracting);
	json_ku64(w, "beyond", r->incidents[ASTRAY_BEYOND]);
	json_ku64(w, "block_bits", r->family == FAMILY_V4 ? 24 : 48);
	json_ku64(w, "block_seconds", r->block_s);
	json_ku64(w, "blocks", r->blocks);
	json_kstrz(w, "class", astray_word(r->kind));
	json_kstrz(w, "confidence", astray_confidence(r->kind));
	json_ku64(w, "seconds", r->seconds);
	json_ku64(w, "vantage_points", r->n_vps);
	json_key(w, "weighed_block_seconds");
	if (as != NULL && e->view[r->family].state == METRIC_OK)
		json_u64(w, exposure_weighed(as, r));
	else
		json_null(w);
	json_obj_end(w);
}

void
exposure_json_astray(struct json_w *w, const struct astray *x, const struct exposure_as *as, const struct exposure *e)
{
	size_t i;

	if (e->astray_why != NULL) {
		json_null(w);
		return;
	}
	json_arr(w);
	for (i = 0; i < x->n; i++)
		row_json(w, &x->rows[i], as, e);
	json_arr_end(w);
}
