/* page_network: one network: its verdicts, the numbers on their scales and over the months, what mends them. Its
 * incidents are in network_incidents.c. */
#include "report/layout.h"
#include "report/plot.h"
#include "rule/say.h"
#include "serve/docket_say.h"
#include "serve/pick.h"
#include "serve/trend.h"

#include <inttypes.h>

struct net {
	struct ask *q;
	struct archive_history h;
	bool cdn;
};

/* The newest month of a pack. */
static const struct history_cell *
now(const struct history_pack *p, const struct history_control *c)
{
	return &c->cells[p->n_months - 1];
}

static const struct control *
known(struct net *n, const struct history_pack *p, const struct history_control *c)
{
	return site_control(site_pack(n->q->site, &p->months[p->n_months - 1].pack), c->id);
}

static void
control_id(struct str *out, const struct history_pack *p, const struct history_control *c)
{
	str_adds(out, "c-");
	html_slug(out, p->id);
	str_addc(out, '-');
	html_slug(out, c->id);
}

/* --- a control --- */

static void
scale(struct net *n, const struct history_pack *p, const struct history_control *c, const struct control_test *t,
    const struct metric *m, const char *id)
{
	struct str title = {0}, desc = {0}, plot_id = {0}, *out = &n->q->r->body;
	struct plot plot = {.test = t, .metric = m, .is_cdn = n->cdn, .hollow = !history_judged(now(p, c))};

	str_addf(&plot_id, "%s-now", id);
	str_addf(&title, "%s %s: %s of AS%" PRIu32, p->id, c->id, metric_word(m->id), n->h.asn);
	say_metric(&desc, m);
	str_adds(&desc, ". Asked for: ");
	say_bars(&desc, t, n->cdn);
	str_addc(&desc, '.');
	plot.id = plot_id.p;
	plot.title = title.p;
	plot.desc = desc.p;
	html_open(out, "figure", NULL);
	plot_number(out, &plot);
	html_el(out, "figcaption", NULL, metric_text(m->id));
	html_close(out, "figure");
	str_release(&title);
	str_release(&desc);
	str_release(&plot_id);
}

static void
changed(struct str *out, const struct history_pack *p, const struct history_control *c)
{
	const struct history_cell *cell = now(p, c);

	if (!cell->has_change || p->n_months < 2)
		return;
	str_adds(out, "<p class=\"note\">Since ");
	html_text(out, p->months[p->n_months - 2].label);
	str_adds(out, ": ");
	if (cell->change == 0) {
		str_adds(out, "no change");
	} else {
		size_t from = out->len;

		history_change(out, cell);
		html_escape(out, from);
	}
	str_adds(out, ".</p>\n");
}

static void
control(struct net *n, const struct history_pack *p, const struct history_control *c)
{
	const struct history_cell *cell = now(p, c);
	const struct control *k = known(n, p, c);
	const struct control_test *t = NULL;
	struct str *out = &n->q->r->body, id = {0};
	bool number;
	struct metric m;

	number = page_metric(cell, n->h.asn, &m);
	if (number)
		t = page_test(k, &m);
	control_id(&id, p, c);
	str_addf(out, "<div class=\"control\"><h3 id=\"%s\">", id.p);
	html_verdict(out, cell->verdict);
	str_adds(out, " <a class=\"cid\" href=\"/control/");
	html_text(out, p->id);
	str_addc(out, '/');
	html_text(out, c->id);
	str_adds(out, "\">");
	html_text(out, c->id);
	str_adds(out, "</a> ");
	html_text(out, c->title);
	str_addf(out, " <span class=\"req\">%s</span></h3>\n<div class=\"pair\"><div>\n",
	    c->required ? "required" : "not required");
	html_open(out, "p", "class=\"why\"");
	page_reason(out, cell, t, n->h.asn, n->cdn);
	html_close(out, "p");
	if (k != NULL && k->remedy != NULL && (cell->verdict == VERDICT_FAIL || cell->verdict == VERDICT_WARN)) {
		str_adds(out, "<p class=\"mend\"><strong>To mend it:</strong> ");
		html_text(out, k->remedy);
		str_addf(out, "<br><span class=\"small\">The routes that decided: <code>routemark explain %" PRIu32 " ", n->h.asn);
		html_text(out, p->id);
		str_addc(out, '/');
		html_text(out, c->id);
		str_adds(out, " --data DIR</code>, with the evidence of that month.</span></p>\n");
	}
	changed(out, p, c);
	network_disputed(n->q, n->h.asn, p->id, c->id, p->months[p->n_months - 1].at);
	str_adds(out, "</div><div class=\"plots\">\n");
	if (t != NULL)
		scale(n, p, c, t, &m, id.p);
	str_adds(&id, "-run");
	trend(out, p, c, t, n->cdn, id.p);
	str_adds(out, "</div></div></div>\n");
	str_release(&id);
}

