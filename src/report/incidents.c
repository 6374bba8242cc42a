/* incidents: the timeline for people: what it rests on, a line per class, groups of many, the longest of each. */
#include "report/incidents_lay.h"
#include "base/arena.h"
#include "report/incidents_paths.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct timeline_offence *
first_of(const struct incidents_sheet *s, const struct timeline_incident *x)
{
	return &s->window->result.offences[x->first];
}

uint64_t
incidents_length_us(const struct incidents_sheet *s, const struct timeline_incident *x)
{
	const struct timeline_span *p = &s->window->result.spans[x->first_span];
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < x->n_spans; i++)
		sum += (uint64_t)(p[i].to_us - p[i].from_us);
	return sum;
}

static int
ranked_cmp(const void *pa, const void *pb)
{
	const struct incidents_ranked *a = pa, *b = pb;

	if (a->sure != b->sure)
		return a->sure > b->sure ? -1 : 1;
	if (a->length_us != b->length_us)
		return a->length_us > b->length_us ? -1 : 1;
	return (a->no > b->no) - (a->no < b->no);
}

/* Those of a class that are shown and count, the surest, then the longest first. */
static struct incidents_ranked *
rank(const struct incidents_sheet *s, unsigned class, size_t *n, size_t *few)
{
	const struct timeline_result *r = &s->window->result;
	struct incidents_ranked *list = NULL;
	size_t i, cap = 0;

	*n = *few = 0;
	for (i = 0; i < r->n_incidents; i++) {
		const struct timeline_incident *x = &r->incidents[i];

		if (first_of(s, x)->of.class != class || !incidents_shown(s, x))
			continue;
		if (x->n_spans == 0) {
			++*few;
			continue;
		}
		list = grow(list, &cap, *n + 1, sizeof(*list));
		list[(*n)++] = (struct incidents_ranked){incidents_length_us(s, x), (uint32_t)i,
		    incidents_sure(first_of(s, x), x->n)};
	}
	if (*n > 0)
		qsort(list, *n, sizeof(*list), ranked_cmp);
	return list;
}

static uint64_t
longest(const struct incidents_ranked *list, size_t n)
{
	uint64_t most = 0;
	size_t i;

	for (i = 0; i < n; i++)
		most = list[i].length_us > most ? list[i].length_us : most;
	return most;
}

/* --- one incident --- */

static void
stamp(struct str *out, int64_t us)
{
	char text[UTC_TEXT];

	utc_format((struct utc){us / 1000000}, text);
	str_addf(out, "%.10s %.8s", text, text + 11);
}

/* Does an interval that began unseen begin there, or one that was still open end there? */
static bool
is_open_end(const struct incidents_sheet *s, const struct timeline_incident *x, int64_t us, bool begin)
{
	const struct timeline_result *r = &s->window->result;
	const struct timeline_offence *o = first_of(s, x), *last = o + x->n - 1;
	uint32_t i;

	for (i = o->first; i < last->first + last->n; i++) {
		const struct timeline_interval *v = &r->intervals[i];

		if (begin ? v->from_us == us && v->began == TL_BEFORE : v->to_us == us && v->ended == TL_OPEN)
			return true;
	}
	return false;
}

static void
spans_say(struct str *out, const struct incidents_sheet *s, const struct timeline_incident *x)
{
	enum { SHOWN = 3 };
	uint32_t i;

	for (i = 0; i < x->n_spans && i < SHOWN; i++) {
		const struct timeline_span *p = &s->window->result.spans[x->first_span + i];
		bool from = is_open_end(s, x, p->from_us, true), to = is_open_end(s, x, p->to_us, false);

		str_adds(out, "      ");
		stamp(out, p->from_us);
		str_adds(out, from ? " or before, to " : " to ");
		stamp(out, p->to_us);
		str_adds(out, to ? " or after: " : ": ");
		incidents_length(out, (uint64_t)(p->to_us - p->from_us) / 1000000);
		str_addc(out, '\n');
	}
	if (x->n_spans > SHOWN)
		str_addf(out, "      ... and %" PRIu32 " more times\n", x->n_spans - SHOWN);
	str_addf(out, "      seen by %" PRIu32 " vantage point%s, by %" PRIu32 " that count%s at once\n", x->n_vps,
	    x->n_vps == 1 ? "" : "s", x->peak, x->peak == 1 ? "s" : "");
}

static void
accepted_say(struct str *out, const struct incidents_sheet *s, const struct timeline_incident *x,
    struct text_style style)
{
	enum { SHOWN = 6 };
	const struct timeline_offence *o = first_of(s, x);
	struct str t = {0};
	uint32_t i, n = 0;

