/* oscal_finding: what was judged. PASS is satisfied; WARN and FAIL are not, and each is a risk with its remedy. */
#include "report/oscal_int.h"
#include "rule/say.h"

static void
reason(struct json_w *w, const char *key, const struct chain *c, const struct judgement *j)
{
	size_t from;

	json_key(w, key);
	from = json_str_begin(w);
	chain_say(w->out, c, j);
	json_str_end(w, from);
}

static void
related(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	char id[UUID_TEXT];
	size_t i;

	json_key(w, "related-observations");
	json_arr(w);
	for (i = 0; i < judgement_observations(c, j); i++) {
		json_obj(w);
		json_kstrz(w, "observation-uuid", observation_id(c, id, j, i));
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
props(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	const struct held *h = chain_held(c, j);

	json_key(w, "props");
	json_arr(w);
	json_prop(w, "verdict", verdict_word(chain_verdict(c, j)));
	json_prop(w, "required", j->control->required ? "yes" : "no");
	if (h != NULL) {
		json_prop(w, "outcome", outcome_word(h->outcome));
		json_prop(w, "evidence-class", class_word(h->by == HELD_ANSWER ? CLASS_ATTESTED : h->demand->class));
		json_prop_u64(w, "weight", h->demand->weight);
	}
	json_arr_end(w);
}

/* --- findings --- */

static void
target(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	const struct held *h = chain_held(c, j);
	enum verdict v = chain_verdict(c, j);

	json_key(w, "target");
	json_obj(w);
	json_key(w, "status");
	json_obj(w);
	json_kstrz(w, "reason", v == VERDICT_PASS ? "pass" : v == VERDICT_FAIL ? "fail" : "other");
	if (v == VERDICT_WARN)
		json_kstrz(w, "remarks", "WARN: it reaches the lower bar, and not the one that passes.");
	else if (h != NULL && h->by == HELD_ANSWER)
		json_kstrz(w, "remarks", "By the provider's word, which is attested evidence: nothing was measured.");
	json_kstrz(w, "state", v == VERDICT_PASS ? "satisfied" : "not-satisfied");
	json_obj_end(w);
	json_kstrz(w, "target-id", j->control->statement_id);
	json_kstrz(w, "type", "statement-id");
	json_obj_end(w);
}

static void
finding(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	char id[UUID_TEXT];
	size_t from;

	json_obj(w);
	reason(w, "description", c, j);
	json_kstrz(w, "implementation-statement-uuid", chain_id_statement(c, id, j->control));
	json_origins(w, c);
	props(w, c, j);
	related(w, c, j);
	if (chain_verdict(c, j) != VERDICT_PASS) {
		json_key(w, "related-risks");
		json_arr(w);
		json_obj(w);
		json_kstrz(w, "risk-uuid", chain_id_result(c, id, "risk", j->control->id));
		json_obj_end(w);
		json_arr_end(w);
	}
	target(w, c, j);
	json_key(w, "title");
	from = json_str_begin(w);
	str_addf(w->out, "%s %s: %s", j->control->id, j->control->title, verdict_word(chain_verdict(c, j)));
	json_str_end(w, from);
	json_kstrz(w, "uuid", chain_id_result(c, id, "finding", j->control->id));
	json_obj_end(w);
}

void
json_findings(struct json_w *w, const struct chain *c)
{
	size_t i;

	json_key(w, "findings");
	json_arr(w);
	for (i = 0; i < c->result->n; i++)
		if (judgement_found(c, &c->result->judgements[i]))
			finding(w, c, &c->result->judgements[i]);
	json_arr_end(w);
}

/* --- risks --- */

/* What to publish or filter: the control's word, then that of each kept record. */
static void
remedies(struct str *out, const struct judgement *j)
{
	size_t i, k, n = 0;

	if (j->control->remedy != NULL)
		str_adds(out, j->control->remedy);
	for (i = 0; j->metrics != NULL && i < j->control->n_tests; i++) {
		const struct metric *m = j->metrics[i];

		if (!judgement_rests(j, i) || m->state != METRIC_OK)
			continue;
		for (k = 0; k < m->n_records; k++) {
			if (m->records[k].remedy == NULL || *m->records[k].remedy == '\0')
				continue;
			if (n++ == 0)
				str_adds(out, out->len > 0 ? "\n\n" : "");
			str_adds(out, "- ");
			text_markup(out, m->records[k].remedy);
			str_addc(out, '\n');
		}
	}
}

static void
remediation(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	struct str s = {0};
	char id[UUID_TEXT];

	remedies(&s, j);
	if (s.len > 0) {
		json_key(w, "remediations");
		json_arr(w);
		json_obj(w);
		json_kstr(w, "description", str_span(&s));
		json_kstrz(w, "lifecycle", "recommendation");
		json_origins(w, c);
		json_kstrz(w, "title", "Remedy");
		json_kstrz(w, "uuid", chain_id_result(c, id, "remedy", j->control->id));
		json_obj_end(w);
		json_arr_end(w);
	}
	str_release(&s);
}

static void
risk(struct json_w *w, const struct chain *c, const struct judgement *j)
{
	char id[UUID_TEXT];
	size_t from;

	json_obj(w);
	json_key(w, "description");
	from = json_str_begin(w);
	str_addf(w->out, "Asked for is: %s", j->control->statement);
	json_str_end(w, from);
	json_origins(w, c);
	props(w, c, j);
	related(w, c, j);
	remediation(w, c, j);
	reason(w, "statement", c, j);
	json_kstrz(w, "status", "open");
	json_key(w, "title");
	from = json_str_begin(w);
	str_addf(w->out, "%s %s: %s", j->control->id, j->control->title,
	    chain_verdict(c, j) == VERDICT_FAIL ? "not met" : "not fully met");
	json_str_end(w, from);
	json_kstrz(w, "uuid", chain_id_result(c, id, "risk", j->control->id));
	json_obj_end(w);
}

void
json_risks(struct json_w *w, const struct chain *c)
{
	size_t i;

	json_key(w, "risks");
	json_arr(w);
	for (i = 0; i < c->result->n; i++) {
		const struct judgement *j = &c->result->judgements[i];

		if (judgement_found(c, j) && chain_verdict(c, j) != VERDICT_PASS)
			risk(w, c, j);
	}
	json_arr_end(w);
}
