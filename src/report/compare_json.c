/* compare_json: the whole record, canonical. doc/formats/comparison.md says what each key is. */
#include "report/compare.h"
#include "report/json.h"
#include "rule/say.h"

static const char *
held_by_word(enum held_by by)
{
	static const char *const words[] = {[HELD_JUDGEMENT] = "judgement", [HELD_CLASS] = "lesser-class",
	    [HELD_ANSWER] = "answer", [HELD_ANSWER_CLASS] = "answer-not-enough", [HELD_ANSWER_UNSIGNED] = "answer-unsigned",
	    [HELD_ANSWER_UNDATED] = "answer-undated", [HELD_ANSWER_LATER] = "answer-later",
	    [HELD_ANSWER_OLD] = "answer-run-out", [HELD_ANSWER_NA] = "answer-not-applicable",
	    [HELD_UNSEEN] = "unseen"};

	return words[by];
}

/* --- what is asked --- */

static void
demand_json(struct json_w *w, const struct demand *d)
{
	json_obj(w);
	json_ku64(w, "age_max_days", d->control->age_max_days);
	json_kstrz(w, "control", d->control->id);
	json_kstrz(w, "evidence_class", class_word(d->class));
	json_kstrz(w, "least_evidence_class", class_word(d->least));
	json_kstrz(w, "pack", d->from->id);
	json_kstrz(w, "pack_status", d->from->status);
	json_kopt(w, "reason", d->reason);
	json_kbool(w, "required", d->control->required);
	json_kstrz(w, "title", d->control->title);
	json_ku64(w, "weight", d->weight);
	json_obj_end(w);
}

/* A pack that the requirement draws from; its controls, with the buyer's bars, are in "requirement". */
static void
source_json(struct json_w *w, const struct pack *p)
{
	json_obj(w);
	json_kdigest(w, "catalog_sha256", p->sha256);
	json_kstrz(w, "id", p->id);
	json_kopt(w, "remarks", p->remarks);
	json_kstrz(w, "status", p->status);
	json_kstrz(w, "title", p->title);
	json_kstrz(w, "version", p->version);
	json_obj_end(w);
}

