#include "report/html_exposed.h"
#include "report/chain.h"
#include "report/exposure_lay.h"
#include "report/html_part.h"
#include "rule/say.h"

#include <inttypes.h>

/* --- words --- */

void
html_exposed_asn(struct str *out, uint32_t asn, const struct exposed_links *to)
{
	if (exposed_linked(to, asn))
		str_addf(out, "<a href=\"%s%" PRIu32 "\">AS%" PRIu32 "</a>", to->to, asn, asn);
	else
		str_addf(out, "AS%" PRIu32, asn);
}

void
html_exposed_title(struct str *out, const struct exposed *x)
{
	str_addf(out, "AS%" PRIu32, x->origin);
	if (*x->name != '\0')
		str_addf(out, " %s", x->name);
	if (x->is_prefix)
		str_addf(out, ", %s", x->asked);
}

static void
named(struct str *out, uint32_t asn, const char *name, const struct exposed_links *to)
{
	html_exposed_asn(out, asn, to);
	if (*name == '\0')
		return;
	str_addc(out, ' ');
	html_text(out, name);
}

void
html_exposed_percent(struct str *out, uint32_t ppm)
{
	say_percent(out, ppm);
	str_adds(out, " %");
}

/* "100.00 % of the IPv4 paths and 92.10 % of the IPv6 paths" */
static void
shares(struct str *out, const struct exposed_net *n)
{
	const char *sep = "";
	unsigned f;

	for (f = 0; f < FAMILY_N; f++)
		if (n->of[f].known) {
			str_adds(out, sep);
			html_exposed_percent(out, n->of[f].share_ppm);
			str_addf(out, " of the %s paths", say_family(f));
			sep = " and ";
		}
}

static void
whose(struct str *out, const struct exposed *x, const struct exposed_links *to)
{
	if (x->is_prefix) {
		str_adds(out, x->asked);
		str_adds(out, ", as ");
		named(out, x->origin, x->name, to);
		str_adds(out, " announces it,");
	} else {
		named(out, x->origin, x->name, to);
	}
}

/* --- the answer --- */

static void
weakest(struct str *out, const struct exposed *x, const struct exposed_links *to)
{
	const struct exposed_net *n;

	if (x->n_nets == 0)
		return;
	if (x->weakest == SIZE_MAX) {
		str_adds(out, " No network among them has a required control that is FAIL or NO DATA.");
		return;
	}
	n = &x->nets[x->weakest];
	if (n->v.all == VERDICT_FAIL) {
		str_adds(out, " The weakest link is <strong>");
		named(out, n->asn, n->name, to);
		str_addf(out, "</strong>: it fails %" PRIu64 " of %" PRIu64 " required control%s, and of those that fail any it carries the "
		    "largest share, ", n->v.n[VERDICT_FAIL], n->v.required, n->v.required == 1 ? "" : "s");
	} else {
		str_adds(out, " None is known to fail a required control. Of those that cannot be judged whole, <strong>");
		named(out, n->asn, n->name, to);
		str_adds(out, "</strong> carries the largest share, ");
	}
	shares(out, n);
	str_addc(out, '.');
}

void
html_exposed_answer(struct str *out, const struct exposed_ground *g, const struct exposed *x, const struct exposed_links *to)
{
	bool any = x->family[FAMILY_V4].ok || x->family[FAMILY_V6].ok;
	unsigned f;

	str_adds(out, "<p class=\"lead\">");
	if (!any) {
		str_adds(out, "What ");
		whose(out, x, to);
		str_adds(out, " depends on is not known: ");
		for (f = 0; f < FAMILY_N; f++)
			if (x->family[f].asked) {
				str_addf(out, "%s%s: ", f == FAMILY_V6 && x->family[FAMILY_V4].asked ? "; " : "", say_family(f));
				html_text(out, x->family[f].why);
			}
		str_adds(out, ".</p>\n");
		return;
	}
	whose(out, x, to);
	if (x->n_nets == 0) {
		str_adds(out, " depends on no network with a share of at least ");
		html_exposed_percent(out, g->min_ppm);
		str_adds(out, " of its paths.");
	} else {
		str_addf(out, " depends on %zu network%s", x->n_nets, say_plural(x->n_nets));
		if (g->min_ppm > 0) {
			str_addf(out, " that %s at least ", x->n_nets == 1 ? "carries" : "each carry");
			html_exposed_percent(out, g->min_ppm);
			str_adds(out, " of its paths");
		}
		str_addc(out, '.');
	}
	weakest(out, x, to);
	str_adds(out, "</p>\n");
}

