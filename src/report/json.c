/* json: what an assessment says, as canonical JSON. Keys stand in ascending order, which json_w asserts;
 * doc/formats/assessment.md explains each. */
#include "report/json.h"
#include "rule/say.h"

void
json_ktime(struct json_w *w, const char *key, struct utc t)
{
	char buf[UTC_TEXT];

	json_key(w, key);
	if (utc_known(t))
		json_strz(w, utc_format(t, buf));
	else
		json_null(w);
}

void
json_kdigest(struct json_w *w, const char *key, const uint8_t d[static SHA256_BYTES])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(d, hex);
	json_kstrz(w, key, hex);
}

/* --- metrics --- */

static void
record_json(struct json_w *w, const struct record *r)
{
	char buf[PREFIX_TEXT];
	size_t i;

	json_obj(w);
	json_kstrz(w, "code", r->code);
	json_key(w, "objects");
	json_arr(w);
	for (i = 0; i < r->n_objects; i++)
		json_strz(w, r->objects[i]);
	json_arr_end(w);
	json_key(w, "origin");
	if (r->origin == ORIGIN_NONE)
		json_null(w);
	else
		json_u64(w, r->origin);
	json_kopt(w, "path", r->path);
	json_kopt(w, "prefix", r->has_prefix ? prefix_format(&r->prefix, buf) : NULL);
	json_kopt(w, "remedy", r->remedy);
	json_kopt(w, "rule", r->rule);
	json_kopt(w, "seen_by", r->vps);
	json_ku64(w, "vantage_points", r->n_vps);
	json_obj_end(w);
}

static const char *
unit_word(enum metric_unit u)
{
	static const char *const words[] = {[UNIT_SHARE] = "share", [UNIT_COUNT] = "count",
	    [UNIT_SCORE] = "score", [UNIT_BOOL] = "bool"};

	return words[u];
}

static void
org_json(struct json_w *w, const struct metric *m)
{
	json_key(w, "organisation");
	if (m->org.n == 0) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_ku64(w, "asns", m->org.n_all);
	json_ku64(w, "den", m->org.den);
	json_ku64(w, "measured", m->org.n);
	json_ku64(w, "num", m->org.num);
	json_ki64(w, "weighted", m->org.weighted_ppm);
	json_ki64(w, "worst", m->org.worst_ppm);
	json_ku64(w, "worst_asn", m->org.worst_asn);
	json_obj_end(w);
}

static void
numbers_json(struct json_w *w, const struct metric *m)
{
	size_t i;

	json_key(w, "parts");
	json_arr(w);
	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++) {
		json_obj(w);
		json_ku64(w, "n", m->part[i].n);
		json_kstrz(w, "name", m->part[i].name);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_key(w, "records");
	json_arr(w);
	for (i = 0; i < m->n_records; i++)
		record_json(w, &m->records[i]);
	json_arr_end(w);
}

static void
evidence_words(struct json_w *w, uint32_t bits)
{
	unsigned e;

	json_key(w, "evidence");
	json_arr(w);
	for (e = 0; e < EV_N; e++)
		if (bits & EV_BIT(e))
			json_strz(w, evidence_word((enum evidence)e));
	json_arr_end(w);
}

static const char *
state_word(enum metric_state s)
{
	static const char *const words[] = {[METRIC_OK] = "ok", [METRIC_NO_DATA] = "no-data",
	    [METRIC_NOT_APPLICABLE] = "not-applicable"};

	return words[s];
}

