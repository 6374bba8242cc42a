/* exposure_json: the whole record, canonical. doc/formats/exposure.md says what each key is. */
#include "report/exposure_json.h"

/* --- one subject --- */

static void
own_json(struct json_w *w, const struct exposure *e)
{
	size_t i;

	json_obj(w);
	json_key(w, "held");
	exposure_json_space(w, &e->own);
	json_ku64(w, "of_the_organisation", e->n_own_sibling);
	json_key(w, "records");
	json_arr(w);
	for (i = 0; i < e->n_foreign; i++) {
		json_obj(w);
		json_ku64(w, "origin", e->foreign[i].origin);
		exposure_json_kprefix(w, "prefix", &e->foreign[i].prefix);
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
		json_key(w, offence_word(exposure_by_word[i]));
		json_obj(w);
		json_ku64(w, "routes", e->n_offending[exposure_by_word[i]]);
		json_kopt(w, "why_no_data", e->carried_why[exposure_by_word[i]]);
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
		exposure_json_as(w, e, &e->ases[i], &r->on[i]);
	json_arr_end(w);
	json_ku64(w, "depends_on_cut", e->n_ases_cut);
	json_key(w, "incidents_together");
	exposure_json_astray(w, &e->together, NULL, e);
	json_kopt(w, "incidents_why", e->astray_why);
	json_key(w, "ipv4");
	exposure_json_family(w, e, FAMILY_V4);
	json_key(w, "ipv6");
	exposure_json_family(w, e, FAMILY_V6);
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
	exposure_json_verdicts(w, r->self);
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
exposure_json(struct str *out, const struct exposure_sheet *x)
{
	const struct assessment *head = x->head;
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_ktime(&w, "at", head->at);
	json_key(&w, "evidence");
	json_evidence(&w, head->world);
	json_key(&w, "exposures");
	json_arr(&w);
	for (i = 0; i < x->n; i++)
		asked_json(&w, &x->asked[i]);
	json_arr_end(&w);
	json_kstrz(&w, "format", EXPOSURE_FORMAT);
	json_key(&w, "inputs");
	json_inputs(&w, head->world);
	json_ku64(&w, "min_share_ppm", x->min_ppm);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < head->n_packs; i++)
		json_pack(&w, &head->packs[i]);
	json_arr_end(&w);
	json_key(&w, "parameters");
	json_parameters(&w, head);
	json_key(&w, "window");
	exposure_json_window(&w, x->incidents);
	json_obj_end(&w);
	json_done(&w);
}
