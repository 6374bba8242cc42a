/* log: keep a public append-only log in a folder: init, append, status, checkpoint, witness, prove, fsck. */
#include "seal/log.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/keys.h"
#include "cmd/log_status.h"
#include "cmd/log_told.h"
#include "cmd/log_witness.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"
#include "cmd/product.h"
#include "cmd/slurp.h"

#include <inttypes.h>
#include <stdlib.h>

#define LINES_MAX (256u << 20)	/* bytes of one file of lines: a million entries */

struct log_cmd {
	const char *key, *output, *vkey, *reason, *policy;
	struct utc at;
	struct opt_list signers;
	bool lines, hold, json;
	uint32_t fd, timeout;
	char **args;		/* behind the folder */
	int n;
	const struct opt_table *t;	/* the command line as a whole: argc operands */
	int argc;
	char **argv;
};

static int
complain(const char *dir, const char *why)
{
	note("log", "%s: %s", dir, why);
	return EXIT_UNANSWERED;
}

/* --- init, checkpoint --- */

static int
init(const struct log_cmd *o, const char *dir)
{
	char why[STORE_PATH_MAX + 256] = "";
	struct key *k = keys_open("log", o->key, o->fd);
	int status = EXIT_DONE;

	if (k == NULL)
		return EXIT_UNANSWERED;
	if (key_pub(k)->use != KEY_SIGNER)
		status = complain(o->key, "is a witness's key, which signs no log");
	else if (log_init(dir, k, why) != OK)
		status = complain(dir, why);
	key_free(k);
	return status;
}

static int
checkpoint(const struct log_cmd *o, const char *dir)
{
	struct key *k = keys_open("log", o->key, o->fd);
	struct log *l;
	int status = EXIT_DONE;

	if (k == NULL)
		return EXIT_UNANSWERED;
	l = xmalloc(sizeof(*l));
	if (log_open(l, dir, true) != OK || log_checkpoint(l, k, o->hold) != OK)
		status = complain(dir, l->why);
	else
		printf("%" PRIu64 "\n", l->size);
	log_close(l);
	free(l);
	key_free(k);
	return status;
}

/* --- append --- */

struct batch {
	struct str *bytes;	/* owned: what the entries point into, one for each file */
	size_t n_bytes, cap_bytes;
	struct span *entry;	/* owned */
	size_t n, cap;
};

static bool
take(struct batch *b, const char *path, bool lines)
{
	struct span rest, line;
	struct str *s;

	b->bytes = grow(b->bytes, &b->cap_bytes, b->n_bytes + 1, sizeof(*b->bytes));
	s = &b->bytes[b->n_bytes++];
	*s = (struct str){0};
	if (!slurp("log", path, lines ? LINES_MAX : LOG_ENTRY_MAX, s))
		return false;
	rest = str_span(s);
	if (lines && rest.len > 0 && rest.p[rest.len - 1] != '\n') {
		note("log", "%s: its last line has no end: it may have been cut short", path);
		return false;
	}
	while (lines ? rest.len > 0 && span_cut(&rest, '\n', &line) : rest.p != NULL) {
		if (!lines) {
			line = rest;
			rest.p = NULL;
		}
		b->entry = grow(b->entry, &b->cap, b->n + 1, sizeof(*b->entry));
		b->entry[b->n++] = line;
	}
	return true;
}

static void
batch_release(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->n_bytes; i++)
		str_release(&b->bytes[i]);
	free(b->bytes);
	free(b->entry);
}

static int
append(const struct log_cmd *o, const char *dir)
{
	struct log *l = xmalloc(sizeof(*l));
	struct batch b = {0};
	uint64_t first = 0;
	int status = EXIT_DONE, i;
	size_t k;

	*l = (struct log){.lock = -1, .store = {.dir = -1}};
	for (i = 0; i < o->n && status == EXIT_DONE; i++)
		if (!take(&b, o->args[i], o->lines))
			status = EXIT_UNANSWERED;
	if (status == EXIT_DONE && (log_open(l, dir, true) != OK || log_append(l, b.entry, b.n, &first) != OK))
		status = complain(dir, l->why);
	for (k = 0; status == EXIT_DONE && k < b.n; k++)
		printf("%" PRIu64 "\n", first + k);
	log_close(l);
	free(l);
	batch_release(&b);
	return status;
}

