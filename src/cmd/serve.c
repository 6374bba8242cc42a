/* serve: an archive as pages and as an API, until it is told to stop. */
#include "serve/serve.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/opt.h"
#include "seal/key.h"

#include <errno.h>
#include <signal.h>
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
		wait_for(s, &stop);
		note("serve", "stopping");
		status = EXIT_DONE;
	}
	serve_stop(s, status == EXIT_DONE ? GRACE : 0);
	str_release(&why);
	return status;
}

int
cmd_serve(int argc, char **argv)
{
	struct serve_options o = {.listen = "127.0.0.1:8080", .version = routemark_version()};
	const struct opt rows[] = {
		{"archive", 0, OPT_TEXT, "FILE", &o.archive, 0, 0, "the archive, as audit --archive or archive import made it"},
		{"log", 0, OPT_TEXT, "DIR", &o.log, 0, 0, "also show the log in DIR, and serve its files"},
		{"log-key", 0, OPT_TEXT, "VKEY", &o.log_key, 0, 0, "the verifier key of that log, to be shown on its pages"},
		{"listen", 0, OPT_TEXT, "ADDR:PORT", &o.listen, 0, 0, "where to listen; default 127.0.0.1:8080; port 0: any"},
		{"no-sandbox", 0, OPT_FLAG, NULL, &o.open, 0, 0, "without seccomp and Landlock: for a debugger, never in public"},
	};
	const struct opt_table table = {"serve", "[options] --archive FILE",
	    "Show an archive as pages and as an API, read-only.",
	    "  routemark serve --archive months.rma\n"
	    "  routemark serve --archive months.rma --log log/ --listen [::1]:8080\n"
	    "  curl -s 'http://127.0.0.1:8080/api/v1/scores?asns=64500,64501&format=csv'\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	const char *why = "";
	struct key_pub key;
	int first = 0, status = opt_parse(&table, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (first < argc)
		return opt_misuse(&table, "\"%s\" is too much", argv[first]);
	if (o.archive == NULL)
		return opt_misuse(&table, "--archive FILE says which archive");
	if (o.log_key != NULL && o.log == NULL)
		return opt_misuse(&table, "--log-key is of a log: --log DIR says which");
	if (o.log_key != NULL && key_vkey_read(span_of(o.log_key), &key, &why) != OK)
		return opt_misuse(&table, "--log-key %s: %s", o.log_key, why);
	if (o.log_key != NULL && key.use != KEY_SIGNER)
		return opt_misuse(&table, "--log-key %s: is the key of a witness, not of a log", o.log_key);
	return run(&o);
}