/* --- a pack --- */

static bool
shows(const struct history_cell *c)
{
	return c->there && (c->verdict == VERDICT_PASS || c->verdict == VERDICT_WARN || c->verdict == VERDICT_FAIL ||
	    c->has_number);
}

static void
quiet(struct net *n, const struct history_pack *p)
{
	static const char *const heads[] = {"Control", "Verdict", "Why"};
	struct str *out = &n->q->r->body, caption = {0};
	size_t i, found = 0;

	str_addf(&caption, "%s: controls without a number", p->id);
	for (i = 0; i < p->n_controls; i++) {
		const struct history_control *c = &p->controls[i];

		if (!now(p, c)->there || shows(now(p, c)))
			continue;
		if (found++ == 0)
			html_table(out, caption.p, heads, 3);
		str_adds(out, "<tr><th scope=\"row\">");
		html_text(out, c->id);
		str_adds(out, " <span class=\"title\">");
		html_text(out, c->title);
		str_adds(out, c->required ? "</span> <span class=\"req\">required</span></th><td>" : "</span></th><td>");
		html_verdict(out, now(p, c)->verdict);
		str_adds(out, "</td><td class=\"why\">");
		page_reason(out, now(p, c), NULL, n->h.asn, n->cdn);
		network_disputed(n->q, n->h.asn, p->id, c->id, p->months[p->n_months - 1].at);
		str_adds(out, "</td></tr>\n");
	}
	if (found > 0)
		html_table_end(out);
	str_release(&caption);
}

/* What fails or warns, to be found at once. */
static void
strip(struct net *n, const struct history_pack *p)
{
	struct str *out = &n->q->r->body;
	size_t i, found = 0;

	for (i = 0; i < p->n_controls; i++) {
		const struct history_cell *c = now(p, &p->controls[i]);

		if (!shows(c) || (c->verdict != VERDICT_FAIL && c->verdict != VERDICT_WARN))
			continue;
		str_adds(out, found++ == 0 ? "<ul class=\"strip\">\n<li><a href=\"#" : "<li><a href=\"#");
		control_id(out, p, &p->controls[i]);
		str_adds(out, "\">");
		html_verdict(out, c->verdict);
		str_addc(out, ' ');
		html_text(out, p->controls[i].id);
		str_adds(out, "</a></li>\n");
	}
	if (found > 0)
		str_adds(out, "</ul>\n");
}

static void
pack(struct net *n, const struct history_pack *p)
{
	const struct history_month *m = &p->months[p->n_months - 1];
	struct str *out = &n->q->r->body;
	uint16_t count[VERDICT_N] = {0};
	char when[UTC_TEXT];
	size_t i, from;

	for (i = 0; i < p->n_controls; i++)
		if (p->controls[i].required && now(p, &p->controls[i])->there)
			count[now(p, &p->controls[i])->verdict]++;
	str_adds(out, "<h2 id=\"");
	html_slug(out, p->id);
	str_adds(out, "\">");
	html_text(out, p->title);
	str_adds(out, "<span class=\"name\">");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, history_label(p->status));
	str_addf(out, ", judged for %.10s</span></h2>\n", utc_format(m->at, when));
	page_proposal(out, &m->pack);
	str_adds(out, "<p class=\"lead\">");
	from = out->len;
	html_verdict_sentence(out, count);
	html_sentence(out, from);
	str_adds(out, "</p>\n");
	strip(n, p);
	for (i = 0; i < p->n_controls; i++)
		if (shows(now(p, &p->controls[i])))
			control(n, p, &p->controls[i]);
	quiet(n, p);
}

/* --- the page --- */

