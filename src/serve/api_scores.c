/* api_scores: verdicts of many networks by one pack: as rows, side by side, and over the months. */
#include "report/json.h"
#include "serve/api.h"
#include "serve/find.h"
#include "serve/page.h"
#include "serve/side.h"

#include <inttypes.h>

static const struct place nowhere;	/* of a network that was not assessed */

static void
net_head(struct json_w *w, const struct side_net *n)
{
	json_ku64(w, "asn", n->asn);
	json_kbool(w, "assessed", n->there);
}

static void
net_tail(struct json_w *w, const struct side_net *n)
{
	json_kopt(w, "name", n->there ? n->row.name : NULL);
	json_kopt(w, "organisation", n->there ? n->row.org : NULL);
	api_place(w, n->there ? &n->row.place : &nowhere);
}

static void
side_csv(struct ask *q, const struct side *s)
{
	struct str *out = &q->r->body;
	struct history_cell none = {.verdict = VERDICT_NO_DATA, .reason = "not assessed in that month", .oldest = UTC_NONE};
	size_t i, k;

	api_begin(q, TYPE_CSV);
	str_adds(out, api_csv_head);
	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->pack->n; k++)
			api_csv_row(out, s->nets[i].asn, s->nets[i].there ? s->nets[i].row.name : "",
			    s->nets[i].there ? s->nets[i].row.org : "", s->series->month[s->month], s->pack, &s->pack->controls[k],
			    s->nets[i].there ? &s->nets[i].cells[k] : &none, s->nets[i].there ? &s->nets[i].row.place : &nowhere);
}

/* --- scores --- */

/* Without "asns" all networks of the month, or those of a region or country, a page at a time. */
static bool
some(struct ask *q, const struct api_range *r, struct side *s, uint64_t *total)
{
	const struct archive_month *m;
	struct side_net *n;
	struct found f;
	struct pick pick;
	bool latest;
	size_t i, k, first;

	if (!side_make(q, SERVE_ASNS_MAX, s) || !pick_ask(q, false, &pick))
		return false;
	*total = s->n;
	if (ask_arg(q, "asns") != NULL && pick_placed(&pick)) {
		ask_problem(q, 400, "Which networks", "Either \"asns\" says which networks, or \"region\" and \"country\" do.");
		return false;
	}
	if (ask_arg(q, "asns") != NULL)
		return true;
	m = s->series->month[s->month];
	latest = m == q->view->latest;
	if (!latest) {
		ask_problem(q, 400, "Which networks", "Of months but the newest, \"asns\" says which networks.");
		return false;
	}
	if (!find_networks(q, NULL, &pick, &f))
		return false;
	first = s->series->first[s->month];
	*total = f.n;
	s->nets = arena_array(q->a, r->limit + 1, sizeof(*s->nets));
	for (i = r->offset; i < f.n && s->n < r->limit; i++) {
		struct history_cell *cells = arena_array(q->a, s->pack->n + 1, sizeof(*cells));
		enum err e;

		n = &s->nets[s->n++];
		n->asn = f.name[i]->asn;
		e = archive_network(q->archive, m, n->asn, q->a, &n->row, &n->there);
		if (e != OK) {
			ask_broken(q, e);
			return false;
		}
		for (k = 0; n->there && k < s->pack->n; k++)
			history_cell_make(&n->row, first + k, &cells[k]);
		n->cells = cells;
	}
	return true;
}

