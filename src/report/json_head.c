/* json_head: what stands before the results: the moment, the evidence, the manifest, the packs and the
 * parameters. Inputs are named by digest only; the same bytes twice are one input. */
#include "report/json.h"
#include "base/limits.h"
#include "report/summary.h"
#include "metric/scored.h"

#include <string.h>

void
json_diags(struct json_w *w, const struct diags *d)
{
	json_obj(w);
	json_ku64(w, "fields_skipped", d->n_level[DIAG_SKIP_FIELD]);
	json_ku64(w, "notes", d->n_level[DIAG_NOTE]);
	json_ku64(w, "records_skipped", d->n_level[DIAG_SKIP_RECORD]);
	json_ku64(w, "stops", d->n_level[DIAG_STOP_SOURCE]);
	json_obj_end(w);
}

static void
input_json(struct json_w *w, const struct input *in)
{
	json_obj(w);
	json_kbool(w, "complete", in->complete);
	json_key(w, "diags");
	json_diags(w, &in->diags);
	if (!in->complete) {
		json_kstrz(w, "error", in->detail != NULL ? in->detail : err_text(in->err));
		json_ku64(w, "error_offset", in->err_offset);
	}
	json_kstrz(w, "kind", kind_word(in->kind));
	json_kstrz(w, "packing", in->packing != NULL ? in->packing : "plain");
	json_ku64(w, "plain_size", in->plain);
	json_ku64(w, "records", in->records);
	json_kdigest(w, "sha256", in->sha256);
	json_ku64(w, "size", in->size);
	json_ktime(w, "time", in->time);
	json_kbool(w, "time_from_name", in->time_from_name);
	json_ku64(w, "used", in->used);
	json_obj_end(w);
}

void
json_inputs(struct json_w *w, const struct world *world)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < world->n_inputs; i++)
		if (!world->inputs[i].duplicate)
			input_json(w, &world->inputs[i]);
	json_arr_end(w);
}

static void
family_json(struct json_w *w, const struct routes *r, unsigned family)
{
	json_obj(w);
	json_ku64(w, "full_feed", r->n_full[family]);
	json_ku64(w, "visibility", r->visibility[family]);
	json_ku64(w, "visible_routes", r->n_visible[family]);
	json_obj_end(w);
}

static void
kind_json(struct json_w *w, enum evidence e, const struct evidence_state *s)
{
	json_obj(w);
	json_ku64(w, "incomplete", s->n_incomplete);
	json_ku64(w, "inputs", s->n_inputs);
	json_kstrz(w, "kind", evidence_word(e));
	json_ktime(w, "newest", s->newest);
	json_ktime(w, "oldest", s->oldest);
	json_ku64(w, "untimed", s->n_untimed);
	json_obj_end(w);
}

