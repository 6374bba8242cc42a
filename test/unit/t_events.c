#include "text_test.h"

static void
forms(void)
{
	gives(text_events, "# c\n\nM2 64500 2026-10-01T00:00:00Z 2026-10-01T00:29:00Z 1\n",
	    "M2 64500 2026-10-01T00:00:00Z 2026-10-01T00:29:00Z 1000000\n", "", "RFC 3339");
	gives(text_events, "M2C\tAS1.1  0 1800 0.5   # half an hour\n",
	    "M2C 65537 1970-01-01T00:00:00Z 1970-01-01T00:30:00Z 500000\n", "", "seconds, tabs, a comment behind");
	gives(text_events, "M1 1 20220501 20220502 0.000001\n",
	    "M1 1 1970-08-23T00:48:21Z 1970-08-23T00:48:22Z 1\n", "", "digits are seconds, never a date");
	gives(text_events, "M1 1 2026-10-01 2026-10-01T02:00:00+02:00 1.0\n",
	    "M1 1 2026-10-01T00:00:00Z 2026-10-01T00:00:00Z 1000000\n", "", "a date, a zone, no length");
	gives(text_events, "   # only a comment\n \t\n", "", "", "nothing");
}

static void
refusals(void)
{
	static const struct { const char *line, *diag; } bad[] = {
		{"M1 1 2 3\n", "event.line: not in the form expected"},
		{"M1 1 2 3 1 1\n", "event.line: not in the form expected"},
		{"M1 0 2 3 1\n", "event.asn: out of range"},
		{"M1 AS 2 3 1\n", "event.asn: not in the form expected"},
		{"M1 1 -2 3 1\n", "event.start: not in the form expected"},
		{"M1 1 2.5 3 1\n", "event.start: not in the form expected"},
		{"M1 1 2026-10-01T00:00:00 3 1\n", "event.start: not in the form expected"},
		{"M1 1 2026-10-01T00:00:00.5Z 3 1\n", "event.start: not in the form expected"},
		{"M1 1 2 2026-13-01 1\n", "event.end: out of range"},
		{"M1 1 2 253402300800 1\n", "event.end: out of range"},
		{"M1 1 1960-01-01 3 1\n", "event.start: out of range"},
		{"M1 1 3 2 1\n", "event.end: contradicts itself"},
		{"M1 1 2 3 0\n", "event.weight: out of range"},
		{"M1 1 2 3 1.000001\n", "event.weight: out of range"},
		{"M1 1 2 3 0.0000001\n", "event.weight: not in the form expected"},
		{"M1 1 2 3 .5\n", "event.weight: not in the form expected"},
		{"M1 1 2 3 1.\n", "event.weight: not in the form expected"},
		{"M1 1 2 3 0,5\n", "event.weight: not in the form expected"},
		{"M1 1 2 3 0.5.5\n", "event.weight: not in the form expected"},
		{"X 1 2 3 1\n", "event.metric: not recognised"},
	};
	char want[256];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(want, sizeof(want), "%s %s", diag_level_text(DIAG_SKIP_RECORD), bad[i].diag);
		gives(text_events, bad[i].line, "", want, bad[i].diag);
	}
}

static void
decimals(void)
{
	static const struct { const char *text; uint32_t ppm; } good[] = {{"0", 0}, {"1", 1000000}, {"0.5", 500000},
		{"0.000001", 1}, {"0.123456", 123456}, {"0.10", 100000}};
	uint32_t ppm;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(decimal_ppm(span_of(good[i].text), 1000000, &ppm) == OK && ppm == good[i].ppm, "%s is %u millionths",
		    good[i].text, good[i].ppm);
	ok(decimal_ppm(span_of("4294967295.999999"), UINT32_MAX, &ppm) == ERR_RANGE, "no wrap");
}

int
main(void)
{
	static const char text[] =
	    "# metric asn start end weight\nM2 64500 0 1740 1\nM2 64500 2026-10-01 2026-10-02 0.25\n";

	forms();
	refusals();
	decimals();
	holds_together(text_events, text, "a list");
	breaks_off(text_events, text, "a list");
	return tap_done();
}
