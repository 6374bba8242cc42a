#include "base/str.h"
#include "addr/path_line.h"
#include "tap.h"

static uint32_t words[PATH_LINE_WORDS];

static void
reads(const char *line, const char *want)
{
	struct path_fault fault;
	struct path_line l;
	struct str s = {0};
	char buf[PREFIX_TEXT];

	if (path_line_parse(span_of(line), words, &l, &fault)) {
		aspath_format(l.path, &s);
		str_addf(&s, " (%u)%s", l.n_ases, l.has_prefix ? " " : "");
		if (l.has_prefix)
			str_adds(&s, prefix_format(&l.prefix, buf));
	} else {
		str_addf(&s, "%zu \"%.*s\" %s", fault.column, (int)fault.text.len, fault.text.p, fault.rule);
	}
	is_str(s.p, want, "\"%s\"", line);
	str_release(&s);
}

static void
longest(void)
{
	struct path_fault fault;
	struct path_line l;
	struct str s = {0};
	uint32_t i;

	for (i = 0; i < AS_PATH_HOPS_MAX; i++)
		str_adds(&s, i % 2 == 0 ? "{1}" : "2");
	ok(path_line_parse(str_span(&s), words, &l, &fault) && l.n_ases == AS_PATH_HOPS_MAX &&
		l.path.n == PATH_LINE_WORDS - 1,
	    "as many segments as there can be");
	str_adds(&s, " 3");
	ok(!path_line_parse(str_span(&s), words, &l, &fault) && strstr(fault.rule, "AS_PATH_HOPS_MAX") != NULL,
	    "one AS more is over the limit");
	str_release(&s);
}

int
main(void)
{
	reads("64500", "64500 (1)");
	reads(" 3356  3356 AS15169 1.10", "3356 3356 15169 65546 (4)");
	reads("1 {2,3} 4", "1 {2,3} 4 (4)");
	reads("1 { 2 , 3 }", "1 {2,3} (3)");
	reads("1 2|192.0.2.0/24", "1 2 (2) 192.0.2.0/24");
	reads("1 2\t 2001:DB8::/32 ", "1 2 (2) 2001:db8::/32");
	reads("", "1 \"\" an ASN: the path is empty");
	reads("  ", "1 \"\" an ASN: the path is empty");
	reads("|192.0.2.0/24", "1 \"\" an ASN: the path is empty");
	reads("1 x 3", "3 \"x\" an ASN, as 64500, AS64500 or 1.10");
	reads("1,2", "2 \"\" an ASN, as 64500, AS64500 or 1.10");
	reads("1 0", "3 \"0\" an ASN other than 0 (RFC 7607)");
	reads("1 4294967295", "3 \"4294967295\" an ASN below 4294967295 (RFC 7300)");
	reads("1 4294967296", "3 \"4294967296\" an ASN, as 64500, AS64500 or 1.10");
	reads("1 {2 {3}}", "6 \"{\" an ASN: a set has no set within it");
	reads("1 {}", "4 \"}\" an ASN: a set has members");
	reads("1 }", "3 \"}\" an ASN: no set is open");
	reads("1 {2", "5 \"\" \"}\": the set is not closed");
	reads("1 {2|10.0.0.0/8", "5 \"\" \"}\": the set is not closed");
	reads("1|10.0.0.1/8", "3 \"10.0.0.1/8\" a prefix with no bits set behind its length");
	reads("1|10.0.0.0", "3 \"10.0.0.0\" a prefix with its length, as 192.0.2.0/24");
	reads("1|", "3 \"\" a prefix with its length, as 192.0.2.0/24");
	longest();
	return tap_done();
}