	for (i = 0; i < x->n; i++)
		if (o[i].of.accomplice != 0 && n++ < SHOWN)
			str_addf(&t, "%sAS%" PRIu32, n == 1 ? "accepted by " : ", ", o[i].of.accomplice);
	if (n > SHOWN)
		str_addf(&t, " and %" PRIu32 " more", n - SHOWN);
	if (n == 0)
		str_adds(&t, "nobody is seen between it and the collectors");
	lay_spaces(out, 6);
	lay_wrapped(out, style, 6, 6, t.p);
	str_addc(out, '\n');
	str_release(&t);
}

static void
incident_say(struct str *out, const struct incidents_sheet *s, const struct timeline_incident *x,
    struct text_style style)
{
	const struct timeline_offence *o = first_of(s, x);
	const struct org_as *name = orgs_as(&s->world->orgs, o->of.culprit);
	const char *sure = incidents_sureness(o, x->n);
	char text[PREFIX_TEXT];
	struct str t = {0};

	str_adds(out, "  ");
	lay_text(out, style, INK_BOLD, prefix_format(&o->prefix, text));
	str_addf(&t, " by AS%" PRIu32, o->of.culprit);
	if (name != NULL && name->name != NULL && name->name[0] != '\0')
		str_addf(&t, " %s", name->name);
	if (o->of.origin != o->of.culprit && o->of.origin != ORIGIN_NONE)
		str_addf(&t, ", originated by AS%" PRIu32, o->of.origin);
	if (sure != NULL)
		str_addf(&t, ": %s", sure);
	lay_text(out, style, INK_PLAIN, t.p);
	str_addc(out, '\n');
	spans_say(out, s, x);
	accepted_say(out, s, x, style);
	incidents_path_say(out, &s->window->result, x, style);
	str_clear(&t);
	incidents_why(&t, s->world, incidents_surest(o, x->n));
	if (t.len > 0) {
		lay_spaces(out, 6);
		lay_wrapped(out, style, 6, 6, t.p);
		str_addc(out, '\n');
	}
	str_release(&t);
}

/* --- classes --- */

const char *
incidents_dated(const struct incidents_sheet *s, unsigned class)
{
	return (watch_dated(s->window, s->world) >> class & 1) != 0 ? "; by evidence of another time" : "";
}

static void
class_say(struct str *out, const struct incidents_sheet *s, unsigned class, struct text_style style)
{
	size_t n, few, i;
	struct incidents_ranked *list = rank(s, class, &n, &few);

	if (n > 0) {
		str_addc(out, '\n');
		lay_text(out, style, INK_BOLD, offence_class_word(class));
		str_addf(out, ": %s, %sthe longest first%s\n", offence_class_text(class),
		    class == OFF_LEAK || class == OFF_MISORIGIN ? "the surest, then " : "", incidents_dated(s, class));
	}
	for (i = 0; i < n && (s->limit == 0 || i < s->limit); i++)
		incident_say(out, s, &s->window->result.incidents[list[i].no], style);
	if (i < n) {
		str_adds(out, "  ... and ");
		lay_count(out, n - i);
		str_adds(out, " more: --limit 0 shows all, --json and --csv too\n");
	}
	free(list);
}

static void
classes_say(struct str *out, const struct incidents_sheet *s, struct text_style style)
{
	uint32_t dated = watch_dated(s->window, s->world);
	size_t n, few;
	unsigned c;

	str_addc(out, '\n');
	lay_text(out, style, INK_DIM, "  CLASS             INCIDENTS        LONGEST   TOO FEW SAW   WHAT IT IS");
	str_addc(out, '\n');
	for (c = 0; c < OFF_N; c++) {
		struct incidents_ranked *list;

		if ((s->classes >> c & 1) == 0)
			continue;
		if ((s->window->classes >> c & 1) == 0) {
			str_addf(out, "  %-16s    NO DATA  %s\n", offence_class_word(c), incidents_lack(c));
			continue;
		}
		list = rank(s, c, &n, &few);
		str_addf(out, "  %-16s %10zu  ", offence_class_word(c), n);
		incidents_right(out, longest(list, n) / 1000000, n > 0, 13);
		str_addf(out, "  %12zu   %s%s\n", few, offence_class_text(c), (dated >> c & 1) != 0 ? " *" : "");
		free(list);
	}
	if ((dated & s->classes & s->window->classes) != 0)
		str_adds(out, "  * " WATCH_DATED_WORDS ": see \"dated\"; not scored\n");
}

void
incidents_text(struct str *out, const struct incidents_sheet *s, struct text_style style)
{
	unsigned c;

	incidents_head(out, s, style);
	classes_say(out, s, style);
	for (c = 0; c < OFF_N; c++)
		if ((s->classes >> c & 1) != 0)
			incidents_groups(out, s, c, style);
	incidents_scores(out, s, style);
	for (c = 0; c < OFF_N; c++)
		if ((s->classes >> c & 1) != 0)
			class_say(out, s, c, style);
}
