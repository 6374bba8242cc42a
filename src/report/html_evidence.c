/* html_evidence: what it all rests on: inputs by digest, vantage, parameters, packs. */
#include "base/limits.h"
#include "report/html_part.h"
#include "report/layout.h"

#include <inttypes.h>

#define COUNT(heads) (sizeof(heads) / sizeof(*(heads)))

static void
digest(struct str *out, const uint8_t d[static SHA256_BYTES])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(d, hex);
	str_addf(out, "<td class=\"hex\">%s</td>", hex);
}

static void
input_row(struct str *out, const struct input *in)
{
	char when[UTC_TEXT];

	str_addf(out, "<tr%s>", in->complete ? "" : " class=\"unused\"");
	html_cell(out, kind_word(in->kind));
	str_addf(out, "<td>%.10s%s</td>", utc_format(in->time, when), in->time_from_name ? " (by name)" : "");
	html_cell_number(out, in->used);
	html_cell_number(out, in->records);
	html_cell_number(out, in->size);
	digest(out, in->sha256);
	str_adds(out, "<td>");
	if (in->complete)
		str_adds(out, "used");
	else
		str_adds(out, "not used");
	if (!in->complete && in->detail != NULL) {
		str_adds(out, ": ");
		html_text(out, in->detail);
	}
	if (!in->complete && in->err != OK) {
		str_adds(out, ": ");
		html_text(out, err_text(in->err));
	}
	str_adds(out, "</td></tr>\n");
}

static void
inputs(struct str *out, const struct world *w)
{
	static const char *const heads[] = {
	    "Kind", "Date", "#Records used", "#Records read", "#Bytes", "SHA-256", "State"};
	size_t i;

	html_table(out, "Inputs, each named by the SHA-256 of its bytes", heads, COUNT(heads));
	for (i = 0; i < w->n_inputs; i++)
		if (!w->inputs[i].duplicate)
			input_row(out, &w->inputs[i]);
	html_table_end(out);
}

static void
family(struct str *out, const struct routes *r, unsigned f)
{
	str_addf(out, "<tr><th scope=\"row\">%s</th>", f == FAMILY_V4 ? "IPv4" : "IPv6");
	html_cell_number(out, r->n_full[f]);
	html_cell_number(out, r->visibility[f]);
	html_cell_number(out, r->n_visible[f]);
	str_adds(out, "</tr>\n");
}

static void
vantage(struct str *out, const struct routes *r)
{
	static const char *const heads[] = {
	    "Family", "#Full-feed peers", "#Must carry a route", "#Routes that count"};

	html_table(out, "Vantage: what could be seen", heads, COUNT(heads));
	family(out, r, FAMILY_V4);
	family(out, r, FAMILY_V6);
	html_table_end(out);
	str_addf(out, "<p>%zu vantage point%s at %" PRIu32 " collector%s.</p>\n", r->n_vps,
	    r->n_vps == 1 ? "" : "s", r->n_collectors, r->n_collectors == 1 ? "" : "s");
}

static void
pack_row(struct str *out, const struct pack *p)
{
	str_adds(out, "<tr><th scope=\"row\">");
	html_text(out, p->id);
	str_addc(out, ' ');
	html_text(out, p->version);
	str_adds(out, "</th>");
	html_cell(out, p->status);
	html_cell_number(out, p->n);
	digest(out, p->sha256);
	if (p->has_profile)
		digest(out, p->profile_sha256);
	else
		html_cell(out, "none");
	str_adds(out, "</tr>\n");
}

void
html_packs(struct str *out, const char *caption, const struct pack *packs, size_t n)
{
	static const char *const heads[] = {"Pack", "Status", "#Controls", "SHA-256 of the catalogue",
	    "SHA-256 of the profile"};
	size_t i;

	html_table(out, caption, heads, COUNT(heads));
	for (i = 0; i < n; i++)
		pack_row(out, &packs[i]);
	html_table_end(out);
}

static void
parameter(struct str *out, const char *name, uint64_t n, const char *unit)
{
	str_addf(out, "<div><dt>%s</dt><dd>", name);
	lay_count(out, n);
	str_addf(out, "%s</dd></div>\n", unit);
}

static void
parameters(struct str *out, const struct assessment *head)
{
	const struct metric_params *m = head->params;

	str_adds(out, "<h3>Parameters</h3>\n<dl class=\"params\">\n");
	parameter(out, "full-feed peers that must carry a route", head->routes_params->visibility_min, "");
	parameter(out, "a peer is full-feed from this share of the largest table",
	    head->routes_params->full_feed_percent, " %");
	parameter(out, "full-feed peers that must carry a bogon", m->bogon_visibility_min, "");
	parameter(out, "a contact is fresh for", m->contact_days, " days");
	parameter(out, "a Spoofer test counts for", m->spoofer_days, " days");
	str_addf(out, "<div><dt>a route object must have the route's origin</dt><dd>%s</dd></div>\n",
	    m->irr_same_origin ? "yes" : "no");
	parameter(out, "deciding records kept of each number", m->records_max, "");
	str_adds(out, "</dl>\n");
}

/* What an earlier report had more of. */
static void
since(struct str *out, const struct since *h)
{
	static const char *const heads[] = {"Evidence", "#Then", "#Now"};
	char at[UTC_TEXT], hex[SHA256_HEX + 1];
	size_t i;

	if (!h->known)
		return;
	utc_format(h->than.at, at);
	sha256_hex(h->than.sha256, hex);
	str_addf(out, "<p>Held against the report of %.10s (SHA-256 <span class=\"hex\">%s</span>): ", at, hex);
	if (h->n == 0) {
		str_addf(out, "no kind of evidence has shrunk by more than %u %% since.</p>\n", SHRUNK_PERCENT_MAX);
		return;
	}
	str_addf(out, "what has shrunk by more than %u %% since is not believed, and what rests on it has no data.</p>\n",
	    SHRUNK_PERCENT_MAX);
	html_table(out, "Evidence that has shrunk", heads, COUNT(heads));
	for (i = 0; i < h->n; i++) {
		str_addf(out, "<tr><th scope=\"row\">%s</th>", h->shrunk[i].what);
		html_cell_number(out, h->shrunk[i].before);
		html_cell_number(out, h->shrunk[i].now);
		str_adds(out, "</tr>\n");
	}
	html_table_end(out);
}

void
html_evidence(struct str *out, const struct assessment *head)
{
	str_adds(out, "<section aria-labelledby=\"evidence\">\n<h2 id=\"evidence\">Evidence</h2>\n");
	vantage(out, &head->world->routes);
	inputs(out, head->world);
	since(out, &head->world->since);
	html_packs(out, "Rule packs", head->packs, head->n_packs);
	parameters(out, head);
	str_adds(out, "</section>\n");
}
