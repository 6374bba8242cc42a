#include "text_test.h"

#define ORGS "# format:org_id|changed|org_name|country|source\n"
#define ASES "# format:aut|changed|aut_name|org_id|opaque_id|source\n"
#define NO_TIME "time unknown\n"

static void
test_forms(void)
{
	gives(text_asorg,
	    "# name: AS Org\n# date: 202204\n" ORGS "A-1|20200101|An Org, Inc.|US|ARIN\n"
	    ASES "1|20200101|LVLT|A-1|e_ARIN|ARIN\n",
	    "org|A-1|An Org, Inc.|US|ARIN\nas 1|LVLT|A-1|ARIN\ntime 2022-04-01T00:00:00Z\n", "",
	    "a whole file");
	gives(text_asorg,
	    "# date: 20220415\n# format:aut|changed|aut_name|org_id|source\n7|||A-1|RIPE\n"
	    ORGS "A-1||||\n",
	    "as 7||A-1|RIPE\norg|A-1|||\ntime 2022-04-15T00:00:00Z\n", "",
	    "the old form, its sections the other way round");
	gives(text_asorg, "# date: soon\n" ORGS ASES, NO_TIME,
	    "field skipped asorg.date: not in the form expected", "a date that is none");
}

static void
test_bad(void)
{
	gives(text_asorg, "A-1|1|Org|US|ARIN\n" ORGS ASES, NO_TIME,
	    "record skipped asorg.format: not recognised", "a row before any format");
	gives(text_asorg, ORGS "A-1|1|Org|US\nA-2|1|Org|US|ARIN|x\n" ASES, NO_TIME,
	    "record skipped asorg.line: not in the form expected", "too few or too many columns");
	gives(text_asorg, ORGS "|1|Org|US|ARIN\n" ASES, NO_TIME,
	    "record skipped asorg.org_id: not in the form expected", "an organisation without id");
	gives(text_asorg, ORGS ASES "AS1|1|X|A-1|o|ARIN\n", NO_TIME,
	    "record skipped asorg.aut: not in the form expected", "an AS that is no number");
	gives(text_asorg, ORGS ASES "4294967296|1|X|A-1|o|ARIN\n", NO_TIME,
	    "record skipped asorg.aut: out of range", "an AS beyond 32 bits");
	gives(text_asorg, ORGS ASES "1|1|X||o|ARIN\n", NO_TIME,
	    "record skipped asorg.org_id: not in the form expected", "an AS of no organisation");
	gives(text_asorg, "# format:aut|changed\n1|2\n", NO_TIME,
	    "source incomplete asorg.format: not recognised", "a format without its columns");
	gives(text_asorg, "# format:aut|a|b|c|d|e|f|g|h\n", NO_TIME,
	    "source incomplete asorg.format: over a named limit", "a format of too many columns");
	gives(text_asorg, ORGS "A-1|1|Org|US|ARIN\n", "org|A-1|Org|US|ARIN\n" NO_TIME,
	    "source incomplete asorg.aut: input ends early", "a file cut before its AS section");
}

int
main(void)
{
	const char *file = ORGS "A-1|1|Org|US|ARIN\n" ASES "1|1|X|A-1|o|ARIN\n";

	test_forms();
	test_bad();
	holds_together(text_asorg, file, "as2org");
	breaks_off(text_asorg, file, "as2org");
	real_file(text_asorg, "manrs-2022/20220401.as-org2info.txt.gz", 89976 + 109912,
	    89976 + 109912, 0);
	return tap_done();
}
