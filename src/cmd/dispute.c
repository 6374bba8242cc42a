/* dispute: who says that a verdict is wrong, what was answered, and what was decided until when, in a ledger. */
#include "addr/asn.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/dispute_log.h"
#include "cmd/dispute_look.h"
#include "cmd/dispute_show.h"
#include "cmd/keys.h"
#include "cmd/known.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "cmd/slurp.h"
#include "seal/gist.h"

#include <inttypes.h>
#include <stdlib.h>

struct dispute_cmd {
	const char *report, *asn, *control, *record, *reason, *key, *reviewer, *log, *policy;
	struct opt_list attach, known, network, auditor;
	struct utc at, until;
	bool accept, reject, json;
	uint32_t fd;
	const char *path, *id;		/* operands */
	const struct opt_table *t;	/* the command line as a whole: argc operands */
	int argc;
	char **argv;
	struct arena *arena;
	struct verify_keys keys;	/* owned */
};

static int
complain(const char *what, const char *why)
{
	note("dispute", "%s: %s", what, why);
	return EXIT_UNANSWERED;
}

/* --- what a line says --- */

static const char *
hex_of(struct arena *a, struct span bytes)
{
	char *hex = arena_alloc(a, SHA256_HEX + 1);
	uint8_t digest[SHA256_BYTES];

	sha256_of(bytes.p, bytes.len, digest);
	sha256_hex(digest, hex);
	return hex;
}

static bool
attach(const struct dispute_cmd *o, struct dispute_line *l)
{
	struct dispute_file *f = arena_array(o->arena, o->attach.n + 1, sizeof(*f));
	struct str bytes = {0};
	const char *slash;
	size_t i;
	bool good = true;

	for (i = 0; good && i < o->attach.n; i++) {
		str_clear(&bytes);
		good = slurp("dispute", o->attach.item[i], SEAL_REPORT_MAX, &bytes);
		slash = strrchr(o->attach.item[i], '/');
		f[i] = (struct dispute_file){arena_strdup(o->arena, span_of(slash != NULL ? slash + 1 : o->attach.item[i])),
		    good ? hex_of(o->arena, str_span(&bytes)) : NULL, bytes.len};
	}
	l->files = f;
	l->n_files = o->attach.n;
	str_release(&bytes);
	return good;
}

/* Whether the report is on this AS, and by a pack with that control. */
static bool
report_has(const struct dispute_cmd *o, const struct gist *g, struct dispute_line *l)
{
	const char *slash = strchr(l->control, '/');
	size_t i, k;

	for (i = 0; i < g->n_asns && g->asns[i] != l->asn; i++)
		;
	if (i == g->n_asns) {
		note("dispute", "%s: is not on AS%" PRIu32, o->report, l->asn);
		return false;
	}
	for (i = 0; i < g->n_packs; i++)
		for (k = 0; span_is((struct span){l->control, (size_t)(slash - l->control)}, g->packs[i].id) && k < g->packs[i].n; k++)
			if (strcmp(g->packs[i].controls[k].id, slash + 1) == 0) {
				l->pack_status = g->packs[i].status;
				return true;
			}
	note("dispute", "%s: has no control \"%s\"", o->report, l->control);
	return false;
}

struct looking { const struct dispute_cmd *o; struct dispute_line *l; struct str bytes; };

/* In a process of its own, which has no key: the moment of the evidence, then the status of the pack. */
static bool
decode(void *arg, struct str *out)
{
	struct looking *k = arg;
	const char *why = NULL;
	struct gist g;
	bool good;

	if (gist_read(str_span(&k->bytes), k->o->arena, &g, &why) != OK) {
		note("dispute", "%s: %s", k->o->report, why);
		return false;
	}
	good = report_has(k->o, &g, k->l);
	if (good)
		str_addf(out, "%s\n%s", g.at, k->l->pack_status != NULL ? k->l->pack_status : "");
	gist_release(&g);
	return good;
}

