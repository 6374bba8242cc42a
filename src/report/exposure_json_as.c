/* exposure_json_as: a network that is depended on. */
#include "report/exposure_json.h"
#include "rule/say.h"

void
exposure_json_space(struct json_w *w, const struct exposure_space *s)
{
	json_obj(w);
	json_ku64(w, "ipv4_24s", s->blocks[FAMILY_V4]);
	json_ku64(w, "ipv6_48s", s->blocks[FAMILY_V6]);
	json_ku64(w, "routes", s->routes);
	json_obj_end(w);
}

void
exposure_json_verdicts(struct json_w *w, const struct as_result *r)
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

void
exposure_json_as(struct json_w *w, const struct exposure *e, const struct exposure_as *a, const struct as_result *r)
{
	unsigned o;

	json_obj(w);
	json_ku64(w, "asn", a->asn);
	json_key(w, "carried");
	json_obj(w);
	for (o = 0; o < OFFENCE_N; o++) {
		json_key(w, offence_word(exposure_by_word[o]));
		if (e->carried_why[exposure_by_word[o]] == NULL)
			exposure_json_space(w, &a->carried[exposure_by_word[o]]);
		else
			json_null(w);
	}
	json_obj_end(w);
	json_ku64(w, "hops", a->hops);
	json_key(w, "incidents");
	exposure_json_astray(w, &a->astray, a, e);
	shares_json(w, "ipv4", e, a, FAMILY_V4);
	shares_json(w, "ipv6", e, a, FAMILY_V6);
	json_kstrz(w, "name", r->name);
	json_kstrz(w, "organisation", r->org);
	json_ku64(w, "passed_on", a->n_passed);
	json_kopt(w, "relation", a->relation == REL_NONE ? NULL : exposure_relation_word(a->relation));
	json_key(w, "verdicts");
	exposure_json_verdicts(w, r);
	json_obj_end(w);
}
