#include "serve/pick.h"
#include "serve/page.h"

#include <string.h>

bool
pick_any(const struct pick *p)
{
	return p->region == NULL && p->country == NULL && !p->sized;
}

bool
pick_placed(const struct pick *p)
{
	return p->region != NULL || p->country != NULL;
}

bool
pick_holds(const struct pick *p, const struct place *place)
{
	return (p->region == NULL || region_holds(p->region, place)) &&
	    (p->country == NULL || strcmp(p->country, place->country) == 0);
}

static bool
size_read(struct ask *q, struct pick *out)
{
	const char *size = ask_arg(q, "size");
	unsigned i;

	if (size == NULL)
		return true;
	for (i = 0; i < ARCHIVE_SIZE_N; i++)
		if (strcmp(size, archive_size_word((enum archive_size)i)) == 0) {
			out->sized = true;
			out->size = (enum archive_size)i;
			return true;
		}
	ask_problem(q, 400, "No such size", "\"size\" is none, 1-9, 10-99 or 100-: how many routes a network originates.");
	return false;
}

bool
pick_ask(struct ask *q, bool sizes, struct pick *out)
{
	const char *region = ask_arg(q, "region"), *country = ask_arg(q, "country");
	char code[3];

	*out = (struct pick){0};
	if (region != NULL) {
		out->region = region_find(region);
		if (out->region == NULL) {
			ask_problem(q, 400, "No such region", "\"%s\" is no region: a registry (ripencc), a region of UN M49 by name or "
			    "code (europe, western-europe, 155), unmapped or unknown.", region);
			return false;
		}
	}
	if (country != NULL) {
		if (!country_read(span_of(country), code)) {
			ask_problem(q, 400, "No such country", "\"country\" is two letters (ISO 3166-1): NL.");
			return false;
		}
		out->country = arena_strdup(q->a, span_of(code));
	}
	return !sizes || size_read(q, out);
}

/* --- counts --- */

struct loading { const struct pick *p; archive_tally *t; };

static void
load_each(void *arg, const struct archive_place_count *c)
{
	struct loading *l = arg;

	if (pick_holds(l->p, &c->place))
		l->t[c->control][c->size][c->verdict] += c->n;
}

bool
pick_load(struct ask *q, struct pick *p)
{
	const struct shown *v = q->view;
	size_t i;
	enum err e;

	if (p->country == NULL)
		return true;
	p->of_country = arena_array(q->a, v->n_months + 1, sizeof(*p->of_country));
	for (i = 0; i < v->n_months; i++) {
		struct loading l = {p, arena_array(q->a, head_controls(&v->months[i].head) + 1, sizeof(*l.t))};

		p->of_country[i] = l.t;
		e = archive_places_read(q->archive, &v->months[i], p->country, load_each, &l);
		if (e != OK) {
			ask_broken(q, e);
			return false;
		}
	}
	return true;
}

archive_tally *
pick_tally(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k)
{
	if (p->of_country != NULL)
		return &p->of_country[s->month[month] - q->view->months][s->first[month] + k];
	if (p->region != NULL)
		return shown_region(q->view, s, month, k, p->region);
	return shown_tally(q->view, s, month, k);
}

void
pick_count(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month, size_t k,
    uint64_t n[static VERDICT_N])
{
	archive_tally *t = pick_tally(q, p, s, month, k);

	if (p->sized)
		memcpy(n, (*t)[p->size], VERDICT_N * sizeof(*n));
	else
		page_tally(t, n);
}

uint64_t
pick_networks(const struct ask *q, const struct pick *p, const struct shown_series *s, size_t month)
{
	uint64_t n[VERDICT_N], sum = 0;
	size_t i;

	if (shown_pack(s, month)->n == 0)
		return 0;
	pick_count(q, p, s, month, 0, n);	/* each network has one verdict by each control */
	for (i = 0; i < VERDICT_N; i++)
		sum += n[i];
	return sum;
}