static bool
report_look(const struct dispute_cmd *o, struct dispute_line *l)
{
	struct looking k = {.o = o, .l = l};
	struct span rest, at = {0};
	struct str told = {0};
	struct utc moment;
	bool good = slurp("dispute", o->report, SEAL_REPORT_MAX, &k.bytes) &&
	    confined_run("dispute", decode, &k, NULL, UTC_TEXT + SEAL_WORD_MAX, &told);

	rest = str_span(&told);
	if (good && (!span_cut(&rest, '\n', &at) || utc_parse(at, &moment) != OK)) {
		note("dispute", "%s: is of no moment", o->report);
		good = false;
	}
	if (good) {
		l->report = hex_of(o->arena, str_span(&k.bytes));
		l->at = arena_strdup(o->arena, at);
		l->pack_status = rest.len > 0 ? arena_strdup(o->arena, rest) : NULL;
	}
	str_release(&told);
	str_release(&k.bytes);
	return good;
}

static const char *
time_text(struct arena *a, struct utc t)
{
	return utc_format(t, arena_alloc(a, UTC_TEXT));
}

static bool
opening(const struct dispute_cmd *o, struct dispute_line *l)
{
	char *control = arena_strdup(o->arena, span_of(o->control)), *colon = strchr(control, ':');

	if (colon != NULL && strchr(control, '/') == NULL)
		*colon = '/';
	l->control = control;
	l->record = o->record;
	if (asn_parse(span_of(o->asn), &l->asn) != OK || l->asn == 0) {
		note("dispute", "--asn: \"%s\" is no AS number", o->asn);
		return false;
	}
	if (!dispute_control_good(span_of(control))) {
		note("dispute", "--control: \"%s\" is not PACK/ID", o->control);
		return false;
	}
	return report_look(o, l);
}

/* The dispute that is meant. */
static bool
belong(const struct ledger *g, struct dispute_line *l, size_t open)
{
	l->dispute = g->digests[open];
	l->at = g->lines[open].at;
	return true;
}

static bool
check(const struct dispute_line *l, const struct key *k, const struct ledger *g, size_t open)
{
	const char *fault = dispute_fault(l);

	if (fault != NULL)
		note("dispute", "%s", fault);
	else if (key_pub(k)->use != KEY_SIGNER)
		note("dispute", "this is a witness's key, which says nothing of reports");
	else if (l->act >= DISPUTE_ACCEPT && memcmp(g->lines[open].signer.pk, key_pub(k)->pk, ED25519_PUBLIC) == 0)
		note("dispute", "this key has opened the dispute: nobody decides his own");
	else
		return true;
	return false;
}

/* --- writing --- */

/* What the log is told: that the report is disputed, or no longer. */
static const struct status *
status_of(const struct dispute_cmd *o, const struct dispute_line *l, const struct dispute_line *open, const char *id,
    struct status *s)
{
	if (l->act == DISPUTE_ANSWER)
		return NULL;
	s->word = l->act == DISPUTE_OPEN ? STATUS_DISPUTED : STATUS_RESOLVED;
	s->at = l->at;
	s->sha256 = open->report;
	s->reason = arena_printf(o->arena, "dispute %.12s, AS%" PRIu32 " %s%s, %s: %s", id, open->asn, open->control,
	    dispute_label(open),
	    l->act == DISPUTE_OPEN ? "opened" : l->act == DISPUTE_ACCEPT ? "accepted" : "rejected", l->reason);
	if (!status_reason_good(span_of(s->reason)))	/* too long: the ledger has it */
		s->reason = arena_printf(o->arena, "dispute %.12s", id);
	return s;
}

