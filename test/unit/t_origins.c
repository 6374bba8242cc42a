#include "text_test.h"

static void
test_pfx2as(void)
{
	gives(text_pfx2as, "1.0.0.0\t24\t15169\n", "1.0.0.0/24 15169 0\n", "", "one origin");
	gives(text_pfx2as, "2001:db8::\t32\t1_2,3_4\n",
	    "2001:db8::/32 1 0\n2001:db8::/32 {2,3} 0\n2001:db8::/32 4 0\n", "",
	    "several origins, one a set");
	gives(text_pfx2as, "0.0.0.0\t0\t0\n255.255.255.255\t32\t4294967294\n",
	    "0.0.0.0/0 0 0\n255.255.255.255/32 4294967294 0\n", "", "the least and the most");
	gives(text_pfx2as, "", "", "", "an empty file");
	gives(text_pfx2as, "1.0.0.0\t24\t1", "", "note pfx2as.line: input ends early",
	    "a last line without a line feed is not used: AS1 may have been AS15169");
	gives(text_pfx2as, "1.0.0.0\t24\t1\n1.0.1.0\t2", "1.0.0.0/24 1 0\n",
	    "note pfx2as.line: input ends early", "a file that ends within a line");
}

static void
test_pfx2as_bad(void)
{
	static const struct {
		const char *line, *diag;
	} bad[] = {
	    {"1.0.0.0\t33\t1\n", "record skipped pfx2as.length: out of range"},
	    {"2001:db8::\t129\t1\n", "record skipped pfx2as.length: out of range"},
	    {"1.0.0.0\t-1\t1\n", "record skipped pfx2as.length: not in the form expected"},
	    {"1.0.0.0\t024\t1\n", "record skipped pfx2as.length: not in the form expected"},
	    {"1.0.0.1\t24\t1\n", "record skipped pfx2as.prefix: out of range"},
	    {"1.0.0\t24\t1\n", "record skipped pfx2as.prefix: not in the form expected"},
	    {"1.0.0.0\t24\t\n", "record skipped pfx2as.origin: not in the form expected"},
	    {"1.0.0.0\t24\t1_\n", "record skipped pfx2as.origin: not in the form expected"},
	    {"1.0.0.0\t24\t1,,2\n", "record skipped pfx2as.origin: not in the form expected"},
	    {"1.0.0.0\t24\t4294967295\n", "record skipped pfx2as.origin: out of range"},
	    {"1.0.0.0\t24\n", "record skipped pfx2as.line: not in the form expected"},
	    {"1.0.0.0\t24\t1\t2\n", "record skipped pfx2as.line: not in the form expected"},
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		gives(text_pfx2as, bad[i].line, "", bad[i].diag, "a bad line");
	gives(text_pfx2as, "1.0.0.0\t24\t1_x\n1.0.0.0\t24\t7\n", "1.0.0.0/24 7 0\n",
	    "record skipped pfx2as.origin: not in the form expected",
	    "of a line with one bad origin nothing is used, of the next one all");
}

static void
test_riswhois(void)
{
	gives(text_riswhois, "% RIS\n\n13335\t1.0.0.0/24\t450\n{1,2}\t10.0.0.0/8\t3\n{7}\t::/0\t1\n",
	    "1.0.0.0/24 13335 450\n10.0.0.0/8 {1,2} 3\n::/0 {7} 1\n", "", "a RIS whois dump");
	gives(text_riswhois, "1,2\t1.0.0.0/24\t4\n", "",
	    "record skipped riswhois.origin: not in the form expected", "a set without braces");
	gives(text_riswhois, "{1,2\t1.0.0.0/24\t4\n", "",
	    "record skipped riswhois.origin: not in the form expected", "a set left open");
	gives(text_riswhois, "1\t1.0.0.1/24\t4\n", "",
	    "record skipped riswhois.prefix: out of range", "host bits");
	gives(text_riswhois, "1\t1.0.0.0/24\t\n", "",
	    "record skipped riswhois.peers: not in the form expected", "no number of peers");
	gives(text_riswhois, "1\t1.0.0.0\t4\n", "",
	    "record skipped riswhois.prefix: not in the form expected", "a prefix without length");
}

static enum err
stop(void *arg, const struct origin_route *r)
{
	(void)r;
	++*(int *)arg;
	return ERR_STOPPED;
}

static void
test_stop(void)
{
	struct feed_mem m = {(const uint8_t *)"1.0.0.0\t24\t1_2\n1.0.1.0\t24\t3\n", 29, 0};
	struct diags d = {0};
	struct feed f;
	uint64_t n;
	int calls = 0;

	feed_init_mem(&f, &m);
	ok(origins_decode(&f, KIND_PFX2AS, stop, &calls, &d, &n) == ERR_STOPPED && calls == 1,
	    "a callback that says stop is called no more, and its error comes back");
	feed_release(&f);
	diags_release(&d);
}

int
main(void)
{
	const char *two = "1.0.0.0\t24\t15169\n2001:db8::\t32\t1_2,3\n";

	test_pfx2as();
	test_pfx2as_bad();
	test_riswhois();
	test_stop();
	holds_together(text_pfx2as, two, "pfx2as");
	holds_together(text_riswhois, "% x\n1\t1.0.0.0/24\t45\n{1,2}\t::/0\t3\n", "RIS whois");
	breaks_off(text_pfx2as, two, "pfx2as");
	real_file(text_pfx2as, "internet-2016-02/routeviews-rv2-20160202-1200.pfx2as.gz", 615842,
	    621632, 0);
	real_file(text_pfx2as, "internet-2016-02/routeviews-rv6-20160202-1200.pfx2as.gz", 28744,
	    29083, 0);
	return tap_done();
}
