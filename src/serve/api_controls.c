/* api_controls: what is asked for, and how many pass. */
#include "report/csv.h"
#include "rule/say.h"
#include "serve/api.h"
#include "serve/page.h"

#include <inttypes.h>

/* --- controls --- */

static void
test_json(struct json_w *w, const struct control_test *t)
{
	static const char *const units[] = {[UNIT_SHARE] = "share", [UNIT_COUNT] = "count", [UNIT_SCORE] = "score",
	    [UNIT_BOOL] = "bool"};

	json_obj(w);
	json_kstrz(w, "compare", compare_word(t->compare));
	json_kbool(w, "judged", t->judged);
	json_kstrz(w, "metric", metric_word(t->metric));
	json_ki64(w, "pass", t->pass);
	json_key(w, "pass_cdn");
	if (t->pass_cdn >= 0)
		json_i64(w, t->pass_cdn);
	else
		json_null(w);
	json_kstrz(w, "unit", units[metric_unit(t->metric)]);
	json_ki64(w, "warn", t->warn);
	json_obj_end(w);
}

static void
control_json(struct json_w *w, const struct archive_control *a, const struct control *c, const uint64_t n[static VERDICT_N])
{
	size_t t;

	json_obj(w);
	json_kopt(w, "cannot", c != NULL ? c->cannot : NULL);
	json_kstrz(w, "control", a->id);
	json_kopt(w, "evidence_class", c != NULL ? c->evidence_class : NULL);
	json_kbool(w, "known", c != NULL);
	api_share(w, n);
	json_kopt(w, "remedy", c != NULL ? c->remedy : NULL);
	json_kbool(w, "required", a->required);
	json_kopt(w, "statement", c != NULL ? c->statement : NULL);
	json_key(w, "tests");
	json_arr(w);
	for (t = 0; c != NULL && t < c->n_tests; t++)
		test_json(w, &c->tests[t]);
	json_arr_end(w);
	json_kopt(w, "threshold_source", c != NULL ? c->threshold_source : NULL);
	json_kstrz(w, "title", a->title);
	json_key(w, "verdicts");
	api_counts(w, n);
	json_obj_end(w);
}

static void
controls_csv(struct ask *q, const struct archive_pack *p, const struct pack *known)
{
	struct str *out = &q->r->body;
	size_t k, t;

	api_begin(q, TYPE_CSV);
	str_adds(out, "pack,pack_version,pack_status,control,required,title,metric,asks,threshold_source\n");
	for (k = 0; k < p->n; k++) {
		const struct control *c = site_control(known, p->controls[k].id);
		size_t n = c != NULL && c->n_tests > 0 ? c->n_tests : 1;

		for (t = 0; t < n; t++) {
			struct str bars = {0};

			csv_field(out, p->id);
			csv_field(out, p->version);
			csv_field(out, p->status);
			csv_field(out, p->controls[k].id);
			csv_field(out, p->controls[k].required ? "yes" : "no");
			csv_field(out, p->controls[k].title);
			csv_field(out, c != NULL && c->n_tests > 0 ? metric_word(c->tests[t].metric) : "");
			str_adds(&bars, "");
			if (c != NULL && c->n_tests > 0 && c->tests[t].judged)
				say_bars(&bars, &c->tests[t], false);
			csv_field(out, bars.p);
			csv_field(out, c != NULL && c->threshold_source != NULL ? c->threshold_source : "");
			out->p[out->len - 1] = '\n';
			str_release(&bars);
		}
	}
}

void
api_controls(struct ask *q)
{
	static const char *const keys[] = {"country", "format", "month", "pack", "region", NULL};
	const struct shown_series *s;
	const struct archive_pack *p;
	const struct pack *known;
	uint64_t n[VERDICT_N];
	struct pick pick;
	size_t month, k;
	struct json_w w;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_series(q, &s, &month) || !pick_ask(q, false, &pick) ||
	    !pick_load(q, &pick))
		return;
	p = shown_pack(s, month);
	known = site_pack(q->site, p);
	if (csv) {
		controls_csv(q, p, known);
		return;
	}
	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "controls");
	json_arr(&w);
	for (k = 0; k < p->n; k++) {
		pick_count(q, &pick, s, month, k, n);
		control_json(&w, &p->controls[k], site_control(known, p->controls[k].id), n);
	}
	json_arr_end(&w);
	api_pick_country(&w, &pick);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "month");
	api_month(&w, s->month[month]);
	json_key(&w, "pack");
	api_pack(&w, p);
	api_pick_region(&w, &pick);
	json_obj_end(&w);
	json_done(&w);
}

/* --- summary --- */

static void
summary_control(struct json_w *w, const struct archive_control *c, archive_tally *t)
{
	uint64_t n[VERDICT_N];
	size_t size;

	page_tally(t, n);
	json_obj(w);
	json_kstrz(w, "control", c->id);
	api_share(w, n);
	json_kbool(w, "required", c->required);
	json_key(w, "sizes");
	json_arr(w);
	for (size = 0; size < ARCHIVE_SIZE_N; size++) {
		json_obj(w);
		api_share(w, (*t)[size]);
		json_kstrz(w, "size", archive_size_word((enum archive_size)size));
		json_key(w, "verdicts");
		api_counts(w, (*t)[size]);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kstrz(w, "title", c->title);
	json_key(w, "verdicts");
	api_counts(w, n);
	json_obj_end(w);
}

static void
summary_csv(struct ask *q, const struct pick *pick, const struct shown_series *s, size_t month)
{
	const struct archive_pack *p = shown_pack(s, month);
	struct str *out = &q->r->body;
	size_t k, size, v;
	char when[8];

	api_begin(q, TYPE_CSV);
	shown_month_text(s->month[month]->head.at, when);
	str_adds(out, "pack,pack_version,pack_status,month,control,required,size,pass,warn,fail,no_data,not_applicable,country,region\n");
	for (k = 0; k < p->n; k++)
		for (size = 0; size < ARCHIVE_SIZE_N; size++) {
			csv_field(out, p->id);
			csv_field(out, p->version);
			csv_field(out, p->status);
			str_addf(out, "%s,", when);
			csv_field(out, p->controls[k].id);
			str_addf(out, "%s,%s", p->controls[k].required ? "yes" : "no", archive_size_word((enum archive_size)size));
			for (v = 0; v < VERDICT_N; v++)
				str_addf(out, ",%" PRIu64, (*pick_tally(q, pick, s, month, k))[size][v]);
			str_addf(out, ",%s,%s\n", pick->country != NULL ? pick->country : "", pick->region != NULL ? pick->region->id : "");
		}
}

void
api_summary(struct ask *q)
{
	static const char *const keys[] = {"country", "format", "month", "pack", "region", NULL};
	const struct shown_series *s;
	const struct archive_pack *p;
	struct pick pick;
	size_t month, k;
	struct json_w w;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_series(q, &s, &month) || !pick_ask(q, false, &pick) ||
	    !pick_load(q, &pick))
		return;
	if (csv) {
		summary_csv(q, &pick, s, month);
		return;
	}
	p = shown_pack(s, month);
	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "controls");
	json_arr(&w);
	for (k = 0; k < p->n; k++)
		summary_control(&w, &p->controls[k], pick_tally(q, &pick, s, month, k));
	json_arr_end(&w);
	api_pick_country(&w, &pick);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "month");
	api_month(&w, s->month[month]);
	json_ku64(&w, "networks", pick_networks(q, &pick, s, month));
	json_key(&w, "pack");
	api_pack(&w, p);
	api_pick_region(&w, &pick);
	json_obj_end(&w);
	json_done(&w);
}
