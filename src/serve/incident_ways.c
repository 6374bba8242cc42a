/* incident_ways: the AS paths of an incident as a table, with who did it and who let it in marked by words and by a frame. */
#include "serve/incident_page.h"
#include "base/limits.h"
#include "report/layout.h"

#include <inttypes.h>
#include <string.h>

struct showing {
	struct ask *q;
	const struct archive_incident *x;
	const uint32_t *by;		/* of each path: who let it in, 0 nobody */
	const struct path_count *n;
};

const char *
incident_role(const struct archive_incident *x)
{
	const bool sure = x->confidence != NULL && (strcmp(x->confidence, "proven") == 0 || strcmp(x->confidence, "strong") == 0);
	const bool half = x->confidence != NULL && strcmp(x->confidence, "probable") == 0;

	switch (x->class) {
	case OFF_LEAK: return sure ? "leaker" : half ? "probable leaker" : "possible leaker";
	case OFF_MISORIGIN: return sure ? "false origin" : half ? "probable false origin" : "possible false origin";
	case OFF_INVALID: return "invalid origin";
	case OFF_BOGON_ASN: return "special-purpose ASN";
	case OFF_ADMIN_ASN: return "ASN of nobody";
	case OFF_BOGON_PREFIX:
	case OFF_ADMIN_PREFIX:
	case OFF_N: break;
	}
	return "announced it";
}

static void
hop(const struct showing *s, uint32_t asn, uint32_t accomplice)
{
	struct str *out = &s->q->r->body;

	if (asn == s->x->culprit)
		str_addf(out, "<strong class=\"culprit\">\xe2\x96\xb2 AS%" PRIu32 " <span>%s</span></strong>", asn, incident_role(s->x));
	else if (asn == accomplice)
		str_addf(out, "<span class=\"hop\">AS%" PRIu32 " <span class=\"small\">accepted it</span></span>", asn);
	else
		str_addf(out, "<span class=\"hop\">AS%" PRIu32 "</span>", asn);
}

static void
path_row(const struct showing *s, size_t no)
{
	const struct path_list *l = &s->x->paths->paths[no];
	const uint64_t all_s = s->n[no].us / 1000000;
	struct str *out = &s->q->r->body;
	uint32_t i;

	str_addf(out, "<tr><th scope=\"row\" class=\"id\">%zu</th><td class=\"way\">", no + 1);
	for (i = 0; i < l->n; i++) {
		str_adds(out, i > 0 ? " <span class=\"from\">\xe2\x86\x90</span> " : "");
		hop(s, l->as[i], s->by[no]);
	}
	str_adds(out, "</td>");
	html_cell_number(out, s->n[no].n_vps);
	str_addf(out, "<td class=\"n\">%" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "</td></tr>\n", all_s / 3600, all_s / 60 % 60, all_s % 60);
}

/* By whose sightings each path was seen; of several the first. */
static uint32_t *
accomplices_of(struct ask *q, const struct archive_incident *x)
{
	uint32_t *by = arena_array(q->a, x->paths->n_paths + 1, sizeof(*by)), t;
	size_t i, k, no = 0;

	for (i = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen; k++, no++)
			for (t = x->paths->first[no]; t < x->paths->first[no + 1]; t++)
				if (x->paths->turns[t].path != PATH_NONE && by[x->paths->turns[t].path] == 0)
					by[x->paths->turns[t].path] = x->by[i].accomplice;
	return by;
}

static void
told(struct str *out, const struct archive_incident *x, size_t shown)
{
	const struct incident_paths *p = x->paths;

	str_addf(out, "<p>It was seen by %" PRIu64 " different AS path%s. The vantage point stands first, the origin last: the route came "
	    "from right to left. The frame with the triangle marks AS%" PRIu32 ", whose doing it was; what stands behind it is what it "
	    "had or announced, what stands before it is who passed it on.", p->n_paths + p->left_out,
	    p->n_paths + p->left_out == 1 ? "" : "s", x->culprit);
	if (shown < p->n_paths)
		str_addf(out, " The first %zu are shown; the data has %zu.", shown, p->n_paths);
	if (p->left_out > 0)
		str_addf(out, " %" PRIu64 " more were left out when it was archived: those that fewest had.", p->left_out);
	str_adds(out, "</p>\n");
}

void
incident_paths_show(struct ask *q, const struct archive_incident *x)
{
	static const char *const heads[] = {"Path", "Networks", "#Vantage points", "#Seen (h:mm:ss)"};
	struct str *out = &q->r->body;
	struct path_sighting *seen;
	struct showing s = {q, x, NULL, NULL};
	struct path_count *n;
	size_t i, n_seen, shown;

	html_el(out, "h2", NULL, "By which paths");
	if (x->paths == NULL) {
		str_adds(out, "<p class=\"notice\">This window was archived before AS paths were kept: by which it was seen is not known "
		    "here. Where the updates are still at hand, <code>routemark incidents --archive</code> keeps them.</p>\n");
		return;
	}
	if (x->paths->n_paths == 0) {
		str_adds(out, "<p>Of no sighting a path is known.</p>\n");
		return;
	}
	seen = incident_sightings(x, q->a, &n_seen);
	n = arena_array(q->a, x->paths->n_paths + 1, sizeof(*n));
	incident_paths_count(x->paths, seen, n);
	s.n = n;
	s.by = accomplices_of(q, x);
	shown = x->paths->n_paths < SERVE_PATHS_SHOWN ? x->paths->n_paths : SERVE_PATHS_SHOWN;
	told(out, x, shown);
	html_table(out, "Those that most vantage points had longest come first", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < shown; i++)
		path_row(&s, i);
	html_table_end(out);
}
