#include "base/json_w.h"
#include "cmd/cmd.h"
#include "cmd/replay_say.h"
#include "report/json.h"

static void
difference_put(struct json_w *w, const struct replay *r)
{
	json_key(w, "difference");
	if (r->path.len + r->was.len == 0) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kstr(w, "computed", str_span(&r->is));
	json_kstr(w, "pointer", str_span(&r->path));
	json_kstr(w, "report", str_span(&r->was));
	json_obj_end(w);
}

static void
packs_put(struct json_w *w, const struct replay_ask *ask)
{
	size_t i, at;

	json_key(w, "packs");
	json_arr(w);
	for (i = 0; i < ask->n_packs; i++) {
		const struct pack *p = &ask->packs[i];

		json_obj(w);
		json_kstrz(w, "id", p->id);
		json_key(w, "name");
		at = json_str_begin(w);
		str_addf(w->out, "%s %s%s", p->id, p->version, pack_label(p));
		json_str_end(w, at);
		json_kstrz(w, "status", p->status);
		json_kstrz(w, "version", p->version);
		json_obj_end(w);
	}
	json_arr_end(w);
}

void
replay_json(struct str *out, const struct replay_ask *ask, const struct replay *r)
{
	const struct bundle *b = ask->bundle;
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "answer", replay_answer_name(r->answer));
	json_key(&w, "ases");
	json_arr(&w);
	for (i = 0; i < b->n_asns; i++)
		json_u64(&w, b->asns[i]);
	json_arr_end(&w);
	json_ktime(&w, "at", b->at);
	difference_put(&w, r);
	json_kbool(&w, "evidence", ask->evidence);
	json_kstrz(&w, "format", "routemark-replay/1");
	json_ku64(&w, "inputs", b->n_inputs);
	json_ku64(&w, "inputs_missing", r->n_missing);
	json_kopt(&w, "made_by", b->version);
	packs_put(&w, ask);
	json_kstrz(&w, "program", routemark_version());
	json_ku64(&w, "verdicts", r->n_verdicts);
	json_ku64(&w, "verdicts_shown", r->n_shown);
	json_kstr(&w, "why", str_span(&r->why));
	json_obj_end(&w);
	json_done(&w);
}