static void
registered(struct net *n)
{
	struct str *out = &n->q->r->body;
	const struct place *p = &n->h.place;
	const struct region *r = region_of(p);

	if (p->service == SERVICE_NONE) {
		str_adds(out, "<p>Where its holder is registered is not known here.</p>\n");
		return;
	}
	str_adds(out, "<p>Its holder is registered with ");
	pick_place(out, p);
	if (r->kind == REGION_SUBREGION)
		str_addf(out, " (<a href=\"/?region=%s\">%s</a>)", r->id, r->name);
	str_adds(out, ", which says nothing of where the network runs.</p>\n");
}

/* The newest moment that any pack judged it for. */
static struct utc
newest(const struct net *n)
{
	struct utc out = UTC_NONE;
	size_t i;

	for (i = 0; i < n->h.n_packs; i++) {
		struct utc at = n->h.packs[i].months[n->h.packs[i].n_months - 1].at;

		out = !utc_known(out) || at.s > out.s ? at : out;
	}
	return out;
}

static void
heading(struct net *n, const char *title)
{
	struct str *out = &n->q->r->body;
	char when[UTC_TEXT], now_text[8];

	str_addf(out, "<h1>AS%" PRIu32 " <span class=\"name\">", n->h.asn);
	html_text(out, title);
	str_addf(out, "</span></h1>\n<p class=\"date\">Judged for <strong>%.10s</strong>. The verdicts are about that moment, not "
	    "about today.</p>\n", utc_format(newest(n), when));
	shown_month_text(n->q->view->latest->head.at, now_text);
	if (memcmp(when, now_text, 7) != 0)
		str_addf(out, "<p class=\"notice\"><strong>Old.</strong> The archive goes on to %s, and does not have this network "
		    "then.</p>\n", now_text);
	registered(n);
	str_addf(out, "<p><a href=\"/compare?asns=%" PRIu32 "\">Compare it with others</a> · <a href=\"/api/v1/networks/%" PRIu32
	    "\">As data</a> · <a href=\"/api/v1/history?asns=%" PRIu32 "&amp;format=csv\">Months as CSV</a></p>\n", n->h.asn,
	    n->h.asn, n->h.asn);
	str_addf(out, "<img class=\"badge\" src=\"/badge/%" PRIu32 ".svg\" alt=\"Badge of AS%" PRIu32 ": what the verdicts below "
	    "come to\" width=\"360\" height=\"24\">\n", n->h.asn, n->h.asn);
}

/* Whether it is listed in the MANRS CDN programme changes which bar counts. */
static enum err
cdn_read(struct net *n)
{
	struct archive_row r;
	bool found = false;
	size_t i;

	for (i = n->q->view->n_months; i-- > 0 && !found;) {
		TRY(archive_network(n->q->archive, &n->q->view->months[i], n->h.asn, n->q->a, &r, &found));
		if (found)
			n->cdn = r.cdn;
	}
	return OK;
}

void
page_network(struct ask *q)
{
	static const char *const keys[] = {NULL};
	const struct history_query query = {.as_of = UTC_NONE};
	struct net n = {.q = q};
	struct str title = {0};
	uint32_t asn;
	enum err e;
	size_t i, k;

	if (!ask_only(q, keys))
		return;
	if (!asn_read(span_of(q->rest), &asn)) {
		ask_problem(q, 404, "Not an ASN", "\"%s\" is no ASN: a number up to 4294967295.", q->rest);
		return;
	}
	e = history_make(q->archive, asn, &query, q->a, &n.h);
	if (e == OK && n.h.known)
		e = cdn_read(&n);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	if (!n.h.known) {
		ask_problem(q, 404, "Not in the archive", "No assessment in the archive has AS%" PRIu32 ".", asn);
		return;
	}
	str_addf(&title, "AS%" PRIu32 " %s", asn, *n.h.name != '\0' ? n.h.name : n.h.org);
	page_begin(q, title.p, "/networks");
	str_clear(&title);
	str_adds(&title, *n.h.name != '\0' ? n.h.name : "name not known");
	if (*n.h.org != '\0')
		str_addf(&title, ", %s", n.h.org);
	heading(&n, title.p);
	for (i = 0; i < q->view->n_series; i++)
		for (k = 0; k < n.h.n_packs; k++)
			if (strcmp(n.h.packs[k].id, q->view->series[i].id) == 0)
				pack(&n, &n.h.packs[k]);
	network_docket(q, asn, newest(&n));
	if (network_incidents(q, asn))
		page_end(q);
	str_release(&title);
}
