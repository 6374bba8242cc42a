#include "text_test.h"

#define HEAD1 "2|ripencc|20130418|1|19830705|20130418|+0200\n"
#define TAIL1 "claimed 1 time 2013-04-18T00:00:00Z\n"

static const char whole[] =
    "# terms of use\n"
    "2.3|apnic|20240102|5|19850701|20240101|+1000\n"
    "apnic|*|asn|*|2|summary\n"
    "apnic|*|ipv4|*|2|summary\n"
    "apnic|*|ipv6|*|1|summary\n"
    "apnic|AU|asn|64496|2|20020801|allocated|A91\n"
    "apnic||asn|0|4294967295||available|\n"
    "apnic|JP|ipv4|192.0.2.0|384|20110412|assigned|A92|e-stats\n"
    "iana|ZZ|ipv4|0.0.0.0|4294967296|00000000|reserved\n"
    "apnic|CN|ipv6|2001:db8::|32|20000101|ALLOCATED|A93\n";

static void
test_forms(void)
{
	gives(text_delegated, whole,
	    "asn 64496+2 allocated|apnic|AU|A91|2002-08-01T00:00:00Z\n"
	    "asn 0+4294967295 available|apnic|||unknown\n"
	    "ipv4 192.0.2.0+384 assigned|apnic|JP|A92|2011-04-12T00:00:00Z\n"
	    "ipv4 0.0.0.0+4294967296 reserved|iana|ZZ||unknown\n"
	    "ipv6 2001:db8::/32 allocated|apnic|CN|A93|2000-01-01T00:00:00Z\n"
	    "claimed 5 time 2024-01-02T00:00:00Z\n", "", "an extended file");
	gives(text_delegated, "2|nro|x|0|19830101|20240101|+0000\n",
	    "claimed 0 time 2024-01-01T00:00:00Z\n", "", "a file without records, serial no date");
	gives(text_delegated, "2|ripencc|1366322399|0|19830705|20130418|+0200\n",
	    "claimed 0 time 2013-04-18T21:59:59Z\n", "", "a serial that is a Unix time");
}

static void
test_bad_records(void)
{
	static const struct {
		const char *line, *diag;
	} bad[] = {
	    {"a|b|asn|1|1|20130418\n", "record skipped delegated.line: not in the form expected"},
	    {"a|b|ipv5|1|1|20130418|allocated\n",
	     "record skipped delegated.type: not in the form expected"},
	    {"a|b|asn|x|1|20130418|allocated\n",
	     "record skipped delegated.start: not in the form expected"},
	    {"a|b|asn|1|0|20130418|allocated\n", "record skipped delegated.value: out of range"},
	    {"a|b|asn|4294967295|2|20130418|allocated\n",
	     "record skipped delegated.value: out of range"},
	    {"a|b|ipv4|::|1|20130418|allocated\n",
	     "record skipped delegated.start: not in the form expected"},
	    {"a|b|ipv4|1.2.3.4|0|20130418|allocated\n",
	     "record skipped delegated.value: out of range"},
	    {"a|b|ipv4|255.255.255.255|2|20130418|allocated\n",
	     "record skipped delegated.value: out of range"},
	    {"a|b|ipv6|1.2.3.4|32|20130418|allocated\n",
	     "record skipped delegated.start: not in the form expected"},
	    {"a|b|ipv6|2001:db8::|129|20130418|allocated\n",
	     "record skipped delegated.value: out of range"},
	    {"a|b|ipv6|2001:db8::1|32|20130418|allocated\n",
	     "record skipped delegated.value: out of range"},
	    {"a|b|asn|1|1|20130418|sold\n",
	     "record skipped delegated.status: not in the form expected"},
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), HEAD1 "%s", bad[i].line);
		gives(text_delegated, text, TAIL1, bad[i].diag, "a bad record");
	}
	gives(text_delegated, HEAD1 "a|b|asn|1|1|2013|allocated\n",
	    "asn 1+1 allocated|a|b||unknown\n" TAIL1,
	    "field skipped delegated.date: not in the form expected", "a bad date");
}

static void
test_counts(void)
{
	gives(text_delegated, HEAD1, TAIL1, "source incomplete delegated.records: contradicts itself",
	    "fewer records than the header says");
	gives(text_delegated, HEAD1 "a|b|asn|1|1||allocated\na|b|asn|2|1||allocated\n",
	    "asn 1+1 allocated|a|b||unknown\nasn 2+1 allocated|a|b||unknown\n" TAIL1,
	    "source incomplete delegated.records: contradicts itself",
	    "more records than the header says");
	gives(text_delegated, HEAD1 "a|*|ipv4|*|1|summary\na|*|asn|*|0|summary\na|b|asn|1|1||allocated\n",
	    "asn 1+1 allocated|a|b||unknown\n" TAIL1,
	    "source incomplete delegated.summary: contradicts itself",
	    "a summary that says another number");
	gives(text_delegated, HEAD1 "a|*|ipv9|*|1|summary\na|b|asn|1|1||allocated\n",
	    "asn 1+1 allocated|a|b||unknown\n" TAIL1,
	    "record skipped delegated.summary: not in the form expected",
	    "a summary of an unknown type");
	gives(text_delegated, "a|b|asn|1|1||allocated\n", "claimed 0 time unknown\n",
	    "source incomplete delegated.version: not in the form expected", "no version line");
	gives(text_delegated, "# only\n", "claimed 0 time unknown\n",
	    "source incomplete delegated.version: input ends early", "no line at all");
	gives(text_delegated, "2|ripencc|20130418|many|19830705|20130418|+0200\n",
	    "claimed 0 time unknown\n",
	    "source incomplete delegated.records: not in the form expected", "no number of records");
	gives(text_delegated, "2|a-registry-of-17-c|20130418|1|19830705|20130418|+0200\n",
	    "claimed 0 time unknown\n",
	    "source incomplete delegated.version: not in the form expected", "too long a name");
}

/* Unlike tables without counts, this one notices a cut between two lines too. */
static void
test_cuts(void)
{
	size_t i, silent = 0, last = sizeof(whole) - 1 - strlen("|A93\n");

	for (i = 0; i < last; i++) {
		struct text_run r = text_run(text_delegated, whole, i, 0);

		silent += !diags_stopped(&r.diags);
		text_run_release(&r);
	}
	ok(silent == 0, "a file cut anywhere before its last record's status is incomplete");
}

int
main(void)
{
	test_forms();
	test_bad_records();
	test_counts();
	test_cuts();
	holds_together(text_delegated, whole, "delegated");
	breaks_off(text_delegated, whole, "delegated");
	real_file(text_delegated, "registry/delegated-ripencc-extended-20130418.gz", 111223, 111223, 0);
	real_file(text_delegated, "registry/delegated-afrinic-extended-20240219.bz2", 8635, 8635, 0);
	real_file(text_delegated, "internet-2016-02/delegated-afrinic-extended-20160223.txt.gz", 7554,
	    7554, 0);
	real_file(text_delegated, "internet-2016-02/delegated-apnic-extended-20160223.txt.gz", 74492,
	    74492, 0);
	real_file(text_delegated, "internet-2016-02/delegated-lacnic-extended-20160223.txt.gz", 36833,
	    36833, 0);
	return tap_done();
}
