/*
 * org: one metric over all ASNs of an organisation: the worst, and the sum. Each organisation's sum is
 * made once and kept, so that asking for every AS stays linear whatever the size of an organisation.
 */
#include "metric/compute.h"

#include <stdlib.h>

struct org_cache *
org_cache_new(const struct world *w)
{
	struct org_cache *c = xcalloc(1, sizeof(*c));

	c->n = w->orgs.n_ases;
	c->of = xcalloc(c->n, sizeof(*c->of));
	return c;
}

void
org_cache_free(struct org_cache *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->of[i]);
	free(c->of);
	free(c);
}

static void
add(struct org_sum *s, uint64_t *invalid, const struct metric *m)
{
	bool worse = metric_high_is_bad(m->id) ? m->value_ppm > s->worst_ppm : m->value_ppm < s->worst_ppm;

	/* siblings come in ascending order: of equals the lowest ASN is named */
	if (s->n == 0 || worse) {
		s->worst_asn = m->asn;
		s->worst_ppm = m->value_ppm;
		s->worst_den = m->den;
	}
	s->n++;
	s->num += m->num;
	s->den += m->den;
	if (m->id == M_M7RPKI)
		*invalid += m->part[1].n;	/* the score is not linear in num / den */
}

static int64_t
weighted(const struct facts *f, enum metric_id id, const struct org_sum *s, uint64_t invalid)
{
	bool up = metric_high_is_bad(id);

	if (metric_unit(id) == UNIT_COUNT)
		return (int64_t)s->num;
	if (metric_windowed(id))
		return score_ppm(f, s->num);
	if (id == M_M5)
		return curve_h1_ppm(s->num * 1000);
	if (id == M_M7RPKI)
		return m7rpki_ppm(s->num, invalid, s->den);
	return share_ppm(s->num, s->den, up);
}

/* All metrics over one organisation. */
static struct org_sum *
sum_up(const struct facts *f, const uint32_t *ids, size_t n)
{
	struct org_sum *s = xcalloc(METRIC_N, sizeof(*s));
	uint64_t invalid[METRIC_N] = {0};
	struct compute c;
	struct metric m;
	unsigned id;
	size_t i;

	for (i = 0; i < n; i++) {
		compute_init(&c, f, f->w->orgs.ases[ids[i]].asn);
		for (id = 0; id < facts_n_metrics(f); id++) {
			metric_tally(&c, (enum metric_id)id, &m);
			if (m.state == METRIC_OK)
				add(&s[id], &invalid[id], &m);
		}
	}
	for (id = 0; id < METRIC_N; id++)
		if (s[id].n > 0)
			s[id].weighted_ppm = weighted(f, (enum metric_id)id, &s[id], invalid[id]);
	return s;
}

/* From the cache, or worked out and put there. Two threads may work out the same: one is kept. */
static const struct org_sum *
org_sum_of(const struct facts *f, const uint32_t *ids, size_t n)
{
	_Atomic(struct org_sum *) *place = &f->orgs->of[ids[0]];
	struct org_sum *there = atomic_load(place), *mine;

	if (there != NULL)
		return there;
	mine = sum_up(f, ids, n);
	if (atomic_compare_exchange_strong(place, &there, mine))
		return mine;
	free(mine);
	return there;
}

static bool
orgs_known(const struct compute *c)
{
	const struct evidence_state *e = &c->w->evidence[EV_ORGS];

	return e->n_inputs > 0 && e->n_incomplete == 0 && !world_shrunk(c->w, EV_BIT(EV_ORGS));
}

void
org_find(struct compute *c)
{
	if (orgs_known(c))
		c->n_siblings = orgs_siblings(&c->w->orgs, c->asn, &c->siblings);
}

void
org_compute(struct compute *c)
{
	const struct org_sum *s;
	struct metric *m = c->m;

	if (!orgs_known(c)) {
		m->org.why = c->w->evidence[EV_ORGS].n_inputs == 0 ? "no AS organisations input"
		    : c->w->evidence[EV_ORGS].n_incomplete > 0 ? "an AS organisations input is incomplete"
		    : "the AS organisations have shrunk since the report they were held against";
		return;
	}
	m->org.n_all = (uint32_t)c->n_siblings;
	if (c->n_siblings == 0)
		m->org.why = "the AS organisations inputs do not list this AS";
	if (c->n_siblings < 2)
		return;
	s = &org_sum_of(c->f, c->siblings, c->n_siblings)[m->id];
	m->org.n = s->n;
	m->org.worst_asn = s->worst_asn;
	m->org.worst_ppm = s->worst_ppm;
	m->org.worst_den = s->worst_den;
	m->org.num = s->num;
	m->org.den = s->den;
	m->org.weighted_ppm = s->weighted_ppm;
}