static void
scores_json(struct ask *q, const struct side *s, const struct api_range *r, uint64_t total)
{
	struct api_range all = *r;
	struct json_w w;
	size_t i, k;

	if (ask_arg(q, "asns") != NULL)
		all.limit = 0;
	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "month");
	api_month(&w, s->series->month[s->month]);
	api_next(&w, q, &all, total);
	json_key(&w, "pack");
	api_pack(&w, s->pack);
	json_key(&w, "scores");
	json_arr(&w);
	for (i = 0; i < s->n; i++) {
		json_obj(&w);
		net_head(&w, &s->nets[i]);
		json_key(&w, "controls");
		json_arr(&w);
		for (k = 0; s->nets[i].there && k < s->pack->n; k++)
			api_cell(&w, &s->pack->controls[k], &s->nets[i].cells[k]);
		json_arr_end(&w);
		net_tail(&w, &s->nets[i]);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_ku64(&w, "total", total);
	json_obj_end(&w);
	json_done(&w);
}

void
api_scores(struct ask *q)
{
	static const char *const keys[] = {"asns", "country", "format", "limit", "month", "offset", "pack", "region", NULL};
	struct api_range r;
	uint64_t total;
	struct side s;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !api_range(q, &r) || !some(q, &r, &s, &total))
		return;
	if (csv)
		side_csv(q, &s);
	else
		scores_json(q, &s, &r, total);
}

/* --- compare --- */

static void
compare_json(struct ask *q, const struct side *s)
{
	struct json_w w;
	size_t i, k;

	api_begin(q, TYPE_JSON);
	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_key(&w, "controls");
	json_arr(&w);
	for (k = 0; k < s->pack->n; k++) {
		json_obj(&w);
		json_kstrz(&w, "control", s->pack->controls[k].id);
		json_kbool(&w, "required", s->pack->controls[k].required);
		json_kstrz(&w, "title", s->pack->controls[k].title);
		json_key(&w, "verdicts");
		json_arr(&w);
		for (i = 0; i < s->n; i++)
			if (s->nets[i].there)
				api_cell(&w, &s->pack->controls[k], &s->nets[i].cells[k]);
			else
				json_null(&w);
		json_arr_end(&w);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "month");
	api_month(&w, s->series->month[s->month]);
	json_key(&w, "networks");
	json_arr(&w);
	for (i = 0; i < s->n; i++) {
		json_obj(&w);
		net_head(&w, &s->nets[i]);
		net_tail(&w, &s->nets[i]);
		json_obj_end(&w);
	}
	json_arr_end(&w);
	json_key(&w, "pack");
	api_pack(&w, s->pack);
	json_obj_end(&w);
	json_done(&w);
}

void
api_compare(struct ask *q)
{
	static const char *const keys[] = {"asns", "pack", "month", "format", NULL};
	struct side s;
	bool csv;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !side_make(q, SERVE_ASNS_MAX, &s))
		return;
	if (s.n == 0)
		ask_problem(q, 400, "Which networks", "\"asns\" says which networks: 64500,64501.");
	else if (csv)
		side_csv(q, &s);
	else
		compare_json(q, &s);
}

/* --- history --- */

void
api_history(struct ask *q)
{
	static const char *const keys[] = {"asns", "pack", "control", "as_of", "format", NULL};
	struct history_query query = {.as_of = UTC_NONE, .pack = ask_arg(q, "pack"), .control = ask_arg(q, "control")};
	const char *as_of = ask_arg(q, "as_of");
	struct archive_history *h;
	uint32_t *asns;
	size_t i, n;
	bool csv;
	enum err e = OK;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_asns(q, "asns", SERVE_ASNS_MAX, &asns, &n))
		return;
	if (n == 0 || (as_of != NULL && utc_parse(span_of(as_of), &query.as_of) != OK)) {
		ask_problem(q, 400, n == 0 ? "Which networks" : "Not a time", n == 0 ?
		    "\"asns\" says which networks: 64500,64501." : "\"as_of\" is a date, or a date and time (RFC 3339).");
		return;
	}
	h = arena_array(q->a, n, sizeof(*h));
	for (i = 0; i < n && e == OK; i++)
		e = history_make(q->archive, asns[i], &query, q->a, &h[i]);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (csv)
		history_csv(&q->r->body, h, n, &query);
	else
		history_json(&q->r->body, h, n, &query);
}
