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

struct change {
	struct mark_cmd *o;
	enum status_word word;
	struct arena *a;
	struct mark given;		/* that was handed over, when one was: of it AS, pack and moment */
	char sha256[SHA256_HEX + 1];	/* of that */
	struct mark_stands there;	/* in the log */
};

/* --- what is there, before a key is open --- */

/* The mark that is meant: the last one of the one pack. NULL after a message. */
static const struct mark_stand *
meant(const struct change *c, int *status)
{
	const struct mark_cmd *o = c->o;
	const struct mark_stand *m = NULL;
	size_t i;

	for (i = 0; i < c->there.n; i++) {
		if (c->there.of[i].superseded)
			continue;
		if (m != NULL) {
			note("mark", "AS%u has marks by %s and by %s: say which (--pack)", o->asn, m->pack, c->there.of[i].pack);
			return NULL;
		}
		m = &c->there.of[i];
	}
	if (m == NULL) {
		if (o->mark != NULL)
			note("mark", "%s: no entry issues the mark %s", o->log, o->mark);
		else
			note("mark", "%s: this key has issued no mark of AS%u%s%s%s", o->log, o->asn, o->pack != NULL ?
			    " by " : "", o->pack != NULL ? o->pack : "", c->word == STATUS_SUSPENDED ?
			    "; --mark FILE is for one that another has issued" : "");
		*status = EXIT_NO;
	}
	return m;
}

/* The mark is not suspended by this key: there is nothing to restore. */
static int
nothing(const struct mark_cmd *o, const struct mark_stand *m)
{
	if (m->suspended)
		note("mark", "this key has suspended the report of the mark by %s, in entry %" PRIu64 ", and not the mark: "
		    "\"routemark log status %s restored REPORT\" restores it", m->pack, m->since, o->log);
	else
		note("mark", "the mark of AS%u by %s is not suspended by this key: there is nothing to restore", o->asn, m->pack);
	return EXIT_NO;
}

/* Of the mark that was handed over, when there is one; o is told of which network it is. */
static bool
handed(struct change *c)
{
	struct mark_cmd *o = c->o;

	if (o->mark == NULL)
		return true;
	if (!mark_handed(o->mark, c->a, &c->given, c->sha256))
		return false;
	if ((o->has_asn && o->asn != c->given.asn) || (o->pack != NULL && strcmp(o->pack, c->given.pack.id) != 0)) {
		note("mark", "%s: is of AS%u, by %s, and another was asked for", o->mark, c->given.asn, c->given.pack.id);
		return false;
	}
	o->asn = c->given.asn;
	return true;
}

static bool
looked(struct change *c)
{
	const char *sha256 = c->o->mark != NULL ? c->sha256 : NULL;
	struct key_pub by;
	size_t i;

	if (!keys_head("mark", c->o->key, &by))
		return false;
	if (by.use != KEY_SIGNER) {
		note("mark", "%s: is a witness's key, which says nothing of marks", c->o->key);
		return false;
	}
	if (!mark_look(c->o, c->o->pack, &by, sha256, c->a, &c->there))
		return false;
	for (i = 0; sha256 != NULL && i < c->there.n; i++) {	/* a stranger's entry may call it otherwise */
		c->there.of[i].at = c->given.at;
		c->there.of[i].pack = c->given.pack.id;
	}
	return true;
}

/* --- the word --- */

static int
change(const struct change *c, struct log *l, const struct key *k, const struct mark_stand *m)
{
	const struct mark_cmd *o = c->o;
	struct status s = {.word = c->word, .at = m->at, .reason = o->reason, .sha256 = m->sha256};
	struct str entry = {0};
	uint64_t index = 0;
	bool good = true;

	if (utc_known(o->at))
		s.at = utc_format(o->at, arena_alloc(c->a, UTC_TEXT));
	if (c->word == STATUS_SUSPENDED && m->own_suspended) {
		index = m->own_since;
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
with_key(const struct change *c, const struct mark_stand *m)
{
	struct key *k = keys_open("mark", c->o->key, c->o->fd);
	int status = EXIT_UNANSWERED;
	struct log *l;

	if (k == NULL)
		return EXIT_UNANSWERED;
	l = xmalloc(sizeof(*l));
	*l = (struct log){.lock = -1, .store = {.dir = -1}};
	if (log_open(l, c->o->log, true) != OK)
		note("mark", "%s: %s", c->o->log, l->why);
	else if (mark_look_holds(c->o, &c->there, l))
		status = change(c, l, k, m);
	log_close(l);
	free(l);
	key_free(k);
	return status;
}

static int
run(struct change *c)
{
	int status = EXIT_UNANSWERED;
	const struct mark_stand *m;

	if (!handed(c) || !looked(c))
		return EXIT_UNANSWERED;
	m = meant(c, &status);
	if (m == NULL)
		return status;
	if (c->word == STATUS_RESTORED && !m->own_suspended)
		return nothing(c->o, m);
	return with_key(c, m);
}

int
mark_change(const struct mark_cmd *asked, enum status_word word)
{
	struct mark_cmd copy = *asked;
	struct change c = {.o = &copy, .word = word};
	int status;

	if (copy.reason != NULL && !status_reason_good(span_of(copy.reason))) {
		note("mark", "--reason: is empty, has a control character, or more than %u bytes", STATUS_REASON_MAX);
		return EXIT_UNANSWERED;
	}
	c.a = arena_new();
	status = run(&c);
	arena_free(c.a);
	return status;
}
