/* find_prefix: what was found of a prefix or an address, on the page of a search. */
#include "report/layout.h"
#include "serve/find.h"
#include "serve/incident_page.h"

#include <inttypes.h>

static const char *
match_text(enum archive_match m)
{
	return m == MATCH_IS ? "is it" : m == MATCH_COVERS ? "covers it" : "lies in it";
}

static const struct archive_window_entry *
window_of(const struct archive_window_entry *all, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (all[i].id == id)
			return &all[i];
	return NULL;
}

static void
row(struct ask *q, const struct archive_prefix_hit *h, const struct archive_window_entry *w)
{
	char prefix[PREFIX_TEXT], name[INCIDENT_NAME], from[UTC_TEXT];
	struct str *out = &q->r->body;

	str_addf(out, "<tr><th scope=\"row\" class=\"id\">%s</th><td>%s</td><td>", prefix_format(&h->prefix, prefix),
	    match_text(h->match));
	incident_network(q, h->culprit);
	str_adds(out, "</td><td>");
	if (h->origin != ORIGIN_NONE)
		page_asn(out, h->origin);
	else
		str_adds(out, "not known");
	str_adds(out, "</td>");
	html_cell_number(out, h->incidents);
	str_adds(out, "<td>");
	if (w != NULL)
		str_addf(out, "<a href=\"/incident/%s\">in the window from %.10s</a>", incident_name(w, h->ord, name),
		    utc_format(w->w.from, from));
	str_adds(out, "</td></tr>\n");
}

static void
table(struct ask *q, const struct found *f)
{
	static const char *const heads[] = {"Prefix", "Match", "Whose doing", "Origin", "#Incidents", "The last of them"};
	struct archive_window_entry *all;
	struct str *out = &q->r->body;
	size_t i, n;
	enum err e = archive_windows(q->archive, q->a, &all, &n);

	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	html_table(out, "Prefixes that incidents were about: the longest match first, then what lies in it", heads,
	    sizeof(heads) / sizeof(*heads));
	for (i = 0; i < f->n_hits; i++)
		row(q, &f->hit[i], window_of(all, n, f->hit[i].window));
	html_table_end(out);
	if (f->more)
		str_addf(out, "<p class=\"note\">There are more than the %u that are shown: ask for a longer prefix.</p>\n",
		    FIND_PREFIXES_MAX);
}

void
find_prefix_show(struct ask *q, const struct found *f)
{
	char prefix[PREFIX_TEXT];
	struct str *out = &q->r->body;

	prefix_format(&f->prefix, prefix);
	if (f->host_bits)
		str_addf(out, "<p class=\"note\">What was typed has bits beyond its length; it is taken as %s.</p>\n", prefix);
	if (f->n_hits == 0)
		str_addf(out, "<p class=\"lead\">The archive holds no incident about %s, about a prefix that covers it, or about one "
		    "that lies in it.</p>\n", prefix);
	else
		table(q, f);
	str_adds(out, "<p class=\"note\">Of prefixes the archive keeps only those that incidents were about, not all that are "
	    "announced: that a prefix is not found says nothing of who announces it, nor that all was well. The origin is who "
	    "announced it in the incident, which may be the offence itself.</p>\n");
}
