/* tender_questions: what is asked of the provider, as the second part of the text and as a sheet. */
#include "report/csv.h"
#include "report/markdown.h"
#include "report/tender_int.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- Markdown --- */

static void
intro(struct str *out, unsigned required, unsigned wished)
{
	struct str s = {0};

	md_heading(out, 2, "Part 2: the questionnaire");
	str_addf(&s, "What data cannot show, or not alone, the Provider answers: %u required, %u wished. The sheet to "
	    "fill in is written by `routemark require text --csv`, a row for each question and Network; it comes back "
	    "to `routemark compare --answers`.", required, wished);
	md_paragraph(out, s.p);
	str_clear(&s);
	str_adds(&s, "For each: Provider answer (Yes, No or NA), Implementation description, Evidence (title, version "
	    "and place of the document), Attested by (name and office), Attested on and Valid until (YYYY-MM-DD). "
	    "**An answer is attested evidence, never measured.** It does not count when it is not signed, not dated, "
	    "dated after the day of judging, too old, or run out. NA is not met until the Buyer agrees to it.");
	md_paragraph(out, s.p);
	str_release(&s);
}

static void
question(struct str *out, const struct ask *a)
{
	const struct demand *d = a->demand;
	const struct control *c = d->control;
	struct str s = {0};

	tender_item(out, d, c->id, "Does the following hold for each Network?");
	if (c->guidance != NULL && a->number == 0)
		md_item_text(out, "Note of the pack", c->guidance);
	say_least(&s, d);
	md_item(out, "Evidence that counts", s.p);
	str_clear(&s);
	say_check(&s, a);
	md_item_text(out, "How it will be checked", s.p);
	str_release(&s);
}

void
tender_questions(struct str *out, const struct tender *t, const struct ask *asks)
{
	unsigned n[2] = {0, 0};
	size_t i;

	for (i = 0; i < t->req->pack.n; i++)
		if (demand_is_question(asks[i].demand))
			n[asks[i].demand->control->required]++;
	if (n[0] + n[1] == 0) {
		md_heading(out, 2, "Part 2: the questionnaire");
		md_paragraph(out, "Nothing is asked of the Provider: data can show all of the above.");
		return;
	}
	intro(out, n[1], n[0]);
	for (i = 0; i < t->req->pack.n; i++)
		if (demand_is_question(asks[i].demand))
			question(out, &asks[i]);
}

/* --- the sheet --- */

/* asn NULL: the provider fills it in. */
static void
row(struct str *out, const struct ask *a, const uint32_t *asn)
{
	const struct demand *d = a->demand;
	const struct control *c = d->control;
	struct str s = {0};

	csv_field(out, c->id);
	str_addf(&s, "Does the following hold for %s? %s", asn != NULL ? "this network" : "the network", c->statement);
	csv_field(out, s.p);
	str_clear(&s);
	if (asn != NULL)
		str_addu(&s, *asn);
	csv_field(out, asn != NULL ? s.p : "");
	str_adds(out, ",,,");	/* Provider answer, Implementation description, Evidence */
	csv_field(out, c->id);
	csv_field(out, c->statement);
	csv_field(out, c->title);
	csv_field(out, c->group);
	csv_field(out, c->required ? "yes" : "no");
	csv_field(out, class_word(d->least));
	str_clear(&s);
	str_adds(&s, "Control ");
	say_control(&s, d);
	str_adds(&s, ". ");
	say_check(&s, a);
	csv_field(out, s.p);
	str_adds(out, ",,\n");	/* Attested by, Attested on, Valid until */
	str_release(&s);
}

void
tender_csv(struct str *out, const struct tender *t)
{
	struct ask *asks = asks_make(t->req);
	size_t i, k;

	str_adds(out, "Question ID,Question,ASN,Provider answer,Implementation description,Evidence,Control ID,"
	    "Control specification,Control title,Domain,Required,Least evidence,How it will be checked,Attested by,"
	    "Attested on,Valid until\n");
	for (i = 0; i < t->req->pack.n; i++) {
		if (!demand_is_question(asks[i].demand))
			continue;
		for (k = 0; k < (t->n > 0 ? t->n : 1); k++)
			row(out, &asks[i], t->n > 0 ? &t->asn[k] : NULL);
	}
	free(asks);
}
