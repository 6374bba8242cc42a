/* mark: issue, suspend, restore and show marks: what a buyer can require and check. */
#include "cmd/mark.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"

#include <string.h>

static int
suspend(const struct mark_cmd *o)
{
	return mark_change(o, STATUS_SUSPENDED);
}

static int
restore(const struct mark_cmd *o)
{
	return mark_change(o, STATUS_RESTORED);
}

/* Options as bits: which a verb takes, and which it must have. */
enum {
	REPORT = 1, PACK = 2, KEY = 4, LOG_KEY = 8, LOG = 16, OUT = 32, ADDRESS = 64, REASON = 128, MARK = 256, POLICY = 512,
	PROOF = 1024, BADGE = 2048, KNOWN = 4096, AT = 8192, JSON = 16384
};

static const struct {
	const char *name;
	int (*run)(const struct mark_cmd *);
	unsigned takes, must;
	const char *needs;
} verbs[] = {
	{"issue", mark_issue, REPORT | PACK | KEY | LOG_KEY | LOG | OUT | ADDRESS, REPORT | PACK | KEY | LOG | OUT,
	    "issue takes an ASN, --report, --pack, --key, --log and --out"},
	{"suspend", suspend, PACK | KEY | LOG_KEY | LOG | REASON | MARK | AT, KEY | LOG | REASON,
	    "suspend takes an ASN or --mark, --key, --log and --reason"},
	{"restore", restore, PACK | KEY | LOG_KEY | LOG | REASON | MARK | AT, KEY | LOG,
	    "restore takes an ASN or --mark, --key and --log"},
	{"show", mark_show, PACK | LOG | MARK | POLICY | PROOF | BADGE | KNOWN | AT | JSON, POLICY | KNOWN,
	    "show takes an ASN or --mark, and --policy and --known: whose logs and whose word are believed"},
};

static unsigned
given(const struct mark_cmd *o)
{
	return (o->report != NULL ? REPORT : 0u) | (o->pack != NULL ? PACK : 0u) | (o->key != NULL ? KEY : 0u) |
	    (o->log_key != NULL ? LOG_KEY : 0u) | (o->log != NULL ? LOG : 0u) | (o->out != NULL ? OUT : 0u) |
	    (o->address != NULL ? ADDRESS : 0u) | (o->reason != NULL ? REASON : 0u) | (o->mark != NULL ? MARK : 0u) |
	    (o->policy != NULL ? POLICY : 0u) | (o->proof != NULL ? PROOF : 0u) | (o->badge != NULL ? BADGE : 0u) |
	    (o->known.n > 0 ? KNOWN : 0u) | (utc_known(o->at) ? AT : 0u) | (o->json ? JSON : 0u);
}

static int
asn_read(struct mark_cmd *o, const struct opt_table *t, const char *text)
{
	struct span s = span_of(text);

	if (span_starts(s, "AS") || span_starts(s, "as")) {
		s.p += 2;
		s.len -= 2;
	}
	o->has_asn = true;
	return span_u32(s, UINT32_MAX, &o->asn) == OK ? OPT_GO_ON : opt_misuse(t, "%s: is no AS number", text);
}

