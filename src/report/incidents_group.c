/*
 * incidents_group: who did it and who took it, when there are more incidents of a class than anybody reads. A leak of a
 * hundred thousand routes is one event; listed route by route, the small ones in front of it are all that is seen.
 */
#include "report/incidents_lay.h"
#include "base/arena.h"
#include "metric/leak.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SHOWN 5u
#define SURE_N 4u		/* enum leak_class and misorigin_class both end at 3 */

struct group {			/* of one culprit and one accomplice */
	uint32_t culprit, accomplice;
	uint32_t prefixes, sure[SURE_N];	/* sure: of how many prefixes it is the surest */
	int64_t from_us, to_us;
	bool before, open;	/* the first began before what was seen of the window, the last went on after it */
};
struct groups { struct group *v; size_t n, cap; uint32_t incidents; };

static int
offence_cmp(const void *pa, const void *pb)
{
	const struct timeline_offence *a = *(const struct timeline_offence *const *)pa;
	const struct timeline_offence *b = *(const struct timeline_offence *const *)pb;

	if (a->of.culprit != b->of.culprit)
		return a->of.culprit < b->of.culprit ? -1 : 1;
	if (a->of.accomplice != b->of.accomplice)
		return a->of.accomplice < b->of.accomplice ? -1 : 1;
	return (a > b) - (a < b);	/* of one array, by prefix */
}

static int
most_cmp(const void *pa, const void *pb)
{
	const struct group *a = pa, *b = pb;

	if (a->prefixes != b->prefixes)
		return a->prefixes > b->prefixes ? -1 : 1;
	if (a->culprit != b->culprit)
		return a->culprit < b->culprit ? -1 : 1;
	return (a->accomplice > b->accomplice) - (a->accomplice < b->accomplice);
}

static void
group_when(struct group *g, const struct timeline_result *r, const struct timeline_offence *o)
{
	int64_t from = r->spans[o->first_span].from_us, to = r->spans[o->first_span + o->n_spans - 1].to_us;
	bool before = false, open = false;
	uint32_t i;

	for (i = o->first; i < o->first + o->n; i++) {
		before |= r->intervals[i].began == TL_BEFORE && r->intervals[i].from_us <= from;
		open |= r->intervals[i].ended == TL_OPEN && r->intervals[i].to_us >= to;
	}
	if (g->prefixes == 0 || from < g->from_us) {
		g->from_us = from;
		g->before = before;
	} else if (from == g->from_us) {
		g->before |= before;
	}
	if (g->prefixes == 0 || to > g->to_us) {
		g->to_us = to;
		g->open = open;
	} else if (to == g->to_us) {
		g->open |= open;
	}
}

/* The offences of the incidents that are shown and count, through whom somebody had them while they did. */
static const struct timeline_offence **
gather(const struct incidents_sheet *s, unsigned class, size_t *n, uint32_t *incidents)
{
	const struct timeline_result *r = &s->window->result;
	const struct timeline_offence **list = NULL;
	size_t cap = 0, i;
	uint32_t k;

	*n = *incidents = 0;
	for (i = 0; i < r->n_incidents; i++) {
		const struct timeline_incident *x = &r->incidents[i];

		if (r->offences[x->first].of.class != class || x->n_spans == 0 || !incidents_shown(s, x))
			continue;
		++*incidents;
		for (k = x->first; k < x->first + x->n; k++)
			if (r->offences[k].n_spans > 0) {
				list = grow(list, &cap, *n + 1, sizeof(*list));
				list[(*n)++] = &r->offences[k];
			}
	}
	if (*n > 0)
		qsort(list, *n, sizeof(*list), offence_cmp);
	return list;
}

static void
groups_make(const struct incidents_sheet *s, unsigned class, struct groups *out)
{
	const struct timeline_offence *last = NULL;
	uint32_t sure = 0, its;
	size_t n, i;
	const struct timeline_offence **list = gather(s, class, &n, &out->incidents);
	struct group *g = NULL;

	for (i = 0; i < n; i++) {
		const struct timeline_offence *o = list[i];

		if (g == NULL || g->culprit != o->of.culprit || g->accomplice != o->of.accomplice) {
			out->v = grow(out->v, &out->cap, out->n + 1, sizeof(*out->v));
			g = &out->v[out->n++];
			*g = (struct group){.culprit = o->of.culprit, .accomplice = o->of.accomplice};
			last = NULL;
		}
		group_when(g, &s->window->result, o);
		its = offence_sureness(&o->of) < SURE_N ? offence_sureness(&o->of) : 0;
		if (last != NULL && prefix_eq(&last->prefix, &o->prefix)) {	/* of another origin */
			if (its <= sure)
				continue;
			g->sure[sure]--;
		} else {
			g->prefixes++;
		}
		g->sure[its]++;
		sure = its;
		last = o;
	}
	free(list);
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), most_cmp);
}

