/* mark_report: reports for tests of marks, made at random, with what a naive reader says of them. */
#ifndef TEST_MARK_REPORT_H
#define TEST_MARK_REPORT_H

#include "base/str.h"
#include "base/utc.h"

#include <stdint.h>
#include <stdio.h>

#define MR_HEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define MR_CONTROLS 8
#define MR_METRICS 6
#define MR_TESTS 3

struct mr_control {
	bool required, best, whole;
	unsigned age;
	unsigned metric[MR_TESTS], n;
	bool judged[MR_TESTS];
	unsigned decides;		/* of metric */
	int verdict;			/* into mr_verdicts */
};

static const char *const mr_verdicts[] = {"PASS", "NOT_APPLICABLE", "WARN", "FAIL", "NO_DATA"};

struct mr {
	struct mr_control c[MR_CONTROLS];
	unsigned n;
	unsigned day[MR_METRICS];	/* of 2024, from 0: of the oldest evidence; MR_NO_DAY: unknown */
	unsigned at;			/* day of 2024 */
};
#define MR_NO_DAY 9999u

/* A day of 2024 and after, counted by hand. */
static inline void
mr_date(char out[32], unsigned day)
{
	static const unsigned months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year = 2024, month = 0, len;

	for (;;) {
		len = months[month] + (month == 1 && year % 4 == 0 ? 1u : 0u);	/* until 2100 */
		if (day < len)
			break;
		day -= len;
		month = (month + 1) % 12;
		year += month == 0;
	}
	snprintf(out, 32, "%u-%02u-%02uT00:00:00Z", year, month + 1, day + 1);
}

static inline void
mr_day(struct str *out, unsigned day)
{
	char text[32];

	mr_date(text, day);
	if (day == MR_NO_DAY)
		str_adds(out, "null");
	else
		str_addf(out, "\"%s\"", text);
}

static inline void
mr_pack(struct str *out, const struct mr *r)
{
	const struct mr_control *c;
	unsigned t;

	str_adds(out, "\"packs\":[{\"catalog_sha256\":\"" MR_HEX "\",\"controls\":[");
	for (c = r->c; c < r->c + r->n; c++) {
		str_addf(out, "%s{\"age_max_days\":%u,\"decides\":\"%s\",\"id\":\"C%d\",\"required\":%s,\"tests\":[",
		    c > r->c ? "," : "",
		    c->age, c->best ? "best" : "worst", (int)(c - r->c), c->required ? "true" : "false");
		for (t = 0; t < c->n; t++)
			str_addf(out, "%s{\"comparison\":\"%s\",\"metric\":\"m%u\"}", t > 0 ? "," : "", c->judged[t] ?
			    "at-least" : "none",
			    c->metric[t]);
		str_addf(out, "],\"title\":\"control %d\",\"whole_organisation\":%s}", (int)(c - r->c), c->whole ?
		    "true" : "false");
	}
	str_adds(out, "],\"id\":\"tender\",\"profile_sha256\":null,\"status\":\"published\",\"title\":\"A "
	    "tender\",\"version\":\"7\"}],");
}

/* A report on AS64499, which fails all, AS64500, and AS64501, which fails all: those around it have no say. */
static inline void
mr_write(struct str *out, const struct mr *r)
{
	unsigned asn, i;

	str_adds(out, "{\"at\":");
	mr_day(out, r->at);
	str_adds(out, ",\"format\":\"routemark-assessment/1\",\"inputs\":[{\"complete\":true,\"kind\":\"mrt\",\"sha256\":\"" MR_HEX
	    "\",\"time\":\"2024-02-01T00:00:00Z\"}],");
	mr_pack(out, r);
	str_adds(out, "\"results\":[");
	for (asn = 64499; asn <= 64501; asn++) {
		str_addf(out, "%s{\"asn\":%u,\"metrics\":[", asn > 64499 ? "," : "", asn);
		for (i = 0; i < MR_METRICS; i++) {
			str_addf(out, "%s{\"id\":\"m%u\",\"oldest\":", i > 0 ? "," : "", i);
			mr_day(out, asn == 64500 ? r->day[i] : 0);
			str_adds(out, "}");
		}
		str_addf(out, "],\"name\":\"NET-%u\",\"organisation\":\"\",\"packs\":[{\"controls\":[", asn);
		for (i = 0; i < r->n; i++)
			str_addf(out, "%s{\"decides\":\"m%u\",\"id\":\"C%u\",\"reason\":\"because "
			    "%u\",\"verdict\":\"%s\"}", i > 0 ? "," : "",
			    r->c[i].metric[r->c[i].decides], i, i, asn == 64500 ? mr_verdicts[r->c[i].verdict] : "FAIL");
		str_adds(out, "],\"id\":\"tender\"}]}");
	}
	str_adds(out, "]}\n");
}

enum mr_answer { MR_CARRIED, MR_REFUSED, MR_CONTRADICTS };

/* What a naive reader says: to which day, or how many required controls lack. */
static inline enum mr_answer
mr_naive(const struct mr *r, unsigned *to, unsigned *lacks)
{
	unsigned i, k, t, passed = 0, required = 0, first = UINT32_MAX;

	*lacks = 0;
	for (i = 0; i < r->n; i++) {
		const struct mr_control *c = &r->c[i];
		unsigned oldest = UINT32_MAX;

		if (!c->required)
			continue;
		required++;
		if (c->verdict > 1) {
			(*lacks)++;
			continue;
		}
		passed += c->verdict == 0;
		if (c->age == 0)
			continue;
		for (k = 0; k < r->n; k++)
			for (t = 0; t < r->c[k].n; t++) {
				bool mine = c->best && c->verdict == 0 ? k == i && t == c->decides :
				    (c->whole || k == i) && r->c[k].judged[t];
				unsigned day = r->day[r->c[k].metric[t]];

				if (!mine)
					continue;
				if (day == MR_NO_DAY)
					return MR_CONTRADICTS;
				oldest = day < oldest ? day : oldest;
			}
		if (oldest == UINT32_MAX)
			continue;
		if (oldest + c->age < r->at)
			return MR_CONTRADICTS;
		first = oldest + c->age < first ? oldest + c->age : first;
	}
	if (required == 0 || passed == 0)
		(*lacks)++;
	*to = first;
	if (*lacks > 0)
		return MR_REFUSED;
	if (first == UINT32_MAX || first <= r->at)
		*lacks = 1;
	return *lacks > 0 ? MR_REFUSED : MR_CARRIED;
}

#endif
