/* history_csv: a row for each network, pack, control and month; one without a pack for a network of which nothing is
 * known, so that nothing asked for is silently missing. */
#include "archive/history.h"
#include "archive/history_int.h"
#include "report/csv.h"
#include "rule/say.h"

#include <inttypes.h>

static void
number_fields(struct str *out, const struct history_cell *c)
{
	static const char *const unit[] = {[UNIT_SHARE] = "percent", [UNIT_COUNT] = "count", [UNIT_SCORE] = "percent",
	    [UNIT_BOOL] = "yes/no"};

	if (!c->has_number) {
		str_adds(out, ",,,,,,");
		return;
	}
	str_addf(out, "%s,", unit[c->unit]);
	if (c->unit == UNIT_SHARE || c->unit == UNIT_SCORE)
		say_percent(out, c->value);
	else if (c->unit == UNIT_COUNT)
		str_addu(out, c->num);
	else
		str_adds(out, c->num > 0 ? "yes" : "no");
	str_addf(out, ",%" PRIu64 ",%" PRIu64 ",", c->num, c->den);
	if (c->unit == UNIT_SHARE) {
		say_percent(out, c->lo_ppm);
		str_addc(out, ',');
		say_percent(out, c->hi_ppm);
		str_addc(out, ',');
	} else {
		str_adds(out, ",,");
	}
}

/* Ppm as points with all their digits, "-4.1234"; counts, and yes less no, plain: a spreadsheet adds them up. */
static void
change_field(struct str *out, const struct history_cell *c)
{
	int64_t v = c->change, size = v < 0 ? -v : v;

	if (c->has_change && (c->unit == UNIT_SHARE || c->unit == UNIT_SCORE))
		str_addf(out, "%s%" PRId64 ".%04" PRId64, v < 0 ? "-" : "", size / 10000, size % 10000);
	else if (c->has_change)
		str_addf(out, "%" PRId64, c->unit == UNIT_BOOL ? v / 1000000 : v);
	str_addc(out, ',');
}

static void
cautions_field(struct str *out, const struct history_month *m, const struct history_cell *c)
{
	struct str s = {0};
	size_t i;

	if (m->gap)
		str_adds(&s, "the month before is not in the archive");
	for (i = 0; i < m->n_cautions; i++)
		str_addf(&s, "%s%s", s.len > 0 ? "; " : "", m->cautions[i]);
	for (i = 0; i < c->n_cautions; i++)
		str_addf(&s, "%s%s", s.len > 0 ? "; " : "", c->cautions[i]);
	csv_field(out, s.p != NULL ? s.p : "");
	str_release(&s);
}

static void
row(struct str *out, const struct archive_history *h, const struct history_control *c, const struct history_month *m,
    const struct history_cell *cell)
{
	char hex[SHA256_HEX + 1], when[UTC_TEXT];

	str_addf(out, "%" PRIu32 ",", h->asn);
	csv_field(out, h->name);
	csv_field(out, h->org);
	csv_field(out, m->pack.id);
	csv_field(out, m->pack.version);
	csv_field(out, c->id);
	str_addf(out, "%s,%s,%s,", c->required ? "yes" : "no", m->label, utc_format(m->at, when));
	str_addf(out, "%s,%s,", verdict_word(cell->verdict), cell->decides != NULL ? cell->decides : "");
	number_fields(out, cell);
	change_field(out, cell);
	cautions_field(out, m, cell);
	str_addf(out, "%s,", utc_known(cell->oldest) ? utc_format(cell->oldest, when) : "");
	csv_field(out, cell->reason != NULL ? cell->reason : "");
	sha256_hex(m->digest, hex);
	str_addf(out, "%s,%s\n", hex, m->pack.status);
}

void
history_csv(struct str *out, const struct archive_history *h, size_t n, const struct history_query *q)
{
	size_t i, p, c, m;

	if (q->incidents) {
		history_windows_csv(out, h, n);
		return;
	}
	str_adds(out, "asn,name,organisation,pack,pack_version,control,required,month,as_of,verdict,metric,unit,value,num,den,"
	    "lo_percent,hi_percent,change,cautions,oldest_evidence,reason,assessment,pack_status\n");
	for (i = 0; i < n; i++) {
		if (h[i].n_packs == 0)
			str_addf(out, "%" PRIu32 ",,,,,,,,,NO_DATA,,,,,,,,,,,in no assessment of the archive,,\n", h[i].asn);
		for (p = 0; p < h[i].n_packs; p++)
			for (c = 0; c < h[i].packs[p].n_controls; c++)
				for (m = 0; m < h[i].packs[p].n_months; m++)
					if (h[i].packs[p].controls[c].cells[m].there)
						row(out, &h[i], &h[i].packs[p].controls[c], &h[i].packs[p].months[m],
						    &h[i].packs[p].controls[c].cells[m]);
	}
}
