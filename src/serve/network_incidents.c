/* network_incidents: what one network did or let in, as the archive knows it: the newest windows first. */
#include "serve/incident_page.h"

#include <inttypes.h>

static void
incident_row(struct ask *q, uint32_t asn, const struct archive_window_entry *w, const struct archive_incident_row *r)
{
	struct str *out = &q->r->body;
	char prefix[PREFIX_TEXT], name[INCIDENT_NAME];

	str_addf(out, "<tr><th scope=\"row\" class=\"id\"><a href=\"/incident/%s\">", incident_name(w, r->ord, name));
	incident_moment(out, r->began_us);
	str_adds(out, "</a></th><td>");
	if (r->open)
		str_adds(out, "not by the end of the window");
	else
		incident_moment(out, r->ended_us);
	str_adds(out, "</td><td>");
	html_text(out, offence_class_word(r->i.class));
	str_adds(out, "</td><td>");
	if (r->i.culprit == asn) {
		str_adds(out, "did it");
	} else {
		str_adds(out, "accepted it of ");
		page_asn(out, r->i.culprit);
	}
	str_addf(out, "</td><td>%s</td><td>", prefix_format(&r->i.prefix, prefix));
	html_text(out, r->i.confidence != NULL ? r->i.confidence : "");
	str_adds(out, "</td><td class=\"why\">");
	html_text(out, r->i.why);
	str_adds(out, "</td></tr>\n");
}

#define INCIDENTS_SHOWN 100u

/* Of one window; *shown grows. */
static enum err
window_rows(struct ask *q, uint32_t asn, const struct archive_window_entry *w, unsigned *shown)
{
	static const char *const heads[] = {"Began", "Ended", "What", "Role", "Prefix", "Confidence", "Why"};
	struct archive_incident_query query = {.asn = asn, .limit = INCIDENTS_SHOWN - *shown};
	struct str *out = &q->r->body, caption = {0};
	struct archive_incident_row *rows;
	char from[UTC_TEXT], to[UTC_TEXT], name[INCIDENT_WINDOW_HEX + 1];
	size_t i, found;

	TRY(archive_incidents(q->archive, w->id, &query, q->a, &rows, &found));
	if (found == 0)
		return OK;
	if (*shown == 0)
		html_el(out, "h2", "id=\"incidents\"", "Incidents");
	str_addf(&caption, "What offended from %.10s to %.10s, and how sure that is", utc_format(w->w.from, from),
	    utc_format(w->w.to, to));
	html_table(out, caption.p, heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < found; i++)
		incident_row(q, asn, w, &rows[i]);
	html_table_end(out);
	str_addf(out, "<p><a href=\"/incidents?asn=%" PRIu32 "&amp;window=%s\">All of AS%" PRIu32 " in this window</a></p>\n", asn,
	    incident_window_name(w, name), asn);
	*shown += (unsigned)found;
	str_release(&caption);
	return OK;
}

/* The newest windows first. */
bool
network_incidents(struct ask *q, uint32_t asn)
{
	struct archive_window_entry *w;
	unsigned shown = 0;
	size_t i, found;
	enum err e = archive_windows(q->archive, q->a, &w, &found);

	for (i = found; e == OK && i-- > 0 && shown < INCIDENTS_SHOWN;)
		e = window_rows(q, asn, &w[i], &shown);
	if (e != OK) {
		ask_broken(q, e);
		return false;
	}
	if (shown == INCIDENTS_SHOWN)
		str_addf(&q->r->body, "<p class=\"note\">The newest %u are shown.</p>\n", INCIDENTS_SHOWN);
	return true;
}
