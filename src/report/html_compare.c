/* html_compare: the page of a comparison: the answer first, then every demand, evidence last. */
#include "report/html_compare.h"
#include "report/layout.h"
#include "report/plot.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- what the pieces share --- */

const struct demand *
html_demand(const struct html_compare *h, size_t k)
{
	return &h->c->req->demands[h->c->order[k]];
}

const char *
html_demand_id(const struct html_compare *h, size_t k)
{
	return h->ids[h->c->order[k]];
}

const struct held *
html_held(const struct html_compare *h, const struct compared *net, size_t k)
{
	return &net->held[h->c->order[k]];
}

const char *
outcome_sign(enum outcome o)
{
	static const char *const signs[OUTCOME_N] = {
	    "\xe2\x9c\x93", "\xe2\x9c\x97", "?", "\xe2\x80\x93"};

	return signs[o];
}

const char *
outcome_label(enum outcome o)
{
	static const char *const labels[OUTCOME_N] = {"MEETS", "SHORT", "NOT JUDGED", "N.A."};

	return labels[o];
}

void
html_outcome(struct str *out, enum outcome o)
{
	static const char *const classes[OUTCOME_N] = {"vp", "vf", "vd", "va"};

	str_addf(out, "<span class=\"v %s\"><span aria-hidden=\"true\">%s</span> %s</span>", classes[o],
	    outcome_sign(o), outcome_label(o));
}

size_t
html_piece(size_t n, size_t max)
{
	size_t pieces = (n + max - 1) / max;

	return pieces == 0 ? max : (n + pieces - 1) / pieces;
}

/* Two controls may be written alike but for what an id cannot hold: then the later one has a number. */
static void
ids_make(struct html_compare *h)
{
	const struct requirement *req = h->c->req;
	struct str s = {0};
	size_t i, k, again;

	h->ids = xcalloc(req->pack.n, sizeof(*h->ids));
	for (i = 0; i < req->pack.n; i++) {
		again = 1;
		do {
			str_clear(&s);
			str_adds(&s, "d-");
			html_slug(&s, req->demands[i].from->id);
			str_addc(&s, '-');
			html_slug(&s, req->pack.controls[i].id);
			if (again++ > 1)
				str_addf(&s, "-%zu", again - 1);
			for (k = 0; k < i && strcmp(h->ids[k], s.p) != 0; k++)
				;
		} while (k < i);
		h->ids[i] = strdup(s.p);
	}
	str_release(&s);
}

/* --- the heading --- */

static void
networks(struct str *out, const struct comparison *c)
{
	if (c->n == 1)
		str_addf(out, "AS%" PRIu32, c->nets[0].as.asn);
	else
		str_addf(out, "%zu networks", c->n);
}

/* How much is asked, and out of which packs. */
static void
asked(struct html_compare *h)
{
	const struct requirement *req = h->c->req;
	size_t required = html_n_required(req), i;

	str_addf(h->out, "<p class=\"date\">%zu demand%s, %zu required and %zu wished, from ", req->pack.n,
	    req->pack.n == 1 ? "" : "s", required, req->pack.n - required);
	for (i = 0; i < req->n_from; i++) {
		str_adds(h->out, i == 0 ? "" : i + 1 == req->n_from ? " and " : ", ");
		html_text(h->out, req->from[i].id);
		str_addc(h->out, ' ');
		html_text(h->out, req->from[i].version);
		str_adds(h->out, pack_label(&req->from[i]));
	}
	str_adds(h->out, ".</p>\n");
}

static void
heading(struct html_compare *h)
{
	const struct pack *p = &h->c->req->pack;

	str_adds(h->out,
	    "<header>\n<p class=\"kicker\">Networks compared by routemark with what a buyer asks for</p>\n<h1>");
	networks(h->out, h->c);
	str_adds(h->out, " <span class=\"name\">held against: ");
	html_text(h->out, p->title);
	str_adds(h->out, ", version ");
	html_text(h->out, p->version);
	str_addf(h->out, "%s</span></h1>\n", pack_label(p));
	html_heading_date(h->out, h->c->head);
	asked(h);
	html_close(h->out, "header");
}

/* --- the answer --- */

static void
answer(struct html_compare *h)
{
	str_adds(h->out, "<main id=\"main\">\n<section aria-labelledby=\"verdict\">\n<h2 id=\"verdict\">The answer</h2>\n");
	html_compare_lead(h);
	html_compare_notices(h);
	html_compare_rank(h);
	html_close(h->out, "section");
}

/* --- the end --- */

static void
packs(struct html_compare *h)
{
	const struct requirement *req = h->c->req;

	str_adds(h->out, "<section class=\"sheet\" aria-labelledby=\"packs\">\n<h2 id=\"packs\">Where the demands are "
	    "from</h2>\n");
	html_packs(h->out, "Rule packs that the profile imports from", req->from, req->n_from);
	html_close(h->out, "section");
}

static void
footer(struct html_compare *h)
{
	char hex[SHA256_HEX + 1];
	size_t i;

	sha256_hex(h->c->req->pack.profile_sha256, hex);
	str_adds(h->out, "<footer>\n");
	html_disclaimer(h->out);
	str_addf(h->out, "<p>To compute it again from the inputs above and the profile whose SHA-256 is <span class=\"hex\">%s"
	    "</span>: <code>routemark compare", hex);
	for (i = 0; i < h->c->n; i++)
		str_addf(h->out, " %" PRIu32, h->c->nets[i].as.asn);
	str_addf(h->out, " --require PROFILE%s", h->c->answers != NULL ? " --answers FILE" : "");
	html_same_options(h->out, h->c->head);
	str_adds(h->out, "</code></p>\n</footer>\n");
}

void
compare_html(struct str *out, const struct comparison *c)
{
	struct html_compare h = {.out = out, .c = c};
	struct str title = {0};
	size_t i;

	ids_make(&h);
	networks(&title, c);
	str_addf(&title, " held against %s, evidence of ", c->req->pack.title);
	html_evidence_dates(&title, c->head->world);
	html_begin_styled(out, title.p, html_compare_css);
	str_release(&title);
	heading(&h);
	answer(&h);
	html_compare_matrix(&h);
	html_compare_demands(&h);
	html_compare_answers(&h);
	packs(&h);
	html_evidence(out, c->head);
	html_close(out, "main");
	footer(&h);
	html_end(out);
	for (i = 0; i < c->req->pack.n; i++)
		free(h.ids[i]);
	free(h.ids);
}
