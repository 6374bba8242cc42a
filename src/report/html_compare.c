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

static size_t
n_required(const struct requirement *req)
{
	size_t i, n = 0;

	for (i = 0; i < req->pack.n; i++)
		n += req->pack.controls[i].required;
	return n;
}

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
	size_t required = n_required(req), i;

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
	str_adds(h->out, "</span></h1>\n");
	html_heading_date(h->out, h->c->head);
	asked(h);
	html_close(h->out, "header");
}

/* --- the answer --- */

static void
lead_clause(struct str *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		str_addf(out, "; %zu %s", n, n == 1 ? one : many);
}

/* How many networks meet all that is required. What could not be judged is not met. */
static void
lead(struct html_compare *h)
{
	size_t i, all = 0, wanting = 0, open = 0, idle = 0, n = h->c->n;

	for (i = 0; i < n; i++) {
		const uint16_t *o = h->c->nets[i].tally.n[1];

		if (o[OUTCOME_SHORT] > 0)
			wanting++;
		else if (o[OUTCOME_UNKNOWN] > 0)
			open++;
		else if (o[OUTCOME_MEETS] > 0)
			all++;
		else
			idle++;
	}
	str_adds(h->out, "<p class=\"lead\">");
	if (n_required(h->c->req) == 0) {
		str_adds(h->out, "Nothing of this profile is required: the order is that of the weight that is met");
	} else {
		str_addf(h->out, "Of %zu network%s, ", n, n == 1 ? "" : "s");
		if (all == 0)
			str_adds(h->out, "none meets every required demand that applies");
		else
			str_addf(h->out, "%zu meet%s every required demand that applies", all, all == 1 ? "s" : "");
		lead_clause(h->out, wanting, "falls short of at least one", "fall short of at least one");
		lead_clause(h->out, open, "could not be judged on all of them, which is no pass",
		    "could not be judged on all of them, which is no pass");
		lead_clause(h->out, idle, "has none that applies", "have none that applies");
	}
	str_adds(h->out, ".</p>\n");
}

/* Evidence that is too far from the moment is said before any outcome. */
static void
age_banner(struct html_compare *h)
{
	struct utc oldest = UTC_NONE;
	size_t i, k, old = 0, undated = 0;
	char when[UTC_TEXT];

	for (i = 0; i < h->c->n; i++)
		for (k = 0; k < h->c->req->pack.n; k++) {
			const struct judgement *j = h->c->nets[i].held[k].judgement;

			undated += j->because == BECAUSE_UNDATED;
			if (j->because != BECAUSE_AGE)
				continue;
			old++;
			if (!utc_known(oldest) || j->decides->oldest.s < oldest.s)
				oldest = j->decides->oldest;
		}
	if (old > 0)
		str_addf(h->out, "<p class=\"notice old\"><strong>Old evidence, of %.10s.</strong> %zu of %zu "
		    "outcomes could not be judged from data: the evidence is further from the moment judged for than "
		    "the demand allows.</p>\n", utc_format(oldest, when), old, h->c->n * h->c->req->pack.n);
	if (undated > 0)
		str_addf(h->out, "<p class=\"notice old\"><strong>Undated evidence.</strong> %zu of %zu outcomes "
		    "could not be judged from data: nobody says how old the evidence is.</p>\n", undated,
		    h->c->n * h->c->req->pack.n);
}

static void
unseen(struct html_compare *h)
{
	size_t i, n = 0;

	for (i = 0; i < h->c->n; i++) {
		if (h->c->nets[i].as.seen)
			continue;
		if (n++ == 0)
			str_adds(h->out, "<p class=\"notice\"><strong>Not seen.</strong> Of the networks asked for, the "
			    "data shows no route that is announced or passed on by ");
		str_addf(h->out, "%sAS%" PRIu32, n > 1 ? ", " : "", h->c->nets[i].as.asn);
	}
	if (n > 0)
		str_adds(h->out, ".</p>\n");
}

static void
answer(struct html_compare *h)
{
	size_t i;

	str_adds(h->out, "<main id=\"main\">\n<section aria-labelledby=\"verdict\">\n<h2 id=\"verdict\">The answer</h2>\n");
	lead(h);
	age_banner(h);
	unseen(h);
	for (i = 0; i < h->c->req->n_from; i++)
		html_proposal(h->out, &h->c->req->from[i]);
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
