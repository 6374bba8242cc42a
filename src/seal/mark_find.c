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
	m->issued = *w;
}

bool
mark_find_entry(struct mark_find *f, uint64_t index, struct span entry)
{
	struct verify_word w = {.index = index};
	struct mark_line line;
	const char *why;
	size_t by;

	if (status_read(entry, f->a, &w.status, &why) != OK || w.status.word != STATUS_ISSUED || w.status.reason == NULL ||
	    mark_line_read(span_of(w.status.reason), f->a, &line) != OK || line.asn != f->asn)
		return false;
	if ((f->pack != NULL && strcmp(line.pack, f->pack) != 0) ||
	    (f->sha256 != NULL && strcmp(w.status.sha256, f->sha256) != 0))
		return false;
	by = status_by(&w.status, f->keys.pub, f->keys.n);
	if (by == f->keys.n) {
		f->strangers++;
		return false;
	}
	w.by = &f->keys.pub[by];
	keep(f, &w, &line);
	return true;
}

/* Most entries are on something else: no JSON is read for those. */
static void
first_pass(void *arg, uint64_t index, struct span entry)
{
	struct mark_find *f = arg;
	char needle[32];
	int n = snprintf(needle, sizeof(needle), "\"mark of AS%u by ", f->asn);

	if (entry.len > 0 && memmem(entry.p, entry.len, needle, (size_t)n) != NULL)
		mark_find_entry(f, index, entry);
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

static void
settle(struct mark_find *f)
{
	struct mark_found *m, *o;

	for (m = f->found; m < f->found + f->n; m++) {
		struct verify v = {.answer = VERIFY_YES};

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

enum err
mark_find_log(struct mark_find *f, const char *path, const struct policy *p, const char **why)
{
	struct checkpoint again;

	TRY(scan_log(path, p, f->a, first_pass, f, NULL, &f->at, &f->verdict, why));
	TRY(scan_log(path, p, f->a, second_pass, f, NULL, &again, &f->verdict, why));
	if (again.size != f->at.size || !tree_same(&again.root, &f->at.root)) {
		*why = "has a new checkpoint since it was begun to be read: ask again";
		return ERR_STOPPED;
	}
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

	for (i = 0; i < f->n; i++) {
		free(f->found[i].own.words);
		free(f->found[i].report.words);
	}
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
