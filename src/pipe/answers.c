#include "pipe/answers.h"
#include "base/limits.h"
#include "decode/answers.h"
#include "source/source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINES_TOLD 8u	/* of rows that contradict each other */

struct gathering {
	struct arena *arena;
	struct answer *list;	/* owned */
	size_t n, cap;
};

/* --- rows --- */

/* On one line: a cell may hold several. */
static const char *
one_line(struct arena *a, struct span s)
{
	char *text = arena_strdup(a, s);
	size_t i, n = 0;
	bool gap = false;

	for (i = 0; i < s.len; i++) {
		if (strchr(" \t\r\n\v\f", text[i]) != NULL) {
			gap = true;
			continue;
		}
		if (gap)
			text[n++] = ' ';
		gap = false;
		text[n++] = text[i];
	}
	text[n] = '\0';
	return text;
}

static enum err
gather(void *arg, const struct answer_row *r)
{
	static const enum answer_value values[] = {[SAID_YES] = ANSWER_YES, [SAID_NO] = ANSWER_NO,
	    [SAID_NOT_APPLICABLE] = ANSWER_NOT_APPLICABLE};
	struct gathering *g = arg;

	if (g->n == ANSWERS_MAX)
		return ERR_LIMIT;
	g->list = grow(g->list, &g->cap, g->n + 1, sizeof(*g->list));
	g->list[g->n++] = (struct answer){.asn = r->asn, .control = one_line(g->arena, r->question),
	    .value = values[r->said], .text = one_line(g->arena, r->text), .by = one_line(g->arena, r->by), .on = r->on,
	    .until = r->until, .line = r->line};
	return OK;
}

/* --- what is said twice --- */

static int
question_cmp(const struct answer *a, const struct answer *b)
{
	return a->asn != b->asn ? (a->asn < b->asn ? -1 : 1) : control_id_compare(a->control, b->control);
}

static int
cmp(const void *x, const void *y)
{
	const struct answer *a = x, *b = y;
	int c = question_cmp(a, b);

	return c != 0 ? c : (a->line > b->line) - (a->line < b->line);
}

static bool
same(const struct answer *a, const struct answer *b)
{
	return a->value == b->value && a->on.s == b->on.s && a->until.s == b->until.s && strcmp(a->text, b->text) == 0 &&
	    strcmp(a->by, b->by) == 0;
}

static const char *
clash(struct arena *a, const struct answer *list, size_t n)
{
	struct str s = {0};
	const char *text;
	size_t i;

	str_addf(&s, "AS%" PRIu32 " %s: lines ", list->asn, list->control);
	for (i = 0; i < n && i < LINES_TOLD; i++)
		str_addf(&s, "%s%" PRIu64, i == 0 ? "" : i + 1 == n ? " and " : ", ", list[i].line);
	if (n > LINES_TOLD)
		str_addf(&s, " and %zu more", n - LINES_TOLD);
	str_adds(&s, " differ");
	text = arena_strdup(a, str_span(&s));
	str_release(&s);
	return text;
}

/* Rows that say the same count once, as the first of them; where one differs none counts. */
static void
settle(struct gathering *g, struct answers_read *out)
{
	struct answer *kept = arena_array(g->arena, g->n, sizeof(*kept));
	size_t i, k, n_kept = 0;
	bool agree;

	out->clashes = arena_array(g->arena, g->n / 2, sizeof(*out->clashes));
	if (g->n > 0)
		qsort(g->list, g->n, sizeof(*g->list), cmp);
	for (i = 0; i < g->n; i = k) {
		agree = true;
		for (k = i + 1; k < g->n && question_cmp(&g->list[i], &g->list[k]) == 0; k++)
			agree = agree && same(&g->list[i], &g->list[k]);
		if (agree) {
			kept[n_kept++] = g->list[i];
			continue;
		}
		out->clashes[out->n_clashes++] = clash(g->arena, &g->list[i], k - i);
		out->answers.n_skipped += k - i;
	}
	out->answers.list = kept;
	out->answers.n = n_kept;
}

/* --- the file --- */

static enum err
read_rows(struct source *s, struct gathering *g, struct answers_read *out, const char **why)
{
	struct answers_stats stats = {0};
	enum err e = answers_decode(source_feed(s), gather, g, &out->diags, &stats);

	out->n_unanswered = stats.unanswered;
	out->answers.n_skipped = out->diags.n_level[DIAG_SKIP_RECORD];
	if (e == ERR_LIMIT)
		*why = "more answers than ANSWERS_MAX";
	if (e == OK && diags_stopped(&out->diags))
		return ERR_SYNTAX;
	return e;
}

enum err
answers_load(const char *path, struct arena *a, struct answers_read *out, const char **why)
{
	struct gathering g = {.arena = a};
	struct source_sum sum = {0};
	struct source *s = NULL;
	enum err e, closed;

	*out = (struct answers_read){0};
	*why = NULL;
	TRY(source_open(path, &s));
	e = read_rows(s, &g, out, why);
	closed = source_close(s, &sum);
	if (e == OK)
		e = closed != OK ? closed : sum.err;
	memcpy(out->answers.sha256, sum.sha256, sizeof(sum.sha256));
	out->answers.bytes = sum.size;
	if (e == OK)
		settle(&g, out);
	free(g.list);
	return e;
}

void
answers_read_release(struct answers_read *r)
{
	diags_release(&r->diags);
}
