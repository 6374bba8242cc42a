/* api_docket: /api/v1/disputes and /api/v1/marks: all that there are, or of the networks that are asked for. */
#include "report/csv.h"
#include "serve/api.h"
#include "serve/docket_say.h"
#include "serve/page.h"

#include <inttypes.h>

static bool
wanted(const uint32_t *asns, size_t n, uint32_t asn)
{
	size_t i;

	for (i = 0; i < n && asns[i] != asn; i++)
		;
	return n == 0 || i < n;
}

/* A last field, whose comma csv_field has put. */
static void
row_end(struct str *out)
{
	out->p[out->len - 1] = '\n';
}

/* --- disputes --- */

struct dispute_list {
	const size_t **open;		/* from the arena: places of openings */
	size_t n;
	struct utc at;
	struct api_range r;
};

static void
dispute_csv(struct ask *q, size_t open, struct utc at)
{
	const struct dispute_line *l = &q->docket->ledger->file.ledger.lines[open];
	struct str *out = &q->r->body;
	struct disputed v;
	uint64_t index;

	docket_disputed(q, open, at, &v);
	str_addf(out, "%" PRIu32 ",", l->asn);
	csv_field(out, l->control);
	csv_field(out, l->pack_status);
	str_addf(out, "%s,%s,%s,%s,%s,", v.id, v.state, v.until != NULL ? v.until : "", l->at, v.report);
	if (docket_logged(q, v.id, &index))
		str_addf(out, "%" PRIu64, index);
	str_addc(out, ',');
	csv_field(out, v.record != NULL ? v.record : "");
	csv_field(out, v.opened.by);
	csv_field(out, v.opened.reason);
	csv_field(out, v.answered.reason != NULL ? v.answered.by : "");
	csv_field(out, v.answered.reason != NULL ? v.answered.reason : "");
	csv_field(out, v.decided.reason != NULL ? v.decided.by : "");
	csv_field(out, v.decided.reason != NULL ? v.decided.reason : "");
	row_end(out);
}

static void
keys_json(struct json_w *w, const char *key, const struct verify_keys *k, enum verify_role role)
{
	size_t i, from;

	json_key(w, key);
	json_arr(w);
	for (i = 0; i < k->n; i++) {
		if (k->role[i] != role)
			continue;
		from = json_str_begin(w);
		key_vkey_write(w->out, &k->pub[i]);
		json_str_end(w, from);
	}
	json_arr_end(w);
}

static void
ledger_json(struct json_w *w, const struct ask *q)
{
	const struct ledger *g = &q->docket->ledger->file.ledger;

	json_obj(w);
	json_kbool(w, "current", q->docket->ledger_trouble == NULL);
	keys_json(w, "issuers", &q->docket->o->keys, VERIFY_ISSUER);
	json_kstrz(w, "last", g->digests[g->n - 1]);
	json_kstrz(w, "ledger", g->digests[0]);
	json_ku64(w, "lines", g->n);
	keys_json(w, "networks", &q->docket->o->keys, VERIFY_NETWORK);
	json_obj_end(w);
}

static void
disputes_json(struct ask *q, const struct dispute_list *d)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "at");
	if (utc_known(d->at)) {
		char when[UTC_TEXT];

		json_strz(&w, utc_format(d->at, when));
	} else {
		json_null(&w);
	}
	json_key(&w, "disputes");
	json_arr(&w);
	for (i = d->r.offset; i < d->n && i - d->r.offset < d->r.limit; i++)
		docket_json_dispute(&w, q, *d->open[i], d->at);
	json_arr_end(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "ledger");
	ledger_json(&w, q);
	json_ku64(&w, "limit", d->r.limit);
	api_next(&w, q, &d->r, d->n);
	json_ku64(&w, "offset", d->r.offset);
	json_ku64(&w, "total", d->n);
	json_obj_end(&w);
	json_done(&w);
}

static bool
state_asked(struct ask *q, const char **out)
{
	int s;

	*out = ask_arg(q, "state");
	for (s = 0; *out != NULL && s < DISPUTE_STATES; s++)
		if (strcmp(*out, dispute_state_name((enum dispute_state)s)) == 0)
			return true;
	if (*out != NULL)
		ask_problem(q, 400, "No such state", "\"state\" is open, accepted, expired or rejected.");
	return *out == NULL;
}

void
api_disputes(struct ask *q)
{
	static const char *const keys[] = {"asns", "state", "limit", "offset", "format", NULL};
	const struct docket_ledger *g = q->docket->ledger;
	struct dispute_list d = {.at = q->view->latest != NULL ? q->view->latest->head.at : UTC_NONE};
	const char *state;
	uint32_t *asns;
	size_t n, i;
	struct disputed v;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_asns(q, "asns", SERVE_ASNS_MAX, &asns, &n) ||
	    !state_asked(q, &state) || !api_range(q, &d.r))
		return;
	if (g == NULL) {
		ask_problem(q, 404, "No disputes here", "This site shows no ledger of disputes.");
		return;
	}
	d.open = arena_array(q->a, g->open.n + 1, sizeof(*d.open));
	for (i = 0; i < g->open.n; i++) {
		if (!wanted(asns, n, g->file.ledger.lines[g->open.at[i]].asn))
			continue;
		docket_disputed(q, g->open.at[i], d.at, &v);
		if (state == NULL || strcmp(v.state, state) == 0)
			d.open[d.n++] = &g->open.at[i];
	}
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (!csv) {
		disputes_json(q, &d);
		return;
	}
	str_adds(&q->r->body, "asn,control,pack_status,id,state,until,at,report_sha256,log_index,record,opened_by,opened,answered_by,"
	    "answered,decided_by,decided\n");
	for (i = d.r.offset; i < d.n && i - d.r.offset < d.r.limit; i++)
		dispute_csv(q, *d.open[i], d.at);
}

