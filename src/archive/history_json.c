/* history_json: the whole history, canonical JSON; doc/formats/archive.md explains each key. */
#include "archive/history.h"
#include "archive/history_int.h"
#include "base/json_w.h"
#include "report/json.h"

static void
texts_json(struct json_w *w, const char *key, const char *const *list, size_t n)
{
	size_t i;

	json_key(w, key);
	json_arr(w);
	for (i = 0; i < n; i++)
		json_strz(w, list[i]);
	json_arr_end(w);
}

static const char *
unit_word(enum metric_unit u)
{
	static const char *const words[] = {[UNIT_SHARE] = "share", [UNIT_COUNT] = "count", [UNIT_SCORE] = "score",
	    [UNIT_BOOL] = "bool"};

	return words[u];
}

static void
cell_json(struct json_w *w, const struct history_cell *c)
{
	if (!c->there) {
		json_null(w);
		return;
	}
	json_obj(w);
	texts_json(w, "cautions", c->cautions, c->n_cautions);
	json_key(w, "change");
	if (c->has_change)
		json_i64(w, c->change);
	else
		json_null(w);
	json_kopt(w, "decides", c->decides);
	if (c->has_number)
		json_ku64(w, "den", c->den);
	json_kstrz(w, "evidence", c->evidence);
	if (c->has_number && c->unit == UNIT_SHARE) {
		json_ku64(w, "hi_ppm", c->hi_ppm);
		json_ku64(w, "lo_ppm", c->lo_ppm);
	}
	if (c->has_number)
		json_ku64(w, "num", c->num);
	json_ktime(w, "oldest", c->oldest);
	json_kopt(w, "reason", c->reason);
	if (c->has_number) {
		json_kstrz(w, "unit", unit_word(c->unit));
		json_ki64(w, "value", c->value);
	}
	json_kstrz(w, "verdict", verdict_word(c->verdict));
	json_obj_end(w);
}

static void
control_json(struct json_w *w, const struct history_control *c, size_t n)
{
	size_t i;

	json_obj(w);
	json_kstrz(w, "id", c->id);
	json_key(w, "months");
	json_arr(w);
	for (i = 0; i < n; i++)
		cell_json(w, &c->cells[i]);
	json_arr_end(w);
	json_kbool(w, "required", c->required);
	json_kstrz(w, "title", c->title);
	json_obj_end(w);
}

static void
month_json(struct json_w *w, const struct history_month *m)
{
	char hex[SHA256_HEX + 1];

	json_obj(w);
	json_kdigest(w, "assessment", m->digest);
	json_ktime(w, "at", m->at);
	json_kdigest(w, "catalog_sha256", m->pack.sha256);
	texts_json(w, "cautions", m->cautions, m->n_cautions);
	json_kbool(w, "gap", m->gap);
	json_ku64(w, "ipv4_full_feed", m->full_feed[FAMILY_V4]);
	json_ku64(w, "ipv6_full_feed", m->full_feed[FAMILY_V6]);
	json_kstrz(w, "month", m->label);
	json_kstrz(w, "pack_version", m->pack.version);
	json_kstrz(w, "parameters", m->parameters);
	sha256_hex(m->pack.profile_sha256, hex);
	json_kopt(w, "profile_sha256", m->pack.has_profile ? hex : NULL);
	json_kstrz(w, "status", m->pack.status);
	json_obj_end(w);
}

static void
pack_json(struct json_w *w, const struct history_pack *p)
{
	size_t i;

	json_obj(w);
	json_key(w, "controls");
	json_arr(w);
	for (i = 0; i < p->n_controls; i++)
		control_json(w, &p->controls[i], p->n_months);
	json_arr_end(w);
	json_key(w, "months");
	json_arr(w);
	for (i = 0; i < p->n_months; i++)
		month_json(w, &p->months[i]);
	json_arr_end(w);
	json_kstrz(w, "pack", p->id);
	json_kstrz(w, "pack_status", p->status);
	json_kstrz(w, "pack_title", p->title);
	json_kstrz(w, "pack_version", p->version);
	json_obj_end(w);
}

/* As the report has it: absent when not known. */
static void
registration_json(struct json_w *w, const struct place *p)
{
	json_key(w, "registration");
	json_obj(w);
	json_kopt(w, "country", p->country[0] != '\0' ? p->country : NULL);
	json_kstrz(w, "registry", service_word((enum service_region)p->service));
	json_obj_end(w);
}

void
history_json(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q)
{
	struct json_w w;
	size_t i, k;

	json_w_init(&w, out);
	json_obj(&w);
	json_kbool(&w, "all", q->all);
	json_ktime(&w, "as_of", q->as_of);
	json_kstrz(&w, "format", HISTORY_FORMAT);
	json_key(&w, "networks");
	json_arr(&w);
	for (i = 0; i < n; i++) {
		json_obj(&w);
		json_ku64(&w, "asn", h[i].asn);
		json_kstrz(&w, "name", h[i].name);
		json_kstrz(&w, "organisation", h[i].org);
		json_key(&w, "packs");
		json_arr(&w);
		for (k = 0; k < h[i].n_packs; k++)
			pack_json(&w, &h[i].packs[k]);
		json_arr_end(&w);
		if (h[i].place.service != SERVICE_NONE)
			registration_json(&w, &h[i].place);
		history_windows_json(&w, &h[i]);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}

