/* compare_text: the comparison for a terminal: what it rests on, the matrix, each network, what the order means. */
#include "report/compare_lay.h"
#include "report/exposure_lay.h"

#include <inttypes.h>

#define LABEL 10u

/* --- what is asked, and what was answered --- */

static size_t
demands_from(const struct requirement *req, const struct pack *from)
{
	size_t i, n = 0;

	for (i = 0; i < req->pack.n; i++)
		n += req->demands[i].from == from;
	return n;
}

static void
packs(struct str *out, const struct requirement *req, struct text_style style)
{
	struct str s = {0};
	size_t i, n;

	for (i = 0; i < req->n_from; i++) {
		n = demands_from(req, &req->from[i]);
		str_clear(&s);
		str_addf(&s, "%s %s%s, %zu demand%s: %s", req->from[i].id, req->from[i].version, pack_label(&req->from[i]), n,
		    say_plural(n), req->from[i].title);
		lay_labelled(out, style, 0, LABEL, i == 0 ? "from" : "", s.p);
		if (req->from[i].proposal && req->from[i].remarks != NULL)
			lay_labelled(out, style, 0, LABEL, "", req->from[i].remarks);
	}
	str_release(&s);
}

static void
requirement(struct str *out, const struct requirement *req, struct text_style style)
{
	const struct pack *p = &req->pack;
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	size_t i, required = 0;

	for (i = 0; i < p->n; i++)
		required += p->controls[i].required;
	sha256_hex(p->profile_sha256, hex);
	str_addf(&s, "%s %s%s: %s; %zu required, %zu wished; sha256 %.12s", p->id, p->version, pack_label(p), p->title,
	    required, p->n - required, hex);
	lay_labelled(out, style, 0, LABEL, "requires", s.p);
	str_release(&s);
	packs(out, req, style);
}

static void
answers(struct str *out, const struct comparison *c, struct text_style style)
{
	const struct answers *a = c->answers;
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	size_t used;

	if (a == NULL)
		return;
	used = a->n - c->n_answers_unused;
	sha256_hex(a->sha256, hex);
	str_addf(&s, "%zu to what is asked of these networks, attested and not measured; sha256 %.12s", used, hex);
	if (c->n_answers_unused > 0)
		str_addf(&s, "; %" PRIu64 " of other networks or to what is not asked", c->n_answers_unused);
	if (a->n_skipped > 0)
		str_addf(&s, "; %" PRIu64 " row%s could not be used", a->n_skipped, say_plural(a->n_skipped));
	lay_labelled(out, style, 0, LABEL, "answers", s.p);
	str_release(&s);
}

/* Ids mean nothing to who does not know the packs. */
static void
demands(struct str *out, const struct comparison *c, struct text_style style)
{
	unsigned id = compare_id_width(c->req), at = 2 + id + 3, w;
	struct str s = {0};
	size_t k;

	lay_heading(out, style, "Demands");
	for (k = 0; k < c->req->pack.n; k++) {
		const struct demand *d = &c->req->demands[c->order[k]];

		w = lay_width(d->control->id);
		lay_spaces(out, 2);
		str_add_plain(out, span_of(d->control->id));
		lay_spaces(out, w < id ? id - w : 0);
		str_adds(out, d->control->required ? " * " : "   ");
		str_clear(&s);
		str_addf(&s, "%s, %s%s", d->control->title, d->from->id, pack_label(d->from));
		if (d->reason != NULL)
			str_addf(&s, ": %s", d->reason);
		lay_wrapped(out, style, w > id ? at + w - id : at, at, s.p);
		str_addc(out, '\n');
	}
	lay_paragraph(out, style, 2, "* required, the others are wished; WT. is the weight, and BAR what is asked for.");
	str_release(&s);
}

void
compare_text(struct str *out, const struct comparison *c, struct text_style style)
{
	size_t i;

	report_text_head(out, c->head, style);
	requirement(out, c->req, style);
	answers(out, c, style);
	compare_matrix(out, c, style);
	demands(out, c, style);
	for (i = 0; i < c->n; i++) {
		str_addc(out, '\n');
		compare_net(out, c, i, style);
	}
	lay_heading(out, style, "What the order says");
	lay_paragraph(out, style, 2, "Networks that are short of fewer required demands stand first; then those of which fewer "
	    "required demands cannot be judged; then those with the larger share of the weight met of what applies; then those "
	    "with less weight short. Who is equal in all of that shares a place and stands by ASN. A "
	    "network of which no demand that applies could be judged has no place and stands last.");
	lay_paragraph(out, style, 2, "It is an order by what this buyer asks for and by the evidence named above, of its date, "
	    "and says nothing else of a network. \"Cannot judge\" is no pass, and no fault either: nobody is convicted by "
	    "missing data. What is attested was said by the provider and was not measured.");
}
