#include "cmd/dispute_show.h"
#include "base/json_w.h"
#include "base/limits.h"
#include "report/json.h"
#include "report/layout.h"

#include <inttypes.h>

#define COLUMN 14

const char *
dispute_role_word(const struct dispute_line *l, const struct verify_keys *known)
{
	static const char *const words[] = {[VERIFY_ISSUER] = "issuer", [VERIFY_NETWORK] = "network", [VERIFY_AUDITOR] = "auditor"};
	enum verify_role role;

	return dispute_role(l, known, &role) ? words[role] : NULL;
}

void
dispute_by(struct str *out, const struct dispute_line *l, const struct verify_keys *known)
{
	const char *role = dispute_role_word(l, known);

	str_addf(out, "%s+%08" PRIx32, l->signer.name, l->signer.id);
	if (role == NULL)
		str_adds(out, " (not known here)");
	else
		str_addf(out, " (%s key)", strcmp(role, "network") == 0 ? "the network's" : strcmp(role, "issuer") == 0 ?
		    "the issuer's" : "an auditor's");
}

static bool
shown(const struct dispute_show *o, size_t i)
{
	return o->g->lines[i].act == DISPUTE_OPEN && (o->only == o->g->n || o->only == i) &&
	    (o->asn == 0 || o->g->lines[i].asn == o->asn);
}

static bool
belongs(const struct ledger *g, size_t i, size_t open)
{
	return i == open || (g->lines[i].act != DISPUTE_OPEN && strcmp(g->lines[i].dispute, g->digests[open]) == 0);
}

static void
state_add(struct str *out, const struct dispute_show *o, const struct dispute_standing *t)
{
	str_adds(out, dispute_state_name(t->state));
	if (t->state == DISPUTE_ACCEPTED || t->state == DISPUTE_EXPIRED)
		str_addf(out, "%s %.10s", t->state == DISPUTE_ACCEPTED ? " until" : "", o->g->lines[t->decides].until);
}

static void
list_row(struct str *out, const struct dispute_show *o, size_t i, struct text_style style)
{
	const struct dispute_line *l = &o->g->lines[i];
	struct dispute_standing t;
	struct str s = {0};

	dispute_stand(o->g, i, o->known, o->at, &t);
	state_add(&s, o, &t);
	str_addf(out, "%.12s  %-25s  AS%-10" PRIu32 "  %s%s\n", o->g->digests[i], s.p, l->asn, l->control, dispute_label(l));
	str_clear(&s);
	str_adds(&s, "by ");
	dispute_by(&s, l, o->known);
	str_addf(&s, ": %s", l->reason);
	lay_spaces(out, COLUMN);
	lay_wrapped(out, style, COLUMN, COLUMN, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

void
dispute_list_text(struct str *out, const struct dispute_show *o, struct text_style style)
{
	const struct ledger *g = o->g;
	size_t i, n = 0;

	for (i = 0; i < g->n; i++) {
		if (!shown(o, i))
			continue;
		if (n++ == 0) {
			lay_text(out, style, INK_DIM, "DISPUTE       STATE                      NETWORK       VERDICT ON");
			str_addc(out, '\n');
		}
		list_row(out, o, i, style);
	}
	str_addf(out, "%s%zu dispute%s%s", n > 0 ? "\n" : "", n, n == 1 ? "" : "s", o->asn != 0 ? " on this network" : "");
	str_addf(out, "; %zu line%s in the ledger, the last is\n%s\n", g->n, g->n == 1 ? "" : "s", g->digests[g->n - 1]);
}

/* --- one in full --- */

static void
row(struct str *out, struct text_style style, const char *label, struct str *s)
{
	lay_labelled(out, style, 2, COLUMN, label, s->p);
	str_clear(s);
}

static void
files_rows(struct str *out, struct text_style style, const struct dispute_line *l)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < l->n_files; i++) {
		str_addf(&s, "%s, %" PRIu64 " bytes, sha256 %s", l->files[i].name, l->files[i].size, l->files[i].sha256);
		row(out, style, i == 0 ? "attached" : "", &s);
	}
	str_release(&s);
}