static int
run(struct mark_cmd *o, const struct opt_table *t, int argc, char **argv)
{
	int first = 0, status = opt_parse(t, argc, argv, &first);
	unsigned have = given(o);
	size_t i;

	if (status != OPT_GO_ON)
		return status;
	for (i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (first < argc && strcmp(argv[first], verbs[i].name) == 0)
			break;
	if (i == sizeof(verbs) / sizeof(*verbs))
		return opt_misuse(t, "what is to be done? issue, suspend, restore or show");
	if (argc - first > 2)
		return opt_misuse(t, "takes one ASN");
	if (argc - first == 2)
		status = asn_read(o, t, argv[first + 1]);
	if (status != OPT_GO_ON)
		return status;
	if ((have & verbs[i].must) != verbs[i].must || (!o->has_asn && o->mark == NULL))
		return opt_misuse(t, "%s", verbs[i].needs);
	if ((have & ~verbs[i].takes) != 0)
		return opt_misuse(t, "an option that %s does not have", verbs[i].name);
	if (verbs[i].run == mark_show && o->log == NULL && o->mark == NULL)
		return opt_misuse(t, "show needs --log, or --mark with its proof");
	if (o->proof != NULL && o->mark == NULL)
		return opt_misuse(t, "--proof is for --mark");
	return verbs[i].run(o);
}

int
cmd_mark(int argc, char **argv)
{
	struct mark_cmd o = {.at = UTC_NONE};
	const struct opt rows[] = {
		{"report", 0, OPT_TEXT, "FILE", &o.report, 0, 0, "issue: the report that carries it (audit --json)"},
		{"pack", 0, OPT_TEXT, "ID|FILE", &o.pack, 0, 0, "the rule pack that is earned; a file of a pack of one's "
		    "own, for issue"},
		{"key", 'k', OPT_TEXT, "FILE", &o.key, 0, 0, "issue, suspend, restore: whose word it is"},
		{"log-key", 0, OPT_TEXT, "FILE", &o.log_key, 0, 0, "issue, suspend, restore: sign a checkpoint too"},
		passphrase_opt(&o.fd),
		{"log", 0, OPT_TEXT, "DIR|URL", &o.log, 0, 0, "the log; for show a copy of it, or where it is served"},
		{"out", 'o', OPT_TEXT, "DIR", &o.out, 0, 0, "issue: mark.json, badge.svg, index.html and mark.tlog-proof "
		    "go there"},
		{"address", 0, OPT_TEXT, "URL", &o.address, 0, 0, "issue: where these will be found, for the badge"},
		{"reason", 0, OPT_TEXT, "TEXT", &o.reason, 0, 0, "suspend, restore: why, a line that all will read"},
		{"mark", 'm', OPT_TEXT, "FILE", &o.mark, 0, 0, "the mark that was handed out (mark.json); suspend, restore: "
		    "anybody's, as by an auditor"},
		{"policy", 0, OPT_TEXT, "FILE", &o.policy, 0, 0, "show: whose logs are believed, with which witnesses "
		    "(tlog-policy)"},
		{"known", 0, OPT_LIST, "VKEY|FILE", &o.known, 0, 0, "show: a key whose word on marks counts; may be "
		    "given again"},
		{"proof", 0, OPT_TEXT, "FILE", &o.proof, 0, 0, "show: of --mark (mark.tlog-proof beside it)"},
		{"badge", 0, OPT_TEXT, "FILE", &o.badge, 0, 0, "show: write the badge as the mark stands"},
		{"at", 0, OPT_TIME, "TIME", &o.at, 0, 0,
		    "show: is it valid then? (now); suspend, restore: the moment of the evidence (the mark's)"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "show: write JSON (doc/formats/mark.md)"},
	};
	const struct opt_table t = {"mark", "issue|suspend|restore|show [ASN] [options]",
	    "Give a network a mark for what a report shows it has earned, take it back, or ask whether it is valid.\n"
	    "It lapses by itself when its evidence ages. Exit status of show: 0 valid, 1 not, 2 could not tell.",
	    "  routemark mark issue 64500 --report 64500.json --pack manrs-netops --key audits.key --log log/ \\\n"
	    "        --log-key log.key --out AS64500/ --address https://audits.example/AS64500/\n"
	    "  routemark mark show 64500 --log https://log.example.net/ --policy policy.txt --known audits.pub\n"
	    "  routemark mark show --mark AS64500/mark.json --log log/ --policy policy.txt --known audits.pub\n"
	    "  routemark mark suspend 64500 --log log/ --key audits.key --log-key log.key --reason 'leak of 3 June'\n"
	    "  routemark mark restore 64500 --log log/ --key audits.key --log-key log.key\n"
	    "  routemark mark suspend --mark AS64500/mark.json --log log/ --key auditor.key \\\n"
	    "        --reason 'no 24/7 contact'\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	int status = run(&o, &t, argc, argv);

	opt_list_release(&o.known);
	return status;
}