static void
stamp(struct str *out, int64_t us, const char *mark)
{
	char text[UTC_TEXT];

	utc_format((struct utc){us / 1000000}, text);
	str_addf(out, "  %.10s %.8s%s", text, text + 11, mark);
}

/* most: so many degrees, the surest first */
static void
sures_say(struct str *t, unsigned class, const struct group *g, unsigned most)
{
	const char *sep = "";
	unsigned i;

	if (class != OFF_LEAK && class != OFF_MISORIGIN)
		return;
	for (i = SURE_N - 1; i > 0 && most > 0; i--)
		if (g->sure[i] > 0) {
			str_adds(t, sep);
			lay_count(t, g->sure[i]);
			str_addf(t, " %s", class == OFF_LEAK ? leak_class_word((enum leak_class)i) :
			    misorigin_class_word((enum misorigin_class)i));
			sep = ", ";
			most--;
		}
}

static void
group_say(struct str *out, unsigned class, const struct group *g)
{
	bool sure = class == OFF_LEAK || class == OFF_MISORIGIN;
	char accepted[16] = "-";
	struct str n = {0};

	if (g->accomplice != 0)
		snprintf(accepted, sizeof(accepted), "AS%" PRIu32, g->accomplice);
	lay_count(&n, g->prefixes);
	str_addf(out, "  AS%-10" PRIu32 "  %-12s%10s", g->culprit, accepted, n.p);
	stamp(out, g->from_us, g->before ? "<" : " ");
	stamp(out, g->to_us, g->open ? ">" : sure ? " " : "");
	if (sure)
		str_addc(out, ' ');
	sures_say(out, class, g, 1);
	str_addc(out, '\n');
	str_release(&n);
}

/* In a sentence, when one pair did most of it. */
static void
largest_say(struct str *out, unsigned class, const struct groups *all, struct text_style style)
{
	const struct group *g = &all->v[0];
	char a[UTC_TEXT], b[UTC_TEXT];
	struct str t = {0};

	if ((uint64_t)g->prefixes * 2 < all->incidents || g->accomplice == 0)
		return;
	utc_format((struct utc){g->from_us / 1000000}, a);
	utc_format((struct utc){g->to_us / 1000000}, b);
	str_adds(&t, "Most of it is one group: ");
	lay_count(&t, g->prefixes);
	str_addf(&t, " prefix%s %s AS%" PRIu32 "%s accepted by AS%" PRIu32 ", from %.10s %.8s UTC%s to %.10s %.8s UTC%s",
	    g->prefixes == 1 ? "" : "es", class == OFF_LEAK ? "passed on by" : "of", g->culprit,
	    class == OFF_LEAK ? " and" : ",", g->accomplice, a, a + 11,
	    g->before ? " or before" : "", b, b + 11, g->open ? " or after" : "");
	if (class == OFF_LEAK || class == OFF_MISORIGIN)
		str_adds(&t, "; of them ");
	sures_say(&t, class, g, SURE_N);
	str_addc(&t, '.');
	lay_spaces(out, 2);
	lay_wrapped(out, style, 2, 2, t.p);
	str_addc(out, '\n');
	str_release(&t);
}

void
incidents_groups(struct str *out, const struct incidents_sheet *s, unsigned class, struct text_style style)
{
	struct groups all = {0};
	bool marks = false;
	size_t i;

	groups_make(s, class, &all);
	if (s->limit == 0 || all.incidents <= s->limit || all.n == 0) {
		free(all.v);
		return;
	}
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, offence_class_word(class));
	str_addf(out, " by who did it and who accepted it, the most prefixes first%s\n", incidents_dated(s, class));
	largest_say(out, class, &all, style);
	lay_text(out, style, INK_DIM, class == OFF_LEAK || class == OFF_MISORIGIN ?
	    "  NETWORK       ACCEPTED BY   PREFIXES  FROM (UTC)            TO (UTC)              THE SUREST" :
	    "  NETWORK       ACCEPTED BY   PREFIXES  FROM (UTC)            TO (UTC)");
	str_addc(out, '\n');
	for (i = 0; i < all.n && i < SHOWN; i++) {
		group_say(out, class, &all.v[i]);
		marks |= all.v[i].before || all.v[i].open;
	}
	if (i < all.n) {
		str_adds(out, "  ... and ");
		lay_count(out, all.n - i);
		str_addf(out, " pair%s more\n", all.n - i == 1 ? "" : "s");
	}
	if (marks)
		str_adds(out, "  < or before, > or after: it was there when the window, or what was seen of it, began or ended\n");
	free(all.v);
}