static void
answers_json(struct json_w *w, const struct comparison *c)
{
	const struct answers *a = c->answers;

	if (a == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_ku64(w, "answers", a->n);
	json_ku64(w, "rows_skipped", a->n_skipped);
	json_kdigest(w, "sha256", a->sha256);
	json_ku64(w, "size", a->bytes);
	json_ku64(w, "unused", c->n_answers_unused);
	json_obj_end(w);
}

/* --- one network --- */

static void
answer_json(struct json_w *w, const struct answer *a)
{
	if (a == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kopt(w, "attested_by", a->by[0] != '\0' ? a->by : NULL);
	json_ktime(w, "attested_on", a->on);
	json_kstrz(w, "text", a->text);
	json_ktime(w, "valid_until", a->until);
	json_kstrz(w, "value", answer_word(a->value));
	json_obj_end(w);
}

static void
short_json(struct json_w *w, const struct held *h)
{
	size_t from;

	json_key(w, "short_by");
	if (h->outcome != OUTCOME_SHORT) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_key(w, "text");
	from = json_str_begin(w);
	say_short(w->out, h);
	json_str_end(w, from);
	json_ki64(w, "value", h->short_by);
	json_obj_end(w);
}

static void
held_json(struct json_w *w, const struct held *h)
{
	size_t from;

	json_obj(w);
	json_key(w, "answer");
	answer_json(w, h->answer);
	json_kstrz(w, "control", h->demand->control->id);
	json_key(w, "judgement");
	json_judgement(w, h->judgement, NULL);
	json_kstrz(w, "outcome", outcome_word(h->outcome));
	json_key(w, "reason");
	from = json_str_begin(w);
	say_held(w->out, h);
	json_str_end(w, from);
	json_kstrz(w, "rests_on", held_by_word(h->by));
	short_json(w, h);
	json_obj_end(w);
}

static void
counts_json(struct json_w *w, const uint16_t n[static OUTCOME_N])
{
	json_obj(w);
	json_ku64(w, "meets", n[OUTCOME_MEETS]);
	json_ku64(w, "not_applicable", n[OUTCOME_NOT_APPLICABLE]);
	json_ku64(w, "short", n[OUTCOME_SHORT]);
	json_ku64(w, "unknown", n[OUTCOME_UNKNOWN]);
	json_obj_end(w);
}

static void
tally_json(struct json_w *w, const struct tally *t)
{
	json_obj(w);
	json_key(w, "required");
	counts_json(w, t->n[1]);
	json_key(w, "weight");
	json_obj(w);
	json_ku64(w, "meets", t->weight[OUTCOME_MEETS]);
	json_ku64(w, "not_applicable", t->weight[OUTCOME_NOT_APPLICABLE]);
	json_ku64(w, "short", t->weight[OUTCOME_SHORT]);
	json_ku64(w, "unknown", t->weight[OUTCOME_UNKNOWN]);
	json_obj_end(w);
	json_key(w, "wished");
	counts_json(w, t->n[0]);
	json_obj_end(w);
}

/* Whether a demand is about it. */
static bool
is_asked(const struct requirement *req, enum metric_id id)
{
	size_t i, k;

	for (i = 0; i < req->pack.n; i++)
		for (k = 0; k < req->pack.controls[i].n_tests; k++)
			if (req->pack.controls[i].tests[k].metric == id)
				return true;
	return false;
}

static void
network_json(struct json_w *w, const struct comparison *c, size_t at)
{
	const struct compared *net = &c->nets[at];
	size_t i;

	json_obj(w);
	json_ku64(w, "asn", net->as.asn);
	json_kbool(w, "cdn", net->as.is_cdn);
	json_key(w, "demands");
	json_arr(w);
	for (i = 0; i < c->req->pack.n; i++)
		held_json(w, &net->held[c->order[i]]);
	json_arr_end(w);
	json_key(w, "metrics");
	json_arr(w);
	for (i = 0; i < net->as.n_metrics; i++)
		if (is_asked(c->req, net->as.metrics[i]->id))
			json_metric(w, net->as.metrics[i]);
	json_arr_end(w);
	json_kstrz(w, "name", net->as.name);
	json_kstrz(w, "organisation", net->as.org);
	json_key(w, "place");
	if (comparison_rank(c, at) > 0)
		json_u64(w, comparison_rank(c, at));
	else
		json_null(w);
	json_kbool(w, "seen", net->as.seen);
	json_key(w, "tally");
	tally_json(w, &net->tally);
	json_obj_end(w);
}

/* --- all of it --- */

void
compare_json(struct str *out, const struct comparison *c)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_key(&w, "answers");
	answers_json(&w, c);
	json_ktime(&w, "at", c->head->at);
	json_key(&w, "demands");
	json_arr(&w);
	for (i = 0; i < c->req->pack.n; i++)
		demand_json(&w, &c->req->demands[c->order[i]]);
	json_arr_end(&w);
	json_key(&w, "evidence");
	json_evidence(&w, c->head->world);
	json_kstrz(&w, "format", COMPARE_FORMAT);
	json_key(&w, "inputs");
	json_inputs(&w, c->head->world);
	json_key(&w, "networks");
	json_arr(&w);
	for (i = 0; i < c->n; i++)
		network_json(&w, c, i);
	json_arr_end(&w);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < c->req->n_from; i++)
		source_json(&w, &c->req->from[i]);
	json_arr_end(&w);
	json_key(&w, "parameters");
	json_parameters(&w, c->head);
	json_key(&w, "requirement");
	json_pack(&w, &c->req->pack);
	json_obj_end(&w);
	json_done(&w);
}
