#include "text_test.h"

#include "base/limits.h"

static void
test_objects(void)
{
	gives(text_rpsl, "route: 192.0.2.0/24\norigin: AS64500\nsource: RADB\n",
	    "route @0 192.0.2.0/24 AS64500|RADB unknown\n"
	    "\troute|192.0.2.0/24\n\torigin|AS64500\n\tsource|RADB\n", "", "a route");
	gives(text_rpsl,
	    "% dump\n# more\n\n\nROUTE6:\t2001:db8::/32 # ours\nOrigin: as64500#x\n"
	    "last-modified: 2020-01-02T03:04:05Z\nsource: ripe # Filtered\n\n\n"
	    "aut-num: AS4294967295\nimport: from AS1\n\taccept ANY # all\n+\n+ AND AS2\n from AS3\n"
	    "source: ARIN-NONAUTH\n\n# EOF\n",
	    "route @16 2001:db8::/32 AS64500|RIPE 2020-01-02T03:04:05Z\n"
	    "\troute6|2001:db8::/32\n\torigin|as64500\n\tlast-modified|2020-01-02T03:04:05Z\n"
	    "\tsource|ripe\n"
	    "aut-num @125  AS4294967295|ARIN-NONAUTH unknown\n"
	    "\taut-num|AS4294967295\n\timport|from AS1 accept ANY AND AS2 from AS3\n"
	    "\tsource|ARIN-NONAUTH\n", "",
	    "two sources, comments, continuation lines, upper case");
	gives(text_rpsl, "as-set: AS-X\nmembers: AS1,\n AS2\n\nmntner: M\n\nperson: A\n\nrole: R\n\n"
	    "route-set: RS-X\n\norganisation: ORG-1\n\ninet-rtr: r1\n",
	    "as-set @0 | unknown\n\tas-set|AS-X\n\tmembers|AS1, AS2\n"
	    "mntner @33 | unknown\n\tmntner|M\nperson @44 | unknown\n\tperson|A\n"
	    "role @55 | unknown\n\trole|R\nroute-set @64 | unknown\n\troute-set|RS-X\n"
	    "organisation @81 | unknown\n\torganisation|ORG-1\n"
	    "other @102 | unknown\n\tinet-rtr|r1\n", "", "every class, and one we do not read");
	gives(text_rpsl, "", "", "", "an empty file");
	gives(text_rpsl, "\n# only\n\n", "", "", "comments only");
}

static void
test_times(void)
{
	static const struct {
		const char *attrs, *want;
	} times[] = {
	    {"changed: a@b.example 20010203\nchanged: a@b.example 20000101\n", "2001-02-03T00:00:00Z"},
	    {"changed: a@b.example 990203\n", "1999-02-03T00:00:00Z"},
	    {"changed: a@b.example 010203\n", "2001-02-03T00:00:00Z"},
	    {"changed: a@b.example\n", "unknown"},
	    {"changed: a@b.example 20300101\nlast-modified: 2002-01-01T00:00:00Z\n",
	     "2002-01-01T00:00:00Z"},
	    {"changed: a@b.example 20019999\n", "unknown"},
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct text_run r;
		size_t len = (size_t)snprintf(text, sizeof(text), "mntner: M\n%ssource: X\n",
		    times[i].attrs);

		r = text_run(text_rpsl, text, len, 0);
		ok(strstr(r.out.p, times[i].want) != NULL, "%.12s...: changed is %s", times[i].attrs,
		    times[i].want);
		text_run_release(&r);
	}
}

