/*
 * m_score: M1 to M4C of MANRS: the incidents of a window by their length. What an incident is stands in
 * metric/timeline_score.h, what it counts in metric/incident.h; here it meets the AS.
 */
#include "addr/asn.h"
#include "metric/compute.h"
#include "metric/scored.h"

#include <inttypes.h>
#include <stdio.h>

#define E7_PER_TENTH 1000000u	/* all weights are 1 (timeline_score.h), so that nothing is lost */
#define VPS_SHOWN 5u
#define DETAIL_TEXT 64

static const struct words {
	const char *code, *rule;
	const char *remedy, *remedy_accomplice;	/* before the prefix; before the culprit's ASN */
} words[] = {
	{"leak", "RFC 7908: a route was passed on to one that should not have it",
	    "do not export to providers and peers what comes from others of them: ",
	    "refuse routes of providers and peers on the session with "},
	{"misorigination", "MANRS M2: a route for the address space of another",
	    "withdraw, or have its holder sign a ROA for this network: ",
	    "accept only what its holder signed or registered from "},
	{"bogon-prefix", "MANRS M3: special-purpose space", "withdraw ", "filter special-purpose space from "},
	{"bogon-asn", "MANRS M4: an AS number that is not for the public Internet",
	    "announce from a public ASN: ", "refuse paths, or remove that ASN before passing them on, with "},
};

int64_t
score_ppm(const struct facts *f, uint64_t tenths)
{
	return curve_ppm(f->p.scored != NULL ? f->p.scored->curve : CURVE_H1, tenths * E7_PER_TENTH);
}

static const struct window *
window_of(const struct compute *c)
{
	return c->f->p.scored->window;
}

/* Those at which the offence was seen, the first few by ASN and address. */
static void
record_vantage(struct compute *c, struct record *r, const struct timeline_offence *o)
{
	const struct window *x = window_of(c);
	uint32_t i, last = MAP_NONE, n = 0;
	char addr[PREFIX_TEXT];

	for (i = o->first; i < o->first + o->n; i++) {
		const struct coverage_vp *v = &x->coverage.vps[x->result.intervals[i].vp];

		if (x->result.intervals[i].vp == last)
			continue;
		last = x->result.intervals[i].vp;
		if (n++ < VPS_SHOWN)
			r->vps = arena_printf(c->a, "%s%sAS%" PRIu32 " at %s", r->vps, n > 1 ? ", " : "", v->asn,
			    addr_format(&v->addr, addr));
	}
	r->n_vps = n;
}

static void
record_counterparts(struct compute *c, struct record *r, const struct scored_event *e)
{
	const struct timeline_result *t = &window_of(c)->result;
	const struct timeline_incident *x = &t->incidents[e->incident];
	uint32_t i;

	if (e->metric % 2 == 1) {
		record_object(c, r, arena_printf(c->a, "taken from AS%" PRIu32, t->offences[e->offence].of.culprit));
		return;
	}
	for (i = x->first; i < x->first + x->n && i < x->first + VPS_SHOWN; i++)
		if (t->offences[i].of.accomplice != 0)
			record_object(c, r, arena_printf(c->a, "accepted by AS%" PRIu32, t->offences[i].of.accomplice));
}

static void
fill_score(struct compute *c, const struct deciding *d, struct record *r, uint32_t from)
{
	const struct scored_event *e = d->arg;
	const struct timeline_result *t = &window_of(c)->result;
	const struct timeline_span *s = &t->spans[e->span];
	const struct timeline_offence *o = &t->offences[e->offence];
	const struct words *w = &words[e->metric / 2];
	char begin[UTC_TEXT], end[UTC_TEXT], prefix[PREFIX_TEXT];

	(void)from;
	r->rule = w->rule;
	record_object(c, r, arena_printf(c->a, "from %s to %s: %" PRId64 " s",
	    utc_format((struct utc){s->from_us / 1000000}, begin), utc_format((struct utc){s->to_us / 1000000}, end),
	    s->to_us / 1000000 - s->from_us / 1000000));
	record_counterparts(c, r, e);
	if (e->metric / 2 == INC_M3 / 2)
		record_special(c, r, d->prefix);
	else if (e->metric / 2 == INC_M4 / 2)
		r->rule = arena_printf(c->a, "%s: not for use in the public Internet", asn_bogon(o->of.culprit));
	record_vantage(c, r, o);
	if (e->metric % 2 == 0)
		r->remedy = arena_printf(c->a, "%s%s", w->remedy, prefix_format(d->prefix, prefix));
	else
		r->remedy = arena_printf(c->a, "%sAS%" PRIu32, w->remedy_accomplice, o->of.culprit);
}

static void
events_decide(struct compute *c, enum incident_metric metric)
{
	const struct timeline_result *t = &window_of(c)->result;
	const struct scored_event *e;
	size_t i, n = scored_events(c->f->p.scored, c->asn, metric, &e);

	if (!c->digest && c->records_max == 0) {
		c->m->n_deciding += n;
		return;
	}
	for (i = 0; i < n; i++) {
		const struct timeline_offence *o = &t->offences[e[i].offence];
		const struct timeline_span *s = &t->spans[e[i].span];
		char detail[DETAIL_TEXT];

		snprintf(detail, sizeof(detail), "%" PRId64 "-%" PRId64 " AS%" PRIu32, s->from_us / 1000000,
		    s->to_us / 1000000, metric % 2 == 0 ? o->of.accomplice : o->of.culprit);
		decide(c, &(struct deciding){.code = words[metric / 2].code, .prefix = &o->prefix,
		    .origin = o->of.origin, .detail = detail, .route = MAP_NONE, .arg = &e[i], .fill = fill_score});
	}
}

/* Nobody can be wrong about what he does not do: the same as of the table. Who leaks passes on. */
static bool
is_there(struct compute *c, enum incident_metric metric)
{
	if (metric == INC_M2 || metric == INC_M3 || metric == INC_M4) {
		if (originated_count(c, ROUTE_LOOKED, FAMILY_N) == 0)
			not_applicable(c, "announces no visible route");
	} else if (c->as == MAP_NONE || c->f->as[c->as].passed == 0) {
		not_applicable(c, "is not seen to pass on any route");
	}
	return c->m->state == METRIC_OK;
}

void
m_score(struct compute *c)
{
	enum incident_metric metric = (enum incident_metric)(c->m->id - M_M1_SCORE);
	const struct scored *s = c->f->p.scored;
	const struct scored_sum *sum;
	const char *why = s == NULL ? "updates were not followed: no rule pack asks for incidents" : scored_why(s, metric);

	if (why != NULL) {
		no_data(c, why);
		return;
	}
	if (utc_known(c->m->oldest))
		c->m->oldest = scored_seen_to(s);
	sum = scored_of(s, c->asn, metric);
	if (sum == NULL && !is_there(c, metric))
		return;
	c->m->num = sum == NULL ? 0 : sum->raw_e7 / E7_PER_TENTH;
	c->m->den = s->window->seen_s / 3600;
	c->m->value_ppm = score_ppm(c->f, c->m->num);
	part_set(c, 0, "incidents", sum == NULL ? 0 : sum->n_incidents);
	part_set(c, 1, "seconds", sum == NULL ? 0 : sum->seconds);
	part_set(c, 2, "window-seconds", (uint64_t)(s->window->to.s - s->window->from.s));
	part_set(c, 3, "seconds-seen", s->window->seen_s);
	if (metric / 2 == INC_M1 / 2 || metric / 2 == INC_M2 / 2)
		part_set(c, 4, "unsure", scored_unsure(s, c->asn, metric));
	events_decide(c, metric);
}
