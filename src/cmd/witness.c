/* witness: cosign the checkpoints of logs that are known, over HTTP (c2sp.org/tlog-witness): init, serve. */
#include "seal/witness.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/keys.h"
#include "cmd/known.h"
#include "cmd/note.h"
#include "cmd/opt.h"
#include "cmd/passphrase.h"
#include "cmd/witness_front.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct witness_cmd {
	const char *state, *key, *listen;
	struct opt_list logs;
	struct utc at;
	uint32_t fd;
	struct verify_keys known;
};

static int
complain(const char *what, const char *why)
{
	note("witness", "%s: %s", what, why);
	return EXIT_UNANSWERED;
}

static struct key *
key_open(const struct witness_cmd *o)
{
	struct key *k = keys_open("witness", o->key, o->fd);

	if (k == NULL || key_pub(k)->use == KEY_WITNESS)
		return k;
	complain(o->key, "is a signer's key: a witness has one of its own (key new --witness)");
	key_free(k);
	return NULL;
}

static int
init(struct witness_cmd *o)
{
	char why[STORE_PATH_MAX + 256] = "";
	struct key *k = key_open(o);
	int status = EXIT_DONE;

	if (k == NULL)
		return EXIT_UNANSWERED;
	if (witness_init(o->state, key_pub(k), why) != OK)
		status = complain(o->state, why);
	key_free(k);
	return status;
}

/* --- serve --- */

/* What a cosignature says is that its checkpoint was seen by then: nothing else of this program reads a clock for what it
 * signs or writes. */
static uint64_t
moment(const struct witness_cmd *o)
{
	int64_t s = utc_known(o->at) ? o->at.s : (int64_t)time(NULL);

	return s > 0 ? (uint64_t)s : 0;
}

static void
journal(const struct witness *w, const struct witness_answer *a)
{
	if (a->forked)
		note("witness", "%s: its key has signed two trees of %" PRIu64 " entries; both checkpoints are kept", a->origin, a->size);
	else if (a->status == 200)
		note("witness", "%s: cosigned %" PRIu64 " entries", a->origin, a->size);
	if (w->why[0] != '\0')
		note("witness", "%s", w->why);
}

static int
answer_all(const struct witness_cmd *o, struct front *f, struct witness *w)
{
	char *buf = xmalloc(SUBMISSION_BYTES_MAX + 1);
	struct witness_answer a = {.status = 0};
	struct span body;
	bool there = true;

	while (there && front_next(f, buf, SUBMISSION_BYTES_MAX + 1, &body)) {
		witness_add(w, body, moment(o), &a);
		journal(w, &a);
		there = front_answer(f, a.status, str_span(&a.body));
		str_clear(&a.body);
	}
	str_release(&a.body);
	free(buf);
	note("witness", "the process that listens has ended");
	return EXIT_UNANSWERED;
}

static void
about_write(struct str *out, const struct witness *w)
{
	size_t i;

	str_adds(out, "witness ");
	key_vkey_write(out, key_pub(w->key));
	for (i = 0; i < w->n_logs; i++) {
		str_adds(out, "\nlog ");
		key_vkey_write(out, &w->logs[i]);
	}
	str_addc(out, '\n');
}

/* The last part of the address is the port that was asked for, which may be any. */
static void
listening(const char *address, unsigned port)
{
	printf("listening at http://%.*s:%u/\n", (int)(strrchr(address, ':') - address), address, port);
	fflush(stdout);
}

static int
serve_with(const struct witness_cmd *o, struct front *f)
{
	struct key *k = key_open(o);
	struct witness w = {.lock = -1, .store = {.dir = -1}};
	struct str about = {0};
	int status = EXIT_UNANSWERED;
	unsigned port = 0;

	if (k == NULL)
		return EXIT_UNANSWERED;
	if (witness_open(&w, o->state, k, o->known.pub, o->known.n) != OK) {
		complain(o->state, w.why);
	} else {
		about_write(&about, &w);
		if (front_listen(f, o->listen, str_span(&about), &port)) {
			listening(o->listen, port);
			status = answer_all(o, f, &w);
		}
	}
	str_release(&about);
	witness_close(&w);
	key_free(k);
	return status;
}

