#include "rule/say.h"

#include <assert.h>
#include <inttypes.h>

/* How a metric reads: "NUM of DEN things do"; for scores: what stands behind the score. A bool has its
 * two answers. */
static const struct {
	const char *of, *what;
} words[METRIC_N] = {
	[M_ROV_INVALID] = {"originated routes", "RPKI-invalid"},
	[M_ROA_COVERAGE] = {"originated routes", "covered by a VRP"},
	[M_MAXLEN_EXPOSURE] = {"VRPs", "looser than what is announced"},
	[M_IRR_REGISTERED] = {"originated routes", "with a route object"},
	[M_IRR_AUTHORITATIVE] = {"originated routes", "with a route object in an authoritative registry"},
	[M_IRR_CONFLICT] = {"route objects", "contradicted by a VRP"},
	[M_M7IRR] = {"originated routes", "registered in an IRR"},
	[M_M7RPKI] = {"originated routes", "RPKI-valid, less ten times invalid"},
	[M_M8] = {"a contact is registered", "no contact is registered"},
	[M_M5] = {"client networks tested", "could spoof"},
	[M_BOGON_PREFIX_ORIGINATED] = {"originated routes", "of full bogons"},
	[M_BOGON_PREFIX_PROPAGATED] = {"routes from neighbours", "of full bogons"},
	[M_BOGON_ASN_ORIGINATED] = {"originated routes", "with a bogon ASN"},
	[M_BOGON_ASN_PROPAGATED] = {"routes from neighbours", "with a bogon ASN"},
	[M_ADMIN_BOGON_ORIGINATED] = {"originated routes", "administrative bogons"},
	[M_ADMIN_BOGON_PROPAGATED] = {"routes from neighbours", "administrative bogons"},
	[M_CUSTOMER_INVALID] = {"customer routes passed on", "RPKI-invalid"},
	[M_CUSTOMER_BAD] = {"customer routes passed on", "bad by the Action 1 test"},
	[M_IMC22_A1] = {"customer routes passed on", "bad"},
	[M_IMC22_A4] = {"originated routes", "good"},
	[M_CONTACT_FRESH] = {"contacts in registry and PeeringDB are fresh", "contacts are missing or stale"},
	[M_SAV] = {"client networks tested", "let a spoofed packet out"},
	[M_AS_SET_ORIGINATED] = {"routes", "with an AS_SET as origin"},
	[M_ASPA] = {"an ASPA is published", "no ASPA is published"},
	[M_WILD_INVALID] = {"RPKI-invalid routes offered to it", "passed on"},
	[M_LEAK_PROVEN] = {"routes passed on that OTC or ASPAs could show", "leaked"},
	[M_OTC_SEEN] = {"routes announced or passed on", "marked only-to-customer"},
	[M_MISORIGINATION] = {"originated routes", "that the RPKI gives to another, who announces them"},
	[M_M1_SCORE] = {"hours watched:", "route leaks, by their length"},
	[M_M1C_SCORE] = {"hours watched:", "route leaks of a neighbour accepted, by their length"},
	[M_M2_SCORE] = {"hours watched:", "misoriginations, by their length"},
	[M_M2C_SCORE] = {"hours watched:", "misoriginations of a neighbour accepted, by their length"},
	[M_M3_SCORE] = {"hours watched:", "bogon prefixes announced, by the length"},
	[M_M3C_SCORE] = {"hours watched:", "bogon prefixes of a neighbour accepted, by the length"},
	[M_M4_SCORE] = {"hours watched:", "announced as a bogon ASN, by the length"},
	[M_M4C_SCORE] = {"hours watched:", "bogon ASNs of a neighbour accepted, by the length"},
	[M_TABLE_INVALID] = {"routes in the table", "RPKI-invalid"},
	[M_TABLE_BOGON_PREFIX] = {"routes in the table", "of full bogons"},
	[M_TABLE_BOGON_ASN] = {"routes in the table", "with a bogon ASN on the path"},
};

void
say_percent(struct str *out, int64_t ppm)
{
	int64_t hundredths = (ppm + 50) / 100;

	if (hundredths == 0 && ppm > 0)
		hundredths = 1;
	if (hundredths == 10000 && ppm < 1000000)
		hundredths = 9999;
	str_addu(out, (uint64_t)hundredths / 100);
	str_addc(out, '.');
	str_addc(out, (char)('0' + hundredths / 10 % 10));
	str_addc(out, (char)('0' + hundredths % 10));
}

