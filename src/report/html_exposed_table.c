/* html_exposed_table: the networks of the drawing again, for whoever does not see it: all of them, with what decides. */
#include "report/exposure_lay.h"
#include "report/html_exposed.h"
#include "report/html_part.h"

#include <inttypes.h>

static void
share_cell(struct str *out, const struct exposed_share *s)
{
	str_adds(out, "<td class=\"n\">");
	if (s->known)
		html_exposed_percent(out, s->share_ppm);
	else
		str_adds(out, "<span class=\"small\">no data</span>");
	if (s->known && s->every)
		str_adds(out, "<br><span class=\"small\">every path</span>");
	else if (s->known && s->at_end && s->paths > 0)
		str_adds(out, "<br><span class=\"small\">only itself shows it</span>");
	str_adds(out, "</td>");
}

static void
verdict_cell(struct str *out, const struct exposed_verdicts *v)
{
	static const enum verdict order[] = {VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_WARN, VERDICT_PASS, VERDICT_NOT_APPLICABLE};
	const char *sep = "";
	size_t i;

	str_adds(out, "<td>");
	if (v->none_required) {
		str_adds(out, "<span class=\"small\">nothing is required</span></td>");
		return;
	}
	html_verdict(out, v->all);
	str_adds(out, "<br><span class=\"small\">");
	for (i = 0; i < VERDICT_N; i++)
		if (v->n[order[i]] > 0) {
			str_addf(out, "%s%" PRIu64 " %s", sep, v->n[order[i]], verdict_label(order[i]));
			sep = ", ";
		}
	str_addf(out, " of %" PRIu64 "</span></td>", v->required);
}

static void
carried(struct str *out, const struct exposed_net *n)
{
	static const char *const what[OFFENCE_N] = {[OFFENCE_INVALID] = "RPKI-invalid", [OFFENCE_BOGON] = "bogon",
	    [OFFENCE_OWN] = "of others in the own space"};
	const char *sep = ": ";
	unsigned k;

	str_adds(out, "<span class=\"small\">passed on ");
	say_counted(out, n->passed, "route");
	for (k = 0; k < OFFENCE_N; k++)
		if (n->carried_known[k]) {
			str_adds(out, sep);
			lay_count(out, n->carried[k].routes);
			str_addf(out, " %s", what[k]);
			sep = ", ";
		}
	str_adds(out, "</span>");
}

#define BEHIND_SHOWN 5u

/* "behind AS64500, AS64501": the lines of the drawing that lead to it. */
static void
behind(struct str *out, const struct chain *c, uint32_t asn, const struct exposed_links *to)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < c->n_links; i++)
		if (c->nets[c->links[i].to].asn == asn && n++ < BEHIND_SHOWN) {
			str_adds(out, n == 1 ? "behind " : ", ");
			html_exposed_asn(out, c->nets[c->links[i].from].asn, to);
		}
	if (n > BEHIND_SHOWN)
		str_addf(out, " and %u more", n - BEHIND_SHOWN);
	if (n == 0)
		str_adds(out, "in chains that are each below the least share");
}

/* What is drawn and has no row. */
static void
below(struct str *out, const struct chain *c, const struct exposed_links *to)
{
	unsigned n = 0;
	size_t i;

	for (i = 1; i < c->n; i++)
		if (c->nets[i].net == SIZE_MAX) {
			str_adds(out, n++ == 0 ? "<p class=\"note\">Drawn as well, each below the least share or near one observer, and not "
			    "judged here: " : "; ");
			html_exposed_asn(out, c->nets[i].asn, to);
			str_addc(out, ' ');
			behind(out, c, c->nets[i].asn, to);
		}
	if (n > 0)
		str_adds(out, ".</p>\n");
}

static void
net_row(struct str *out, const struct exposed *x, const struct chain *c, size_t i, const struct exposed_links *to)
{
	const struct exposed_net *n = &x->nets[i];

	str_adds(out, "<tr><th scope=\"row\" class=\"id\">");
	html_exposed_asn(out, n->asn, to);
	if (i == x->weakest)
		str_addf(out, "<br><strong>%s</strong>", n->v.all == VERDICT_FAIL ? "weakest link" : "least known link");
	str_adds(out, "</th><td class=\"nm\">");
	html_text(out, *n->name != '\0' ? n->name : "name not known");
	str_adds(out, "<br><span class=\"small\">");
	behind(out, c, n->asn, to);
	if (n->relation != NULL)
		str_addf(out, ", its %s", n->relation);
	str_addf(out, "</span></td><td class=\"n\">%" PRIu32 "</td>", n->hops);
	share_cell(out, &n->of[FAMILY_V4]);
	share_cell(out, &n->of[FAMILY_V6]);
	verdict_cell(out, &n->v);
	str_adds(out, "<td class=\"why\">");
	if (n->v.reason != NULL) {
		html_text(out, n->v.pack);
		str_addc(out, '/');
		html_text(out, n->v.control);
		str_adds(out, ": ");
		html_text(out, n->v.reason);
		str_adds(out, "<br>");
	}
	carried(out, n);
	str_adds(out, "</td></tr>\n");
}

void
html_exposed_table(struct str *out, const struct exposed_ground *g, const struct exposed *x, const struct exposed_links *to)
{
	static const char *const heads[] = {"Network", "Name", "#Hops", "#IPv4", "#IPv6", "Required controls",
	    "What decides, what it passed on"};
	struct arena *a = arena_new();
	const struct chain *c = chain_make(x, a);
	size_t i;

	html_el(out, "h2", NULL, "The same as a table");
	html_table(out, "Networks depended on: the share of the paths, and how each is judged", heads, 7);
	for (i = 0; i < x->n_nets; i++)
		net_row(out, x, c, i, to);
	html_table_end(out);
	below(out, c, to);
	arena_free(a);
	if (x->nets_cut > 0) {
		str_adds(out, "<p class=\"note\">");
		lay_count(out, x->nets_cut);
		str_adds(out, " more have a share below ");
		html_exposed_percent(out, g->min_ppm);
		str_adds(out, ".</p>\n");
	}
}
