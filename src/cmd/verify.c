/* verify: whether what is said of a report is true: who signed it, which log has it, what was said of it since. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "cmd/log_source.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "cmd/slurp.h"
#include "cmd/verify_replay.h"
#include "cmd/verify_say.h"

#include <stdlib.h>
#include <unistd.h>

struct verify_cmd {
	const char *report, *policy, *signature, *proof, *log, *mark, *data;
	struct utc at;
	struct opt_list envelopes, evidence, keys, network, auditor;
	bool json, replay;
	uint32_t timeout;
	struct log_source source;
	struct replay replayed;
	const struct opt_table *table;
	struct arena *arena;
	struct str *files;		/* owned: what ask points into */
	size_t n_files, cap_files;
	struct policy trusted;
};

/* A whole file: its bytes lie in files, which may move, and stay where they are. Never NULL of p. */
static bool
load(struct verify_cmd *o, const char *path, uint64_t max, struct span *out)
{
	struct str *s;

	o->files = grow(o->files, &o->cap_files, o->n_files + 1, sizeof(*o->files));
	s = &o->files[o->n_files++];
	*s = (struct str){0};
	if (!slurp("verify", path, max, s))
		return false;
	*out = str_span(s);
	return true;
}

static bool
load_list(struct verify_cmd *o, const struct opt_list *list, const char *what, const struct span **out, size_t *n)
{
	struct span *s = arena_array(o->arena, list->n + 1, sizeof(*s));
	size_t i;

	if (list->n > VERIFY_FILES_MAX) {
		note("verify", "more than %u %s", VERIFY_FILES_MAX, what);
		return false;
	}
	for (i = 0; i < list->n; i++)
		if (!load(o, list->item[i], DSSE_BYTES_MAX, &s[i]))
			return false;
	*out = s;
	*n = list->n;
	return true;
}

static bool
policy_load(struct verify_cmd *o, struct verify_ask *ask)
{
	const char *why = NULL;
	struct span text;

	if (o->policy == NULL)
		return true;
	if (!load(o, o->policy, POLICY_BYTES_MAX, &text))
		return false;
	if (policy_read(text, o->arena, &o->trusted, &why) != OK) {
		note("verify", "%s: %s", o->policy, why);
		return false;
	}
	ask->policy = &o->trusted;
	return true;
}

/* What seal wrote lies beside the report. */
static void
beside(struct verify_cmd *o)
{
	char *envelope = arena_printf(o->arena, "%s.dsse.json", o->report);
	char *signature = arena_printf(o->arena, "%s.minisig", o->report);
	struct opt_list *l = &o->envelopes;
	size_t len = strlen(envelope) + 1;

	if (l->n > 0 || o->signature != NULL)
		return;
	if (access(envelope, F_OK) == 0) {
		l->item = grow(l->item, &l->cap, 1, sizeof(*l->item));
		l->item[0] = xmalloc(len);
		memcpy(l->item[0], envelope, len);
		l->n = 1;
	}
	if (access(signature, F_OK) == 0)
		o->signature = signature;
}

static bool
keys_load(struct verify_cmd *o, struct verify_keys *keys)
{
	if (!known_add(keys, &o->keys, VERIFY_ISSUER, "verify") || !known_add(keys, &o->network, VERIFY_NETWORK, "verify") ||
	    !known_add(keys, &o->auditor, VERIFY_AUDITOR, "verify"))
		return false;
	if (verify_keys_good(keys))
		return true;
	note("verify", "one key is given as two of --key, --network and --auditor: nobody audits himself");
	return false;
}

static bool
say(const struct verify_cmd *o, const struct verify_ask *ask, const struct verify *v)
{
	const struct verify_names names = {o->report, o->signature, o->proof, o->mark, o->envelopes.item, o->evidence.item};
	struct product product = {0};
	struct str out = {0};
	bool good;

	if (o->json)
		verify_json(&out, ask, v, o->replay ? &o->replayed : NULL);
	else
		verify_text(&out, session_style(true), ask, &names, v, o->replay ? &o->replayed : NULL);
	good = product_open(&product, NULL, "verify") && product_write(&product, str_span(&out)) && product_commit(&product);
	product_abandon(&product);
	str_release(&out);
	return good;
}

/* A log that is an address is fetched: nothing else is, and that only then. */
static bool
source_open(struct verify_cmd *o)
{
	unsigned ms = o->timeout > 0 ? 1000 * o->timeout : FETCH_TIME_MS;

	return o->log == NULL || !log_source_is(o->log) || log_source_open(&o->source, "verify", o->log, ms);
}

static void
compute_again(struct verify_cmd *o, struct verify_ask *ask)
{
	static const enum verify_answer answers[] = {[REPLAY_SAME] = VERIFY_YES, [REPLAY_DIFFERENT] = VERIFY_NO,
	    [REPLAY_CANNOT] = VERIFY_UNKNOWN};

	if (!o->replay)
		return;
	verify_replay(o->report, ask->report, o->data, o->table, o->arena, &o->replayed);
	ask->replayed = true;
	ask->replay = answers[o->replayed.answer];
}