/* The half that signs has no network: its memory, its key, the keys of logs, and where it is asked for a passphrase. */
static bool
signer_confine(const struct witness_cmd *o)
{
	struct jail_path *paths = xcalloc(o->logs.n + 3, sizeof(*paths));
	bool good;
	size_t i;

	paths[0] = (struct jail_path){.path = o->state, .write = true};
	paths[1] = (struct jail_path){.path = o->key};
	paths[2] = (struct jail_path){.path = "/dev/tty", .write = true};
	for (i = 0; i < o->logs.n; i++)
		paths[3 + i] = (struct jail_path){.path = o->logs.item[i]};
	good = confined_here("witness", JAIL_SIGN, paths, 3 + i);
	free(paths);
	return good;
}

static int
serve(struct witness_cmd *o)
{
	struct front f;
	int status;

	if (o->logs.n > WITNESS_LOGS_MAX)
		return complain("--log", "more than WITNESS_LOGS_MAX");
	if (!front_start(&f))
		return EXIT_UNANSWERED;
	if (!signer_confine(o)) {
		front_stop(&f);
		return EXIT_UNANSWERED;
	}
	status = known_add(&o->known, &o->logs, VERIFY_ISSUER, "witness") ? serve_with(o, &f) : EXIT_UNANSWERED;
	front_stop(&f);
	free(o->known.pub);
	free(o->known.role);
	return status;
}

/* --- the command line --- */

static int
run(struct witness_cmd *o, const struct opt_table *t, int argc, char **argv)
{
	int first = 0, status = opt_parse(t, argc, argv, &first);
	bool is_init;

	if (status != OPT_GO_ON)
		return status;
	is_init = first < argc && strcmp(argv[first], "init") == 0;
	if (!is_init && (first == argc || strcmp(argv[first], "serve") != 0))
		return opt_misuse(t, "what is to be done? init or serve");
	if (argc - first != 2 || o->key == NULL)
		return opt_misuse(t, "%s takes a folder and --key", argv[first]);
	if (is_init && (o->logs.n > 0 || o->listen != NULL || utc_known(o->at)))
		return opt_misuse(t, "an option that init does not have");
	if (!is_init && (o->logs.n == 0 || o->listen == NULL))
		return opt_misuse(t, "serve takes --log and --listen");
	o->state = argv[first + 1];
	return is_init ? init(o) : serve(o);
}

int
cmd_witness(int argc, char **argv)
{
	struct witness_cmd o = {.at = UTC_NONE};
	const struct opt rows[] = {
		{"key", 'k', OPT_TEXT, "FILE", &o.key, 0, 0, "the witness's key (key new --witness)"},
		passphrase_opt(&o.fd),
		{"log", 0, OPT_LIST, "VKEY|FILE", &o.logs, 0, 0, "serve: the verifier key of a log; may be given again"},
		{"listen", 0, OPT_TEXT, "ADDR:PORT", &o.listen, 0, 0, "serve: where; numbers, port 0 for any"},
		{"at", 0, OPT_TIME, "TIME", &o.at, 0, 0, "serve: sign with this time, not the clock's (for tests)"},
	};
	const struct opt_table t = {"witness", "init|serve STATE --key FILE [options]",
	    "Cosign the checkpoints of logs over HTTP (C2SP tlog-witness): each only when it continues the one before,\n"
	    "so that no log can show two histories.",
	    "  routemark key new example.net/witness --witness -o w.key\n"
	    "  routemark witness init state/ --key w.key\n"
	    "  routemark witness serve state/ --key w.key --log log.vkey --listen 127.0.0.1:8080\n", rows, 5};
	int status = run(&o, &t, argc, argv);

	opt_list_release(&o.logs);
	return status;
}