static void
why_weakest(struct str *out, const struct exposed *x)
{
	const struct exposed_net *n = x->weakest != SIZE_MAX ? &x->nets[x->weakest] : NULL;

	if (n == NULL || n->v.reason == NULL)
		return;
	str_addf(out, "<p class=\"why\"><strong>Why AS%" PRIu32 "</strong> ", n->asn);
	html_verdict(out, n->v.all);
	str_adds(out, " <code>");
	html_text(out, n->v.pack);
	str_addc(out, '/');
	html_text(out, n->v.control);
	str_adds(out, "</code>: ");
	html_text(out, n->v.reason);
	str_adds(out, ".</p>\n");
}

static void
proposals(struct str *out, const struct exposed_ground *g)
{
	size_t i;

	for (i = 0; i < g->n_packs; i++) {
		if (strcmp(g->packs[i].status, "published") == 0)
			continue;
		str_adds(out, "<p class=\"notice\"><strong>Not in force.</strong> The verdicts count those of the pack ");
		html_text(out, g->packs[i].id);
		str_adds(out, ", which is a proposal, not a published requirement.</p>\n");
	}
}

void
html_exposed_head(struct str *out, const struct exposed_ground *g, const struct exposed *x)
{
	char at[UTC_TEXT], from[UTC_TEXT], to[UTC_TEXT];

	str_addf(out, "<h1>What AS%" PRIu32 " depends on <span class=\"name\">", x->origin);
	html_text(out, x->name);
	if (x->is_prefix)
		str_addf(out, "%sfor %s", *x->name != '\0' ? ", " : "", x->asked);
	str_adds(out, "</span></h1>\n<p class=\"date\">");
	if (utc_known(x->paths_from))
		str_addf(out, "Paths of <strong>%.10s</strong> to <strong>%.10s</strong>", utc_format(x->paths_from, from),
		    utc_format(x->paths_to, to));
	else
		str_adds(out, "Paths of <strong>an unknown date</strong>");
	str_addf(out, ", verdicts for <strong>%.10s</strong>. They are about that moment, not about today.</p>\n",
	    utc_format(g->at, at));
}

/* --- the graph --- */

static void
graph(struct str *out, const struct exposed_ground *g, const struct exposed *x, const char *id, const struct exposed_links *to)
{
	struct arena *a = arena_new();
	const struct chain *c = chain_make(x, a);

	html_el(out, "h2", NULL, "The chains, from the origin outward");
	chain_draw(out, x, c, g->min_ppm, id, to);
	str_adds(out, "<p class=\"note\">A box is a network: its share of the paths (AS hegemony, the larger of the two address "
	    "families), and the worst of its required controls, how many of how many. ");
	str_adds(out, "\xe2\x9c\x97 and a heavy border: FAIL; ? and a broken border: NO DATA; \xe2\x9c\x93: PASS. A line is the wider the "
	    "more of the paths run along it; a dotted one leads back or along, where chains pass two networks in either order.");
	if (c->left_out > 0)
		str_addf(out, " Drawn are the %zu networks of the largest shares; %zu are not.", c->n - 1, c->left_out);
	str_adds(out, "</p>\n");
	arena_free(a);
}

/* --- one neighbour, own space --- */

