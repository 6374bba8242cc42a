#include "report/disputes.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

const char disputes_note[] = "The verdict counts as measured, with every record: a dispute changes it in nothing, nor does an "
    "exception that was granted.";

const struct disputed_control *
disputed_of(const struct as_result *r, const struct pack *p, const struct control *c)
{
	size_t i;

	for (i = 0; i < r->n_disputed; i++)
		if (r->disputed[i].pack == p && r->disputed[i].control == c)
			return &r->disputed[i];
	return NULL;
}

static void
say_by(struct str *out, const struct said *s)
{
	str_addf(out, "by %s (", s->by);
	if (s->role == NULL)
		str_adds(out, "a key not known here");
	else if (strcmp(s->role, "auditor") == 0)
		str_adds(out, "an auditor's key");
	else
		str_addf(out, "the %s's key", s->role);
	str_addf(out, "): %s", s->reason);
}

void
say_disputed(struct str *out, const struct disputed *d)
{
	str_addf(out, "%.12s, %s", d->id, d->state);
	if (d->until != NULL)
		str_addf(out, strcmp(d->state, "expired") == 0 ? " on %.10s" : " until %.10s", d->until);
	str_adds(out, "; opened ");
	say_by(out, &d->opened);
	if (d->record == NULL)
		str_adds(out, " [the verdict as a whole]");
	else if (d->matched == 0)
		str_addf(out, " [%s: no deciding record of this evidence]", d->record);
	else
		str_addf(out, " [%s]", d->record);
}

void
say_decided(struct str *out, const struct disputed *d)
{
	if (d->answered.reason != NULL) {
		str_adds(out, "answered ");
		say_by(out, &d->answered);
	}
	if (d->decided.reason != NULL) {
		str_adds(out, d->answered.reason != NULL ? "; " : "");
		str_adds(out, strcmp(d->state, "rejected") == 0 ? "rejected " : "accepted ");
		say_by(out, &d->decided);
	}
}

void
say_without(struct str *out, const struct disputed_control *d)
{
	size_t i, n = 0;

	for (i = 0; i < d->n; i++)
		n += d->v[i].leaves_out;
	if (d->without == NULL) {
		str_adds(out, d->why);
	} else if (n == 0) {
		str_adds(out, "the same: no dispute is open, and no exception is in force");
	} else if (d->left_out == 0) {
		str_adds(out, "the same: what is disputed decides nothing in this evidence");
	} else {
		str_adds(out, verdict_label(d->without->verdict));
		str_adds(out, ", leaving out ");
		lay_count(out, d->left_out);
		str_addf(out, " record%s: ", d->left_out == 1 ? "" : "s");
		say_reason(out, d->without);
	}
}

/* NAME+ID of a verifier key, without the key itself. */
static void
say_keys(struct str *out, const char *const *list, size_t n)
{
	const char *plus;
	size_t i;

	for (i = 0; i < n; i++) {
		plus = strchr(list[i], '+');
		plus = plus != NULL ? strchr(plus + 1, '+') : NULL;
		str_adds(out, i > 0 ? ", " : "");
		str_add(out, plus != NULL ? (struct span){list[i], (size_t)(plus - list[i])} : span_of(list[i]));
	}
	if (n == 0)
		str_adds(out, "nobody");
}

void
say_disputes_head(struct str *out, const struct disputes_head *h)
{
	str_addf(out, "of the ledger %.12s, %" PRIu64 " line%s, the last is %.12s; decisions count by ", h->ledger, h->lines,
	    h->lines == 1 ? "" : "s", h->last);
	say_keys(out, h->issuers, h->n_issuers);
	if (h->n_networks > 0) {
		str_adds(out, "; the network is ");
		say_keys(out, h->networks, h->n_networks);
	}
}

void
report_disputes_text(struct str *out, const struct disputed_control *d, unsigned column, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < d->n; i++) {
		str_clear(&s);
		say_disputed(&s, &d->v[i]);
		lay_labelled(out, style, column, column + 10, "disputed", s.p);
		str_clear(&s);
		say_decided(&s, &d->v[i]);
		if (s.len > 0)
			lay_labelled(out, style, column, column + 10, "", s.p);
	}
	str_clear(&s);
	say_without(&s, d);
	lay_labelled(out, style, column, column + 10, "without", s.p);
	str_release(&s);
}

/* --- JSON --- */

void
json_said(struct json_w *w, const char *key, const struct said *s)
{
	json_key(w, key);
	if (s->reason == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kstrz(w, "by", s->by);
	json_kstrz(w, "reason", s->reason);
	json_kopt(w, "role", s->role);
	json_obj_end(w);
}

static void
without_json(struct json_w *w, const struct judgement *j)
{
	const struct metric *m = j->decides;
	size_t from;

	json_obj(w);
	json_kopt(w, "decides", m != NULL ? metric_word(m->id) : NULL);
	if (m != NULL && m->state == METRIC_OK) {
		json_ku64(w, "den", m->den);
		json_ku64(w, "num", m->num);
	}
	json_key(w, "reason");
	from = json_str_begin(w);
	say_reason(w->out, j);
	json_str_end(w, from);
	if (m != NULL && m->state == METRIC_OK)
		json_ki64(w, "value", m->value_ppm);
	json_kstrz(w, "verdict", verdict_word(j->verdict));
	json_obj_end(w);
}

void
json_disputes(struct json_w *w, const struct disputed_control *d)
{
	size_t i;

	json_obj(w);
	json_ku64(w, "left_out", d->left_out);
	json_key(w, "list");
	json_arr(w);
	for (i = 0; i < d->n; i++) {
		const struct disputed *v = &d->v[i];

		json_obj(w);
		json_said(w, "answered", &v->answered);
		json_said(w, "decided", &v->decided);
		json_kstrz(w, "id", v->id);
		json_kbool(w, "leaves_out", v->leaves_out);
		json_ku64(w, "matched", v->matched);
		json_said(w, "opened", &v->opened);
		json_kopt(w, "record", v->record);
		json_kstrz(w, "report", v->report);
		json_kstrz(w, "state", v->state);
		json_kopt(w, "until", v->until);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kopt(w, "why", d->without == NULL ? d->why : NULL);
	json_key(w, "without");
	if (d->without != NULL)
		without_json(w, d->without);
	else
		json_null(w);
	json_obj_end(w);
}

static void
keys_json(struct json_w *w, const char *key, const char *const *list, size_t n)
{
	size_t i;

	json_key(w, key);
	json_arr(w);
	for (i = 0; i < n; i++)
		json_strz(w, list[i]);
	json_arr_end(w);
}

void
json_disputes_head(struct json_w *w, const struct disputes_head *h)
{
	json_obj(w);
	keys_json(w, "issuers", h->issuers, h->n_issuers);
	json_kstrz(w, "last", h->last);
	json_kstrz(w, "ledger", h->ledger);
	json_ku64(w, "lines", h->lines);
	keys_json(w, "networks", h->networks, h->n_networks);
	json_obj_end(w);
}