/* A number that could not be measured is absent, not 0. */
void
json_metric(struct json_w *w, const struct metric *m)
{
	bool ok = m->state == METRIC_OK, share = ok && metric_unit(m->id) == UNIT_SHARE;

	json_obj(w);
	if (m->apart != NULL)
		json_kstrz(w, "apart", m->apart);
	if (ok) {
		json_ku64(w, "deciding", m->n_deciding);
		json_kdigest(w, "deciding_sha256", m->deciding_sha256);
		json_ku64(w, "den", m->den);
	}
	evidence_words(w, m->evidence);
	if (share)
		json_ku64(w, "hi_ppm", m->hi_ppm);
	json_kstrz(w, "id", metric_word(m->id));
	if (share)
		json_ku64(w, "lo_ppm", m->lo_ppm);
	if (ok)
		json_ku64(w, "num", m->num);
	json_ktime(w, "oldest", m->oldest);
	org_json(w, m);
	if (ok)
		numbers_json(w, m);
	json_kstrz(w, "state", state_word(m->state));
	json_kstrz(w, "unit", unit_word(metric_unit(m->id)));
	if (ok)
		json_ki64(w, "value", m->value_ppm);
	else
		json_kstrz(w, "why", m->why);
	json_obj_end(w);
}

/* --- judgements and packs --- */

void
json_judgement(struct json_w *w, const struct judgement *j, const struct disputed_control *d)
{
	size_t from;

	json_obj(w);
	json_kopt(w, "decides", j->decides != NULL ? metric_word(j->decides->id) : NULL);
	if (d != NULL) {
		json_key(w, "disputes");
		json_disputes(w, d);
	}
	json_kstrz(w, "id", j->control->id);
	json_key(w, "reason");
	from = json_str_begin(w);
	say_reason(w->out, j);
	json_str_end(w, from);
	json_kstrz(w, "verdict", verdict_word(j->verdict));
	json_obj_end(w);
}

static void
test_json(struct json_w *w, const struct control_test *t)
{
	json_obj(w);
	json_kstrz(w, "comparison", compare_word(t->compare));
	json_kstrz(w, "metric", metric_word(t->metric));
	if (t->judged) {
		json_ki64(w, "pass", t->pass);
		if (t->pass_cdn >= 0)
			json_ki64(w, "pass_cdn", t->pass_cdn);
	}
	json_kstrz(w, "unit", unit_word(metric_unit(t->metric)));
	if (t->judged)
		json_ki64(w, "warn", t->warn);
	json_obj_end(w);
}

static void
control_json(struct json_w *w, const struct control *c)
{
	size_t i;

	json_obj(w);
	json_ku64(w, "age_max_days", c->age_max_days);
	json_kopt(w, "also_needs", c->also_needs);
	json_kopt(w, "cannot_judge", c->cannot);
	json_kstrz(w, "decides", join_word(c->join));
	json_kstrz(w, "evidence_class", c->evidence_class);
	json_kopt(w, "guidance", c->guidance);
	json_kstrz(w, "id", c->id);
	json_ku64(w, "population_min", c->population_min);
	json_kopt(w, "remedy", c->remedy);
	json_kbool(w, "required", c->required);
	json_kstrz(w, "statement", c->statement);
	json_key(w, "tests");
	json_arr(w);
	for (i = 0; i < c->n_tests; i++)
		test_json(w, &c->tests[i]);
	json_arr_end(w);
	json_kopt(w, "threshold_source", c->threshold_source);
	json_kstrz(w, "title", c->title);
	if (c->as_seen)
		json_kstrz(w, "visibility", "as-seen");
	json_kbool(w, "whole_organisation", c->whole_org);
	json_obj_end(w);
}

void
json_pack(struct json_w *w, const struct pack *p)
{
	char hex[SHA256_HEX + 1];
	size_t i;

	json_obj(w);
	json_kdigest(w, "catalog_sha256", p->sha256);
	json_key(w, "controls");
	json_arr(w);
	for (i = 0; i < p->n; i++)
		control_json(w, &p->controls[i]);
	json_arr_end(w);
	json_kstrz(w, "curve", p->curve);
	json_kstrz(w, "id", p->id);
	sha256_hex(p->profile_sha256, hex);
	json_kopt(w, "profile_sha256", p->has_profile ? hex : NULL);
	json_kopt(w, "remarks", p->remarks);
	json_kstrz(w, "status", p->status);
	json_kstrz(w, "title", p->title);
	json_kstrz(w, "version", p->version);
	json_obj_end(w);
}
