/* api_networks: months, networks, and one network. */
#include "report/csv.h"
#include "serve/api.h"
#include "serve/docket_say.h"
#include "serve/find.h"
#include "serve/page.h"

#include <inttypes.h>

void
api_index(struct ask *q)
{
	static const char *const keys[] = {NULL};
	static const char *const at[][2] = {
		{"bundle", "/api/v1/bundles/{digest}"},
		{"bundles", "/api/v1/bundles{?asns,limit,offset,format}"},
		{"compare", "/api/v1/compare{?asns,pack,month,format}"},
		{"controls", "/api/v1/controls{?pack,month,region,country,format}"},
		{"disputes", "/api/v1/disputes{?asns,state,limit,offset,format}"},
		{"exposure", "/api/v1/exposure/{asn}{?id,month,prefix,format}"},
		{"exposures", "/api/v1/exposure{?month,weakest,limit,offset,format}"},
		{"history", "/api/v1/history{?asns,pack,control,as_of,format}"},
		{"incident", "/api/v1/incidents/{id}{?format}"},
		{"incidents", "/api/v1/incidents{?window,class,confidence,asn,limit,after,format}"},
		{"marks", "/api/v1/marks{?asns,at,limit,offset,format}"},
		{"months", "/api/v1/months"},
		{"network", "/api/v1/networks/{asn}{?month}"},
		{"networks", "/api/v1/networks{?q,region,country,limit,offset,format}"},
		{"openapi", "/api/v1/openapi.json"},
		{"scores", "/api/v1/scores{?asns,pack,month,region,country,limit,offset,format}"},
		{"summary", "/api/v1/scores/summary{?pack,month,region,country,format}"},
	};
	struct json_w w;
	size_t i;

	if (!ask_only(q, keys))
		return;
	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "links");
	json_obj(&w);
	for (i = 0; i < sizeof(at) / sizeof(*at); i++)
		json_kstrz(&w, at[i][0], at[i][1]);
	json_obj_end(&w);
	json_kstrz(&w, "version", q->site->version);
	json_obj_end(&w);
	json_done(&w);
}

void
api_months(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct json_w w;
	size_t i;

	if (!ask_only(q, keys))
		return;
	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "months");
	json_arr(&w);
	for (i = 0; i < q->view->n_months; i++)
		api_month(&w, &q->view->months[i]);
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}

static void
networks_csv(struct ask *q, const struct found *f, const struct api_range *r)
{
	struct str *out = &q->r->body;
	size_t i;

	api_begin(q, TYPE_CSV);
	str_adds(out, "asn,name,organisation,country,registry,region\n");
	for (i = r->offset; i < f->n && i - r->offset < r->limit; i++) {
		str_addf(out, "%" PRIu32 ",", f->name[i]->asn);
		csv_field(out, f->name[i]->name);
		csv_field(out, f->name[i]->org);
		api_csv_place(out, &f->name[i]->place);
		str_addc(out, '\n');
	}
}

static void
networks_json(struct ask *q, const struct found *f, const struct api_range *r)
{
	struct json_w w;
	size_t i;

	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_ku64(&w, "limit", r->limit);
	json_key(&w, "month");
	api_month(&w, q->view->latest);
	json_key(&w, "networks");
	json_arr(&w);
	for (i = r->offset; i < f->n && i - r->offset < r->limit; i++) {
		json_obj(&w);
		json_ku64(&w, "asn", f->name[i]->asn);
		json_kstrz(&w, "name", f->name[i]->name);
		json_kstrz(&w, "organisation", f->name[i]->org);
		api_place(&w, &f->name[i]->place);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	api_next(&w, q, r, f->n);
	json_ku64(&w, "offset", r->offset);
	json_ku64(&w, "total", f->n);
	json_obj_end(&w);
	json_done(&w);
}

void
api_networks(struct ask *q)
{
	static const char *const keys[] = {"country", "format", "limit", "offset", "q", "region", NULL};
	struct api_range r;
	struct found f;
	struct pick p;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !api_range(q, &r) || !pick_ask(q, false, &p))
		return;
	if (q->view->latest == NULL)
		ask_problem(q, 404, "Nothing is archived yet", "The archive holds no assessment.");
	else if (!find_networks(q, ask_arg(q, "q"), &p, &f))
		return;
	else if (csv)
		networks_csv(q, &f, &r);
	else
		networks_json(q, &f, &r);
}

/* --- one --- */

static void
network_json(struct ask *q, const struct archive_month *m, const struct archive_row *r)
{
	const struct docket_report *reports;
	struct history_cell cell;
	struct mark_find f;
	const char *trouble;
	size_t i, k, at = 0;
	struct json_w w;

	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_ku64(&w, "asn", r->asn);
	json_key(&w, "bundles");
	docket_json_bundles(&w, q, r->asn);
	json_kbool(&w, "cdn", r->cdn);
	json_key(&w, "disputes");
	docket_json_disputes(&w, q, r->asn, m->head.at);
	json_kstrz(&w, "format", API_CHANGES);
	trouble = docket_marks(q, r->asn, &f);
	json_key(&w, "marks");
	docket_json_marks(&w, q, &f, trouble, docket_moment(q, &f));
	json_key(&w, "month");
	api_month(&w, m);
	json_kstrz(&w, "name", r->name);
	json_kstrz(&w, "organisation", r->org);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < m->head.n_packs; i++) {
		json_obj(&w);
		json_key(&w, "controls");
		json_arr(&w);
		for (k = 0; k < m->head.packs[i].n; k++) {
			history_cell_make(r, at++, &cell);
			api_cell(&w, &m->head.packs[i].controls[k], &cell);
		}
		json_arr_end(&w);
		json_key(&w, "pack");
		api_pack(&w, &m->head.packs[i]);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	api_place(&w, &r->place);
	json_key(&w, "reports");
	reports = docket_reports(q, r->asn, trouble == NULL ? &f : NULL, &k);
	docket_json_reports(&w, q, reports, k);
	mark_find_release(&f);
	json_kbool(&w, "seen", r->seen);
	json_kstrz(&w, "size", archive_size_word(archive_size_of(r)));
	json_obj_end(&w);
	json_done(&w);
}

void
api_network(struct ask *q)
{
	static const char *const keys[] = {"month", NULL};
	const char *when = ask_arg(q, "month");
	struct archive_row r;
	bool found = false;
	char month[8];
	uint32_t asn;
	size_t i;
	enum err e;

	if (!ask_only(q, keys))
		return;
	if (!asn_read(span_of(q->rest), &asn)) {
		ask_problem(q, 404, "Not an ASN", "\"%s\" is no ASN: a number up to 4294967295.", q->rest);
		return;
	}
	for (i = q->view->n_months; i-- > 0;) {
		shown_month_text(q->view->months[i].head.at, month);
		if (when != NULL && strcmp(when, month) != 0)
			continue;
		e = archive_network(q->archive, &q->view->months[i], asn, q->a, &r, &found);
		if (e != OK) {
			ask_broken(q, e);
			return;
		}
		if (found) {
			network_json(q, &q->view->months[i], &r);
			return;
		}
	}
	ask_problem(q, 404, "Not in the archive", "No assessment%s%s has AS%" PRIu32 ".", when != NULL ? " of " : " in the archive",
	    when != NULL ? when : "", asn);
}
