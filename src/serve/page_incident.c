/* page_incident: one incident: who did it, who accepted it, who saw it and when, how sure it is, what was not seen. */
#include "serve/incident_page.h"
#include "report/layout.h"

#include <inttypes.h>
#include <string.h>

/* --- shared with the list --- */

void
incident_moment(struct str *out, int64_t us)
{
	char when[UTC_TEXT];

	utc_format((struct utc){us / 1000000}, when);
	str_addf(out, "%.10s %.8s", when, when + 11);
}

void
incident_network(struct ask *q, uint32_t asn)
{
	const struct shown_name *n = shown_name(q->view, asn);
	struct str *out = &q->r->body;

	if (n == NULL) {
		str_addf(out, "AS%" PRIu32, asn);
		return;
	}
	page_asn(out, asn);
	if (*n->name != '\0') {
		str_adds(out, " <span class=\"small\">");
		html_text(out, n->name);
		str_adds(out, "</span>");
	}
}

static void
classes_text(struct str *out, uint32_t classes)
{
	const char *sep = "";
	unsigned c;

	for (c = 0; c < OFF_N; c++)
		if ((classes >> c & 1) != 0) {
			str_adds(out, sep);
			html_text(out, offence_class_text((enum offence_class)c));
			sep = "; ";
		}
}

void
incident_looked(struct str *out, const struct archive_window *w)
{
	const uint64_t whole = (uint64_t)(w->to.s - w->from.s), e4 = w->seen_s * 10000 / whole;
	uint32_t none = ((1u << OFF_N) - 1) & ~w->looked_for;

	str_addf(out, "<p>A collector listened in %" PRIu64 ".%02" PRIu64 " %% of the window, ", e4 / 100, e4 % 100);
	lay_count(out, w->seen_s);
	str_adds(out, " of ");
	lay_count(out, whole);
	str_adds(out, " seconds.");
	str_adds(out, " What happened while nobody listened, or where no vantage point was, is not here.</p>\n<dl>\n"
	    "<dt>Looked for</dt><dd>");
	classes_text(out, w->looked_for);
	str_adds(out, "</dd>\n");
	if (none != 0) {
		str_adds(out, "<dt>Not looked for</dt><dd>");
		classes_text(out, none);
		str_adds(out, ": the evidence has nothing to tell these by, so nothing is known of them</dd>\n");
	}
	str_adds(out, "</dl>\n");
}

/* --- who and what --- */

static void
accomplices(struct ask *q, const struct archive_incident *x)
{
	struct str *out = &q->r->body;
	size_t i;

	str_adds(out, "<dt>Accepted by</dt><dd>");
	for (i = 0; i < x->n_by; i++) {
		str_adds(out, i > 0 ? ", " : "");
		if (x->by[i].accomplice != 0)
			incident_network(q, x->by[i].accomplice);
		else
			str_adds(out, "nobody that the path shows: the vantage point had it from the network itself");
	}
	str_adds(out, "</dd>\n");
}

static void
facts(struct ask *q, const struct archive_incident_row *r)
{
	const char *meaning = incident_meaning(r->i.class, r->i.confidence);
	char prefix[PREFIX_TEXT];
	struct str *out = &q->r->body;

	str_adds(out, "<dl>\n<dt>Whose doing</dt><dd>");
	incident_network(q, r->i.culprit);
	str_adds(out, "</dd>\n");
	accomplices(q, &r->i);
	html_term(out, "Prefix", prefix_format(&r->i.prefix, prefix));
	str_adds(out, "<dt>Origin</dt><dd>");
	if (r->i.origin != ORIGIN_NONE)
		incident_network(q, r->i.origin);
	else
		str_adds(out, "not one network: the path ends in a set");
	str_adds(out, "</dd>\n<dt>First seen</dt><dd>");
	incident_moment(out, r->began_us);
	str_adds(out, " UTC</dd>\n<dt>Last seen</dt><dd>");
	incident_moment(out, r->ended_us);
	str_adds(out, r->open ? " UTC, and still there when the window ended</dd>\n" : " UTC</dd>\n");
	str_adds(out, "<dt>Confidence</dt><dd>");
	html_text(out, r->i.confidence != NULL ? r->i.confidence : "not graded: the tables of the evidence decide it");
	if (*meaning != '\0')
		str_addf(out, ": %s", meaning);
	str_addf(out, "</dd>\n<dt>Seen by</dt><dd>%" PRIu32 " vantage point%s, at most %" PRIu32 " that count at once; %" PRIu32 " %s "
	    "enough</dd>\n</dl>\n", r->i.vantage_points, r->i.vantage_points == 1 ? "" : "s", r->i.peak, r->i.needed,
	    r->i.needed == 1 ? "is" : "are");
	if (r->i.n_spans == 0)
		str_adds(out, "<p class=\"notice\">Never did enough vantage points carry it at once: it counts in no score and no "
		    "verdict.</p>\n");
}

