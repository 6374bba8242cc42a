/* mark_show: whether a mark is valid at a moment, by what a log says of it. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "cmd/log_source.h"
#include "cmd/mark.h"
#include "cmd/note.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "cmd/slurp.h"

#include <stdlib.h>
#include <time.h>

struct show {
	const struct mark_cmd *o;
	struct arena *a;
	struct policy policy;
	struct mark_find f;
	struct mark mark;
	char sha256[SHA256_HEX + 1];
	struct mark_sheet sheet;
};

/* --- what was given --- */

static bool
read_file(const struct show *s, const char *path, uint64_t max, struct span *out)
{
	struct str bytes = {0};
	bool good = slurp("mark", path, max, &bytes);

	*out = arena_span(s->a, str_span(&bytes));
	str_release(&bytes);
	return good;
}

static bool
policy_load(struct show *s)
{
	const char *why = NULL;
	struct span text;

	if (!read_file(s, s->o->policy, POLICY_BYTES_MAX, &text))
		return false;
	if (policy_read(text, s->a, &s->policy, &why) == OK)
		return true;
	note("mark", "%s: %s", s->o->policy, why);
	return false;
}

/* The mark that was handed out. What it is of must be what was asked. */
static bool
given_load(struct show *s)
{
	if (s->o->mark == NULL)
		return true;
	if (!mark_load(s->o->mark, s->a, &s->mark, s->sha256))
		return false;
	s->sheet.m = &s->mark;
	s->sheet.sha256 = s->f.sha256 = s->sha256;
	s->f.asn = s->mark.asn;
	return true;
}

/* --- the answer --- */

static void
say(struct show *s, enum verify_answer answer, const char *why)
{
	s->sheet.answer = answer;
	s->sheet.why = why;
}

/* A kind of error as verify has it: what contradicts itself is false, else it could not be told. */
static void
trouble(struct show *s, enum err e, const char *why)
{
	s->sheet.trouble = why != NULL ? why : err_text(e);
	say(s, e == ERR_CONTRADICT || e == ERR_SIGNATURE ? VERIFY_NO : VERIFY_UNKNOWN, s->o->log != NULL ?
	    "the log cannot be believed, so it tells nothing" : "the proof cannot be believed, so it tells nothing");
}

static const char *
why_of(const struct show *s, const struct mark_found *m, enum mark_state state)
{
	const char *pack = m->line.pack;

	switch (state) {
	case MARK_VALID:
		return arena_printf(s->a, "the mark by %s is valid at that moment, and nobody known here holds it "
		    "suspended", pack);
	case MARK_EARLY:
		return arena_printf(s->a, "that moment is before the evidence of the mark by %s, which says nothing of "
		    "it", pack);
	case MARK_LAPSED:
		return arena_printf(s->a, "the mark by %s has lapsed", pack);
	case MARK_SUSPENDED:
		return arena_printf(s->a, "the mark by %s is suspended", pack);
	case MARK_DISPUTED:
	case MARK_STATES:
		break;
	}
	return arena_printf(s->a, "the mark by %s is disputed, and this is not settled", pack);
}

static void
nothing_found(struct show *s)
{
	if (s->f.strangers > 0)
		say(s, VERIFY_UNKNOWN, "it was issued, but by no key that is known here");
	else if (s->sheet.m != NULL && strcmp(s->mark.log, arena_strdup(s->a, s->f.at.origin)) != 0)
		say(s, VERIFY_UNKNOWN, arena_printf(s->a, "the mark says that it is in the log %s, and this is another",
		    s->mark.log));
	else
		say(s, VERIFY_NO, s->sheet.m != NULL ? "the log has no entry on this mark: it was never issued, or it "
		    "was changed" :
		    "nobody known here has ever issued such a mark in this log");
}

/* The worst of all that were not superseded by a later one of their pack. */
static void
judge(struct show *s)
{
	enum mark_state state;
	enum verify_answer one;
	bool first = true;
	size_t i, valid = 0;

	for (i = 0; i < s->f.n; i++) {
		const struct mark_found *m = &s->f.found[i];

		if (m->superseded)
			continue;
		valid++;
		state = mark_state_at(m, s->sheet.at);
		one = mark_state_answer(state);
		if (first || one == VERIFY_NO || (one == VERIFY_UNKNOWN && s->sheet.answer == VERIFY_YES))
			say(s, one, why_of(s, m, state));
		first = false;
		if (s->sheet.m != NULL && !mark_entry_fits(&s->sheet, m))
			say(s, VERIFY_NO, "the log's entry on this mark says other things of it than it says itself");
	}
	if (first)
		nothing_found(s);
	else if (s->sheet.answer == VERIFY_YES && valid > 1)
		say(s, VERIFY_YES, arena_printf(s->a, "all its %zu marks are valid at that moment, and nobody known here "
		    "holds one suspended",
		    valid));
}

