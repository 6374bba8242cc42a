#include "seal/mark_find.h"
#include "seal/scan.h"

#include <stdio.h>
#include <stdlib.h>

const char *
mark_state_word(enum mark_state s)
{
	static const char *const words[MARK_STATES] = {"valid", "not yet", "lapsed", "suspended", "disputed"};

	return words[s];
}

enum verify_answer
mark_state_answer(enum mark_state s)
{
	return s == MARK_VALID ? VERIFY_YES : s == MARK_DISPUTED ? VERIFY_UNKNOWN : VERIFY_NO;
}

/* --- marks --- */

static struct mark_found *
with_digest(struct mark_find *f, const char *sha256)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->found[i].sha256, sha256) == 0)
			return &f->found[i];
	return NULL;
}

static void
keep(struct mark_find *f, const struct verify_word *w, const struct mark_line *line)
{
	struct mark_found *m = with_digest(f, w->status.sha256);

	if (m == NULL) {
		f->found = grow(f->found, &f->cap, f->n + 1, sizeof(*f->found));
		m = &f->found[f->n++];
		*m = (struct mark_found){.line = *line};
		memcpy(m->sha256, w->status.sha256, SHA256_HEX + 1);
	}
	if (w->by != NULL || m->issued.by == NULL)	/* a stranger does not take it over */
		m->issued = *w;
}

static bool
asked(const struct mark_find *f, const char *sha256, const char *pack)
{
	return (f->pack == NULL || strcmp(pack, f->pack) == 0) && (f->sha256 == NULL || strcmp(sha256, f->sha256) == 0);
}

/* all: the network's other marks too, since what is said of them may count here. */
static bool
take(struct mark_find *f, uint64_t index, struct span entry, bool all)
{
	struct verify_word w = {.index = index};
	struct mark_line line;
	const char *why;
	size_t by;
	bool meant;

	if (status_read(entry, f->a, &w.status, &why) != OK || w.status.word != STATUS_ISSUED || w.status.reason == NULL ||
	    mark_line_read(span_of(w.status.reason), f->a, &line) != OK || line.asn != f->asn)
		return false;
	meant = asked(f, w.status.sha256, line.pack);
	if (!meant && !all)
		return false;
	by = status_by(&w.status, f->keys.pub, f->keys.n);
	if (by == f->keys.n) {
		f->strangers += meant;
		if (!f->anybodys)
			return false;
	} else {
		w.by = &f->keys.pub[by];
	}
	keep(f, &w, &line);
	return true;
}

bool
mark_find_entry(struct mark_find *f, uint64_t index, struct span entry)
{
	return take(f, index, entry, false);
}

/* Most entries are on something else: no JSON is read for those. */
static void
first_pass(void *arg, uint64_t index, struct span entry)
{
	struct mark_find *f = arg;
	char needle[32];
	int n = snprintf(needle, sizeof(needle), "\"mark of AS%u by ", f->asn);

	if (entry.len > 0 && memmem(entry.p, entry.len, needle, (size_t)n) != NULL)
		take(f, index, entry, true);
}

/* --- what is said of them --- */

static void
word(struct mark_find *f, struct verify_log *l, uint64_t index, struct span entry, const char *sha256)
{
	struct verify_word w = {.index = index};
	const char *why;
	size_t by;

	if (status_read(entry, f->a, &w.status, &why) != OK || strcmp(w.status.sha256, sha256) != 0)
		return;
	by = status_by(&w.status, f->keys.pub, f->keys.n);
	if (by == f->keys.n) {
		l->strangers++;
		return;
	}
	w.by = &f->keys.pub[by];
	l->words = grow(l->words, &l->cap, l->n + 1, sizeof(*l->words));
	l->words[l->n++] = w;
}

static void
second_pass(void *arg, uint64_t index, struct span entry)
{
	static const char key[] = ",\"sha256\":\"";	/* within a text its quotes would be escaped */
	const size_t n = sizeof(key) - 1;
	struct mark_find *f = arg;
	const char *p = entry.len > 0 ? memmem(entry.p, entry.len, key, n) : NULL;
	size_t i;

	if (p == NULL || (size_t)(entry.p + entry.len - p) < n + SHA256_HEX)
		return;
	for (i = 0; i < f->n; i++) {
		if (memcmp(p + n, f->found[i].sha256, SHA256_HEX) == 0)
			word(f, &f->found[i].own, index, entry, f->found[i].sha256);
		else if (memcmp(p + n, f->found[i].line.report, SHA256_HEX) == 0)
			word(f, &f->found[i].report, index, entry, f->found[i].line.report);
	}
}