/* What an earlier report had more of; nothing when none was given. */
static void
since_json(struct json_w *w, const struct since *h)
{
	size_t i;

	if (!h->known)
		return;
	json_key(w, "baseline");
	json_obj(w);
	json_ktime(w, "at", h->than.at);
	json_ku64(w, "limit_percent", SHRUNK_PERCENT_MAX);
	json_kdigest(w, "sha256", h->than.sha256);
	json_key(w, "shrunk");
	json_arr(w);
	for (i = 0; i < h->n; i++) {
		json_obj(w);
		json_ku64(w, "before", h->shrunk[i].before);
		json_ku64(w, "now", h->shrunk[i].now);
		json_kstrz(w, "what", h->shrunk[i].what);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_obj_end(w);
}

void
json_evidence(struct json_w *w, const struct world *world)
{
	unsigned e;

	json_obj(w);
	since_json(w, &world->since);
	json_ku64(w, "collectors", world->routes.n_collectors);
	json_key(w, "ipv4");
	family_json(w, &world->routes, FAMILY_V4);
	json_key(w, "ipv6");
	family_json(w, &world->routes, FAMILY_V6);
	json_key(w, "kinds");
	json_arr(w);
	for (e = 0; e < EV_N; e++)
		if (world->evidence[e].n_inputs > 0 || world->evidence[e].n_incomplete > 0)
			kind_json(w, (enum evidence)e, &world->evidence[e]);
	json_arr_end(w);
	json_ku64(w, "vantage_points", world->routes.n_vps);
	json_obj_end(w);
}

/* Which updates incidents are from; nothing when none were followed. */
static void
json_window(struct json_w *w, const struct scored *s)
{
	if (s == NULL || s->window == NULL)
		return;
	json_key(w, "window");
	json_obj(w);
	json_kstrz(w, "curve", curve_word(s->curve));
	json_ktime(w, "from", s->window->from);
	json_ku64(w, "seen_min_ppm", WINDOW_SEEN_MIN_PPM);
	json_ku64(w, "seen_s", s->window->seen_s);
	json_ktime(w, "to", s->window->to);
	json_obj_end(w);
}

void
json_parameters(struct json_w *w, const struct assessment *head)
{
	json_obj(w);
	json_ku64(w, "bogon_visibility_min", head->params->bogon_visibility_min);
	json_ku64(w, "contact_days", head->params->contact_days);
	json_ku64(w, "full_feed_percent", head->routes_params->full_feed_percent);
	json_kbool(w, "irr_same_origin", head->params->irr_same_origin);
	json_ku64(w, "records_max", head->params->records_max);
	if (head->params->route_server != 0)
		json_ku64(w, "route_server", head->params->route_server);
	json_ku64(w, "spoofer_days", head->params->spoofer_days);
	json_ku64(w, "visibility_min", head->routes_params->visibility_min);
	json_window(w, head->params->scored);
	json_obj_end(w);
}

const char *
json_parameters_window(const char *parameters)
{
	return strstr(parameters, ",\"window\":{");
}

static void
head_json(struct json_w *w, const struct assessment *head)
{
	size_t i;

	json_obj(w);
	json_ktime(w, "at", head->at);
	if (head->disputes != NULL) {
		json_key(w, "disputes");
		json_disputes_head(w, head->disputes);
	}
	json_key(w, "evidence");
	json_evidence(w, head->world);
	json_kstrz(w, "format", REPORT_FORMAT);
	json_key(w, "inputs");
	json_inputs(w, head->world);
	json_key(w, "packs");
	json_arr(w);
	for (i = 0; i < head->n_packs; i++)
		json_pack(w, &head->packs[i]);
	json_arr_end(w);
	json_key(w, "parameters");
	json_parameters(w, head);
}

void
report_json_begin(struct str *out, const struct assessment *head)
{
	struct json_w w;

	json_w_init(&w, out);
	head_json(&w, head);
	json_key(&w, "results");
	json_arr(&w);	/* closed by report_json_end */
}

static void
pack_result_json(struct json_w *w, const struct as_result *r, const struct pack_result *p)
{
	size_t i;

	json_obj(w);
	json_key(w, "controls");
	json_arr(w);
	for (i = 0; i < p->n; i++)
		json_judgement(w, &p->judgements[i], disputed_of(r, p->pack, p->judgements[i].control));
	json_arr_end(w);
	json_kstrz(w, "id", p->pack->id);
	json_obj_end(w);
}

/* Absent when no file says who holds the ASN. */
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
report_json_as(struct str *out, const struct as_result *r, bool first)
{
	struct json_w w;
	size_t i;

	if (!first)
		str_addc(out, ',');
	json_w_init(&w, out);
	json_obj(&w);
	json_ku64(&w, "asn", r->asn);
	json_kbool(&w, "cdn", r->is_cdn);
	json_key(&w, "metrics");
	json_arr(&w);
	for (i = 0; i < r->n_metrics; i++)
		json_metric(&w, r->metrics[i]);
	json_arr_end(&w);
	json_kstrz(&w, "name", r->name);
	json_kstrz(&w, "organisation", r->org);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < r->n_packs; i++)
		pack_result_json(&w, r, &r->packs[i]);
	json_arr_end(&w);
	if (r->place.service != SERVICE_NONE)
		registration_json(&w, &r->place);
	json_kbool(&w, "seen", r->seen);
	json_obj_end(&w);
}

void
report_json_end(struct str *out, const struct summary *s)
{
	struct json_w w;

	str_adds(out, "],\"summary\":");
	json_w_init(&w, out);
	summary_json(&w, s);
	str_adds(out, "}\n");
}

void
report_json_summary(struct str *out, const struct assessment *head, const struct summary *s)
{
	struct json_w w;

	json_w_init(&w, out);
	head_json(&w, head);
	json_key(&w, "summary");
	summary_json(&w, s);
	json_obj_end(&w);
	json_done(&w);
}

void
report_explain_json(struct str *out, const struct assessment *head, const struct as_result *as,
    const struct pack *pack, const struct judgement *j)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	head_json(&w, head);
	json_key(&w, "result");
	json_obj(&w);
	json_ku64(&w, "asn", as->asn);
	json_key(&w, "control");
	json_judgement(&w, j, disputed_of(as, pack, j->control));
	json_key(&w, "metrics");
	json_arr(&w);
	for (i = 0; j->metrics != NULL && i < j->control->n_tests; i++)
		json_metric(&w, j->metrics[i]);
	json_arr_end(&w);
	json_kstrz(&w, "name", as->name);
	json_kstrz(&w, "organisation", as->org);
	json_kstrz(&w, "pack", pack->id);
	json_obj_end(&w);
	json_obj_end(&w);
	json_done(&w);
}
