/* oscal_ssp: the system security plan. The system is an AS, the network that speaks under that number. What it
 * has in place nobody outside can say, so that the plan states requirements and no implementation. */
#include "report/oscal_int.h"

#include <inttypes.h>

/* --- what the system is --- */

static void
boundary(struct json_w *w, const struct chain *c)
{
	const struct routes *r = &c->head->world->routes;
	size_t from;

	json_key(w, "authorization-boundary");
	json_obj(w);
	json_key(w, "description");
	from = json_str_begin(w);
	str_addf(w->out, "The routes that AS%" PRIu32 " announces or passes on, ", c->as->asn);
	if (r->n_vps > 0)
		str_addf(w->out, "as far as the %zu vantage point%s of the evidence can see, ", r->n_vps,
		    r->n_vps == 1 ? "" : "s");
	str_adds(w->out, "and what public registries say about them. What happens inside the network is outside.");
	json_str_end(w, from);
	json_obj_end(w);
}

static void
information(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];

	json_key(w, "system-information");
	json_obj(w);
	json_key(w, "information-types");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "description", "Routes announced to other networks by BGP, and the public records that they are "
	    "checked against: RPKI, IRR, registries.");
	json_kstrz(w, "title", "Routing information");
	json_kstrz(w, "uuid", chain_id(c, id, "information/routes"));
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
}

static void
status(struct json_w *w, const struct chain *c)
{
	json_key(w, "status");
	json_obj(w);
	json_kstrz(w, "remarks", c->as->seen ? "It announces or passes on routes in the evidence."
	    : "No route in the evidence is announced or passed on by it.");
	json_kstrz(w, "state", c->as->seen ? "operational" : "other");
	json_obj_end(w);
}

static void
description(struct json_w *w, const struct chain *c)
{
	size_t from;

	json_key(w, "description");
	from = json_str_begin(w);
	str_addf(w->out, "The network that speaks BGP as AS%" PRIu32, c->as->asn);
	if (*c->as->org != '\0') {
		str_adds(w->out, ", of the organisation ");
		text_markup(w->out, c->as->org);
	}
	str_addf(w->out, ". Names are those in the evidence, as of %.10s.", c->at);
	json_str_end(w, from);
}

static void
characteristics(struct json_w *w, const struct chain *c)
{
	size_t from;

	json_key(w, "system-characteristics");
	json_obj(w);
	boundary(w, c);
	description(w, c);
	status(w, c);
	json_key(w, "system-ids");
	json_arr(w);
	json_obj(w);
	json_key(w, "id");
	from = json_str_begin(w);
	str_addf(w->out, "AS%" PRIu32, c->as->asn);
	json_str_end(w, from);
	json_kstrz(w, "identifier-type", RULE_NS ":asn");
	json_obj_end(w);
	json_arr_end(w);
	information(w, c);
	json_key(w, "system-name");
	from = json_str_begin(w);
	str_addf(w->out, "AS%" PRIu32 "%s", c->as->asn, *c->as->name != '\0' ? " " : "");
	text_line(w->out, c->as->name, "");
	json_str_end(w, from);
	json_key(w, "system-name-short");
	from = json_str_begin(w);
	str_addf(w->out, "AS%" PRIu32, c->as->asn);
	json_str_end(w, from);
	json_obj_end(w);
}

/* --- what it is made of --- */

static void
component(struct json_w *w, const struct chain *c)
{
	size_t from;

	json_obj(w);
	description(w, c);
	status(w, c);
	json_key(w, "title");
	from = json_str_begin(w);
	text_as(w->out, c);
	json_str_end(w, from);
	json_kstrz(w, "type", "this-system");
	json_kstrz(w, "uuid", c->subject);
	json_obj_end(w);
}

static void
implementation(struct json_w *w, const struct chain *c)
{
	char id[UUID_TEXT];

	json_key(w, "system-implementation");
	json_obj(w);
	json_key(w, "components");
	json_arr(w);
	component(w, c);
	json_arr_end(w);
	json_key(w, "users");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "description", "Whoever runs the network; the evidence does not say who that is.");
	json_key(w, "role-ids");
	json_arr(w);
	json_strz(w, "network-operator");
	json_arr_end(w);
	json_kstrz(w, "title", "Operator of the network");
	json_kstrz(w, "uuid", chain_id(c, id, "AS%" PRIu32 "/operator", c->as->asn));
	json_obj_end(w);
	json_arr_end(w);
	json_obj_end(w);
}

/* --- what is required of it --- */

static void
requirement(struct json_w *w, const struct chain *c, const struct control *control)
{
	char id[UUID_TEXT];

	json_obj(w);
	json_kstrz(w, "control-id", control->id);
	json_key(w, "props");
	json_arr(w);
	json_prop(w, "required", control->required ? "yes" : "no");
	json_arr_end(w);
	json_key(w, "statements");
	json_arr(w);
	json_obj(w);
	json_key(w, "by-components");
	json_arr(w);
	json_obj(w);
	json_kstrz(w, "component-uuid", c->subject);
	json_kstrz(w, "description", "How the network meets this is not told by public data. The assessment results "
	    "say what was observed.");
	json_kstrz(w, "uuid", chain_id(c, id, "AS%" PRIu32 "/%s/by-component/%s", c->as->asn, c->pack->id, control->id));
	json_obj_end(w);
	json_arr_end(w);
	json_kstrz(w, "statement-id", control->statement_id);
	json_kstrz(w, "uuid", chain_id_statement(c, id, control));
	json_obj_end(w);
	json_arr_end(w);
	json_kstrz(w, "uuid", chain_id(c, id, "AS%" PRIu32 "/%s/requirement/%s", c->as->asn, c->pack->id, control->id));
	json_obj_end(w);
}

static void
requirements(struct json_w *w, const struct chain *c)
{
	size_t i;

	json_key(w, "control-implementation");
	json_obj(w);
	json_kstrz(w, "description", "The controls that the network is measured against. This plan was not written by "
	    "its operator: it says what is asked, and not what is in place.");
	json_key(w, "implemented-requirements");
	json_arr(w);
	for (i = 0; i < c->pack->n; i++)
		requirement(w, c, &c->pack->controls[i]);
	json_arr_end(w);
	json_obj_end(w);
}

void
document_ssp(struct document *d, const struct chain *c)
{
	document_open(d, "system-security-plan");
	requirements(&d->w, c);
	json_href(&d->w, "import-profile", c->docs->docs[c->docs->n - 1].name);
	document_metadata(d, c, "system security plan");
	characteristics(&d->w, c);
	implementation(&d->w, c);
	document_close(d, c);
}
