/* oscal_observe: observations: what was measured for each control, also when nothing could be. Each number is
 * one, with its evidence and how long that may be held against anybody; a control without numbers is one. */
#include "report/oscal_int.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define DAY 86400

/* --- how many there are --- */

static size_t
numbers(const struct judgement *j)
{
	return j->metrics != NULL && j->control->n_tests > 0 ? j->control->n_tests : 1;
}

size_t
judgement_observations(const struct chain *c, const struct judgement *j)
{
	const struct held *h = chain_held(c, j);

	return numbers(j) + (h != NULL && h->answer != NULL);
}

static const struct metric *
observed(const struct judgement *j, size_t i)
{
	return j->metrics != NULL && i < j->control->n_tests ? j->metrics[i] : NULL;
}

/* What carries the evidence: a verdict over siblings rests on that of their numbers. */
static const struct metric *
rests_on(const struct judgement *j, size_t i)
{
	const struct metric *m = observed(j, i);

	return m != NULL ? m : j->sibling;
}

const char *
observation_id(const struct chain *c, char out[static UUID_TEXT], const struct judgement *j, size_t i)
{
	const struct metric *m = observed(j, i);

	return chain_id(c, out, "%s/observation/%s/%s", c->basis, j->control->id,
	    i == numbers(j) ? "answer" : m != NULL ? metric_word(m->id) : "-");
}

/* --- times --- */

/* When the evidence is from; the moment judged for when there is none or nobody knows (props tell which). */
static struct utc
collected(const struct chain *c, const struct metric *m)
{
	return m != NULL && utc_known(m->oldest) ? m->oldest : c->head->at;
}

static void
expires(struct json_w *w, const struct judgement *j, const struct metric *m)
{
	char buf[UTC_TEXT];

	if (m == NULL || !utc_known(m->oldest) || j->control->age_max_days == 0)
		return;
	json_kstrz(w, "expires",
	    utc_format((struct utc){m->oldest.s + (int64_t)j->control->age_max_days * DAY}, buf));
}

/* --- words --- */

/* What is no finding has its verdict and its reason here, at the number that decided. */
static void
description(struct json_w *w, const struct chain *c, const struct judgement *j, size_t i)
{
	const struct metric *m = observed(j, i);
	bool decides = m == NULL || m == j->decides || (j->decides == NULL && i == 0);
	size_t from;

	json_key(w, "description");
	from = json_str_begin(w);
	if (m != NULL && !judgement_rests(j, i))
		str_adds(w->out, "not judged: ");
	if (decides && !judgement_found(c, j))
		str_addf(w->out, "%s: ", verdict_word(chain_verdict(c, j)));
	if (m == NULL || (decides && !judgement_found(c, j)))
		chain_say(w->out, c, j);
	else if (m->state == METRIC_OK)
		say_metric(w->out, m);
	else
		str_adds(w->out, m->why);
	json_str_end(w, from);
}

static void
record(struct str *out, const struct record *r)
{
	char buf[PREFIX_TEXT];
	size_t i;

	str_adds(out, "- ");
	if (r->has_prefix)
		str_addf(out, "%s ", prefix_format(&r->prefix, buf));
	if (r->origin != ORIGIN_NONE)
		str_addf(out, "AS%" PRIu32 " ", r->origin);
	str_adds(out, r->code);
	if (r->n_vps > 0)
		str_addf(out, ", seen by %" PRIu32, r->n_vps);
	if (r->path != NULL && *r->path != '\0') {
		str_adds(out, ", path ");
		text_markup(out, r->path);
	}
	for (i = 0; i < r->n_objects; i++) {
		str_adds(out, i == 0 ? "; " : ", ");
		text_markup(out, r->objects[i]);
	}
	if (r->rule != NULL) {
		str_adds(out, "; ");
		text_markup(out, r->rule);
	}
	str_addc(out, '\n');
}

/* The records that decided, a list in markup. */
static void
records(struct json_w *w, const struct metric *m)
{
	size_t from, i;

	if (m == NULL || m->state != METRIC_OK || m->n_records == 0)
		return;
	json_key(w, "remarks");
	from = json_str_begin(w);
	str_addf(w->out, "Deciding records, %zu of %" PRIu64 ":\n\n", m->n_records, m->n_deciding);
	for (i = 0; i < m->n_records; i++)
		record(w->out, &m->records[i]);
	json_str_end(w, from);
}

/* --- numbers --- */

static void
number_props(struct json_w *w, const struct metric *m)
{
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	size_t i;

	json_prop_u64(w, "numerator", m->num);
	json_prop_u64(w, "population", m->den);
	say_number(&s, m);
	json_prop(w, "number", s.p);
	if (metric_unit(m->id) == UNIT_SHARE || metric_unit(m->id) == UNIT_SCORE) {
		str_clear(&s);
		str_addf(&s, "%" PRId64, m->value_ppm);
		json_prop(w, "number-ppm", s.p);
	}
	if (metric_unit(m->id) == UNIT_SHARE) {
		json_prop_u64(w, "interval-low-ppm", m->lo_ppm);
		json_prop_u64(w, "interval-high-ppm", m->hi_ppm);
	}
	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++) {
		str_clear(&s);
		str_addf(&s, "%s %" PRIu64, m->part[i].name, m->part[i].n);
		json_prop(w, "part", s.p);
	}
	str_release(&s);
	json_prop_u64(w, "deciding-records", m->n_deciding);
	sha256_hex(m->deciding_sha256, hex);
	json_prop(w, "deciding-sha256", hex);
}

