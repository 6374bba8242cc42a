/* path_data: explained paths as canonical JSON. */
#include "report/json.h"
#include "report/path.h"

static void
number_or_null(struct json_w *w, const char *key, bool known, uint64_t v)
{
	json_key(w, key);
	if (known)
		json_u64(w, v);
	else
		json_null(w);
}

/* --- the head --- */

static void
evidence_json(struct json_w *w, const struct path_asked *q)
{
	json_obj(w);
	json_kbool(w, "aspas", q->tables.aspas != NULL);
	json_kbool(w, "organisations", q->tables.orgs != NULL);
	json_kbool(w, "relationships", q->tables.graph != NULL);
	json_kbool(w, "vrps", q->has_vrps);
	json_obj_end(w);
}

void
path_json_begin(struct str *out, const struct path_asked *q)
{
	static const char *const ask[] = {"up", "down"};
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_ktime(&w, "at", q->world->at);
	json_kopt(&w, "direction", q->ask == PATH_ASK_OBSERVER ? NULL : ask[q->ask]);
	json_key(&w, "evidence");
	evidence_json(&w, q);
	json_kstrz(&w, "format", PATH_FORMAT);
	json_key(&w, "inputs");
	json_inputs(&w, q->world);
	number_or_null(&w, "neighbour", q->has_neighbour, q->neighbour);
	json_key(&w, "paths");
	json_arr(&w);	/* closed by path_json_end */
}

/* --- one path --- */

static void
ramps_json(struct json_w *w, const struct aspa_ramps *r)
{
	json_obj(w);
	json_ku64(w, "max_down", r->max_down);
	json_ku64(w, "max_up", r->max_up);
	json_ku64(w, "min_down", r->min_down);
	json_ku64(w, "min_up", r->min_up);
	json_ku64(w, "n", r->n);
	json_obj_end(w);
}

