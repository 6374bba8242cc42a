#include "text_test.h"

#define OLD "\"timestamp\",\"ip\",\"asn\",\"network\",\"routedspoof\",\"session\",\"nat\"\n"
#define NEW "\"timestamp\",\"src_asn\",\"dst_asn\",\"network\",\"routedspoof\",\"session\",\"nat\"\n"
#define ROW1 "\"2019-08-27 00:06:24\",\"192.0.2.0\",64500,\"192.0.2.0/24\",\"received\",739969,\"True\"\n"

static void
test_forms(void)
{
	gives(text_spoofer, OLD ROW1,
	    "739969 AS64500 192.0.2.0/24 nat received none 2019-08-27T00:06:24Z\n", "",
	    "the form of 2019");
	gives(text_spoofer, NEW "\"2021-03-28 00:42:59\",64501,,\"2001:db8::/40\",\"blocked\",7,\"False\"\n",
	    "7 AS64501 2001:db8::/40 blocked none 2021-03-28T00:42:59Z\n", "", "the form of 2021");
	gives(text_spoofer, OLD "2019-08-27 00:06:24,,1,0.0.0.0/0,odd,18446744073709551615,False\n"
	    "2019-08-27 00:06:24,,1,0.0.0.0/0,,0,false\n",
	    "18446744073709551615 AS1 0.0.0.0/0 unknown none 2019-08-27T00:06:24Z\n"
	    "0 AS1 0.0.0.0/0 none none 2019-08-27T00:06:24Z\n", "",
	    "a result we do not know, and none");
}

static void
test_bad(void)
{
	static const struct {
		const char *row, *diag;
	} bad[] = {
	    {"yesterday,,1,0.0.0.0/0,received,1,True\n",
	     "record skipped spoofer.timestamp: not in the form expected"},
	    {"2019-08-27 00:06:24,,,0.0.0.0/0,received,1,True\n",
	     "record skipped spoofer.asn: not in the form expected"},
	    {"2019-08-27 00:06:24,,1,192.0.2.1/24,received,1,True\n",
	     "record skipped spoofer.network: out of range"},
	    {"2019-08-27 00:06:24,,1,,received,1,True\n",
	     "record skipped spoofer.network: not in the form expected"},
	    {"2019-08-27 00:06:24,,1,0.0.0.0/0,received,,True\n",
	     "record skipped spoofer.session: not in the form expected"},
	    {"2019-08-27 00:06:24,,1,0.0.0.0/0,received,1,perhaps\n",
	     "record skipped spoofer.nat: not in the form expected"},
	    {"2019-08-27 00:06:24,,1\n", "record skipped spoofer.line: not in the form expected"},
	};
	char text[512];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), OLD "%s", bad[i].row);
		gives(text_spoofer, text, "", bad[i].diag, "a bad row");
	}
	gives(text_spoofer, "timestamp,session\n", "", "source incomplete spoofer.header: not recognised",
	    "a header without the columns");
}

static void
test_sessions(void)
{
	struct text_run r = text_run(text_spoofer, OLD ROW1 ROW1, strlen(OLD ROW1 ROW1), 0);

	ok(r.n == 1 && r.rows == 2, "two rows of one session are one session");
	text_run_release(&r);
}

int
main(void)
{
	test_forms();
	test_bad();
	test_sessions();
	holds_together(text_spoofer, OLD ROW1, "Spoofer CSV");
	breaks_off(text_spoofer, OLD ROW1, "Spoofer CSV");
	real_file(text_spoofer, "spoofer/caida_ip_spoofer.csv", 5, 5, 0);
	real_file(text_spoofer, "spoofer/event4_ip_spoofer.csv", 6, 6, 0);
	return tap_done();
}
