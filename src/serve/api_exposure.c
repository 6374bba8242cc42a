/* api_exposure: exposures for programs: a list, and one whole. */
#include "report/csv.h"
#include "report/json.h"
#include "report/exposure.h"
#include "rule/say.h"
#include "serve/api.h"
#include "serve/exposure.h"
#include "serve/page.h"

#include <inttypes.h>

static const char *
asked_word(const struct archive_exposure *e, struct arena *a)
{
	return e->prefix ? e->asked : arena_printf(a, "AS%s", e->asked);
}

/* --- the list --- */

static void
entry_members(struct json_w *w, struct ask *q, const struct archive_exposure *e)
{
	char hex[SHA256_HEX + 1], month[8];

	json_obj(w);
	json_kstrz(w, "asked", asked_word(e, q->a));
	json_ktime(w, "at", e->at);
	sha256_hex(e->digest, hex);
	json_kstrz(w, "exposure", hex);
	shown_month_text(e->at, month);
	json_kstrz(w, "month", month);
	json_kstrz(w, "name", e->name);
	json_ku64(w, "networks", e->networks);
	json_ku64(w, "origin", e->origin);
	json_key(w, "weakest");
	if (e->has_weakest) {
		json_obj(w);
		json_ku64(w, "asn", e->weakest);
		json_kstrz(w, "verdict", verdict_word(e->verdict));
		json_obj_end(w);
	} else {
		json_null(w);
	}
	json_obj_end(w);
}

static void
list_csv(struct ask *q, const struct archive_exposure *all, size_t n)
{
	char hex[SHA256_HEX + 1], when[UTC_TEXT], month[8];
	struct str *out = &q->r->body;
	size_t i;

	str_adds(out, "exposure,asked,origin,name,month,as_of,networks,weakest,weakest_verdict\n");
	for (i = 0; i < n; i++) {
		sha256_hex(all[i].digest, hex);
		shown_month_text(all[i].at, month);
		str_addf(out, "%s,%s,%" PRIu32 ",", hex, asked_word(&all[i], q->a), all[i].origin);
		csv_field(out, all[i].name);
		str_addf(out, "%s,%s,%" PRIu64 ",", month, utc_format(all[i].at, when), all[i].networks);
		if (all[i].has_weakest)
			str_addf(out, "%" PRIu32 ",%s\n", all[i].weakest, verdict_word(all[i].verdict));
		else
			str_adds(out, ",\n");
	}
}

void
api_exposures(struct ask *q)
{
	static const char *const keys[] = {"month", "weakest", "limit", "offset", "format", NULL};
	struct archive_exposure *all;
	struct exposure_ask x;
	struct api_range range;
	uint64_t total = 0;
	struct json_w w;
	size_t n, i;
	enum err e;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !api_range(q, &range) || !exposure_ask(q, true, &x))
		return;
	x.query.limit = range.limit;
	x.query.offset = range.offset;
	e = archive_exposures(q->archive, &x.query, q->a, &all, &n, &total);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (csv) {
		list_csv(q, all, n);
		return;
	}
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "exposures");
	json_arr(&w);
	for (i = 0; i < n; i++)
		entry_members(&w, q, &all[i]);
	json_arr_end(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "months");
	json_arr(&w);
	for (i = 0; i < x.n_months; i++) {
		json_obj(&w);
		json_ku64(&w, "exposures", x.months[i].n);
		json_kstrz(&w, "month", x.months[i].text);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	api_next(&w, q, &range, total);
	json_ku64(&w, "total", total);
	json_obj_end(&w);
	json_done(&w);
}

/* --- one --- */

static const char one_head[] = "asked,origin,as_of,family,asn,name,organisation,hops,relation,share_percent,mean_percent,paths,"
    "of_paths,vantage_points,of_vantage_points,every_path,at_end,weakest,required,pass,warn,fail,no_data,not_applicable,"
    "worst_pack,worst_control,worst_reason\n";

static void
percent_field(struct str *out, uint32_t ppm)
{
	say_percent(out, ppm);
	str_addc(out, ',');
}

static void
family_row(struct ask *q, const struct archive_exposure *e, const struct exposed *x, size_t i, unsigned f)
{
	const struct exposed_net *n = &x->nets[i];
	struct str *out = &q->r->body;
	char when[UTC_TEXT];

	str_addf(out, "%s,%" PRIu32 ",%s,%s,%" PRIu32 ",", asked_word(e, q->a), x->origin, utc_format(e->at, when),
	    f == FAMILY_V4 ? "ipv4" : "ipv6", n->asn);
	csv_field(out, n->name);
	csv_field(out, n->org);
	str_addf(out, "%" PRIu32 ",%s,", n->hops, n->relation != NULL ? n->relation : "");
	percent_field(out, n->of[f].share_ppm);
	percent_field(out, n->of[f].mean_ppm);
	str_addf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%s,%s,%s,", n->of[f].paths, x->family[f].paths,
	    n->of[f].vps, x->family[f].full_with, n->of[f].every ? "yes" : "no", n->of[f].at_end ? "yes" : "no",
	    i == x->weakest ? "yes" : "no");
	str_addf(out, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", n->v.required,
	    n->v.n[VERDICT_PASS], n->v.n[VERDICT_WARN], n->v.n[VERDICT_FAIL], n->v.n[VERDICT_NO_DATA],
	    n->v.n[VERDICT_NOT_APPLICABLE]);
	csv_field(out, n->v.pack != NULL ? n->v.pack : "");
	csv_field(out, n->v.control != NULL ? n->v.control : "");
	csv_field(out, n->v.reason != NULL ? n->v.reason : "");
	out->p[out->len - 1] = '\n';	/* the last comma */
}

static void
one_csv(struct ask *q, const struct archive_exposure *e, const struct exposed *x)
{
	unsigned f;
	size_t i;

	str_adds(&q->r->body, one_head);
	for (i = 0; i < x->n_nets; i++)
		for (f = 0; f < FAMILY_N; f++)
			if (x->nets[i].of[f].known)
				family_row(q, e, x, i, f);
}

/* The two texts as they were kept, so that whoever has them can compute the digest. */
static void
one_json(struct ask *q, const struct archive_exposure *e, struct span head, struct span text)
{
	struct json_w w;

	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "exposure");
	entry_members(&w, q, e);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "found");
	json_raw(&w, text);
	json_key(&w, "ground");
	json_raw(&w, head);
	json_obj_end(&w);
	json_done(&w);
}

void
api_exposure(struct ask *q)
{
	static const char *const keys[] = {"id", "month", "prefix", "format", NULL};
	struct exposed_ground ground;
	struct archive_exposure *all;
	struct span head, text;
	struct exposed x;
	size_t n, at;
	enum err e;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !exposure_named(q, &all, &n, &at))
		return;
	e = archive_exposure_read(q->archive, all[at].id, q->a, &ground, &x, &head, &text);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (csv)
		one_csv(q, &all[at], &x);
	else
		one_json(q, &all[at], head, text);
}