static int
earlier(const void *a, const void *b)
{
	const struct verify_word *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* What others than its issuer have said of marks by this pack on the same report, n[] of each being its own. */
static void
join(struct mark_find *f, struct mark_found *m, const size_t *n)
{
	const struct mark_found *o;
	size_t i;

	for (o = f->found; o < f->found + f->n; o++) {
		if (o == m || strcmp(o->line.report, m->line.report) != 0 || strcmp(o->line.pack, m->line.pack) != 0)
			continue;
		for (i = 0; i < n[o - f->found]; i++) {
			if (o->own.words[i].by == m->issued.by || o->own.words[i].status.word == STATUS_ISSUED)
				continue;
			m->own.words = grow(m->own.words, &m->own.cap, m->own.n + 1, sizeof(*m->own.words));
			m->own.words[m->own.n++] = o->own.words[i];
		}
	}
}

static void
drop(struct mark_found *m)
{
	free(m->own.words);
	free(m->report.words);
}

/* Those that were not asked for have said what they had to. */
static void
narrow(struct mark_find *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->n; i++)
		if (asked(f, f->found[i].sha256, f->found[i].line.pack))
			f->found[n++] = f->found[i];
		else
			drop(&f->found[i]);
	f->n = n;
}

static void
settle(struct mark_find *f)
{
	size_t *n = arena_alloc(f->a, (f->n + 1) * sizeof(*n)), i;
	struct mark_found *m, *o;

	for (i = 0; i < f->n; i++)
		n[i] = f->found[i].own.n;
	for (i = 0; i < f->n; i++)
		join(f, &f->found[i], n);
	narrow(f);
	for (i = 0; i < f->n; i++) {
		struct verify v = {.answer = VERIFY_YES};

		m = &f->found[i];
		if (m->own.n > 0)	/* not before all were joined: of each its own come first */
			qsort(m->own.words, m->own.n, sizeof(*m->own.words), earlier);
		verify_stand(&f->keys, &v, &m->own);
		verify_stand(&f->keys, &v, &m->report);
		m->standing = v.standing;
		m->decides = v.decides;
		for (o = f->found; o < f->found + f->n; o++)
			if (o->issued.index > m->issued.index && strcmp(o->line.pack, m->line.pack) == 0)
				m->superseded = true;
	}
}

/* --- where --- */

static enum err
scan(struct mark_find *f, const char *path, const struct policy *p, scan_entry *see, struct checkpoint *at,
    const char **why)
{
	if (f->source != NULL)
		return scan_from(f->source, p, f->a, see, f, NULL, at, &f->verdict, why);
	return scan_log(path, p, f->a, see, f, NULL, at, &f->verdict, why);
}

enum err
mark_find_log(struct mark_find *f, const char *path, const struct policy *p, const char **why)
{
	struct checkpoint again;

	TRY(scan(f, path, p, first_pass, &f->at, why));
	TRY(scan(f, path, p, second_pass, &again, why));
	if (again.size != f->at.size || !tree_same(&again.root, &f->at.root)) {
		*why = "has a new checkpoint since it was begun to be read: ask again";
		return ERR_STOPPED;
	}
	settle(f);
	return OK;
}

enum err
mark_find_walked(struct mark_find *f, mark_find_walk *walk, void *arg, const char **why)
{
	TRY(walk(arg, first_pass, f, why));
	TRY(walk(arg, second_pass, f, why));
	settle(f);
	return OK;
}

enum err
mark_find_head(struct mark_find *f, struct log *l, const char **why)
{
	TRY(scan_head(&l->store, l->size, &l->root, f->a, first_pass, f, why));
	TRY(scan_head(&l->store, l->size, &l->root, f->a, second_pass, f, why));
	settle(f);
	return OK;
}

void
mark_find_release(struct mark_find *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		drop(&f->found[i]);
	free(f->found);
	f->found = NULL;
	f->n = f->cap = 0;
}

enum mark_state
mark_state_at(const struct mark_found *m, struct utc at)
{
	struct utc from = UTC_NONE, to = UTC_NONE;

	if (utc_parse(span_of(m->issued.status.at), &from) != OK || utc_parse(span_of(m->line.valid_to), &to) != OK)
		return MARK_EARLY;	/* both were read in our form */
	if (m->standing == VERIFY_NO)
		return m->decides->status.word == STATUS_LAPSED ? MARK_LAPSED : MARK_SUSPENDED;
	if (at.s > to.s)
		return MARK_LAPSED;
	if (at.s < from.s)
		return MARK_EARLY;
	return m->standing == VERIFY_UNKNOWN ? MARK_DISPUTED : MARK_VALID;
}
