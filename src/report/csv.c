/* csv: a row per AS and control (RFC 4180, line feeds). For other programs and for spreadsheets: text
 * that a spreadsheet would take for a formula gets an apostrophe in front, and what could steer the terminal
 * that the rows are looked at on becomes "?". */
#include "base/utf8.h"
#include "report/report.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

void
report_csv_head(struct str *out)
{
	str_adds(out, "asn,name,organisation,pack,pack_version,control,required,verdict,metric,unit,value,num,den,"
	    "lo_percent,hi_percent,deciding,oldest_evidence,as_of,evidence_class,reason\n");
}

/* The text that was appended from from on, as a field. Most stays as it is. */
static void
field_end(struct str *out, size_t from)
{
	const char *text = out->p + from;
	size_t i, n = out->len - from;
	bool formula = n > 0 && strchr("=+-@\t\r", *text) != NULL;
	struct str plain = {0};

	if (!formula && utf8_ascii((const unsigned char *)text, n) && strpbrk(text, ",\"") == NULL)
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

static void
field(struct str *out, const char *text)
{
	size_t from = out->len;

	str_adds(out, text);
	field_end(out, from);
}

/* unit, value, num, den, lo, hi, deciding: empty when there is no number. */
static void
number_fields(struct str *out, const struct metric *m)
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

static void
row(struct str *out, const struct assessment *head, const struct as_result *r, const struct pack *p,
    const struct judgement *j)
{
	const struct metric *m = j->decides;
	char when[UTC_TEXT];
	size_t from;

	str_addu(out, r->asn);
	str_addc(out, ',');
	field(out, r->name);
	str_addc(out, ',');
	field(out, r->org);
	str_addc(out, ',');
	field(out, p->id);
	str_addc(out, ',');
	field(out, p->version);
	str_addf(out, ",%s,%s,%s,%s,", j->control->id, j->control->required ? "yes" : "no", verdict_word(j->verdict), m != NULL ? metric_word(m->id) : "");
	number_fields(out, m);
	if (m != NULL && utc_known(m->oldest))
		str_adds(out, utc_format(m->oldest, when));
	str_addf(out, ",%s,%s,", utc_format(head->at, when), j->control->evidence_class);
	from = out->len;
	say_reason(out, j);
	field_end(out, from);
	str_addc(out, '\n');
}

void
report_csv_as(struct str *out, const struct assessment *head, const struct as_result *r)
{
	size_t i, k;

	for (i = 0; i < r->n_packs; i++)
		for (k = 0; k < r->packs[i].n; k++)
			row(out, head, r, r->packs[i].pack, &r->packs[i].judgements[k]);
}
