#include "serve/api.h"
#include "report/csv.h"
#include "report/json.h"
#include "rule/say.h"
#include "serve/page.h"

#include <inttypes.h>

void
api_begin(struct ask *q, const char *type)
{
	q->r->type = type;
	q->r->embeds = true;
}

void
api_pack(struct json_w *w, const struct archive_pack *p)
{
	char hex[SHA256_HEX + 1];

	json_obj(w);
	sha256_hex(p->sha256, hex);
	json_kstrz(w, "catalog_sha256", hex);
	json_kstrz(w, "id", p->id);
	json_kbool(w, "in_force", *history_label(p->status) == '\0');
	sha256_hex(p->profile_sha256, hex);
	json_kopt(w, "profile_sha256", p->has_profile ? hex : NULL);
	json_kstrz(w, "status", p->status);
	json_kstrz(w, "title", p->title);
	json_kstrz(w, "version", p->version);
	json_obj_end(w);
}

void
api_month(struct json_w *w, const struct archive_month *m)
{
	char hex[SHA256_HEX + 1], month[8];
	size_t i;

	shown_month_text(m->head.at, month);
	json_obj(w);
	sha256_hex(m->digest, hex);
	json_kstrz(w, "assessment", hex);
	json_ktime(w, "at", m->head.at);
	json_ku64(w, "inputs", m->head.n_inputs);
	json_kstrz(w, "month", month);
	json_ku64(w, "networks", m->networks);
	json_key(w, "packs");
	json_arr(w);
	for (i = 0; i < m->head.n_packs; i++)
		api_pack(w, &m->head.packs[i]);
	json_arr_end(w);
	json_ku64(w, "vantage_points", m->head.vantage_points);
	json_obj_end(w);
}

bool
api_range(struct ask *q, struct api_range *out)
{
	return ask_number(q, "limit", SERVE_LIMIT_MAX, SERVE_PAGE_ROWS, &out->limit) &&
	    ask_number(q, "offset", UINT32_MAX / 2, 0, &out->offset);
}

void
api_next(struct json_w *w, struct ask *q, const struct api_range *r, uint64_t total)
{
	struct target t = *q->target;
	char *offset = arena_printf(q->a, "%" PRIu32, r->offset + r->limit);
	size_t i;

	json_key(w, "next");
	if (r->limit == 0 || r->offset + (uint64_t)r->limit >= total) {
		json_null(w);
		return;
	}
	for (i = 0; i < t.n && strcmp(t.args[i].key, "offset") != 0; i++)
		;
	if (i < t.n || t.n < SERVE_ARGS_MAX) {
		t.args[i] = (struct target_arg){"offset", offset};
		t.n += i == t.n;
	}
	json_strz(w, target_canonical(&t, q->a));
}

void
api_place(struct json_w *w, const struct place *p)
{
	json_key(w, "registration");
	if (p->service == SERVICE_NONE) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kopt(w, "country", p->country[0] != '\0' ? p->country : NULL);
	json_kstrz(w, "region", region_of(p)->id);
	json_kstrz(w, "registry", service_word((enum service_region)p->service));
	json_obj_end(w);
}

void
api_csv_place(struct str *out, const struct place *p)
{
	str_addf(out, "%s,%s,%s", p->country, service_word((enum service_region)p->service), region_of(p)->id);
}

void
api_pick_country(struct json_w *w, const struct pick *p)
{
	json_kopt(w, "country", p->country);
}

void
api_pick_region(struct json_w *w, const struct pick *p)
{
	json_kopt(w, "region", p->region != NULL ? p->region->id : NULL);
}

void
api_counts(struct json_w *w, const uint64_t n[static VERDICT_N])
{
	/* in the order of the keys */
	static const enum verdict order[] = {VERDICT_FAIL, VERDICT_NOT_APPLICABLE, VERDICT_NO_DATA, VERDICT_PASS, VERDICT_WARN};
	size_t i;

	json_obj(w);
	for (i = 0; i < VERDICT_N; i++)
		json_ku64(w, verdict_word(order[i]), n[order[i]]);
	json_obj_end(w);
}