static int
status_entry(const struct log_cmd *o, const char *dir)
{
	return log_status(&(struct log_status){dir, o->args[0], o->args[1], o->key, o->reason, o->at, o->fd});
}

static unsigned
timeout_of(const struct log_cmd *o)
{
	return o->timeout > 0 ? 1000 * o->timeout : FETCH_TIME_MS;
}

static int
told(const struct log_cmd *o, const char *where)
{
	return log_told(&(struct log_told){where, o->n > 0 ? o->args[0] : NULL, o->policy, &o->signers, o->json, timeout_of(o)});
}

static int
witness(const struct log_cmd *o, const char *dir)
{
	return log_witness(&(struct log_witness){dir, o->policy, timeout_of(o), o->t, o->argc, o->argv});
}

/* --- prove, fsck --- */

static int
prove(const struct log_cmd *o, const char *dir)
{
	struct product product = {0};
	struct str out = {0};
	struct log_proof p;
	uint64_t index = 0;
	struct arena *a;
	struct log *l;
	int status = EXIT_DONE;

	if (span_u64(span_of(o->args[0]), TREE_SIZE_MAX - 1, &index) != OK)
		return complain(o->args[0], "is no index of an entry");
	a = arena_new();
	l = xmalloc(sizeof(*l));
	if (log_open(l, dir, false) != OK || log_prove(l, index, a, &p) != OK)
		status = complain(dir, l->why);
	log_close(l);
	if (status == EXIT_DONE) {
		proof_write(&out, &p);
		if (!product_open(&product, o->output, "log") || !product_write(&product, str_span(&out)) ||
		    !product_commit(&product))
			status = EXIT_UNANSWERED;
		product_abandon(&product);
	}
	str_release(&out);
	arena_free(a);
	free(l);
	return status;
}

static int
fsck(const struct log_cmd *o, const char *dir)
{
	struct log *l = xmalloc(sizeof(*l));
	struct key_pub k;
	const char *why = "";
	int status = EXIT_DONE;
	enum err e;

	if (o->vkey != NULL && key_vkey_read(span_of(o->vkey), &k, &why) != OK) {
		free(l);
		return complain(o->vkey, why);
	}
	e = log_open(l, dir, false);
	if (e == OK)
		e = log_fsck(l, o->vkey != NULL ? &k : NULL);
	if (e == OK)
		printf("%s: %" PRIu64 " entries; every tile, the head and the checkpoint follow from them%s\n", l->origin, l->size,
		    o->vkey != NULL ? ", and the signature verifies" : "");
	else
		status = complain(dir, l->why);
	if (e == ERR_CONTRADICT)
		status = EXIT_NO;
	log_close(l);
	free(l);
	return status;
}

/* --- the command line --- */

enum { HAS_KEY = 1, HAS_POLICY = 2, HAS_LINES = 4, HAS_REASON = 8, HAS_HOLD = 16, HAS_OUTPUT = 32, HAS_VKEY = 64, HAS_TIMEOUT = 128,
	HAS_TELLING = 256 };

/* Of two rows of one name the one whose key or policy was given. */
static const struct verb {
	const char *name;
	int (*run)(const struct log_cmd *, const char *);
	int min, max;			/* operands behind the folder */
	unsigned must, may;		/* options */
	const char *takes;
} verbs[] = {
	{"init", init, 0, 0, HAS_KEY, 0, "init takes a folder and --key"},
	{"append", append, 1, FILES_MAX, 0, HAS_LINES, "append takes a folder and files"},
	{"status", told, 0, 1, HAS_POLICY, HAS_TIMEOUT | HAS_TELLING, "status takes a log, --policy, and a report or none"},
	{"status", status_entry, 2, 2, HAS_KEY, HAS_REASON, "status takes a folder, a status, a report and --key; or a log and --policy"},
	{"checkpoint", checkpoint, 0, 0, HAS_KEY, HAS_HOLD, "checkpoint takes a folder and --key"},
	{"witness", witness, 0, 0, HAS_POLICY, HAS_TIMEOUT, "witness takes a folder and --policy"},
	{"prove", prove, 1, 1, 0, HAS_OUTPUT, "prove takes a folder and the index of an entry"},
	{"fsck", fsck, 0, 0, 0, HAS_VKEY, "fsck takes a folder"},
};