static void
line_text(struct str *out, const struct dispute_show *o, size_t i, struct text_style style)
{
	static const char *const heads[DISPUTE_ACTS] = {"opened", "answered", "accepted", "rejected"};
	const struct dispute_line *l = &o->g->lines[i];
	struct str s = {0};

	str_addc(out, '\n');
	str_addf(&s, "%s, line %zu", heads[l->act], i + 1);
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	str_clear(&s);
	dispute_by(&s, l, o->known);
	row(out, style, l->act >= DISPUTE_ACCEPT ? "reviewer" : "by", &s);
	str_adds(&s, l->reason);
	row(out, style, "reason", &s);
	if (l->until != NULL) {
		str_addf(&s, "%s, by the evidence's date", l->until);
		row(out, style, "until", &s);
	}
	str_adds(&s, l->at);
	row(out, style, "evidence of", &s);
	files_rows(out, style, l);
	str_release(&s);
}

void
dispute_show_text(struct str *out, const struct dispute_show *o, struct text_style style)
{
	const struct dispute_line *l = &o->g->lines[o->only];
	struct dispute_standing t;
	struct str s = {0};
	size_t i;

	dispute_stand(o->g, o->only, o->known, o->at, &t);
	str_addf(&s, "AS%" PRIu32 ", %s%s: disputed, ", l->asn, l->control, dispute_label(l));
	state_add(&s, o, &t);
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	str_clear(&s);
	str_adds(&s, o->g->digests[o->only]);
	row(out, style, "dispute", &s);
	str_adds(&s, l->record != NULL ? l->record : "the verdict as a whole");
	row(out, style, "record", &s);
	str_addf(&s, "sha256 %s", l->report);
	row(out, style, "report", &s);
	if (t.strangers > 0) {
		str_addf(&s, "%zu decision%s by keys that were not given as the issuer's (--known): %s for nothing", t.strangers,
		    t.strangers == 1 ? "" : "s", t.strangers == 1 ? "it counts" : "they count");
		row(out, style, "strangers", &s);
	}
	for (i = o->only; i < o->g->n; i++)
		if (belongs(o->g, i, o->only))
			line_text(out, o, i, style);
	str_release(&s);
}

/* --- JSON --- */

static void
line_json(struct json_w *w, const struct dispute_show *o, size_t i)
{
	const struct dispute_line *l = &o->g->lines[i];
	struct str by = {0};
	size_t k;

	str_addf(&by, "%s+%08" PRIx32, l->signer.name, l->signer.id);
	json_obj(w);
	json_kstrz(w, "act", dispute_act_name(l->act));
	json_kstrz(w, "at", l->at);
	json_kstr(w, "by", str_span(&by));
	json_key(w, "files");
	json_arr(w);
	for (k = 0; k < l->n_files; k++) {
		json_obj(w);
		json_kstrz(w, "name", l->files[k].name);
		json_kstrz(w, "sha256", l->files[k].sha256);
		json_ku64(w, "size", l->files[k].size);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_ku64(w, "line", i + 1);
	json_kstrz(w, "reason", l->reason);
	json_kopt(w, "role", dispute_role_word(l, o->known));
	json_kopt(w, "until", l->until);
	json_obj_end(w);
	str_release(&by);
}

static void
one_json(struct json_w *w, const struct dispute_show *o, size_t open)
{
	const struct dispute_line *l = &o->g->lines[open];
	struct dispute_standing t;
	size_t i;

	dispute_stand(o->g, open, o->known, o->at, &t);
	json_obj(w);
	json_ku64(w, "asn", l->asn);
	json_kstrz(w, "control", l->control);
	json_key(w, "decided_by_line");
	if (t.decides < o->g->n)
		json_u64(w, t.decides + 1);
	else
		json_null(w);
	json_kstrz(w, "id", o->g->digests[open]);
	json_key(w, "lines");
	json_arr(w);
	for (i = open; i < o->g->n; i++)
		if (belongs(o->g, i, open))
			line_json(w, o, i);
	json_arr_end(w);
	json_kstrz(w, "pack_status", l->pack_status);
	json_kopt(w, "record", l->record);
	json_kstrz(w, "report", l->report);
	json_kstrz(w, "state", dispute_state_name(t.state));
	json_ku64(w, "strangers", t.strangers);
	json_obj_end(w);
}

void
dispute_show_json(struct str *out, const struct dispute_show *o)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	json_ktime(&w, "at", o->at);
	json_key(&w, "disputes");
	json_arr(&w);
	for (i = 0; i < o->g->n; i++)
		if (shown(o, i))
			one_json(&w, o, i);
	json_arr_end(&w);
	json_kstrz(&w, "format", "routemark-disputes/1");
	json_kopt(&w, "last", o->g->n > 0 ? o->g->digests[o->g->n - 1] : NULL);
	json_kopt(&w, "ledger", o->g->n > 0 ? o->g->digests[0] : NULL);
	json_ku64(&w, "lines", o->g->n);
	json_obj_end(&w);
	json_done(&w);
}
