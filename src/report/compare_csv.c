/* compare_csv: a row per network and demand, networks in their order, demands in the order that a buyer reads them. */
#include "report/compare.h"
#include "report/compare_lay.h"
#include "report/csv.h"
#include "rule/say.h"

static void
day(struct str *out, struct utc t)
{
	char buf[UTC_TEXT];

	if (utc_known(t))
		str_adds(out, utc_format(t, buf));
	str_addc(out, ',');
}

static void
said(struct str *out, void (*say)(struct str *, const struct held *), const struct held *h)
{
	struct str s = {0};

	say(&s, h);
	csv_field(out, s.p);
	str_release(&s);
}

static void
demand_fields(struct str *out, const struct comparison *c, const struct demand *d)
{
	struct str s = {0};

	csv_field(out, c->req->pack.id);
	csv_field(out, c->req->pack.version);
	csv_field(out, d->from->id);
	csv_field(out, d->from->version);
	csv_field(out, d->from->status);
	csv_field(out, d->control->id);
	csv_field(out, d->control->title);
	csv_field(out, d->control->required ? "yes" : "no");
	str_addu(out, d->weight);
	str_addc(out, ',');
	say_demand_bar(&s, d);
	csv_field(out, s.p);
	str_release(&s);
}

static void
answer_fields(struct str *out, const struct answer *a)
{
	if (a == NULL) {
		str_adds(out, ",,,,,");
		return;
	}
	csv_field(out, answer_word(a->value));
	csv_field(out, a->by);
	day(out, a->on);
	day(out, a->until);
	csv_field(out, a->text);
}

static void
row(struct str *out, const struct comparison *c, size_t at, const struct held *h)
{
	const struct as_result *as = &c->nets[at].as;
	const struct metric *m = h->judgement->decides;
	char when[UTC_TEXT];

	if (comparison_rank(c, at) > 0)
		str_addu(out, comparison_rank(c, at));
	str_addc(out, ',');
	str_addu(out, as->asn);
	str_addc(out, ',');
	csv_field(out, as->name);
	csv_field(out, as->org);
	csv_field(out, as->seen ? "yes" : "no");
	demand_fields(out, c, h->demand);
	csv_field(out, outcome_word(h->outcome));
	if (h->outcome == OUTCOME_SHORT)
		said(out, say_short, h);
	else
		str_addc(out, ',');
	csv_field(out, verdict_word(h->judgement->verdict));
	csv_field(out, m != NULL ? metric_word(m->id) : "");
	csv_number(out, m);
	day(out, m != NULL ? m->oldest : UTC_NONE);
	csv_field(out, utc_format(c->head->at, when));
	csv_field(out, class_word(h->demand->class));
	csv_field(out, class_word(h->demand->least));
	answer_fields(out, h->answer);
	said(out, say_held, h);
	out->p[out->len - 1] = '\n';	/* the last field's comma */
}

void
compare_csv(struct str *out, const struct comparison *c)
{
	size_t i, k;

	str_adds(out, "place,asn,name,organisation,seen,requirement,requirement_version,pack,pack_version,pack_status,control,"
	    "title,required,weight,bar,outcome,short_by,verdict,metric,unit,value,num,den,lo_percent,hi_percent,deciding,"
	    "oldest_evidence,as_of,evidence_class,least_evidence_class,answer,attested_by,attested_on,valid_until,"
	    "answer_text,reason\n");
	for (i = 0; i < c->n; i++)
		for (k = 0; k < c->req->pack.n; k++)
			row(out, c, i, &c->nets[i].held[c->order[k]]);
}
