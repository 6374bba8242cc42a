/* csv: a row per AS and control (RFC 4180, line feeds). For other programs and for spreadsheets: text
 * that a spreadsheet would take for a formula gets an apostrophe in front, and what could steer the terminal
 * that the rows are looked at on becomes "?". */
#include "base/eight.h"
#include "report/csv.h"
#include "rule/say.h"

#include <string.h>

void
report_csv_head(struct str *out)
{
	str_adds(out, "asn,name,organisation,pack,pack_version,control,required,verdict,metric,unit,value,num,den,"
	    "lo_percent,hi_percent,deciding,oldest_evidence,as_of,evidence_class,reason,pack_status\n");
}

static uint64_t
unclean(uint64_t v)
{
	return eight_not_ascii(v) | eight_is(v, ',') | eight_is(v, '"');
}

/* The text that was appended from from on, as a field. Most stays as it is. */
static void
field_end(struct str *out, size_t from)
{
	const char *text = out->p + from;
	size_t i, n = out->len - from;
	bool formula = n > 0 && strchr("=+-@\t\r", *text) != NULL;
	struct str plain = {0};

	if (!formula && !eight_find(text, n, unclean))
		return;
	str_add_plain(&plain, (struct span){text, n});
	out->len = from;
	if (!formula && strpbrk(plain.p, ",\"") == NULL) {
		str_add(out, str_span(&plain));
	} else {
		str_adds(out, formula ? "\"'" : "\"");
		for (i = 0; i < plain.len; i++) {
			if (plain.p[i] == '"')
				str_addc(out, '"');
			str_addc(out, plain.p[i]);
		}
		str_addc(out, '"');
	}
	str_release(&plain);
}

void
csv_field(struct str *out, const char *text)
{
	size_t from = out->len;

	str_adds(out, text);
	field_end(out, from);
	str_addc(out, ',');
}

void
csv_number(struct str *out, const struct metric *m)
{
	static const char *const unit[] = {[UNIT_SHARE] = "percent", [UNIT_COUNT] = "count",
	    [UNIT_SCORE] = "percent", [UNIT_BOOL] = "yes/no"};
	enum metric_unit u;

	if (m == NULL || m->state != METRIC_OK) {
		str_adds(out, ",,,,,,,");
		return;
	}
	u = metric_unit(m->id);
	str_adds(out, unit[u]);
	str_addc(out, ',');
	if (u == UNIT_SHARE || u == UNIT_SCORE)
		say_percent(out, m->value_ppm);
	else
		say_number(out, m);
	str_addc(out, ',');
	str_addu(out, m->num);
	str_addc(out, ',');
	str_addu(out, m->den);
	str_addc(out, ',');
	if (u == UNIT_SHARE)
		say_percent(out, m->lo_ppm);
	str_addc(out, ',');
	if (u == UNIT_SHARE)
		say_percent(out, m->hi_ppm);
	str_addc(out, ',');
	str_addu(out, m->n_deciding);
	str_addc(out, ',');
}

/* What the rows of one AS have in common. */
struct common {
	struct str who, pack;		/* fields, each with its comma */
	char at[UTC_TEXT], oldest[UTC_TEXT];
	struct utc oldest_of;		/* that oldest is the text of */
};

static void
text(struct str *out, const char *t)
{
	str_adds(out, t);
	str_addc(out, ',');
}

static void
oldest(struct str *out, struct common *c, struct utc t)
{
	if (!utc_known(t))
		return;
	if (t.s != c->oldest_of.s)
		utc_format(t, c->oldest);
	c->oldest_of = t;
	str_adds(out, c->oldest);
}

static void
row(struct str *out, struct common *c, const struct pack *p, const struct judgement *j)
{
	const struct metric *m = j->decides;
	size_t from;

	str_add(out, str_span(&c->who));
	str_add(out, str_span(&c->pack));
	text(out, j->control->id);
	text(out, j->control->required ? "yes" : "no");
	text(out, verdict_word(j->verdict));
	text(out, m != NULL ? metric_word(m->id) : "");
	csv_number(out, m);
	if (m != NULL)
		oldest(out, c, m->oldest);
	str_addc(out, ',');
	text(out, c->at);
	text(out, j->control->evidence_class);
	from = out->len;
	say_reason(out, j);
	field_end(out, from);
	str_addc(out, ',');
	str_adds(out, p->status);
	str_addc(out, '\n');
}

void
report_csv_as(struct str *out, const struct assessment *head, const struct as_result *r)
{
	struct common c = {.oldest_of = UTC_NONE};
	size_t i, k;

	utc_format(head->at, c.at);
	str_addu(&c.who, r->asn);
	str_addc(&c.who, ',');
	csv_field(&c.who, r->name);
	csv_field(&c.who, r->org);
	for (i = 0; i < r->n_packs; i++) {
		str_clear(&c.pack);
		csv_field(&c.pack, r->packs[i].pack->id);
		csv_field(&c.pack, r->packs[i].pack->version);
		for (k = 0; k < r->packs[i].n; k++)
			row(out, &c, r->packs[i].pack, &r->packs[i].judgements[k]);
	}
	str_release(&c.who);
	str_release(&c.pack);
}
