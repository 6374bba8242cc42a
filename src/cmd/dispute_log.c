#include "cmd/dispute_log.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/note.h"
#include "cmd/slurp.h"
#include "seal/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct log *
dispute_log_open(const char *dir)
{
	struct log *l = xmalloc(sizeof(*l));

	if (log_open(l, dir, true) == OK)
		return l;
	note("dispute", "%s: %s", dir, l->why);
	dispute_log_close(l);
	return NULL;
}

void
dispute_log_close(struct log *l)
{
	if (l != NULL)
		log_close(l);
	free(l);
}

bool
dispute_log_append(struct log *l, const char *ledger, size_t n, const char *digest, const struct status *s,
    const struct key *k)
{
	struct str line = {0}, status = {0};
	struct span entry[2];
	uint64_t index = 0;
	bool good;

	str_addf(&line, "%s %s %s %zu", digest, DISPUTE_FORMAT, ledger, n);
	entry[0] = str_span(&line);
	if (s != NULL)
		status_write(&status, s, k);
	entry[1] = str_span(&status);
	good = log_append(l, entry, s != NULL ? 2 : 1, &index) == OK;
	if (good) {
		printf("log entry %" PRIu64 "\n", index);
	} else {
		note("dispute", "the ledger has the line, but the log does not: %s", l->why);
		note_more("\"routemark dispute log\" gives it what is missing, later");
	}
	str_release(&line);
	str_release(&status);
	return good;
}

/* --- check --- */

struct held {
	const struct ledger *g;
	uint64_t lines;			/* of the ledger that the log has */
	size_t last;			/* the highest number among them */
	size_t bad;			/* number of a line that the ledger has not, or has otherwise; 0: none */
};

size_t
dispute_log_line(struct span entry, const char *ledger, struct span *digest)
{
	struct span rest = entry, format, first, number;
	uint64_t n = 0;

	if (!span_cut(&rest, ' ', digest) || !span_cut(&rest, ' ', &format) || !span_cut(&rest, ' ', &first) ||
	    !span_cut(&rest, ' ', &number) || rest.p != NULL || !span_is(format, DISPUTE_FORMAT) ||
	    !span_is(first, ledger) || span_u64(number, DISPUTE_LINES_MAX, &n) != OK)
		return 0;
	return (size_t)n;
}

static void
see(void *arg, uint64_t index, struct span entry)
{
	struct held *h = arg;
	struct span digest;
	size_t n = dispute_log_line(entry, h->g->digests[0], &digest);

	(void)index;
	if (n == 0)
		return;
	h->lines++;
	if (n > h->last)
		h->last = n;
	if ((n > h->g->n || !span_is(digest, h->g->digests[n - 1])) && (h->bad == 0 || n < h->bad))
		h->bad = n;
}

static int
say(const struct held *h, const char *dir)
{
	if (h->bad > h->g->n)
		printf("%s: has a line %zu of this ledger, which ends with line %zu: its end was cut off\n", dir, h->bad, h->g->n);
	else if (h->bad > 0)
		printf("%s: has another line %zu of this ledger\n", dir, h->bad);
	if (h->bad > 0)
		return EXIT_NO;
	if (h->lines == 0) {
		printf("%s: has no line of this ledger, so it cannot tell whether its end was cut off\n", dir);
		return EXIT_UNANSWERED;
	}
	printf("%s: has it up to line %zu%s\n", dir, h->last, h->last == h->g->n ? ", which is the last" :
	    "; what stands behind it, the log cannot vouch for");
	return EXIT_DONE;
}

int
dispute_log_check(const struct ledger *g, const char *dir, const char *policy)
{
	struct arena *a = arena_new();
	struct held h = {.g = g};
	struct policy_verdict verdict;
	struct checkpoint at;
	struct policy p;
	struct str text = {0};
	const char *why = "";
	int status = EXIT_UNANSWERED;
	enum err e;

	if (slurp("dispute", policy, POLICY_BYTES_MAX, &text)) {
		if (policy_read(str_span(&text), a, &p, &why) != OK) {
			note("dispute", "%s: %s", policy, why);
		} else {
			e = scan_log(dir, &p, a, see, &h, NULL, &at, &verdict, &why);
			if (e == OK)
				status = say(&h, dir);
			else
				note("dispute", "%s: %s", dir, why);
			if (e == ERR_CONTRADICT || e == ERR_SIGNATURE)
				status = EXIT_NO;
		}
	}
	str_release(&text);
	arena_free(a);
	return status;
}
