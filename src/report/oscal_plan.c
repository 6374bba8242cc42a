/* oscal_plan: the assessment plan: which controls, by which metrics, by whom. */
#include "report/oscal_int.h"

#include <inttypes.h>

static bool
uses(const struct control *control, unsigned metric)
{
	size_t i;

	for (i = 0; i < control->n_tests; i++)
		if (control->tests[i].judged && (unsigned)control->tests[i].metric == metric)
			return true;
	return false;
}

static size_t
users_of(const struct chain *c, unsigned metric)
{
	size_t i, n = 0;

	for (i = 0; i < c->pack->n; i++)
		n += uses(&c->pack->controls[i], metric);
	return n;
}

static const char *
activity_id(const struct chain *c, char out[static UUID_TEXT], unsigned metric)
{
	return chain_id(c, out, "activity/%s", metric_word((enum metric_id)metric));
}

/* --- by what --- */

static void
assets(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];

	json_key(w, "assessment-assets");
	json_obj(w);
	json_key(w, "assessment-platforms");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "title", "routemark");
	json_key(w, "uses-components");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "component-uuid", c->tool);
	json_obj_end(w);
	json_arr_end(w);
	json_kstrz(w, "uuid", chain_id(c, id, "platform"));
	json_obj_end(w);
	json_arr_end(w);
	json_key(w, "components");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "description", "Computes numbers from public routing data and judges them by a rule pack. The same "
	    "inputs, pack and parameters give the same bytes, so that anybody can compute a verdict again.");
	json_key(w, "status");
	json_obj(w);
	json_kstrz(w, "state", "operational");
	json_obj_end(w);
	json_kstrz(w, "title", "routemark");
	json_kstrz(w, "type", "software");
	json_kstrz(w, "uuid", c->tool);
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
}

static void
subjects(struct json_w *w, const struct chain *c, const char *key)
{
	json_key(w, key);
	json_arr(w);
	json_obj(w);
	json_subjects(w, c, "include-subjects", false);
	json_kstrz(w, "type", "component");
	json_obj_end(w);
	json_arr_end(w);
}

/* --- how: a metric is an activity --- */

static void
activity(struct json_w *w, const struct chain *c, unsigned metric)
{
	char id[UUID_TEXT];
	size_t i;

	json_obj(w);
	json_kstrz(w, "description", metric_text((enum metric_id)metric));
	json_key(w, "props");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "name", "method");
	json_kstrz(w, "ns", OSCAL_NS);
	json_kstrz(w, "value", "EXAMINE");
	json_obj_end(w);
	json_prop(w, "metric", metric_word((enum metric_id)metric));
	json_arr_end(w);
	json_key(w, "related-controls");
	json_obj(w);
	json_key(w, "control-selections");
	json_arr(w);
	json_obj(w);
	json_key(w, "include-controls");
	json_arr(w);
	for (i = 0; i < c->pack->n; i++) {
		if (!uses(&c->pack->controls[i], metric))
			continue;
		json_obj(w);
		json_kstrz(w, "control-id", c->pack->controls[i].id);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
	json_kstrz(w, "title", metric_word((enum metric_id)metric));
	json_kstrz(w, "uuid", activity_id(c, id, metric));
	json_obj_end(w);
}

static bool
any_metric(const struct chain *c)
{
	unsigned m;

	for (m = 0; m < METRIC_N; m++)
		if (users_of(c, m) > 0)
			return true;
	return false;
}

static void
activities(struct json_w *w, const struct chain *c)
{
	unsigned m;

	json_key(w, "local-definitions");
	json_obj(w);
	json_key(w, "activities");
	json_arr(w);
	for (m = 0; m < METRIC_N; m++)
		if (users_of(c, m) > 0)
			activity(w, c, m);
	json_arr_end(w);
	json_obj_end(w);
}

static void
tasks(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];
	unsigned m;

	json_key(w, "tasks");
	json_arr(w);
	json_obj(w);
	json_key(w, "associated-activities");
	json_arr(w);
	for (m = 0; m < METRIC_N; m++) {
		if (users_of(c, m) == 0)
			continue;
		json_obj(w);
		json_kstrz(w, "activity-uuid", activity_id(c, id, m));
		subjects(w, c, "subjects");
		json_obj_end(w);
	}
	json_arr_end(w);
	json_key(w, "timing");
	json_obj(w);
	json_key(w, "on-date");
	json_obj(w);
	json_kstrz(w, "date", c->at);
	json_obj_end(w);
	json_obj_end(w);
	json_kstrz(w, "title", "Compute the numbers for the moment, and judge them");
	json_kstrz(w, "type", "action");
	json_kstrz(w, "uuid", chain_id_result(c, id, "task", "judge"));
	json_obj_end(w);
	json_arr_end(w);
}

/* A pack may hold only what cannot be measured: an empty list is no OSCAL. */
void
document_plan(struct document *d, const struct chain *c)
{
	bool measured = any_metric(c);

	document_open(d, "assessment-plan");
	assets(&d->w, c);
	subjects(&d->w, c, "assessment-subjects");
	json_href(&d->w, "import-ssp", EXPORT_SSP);
	if (measured)
		activities(&d->w, c);
	document_metadata(d, c, "assessment plan");
	json_reviewed(&d->w, c);
	if (measured)
		tasks(&d->w, c);
	document_close(d, c);
}
