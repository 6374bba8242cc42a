#include "text_test.h"

#define NETOPS "\xef\xbb\xbf" "Organization Name,Areas,ASNs,Action 1: Filtering,Action 2: Anti-spoofing\n"
#define CDN "Organization Name,ASNs,Action 1: Filtering,Action 5: MANRS Adoption\n"

static void
test_forms(void)
{
	gives(text_manrs, NETOPS "CEDIA,EC,61468;27841,Yes,Yes\n", "netops|CEDIA|61468 27841\n", "",
	    "a network operator, behind a byte order mark");
	gives(text_manrs, CDN "Microsoft,8075;8074,Yes;RPKI,Yes\n", "cdn|Microsoft|8075 8074\n", "",
	    "a CDN");
	gives(text_manrs, CDN "\"A, \"\"B\"\" Ltd\",\"AS1, AS2  3;;as1.1\",Yes,Yes\n",
	    "cdn|A, \"B\" Ltd|1 2 3 65537\n", "", "quoted fields and every separator of ASNs");
	gives(text_manrs, CDN, "", "", "a list of nobody");
}

static void
test_bad(void)
{
	gives(text_manrs, NETOPS "Linkear Srl,AR,,Yes,No\n", "netops|Linkear Srl\n",
	    "note manrs.asns: not in the form expected", "a participant without ASN is kept");
	gives(text_manrs, CDN "X,1;none;2,Yes,Yes\n", "cdn|X|1 2\n",
	    "field skipped manrs.asn: not in the form expected", "one bad ASN of three");
	gives(text_manrs, CDN "X,4294967296;2,Yes,Yes\n", "cdn|X|2\n",
	    "field skipped manrs.asn: out of range", "an ASN over 32 bits");
	gives(text_manrs, CDN " ,1,Yes,Yes\nY,2,Yes,Yes\n", "cdn|Y|2\n",
	    "record skipped manrs.org: not in the form expected", "no name");
	gives(text_manrs, CDN "X,1,Yes\n", "", "record skipped manrs.line: not in the form expected",
	    "too few columns");
	gives(text_manrs, "Organization Name,Members\nX,1\n", "",
	    "source incomplete manrs.header: not recognised", "another list");
	gives(text_manrs, "", "", "source incomplete manrs.line: input ends early", "an empty file");
}

int
main(void)
{
	test_forms();
	test_bad();
	holds_together(text_manrs, CDN "X,\"1 2\",Yes,Yes\nY,3;4,Yes,No\n", "MANRS");
	breaks_off(text_manrs, CDN "X,\"1 2\",Yes,Yes\nY,3;4,Yes,No\n", "MANRS");
	/* 668 operators with 849 ASNs, 18 with 21; one operator lists none */
	real_file(text_manrs, "manrs-2022/manrs_isps.csv", 668, 668, 1);
	real_file(text_manrs, "manrs-2022/manrs_cdns.csv", 18, 18, 0);
	return tap_done();
}