/* --- marks --- */

static void
mark_csv(struct ask *q, const struct mark_find *f, struct utc at)
{
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i, from;

	for (i = 0; i < f->n; i++) {
		const struct mark_found *m = &f->found[i];
		struct span version = docket_pack_version(m);

		str_addf(out, "%" PRIu32 ",", f->asn);
		csv_field(out, m->line.pack);
		csv_field(out, arena_strdup(q->a, version));
		str_addf(out, "%s,%s,%s,%s,%s,%s,%" PRIu64 ",%s,%s,", docket_pack_status(m), mark_state_word(mark_state_at(m, at)),
		    utc_format(at, when), m->issued.status.at, m->line.valid_to, m->superseded ? "yes" : "no", m->issued.index, m->sha256,
		    m->line.report);
		from = out->len;
		docket_key(out, m->issued.by);
		{
			char *by = arena_strdup(q->a, (struct span){out->p + from, out->len - from});

			out->len = from;
			csv_field(out, by);
		}
		row_end(out);
	}
}

static void
log_json(struct json_w *w, const struct ask *q)
{
	const struct logbook *b = q->docket->log;

	json_obj(w);
	json_kbool(w, "current", q->docket->log_trouble == NULL);
	json_kbool(w, "indexed", !b->full);
	json_kstrz(w, "key", b->key);
	json_kstrz(w, "origin", b->origin);
	json_ku64(w, "size", b->size);
	json_ku64(w, "witnesses", b->witnesses);
	json_obj_end(w);
}

/* The networks that entries issue marks of, ascending, each once. */
static uint32_t *
marked(const struct ask *q, const uint32_t *asns, size_t n_asns, size_t *n)
{
	const struct logbook *b = q->docket->log;
	uint32_t *out = arena_array(q->a, b->n_marks + 1, sizeof(*out));
	size_t i;

	for (i = *n = 0; i < b->n_marks; i++) {
		uint32_t asn = b->e[b->mark[i]].asn;

		if ((*n == 0 || out[*n - 1] != asn) && wanted(asns, n_asns, asn))
			out[(*n)++] = asn;
	}
	return out;
}

/* False after ask_problem. at is UTC_NONE when it is not asked for. */
static bool
moment_asked(struct ask *q, struct utc *at)
{
	const char *text = ask_arg(q, "at");

	*at = UTC_NONE;
	if (text == NULL || (utc_parse(span_of(text), at) == OK && utc_known(*at)))
		return true;
	ask_problem(q, 400, "Not a moment", "\"at\" is a date or a time, as 2031-06-01 or 2031-06-01T00:00:00Z.");
	return false;
}

/* One network. False after ask_problem. */
static bool
mark_put(struct ask *q, struct json_w *w, uint32_t asn, struct utc at)
{
	struct mark_find f;
	const char *trouble = docket_marks(q, asn, &f);

	if (!utc_known(at))
		at = docket_moment(q, &f);
	if (trouble != NULL)
		ask_problem(q, 503, "The log cannot be read", "%s", trouble);
	else if (w != NULL)
		docket_json_marks(w, q, &f, NULL, at);
	else
		mark_csv(q, &f, at);
	mark_find_release(&f);
	return trouble == NULL;
}

static void
marks_json(struct ask *q, const uint32_t *who, size_t total, const struct api_range *r, struct utc at)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_ku64(&w, "limit", r->limit);
	json_key(&w, "log");
	log_json(&w, q);
	json_key(&w, "networks");
	json_arr(&w);
	for (i = r->offset; i < total && i - r->offset < r->limit; i++)
		if (!mark_put(q, &w, who[i], at))
			return;
	json_arr_end(&w);
	api_next(&w, q, r, total);
	json_ku64(&w, "offset", r->offset);
	json_ku64(&w, "total", total);
	json_obj_end(&w);
	json_done(&w);
}

void
api_marks(struct ask *q)
{
	static const char *const keys[] = {"asns", "at", "limit", "offset", "format", NULL};
	const char *why = docket_no_marks(q);
	struct api_range r;
	uint32_t *asns, *who;
	size_t n, total, i;
	struct utc at;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_asns(q, "asns", SERVE_ASNS_MAX, &asns, &n) ||
	    !moment_asked(q, &at) || !api_range(q, &r))
		return;
	if (why != NULL) {
		ask_problem(q, 404, "No marks here", "%s", why);
		return;
	}
	who = marked(q, asns, n, &total);
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (!csv) {
		marks_json(q, who, total, &r, at);
		return;
	}
	str_adds(&q->r->body, "asn,pack,pack_version,pack_status,state,valid_at,at,valid_to,superseded,log_index,sha256,report_sha256,"
	    "issuer\n");
	for (i = r.offset; i < total && i - r.offset < r.limit; i++)
		if (!mark_put(q, NULL, who[i], at))
			return;
}