static int
answer(struct verify_cmd *o)
{
	static const int status[] = {[VERIFY_YES] = EXIT_DONE, [VERIFY_NO] = EXIT_NO, [VERIFY_UNKNOWN] = EXIT_UNANSWERED};
	struct scan_source source = log_source_scan(&o->source);
	struct verify_ask ask = {.log = o->log, .at = o->at};
	struct verify v;
	int result = EXIT_UNANSWERED;

	beside(o);
	if (load(o, o->report, SEAL_REPORT_MAX, &ask.report) && policy_load(o, &ask) && keys_load(o, &ask.keys) &&
	    load_list(o, &o->envelopes, "envelopes", &ask.envelopes, &ask.n_envelopes) &&
	    load_list(o, &o->evidence, "pieces of evidence", &ask.evidence, &ask.n_evidence) &&
	    (o->signature == NULL || load(o, o->signature, NOTE_BYTES_MAX, &ask.signature)) &&
	    (o->mark == NULL || load(o, o->mark, MARK_BYTES_MAX, &ask.mark)) &&
	    (o->proof == NULL || load(o, o->proof, NOTE_BYTES_MAX, &ask.proof)) && source_open(o)) {
		ask.source = o->source.open ? &source : NULL;
		compute_again(o, &ask);
		verify_run(&ask, o->arena, &v);
		result = say(o, &ask, &v) ? status[v.answer] : EXIT_UNANSWERED;
		verify_release(&v);
	}
	free(ask.keys.pub);
	free(ask.keys.role);
	return result;
}

static void
release(struct verify_cmd *o)
{
	size_t i;

	replay_release(&o->replayed);
	for (i = 0; i < o->n_files; i++)
		str_release(&o->files[i]);
	free(o->files);
	opt_list_release(&o->envelopes);
	opt_list_release(&o->evidence);
	opt_list_release(&o->keys);
	opt_list_release(&o->network);
	opt_list_release(&o->auditor);
	arena_free(o->arena);
}

static int
run(struct verify_cmd *o, const struct opt_table *t, int argc, char **argv)
{
	int first = 0, status = opt_parse(t, argc, argv, &first);

	if (status != OPT_GO_ON)
		return status;
	if (argc - first != 1)
		return opt_misuse(t, argc == first ? "which report?" : "takes one report");
	if (o->policy == NULL && (o->proof != NULL || o->log != NULL))
		return opt_misuse(t, "--proof and --log need --policy: whose logs are believed, and which witnesses");
	if (o->policy != NULL && o->proof == NULL && o->log == NULL)
		return opt_misuse(t, "--policy is for --proof and --log");
	if (utc_known(o->at) && o->mark == NULL)
		return opt_misuse(t, "--at is for --mark: is it in its time then?");
	if (o->timeout > 0 && (o->log == NULL || !log_source_is(o->log)))
		return opt_misuse(t, "--timeout is for a --log that is fetched");
	if (o->replay != (o->data != NULL))
		return opt_misuse(t, "--replay and --data go together: the inputs to compute it from again");
	o->report = argv[first];
	o->table = t;
	o->arena = arena_new();
	return answer(o);
}

int
cmd_verify(int argc, char **argv)
{
	struct verify_cmd o = {.at = UTC_NONE};
	const struct opt rows[] = {
		{"key", 'k', OPT_LIST, "VKEY|FILE", &o.keys, 0, 0, "a key whose reports are believed; may be given again"},
		{"network", 0, OPT_LIST, "VKEY|FILE", &o.network, 0, 0, "a key of the network that the report is on"},
		{"auditor", 0, OPT_LIST, "VKEY|FILE", &o.auditor, 0, 0, "a key of an independent auditor"},
		{"envelope", 0, OPT_LIST, "FILE", &o.envelopes, 0, 0, "a seal on the report (REPORT.dsse.json); may be given again"},
		{"signature", 0, OPT_TEXT, "FILE", &o.signature, 0, 0, "its signature (REPORT.minisig)"},
		{"evidence", 0, OPT_LIST, "FILE", &o.evidence, 0, 0, "an in-toto Statement on an input, signed by the network"},
		{"policy", 0, OPT_TEXT, "FILE", &o.policy, 0, 0, "whose logs are believed, with which witnesses (tlog-policy)"},
		{"proof", 0, OPT_TEXT, "FILE", &o.proof, 0, 0, "that a log has the report (log prove)"},
		{"log", 0, OPT_TEXT, "DIR|URL", &o.log, 0, 0, "the log, a copy or where it is served: what was said of the report in it"},
		{"timeout", 0, OPT_NUMBER, "SECONDS", &o.timeout, 1, 600, "for each file of a log that is fetched (30)"},
		{"mark", 0, OPT_TEXT, "FILE", &o.mark, 0, 0, "a mark (mark.json) that is said to rest on this report"},
		{"at", 0, OPT_TIME, "TIME", &o.at, 0, 0, "and whether it is in its time then"},
		{"replay", 0, OPT_FLAG, NULL, &o.replay, 0, 0, "compute the report again from its inputs, and compare every byte"},
		{"data", 'd', OPT_TEXT, "DIR", &o.data, 0, 0, "with --replay: the inputs, under any names"},
		{"json", 0, OPT_FLAG, NULL, &o.json, 0, 0, "write JSON (doc/formats/verify.md)"},
	};
	const struct opt_table t = {"verify", "REPORT.json --key VKEY|FILE [options]",
	    "Say who signed a report, which log has it, what was said of it since, and at which level of assurance\n"
	    "it stands. Exit status: 0 yes, 1 no, 2 could not tell. Nothing is fetched but a log whose address is given.",
	    "  routemark verify 64500.json --key audits.pub\n"
	    "  routemark verify 64500.json --key audits.pub --policy policy.txt --proof 0.tlog-proof\n"
	    "  routemark verify 64500.json --key audits.pub --policy policy.txt --log https://log.example.net/\n"
	    "  routemark verify 64500.json --key audits.pub --replay --data evidence/\n", rows,
	    sizeof(rows) / sizeof(*rows)};
	int status = run(&o, &t, argc, argv);

	release(&o);
	return status;
}
