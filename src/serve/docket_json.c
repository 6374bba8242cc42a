/* docket_json: disputes, marks, reports and bundles as values of the API (doc/formats/api.md); keys ascend. */
#include "report/json.h"
#include "serve/docket_say.h"

#include <inttypes.h>

#define ASES_SHOWN 100u	/* of a bundle; it has them all */

/* --- disputes --- */

void
docket_json_dispute(struct json_w *w, const struct ask *q, size_t open, struct utc at)
{
	const struct dispute_line *l = &q->docket->ledger->file.ledger.lines[open];
	struct disputed v;
	uint64_t index;

	docket_disputed(q, open, at, &v);
	json_obj(w);
	json_said(w, "answered", &v.answered);
	json_ku64(w, "asn", l->asn);
	json_kstrz(w, "at", l->at);
	json_kstrz(w, "control", l->control);
	json_said(w, "decided", &v.decided);
	json_kstrz(w, "id", v.id);
	json_kbool(w, "leaves_out", v.leaves_out);
	json_key(w, "log_index");
	if (docket_logged(q, v.id, &index))
		json_u64(w, index);
	else
		json_null(w);
	json_said(w, "opened", &v.opened);
	json_kstrz(w, "pack_status", l->pack_status);
	json_kopt(w, "record", v.record);
	json_kstrz(w, "report_sha256", v.report);
	json_kstrz(w, "state", v.state);
	json_kopt(w, "until", v.until);
	json_obj_end(w);
}

void
docket_json_disputes(struct json_w *w, const struct ask *q, uint32_t asn, struct utc at)
{
	const struct docket_ledger *g = q->docket->ledger;
	size_t n, first = docket_disputes(g, asn, &n), i;

	if (g == NULL) {
		json_null(w);
		return;
	}
	json_arr(w);
	for (i = first; i < first + n; i++)
		docket_json_dispute(w, q, g->open.at[i], at);
	json_arr_end(w);
}

/* --- marks --- */

static void
key_json(struct json_w *w, const char *member, const struct key_pub *k)
{
	size_t from;

	json_key(w, member);
	from = json_str_begin(w);
	docket_key(w->out, k);
	json_str_end(w, from);
}

static void
word_json(struct json_w *w, const struct verify_word *x)
{
	json_obj(w);
	json_kstrz(w, "at", x->status.at);
	key_json(w, "by", x->by);
	json_ku64(w, "index", x->index);
	json_kopt(w, "reason", x->status.reason);
	json_kstrz(w, "status", status_name(x->status.word));
	json_obj_end(w);
}

void
docket_json_mark(struct json_w *w, const struct ask *q, const struct mark_found *m, struct utc at)
{
	(void)q;
	json_obj(w);
	json_kstrz(w, "at", m->issued.status.at);
	json_key(w, "decides");
	if (m->decides != NULL)
		word_json(w, m->decides);
	else
		json_null(w);
	json_ku64(w, "index", m->issued.index);
	key_json(w, "issuer", m->issued.by);
	json_kstrz(w, "pack", m->line.pack);
	json_kstrz(w, "pack_status", docket_pack_status(m));
	json_kstr(w, "pack_version", docket_pack_version(m));
	json_kstrz(w, "report_sha256", m->line.report);
	json_kstrz(w, "sha256", m->sha256);
	json_kstrz(w, "state", mark_state_word(mark_state_at(m, at)));
	json_kbool(w, "superseded", m->superseded);
	json_kstrz(w, "valid_to", m->line.valid_to);
	json_obj_end(w);
}

void
docket_json_marks(struct json_w *w, const struct ask *q, const struct mark_find *f, const char *trouble, struct utc at)
{
	size_t i;

	if (trouble != NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_ku64(w, "asn", f->asn);
	json_key(w, "marks");
	json_arr(w);
	for (i = 0; i < f->n; i++)
		docket_json_mark(w, q, &f->found[i], at);
	json_arr_end(w);
	json_ku64(w, "strangers", f->strangers);
	json_ktime(w, "valid_at", at);
	json_obj_end(w);
}

/* --- reports, bundles --- */

void
docket_json_reports(struct json_w *w, const struct ask *q, const struct docket_report *r, size_t n)
{
	static const char *const kinds[] = {[LOGBOOK_DIGEST] = "digest", [LOGBOOK_STATUS] = "status",
	    [LOGBOOK_DISPUTE] = "dispute"};
	size_t i, k;

	json_arr(w);
	for (i = 0; i < n; i++) {
		json_obj(w);
		json_ktime(w, "at", r[i].at);
		json_kopt(w, "bundle", r[i].bundle != NULL ? r[i].bundle->sha256 : NULL);
		json_kbool(w, "disputed", r[i].dispute);
		json_key(w, "log_entries");
		if (q->docket->log == NULL)
			json_null(w);
		else
			json_arr(w);
		for (k = 0; q->docket->log != NULL && k < r[i].n_entries; k++) {
			json_obj(w);
			json_ku64(w, "index", r[i].entry[k].index);
			json_kstrz(w, "kind", kinds[r[i].entry[k].kind]);
			json_kopt(w, "status", r[i].entry[k].kind == LOGBOOK_STATUS ? docket_entry_word(&r[i].entry[k]) : NULL);
			json_obj_end(w);
		}
		if (q->docket->log != NULL)
			json_arr_end(w);
		json_kbool(w, "marked", r[i].mark);
		json_kstrz(w, "sha256", r[i].sha256);
		json_obj_end(w);
	}
	json_arr_end(w);
}

static void
bundle_packs_json(struct json_w *w, const struct bundle_file *f)
{
	size_t i;

	json_arr(w);
	for (i = 0; i < f->n_packs; i++) {
		json_obj(w);
		json_kstrz(w, "id", f->packs[i].id);
		json_kstrz(w, "status", f->packs[i].status);
		json_kstrz(w, "version", f->packs[i].version);
		json_obj_end(w);
	}
	json_arr_end(w);
}

void
docket_json_bundle(struct json_w *w, const struct bundle_file *f)
{
	size_t i, from;

	json_obj(w);
	json_key(w, "ases");
	json_arr(w);
	for (i = 0; i < f->n_asns && i < ASES_SHOWN; i++)
		json_u64(w, f->asns[i]);
	json_arr_end(w);
	json_ktime(w, "at", f->at);
	json_kbool(w, "evidence", f->minimal);
	json_key(w, "href");
	from = json_str_begin(w);
	str_addf(w->out, "/api/v1/bundles/%s", f->sha256);
	json_str_end(w, from);
	json_ku64(w, "inputs", f->n_inputs);
	json_ku64(w, "networks", f->n_asns);
	json_key(w, "packs");
	bundle_packs_json(w, f);
	json_kstrz(w, "program_version", f->version);
	json_kstrz(w, "report_sha256", f->report);
	json_kstrz(w, "sha256", f->sha256);
	json_ku64(w, "size", (uint64_t)f->stat.size);
	json_obj_end(w);
}

void
docket_json_bundles(struct json_w *w, const struct ask *q, uint32_t asn)
{
	const struct bundles *b = q->docket->bundles;
	size_t i;

	if (b == NULL) {
		json_null(w);
		return;
	}
	json_arr(w);
	for (i = 0; i < b->n_good; i++)
		if (bundle_file_has(b->good[i], asn))
			docket_json_bundle(w, b->good[i]);
	json_arr_end(w);
}