static void
metric_props(struct json_w *w, const struct judgement *j, size_t i, const struct metric *m)
{
	static const char *const states[] = {[METRIC_OK] = "ok", [METRIC_NO_DATA] = "no-data",
	    [METRIC_NOT_APPLICABLE] = "not-applicable"};

	json_prop(w, "metric", metric_word(m->id));
	json_prop(w, "metric-state", states[m->state]);
	json_prop(w, "judged", judgement_rests(j, i) ? "yes" : "no");
	json_prop(w, "decides", m == j->decides ? "yes" : "no");
	json_prop_u64(w, "full-feed-peers-ipv4", m->n_full_feed[FAMILY_V4]);
	json_prop_u64(w, "full-feed-peers-ipv6", m->n_full_feed[FAMILY_V6]);
	if (m->state == METRIC_OK)
		number_props(w, m);
}

static void
props(struct json_w *w, const struct chain *c, const struct judgement *j, size_t i)
{
	const struct metric *m = observed(j, i), *ground = rests_on(j, i);

	json_key(w, "props");
	json_arr(w);
	json_prop(w, "control-id", j->control->id);
	json_prop(w, "verdict", verdict_word(chain_verdict(c, j)));
	json_prop(w, "evidence-class", j->control->evidence_class);
	if (ground == NULL || ground->evidence == 0)
		json_prop(w, "evidence-time", "none");
	else
		json_prop_time(w, "evidence-time", ground->oldest);
	if (m != NULL)
		metric_props(w, j, i, m);
	if (j->sibling != NULL) {
		json_prop(w, "sibling-metric", metric_word(j->sibling->id));
		json_prop_u64(w, "sibling-asn", j->sibling->org.worst_asn);
	}
	json_arr_end(w);
}

/* --- one, and all --- */

/* SP 800-53A: records are examined, a network is tested, people are asked. */
static const char *
method(const struct control *c)
{
	if (strcmp(c->evidence_class, "tested") == 0)
		return "TEST";
	return strcmp(c->evidence_class, "attested") == 0 ? "INTERVIEW" : "EXAMINE";
}

static void
relevant(struct json_w *w, const struct chain *c, const struct metric *m)
{
	char href[UUID_TEXT + 1] = "#";
	unsigned e, n = 0;

	for (e = 0; m != NULL && e < EV_N; e++) {
		if ((m->evidence & EV_BIT(e)) == 0 || evidence_inputs(c, e) == 0)
			continue;
		if (n++ == 0) {
			json_key(w, "relevant-evidence");
			json_arr(w);
		}
		evidence_id(c, href + 1, e);
		json_obj(w);
		json_kstrz(w, "description", evidence_word((enum evidence)e));
		json_kstrz(w, "href", href);
		json_obj_end(w);
	}
	if (n > 0)
		json_arr_end(w);
}

static void
type(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	json_key(w, "types");
	json_arr(w);
	json_strz(w, judgement_found(c, j) ? "control-objective" : chain_verdict(c, j) == VERDICT_NO_DATA ? "no-data"
	    : "not-applicable");
	json_arr_end(w);
}

static void
observation(struct json_w *w, const struct chain *c, const struct judgement *j, size_t i)
{
	const struct metric *m = observed(j, i), *ground = rests_on(j, i);
	char buf[UUID_TEXT];
	size_t from;

	json_obj(w);
	json_kstrz(w, "collected", utc_format(collected(c, ground), buf));
	description(w, c, j, i);
	expires(w, j, ground);
	json_key(w, "methods");
	json_arr(w);
	json_strz(w, method(j->control));
	json_arr_end(w);
	json_origins(w, c);
	props(w, c, j, i);
	relevant(w, c, ground);
	records(w, m);
	json_subjects(w, c, "subjects", true);
	json_key(w, "title");
	from = json_str_begin(w);
	str_addf(w->out, "%s %s%s%s", j->control->id, j->control->title, m != NULL ? ": " : "",
	    m != NULL ? metric_word(m->id) : "");
	json_str_end(w, from);
	type(w, c, j);
	json_kstrz(w, "uuid", observation_id(c, buf, j, i));
	json_obj_end(w);
}

void
json_observations(struct json_w *w, const struct chain *c)
{
	const struct judgement *j;
	size_t i, k;

	json_key(w, "observations");
	json_arr(w);
	for (i = 0; i < c->result->n; i++) {
		j = &c->result->judgements[i];
		for (k = 0; k < numbers(j); k++)
			observation(w, c, j, k);
		if (judgement_observations(c, j) > k)
			json_answer(w, c, j, k);
	}
	json_arr_end(w);
}
