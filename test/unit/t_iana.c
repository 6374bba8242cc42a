#include "text_test.h"

#define HEAD                                                                            \
	"Address Block,Name,RFC,Allocation Date,Termination Date,Source,Destination,Forwardable," \
	"Globally Reachable,Reserved-by-Protocol\r\n"

static void
test_forms(void)
{
	gives(text_iana, HEAD "10.0.0.0/8,Private-Use,[RFC1918],1996-02,N/A,True,True,True,False,False\r\n",
	    "10.0.0.0/8|Private-Use|[RFC1918]|\n", "", "a plain row");
	gives(text_iana,
	    HEAD "192.0.0.0/24 [2],\"\"\"This\"\"\",\"[RFC1]\r\n        [RFC2], Section 7\",,,,,,True [1],\r\n",
	    "192.0.0.0/24|\"This\"|[RFC1] [RFC2], Section 7|reachable\n", "",
	    "footnotes, quotes, and a field over two lines");
	gives(text_iana, HEAD "\"192.0.0.170/32, 192.0.0.171/32\",A,B,,2015-03,,,,N/A,\n",
	    "192.0.0.170/32|A|B|ended\n192.0.0.171/32|A|B|ended\n", "", "two blocks in one row");
	gives(text_iana, "rfc,name,address block,globally reachable,termination date\nR,N,::1/128,False,N/A\n",
	    "::1/128|N|R|\n", "", "columns in another order");
	gives(text_iana, HEAD, "", "", "no rows");
}

static void
test_bad(void)
{
	gives(text_iana, HEAD "10.0.0.0,A,B,,,,,,False,\n", "",
	    "record skipped iana.block: not in the form expected", "a block without length");
	gives(text_iana, HEAD "\"10.0.0.0/8, 10.0.0.1/8\",A,B,,,,,,False,\n", "",
	    "record skipped iana.block: out of range", "host bits in the second of two blocks");
	gives(text_iana, HEAD "10.0.0.0/8,A,B,,,,,,Perhaps,\n", "",
	    "record skipped iana.reachable: not in the form expected", "neither True nor False");
	gives(text_iana, HEAD "10.0.0.0/8,A,B\n", "",
	    "record skipped iana.line: not in the form expected", "too few columns");
	gives(text_iana, HEAD "10.0.0.0/8,\"A\"x,B,,,,,,False,\n", "",
	    "record skipped iana.line: not in the form expected", "text behind a quote");
	gives(text_iana, HEAD "10.0.0.0/8,\"A,B,,,,,,False,\n11.0.0.0/8,A,B,,,,,,False,\n", "",
	    "source incomplete iana.line: input ends early", "a quote that nothing closes");
	gives(text_iana, "Address Block,Name\n", "", "source incomplete iana.header: not recognised",
	    "a header without the columns");
	gives(text_iana, "", "", "source incomplete iana.line: input ends early", "an empty file");
}

/* A quote that stays open must not swallow a whole file. */
static void
test_row_limit(void)
{
	struct str s = {0};
	struct text_run r;
	int i;

	str_adds(&s, HEAD "10.0.0.0/8,\"A\n");
	for (i = 0; i < 100; i++)
		str_adds(&s, "11.0.0.0/8,A\n");
	r = text_run(text_iana, s.p, s.len, 0);
	ok(r.rows == 0 && r.diags.n_kept == 1 && r.diags.kept[0].err == ERR_LIMIT &&
	    r.diags.kept[0].level == DIAG_STOP_SOURCE && r.diags.kept[0].record < 70,
	    "a quote open over too many lines stops the source");
	text_run_release(&r);
	str_release(&s);
}

int
main(void)
{
	const char *file = HEAD "10.0.0.0/8,\"A\n  B\",C,,,,,,False,x\n";

	test_forms();
	test_bad();
	test_row_limit();
	holds_together(text_iana, file, "IANA");
	breaks_off(text_iana, file, "IANA");
	real_file(text_iana, "registry/iana-ipv4-special-registry-1.csv", 0, 26, 0);
	real_file(text_iana, "registry/iana-ipv6-special-registry-1.csv", 0, 25, 0);
	return tap_done();
}