static void
test_bad(void)
{
	static const struct {
		const char *text, *diag;
	} bad[] = {
	    {"route: 192.0.2.1/24\norigin: AS1\n", "record skipped rpsl.route: out of range"},
	    {"route: 192.0.2.0\norigin: AS1\n",
	     "record skipped rpsl.route: not in the form expected"},
	    {"route: 2001:db8::/32\norigin: AS1\n",
	     "record skipped rpsl.route: not in the form expected"},
	    {"route6: 192.0.2.0/24\norigin: AS1\n",
	     "record skipped rpsl.route: not in the form expected"},
	    {"route: 192.0.2.0/24\nsource: X\n", "record skipped rpsl.origin: input ends early"},
	    {"route: 192.0.2.0/24\norigin: 1\n",
	     "record skipped rpsl.origin: not in the form expected"},
	    {"route: 192.0.2.0/24\norigin: AS4294967296\n",
	     "record skipped rpsl.origin: out of range"},
	    {"aut-num: ASX\n", "record skipped rpsl.aut-num: not in the form expected"},
	    {"as-set:\nmembers: AS1\n", "record skipped rpsl.key: not in the form expected"},
	    {"no attribute\n", "field skipped rpsl.attribute: not in the form expected"},
	    {" continues nothing\n",
	     "field skipped rpsl.continuation: not in the form expected"},
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		gives(text_rpsl, bad[i].text, "", bad[i].diag, "a bad object");
	gives(text_rpsl, "mntner: M\nwhat is this\nsource: X\n",
	    "mntner @0 |X unknown\n\tmntner|M\n\tsource|X\n",
	    "field skipped rpsl.attribute: not in the form expected",
	    "a line that is no attribute is left out, the object stays");
}

static void
test_cut(void)
{
	const char *text = "mntner: A\nsource: X\n\nmntner: B\ndescr: b\n";
	struct text_run r = text_run(text_rpsl, text, strlen(text), 0);

	ok(r.rows == 1 && diags_stopped(&r.diags),
	    "a last object without its source, where the others have one, was cut short");
	text_run_release(&r);
	r = text_run(text_rpsl, "mntner: A\nsource: X\n\nmntner: B\n\n", 32, 0);
	ok(r.rows == 2 && !diags_stopped(&r.diags), "one that a blank line ends was not");
	text_run_release(&r);
	text = "mntner: A\nsource: RIPE\n\nmntner: B\nsource: RI";
	r = text_run(text_rpsl, text, strlen(text), 0);
	ok(r.rows == 1 && diags_stopped(&r.diags), "one that ends inside its source was cut, too");
	text_run_release(&r);
	r = text_run(text_rpsl, text + 24, strlen(text) - 24, 0);
	ok(r.rows == 1 && !diags_stopped(&r.diags), "a lone object may lack the last line feed");
	text_run_release(&r);
}

/* An object over the limit is dropped, the next one is read; memory stays bounded. */
static void
test_limit(void)
{
	struct str s = {0};
	struct text_run r;
	size_t i;

	str_adds(&s, "as-set: AS-HUGE\nmembers: AS1\n");
	for (i = 0; s.len < RPSL_OBJECT_MAX + 4096u; i++) {
		static char line[4096];

		memset(line, 'x', sizeof(line));
		line[0] = ' ';
		line[sizeof(line) - 1] = '\n';
		str_add(&s, (struct span){line, sizeof(line)});
	}
	str_adds(&s, "source: X\n\nmntner: M\nsource: X\n");
	r = text_run(text_rpsl, s.p, s.len, 65536);
	ok(r.rows == 1 && r.diags.n_kept == 1 && r.diags.kept[0].err == ERR_LIMIT &&
	    r.diags.kept[0].record == 1, "an object over the limit is skipped, the next one used");
	text_run_release(&r);
	str_release(&s);
}

static void
test_authority(void)
{
	static const struct {
		const char *source;
		bool want;
	} sources[] = {
	    {"RIPE", true}, {"ripe", true}, {"RIPE-NONAUTH", false}, {"ARIN", true},
	    {"ARIN-NONAUTH", false}, {"APNIC", true}, {"AFRINIC", true}, {"LACNIC", true},
	    {"JPIRR", true}, {"IDNIC", true}, {"TWNIC", true}, {"KRNIC", true}, {"CNNIC", true},
	    {"RADB", false}, {"NTTCOM", false}, {"ALTDB", false}, {"LEVEL3", false}, {"", false},
	};
	size_t i;

	for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		ok(rpsl_source_authoritative(span_of(sources[i].source)) == sources[i].want,
		    "%s is %san authoritative source", sources[i].source,
		    sources[i].want ? "" : "not ");
}

int
main(void)
{
	const char *file = "# x\nroute: 192.0.2.0/24\norigin: AS1 # y\ndescr: a\n b\nsource: X\n\n"
	    "mntner: M\nsource: Y\n";

	test_objects();
	test_times();
	test_bad();
	test_cut();
	test_limit();
	test_authority();
	holds_together(text_rpsl, file, "RPSL");
	breaks_off(text_rpsl, file, "RPSL");
	real_file(text_rpsl, "irr/ripe-db-route.txt", 62, 62, 0);
	real_file(text_rpsl, "irr/ripe-db-route6.txt", 62, 62, 0);
	real_file(text_rpsl, "irr/ripe-TEST.db", 220, 220, 0);
	real_file(text_rpsl, "irr/AS3257.aut-num.txt.gz", 1, 1, 0);
	return tap_done();
}