static void
receivers_json(struct json_w *w, const struct path_result *r)
{
	size_t i;

	json_arr(w);
	for (i = 0; i + 1 < r->view.n; i++) {
		json_obj(w);
		json_ku64(w, "asn", r->as[i]);
		json_kstrz(w, "downstream", aspa_verdict_word((enum aspa_verdict)r->seen[i].down));
		json_kstrz(w, "upstream", aspa_verdict_word((enum aspa_verdict)r->seen[i].up));
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
aspa_json(struct json_w *w, const struct path_asked *q, const struct path_result *r)
{
	static const char *const by[] = {"ramps", "empty", "first-as", "as-set"};
	bool data = q->tables.aspas != NULL, ramps = data && r->why != ASPA_HAS_SET && r->view.n > 0;

	json_obj(w);
	json_kstrz(w, "by", by[r->why]);
	json_kopt(w, "downstream", data || r->why != ASPA_BY_RAMPS ? aspa_verdict_word(r->down) : NULL);
	json_key(w, "ramps");
	if (ramps)
		ramps_json(w, &r->ramps);
	else
		json_null(w);
	json_key(w, "receivers");
	if (ramps)
		receivers_json(w, r);
	else
		json_null(w);
	json_kopt(w, "upstream", data || r->why != ASPA_BY_RAMPS ? aspa_verdict_word(r->up) : NULL);
	json_obj_end(w);
}

static void
hops_json(struct json_w *w, const struct path_result *r)
{
	size_t p;

	json_arr(w);
	for (p = 0; p + 1 < r->view.n; p++) {
		json_obj(w);
		json_kstrz(w, "aspa_down", aspa_auth_word((enum aspa_auth)r->hop[p].down));
		json_kstrz(w, "aspa_up", aspa_auth_word((enum aspa_auth)r->hop[p].up));
		json_ku64(w, "from", r->as[p + 1]);
		json_kopt(w, "relationship", r->view.valley != NULL ?
		    valley_word((enum valley_hop)r->view.valley[p]) : NULL);
		json_ku64(w, "to", r->as[p]);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
suspects_json(struct json_w *w, const struct path_result *r, size_t first, size_t last)
{
	size_t i;

	json_arr(w);
	for (i = first; i <= last; i++)
		json_u64(w, r->as[i]);
	json_arr_end(w);
}

static void
leak_json(struct json_w *w, const struct path_result *r)
{
	const struct leak *l = &r->leak;

	json_obj(w);
	number_or_null(w, "acceptor", l->acceptor != 0, l->acceptor);
	json_kstrz(w, "by", leak_by_word(l->by));
	json_kstrz(w, "class", leak_class_word(l->class));
	number_or_null(w, "leaker", l->leaker != 0, l->leaker);
	json_key(w, "suspects");
	if (l->class == LEAK_NONE) {
		json_arr(w);
		json_arr_end(w);
	} else {
		suspects_json(w, r, l->first, l->last);
	}
	number_or_null(w, "type", l->type != LEAK_TYPE_UNKNOWN, l->type);
	json_obj_end(w);
}

static void
otc_json(struct json_w *w, const struct path_asked *q, const struct path_result *r)
{
	const struct otc *o = &r->view.otc;
	bool broken = o->state == OTC_BROKEN;

	json_obj(w);
	number_or_null(w, "asn", q->otc.present && !q->otc.malformed, q->otc.asn);
	json_kbool(w, "attested", broken && o->attested);
	number_or_null(w, "broken_from", broken, broken ? r->as[o->out + 1] : 0);
	number_or_null(w, "broken_to", broken, broken ? r->as[o->out] : 0);
	json_kstrz(w, "state", otc_word(o->state));
	json_obj_end(w);
}

static void
roa_json(struct json_w *w, const struct roa *v)
{
	char buf[PREFIX_TEXT];

	json_obj(w);
	json_ku64(w, "asn", v->asn);
	json_ku64(w, "max_length", v->max_len);
	json_kstrz(w, "prefix", prefix_format(&v->prefix, buf));
	json_obj_end(w);
}

static void
rov_json(struct json_w *w, const struct path_asked *q, const struct path_result *r)
{
	uint32_t ids[PATH_VRPS_SHOWN];
	size_t n, i;

	if (!r->line->has_prefix) {
		json_null(w);
		return;
	}
	n = q->has_vrps ? rpki_covering(&q->world->rpki, &r->line->prefix, ids, PATH_VRPS_SHOWN) : 0;
	json_obj(w);
	json_key(w, "covering");
	json_arr(w);
	for (i = 0; i < n && i < PATH_VRPS_SHOWN; i++)
		roa_json(w, &q->world->rpki.roas[ids[i]]);
	json_arr_end(w);
	json_ku64(w, "n_covering", n);
	number_or_null(w, "origin", r->origin != ORIGIN_NONE, r->origin);
	json_kstrz(w, "state", q->has_vrps ? rov_word(r->rov) : "no-data");
	json_obj_end(w);
}

/* The AS that leaked it if an unknown hop is not a customer's, or null. */
static void
doubt_json(struct json_w *w, const struct path_result *r)
{
	const struct valley *d = &r->view.doubt;

	if (!d->broken) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_ku64(w, "in_from", r->as[d->in + 1]);
	json_ku64(w, "leaker", r->as[d->out + 1]);
	json_ku64(w, "out_to", r->as[d->out]);
	json_obj_end(w);
}

static void
valley_json(struct json_w *w, const struct path_result *r)
{
	const struct valley *v = &r->view.broken;
	size_t p, unknown = 0;

	if (r->view.valley == NULL) {
		json_null(w);
		return;
	}
	for (p = 0; p + 1 < r->view.n; p++)
		unknown += r->view.valley[p] == HOP_UNKNOWN;
	json_obj(w);
	json_kbool(w, "both_known", v->broken && v->both_known);
	json_kbool(w, "broken", v->broken);
	json_key(w, "doubt");
	doubt_json(w, r);
	number_or_null(w, "in_from", v->broken, v->broken ? r->as[v->in + 1] : 0);
	number_or_null(w, "out_to", v->broken, v->broken ? r->as[v->out] : 0);
	number_or_null(w, "type", v->type != LEAK_TYPE_UNKNOWN, v->type);
	json_ku64(w, "unknown_hops", unknown);
	json_obj_end(w);
}

void
path_json(struct str *out, const struct path_asked *q, const struct path_result *r, bool first)
{
	char buf[PREFIX_TEXT];
	struct str path = {0};
	struct json_w w;
	size_t i;

	if (!first)
		str_addc(out, ',');
	json_w_init(&w, out);
	json_obj(&w);
	json_kbool(&w, "as_set", r->view.has_set);
	json_key(&w, "ases");
	json_arr(&w);
	for (i = 0; i < r->view.n; i++)
		json_u64(&w, r->as[i]);
	json_arr_end(&w);
	json_key(&w, "aspa");
	aspa_json(&w, q, r);
	json_key(&w, "hops");
	hops_json(&w, r);
	json_key(&w, "leak");
	leak_json(&w, r);
	json_kbool(&w, "no_data", r->verdict == PATH_NO_DATA);
	json_key(&w, "otc");
	otc_json(&w, q, r);
	aspath_format(r->line->path, &path);
	json_kstr(&w, "path", str_span(&path));
	json_kopt(&w, "prefix", r->line->has_prefix ? prefix_format(&r->line->prefix, buf) : NULL);
	json_key(&w, "rov");
	rov_json(&w, q, r);
	json_key(&w, "valley");
	valley_json(&w, r);
	json_kstrz(&w, "verdict", path_verdict_word(r->verdict));
	json_obj_end(&w);
	str_release(&path);
}

void
path_json_end(struct str *out, const struct path_totals *t)
{
	struct json_w w;

	str_addc(out, ']');
	json_w_init(&w, out);
	str_adds(out, ",\"totals\":");
	json_obj(&w);
	json_ku64(&w, "invalid", t->verdict[PATH_INVALID]);
	json_ku64(&w, "leaks_proven", t->proven);
	json_ku64(&w, "no_data", t->verdict[PATH_NO_DATA]);
	json_ku64(&w, "paths", t->n);
	json_ku64(&w, "unknown", t->verdict[PATH_UNKNOWN]);
	json_ku64(&w, "valid", t->verdict[PATH_VALID]);
	json_obj_end(&w);
	str_adds(out, "}\n");
}