static unsigned
given(const struct log_cmd *o)
{
	return (o->key != NULL ? HAS_KEY : 0) | (o->policy != NULL ? HAS_POLICY : 0) | (o->lines ? HAS_LINES : 0) |
	    (o->reason != NULL || utc_known(o->at) ? HAS_REASON : 0) | (o->hold ? HAS_HOLD : 0) |
	    (o->output != NULL ? HAS_OUTPUT : 0) | (o->vkey != NULL ? HAS_VKEY : 0) | (o->timeout > 0 ? HAS_TIMEOUT : 0) |
	    (o->json || o->signers.n > 0 ? HAS_TELLING : 0);
}

static int
run(struct log_cmd *o, const struct opt_table *t, int argc, char **argv)
{
	const size_t n = sizeof(verbs) / sizeof(*verbs);
	const struct verb *v = verbs;
	int first = 0, status = opt_parse(t, argc, argv, &first);
	unsigned has = given(o);

	if (status != OPT_GO_ON)
		return status;
	while (first < argc && v < verbs + n &&
	    (strcmp(argv[first], v->name) != 0 || (v->run == told && (has & HAS_POLICY) == 0)))
		v++;
	if (first == argc || v == verbs + n)
		return opt_misuse(t, "what is to be done? init, append, status, checkpoint, witness, prove or fsck");
	o->t = t;
	o->argc = argc - first;
	o->argv = argv + first;
	o->args = argv + first + 2;
	o->n = argc - first - 2;
	if (o->n < v->min || o->n > v->max || (has & v->must) != v->must)
		return opt_misuse(t, "%s", v->takes);
	if ((has & ~(v->must | v->may)) != 0)
		return opt_misuse(t, "an option that %s does not have", v->name);
	return v->run(o, argv[first + 1]);
}

int
cmd_log(int argc, char **argv)
{
	struct log_cmd o = {.at = UTC_NONE};
	const struct opt rows[] = {
		{"key", 'k', OPT_TEXT, "FILE", &o.key, 0, 0, "init, checkpoint: the log's key, whose name is its origin; status: the signer's"},
		passphrase_opt(&o.fd),
		{"lines", 0, OPT_FLAG, NULL, &o.lines, 0, 0, "append: every line of the files is an entry, not every file"},
		{"reason", 0, OPT_TEXT, "TEXT", &o.reason, 0, 0, "status: why, a line that all will read"},
		{"at", 0, OPT_TIME, "TIME", &o.at, 0, 0, "status: the moment of the evidence for it (the report's own)"},
		{"hold", 0, OPT_FLAG, NULL, &o.hold, 0, 0, "checkpoint: sign, but leave the publishing to witness"},
		{"policy", 0, OPT_TEXT, "FILE", &o.policy, 0, 0, "witness, status of a log: which log and witnesses, where, how many (tlog-policy)"},
		{"timeout", 0, OPT_NUMBER, "SECONDS", &o.timeout, 1, 600, "witness, status of an address: for each answer (30)"},
		{"signer", 0, OPT_LIST, "VKEY|FILE", &o.signers, 0, 0, "status of a log: a key whose words are known; may be given again"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "status of a log: write JSON (doc/formats/status.md)"},
		{"output", 'o', OPT_TEXT, "FILE", &o.output, 0, 0, "prove: write to FILE, whole or not at all"},
		{"vkey", 0, OPT_TEXT, "VKEY", &o.vkey, 0, 0, "fsck: verify the checkpoint's signature too"},
	};
	const struct opt_table t = {"log", "init|append|status|checkpoint|witness|prove|fsck DIR [arguments]",
	    "Keep a public append-only log in a folder that any web server can serve (C2SP tlog-tiles).",
	    "  routemark log init log/ --key log.key\n"
	    "  routemark log append log/ --lines statements.txt\n"
	    "  routemark log status log/ issued 64500.json --key audits.key\n"
	    "  routemark log status https://log.example.net/ 64500.json --policy policy.txt\n"
	    "  routemark log checkpoint log/ --key log.key\n"
	    "  routemark log witness log/ --policy policy.txt\n"
	    "  routemark log prove log/ 17 -o 17.tlog-proof\n", rows, 12};
	int status = run(&o, &t, argc, argv);

	opt_list_release(&o.signers);
	return status;
}