static int
append(const struct dispute_cmd *o, struct ledger_file *f, struct dispute_line *l, size_t open, const struct key *k)
{
	struct log *log = NULL;
	struct status s = {.at = NULL};
	char hex[SHA256_HEX + 1];
	bool good = true;

	if (o->log != NULL && (log = dispute_log_open(o->log)) == NULL)
		return EXIT_UNANSWERED;
	if (ledger_append(f, l, k, hex) != OK) {
		note("dispute", "%s", f->why);
		good = false;
	} else {
		printf("%s\n", l->act == DISPUTE_OPEN ? hex : l->dispute);
		fflush(stdout);
		if (log != NULL)
			good = dispute_log_append(log, f->ledger.n > 0 ? f->ledger.digests[0] : hex, f->ledger.n + 1, hex,
			    status_of(o, l, l->act == DISPUTE_OPEN ? l : &f->ledger.lines[open], l->act == DISPUTE_OPEN ? hex : l->dispute,
				&s), k);
	}
	dispute_log_close(log);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
put(const struct dispute_cmd *o, enum dispute_act act)
{
	struct dispute_line l = {.act = act, .reason = o->reason};
	struct ledger_file f;
	struct key *k = NULL;
	size_t open = 0;
	int status = EXIT_UNANSWERED;

	if (ledger_take(&f, o->path, true) != OK)
		note("dispute", "%s", f.why);
	else if (dispute_look(&f, o->path, o->id, &open) && (act == DISPUTE_OPEN ? opening(o, &l) : belong(&f.ledger, &l, open)) &&
	    attach(o, &l))
		k = keys_open("dispute", act >= DISPUTE_ACCEPT ? o->reviewer : o->key, o->fd);
	if (utc_known(o->at))
		l.at = time_text(o->arena, o->at);
	if (utc_known(o->until))
		l.until = time_text(o->arena, o->until);
	if (k != NULL && check(&l, k, &f.ledger, open))
		status = append(o, &f, &l, open, k);
	key_free(k);
	ledger_close(&f);
	return status;
}

static int
open_one(struct dispute_cmd *o)
{
	return put(o, DISPUTE_OPEN);
}

static int
answer(struct dispute_cmd *o)
{
	return put(o, DISPUTE_ANSWER);
}

static int
decide(struct dispute_cmd *o)
{
	return put(o, o->accept ? DISPUTE_ACCEPT : DISPUTE_REJECT);
}

/* --- reading --- */

static bool
keys_load(struct dispute_cmd *o)
{
	if (!known_add(&o->keys, &o->known, VERIFY_ISSUER, "dispute") ||
	    !known_add(&o->keys, &o->network, VERIFY_NETWORK, "dispute") ||
	    !known_add(&o->keys, &o->auditor, VERIFY_AUDITOR, "dispute"))
		return false;
	if (verify_keys_good(&o->keys))
		return true;
	note("dispute", "one key is given as two of --known, --network and --auditor: nobody decides his own");
	return false;
}

static int
tell(struct dispute_cmd *o)
{
	struct product product = {0};
	struct dispute_show show = {.known = &o->keys, .at = o->at};
	struct ledger_file f;
	struct str out = {0};
	bool good = keys_load(o);

	if (ledger_open(&f, o->path, false) != OK) {
		note("dispute", "%s", f.why);
		good = false;
	}
	show.g = &f.ledger;
	show.only = f.ledger.n;
	if (good && o->asn != NULL && asn_parse(span_of(o->asn), &show.asn) != OK)
		good = complain("--asn", "is no AS number") == EXIT_DONE;
	if (good && o->id != NULL && (show.only = ledger_find(&f.ledger, span_of(o->id))) == f.ledger.n)
		good = complain(o->id, "begins the name of no dispute, or of several; 8 digits at least") == EXIT_DONE;
	if (good) {
		if (o->json)
			dispute_show_json(&out, &show);
		else
			(o->id != NULL ? dispute_show_text : dispute_list_text)(&out, &show, session_style(true));
		good = product_open(&product, NULL, "dispute") && product_write(&product, str_span(&out)) && product_commit(&product);
	}
	product_abandon(&product);
	str_release(&out);
	ledger_close(&f);
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

/* A line's content that is wrong is a no; one that cannot be read is not answered. */
static int
check_all(struct dispute_cmd *o)
{
	struct ledger_file f;
	enum err e = ledger_open(&f, o->path, false);
	int status = EXIT_DONE;

	if (e != OK) {
		note("dispute", "%s", f.why);
		status = e == ERR_SYNTAX || e == ERR_CONTRADICT || e == ERR_SIGNATURE ? EXIT_NO : EXIT_UNANSWERED;
	} else {
		printf("%s: %zu line%s, each signed by the key that it names, each on the one before; the last is %s\n", f.name,
		    f.ledger.n, f.ledger.n == 1 ? "" : "s", f.ledger.digests[f.ledger.n - 1]);
		if (o->log != NULL)
			status = dispute_log_check(&f.ledger, o->log, o->policy);
		else
			printf("Whether there were more lines behind it, only a log can tell (--log).\n");
	}
	ledger_close(&f);
	return status;
}

static int
log_later(struct dispute_cmd *o)
{
	return dispute_log_run(o->path, o->log, o->t, o->argc, o->argv);
}

/* --- the command line --- */

static const struct {
	const char *name;
	int (*run)(struct dispute_cmd *);
	int operands;
	const char *takes;
} verbs[] = {
	{"open", open_one, 1, "open takes a ledger, --report, --asn, --control, --reason and --key"},
	{"answer", answer, 2, "answer takes a ledger, a dispute, --reason and --key"},
	{"decide", decide, 2, "decide takes a ledger, a dispute, --accept and --until or --reject, --reason and --reviewer"},
	{"list", tell, 1, "list takes a ledger"},
	{"show", tell, 2, "show takes a ledger and a dispute"},
	{"check", check_all, 1, "check takes a ledger, and --policy with --log"},
	{"log", log_later, 1, "log takes a ledger and --log"},
};

/* What belongs to a verb, and nothing else. */
static bool
agree(const struct dispute_cmd *o, int (*run)(struct dispute_cmd *))
{
	bool writes = run == open_one || run == answer || run == decide;
	bool opens = o->report != NULL && o->asn != NULL && o->control != NULL;

	if ((o->reason != NULL) != writes || (o->attach.n > 0 && !writes) || (o->fd != PASSPHRASE_ASK && !writes))
		return false;
	if (run == open_one ? !opens : o->report != NULL || o->control != NULL || o->record != NULL || (o->asn != NULL && run != tell))
		return false;
	if ((o->key != NULL) != (run == open_one || run == answer) || (o->reviewer != NULL) != (run == decide))
		return false;
	if (run == decide ? o->accept == o->reject || o->accept != utc_known(o->until) : o->accept || o->reject || utc_known(o->until))
		return false;
	if (run != tell && (o->json || o->known.n + o->network.n + o->auditor.n > 0))
		return false;
	if (run == check_all ? (o->log != NULL) != (o->policy != NULL) || utc_known(o->at) : o->policy != NULL)
		return false;
	if (run == log_later && utc_known(o->at))
		return false;
	return run == log_later ? o->log != NULL : o->log == NULL || run != tell;
}

static int
run(struct dispute_cmd *o, const struct opt_table *t, int argc, char **argv)
{
	int first = 0, status = opt_parse(t, argc, argv, &first);
	size_t i;

	if (status != OPT_GO_ON)
		return status;
	for (i = 0; first < argc && i < sizeof(verbs) / sizeof(*verbs); i++) {
		if (strcmp(argv[first], verbs[i].name) != 0)
			continue;
		if (argc - first - 1 != verbs[i].operands || !agree(o, verbs[i].run))
			return opt_misuse(t, "%s", verbs[i].takes);
		o->t = t;
		o->argc = argc - first;
		o->argv = argv + first;
		o->path = argv[first + 1];
		o->id = verbs[i].operands > 1 ? argv[first + 2] : NULL;
		o->arena = arena_new();
		status = verbs[i].run(o);
		arena_free(o->arena);
		return status;
	}
	return first == argc ? opt_misuse(t, "open, answer, decide, list, show, check or log?")
	    : opt_misuse(t, "\"%s\" is none of open, answer, decide, list, show, check, log", argv[first]);
}

int
cmd_dispute(int argc, char **argv)
{
	struct dispute_cmd o = {.at = UTC_NONE, .until = UTC_NONE};
	const struct opt rows[] = {
		{"report", 0, OPT_TEXT, "FILE", &o.report, 0, 0, "open: the report (audit --json) whose verdict is disputed"},
		{"asn", 0, OPT_TEXT, "ASN", &o.asn, 0, 0, "open: the network that it is on; list: disputes on this one"},
		{"control", 0, OPT_TEXT, "PACK/ID", &o.control, 0, 0, "open: which verdict"},
		{"record", 0, OPT_TEXT, "TEXT", &o.record, 0, 0, "open: which deciding record, \"CODE PREFIX ASN\"; default: the verdict as a whole"},
		{"reason", 0, OPT_TEXT, "TEXT", &o.reason, 0, 0, "open, answer, decide: why, a line that all will read"},
		{"attach", 0, OPT_LIST, "FILE", &o.attach, 0, 0, "open, answer, decide: refer to a file by its digest; may be given again"},
		{"key", 'k', OPT_TEXT, "FILE", &o.key, 0, 0, "open, answer: the key to sign with (routemark key new)"},
		{"reviewer", 0, OPT_TEXT, "FILE", &o.reviewer, 0, 0, "decide: the key of who decides, not the one that opened"},
		{"accept", 0, OPT_FLAG, NULL, &o.accept, 0, 0, "decide: an exception is granted, until a date"},
		{"reject", 0, OPT_FLAG, NULL, &o.reject, 0, 0, "decide: it is not"},
		{"until", 0, OPT_TIME, "TIME", &o.until, 0, 0, "decide --accept: evidence of that moment and later is no longer excepted"},
		passphrase_opt(&o.fd),
		{"log", 0, OPT_TEXT, "DIR", &o.log, 0, 0, "open, answer, decide, log: tell this log; check: hold the ledger against it"},
		{"policy", 0, OPT_TEXT, "FILE", &o.policy, 0, 0, "check: whose logs are believed, with which witnesses (tlog-policy)"},
		{"known", 0, OPT_LIST, "VKEY|FILE", &o.known, 0, 0, "list, show: a key of the issuer, whose decisions count; may be given again"},
		{"network", 0, OPT_LIST, "VKEY|FILE", &o.network, 0, 0, "list, show: a key of the network concerned"},
		{"auditor", 0, OPT_LIST, "VKEY|FILE", &o.auditor, 0, 0, "list, show: a key of an independent auditor"},
		{"at", 0, OPT_TIME, "TIME", &o.at, 0, 0, "the moment of the evidence: the report's own; list, show: none, so nothing has expired"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "list, show: write JSON (doc/formats/dispute.md)"},
	};
	const struct opt_table t = {"dispute", "open|answer|decide|list|show|check|log LEDGER [DISPUTE] [options]",
	    "Keep disputes on verdicts, and the exceptions that were granted, in a ledger that only grows.",
	    "  routemark dispute open disputes.jsonl --report 64500.json --asn 64500 --control manrs-netops/M3 \\\n"
	    "        --record 'bogon-prefix 10.0.0.0/8 AS64500' --reason 'a lab, seen at one peer' --key net.key\n"
	    "  routemark dispute answer disputes.jsonl 3f9a0c1e --reason 'which peer?' --key audits.key\n"
	    "  routemark dispute decide disputes.jsonl 3f9a0c1e --accept --until 2026-12-31 --reason 'seen' --reviewer jane.key\n"
	    "  routemark dispute list disputes.jsonl --known audits.pub --network net.pub\n"
	    "  routemark audit 64500 --data DIR --disputes disputes.jsonl --known audits.pub\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	int status = run(&o, &t, argc, argv);

	opt_list_release(&o.attach);
	opt_list_release(&o.known);
	opt_list_release(&o.network);
	opt_list_release(&o.auditor);
	free(o.keys.pub);
	free(o.keys.role);
	return status;
}
