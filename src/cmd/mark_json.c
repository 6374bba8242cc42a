/* mark_json: what show has found, for programs (doc/formats/mark.md). */
#include "base/json_w.h"
#include "cmd/mark.h"
#include "cmd/verify_say.h"

static void
key_put(struct json_w *w, const char *member, const struct key_pub *k)
{
	size_t at;

	json_key(w, member);
	at = json_str_begin(w);
	str_addf(w->out, "%s+%08x", k->name, k->id);
	json_str_end(w, at);
}

static void
word_put(struct json_w *w, const struct verify_word *x)
{
	json_obj(w);
	json_kstrz(w, "at", x->status.at);
	key_put(w, "by", x->by);
	json_ku64(w, "index", x->index);
	json_kopt(w, "reason", x->status.reason);
	json_kstrz(w, "status", status_name(x->status.word));
	json_obj_end(w);
}

static void
words_put(struct json_w *w, const char *member, const struct verify_log *l)
{
	size_t i;

	json_key(w, member);
	json_obj(w);
	json_key(w, "statuses");
	json_arr(w);
	for (i = 0; i < l->n; i++)
		word_put(w, &l->words[i]);
	json_arr_end(w);
	json_ku64(w, "strangers", l->strangers);
	json_obj_end(w);
}

static void
mark_put(struct json_w *w, const struct mark_sheet *s, const struct mark_found *m)
{
	size_t n = strcspn(m->line.version, " ");
	const char *label = m->line.version + n;

	json_obj(w);
	json_kstrz(w, "at", m->issued.status.at);
	json_key(w, "decides");
	if (m->decides != NULL)
		word_put(w, m->decides);
	else
		json_null(w);
	json_ku64(w, "index", m->issued.index);
	key_put(w, "issuer", m->issued.by);
	words_put(w, "mark", &m->own);
	json_kstrz(w, "pack", m->line.pack);
	json_kstrz(w, "pack_status", *label == '\0' ? "published" : strcmp(label, " (proposal)") == 0 ? "proposal" :
	    "proposed");
	json_kstr(w, "pack_version", (struct span){m->line.version, n});
	words_put(w, "report", &m->report);
	json_kstrz(w, "report_sha256", m->line.report);
	json_kstrz(w, "sha256", m->sha256);
	json_kstrz(w, "state", mark_state_word(mark_state_at(m, s->at)));
	json_kbool(w, "superseded", m->superseded);
	json_kstrz(w, "valid_to", m->line.valid_to);
	json_obj_end(w);
}

static void
log_put(struct json_w *w, const struct mark_sheet *s)
{
	json_key(w, "log");
	if (s->trouble != NULL || s->f->verdict.log == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	key_put(w, "key", &s->f->verdict.log->key);
	json_ku64(w, "size", s->f->at.size);
	json_kbool(w, "whole", !s->no_log);
	json_ku64(w, "witnesses", s->f->verdict.n_witnesses);
	json_obj_end(w);
}

void
mark_json(struct str *out, const struct mark_sheet *s)
{
	static const unsigned status[] = {[VERIFY_YES] = 0, [VERIFY_NO] = 1, [VERIFY_UNKNOWN] = 2};
	char at[UTC_TEXT];
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_ku64(&w, "answer", status[s->answer]);
	json_ku64(&w, "asn", s->f->asn);
	json_kbool(&w, "by_clock", s->by_clock);
	json_kstrz(&w, "format", "routemark-mark-status/1");
	log_put(&w, s);
	json_key(&w, "marks");
	json_arr(&w);
	for (i = 0; i < s->f->n && s->trouble == NULL; i++)
		mark_put(&w, s, &s->f->found[i]);
	json_arr_end(&w);
	json_kopt(&w, "sha256", s->sha256);
	json_ku64(&w, "strangers", s->f->strangers);
	json_kopt(&w, "trouble", s->trouble);
	json_kstrz(&w, "valid_at", utc_format(s->at, at));
	json_kstrz(&w, "why", s->why);
	json_obj_end(&w);
	json_done(&w);
}
