/* oscal_answer: what a provider said, as an observation: by interview, of the day that it was said, to the day that it
 * is given for. It is attested evidence and says so; nothing was measured. */
#include "report/oscal_int.h"

#include <inttypes.h>

static void
description(struct json_w *w, const struct answer *a)
{
	size_t from;

	json_key(w, "description");
	from = json_str_begin(w);
	str_adds(w->out, "Attested, not measured: answered ");
	str_adds(w->out, answer_word(a->value));
	str_adds(w->out, a->text[0] != '\0' ? ": " : ".");
	text_markup(w->out, a->text);
	json_str_end(w, from);
}

/* A word of outside as the value of a prop. */
static void
line_prop(struct json_w *w, const char *name, const char *text)
{
	struct str s = {0};

	text_line(&s, text, "unknown");
	json_prop(w, name, s.p);
	str_release(&s);
}

static void
props(struct json_w *w, const struct chain *c, const struct judgement *j, const struct held *h)
{
	json_key(w, "props");
	json_arr(w);
	json_prop(w, "control-id", j->control->id);
	json_prop(w, "verdict", verdict_word(chain_verdict(c, j)));
	json_prop(w, "evidence-class", class_word(CLASS_ATTESTED));
	json_prop_time(w, "evidence-time", h->answer->on);
	json_prop(w, "answer", answer_word(h->answer->value));
	line_prop(w, "attested-by", h->answer->by);
	json_prop(w, "decides", h->by == HELD_ANSWER ? "yes" : "no");
	json_arr_end(w);
}

static void
evidence(struct json_w *w, const struct chain *c, const struct answer *a)
{
	char href[UUID_TEXT + 1] = "#";
	size_t from;

	answers_id(c, href + 1);
	json_key(w, "relevant-evidence");
	json_arr(w);
	json_obj(w);
	json_key(w, "description");
	from = json_str_begin(w);
	str_addf(w->out, "The file of answers, line %" PRIu64, a->line);
	json_str_end(w, from);
	json_kstrz(w, "href", href);
	json_obj_end(w);
	json_arr_end(w);
}

void
json_answer(struct json_w *w, const struct chain *c, const struct judgement *j, size_t i)
{
	const struct held *h = chain_held(c, j);
	const struct answer *a = h->answer;
	char buf[UUID_TEXT];
	size_t from;

	json_obj(w);
	json_kstrz(w, "collected", utc_format(utc_known(a->on) ? a->on : c->head->at, buf));
	description(w, a);
	if (utc_known(a->until))
		json_kstrz(w, "expires", utc_format(a->until, buf));
	json_key(w, "methods");
	json_arr(w);
	json_strz(w, "INTERVIEW");
	json_arr_end(w);
	json_origins(w, c);
	props(w, c, j, h);
	evidence(w, c, a);
	json_subjects(w, c, "subjects", true);
	json_key(w, "title");
	from = json_str_begin(w);
	str_addf(w->out, "%s %s: the provider's answer", j->control->id, j->control->title);
	json_str_end(w, from);
	json_key(w, "types");
	json_arr(w);
	json_strz(w, "attested");
	json_arr_end(w);
	json_kstrz(w, "uuid", observation_id(c, buf, j, i));
	json_obj_end(w);
}
