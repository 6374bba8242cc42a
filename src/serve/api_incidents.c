/* api_incidents: the incidents of a window for programs, a page at a time. */
#include "serve/api.h"
#include "serve/incident_api.h"
#include "serve/page.h"

#include <inttypes.h>
#include <string.h>

/* --- the list --- */

static void
next_json(struct json_w *w, struct ask *q, const struct archive_incident_row *last, bool more)
{
	struct target t = *q->target;
	size_t i;

	json_key(w, "next");
	for (i = 0; i < t.n && strcmp(t.args[i].key, "after") != 0; i++)
		;
	if (!more || i == SERVE_ARGS_MAX) {
		json_null(w);
		return;
	}
	t.args[i] = (struct target_arg){"after", arena_printf(q->a, "%" PRIu64, last->ord + 1)};
	t.n += i == t.n;
	json_strz(w, target_canonical(&t, q->a));
}

static void
list_json(struct ask *q, const struct incident_ask *x, const struct archive_incident_row *rows, size_t n, bool more,
    uint64_t total)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, &q->r->body);
	json_obj(&w);
	json_kstrz(&w, "format", API_CHANGES);
	json_key(&w, "incidents");
	json_arr(&w);
	for (i = 0; i < n; i++)
		incident_json(&w, x->window, &rows[i], false);
	json_arr_end(&w);
	next_json(&w, q, n > 0 ? &rows[n - 1] : NULL, more);
	json_ku64(&w, "total", total);
	json_key(&w, "window");
	if (x->window != NULL)
		incident_window_json(&w, x->window);
	else
		json_null(&w);
	json_key(&w, "windows");
	json_arr(&w);
	for (i = 0; i < x->n; i++)
		incident_window_json(&w, &x->all[i]);
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}

static void
list_csv(struct ask *q, const struct incident_ask *x, const struct archive_incident_row *rows, size_t n)
{
	struct str *out = &q->r->body;
	size_t i;

	str_adds(out, INCIDENT_CSV "\n");
	for (i = 0; i < n; i++) {
		incident_csv(out, x->window, &rows[i]);
		out->p[out->len - 1] = '\n';	/* the last comma */
	}
}

void
api_incidents(struct ask *q)
{
	static const char *const keys[] = {"window", "class", "confidence", "asn", "limit", "after", "format", NULL};
	struct archive_incident_row *rows = NULL;
	struct incident_count *counts = NULL;
	struct incident_ask x;
	uint32_t limit, after;
	size_t n = 0, n_counts = 0;
	bool csv, more;
	enum err e = OK;

	if (!ask_only(q, keys) || !ask_format(q, &csv) || !ask_number(q, "limit", SERVE_LIMIT_MAX, SERVE_PAGE_ROWS, &limit) ||
	    !ask_number(q, "after", UINT32_MAX, 0, &after) || !incident_ask(q, &x))
		return;
	x.query.after = after;
	x.query.limit = limit + 1;
	if (x.window != NULL) {
		e = archive_incidents(q->archive, x.window->id, &x.query, q->a, &rows, &n);
		if (e == OK && !incident_counts(q, &x, &counts, &n_counts))
			return;
	}
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	more = n > limit && limit > 0;
	n = n > limit ? limit : n;
	api_begin(q, csv ? TYPE_CSV : TYPE_JSON);
	if (csv)
		list_csv(q, &x, rows, n);
	else
		list_json(q, &x, rows, n, more, incident_total(&x, counts, n_counts));
}