void
say_bar(struct str *out, enum metric_unit unit, int64_t bar)
{
	int64_t rest = bar % 10000, place = 1000;

	switch (unit) {
	case UNIT_COUNT:
		str_addu(out, (uint64_t)bar);
		return;
	case UNIT_BOOL:
		str_adds(out, bar > 0 ? "yes" : "no");
		return;
	case UNIT_SHARE:
	case UNIT_SCORE:
		break;
	}
	str_addu(out, (uint64_t)bar / 10000);
	if (rest > 0)
		str_addc(out, '.');
	for (; rest > 0; rest %= place, place /= 10)
		str_addc(out, (char)('0' + rest / place));
	str_adds(out, " %");
}

void
say_bars(struct str *out, const struct control_test *t, bool is_cdn)
{
	int64_t pass = is_cdn && t->pass_cdn >= 0 ? t->pass_cdn : t->pass;
	enum metric_unit unit = metric_unit(t->metric);
	bool least = t->compare == COMPARE_AT_LEAST;

	if (unit != UNIT_BOOL)
		str_adds(out, least ? "at least " : "at most ");
	say_bar(out, unit, pass);
	if (t->warn != t->pass) {
		str_adds(out, " (warn ");
		say_bar(out, unit, t->warn);
		str_addc(out, ')');
	} else {
		str_adds(out, least ? " required" : " allowed");
	}
}

void
say_number(struct str *out, const struct metric *m)
{
	switch (metric_unit(m->id)) {
	case UNIT_COUNT:
		str_addu(out, m->num);
		return;
	case UNIT_BOOL:
		str_adds(out, m->num > 0 ? "yes" : "no");
		return;
	case UNIT_SHARE:
	case UNIT_SCORE:
		break;
	}
	say_percent(out, m->value_ppm);
	str_adds(out, " %");
}

/* What was seen and is held against nobody, since it may be in order, or another's doing: a good number does not say that
 * there was nothing. */
static const struct { const char *part, *text; } aside[] = {
	{"unsure", "more not sure enough to count"},
	{"by-strangers", "more left out: announced by way of a network that was never seen beside it"},
};

bool
say_aside(struct str *out, const struct metric *m)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++)
		for (k = 0; k < sizeof(aside) / sizeof(*aside); k++) {
			if (m->part[i].n == 0 || strcmp(m->part[i].name, aside[k].part) != 0)
				continue;
			any = true;
			if (out != NULL)
				str_addf(out, "; %" PRIu64 " %s", m->part[i].n, aside[k].text);
		}
	return any;
}

void
say_what(struct str *out, const struct metric *m)
{
	assert(m->state == METRIC_OK && words[m->id].of != NULL);
	if (metric_unit(m->id) == UNIT_BOOL) {
		str_adds(out, m->num > 0 ? words[m->id].of : words[m->id].what);
		return;
	}
	str_adds(out, words[m->id].of);
	str_addc(out, ' ');
	str_adds(out, words[m->id].what);
	(void)say_aside(out, m);
}

void
say_count(struct str *out, const struct metric *m)
{
	if (metric_unit(m->id) == UNIT_BOOL)
		return;
	if (metric_windowed(m->id)) {	/* tenths of a point, which are no part of the hours */
		str_addf(out, "%" PRIu64 ".%" PRIu64 " points in %" PRIu64 " ", m->num / 10, m->num % 10, m->den);
		return;
	}
	str_addu(out, m->num);
	str_adds(out, " of ");
	str_addu(out, m->den);
	str_addc(out, ' ');
}

void
say_metric(struct str *out, const struct metric *m)
{
	enum metric_unit unit = metric_unit(m->id);

	if (unit == UNIT_SCORE) {
		str_adds(out, "score ");
		say_number(out, m);
		str_adds(out, ": ");
	}
	say_count(out, m);
	say_what(out, m);
	if (unit != UNIT_SHARE)
		return;
	str_adds(out, " (");
	say_number(out, m);
	str_adds(out, ", 95 % interval ");
	say_percent(out, m->lo_ppm);
	str_addc(out, '-');
	say_percent(out, m->hi_ppm);
	str_addc(out, ')');
}

void
say_siblings(struct str *out, const struct metric *m)
{
	struct metric worst = *m, all = *m;

	worst.value_ppm = m->org.worst_ppm;
	worst.num = (uint64_t)m->org.worst_ppm;
	all.value_ppm = m->org.weighted_ppm;
	all.num = m->org.num;
	str_addf(out, "%" PRIu32 " of %" PRIu32 " ASNs measured; worst AS%" PRIu32 " with ", m->org.n, m->org.n_all,
	    m->org.worst_asn);
	say_number(out, &worst);
	str_adds(out, "; all together ");
	say_number(out, &all);
}
