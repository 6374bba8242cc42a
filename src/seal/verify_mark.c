/* verify_mark: whether a report carries the mark that was given with it, whether a moment is in its time, and how the
 * mark stands when a log was given. */
#include "seal/mark_find.h"
#include "seal/mark_ground.h"

/* The same from the report again, but for what only its issuer can say. */
static bool
follows(const struct mark *m, const struct mark *again)
{
	struct str a = {0}, b = {0};
	struct mark copy = *again;
	bool same;

	copy.address = m->address;
	copy.issuer = m->issuer;
	copy.log = m->log;
	mark_write(&a, m);
	mark_write(&b, &copy);
	same = span_eq(str_span(&a), str_span(&b));
	str_release(&a);
	str_release(&b);
	return same;
}

static void
carried(const struct verify_ask *ask, struct arena *a, const struct mark *m, struct verify_found *f)
{
	struct mark_lacks lacks;
	const char *why = NULL;
	struct mark again;
	char at[UTC_TEXT];
	enum err e = mark_ground(ask->report, m->asn, m->pack.id, a, &again, &lacks, &why);

	f->what = arena_printf(a, "AS%u, by %s %s%s, valid from %s to %s", m->asn, m->pack.id, m->pack.version,
	    mark_label(m->pack.status), m->at, m->valid_to);
	if (e != OK)
		verify_fail(f, ERR_CONTRADICT, why);
	else if (lacks.n > 0 || !follows(m, &again))
		verify_fail(f, ERR_CONTRADICT, "the report does not carry this mark, or not so");
	else if (utc_known(ask->at) && strcmp(utc_format(ask->at, at), m->valid_to) > 0)
		verify_fail(f, ERR_CONTRADICT, arena_printf(a, "has lapsed: it was valid to %s, and %s was asked for",
		    m->valid_to, at));
	else if (utc_known(ask->at) && strcmp(at, m->at) < 0)
		verify_fail(f, ERR_CONTRADICT, arena_printf(a, "says nothing of %s: its evidence is as of %s", at, m->at));
}

/* In the log, by the keys that are known: a word on the mark is none on its report. */
static void
stands(const struct verify_ask *ask, struct arena *a, const struct mark *m, struct verify_found *f)
{
	char hex[SHA256_HEX + 1];
	uint8_t digest[SHA256_BYTES];
	struct mark_find find = {.keys = ask->keys, .asn = m->asn, .sha256 = hex, .source = ask->source, .a = a};
	const char *why = NULL;
	enum err e;

	sha256_of(ask->mark.p, ask->mark.len, digest);
	sha256_hex(digest, hex);
	e = mark_find_log(&find, ask->log, ask->policy, &why);
	if (e != OK)
		verify_fail(f, ERR_UNKNOWN, "the log that was given cannot tell how it stands");
	else if (find.n == 0)
		verify_fail(f, ERR_UNKNOWN, "the log that was given has no entry that issues it, by a key that is known "
		    "here");
	else if (find.found[0].standing != VERIFY_YES)
		verify_fail(f, find.found[0].standing == VERIFY_NO ? ERR_CONTRADICT : ERR_UNKNOWN, arena_printf(a,
		    "is %s in entry %llu of the log",
		    status_name(find.found[0].decides->status.word), (unsigned long long)find.found[0].decides->index));
	mark_find_release(&find);
}

void
verify_mark(const struct verify_ask *ask, struct arena *a, struct verify *v)
{
	const char *why = NULL;
	struct mark m;
	enum err e;

	if (ask->mark.p == NULL)
		return;
	e = mark_read(ask->mark, a, &m, &why);
	if (e != OK)
		verify_fail(&v->mark, e, why);
	else if (strcmp(m.report, v->sha256) != 0)
		verify_fail(&v->mark, ERR_CONTRADICT, "rests on another report than this");
	else
		carried(ask, a, &m, &v->mark);
	if (v->mark.answer == VERIFY_YES && ask->log != NULL && ask->policy != NULL)
		stands(ask, a, &m, &v->mark);
}