static void
homing(struct str *out, const struct exposed *x, const struct exposed_links *to)
{
	unsigned f;

	html_el(out, "h2", NULL, "Does it hang on one neighbour?");
	str_adds(out, "<dl>\n");
	for (f = 0; f < FAMILY_N; f++) {
		const struct exposed_family *v = &x->family[f];

		if (!v->asked)
			continue;
		str_addf(out, "<dt>%s</dt><dd>", say_family(f));
		if (!v->ok) {
			str_adds(out, "NO DATA: ");
			html_text(out, v->why);
		} else if (v->homing == HOMING_SINGLE || v->homing == HOMING_DIRECT) {
			str_adds(out, "Yes, on ");
			html_exposed_asn(out, v->only, to);
			str_addf(out, ", as seen from %" PRIu64 " vantage points in %" PRIu64 " networks. A backup that carries nothing now "
			    "is invisible.", v->homing_vps, v->homing_networks);
		} else if (v->homing == HOMING_MULTI) {
			str_addf(out, "Not as a whole: %" PRIu64 " neighbours, %" PRIu64 " of them seen only from their own vantage point",
			    v->neighbours, v->direct);
			if (v->single_routes > 0)
				str_addf(out, "; but %" PRIu64 " route%s", v->single_routes, v->single_routes == 1 ? " does" : "s do");
			str_addc(out, '.');
		} else {
			str_addf(out, "NO DATA: the paths are seen from %" PRIu64 " network%s; at least %u are needed to tell.",
			    v->homing_networks, say_plural(v->homing_networks), EXPOSURE_HOMING_VIEWS);
		}
		str_adds(out, "</dd>\n");
	}
	str_adds(out, "<dt>Own space</dt><dd>");
	if (x->offending_why[OFFENCE_OWN] != NULL) {
		str_adds(out, "NO DATA: ");
		html_text(out, x->offending_why[OFFENCE_OWN]);
	} else if (x->own.routes == 0) {
		str_adds(out, "No other origin's route for or within these routes is held against anyone.");
	} else {
		say_counted(out, x->own.routes, "route");
		str_addf(out, " of other origins for or within these routes%s.", x->rpki_known ? ", not RPKI-valid" : "");
	}
	str_adds(out, "</dd>\n</dl>\n");
}

/* --- what is not counted --- */

static void
not_counted(struct str *out, const struct exposed_ground *g, const struct exposed *x)
{
	unsigned f;

	html_el(out, "h2", NULL, "What is not counted");
	str_adds(out, "<ul>\n<li>What no vantage point saw. ");
	for (f = 0; f < FAMILY_N; f++)
		if (x->family[f].ok) {
			str_addf(out, "%s: ", say_family(f));
			say_counted(out, x->family[f].paths, "path");
			str_addf(out, " of %" PRIu64 " of %" PRIu64 " full-feed vantage points, in %" PRIu64 " networks, of which the %" PRIu64
			    " lowest and highest are dropped for each share. ", x->family[f].full_with, x->family[f].full_feed,
			    x->family[f].views, x->family[f].trimmed);
		}
	str_adds(out, "</li>\n<li>How much traffic there is. IPv4 paths weigh the addresses sent along them, IPv6 paths 1 each.</li>\n");
	if (g->min_ppm > 0) {
		str_adds(out, "<li>Networks and chains with less than ");
		html_exposed_percent(out, g->min_ppm);
		str_adds(out, " of the paths.</li>\n");
	}
	str_adds(out, "<li>Backups that carried nothing while this was seen.</li>\n");
	if (!x->siblings_known)
		str_adds(out, "<li>Which networks are of the same organisation: the evidence does not tell.</li>\n");
	if (!x->rpki_known)
		str_adds(out, "<li>What RPKI says of others' routes in the own space: the evidence has no VRPs near enough.</li>\n");
	str_adds(out, "</ul>\n");
}

void
html_exposed(struct str *out, const struct exposed_ground *g, const struct exposed *x, const char *id, const struct exposed_links *to)
{
	html_exposed_answer(out, g, x, to);
	why_weakest(out, x);
	proposals(out, g);
	if (x->family[FAMILY_V4].ok || x->family[FAMILY_V6].ok) {
		graph(out, g, x, id, to);
		html_exposed_table(out, g, x, to);
		html_exposed_incidents(out, g, x, to);
		homing(out, x, to);
	}
	not_counted(out, g, x);
}
