/* control_trend: the share of networks that pass a control, over the months. */
#include "rule/say.h"
#include "serve/page.h"
#include "serve/pick.h"
#include "serve/trend_line.h"

#include <string.h>

static void
point(struct ask *q, const struct pick *pick, const struct shown_series *s, size_t i, size_t k, struct trend_point *p)
{
	char *label = arena_alloc(q->a, 8);
	uint64_t n[VERDICT_N], of;
	struct str words = {0};

	shown_month_text(s->month[i]->head.at, label);
	*p = (struct trend_point){.at = s->month[i]->head.at, .label = label, .judged = true};
	pick_count(q, pick, s, i, k, n);
	of = page_judged(n);
	page_share(&words, n[VERDICT_PASS], of);
	p->said = arena_strdup(q->a, str_span(&words));
	str_release(&words);
	p->has = of > 0;
	if (!p->has)
		return;
	p->value = (int64_t)(n[VERDICT_PASS] * 1000000 / of);
	wilson_ppm(n[VERDICT_PASS], of, &p->lo, &p->hi);
}

void
control_trend(struct ask *q, const struct pick *pick, const struct shown_series *s, const char *control)
{
	struct trend_point *p = arena_array(q->a, s->n, sizeof(*p));
	size_t i, k, n = 0, known = 0, last = 0;
	struct str *out = &q->r->body, desc = {0};
	struct trend_line l;

	for (i = 0; i < s->n; i++)
		for (k = 0; k < shown_pack(s, i)->n; k++)
			if (strcmp(shown_pack(s, i)->controls[k].id, control) == 0) {
				point(q, pick, s, i, k, &p[n]);
				p[n].gap = n > 0 && (last + 1 != i || !shown_follows(s->month[last]->head.at, s->month[i]->head.at));
				str_addf(&desc, "%s%s: %s", n > 0 ? "; " : "", p[n].label, p[n].said);
				known += p[n++].has;
				last = i;
			}
	str_addc(&desc, '.');
	if (known > 1) {
		l = (struct trend_line){.p = p, .n = n, .unit = UNIT_SHARE, .id = "months-run", .desc = desc.p,
		    .title = arena_printf(q->a, "%s: share of networks that pass, over %zu months", control, n)};
		trend_line_open(out, &l);
		html_el(out, "figcaption", NULL, "Networks that pass, of those judged, with the 95 % interval. Nothing is drawn over a "
		    "month that is not there.");
		html_close(out, "figure");
	}
	str_release(&desc);
}