/* The share that passes of those judged, in millionths with its interval; null when none was. */
void
api_share(struct json_w *w, const uint64_t n[static VERDICT_N])
{
	uint64_t of = page_judged(n);
	uint32_t lo, hi;

	json_key(w, "pass");
	if (of == 0) {
		json_null(w);
		return;
	}
	wilson_ppm(n[VERDICT_PASS], of, &lo, &hi);
	json_obj(w);
	json_ku64(w, "den", of);
	json_ku64(w, "hi_ppm", hi);
	json_ku64(w, "lo_ppm", lo);
	json_ku64(w, "num", n[VERDICT_PASS]);
	json_ku64(w, "value_ppm", n[VERDICT_PASS] * 1000000 / of);
	json_obj_end(w);
}

static const char *const units[] = {[UNIT_SHARE] = "share", [UNIT_COUNT] = "count", [UNIT_SCORE] = "score",
    [UNIT_BOOL] = "bool"};

void
api_cell(struct json_w *w, const struct archive_control *control, const struct history_cell *c)
{
	json_obj(w);
	json_kstrz(w, "control", control->id);
	json_kopt(w, "decides", c->decides);
	if (c->has_number)
		json_ku64(w, "den", c->den);
	if (c->has_number && c->unit == UNIT_SHARE) {
		json_ku64(w, "hi_ppm", c->hi_ppm);
		json_ku64(w, "lo_ppm", c->lo_ppm);
	}
	if (c->has_number)
		json_ku64(w, "num", c->num);
	json_ktime(w, "oldest", c->oldest);
	json_kopt(w, "reason", c->reason);
	json_kbool(w, "required", control->required);
	json_kstrz(w, "title", control->title);
	if (c->has_number) {
		json_kstrz(w, "unit", units[c->unit]);
		json_ki64(w, "value", c->value);
	}
	json_kstrz(w, "verdict", verdict_word(c->verdict));
	json_obj_end(w);
}

const char api_csv_head[] = "asn,name,organisation,pack,pack_version,pack_status,control,required,month,as_of,verdict,metric,"
    "unit,value,num,den,lo_percent,hi_percent,oldest_evidence,reason,country,registry,region\n";

static void
number_fields(struct str *out, const struct history_cell *c)
{
	struct metric m;

	if (!page_metric(c, 0, &m)) {
		str_adds(out, ",,,,,,");
		return;
	}
	str_addf(out, "%s,", c->unit == UNIT_COUNT ? "count" : c->unit == UNIT_BOOL ? "yes/no" : "percent");
	if (c->unit == UNIT_SHARE || c->unit == UNIT_SCORE)
		say_percent(out, c->value);
	else
		say_number(out, &m);
	str_addf(out, ",%" PRIu64 ",%" PRIu64 ",", c->num, c->den);
	if (c->unit == UNIT_SHARE)
		say_percent(out, c->lo_ppm);
	str_addc(out, ',');
	if (c->unit == UNIT_SHARE)
		say_percent(out, c->hi_ppm);
	str_addc(out, ',');
}

void
api_csv_row(struct str *out, uint32_t asn, const char *name, const char *org, const struct archive_month *m,
    const struct archive_pack *p, const struct archive_control *control, const struct history_cell *c,
    const struct place *place)
{
	char when[UTC_TEXT], month[8];

	shown_month_text(m->head.at, month);
	str_addf(out, "%" PRIu32 ",", asn);
	csv_field(out, name);
	csv_field(out, org);
	csv_field(out, p->id);
	csv_field(out, p->version);
	csv_field(out, p->status);
	csv_field(out, control->id);
	str_addf(out, "%s,%s,%s,%s,", control->required ? "yes" : "no", month, utc_format(m->head.at, when),
	    verdict_word(c->verdict));
	csv_field(out, c->decides != NULL ? c->decides : "");
	number_fields(out, c);
	str_addf(out, "%s,", utc_known(c->oldest) ? utc_format(c->oldest, when) : "");
	csv_field(out, c->reason != NULL ? c->reason : "");
	api_csv_place(out, place);
	str_addc(out, '\n');
}
