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

	pthread_mutex_init(&c->lock, NULL);
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
	pthread_mutex_destroy(&c->lock);
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
	}
	s->n++;
	s->num += m->num;
	s->den += m->den;
	if (m->id == M_M7RPKI)
		*invalid += m->part[1].n;	/* the score is not linear in num / den */
}

static int64_t
weighted(enum metric_id id, const struct org_sum *s, uint64_t invalid)
{
	bool up = metric_high_is_bad(id);

	if (metric_unit(id) == UNIT_COUNT)
		return (int64_t)s->num;
	if (id == M_M5)
		return curve_h1_ppm(s->num * 1000);
	if (id == M_M7RPKI)
		return m7rpki_ppm(s->num, invalid, s->den);
	return share_ppm(s->num, s->den, up);
}

static struct org_sum
sum_up(const struct facts *f, enum metric_id id, const uint32_t *ids, size_t n)
{
	struct org_sum s = {.known = true};
	uint64_t invalid = 0;
	struct metric m;
	size_t i;

	for (i = 0; i < n; i++) {
		metric_tally(f, f->w->orgs.ases[ids[i]].asn, id, &m);
		if (m.state == METRIC_OK)
			add(&s, &invalid, &m);
	}
	if (s.n > 0)
		s.weighted_ppm = weighted(id, &s, invalid);
	return s;
}

/* From the cache, or worked out and put there. Two threads may work out the same: the same comes out. */
static struct org_sum
org_sum_of(const struct facts *f, enum metric_id id, const uint32_t *ids, size_t n)
{
	struct org_cache *c = f->orgs;
	struct org_sum s = {0};

	pthread_mutex_lock(&c->lock);
	if (c->of[ids[0]] != NULL)
		s = c->of[ids[0]][id];
	pthread_mutex_unlock(&c->lock);
	if (s.known)
		return s;
	s = sum_up(f, id, ids, n);
	pthread_mutex_lock(&c->lock);
	if (c->of[ids[0]] == NULL)
		c->of[ids[0]] = xcalloc(METRIC_N, sizeof(**c->of));
	c->of[ids[0]][id] = s;
	pthread_mutex_unlock(&c->lock);
	return s;
}

void
org_compute(const struct facts *f, uint32_t asn, enum metric_id id, struct metric *m)
{
	const struct evidence_state *e = &f->w->evidence[EV_ORGS];
	const uint32_t *ids = NULL;
	struct org_sum s;
	size_t n;

	if (e->n_inputs == 0 || e->n_incomplete > 0) {
		m->org.why = e->n_inputs == 0 ? "no AS organisations input"
		    : "an AS organisations input is incomplete";
		return;
	}
	n = orgs_siblings(&f->w->orgs, asn, &ids);
	m->org.n_all = (uint32_t)n;
	if (n == 0)
		m->org.why = "the AS organisations inputs do not list this AS";
	if (n < 2)
		return;
	s = org_sum_of(f, id, ids, n);
	m->org.n = s.n;
	m->org.worst_asn = s.worst_asn;
	m->org.worst_ppm = s.worst_ppm;
	m->org.num = s.num;
	m->org.den = s.den;
	m->org.weighted_ppm = s.weighted_ppm;
}
