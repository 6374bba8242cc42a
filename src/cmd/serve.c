/* serve: an archive as pages and as an API, until it is told to stop. */
#include "serve/serve.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "cmd/note.h"
#include "cmd/opt.h"
#include "cmd/policy_file.h"
#include "seal/key.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#define GRACE 10	/* seconds that what was asked for may still take */

static void
started(const struct serve_options *o, const struct serve_told *t)
{
	note("serve", "http://%s/ shows %zu assessment%s of %s", t->address, t->assessments, t->assessments == 1 ? "" : "s",
	    o->archive);
	if (o->open)
		note("serve", "no sandbox, as asked for");
	else if (t->landlock > 0 && t->seccomp)
		note("serve", "sandbox: seccomp, Landlock ABI %d; up to %u connections", t->landlock, t->connections);
	else
		note("serve", "sandbox: %s; this kernel has no %s, so that %s; up to %u connections",
		    t->seccomp ? "seccomp" : t->landlock > 0 ? "Landlock" : "none",
		    t->seccomp ? "Landlock" : t->landlock > 0 ? "seccomp" : "Landlock and no seccomp",
		    t->landlock > 0 ? "all its calls can be made" : "what this user may read can be read", t->connections);
}

/* What lies beside the archive: what was found of it, and what was not. */
static void
found(const struct serve_options *o, const struct serve_told *t)
{
	if (o->disputes != NULL)
		note("serve", "%s: %zu dispute%s", o->disputes, t->disputes, t->disputes == 1 ? "" : "s");
	if (t->log_trouble[0] != '\0')
		note("serve", "%s: nothing is told of what is in it: %s", o->log, t->log_trouble);
	else if (o->log != NULL && o->policy != NULL)
		note("serve", "%s: %zu entr%s of marks", o->log, t->marks, t->marks == 1 ? "y" : "ies");
	if (o->bundles == NULL)
		return;
	note("serve", "%s: %zu bundle%s", o->bundles, t->bundles, t->bundles == 1 ? "" : "s");
	if (t->broken > 0)
		note("serve", "%s: %zu file%s not served; the first: %s", o->bundles, t->broken, t->broken == 1 ? " is" : "s are",
		    t->first_broken);
}

/* Until SIGTERM or SIGINT; no thread takes them but this one. */
static void
wait_for(struct server *s, const sigset_t *stop)
{
	const struct timespec second = {.tv_sec = 1};

	while (sigtimedwait(stop, NULL, &second) < 0 && (errno == EAGAIN || errno == EINTR))
		serve_tick(s);
}

static int
run(const struct serve_options *o)
{
	struct server *s = NULL;
	struct serve_told told;
	struct str why = {0};
	int status = EXIT_UNANSWERED;
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (serve_open(&s, o, &told, &why) != OK || serve_start(s, &told, &why) != OK) {
		note("serve", "%s", why.p);
	} else {
		started(o, &told);
		found(o, &told);
		wait_for(s, &stop);
		note("serve", "stopping");
		status = EXIT_DONE;
	}
	serve_stop(s, status == EXIT_DONE ? GRACE : 0);
	str_release(&why);
	return status;
}

/* Whose log, and whose word. */
struct trust {
	struct arena *a;
	const char *policy_path;
	struct opt_list known, network;
	struct policy policy;
	struct policy_log log;		/* of --log-key alone */
};

/* Of a log-key alone: that log, without witnesses. */
static bool
trust_load(struct trust *t, struct serve_options *o, const struct key_pub *log_key)
{
	if (t->policy_path != NULL && !policy_file("serve", t->policy_path, t->a, &t->policy))
		return false;
	if (t->policy_path == NULL && o->log_key != NULL) {
		t->log = (struct policy_log){.key = *log_key};
		t->policy = (struct policy){.logs = &t->log, .n_logs = 1, .quorum = POLICY_NONE};
	}
	if (t->policy.n_logs > 0)
		o->policy = &t->policy;
	if (!known_add(&o->keys, &t->known, VERIFY_ISSUER, "serve") || !known_add(&o->keys, &t->network, VERIFY_NETWORK, "serve") ||
	    !known_add(&o->issuers, &t->known, VERIFY_ISSUER, "serve"))
		return false;
	if (verify_keys_good(&o->keys))
		return true;
	note("serve", "one key is given as --known and as --network: nobody decides his own");
	return false;
}

