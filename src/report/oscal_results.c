/* oscal_results: the assessment results: one result, for the moment judged for. */
#include "report/oscal_int.h"

static size_t
count(const struct chain *c, enum verdict v)
{
	size_t i, n = 0;

	for (i = 0; i < c->result->n; i++)
		n += chain_verdict(c, &c->result->judgements[i]) == v;
	return n;
}

static size_t
count_found(const struct chain *c)
{
	return count(c, VERDICT_PASS) + count(c, VERDICT_WARN) + count(c, VERDICT_FAIL);
}

static void
description(struct json_w *w, const struct chain *c)
{
	size_t from, n = count_found(c);

	json_key(w, "description");
	from = json_str_begin(w);
	str_addf(w->out, "Of %zu controls %zu could be judged: %zu pass, %zu warn, %zu fail. ", c->result->n, n,
	    count(c, VERDICT_PASS), count(c, VERDICT_WARN), count(c, VERDICT_FAIL));
	str_addf(w->out, "For %zu there is no data, and %zu do not apply: those are observations and no findings. ",
	    count(c, VERDICT_NO_DATA), count(c, VERDICT_NOT_APPLICABLE));
	str_addf(w->out, "All of it is about the moment %s.", c->at);
	json_str_end(w, from);
}

static void
counts(struct json_w *w, const struct chain *c)
{
	json_key(w, "props");
	json_arr(w);
	json_prop_u64(w, "count-pass", count(c, VERDICT_PASS));
	json_prop_u64(w, "count-warn", count(c, VERDICT_WARN));
	json_prop_u64(w, "count-fail", count(c, VERDICT_FAIL));
	json_prop_u64(w, "count-no-data", count(c, VERDICT_NO_DATA));
	json_prop_u64(w, "count-not-applicable", count(c, VERDICT_NOT_APPLICABLE));
	json_arr_end(w);
}

static void
result(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];
	size_t from;

	json_obj(w);
	description(w, c);
	json_kstrz(w, "end", c->at);
	if (count_found(c) > 0)
		json_findings(w, c);
	json_observations(w, c);
	counts(w, c);
	json_reviewed(w, c);
	if (count(c, VERDICT_FAIL) + count(c, VERDICT_WARN) > 0)
		json_risks(w, c);
	json_kstrz(w, "start", c->at);
	json_key(w, "title");
	from = json_str_begin(w);
	text_as(w->out, c);
	str_adds(w->out, " by ");
	text_pack(w->out, c);
	json_str_end(w, from);
	json_kstrz(w, "uuid", chain_id_result(c, id, "result", c->pack->id));
	json_obj_end(w);
}

void
document_results(struct document *d, const struct chain *c)
{
	document_open(d, "assessment-results");
	json_back_matter(&d->w, c);
	json_href(&d->w, "import-ap", EXPORT_PLAN);
	document_metadata(d, c, "assessment results");
	json_key(&d->w, "results");
	json_arr(&d->w);
	result(&d->w, c);
	json_arr_end(&d->w);
	document_close(d, c);
}
