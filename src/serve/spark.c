#include "serve/spark.h"
#include "report/svg.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define SPARK_WIDTH 120
#define SPARK_HEIGHT 32

/* The first, the last, the lowest and the highest month in words: what the line shows. */
static void
spark_words(struct str *out, const struct shown_series *s, const int64_t *ppm)
{
	size_t i, first = SIZE_MAX, last = SIZE_MAX, lo = SIZE_MAX, hi = SIZE_MAX, k;
	char month[8];

	for (i = 0; i < s->n; i++) {
		if (ppm[i] < 0)
			continue;
		first = first == SIZE_MAX ? i : first;
		last = i;
		lo = lo == SIZE_MAX || ppm[i] < ppm[lo] ? i : lo;
		hi = hi == SIZE_MAX || ppm[i] > ppm[hi] ? i : hi;
	}
	if (first == SIZE_MAX) {
		str_adds(out, "none could be judged");
		return;
	}
	for (k = 0; k < 4; k++) {
		static const char *const words[] = {"", "; lowest ", "; highest ", "; "};

		i = k == 0 ? first : k == 1 ? lo : k == 2 ? hi : last;
		shown_month_text(s->month[i]->head.at, month);
		str_addf(out, "%s%s: ", words[k], month);
		say_percent(out, ppm[i]);
		str_adds(out, " %");
	}
}

/* The share of each month as a line; from nothing to all, so that a rise is as high as it is. Nothing is drawn over a
 * month that is not there, or in which nobody was judged. */
void
spark(struct ask *q, const struct over *o, const size_t *at, const char *id, const char *control)
{
	const struct svg_scale y = {0, 1000000, SPARK_HEIGHT - 4, 4};
	const struct shown_series *s = o->s;
	struct svg_scale x = {s->month[0]->head.at.s, s->month[s->n - 1]->head.at.s, 5, SPARK_WIDTH - 5};
	int64_t *ppm = arena_array(q->a, s->n, sizeof(*ppm));
	int (*run)[2] = arena_array(q->a, s->n, sizeof(*run));
	struct str *out = &q->r->body, title = {0}, desc = {0};
	uint64_t n[VERDICT_N];
	size_t i, len = 0;

	for (i = 0; i < s->n; i++) {
		ppm[i] = -1;
		if (at[i] == SIZE_MAX)
			continue;
		pick_count(q, o->p, s, i, at[i], n);
		if (page_judged(n) > 0)
			ppm[i] = (int64_t)(n[VERDICT_PASS] * 1000000 / page_judged(n));
	}
	spark_words(&desc, s, ppm);
	str_addf(&title, "%s over %zu months", control, s->n);
	svg_begin(out, id, SPARK_WIDTH, SPARK_HEIGHT, title.p, desc.p);
	svg_line(out, "grid", 0, SPARK_HEIGHT - 4, SPARK_WIDTH, SPARK_HEIGHT - 4);
	svg_line(out, "grid", 0, 4, SPARK_WIDTH, 4);
	for (i = 0; i < s->n; i++) {
		bool ends = ppm[i] < 0 || (i > 0 && !shown_follows(s->month[i - 1]->head.at, s->month[i]->head.at));

		if (ends && len > 1)
			svg_run(out, "run", (const int (*)[2])run, len);
		len = ends ? 0 : len;
		if (ppm[i] < 0)
			continue;
		run[len][0] = svg_at(&x, s->month[i]->head.at.s);
		run[len++][1] = svg_at(&y, ppm[i]);
		if (i == o->month)
			svg_diamond(out, "mark", run[len - 1][0], run[len - 1][1], 4);
		else if (s->n <= 6)
			svg_circle(out, "mark", run[len - 1][0], run[len - 1][1], 2);
	}
	if (len > 1)
		svg_run(out, "run", (const int (*)[2])run, len);
	svg_end(out);
	str_release(&title);
	str_release(&desc);
}

void
spark_counts(struct ask *q, const struct over *o, const size_t *at)
{
	const struct shown_series *s = o->s;
	struct str *out = &q->r->body;
	uint64_t n[VERDICT_N];
	size_t i, row;

	for (row = 0; row < 2; row++) {
		str_adds(out, row == 0 ? " data-pass=\"" : "\" data-judged=\"");
		for (i = 0; i < s->n; i++) {
			memset(n, 0, sizeof(n));
			if (at[i] != SIZE_MAX)
				pick_count(q, o->p, s, i, at[i], n);
			str_addf(out, "%s%" PRIu64, i > 0 ? " " : "", row == 0 ? n[VERDICT_PASS] : page_judged(n));
		}
	}
	str_adds(out, "\">");
}

void
spark_table(struct str *out, const struct shown_series *s)
{
	char when[8];
	size_t i;

	str_adds(out, "<div class=\"run-of\"");
	for (i = 0; s->n > 1 && i < s->n; i++)
		str_addf(out, "%s%" PRId64, i == 0 ? " data-at=\"" : " ", s->month[i]->head.at.s);
	for (i = 0; s->n > 1 && i < s->n; i++) {
		shown_month_text(s->month[i]->head.at, when);
		str_addf(out, "%s%s", i == 0 ? "\" data-months=\"" : " ", when);
	}
	str_adds(out, s->n > 1 ? "\">" : ">");
}