/* --- who saw it --- */

#define SEEN_SHOWN 200u

static void
path_number(struct str *out, uint32_t path)
{
	if (path != PATH_NONE)
		str_addf(out, "%" PRIu32, path + 1);
	else
		str_adds(out, "not known");
}

/* "1", "1<br>then 3 from 2031-05-09 10:00:00" */
static void
turns(struct str *out, const struct incident_paths *p, size_t no)
{
	uint32_t k;

	for (k = p->first[no]; k < p->first[no + 1]; k++) {
		str_adds(out, k > p->first[no] ? "<br>then " : "");
		path_number(out, p->turns[k].path);
		if (k > p->first[no]) {
			str_adds(out, " from ");
			incident_moment(out, p->turns[k].at_us);
		}
	}
}

static void
seen_row(struct ask *q, const struct archive_window *w, const struct archive_incident *x, const struct archive_by *by, size_t k,
    size_t no)
{
	const struct timeline_interval *t = &by->seen[k];
	char addr[PREFIX_TEXT];
	struct str *out = &q->r->body;

	str_adds(out, "<tr><th scope=\"row\">");
	if (t->vp < w->n_vps)
		str_addf(out, "AS%" PRIu32 " <span class=\"small\">%s</span>", w->vps[t->vp].asn, addr_format(&w->vps[t->vp].addr, addr));
	str_adds(out, "</th><td>");
	incident_moment(out, t->from_us);
	str_addf(out, "</td><td>%s</td><td>", timeline_began_word(t->began));
	incident_moment(out, t->to_us);
	str_addf(out, "</td><td>%s</td><td>", timeline_ended_word(t->ended));
	if (by->accomplice != 0)
		str_addf(out, "AS%" PRIu32, by->accomplice);
	str_adds(out, "</td>");
	if (x->paths != NULL) {
		str_adds(out, "<td>");
		turns(out, x->paths, no);
		str_adds(out, "</td>");
	}
	str_adds(out, "</tr>\n");
}

/* What was before and after is known by these words alone: paths are kept of what offends. */
static void
seen_words(struct str *out)
{
	str_adds(out, "<p class=\"note\">Began as <em>announced</em>: a message told it, and until then the vantage point had no route, or one "
	    "without this offence; <em>in-table</em>: a table had it; <em>before-window</em>: it was there already. Ended as "
	    "<em>withdrawn</em>: then there was no route; <em>replaced</em>: then there was one without this offence, or of another "
	    "network's doing; <em>session-lost</em>, <em>not-in-table</em>: it was gone when it could be seen again; <em>open</em>: it was "
	    "still there. Of routes that do not offend, no path is kept.</p>\n");
}

static void
seen(struct ask *q, const struct archive_window *w, const struct archive_incident *x)
{
	static const char *const heads[] = {"Vantage point", "From (UTC)", "Began as", "To (UTC)", "Ended as", "Through", "Path"};
	size_t i, k, n = 0, all = 0;
	struct str *out = &q->r->body;

	for (i = 0; i < x->n_by; i++)
		all += x->by[i].n_seen;
	str_adds(out, "<details><summary>Each time a vantage point saw it, as a table</summary>\n");
	html_table(out, x->paths != NULL ? "When each vantage point saw it, by whom it was let in, by which path" :
	    "When each vantage point saw it, by whom it was let in", heads, x->paths != NULL ? 7 : 6);
	for (i = 0; i < x->n_by; i++)
		for (k = 0; k < x->by[i].n_seen && n < SEEN_SHOWN; k++, n++)
			seen_row(q, w, x, &x->by[i], k, n);
	html_table_end(out);
	if (n < all)
		str_addf(out, "<p class=\"note\">The first %zu of %zu; the data has all.</p>\n", n, all);
	seen_words(out);
	str_adds(out, "</details>\n");
}

