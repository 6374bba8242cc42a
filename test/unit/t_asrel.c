#include "text_test.h"

#define NO_TIME "time unknown\n"

static void
test_forms(void)
{
	gives(text_asrel, "1|2|-1\n3|4|0\n5|6|1\n", "1 p2c 2\n3 p2p 4\n5 s2s 6\n" NO_TIME, "",
	    "serial-1 without a header");
	gives(text_asrel, "1|2|-1|bgp\n3|4|0|mlp\n", "1 p2c 2\n3 p2p 4\n" NO_TIME, "", "serial-2");
	gives(text_asrel,
	    "# input clique: 1 2\n# source:topology|BGP|20220505|ripe|rrc00\n"
	    "# source:topology|BGP|20220501|ripe|rrc01\r\n\n4294967295|1|0\r\n",
	    "4294967295 p2p 1\ntime 2022-05-05T00:00:00Z\n", "",
	    "the newest source date is the time of the file");
	gives(text_asrel, "# source:topology|BGP|2022\n# source:validation\n1|2|0\n",
	    "1 p2p 2\n" NO_TIME, "", "sources that carry no date");
	gives(text_asrel, "", NO_TIME, "", "an empty file");
}

static void
test_bad(void)
{
	static const struct {
		const char *text, *rows, *diag;
	} bad[] = {
	    {"1|2\n", NO_TIME, "record skipped asrel.line: not in the form expected"},
	    {"1|2|0|a|b\n", NO_TIME, "record skipped asrel.line: not in the form expected"},
	    {"1|2|0\n3|4|0|bgp\n", "1 p2p 2\n" NO_TIME,
	     "record skipped asrel.line: not in the form expected"},
	    {"1|x|0\n", NO_TIME, "record skipped asrel.as: not in the form expected"},
	    {"1|4294967296|0\n", NO_TIME, "record skipped asrel.as: out of range"},
	    {"0|1|0\n", NO_TIME, "record skipped asrel.as: out of range"},
	    {"7|7|0\n", NO_TIME, "record skipped asrel.as: contradicts itself"},
	    {"1|2|-2\n", NO_TIME, "record skipped asrel.relationship: not in the form expected"},
	    {"1|2|\n", NO_TIME, "record skipped asrel.relationship: not in the form expected"},
	    {"1|2|2\n3|4|0\n", NO_TIME, "source incomplete asrel.relationship: not recognised"},
	    {"1|2|0\n1|3|", "1 p2p 2\n" NO_TIME, "note asrel.line: input ends early"},
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		gives(text_asrel, bad[i].text, bad[i].rows, bad[i].diag, "a bad line");
}

static void
test_cut(void)
{
	struct text_run r = text_run(text_asrel, "1|2|0\n1|3|", 10, 0);

	ok(diags_stopped(&r.diags), "a last line that is cut and makes no sense stops the source");
	text_run_release(&r);
	r = text_run(text_asrel, "1|2|0\n1|3|0", 11, 0);
	ok(!diags_stopped(&r.diags) && r.n == 2, "one that makes sense is used");
	text_run_release(&r);
}

int
main(void)
{
	test_forms();
	test_bad();
	test_cut();
	holds_together(text_asrel, "# source:topology|BGP|20220501|x\n1|2|-1\n11|22|0\n", "serial-1");
	holds_together(text_asrel, "1|2|-1|bgp\n11|22|0|mlp\n", "serial-2");
	breaks_off(text_asrel, "1|2|-1\n11|22|0\n", "as-rel");
	real_file(text_asrel, "internet-2016-02/20160101.as-rel.txt.bz2", 210412, 210412, 0);
	real_file(text_asrel, "manrs-2022/20220501.as-rel.txt.bz2", 377859, 377859, 0);
	real_file(text_asrel, "google-leak-2017/asrel_201708.txt.gz", 263981, 263981, 0);
	return tap_done();
}
