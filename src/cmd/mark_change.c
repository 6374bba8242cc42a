/* mark_change: suspend a mark, or restore it: a word in the log by the key that issued it, said once. */
#include "cmd/cmd.h"
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"

#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The mark that is meant: the last one of the one pack. NULL after a message. */
static const struct mark_found *
meant(const struct mark_find *f, const struct mark_cmd *o, int *status)
{
	const struct mark_found *m = NULL;
	size_t i;

	for (i = 0; i < f->n; i++) {
		if (f->found[i].superseded)
			continue;
		if (m != NULL) {
			note("mark", "AS%u has marks by %s and by %s: say which (--pack)", o->asn, m->line.pack,
			    f->found[i].line.pack);
			return NULL;
		}
		m = &f->found[i];
	}
	if (m == NULL) {
		note("mark", "%s: this key has issued no mark of AS%u%s%s", o->log, o->asn, o->pack != NULL ? " by " : "",
		    o->pack != NULL ? o->pack : "");
		*status = EXIT_NO;
	}
	return m;
}

static int
change(struct log *l, const struct key *k, const struct mark_cmd *o, enum status_word word, const struct mark_found *m,
    struct arena *a)
{
	bool suspended = m->standing == VERIFY_NO && m->decides->status.word == STATUS_SUSPENDED;
	struct status s = {.word = word, .at = m->issued.status.at, .reason = o->reason, .sha256 = m->sha256};
	struct str entry = {0};
	uint64_t index = 0;
	bool good = true;

	if (word == STATUS_RESTORED && !suspended) {
		note("mark", "the mark of AS%u by %s is not suspended by this key: there is nothing to restore", o->asn,
		    m->line.pack);
		return EXIT_NO;
	}
	if (utc_known(o->at))
		s.at = utc_format(o->at, arena_alloc(a, UTC_TEXT));
	if (word == STATUS_SUSPENDED && suspended) {
		index = m->decides->index;
		note("mark", "is suspended since that entry; nothing was added");
	} else {
		status_write(&entry, &s, k);
		good = mark_append(l, o, str_span(&entry), &index);
		str_release(&entry);
	}
	good = good && mark_publish(l, o);
	if (good)
		printf("%" PRIu64 "\n", index);
	if (good && o->log_key == NULL)
		note("mark", "nobody sees this before the log's next checkpoint (routemark log checkpoint)");
	return good ? EXIT_DONE : EXIT_UNANSWERED;
}

static int
with_log(struct log *l, const struct key *k, const struct mark_cmd *o, enum status_word word)
{
	struct mark_find f = {.a = arena_new(), .asn = o->asn, .pack = o->pack};
	const struct mark_found *m;
	int status = EXIT_UNANSWERED;

	if (log_open(l, o->log, true) != OK) {
		note("mark", "%s: %s", o->log, l->why);
	} else if (mark_own(&f, l, key_pub(k), o)) {
		m = meant(&f, o, &status);
		if (m != NULL)
			status = change(l, k, o, word, m, f.a);
	}
	mark_find_release(&f);
	arena_free(f.a);
	return status;
}

int
mark_change(const struct mark_cmd *o, enum status_word word)
{
	struct key *k;
	struct log *l;
	int status;

	if (o->reason != NULL && !status_reason_good(span_of(o->reason))) {
		note("mark", "--reason: is empty, has a control character, or more than %u bytes", STATUS_REASON_MAX);
		return EXIT_UNANSWERED;
	}
	k = keys_open("mark", o->key, o->fd);
	if (k == NULL)
		return EXIT_UNANSWERED;
	l = xmalloc(sizeof(*l));
	*l = (struct log){.lock = -1, .store = {.dir = -1}};
	status = with_log(l, k, o, word);
	log_close(l);
	free(l);
	key_free(k);
	return status;
}
