/*
 * mark_change: suspend a mark, or restore it: a word in the log, said once. By an ASN it is of the mark that the key has
 * issued itself; a mark that is handed over may be anybody's, as an auditor's word on it is.
 */
#include "cmd/cmd.h"
#include "cmd/keys.h"
#include "cmd/mark.h"
#include "cmd/note.h"

#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The mark that is meant: the last one of the one pack. NULL after a message. */
static const struct mark_found *
meant(const struct mark_find *f, const struct mark_cmd *o, enum status_word word, int *status)
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
		if (o->mark != NULL)
			note("mark", "%s: no entry issues the mark %s", o->log, o->mark);
		else
			note("mark", "%s: this key has issued no mark of AS%u%s%s%s", o->log, o->asn, o->pack != NULL ?
			    " by " : "", o->pack != NULL ? o->pack : "", word == STATUS_SUSPENDED ?
			    "; --mark FILE is for one that another has issued" : "");
		*status = EXIT_NO;
	}
	return m;
}

/* By words on the mark alone. */
static const struct verify_word *
suspended(const struct mark_find *f, const struct mark_found *m)
{
	struct verify v = {.answer = VERIFY_YES};

	verify_stand(&f->keys, &v, &m->own);
	return v.standing == VERIFY_NO && v.decides->status.word == STATUS_SUSPENDED ? v.decides : NULL;
}

/* The mark is not suspended by this key: there is nothing to restore. */
static int
nothing(const struct mark_cmd *o, const struct mark_found *m)
{
	if (m->standing == VERIFY_NO && m->decides->status.word == STATUS_SUSPENDED)
		note("mark", "this key has suspended the report of the mark by %s, in entry %" PRIu64 ", and not the mark: "
		    "\"routemark log status %s restored REPORT\" restores it", m->line.pack, m->decides->index, o->log);
	else
		note("mark", "the mark of AS%u by %s is not suspended by this key: there is nothing to restore", o->asn,
		    m->line.pack);
	return EXIT_NO;
}

static int
change(struct log *l, const struct key *k, const struct mark_cmd *o, enum status_word word, const struct mark_find *f,
    const struct mark_found *m)
{
	const struct verify_word *since = suspended(f, m);
	struct status s = {.word = word, .at = m->issued.status.at, .reason = o->reason, .sha256 = m->sha256};
	struct str entry = {0};
	uint64_t index = 0;
	bool good = true;

	if (word == STATUS_RESTORED && since == NULL)
		return nothing(o, m);
	if (utc_known(o->at))
		s.at = utc_format(o->at, arena_alloc(f->a, UTC_TEXT));
	if (word == STATUS_SUSPENDED && since != NULL) {
		index = since->index;
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

/* Of the mark that was handed over, when there is one; o is told of which network it is. */
static bool
handed(struct mark_cmd *o, struct arena *a, struct mark *m, char *sha256)
{
	if (o->mark == NULL)
		return true;
	if (!mark_handed(o->mark, a, m, sha256))
		return false;
	if ((o->has_asn && o->asn != m->asn) || (o->pack != NULL && strcmp(o->pack, m->pack.id) != 0)) {
		note("mark", "%s: is of AS%u, by %s, and another was asked for", o->mark, m->asn, m->pack.id);
		return false;
	}
	o->asn = m->asn;
	return true;
}

/* given, sha256: of the mark that was handed over, when there is one. */
static int
with_log(struct log *l, const struct key *k, struct mark_cmd *o, enum status_word word, const struct mark *given,
    const char *sha256)
{
	struct mark_find f = {.a = arena_new(), .asn = o->asn, .pack = o->pack, .sha256 = o->mark != NULL ? sha256 : NULL,
	    .anybodys = o->mark != NULL};
	const struct mark_found *m;
	int status = EXIT_UNANSWERED;

	if (log_open(l, o->log, true) != OK) {
		note("mark", "%s: %s", o->log, l->why);
	} else if (mark_own(&f, l, key_pub(k), o)) {
		m = meant(&f, o, word, &status);
		if (m != NULL && o->mark != NULL) {	/* a stranger's entry may call it otherwise */
			f.found[m - f.found].issued.status.at = given->at;
			f.found[m - f.found].line.pack = given->pack.id;
		}
		if (m != NULL)
			status = change(l, k, o, word, &f, m);
	}
	mark_find_release(&f);
	arena_free(f.a);
	return status;
}

static int
with_key(struct mark_cmd *o, enum status_word word, const struct mark *given, const char *sha256)
{
	struct key *k = keys_open("mark", o->key, o->fd);
	struct log *l;
	int status;

	if (k == NULL)
		return EXIT_UNANSWERED;
	if (key_pub(k)->use != KEY_SIGNER) {
		note("mark", "%s: is a witness's key, which says nothing of marks", o->key);
		key_free(k);
		return EXIT_UNANSWERED;
	}
	l = xmalloc(sizeof(*l));
	*l = (struct log){.lock = -1, .store = {.dir = -1}};
	status = with_log(l, k, o, word, given, sha256);
	log_close(l);
	free(l);
	key_free(k);
	return status;
}

int
mark_change(const struct mark_cmd *asked, enum status_word word)
{
	struct mark_cmd copy = *asked, *o = &copy;
	char sha256[SHA256_HEX + 1] = "";
	struct mark given = {.asn = 0};
	struct arena *a;
	int status = EXIT_UNANSWERED;

	if (o->reason != NULL && !status_reason_good(span_of(o->reason))) {
		note("mark", "--reason: is empty, has a control character, or more than %u bytes", STATUS_REASON_MAX);
		return EXIT_UNANSWERED;
	}
	a = arena_new();
	if (handed(o, a, &given, sha256))
		status = with_key(o, word, &given, sha256);
	arena_free(a);
	return status;
}
