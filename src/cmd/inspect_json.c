#include "cmd/inspect.h"
#include "base/json_w.h"

static void
put_time(struct json_w *w, const char *key, struct utc t)
{
	char buf[UTC_TEXT];

	json_key(w, key);
	if (utc_known(t))
		json_strz(w, utc_format(t, buf));
	else
		json_null(w);
}

static void
put_words(struct json_w *w, const char *key, uint32_t bits)
{
	uint32_t e;

	json_key(w, key);
	json_arr(w);
	for (e = 0; e < EV_N; e++)
		if ((bits & EV_BIT(e)) != 0)
			json_strz(w, evidence_word(e));
	json_arr_end(w);
}

static void
put_lacks(struct json_w *w, const struct inspection *v)
{
	size_t i;

	json_key(w, "missing");
	json_arr(w);
	for (i = 0; i < v->n_lacks; i++) {
		const struct lack *l = &v->lacks[i];

		json_obj(w);
		put_words(w, "absent", l->absent);
		put_words(w, "absent_all_of", l->absent_any);
		json_kstrz(w, "control", l->control->id);
		json_key(w, "doubt");
		if (l->doubt[0] != '\0')
			json_strz(w, l->doubt);
		else
			json_null(w);
		put_words(w, "incomplete", l->incomplete);
		json_kstrz(w, "pack", l->pack->id);
		json_kstrz(w, "pack_status", l->pack->status);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
put_evidence(struct json_w *w, const struct world *world)
{
	uint32_t e;

	json_key(w, "evidence");
	json_arr(w);
	for (e = 0; e < EV_N; e++) {
		const struct evidence_state *s = &world->evidence[e];

		json_obj(w);
		json_kstrz(w, "evidence", evidence_word(e));
		json_ku64(w, "incomplete", s->n_incomplete);
		json_ku64(w, "inputs", s->n_inputs);
		put_time(w, "newest", s->newest);
		put_time(w, "oldest", s->oldest);
		json_ku64(w, "untimed", s->n_untimed);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
put_diags(struct json_w *w, const struct diags *d)
{
	size_t i;

	json_key(w, "diags");
	json_arr(w);
	for (i = 0; i < d->n_counts; i++) {
		const struct diag_count *c = &d->counts[i];

		json_obj(w);
		json_ku64(w, "count", c->n);
		json_kstrz(w, "error", err_text(c->first.err));
		json_kstrz(w, "field", c->first.field);
		json_ku64(w, "first_offset", c->first.offset);
		json_ku64(w, "first_record", c->first.record);
		json_kstrz(w, "level", diag_level_text(c->first.level));
		json_key(w, "rule");
		if (c->first.rule != NULL)
			json_strz(w, c->first.rule);
		else
			json_null(w);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
put_file(struct json_w *w, const struct input *in)
{
	char hex[SHA256_HEX + 1];
	struct str reason = {0};

	sha256_hex(in->sha256, hex);
	input_reason(in, &reason);
	json_obj(w);
	json_kbool(w, "complete", in->complete);
	put_diags(w, &in->diags);
	json_kbool(w, "duplicate", in->duplicate);
	json_kstrz(w, "kind", kind_word(in->kind));
	json_kstrz(w, "name", in->name);
	json_kstrz(w, "packing", in->packing);
	json_ku64(w, "plain_size", in->plain);
	json_key(w, "reason");
	if (in->complete)
		json_null(w);
	else
		json_str(w, str_span(&reason));
	json_ku64(w, "records", in->records);
	json_kstrz(w, "sha256", hex);
	json_ku64(w, "size", in->size);
	put_time(w, "time", in->time);
	json_kbool(w, "time_from_name", in->time_from_name);
	json_ku64(w, "used", in->used);
	json_obj_end(w);
	str_release(&reason);
}

void
inspect_json(const struct inspection *v, struct str *out)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_ku64(&w, "controls", v->n_controls);
	put_evidence(&w, v->w);
	json_key(&w, "files");
	json_arr(&w);
	for (i = 0; i < v->w->n_inputs; i++)
		put_file(&w, v->inputs[i]);
	json_arr_end(&w);
	json_kstrz(&w, "format", "routemark-inspect-1");
	put_lacks(&w, v);
	json_obj_end(&w);
	json_done(&w);
}
