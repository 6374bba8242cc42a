#include "base/json_w.h"
#include "cmd/verify_say.h"

#include <stdio.h>

static const char *
word(enum verify_answer a)
{
	return a == VERIFY_UNKNOWN ? "unknown" : verify_answer_name(a);
}

static void
key_put(struct json_w *w, const char *member, const struct key_pub *k)
{
	size_t at;

	json_key(w, member);
	if (k == NULL) {
		json_null(w);
		return;
	}
	at = json_str_begin(w);
	str_addf(w->out, "%s+%08x", k->name, k->id);
	json_str_end(w, at);
}

/* file: its bytes, which it is named by; a path is the reader's own. */
static void
found_put(struct json_w *w, const struct verify_found *f, struct span file)
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of(file.p, file.len, d);
	sha256_hex(d, hex);
	json_obj(w);
	json_kstrz(w, "answer", word(f->answer));
	key_put(w, "by", f->by);
	json_kopt(w, "note", f->what);
	json_kopt(w, "role", f->by != NULL ? verify_role_name(f->role) : NULL);
	json_kstrz(w, "sha256", hex);
	json_kopt(w, "why", f->why);
	json_obj_end(w);
}

static void
list_put(struct json_w *w, const char *member, const struct verify_found *f, const struct span *files, size_t n)
{
	size_t i;

	json_key(w, member);
	json_arr(w);
	for (i = 0; i < n; i++)
		found_put(w, &f[i], files[i]);
	json_arr_end(w);
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
witnesses_put(struct json_w *w, const struct policy *p, const struct verify_log *l)
{
	size_t i;

	json_key(w, "witnesses");
	json_arr(w);
	for (i = 0; l->believed && i < p->n_witnesses; i++) {
		if (!l->verdict.witness[i].good)
			continue;
		json_obj(w);
		key_put(w, "key", &p->witnesses[i].key);
		json_kstrz(w, "name", p->witnesses[i].name);
		json_ku64(w, "time", l->verdict.witness[i].time);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
log_put(struct json_w *w, const char *member, const struct policy *p, const struct verify_log *l)
{
	size_t i;

	json_key(w, member);
	if (!l->given) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kstrz(w, "answer", word(l->found.answer));
	json_key(w, "index");
	if (l->listed)
		json_u64(w, l->index);
	else
		json_null(w);
	key_put(w, "log", l->believed ? &l->verdict.log->key : NULL);
	json_key(w, "size");
	if (l->believed)
		json_u64(w, l->at.size);
	else
		json_null(w);
	json_key(w, "statuses");
	json_arr(w);
	for (i = 0; i < l->n; i++)
		word_put(w, &l->words[i]);
	json_arr_end(w);
	json_ku64(w, "strangers", l->strangers);
	json_kopt(w, "why", l->found.why);
	witnesses_put(w, p, l);
	json_obj_end(w);
}

static void
levels_put(struct json_w *w, const struct verify *v)
{
	int l;

	json_key(w, "level");
	json_str(w, (struct span){verify_level_name(v->level), 2});
	json_key(w, "levels");
	json_arr(w);
	for (l = 0; l < VERIFY_LEVELS; l++) {
		json_obj(w);
		json_kbool(w, "itself", v->reached[l]);
		json_key(w, "level");
		json_str(w, (struct span){verify_level_name((enum verify_level)l), 2});
		json_kbool(w, "reached", v->reached[l] && l <= (int)v->level);
		json_kstrz(w, "reason", v->reason[l]);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_kstrz(w, "levels_status", "proposal");
}

static void
packs_put(struct json_w *w, const struct gist *g)
{
	size_t i;

	json_key(w, "packs");
	json_arr(w);
	for (i = 0; i < g->n_packs; i++) {
		size_t at;

		json_obj(w);
		json_kstrz(w, "id", g->packs[i].id);
		json_key(w, "name");
		at = json_str_begin(w);
		str_addf(w->out, "%s %s%s", g->packs[i].id, g->packs[i].version, gist_label(&g->packs[i]));
		json_str_end(w, at);
		json_kstrz(w, "status", g->packs[i].status);
		json_kstrz(w, "version", g->packs[i].version);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
asns_put(struct json_w *w, const struct gist *g)
{
	size_t i;

	json_key(w, "ases");
	json_arr(w);
	for (i = 0; i < g->n_asns; i++)
		json_u64(w, g->asns[i]);
	json_arr_end(w);
}

/* The word of replay_answer_name in the terms of verify. */
static void
replay_put(struct json_w *w, const struct replay *r)
{
	json_key(w, "replay");
	if (r == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kstrz(w, "answer", word(r->answer == REPLAY_SAME ? VERIFY_YES : r->answer == REPLAY_DIFFERENT ? VERIFY_NO : VERIFY_UNKNOWN));
	json_key(w, "difference");
	if (r->path.len + r->was.len > 0) {
		json_obj(w);
		json_kstr(w, "computed", str_span(&r->is));
		json_kstr(w, "pointer", str_span(&r->path));
		json_kstr(w, "report", str_span(&r->was));
		json_obj_end(w);
	} else {
		json_null(w);
	}
	json_ku64(w, "inputs_missing", r->n_missing);
	json_obj_end(w);
}

void
verify_json(struct str *out, const struct verify_ask *ask, const struct verify *v, const struct replay *replay)
{
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "answer", word(v->answer));
	asns_put(&w, &v->gist);
	json_kopt(&w, "at", v->gist.at);
	json_key(&w, "decides");
	if (v->decides != NULL)
		word_put(&w, v->decides);
	else
		json_null(&w);
	list_put(&w, "envelopes", v->envelopes, ask->envelopes, ask->n_envelopes);
	list_put(&w, "evidence", v->evidence, ask->evidence, ask->n_evidence);
	json_kstrz(&w, "format", "routemark-verify/1");
	levels_put(&w, v);
	log_put(&w, "log", ask->policy, &v->log);
	json_key(&w, "mark");
	if (ask->mark.p != NULL)
		found_put(&w, &v->mark, ask->mark);
	else
		json_null(&w);
	packs_put(&w, &v->gist);
	log_put(&w, "proof", ask->policy, &v->proof);
	replay_put(&w, replay);
	json_key(&w, "report");
	found_put(&w, &v->report, ask->report);
	json_key(&w, "signature");
	if (ask->signature.p != NULL)
		found_put(&w, &v->signature, ask->signature);
	else
		json_null(&w);
	json_kstrz(&w, "standing", word(v->standing));
	json_obj_end(&w);
	json_done(&w);
}