static void
trust_release(struct trust *t, struct serve_options *o)
{
	free(o->keys.pub);
	free(o->keys.role);
	free(o->issuers.pub);
	free(o->issuers.role);
	opt_list_release(&t->known);
	opt_list_release(&t->network);
	arena_free(t->a);
}

/* OPT_GO_ON, or a status after a message. */
static int
check(const struct opt_table *table, const struct serve_options *o, const struct trust *t, struct key_pub *key)
{
	const char *why = "";

	if (o->archive == NULL)
		return opt_misuse(table, "--archive FILE says which archive");
	if (o->log_key != NULL && o->log == NULL)
		return opt_misuse(table, "--log-key is of a log: --log DIR says which");
	if (t->policy_path != NULL && o->log == NULL)
		return opt_misuse(table, "--policy says whose log to believe: --log DIR says which");
	if (t->known.n > 0 && o->log == NULL && o->disputes == NULL)
		return opt_misuse(table, "--known is for --disputes and for the marks in --log");
	if (t->network.n > 0 && o->disputes == NULL)
		return opt_misuse(table, "--network is for --disputes");
	if (o->log_key != NULL && key_vkey_read(span_of(o->log_key), key, &why) != OK)
		return opt_misuse(table, "--log-key %s: %s", o->log_key, why);
	if (o->log_key != NULL && key->use != KEY_SIGNER)
		return opt_misuse(table, "--log-key %s: is the key of a witness, not of a log", o->log_key);
	return OPT_GO_ON;
}

int
cmd_serve(int argc, char **argv)
{
	struct serve_options o = {.listen = "127.0.0.1:8080", .version = routemark_version()};
	struct trust t = {.policy_path = NULL};
	const struct opt rows[] = {
		{"archive", 0, OPT_TEXT, "FILE", &o.archive, 0, 0, "the archive, as audit --archive or archive import made it"},
		{"log", 0, OPT_TEXT, "DIR", &o.log, 0, 0, "also show the log in DIR, and serve its files"},
		{"log-key", 0, OPT_TEXT, "VKEY", &o.log_key, 0, 0, "the verifier key of that log, to be shown on its pages"},
		{"policy", 0, OPT_TEXT, "FILE", &t.policy_path, 0, 0,
		    "whose log to believe, with which witnesses (tlog-policy); default: that of --log-key"},
		{"known", 0, OPT_LIST, "VKEY|FILE", &t.known, 0, 0,
		    "a key of the issuer: its marks and its decisions on disputes count; may be given again"},
		{"disputes", 0, OPT_TEXT, "LEDGER", &o.disputes, 0, 0, "show disputes beside the verdicts (routemark dispute)"},
		{"network", 0, OPT_LIST, "VKEY|FILE", &t.network, 0, 0, "with --disputes: a key of a network concerned"},
		{"bundles", 0, OPT_TEXT, "DIR", &o.bundles, 0, 0, "offer the bundles NAME.tar in DIR (audit --bundle)"},
		{"listen", 0, OPT_TEXT, "ADDR:PORT", &o.listen, 0, 0, "where to listen; default 127.0.0.1:8080; port 0: any"},
		{"no-sandbox", 0, OPT_FLAG, NULL, &o.open, 0, 0, "without seccomp and Landlock: for a debugger, never in public"},
	};
	const struct opt_table table = {"serve", "[options] --archive FILE",
	    "Show an archive as pages and as an API, read-only.",
	    "  routemark serve --archive months.rma\n"
	    "  routemark serve --archive months.rma --log log/ --listen [::1]:8080\n"
	    "  routemark serve --archive months.rma --log log/ --policy policy.txt --known audits.pub \\\n"
	    "        --disputes disputes.jsonl --network net.pub --bundles bundles/\n"
	    "  curl -s 'http://127.0.0.1:8080/api/v1/scores?asns=64500,64501&format=csv'\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	struct key_pub key = {.id = 0};
	int first = 0, status = opt_parse(&table, argc, argv, &first);

	if (status == OPT_GO_ON && first < argc)
		status = opt_misuse(&table, "\"%s\" is too much", argv[first]);
	if (status == OPT_GO_ON)
		status = check(&table, &o, &t, &key);
	t.a = arena_new();
	if (status == OPT_GO_ON)
		status = trust_load(&t, &o, &key) ? run(&o) : EXIT_UNANSWERED;
	trust_release(&t, &o);
	return status;
}
