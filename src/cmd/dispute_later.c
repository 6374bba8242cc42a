/* dispute_later: lines of a ledger that a log has not yet, as when it could not be written at the time. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/dispute_log.h"
#include "cmd/note.h"
#include "seal/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct later {
	const struct ledger *g;
	bool *has;			/* of each line; from an arena */
	bool other;			/* the log has another line where this ledger has one, or more lines */
};

static void
see(void *arg, uint64_t index, struct span entry)
{
	struct later *t = arg;
	struct span digest;
	size_t n;

	(void)index;
	n = dispute_log_line(entry, t->g->digests[0], &digest);
	if (n == 0)
		return;
	if (n > t->g->n || !span_is(digest, t->g->digests[n - 1]))
		t->other = true;
	else
		t->has[n - 1] = true;
}

/* All that are missing in one append, so that they are there together or not at all. */
static bool
append(struct log *l, const struct later *t, struct arena *a, size_t *count)
{
	struct span *entry = arena_alloc(a, (t->g->n + 1) * sizeof(*entry));
	uint64_t first = 0;
	size_t i, n = 0;

	for (i = 0; i < t->g->n; i++)
		if (!t->has[i])
			entry[n++] = span_of(arena_printf(a, "%s %s %s %zu", t->g->digests[i], DISPUTE_FORMAT,
			    t->g->digests[0], i + 1));
	*count = n;
	if (n > 0 && log_append(l, entry, n, &first) != OK)
		return false;
	for (i = 0; i < n; i++)
		printf("log entry %" PRIu64 "\n", first + i);
	return true;
}

int
dispute_log_later(const struct ledger *g, const char *dir)
{
	struct later t = {.g = g};
	struct log *l = dispute_log_open(dir);
	struct arena *a = arena_new();
	const char *why = NULL;
	int status = EXIT_UNANSWERED;
	size_t n = 0, i;

	t.has = arena_alloc(a, (g->n + 1) * sizeof(*t.has));
	for (i = 0; i < g->n; i++)
		t.has[i] = false;
	if (l == NULL) {
		;	/* it was said */
	} else if (scan_head(&l->store, l->size, &l->root, a, see, &t, &why) != OK) {
		note("dispute", "%s: %s", dir, why);
	} else if (t.other) {
		note("dispute", "%s: has other lines of this ledger, or more of them: its end was cut off, or changed", dir);
		status = EXIT_NO;
	} else if (!append(l, &t, a, &n)) {
		note("dispute", "%s: %s", dir, l->why);
	} else {
		status = EXIT_DONE;
		if (n == 0)
			note("dispute", "%s: has every line already; nothing was added", dir);
		else
			note("dispute", "that a report is disputed, or no longer, is for its signer to say: routemark log status");
	}
	dispute_log_close(l);
	arena_free(a);
	return status;
}
