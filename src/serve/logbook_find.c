/* logbook_find: the marks of one network, from the few entries of the log that matter. */
#include "base/limits.h"
#include "serve/logbook.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

struct finding {
	const struct logbook *b;
	struct store store;
	struct arena *a;
	const struct logbook_entry **e;	/* owned; ascending by index, each once */
	struct span *text;		/* of each; from a */
	size_t n, cap;
};

static int
by_index(const void *a, const void *b)
{
	uint64_t x = (*(const struct logbook_entry *const *)a)->index, y = (*(const struct logbook_entry *const *)b)->index;

	return x < y ? -1 : x > y;
}

static const char too_many[] = "the log has more on its marks than is looked at here: ask routemark mark show";

static enum err
add(struct finding *f, const struct logbook_entry *e, const char **why)
{
	if (f->n == SERVE_LOG_SAID) {
		*why = too_many;
		return ERR_LIMIT;
	}
	f->e = grow(f->e, &f->cap, f->n + 1, sizeof(*f->e));
	f->e[f->n++] = e;
	return OK;
}

static enum err
add_statuses(struct finding *f, const char *hex, const char **why)
{
	uint8_t digest[SHA256_BYTES];
	const struct logbook_entry *e;
	size_t i, n;

	if (!logbook_digest(hex, digest))
		return OK;
	e = logbook_on(f->b, digest, &n);
	for (i = 0; i < f->n; i++)
		if (memcmp(f->e[i]->digest, digest, SHA256_BYTES) == 0)
			return OK;	/* a report of several marks, a mark that was issued again */
	for (i = 0; i < n; i++)
		if (e[i].kind == LOGBOOK_STATUS)
			TRY(add(f, &e[i], why));
	return OK;
}

static enum err
text_get(struct finding *f, const struct logbook_entry *e, struct span *out, const char **why)
{
	struct tree_hash leaf;

	TRY(scan_one(&f->store, f->b->size, e->index, f->a, out, why));
	tree_leaf(*out, &leaf);
	if (tree_same(&leaf, &e->leaf))
		return OK;
	*why = arena_printf(f->a, "entry %" PRIu64 " of the log is not what it was", e->index);
	return ERR_CONTRADICT;
}

/* Those that issue marks, and all that is said of these and of their reports. */
static enum err
gather(struct finding *f, uint32_t asn, const char **why)
{
	size_t n, first = logbook_marks(f->b, asn, &n), i;
	struct mark_line line;
	struct status s;
	struct span text;
	const char *not;

	if (n > SERVE_LOG_SAID) {
		*why = too_many;
		return ERR_LIMIT;
	}
	for (i = first; i < first + n; i++) {
		TRY(text_get(f, &f->b->e[f->b->mark[i]], &text, why));
		if (status_read(text, f->a, &s, &not) != OK || s.reason == NULL ||
		    mark_line_read(span_of(s.reason), f->a, &line) != OK)
			continue;
		TRY(add_statuses(f, s.sha256, why));
		TRY(add_statuses(f, line.report, why));
	}
	if (f->n > 1)
		qsort(f->e, f->n, sizeof(struct logbook_entry *), by_index);
	f->text = arena_array(f->a, f->n + 1, sizeof(*f->text));
	for (i = 0; i < f->n; i++)
		TRY(text_get(f, f->e[i], &f->text[i], why));
	return OK;
}

static enum err
walk(void *arg, scan_entry *hand, void *to, const char **why)
{
	const struct finding *f = arg;
	size_t i;

	(void)why;
	for (i = 0; i < f->n; i++)
		hand(to, f->e[i]->index, f->text[i]);
	return OK;
}

enum err
logbook_find(const struct logbook *b, const char *path, struct mark_find *f, const char **why)
{
	struct finding g = {.b = b, .a = f->a};
	enum err e = store_open(&g.store, path);

	if (e != OK) {
		*why = arena_strdup(f->a, span_of(strerror(errno)));
		return e;
	}
	e = gather(&g, f->asn, why);
	if (e == OK)
		e = mark_find_walked(f, walk, &g, why);
	store_close(&g.store);
	free(g.e);
	return e;
}
