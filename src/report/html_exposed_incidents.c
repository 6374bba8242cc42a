/* html_exposed_incidents: what of the window's incidents went through the networks that are depended on. */
#include "report/exposure_lay.h"
#include "report/html.h"
#include "report/html_exposed.h"
#include "rule/say.h"

#include <inttypes.h>

/* Hours, "less than 1" for what is not none. */
static void
hours(struct str *out, uint64_t block_s)
{
	if (block_s > 0 && block_s < 3600)
		str_adds(out, "&lt; 1");
	else
		lay_count(out, block_s / 3600);
}

static void
row(struct str *out, const struct exposed_row *r, const struct exposed_net *n, const struct exposed_links *to)
{
	str_adds(out, "<tr><th scope=\"row\" class=\"id\">");
	if (n != NULL)
		html_exposed_asn(out, n->asn, to);
	else
		str_adds(out, "all together");
	str_addf(out, "</th><td>%s</td>", astray_text(r->r.kind));
	html_cell_number(out, r->r.incidents[ASTRAY_CULPRIT]);
	html_cell_number(out, r->r.incidents[ASTRAY_ACCOMPLICE]);
	html_cell_number(out, r->r.incidents[ASTRAY_BEYOND]);
	str_adds(out, "<td class=\"n\">");
	lay_count(out, r->r.blocks);
	str_addf(out, " /%d</td><td class=\"n\">", r->r.family == FAMILY_V4 ? 24 : 48);
	lay_count(out, r->r.attracting);
	str_adds(out, "</td><td class=\"n\">");
	hours(out, r->r.attracting_s);
	str_adds(out, "</td><td class=\"n\">");
	if (r->has_weighed)
		hours(out, r->weighed);
	else
		str_adds(out, "<span aria-label=\"has no share of its own\">\xe2\x80\x93</span>");
	str_adds(out, "</td></tr>\n");
}

/* Those of all together first; each network's are many, and folded. */
static void
tables(struct str *out, const struct exposed *x, const struct exposed_links *to)
{
	static const char *const heads[] = {"Through", "What", "#Did it", "#Took it from who did", "#From others", "#Space",
	    "#Attracted", "#Block-hours", "#By share"};
	size_t i, k;

	const struct exposed_net *weak = x->weakest != SIZE_MAX ? &x->nets[x->weakest] : NULL;

	html_table(out, "Incidents of the window that went through these networks", heads, sizeof(heads) / sizeof(*heads));
	for (k = 0; weak != NULL && k < weak->n_rows; k++)
		row(out, &weak->rows[k], weak, to);
	for (k = 0; k < x->n_together; k++)
		row(out, &x->together[k], NULL, to);
	html_table_end(out);
	str_adds(out, "<details><summary>Through each network</summary>\n");
	html_table(out, "The same for each network", heads, sizeof(heads) / sizeof(*heads));
	for (i = 0; i < x->n_nets; i++)
		for (k = 0; k < x->nets[i].n_rows; k++)
			row(out, &x->nets[i].rows[k], &x->nets[i], to);
	html_table_end(out);
	str_adds(out, "</details>\n");
	str_adds(out, "<p class=\"note\">Space: what the routes' prefixes cover, less what more specific routes of others take, each /24 "
	    "or /48 once. Attracted: of it what no other route has the same prefix for, so that it won at everybody who heard it. "
	    "Block-hours: the hours of each block attracted, added up; by share: the same times the network's share of the paths. All together: each block once, without networks that only "
	    "their own vantage points show. Kinds are never added up; a fact is so by the registries and the VRPs.</p>\n");
}

static void
unknown_kinds(struct str *out, const struct exposed_ground *g)
{
	const char *sep = "";
	unsigned k;

	for (k = 0; k < ASTRAY_N; k++)
		if (g->window.kind_why[k] != NULL)
			break;
	if (k == ASTRAY_N)
		return;
	str_adds(out, "<p class=\"note\">NO DATA for ");
	for (; k < ASTRAY_N; k++)
		if (g->window.kind_why[k] != NULL) {
			str_addf(out, "%s%s (", sep, astray_text((enum astray_kind)k));
			html_text(out, g->window.kind_why[k]);
			str_addc(out, ')');
			sep = "; ";
		}
	str_adds(out, ".</p>\n");
}

void
html_exposed_incidents(struct str *out, const struct exposed_ground *g, const struct exposed *x, const struct exposed_links *to)
{
	char from[UTC_TEXT], till[UTC_TEXT];
	size_t i, n = x->n_together;

	for (i = 0; i < x->n_nets; i++)
		n += x->nets[i].n_rows;
	html_el(out, "h2", NULL, "Incidents that followed");
	if (x->incidents_why != NULL) {
		str_adds(out, "<p>NO DATA: ");
		html_text(out, x->incidents_why);
		str_adds(out, ". That is not to say that there were none.</p>\n");
		return;
	}
	if (g->window.seen) {
		str_addf(out, "<p>In the window from %.10s to %.10s, of which ", utc_format(g->window.from, from),
		    utc_format(g->window.to, till));
		say_percent(out, (int64_t)(g->window.seconds * 1000000 / (uint64_t)(g->window.to.s - g->window.from.s)));
		str_addf(out, " %% was listened to, by %" PRIu64 " vantage points.</p>\n", g->window.vps);
	}
	if (g->window.partial != NULL) {
		str_adds(out, "<p class=\"notice\">What is told is the least that there was: ");
		html_text(out, g->window.partial);
		str_adds(out, ".</p>\n");
	}
	if (n > 0)
		tables(out, x, to);
	else if (g->window.partial == NULL)
		str_adds(out, "<p>None of the kinds that could be told went through them.</p>\n");
	unknown_kinds(out, g);
}