/* --- where from --- */

/* Of a folder, or fetched: then what is wrong is no word of the log's, since anybody on the way could have done it. */
static bool
from_log(struct show *s)
{
	struct log_source from = {.url = NULL};
	struct scan_source source = log_source_scan(&from);
	bool fetched = log_source_is(s->o->log);
	const char *why = NULL;
	enum err e;

	if (fetched && !log_source_open(&from, "mark", s->o->log, FETCH_TIME_MS))
		return false;
	s->f.source = fetched ? &source : NULL;
	e = mark_find_log(&s->f, s->o->log, &s->policy, &why);
	if (e != OK)
		trouble(s, fetched ? ERR_UNKNOWN : e, why);
	else
		judge(s);
	s->f.source = NULL;
	return true;
}

static void
from_proof(struct show *s, struct span text)
{
	const char *why = NULL;
	struct tree_hash leaf;
	struct log_proof p;
	enum err e = proof_read(text, s->a, &p, &why);

	s->sheet.no_log = true;
	if (e == OK) {
		tree_leaf(p.extra, &leaf);
		e = proof_verify(&p, &leaf, &s->policy, s->a, &s->f.at, &s->f.verdict, &why);
	}
	if (e != OK) {
		trouble(s, e, why);
		return;
	}
	s->sheet.in_log = p.index;
	if (mark_find_entry(&s->f, p.index, p.extra))
		judge(s);
	else if (s->f.strangers > 0)
		say(s, VERIFY_UNKNOWN, "it was issued, but by no key that is known here");
	else
		say(s, VERIFY_NO, "the proof is of an entry that does not issue this mark");
	if (s->sheet.answer == VERIFY_YES)
		say(s, VERIFY_UNKNOWN, "it was issued and its date has not passed, but without the log (--log) nobody "
		    "can tell whether "
		    "it was suspended since");
}

static bool
look(struct show *s)
{
	struct span text;
	const char *slash = s->o->mark != NULL ? strrchr(s->o->mark, '/') : NULL;

	if (s->o->log != NULL)
		return from_log(s);
	if (!read_file(s, s->o->proof != NULL ? s->o->proof : arena_printf(s->a, "%.*smark.tlog-proof",
	    slash != NULL ? (int)(slash + 1 - s->o->mark) : 0, s->o->mark), NOTE_BYTES_MAX, &text))
		return false;
	from_proof(s, text);
	return true;
}

/* What was asked is this mark's AS and pack: no, before anything is looked at. */
static bool
asked_for(struct show *s)
{
	if (s->sheet.m == NULL)
		return true;
	if (s->o->has_asn && s->o->asn != s->mark.asn)
		say(s, VERIFY_NO, arena_printf(s->a, "this mark is of AS%u, and AS%u was asked for", s->mark.asn, s->o->asn));
	else if (s->o->pack != NULL && strcmp(s->o->pack, s->mark.pack.id) != 0)
		say(s, VERIFY_NO, arena_printf(s->a, "this mark is by %s, and %s was asked for", s->mark.pack.id,
		    s->o->pack));
	else
		return true;
	return false;
}

/* --- what is written --- */

static bool
sheet_write(const struct show *s)
{
	struct product product = {0};
	struct str out = {0};
	bool good;

	if (s->o->json)
		mark_json(&out, &s->sheet);
	else
		mark_text(&out, session_style(true), &s->sheet);
	good = product_open(&product, NULL, "mark") && product_write(&product, str_span(&out)) && product_commit(&product);
	product_abandon(&product);
	str_release(&out);
	return good;
}

int
mark_show(const struct mark_cmd *o)
{
	static const int status[] = {[VERIFY_YES] = EXIT_DONE, [VERIFY_NO] = EXIT_NO, [VERIFY_UNKNOWN] = EXIT_UNANSWERED};
	struct show s = {.o = o, .a = arena_new(), .f = {.asn = o->asn, .pack = o->pack}};
	int result = EXIT_UNANSWERED;

	s.f.a = s.a;
	s.sheet = (struct mark_sheet){.o = o, .at = o->at, .policy = &s.policy, .f = &s.f};
	if (!utc_known(o->at)) {	/* "is it valid today": the day is the question */
		s.sheet.at = (struct utc){(int64_t)time(NULL)};
		s.sheet.by_clock = true;
	}
	if (policy_load(&s) && known_add(&s.f.keys, &o->known, VERIFY_ISSUER, "mark") && given_load(&s) &&
	    (!asked_for(&s) || look(&s)))
		result = sheet_write(&s) && mark_badge_write(&s.sheet) ? status[s.sheet.answer] : EXIT_UNANSWERED;
	mark_find_release(&s.f);
	free(s.f.keys.pub);
	free(s.f.keys.role);
	arena_free(s.a);
	return result;
}