/* --- who listened --- */

static void
gaps(struct str *out, const struct archive_collector *c)
{
	char from[UTC_TEXT], to[UTC_TEXT];
	size_t i;

	if (c->n_gaps == 0)
		str_adds(out, "none");
	for (i = 0; i < c->n_gaps && i < 5; i++)
		str_addf(out, "%s%.10s %.5s to %.10s %.5s", i > 0 ? "<br>" : "", utc_format(c->gaps[i].from, from), from + 11,
		    utc_format(c->gaps[i].to, to), to + 11);
	if (i < c->n_gaps)
		str_addf(out, "<br>and %zu more", c->n_gaps - i);
}

static void
coverage(struct str *out, const struct archive_window *w)
{
	static const char *const heads[] = {"Collector", "#Vantage points", "#Messages", "Did not listen (UTC)"};
	char from[UTC_TEXT], to[UTC_TEXT];
	size_t i;

	html_el(out, "h2", NULL, "Coverage");
	incident_looked(out, w);
	html_table(out, "Who listened, and when not", heads, 4);
	for (i = 0; i < w->n_collectors; i++) {
		str_addf(out, "<tr><th scope=\"row\">%zu <span class=\"small\">local AS%" PRIu32 "</span></th>", i + 1,
		    w->collectors[i].local_as);
		html_cell_number(out, w->collectors[i].vantage_points);
		html_cell_number(out, w->collectors[i].messages);
		str_adds(out, "<td>");
		gaps(out, &w->collectors[i]);
		str_adds(out, "</td></tr>\n");
	}
	html_table_end(out);
	for (i = 0; i < w->n_dated; i++) {
		str_adds(out, "<p class=\"notice\"><strong>Evidence of another time.</strong> ");
		html_text(out, w->dated[i].evidence);
		str_addf(out, ": of %.10s to %.10s, not of the window.</p>\n", utc_format(w->dated[i].oldest, from),
		    utc_format(w->dated[i].newest, to));
	}
}

void
page_incident(struct ask *q)
{
	static const char *const keys[] = {NULL};
	struct archive_window_entry w;
	struct archive_incident_row r;
	struct str *out = &q->r->body, window = {0};
	char prefix[PREFIX_TEXT], name[INCIDENT_NAME];
	const char *title;

	if (!ask_only(q, keys) || !incident_named(q, &w, &r))
		return;
	incident_window_text(&window, &w.w);
	title = arena_printf(q->a, "AS%" PRIu32 ": %s, %s", r.i.culprit, offence_class_text(r.i.class),
	    prefix_format(&r.i.prefix, prefix));
	page_begin(q, title, "/incidents");
	str_adds(out, "<h1>");
	html_text(out, title);
	str_addf(out, " <span class=\"name\">in the window %s</span></h1>\n<p class=\"date\">What follows is about that time, not "
	    "about today.</p>\n", window.p);
	str_release(&window);
	facts(q, &r);
	html_el(out, "h2", NULL, "When it was seen");
	incident_draw(q, &w.w, &r);
	seen(q, &w.w, &r.i);
	incident_paths_show(q, &r.i);
	incident_sure(q, &w.w, &r.i);
	coverage(out, &w.w);
	incident_name(&w, r.ord, name);
	str_addf(out, "<p><a href=\"/incidents?asn=%" PRIu32 "&amp;window=%.16s\">All of AS%" PRIu32 " in this window</a> · "
	    "<a href=\"/api/v1/incidents/%s\">As data</a> · <a href=\"/api/v1/incidents/%s?format=csv\">As CSV</a></p>\n",
	    r.i.culprit, name, r.i.culprit, name, name);
	page_end(q);
}
