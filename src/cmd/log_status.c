#include "cmd/log_status.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/keys.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "seal/gist.h"
#include "seal/log.h"
#include "seal/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct looking { const struct log_status *o; struct str bytes; };

/* The moment of the report's evidence, in a process of its own, which has no key. */
static bool
decode(void *arg, struct str *out)
{
	struct looking *l = arg;
	struct arena *a = arena_new();
	const char *why = NULL;
	struct gist g;
	bool good = gist_read(str_span(&l->bytes), a, &g, &why) == OK;

	if (good) {
		str_adds(out, g.at);
		gist_release(&g);
	} else {
		note("log", "%s: %s", l->o->report, why);
	}
	arena_free(a);
	return good;
}

/* What the entry says; all is from the arena. */
static bool
say(const struct log_status *o, struct arena *a, struct status *s)
{
	uint8_t digest[SHA256_BYTES];
	struct looking l = {.o = o};
	struct str moment = {0};
	struct utc evidence = UTC_NONE;
	char *hex, *at;
	bool good = slurp("log", o->report, SEAL_REPORT_MAX, &l.bytes) &&
	    confined_run("log", decode, &l, NULL, UTC_TEXT, &moment);

	if (good && utc_parse(str_span(&moment), &evidence) != OK) {
		note("log", "%s: is of no moment", o->report);
		good = false;
	}
	if (good) {
		hex = arena_alloc(a, SHA256_HEX + 1);
		at = arena_alloc(a, UTC_TEXT);
		sha256_of(l.bytes.p, l.bytes.len, digest);
		sha256_hex(digest, hex);
		s->sha256 = hex;
		s->at = utc_format(utc_known(o->at) ? o->at : evidence, at);
		s->reason = o->reason;
	}
	str_release(&moment);
	str_release(&l.bytes);
	return good;
}

static int
append(const char *dir, struct span entry)
{
	struct log *l = xmalloc(sizeof(*l));
	uint64_t index = 0;
	int status = EXIT_DONE;

	if (log_open(l, dir, true) != OK || log_append(l, &entry, 1, &index) != OK) {
		note("log", "%s: %s", dir, l->why);
		status = EXIT_UNANSWERED;
	} else {
		printf("%" PRIu64 "\n", index);
	}
	log_close(l);
	free(l);
	return status;
}

int
log_status(const struct log_status *o)
{
	struct arena *a = arena_new();
	struct status s = {.at = NULL};
	struct str entry = {0};
	struct key *k = NULL;
	int status = EXIT_UNANSWERED;

	if (status_word_read(span_of(o->word), &s.word) != OK)
		note("log", "%s: is no status: issued, lapsed, suspended, restored, disputed or resolved", o->word);
	else if (o->reason != NULL && !status_reason_good(span_of(o->reason)))
		note("log", "--reason: is empty, has a control character, or more than %u bytes", STATUS_REASON_MAX);
	else if (say(o, a, &s))
		k = keys_open("log", o->key, o->fd);
	if (k != NULL && key_pub(k)->use != KEY_SIGNER) {
		note("log", "%s: is a witness's key, which says nothing of reports", o->key);
	} else if (k != NULL) {
		status_write(&entry, &s, k);
		status = append(o->dir, str_span(&entry));
	}
	str_release(&entry);
	key_free(k);
	arena_free(a);
	return status;
}
