/* crosswalk_data: as JSON and as CSV, for other programs. Keys of objects stand in ascending order. */
#include "report/crosswalk.h"
#include "report/csv.h"
#include "report/json.h"

static void
clause_json(struct json_w *w, const struct crosswalk *x, const struct pack *p, const struct clause *c)
{
	const struct service *v;
	size_t at = 0;

	json_obj(w);
	json_key(w, "controls");
	json_arr(w);
	while ((v = crosswalk_next(x, p, NULL, c, &at)) != NULL) {
		json_obj(w);
		json_kstrz(w, "extent", v->whole ? "whole" : "part");
		json_kstrz(w, "id", v->control);
		json_kopt(w, "note", v->note);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kstrz(w, "id", c->id);
	json_kopt(w, "label", c->label);
	json_kstrz(w, "read", clause_read_word(c->read));
	json_kstrz(w, "source", c->source);
	json_kstrz(w, "title", c->title);
	json_obj_end(w);
}

static void
text_json(struct json_w *w, const struct crosswalk *x, const struct pack *p, const struct crosswalk_text *t)
{
	size_t k;

	json_obj(w);
	json_key(w, "clauses");
	json_arr(w);
	for (k = 0; k < t->n; k++)
		clause_json(w, x, p, &t->clauses[k]);
	json_arr_end(w);
	json_kstrz(w, "id", t->id);
	json_kstrz(w, "issuer", t->issuer);
	json_kstrz(w, "source", t->source);
	json_kstrz(w, "state", t->state);
	json_kstrz(w, "status", t->status);
	json_kstrz(w, "title", t->title);
	json_obj_end(w);
}

static void
pack_json(struct json_w *w, const struct pack *p)
{
	size_t i;

	json_obj(w);
	json_kdigest(w, "catalog_sha256", p->sha256);
	json_key(w, "controls");
	json_arr(w);
	for (i = 0; i < p->n; i++) {
		json_obj(w);
		json_kstrz(w, "evidence_class", p->controls[i].evidence_class);
		json_kstrz(w, "id", p->controls[i].id);
		json_kbool(w, "required", p->controls[i].required);
		json_kstrz(w, "title", p->controls[i].title);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kstrz(w, "id", p->id);
	json_kopt(w, "remarks", p->remarks);
	json_kstrz(w, "status", p->status);
	json_kstrz(w, "title", p->title);
	json_kstrz(w, "version", p->version);
	json_obj_end(w);
}

/* What no control serves, as "TEXT/CLAUSE"; the controls that serve nothing. */
static void
gaps_json(struct json_w *w, const struct crosswalk *x, const struct pack *p)
{
	struct str ref = {0};
	size_t i, k;

	json_key(w, "clauses_without_control");
	json_arr(w);
	for (i = 0; i < x->n_texts; i++)
		for (k = 0; k < x->texts[i].n; k++) {
			if (clause_is_served(x, p, &x->texts[i].clauses[k]))
				continue;
			str_clear(&ref);
			str_addf(&ref, "%s/%s", x->texts[i].id, x->texts[i].clauses[k].id);
			json_str(w, str_span(&ref));
		}
	json_arr_end(w);
	json_key(w, "controls_without_clause");
	json_arr(w);
	for (i = 0; i < p->n; i++)
		if (!control_serves(x, p, &p->controls[i]))
			json_strz(w, p->controls[i].id);
	json_arr_end(w);
	str_release(&ref);
}

void
crosswalk_json(struct str *out, const struct crosswalk *x, const struct pack *p)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	gaps_json(&w, x, p);
	json_kdigest(&w, "crosswalk_sha256", x->sha256);
	json_kstrz(&w, "format", CROSSWALK_FORMAT);
	json_key(&w, "pack");
	pack_json(&w, p);
	json_kstrz(&w, "remarks", x->remarks);
	json_key(&w, "texts");
	json_arr(&w);
	for (i = 0; i < x->n_texts; i++)
		text_json(&w, x, p, &x->texts[i]);
	json_arr_end(&w);
	json_kstrz(&w, "version", x->version);
	json_obj_end(&w);
	json_done(&w);
}

/* --- CSV --- */

/* One row; c NULL: a clause that nothing serves; k NULL: a control that serves nothing. */
static void
row(struct str *out, const struct pack *p, const struct control *c, const struct clause *k, const struct service *v)
{
	csv_field(out, p->id);
	csv_field(out, p->version);
	csv_field(out, p->status);
	csv_field(out, c != NULL ? c->id : "");
	csv_field(out, c != NULL ? c->title : "");
	csv_field(out, c != NULL ? c->evidence_class : "");
	csv_field(out, v == NULL ? "none" : v->whole ? "whole" : "part");
	csv_field(out, k != NULL ? k->text->id : "");
	csv_field(out, k != NULL ? k->text->title : "");
	csv_field(out, k != NULL ? k->text->issuer : "");
	csv_field(out, k != NULL ? k->text->status : "");
	csv_field(out, k != NULL ? k->text->state : "");
	csv_field(out, k != NULL ? k->id : "");
	csv_field(out, k != NULL && k->label != NULL ? k->label : "");
	csv_field(out, k != NULL ? k->title : "");
	csv_field(out, k != NULL ? clause_read_word(k->read) : "");
	csv_field(out, k != NULL ? k->source : "");
	csv_field(out, v != NULL && v->note != NULL ? v->note : "");
	out->p[out->len - 1] = '\n';	/* of the last comma */
}

void
crosswalk_csv(struct str *out, const struct crosswalk *x, const struct pack *p)
{
	const struct service *v;
	size_t i, k, at;

	str_adds(out, "pack,pack_version,pack_status,control,control_title,evidence_class,extent,text,text_title,issuer,"
	    "text_status,text_state,clause,clause_label,clause_title,read,source,note\n");
	for (i = 0; i < x->n_texts; i++)
		for (k = 0; k < x->texts[i].n; k++) {
			const struct clause *c = &x->texts[i].clauses[k];

			at = 0;
			while ((v = crosswalk_next(x, p, NULL, c, &at)) != NULL)
				row(out, p, pack_control(p, span_of(v->control)), c, v);
			if (!clause_is_served(x, p, c))
				row(out, p, NULL, c, NULL);
		}
	for (i = 0; i < p->n; i++)
		if (!control_serves(x, p, &p->controls[i]))
			row(out, p, &p->controls[i], NULL, NULL);
}
