/* measure: facts over a hand-made world, and metrics compared with what was worked out by hand. */
#ifndef MEASURE_H
#define MEASURE_H

#include "hand.h"
#include "metric/facts.h"
#include "tap.h"

struct measure {
	struct hand h;
	struct metric_params params;
	struct facts *f;
	struct facts *many;	/* the same, prepared for many ASes; NULL until it is needed */
	struct evidence_state evidence[EV_N];	/* that the facts were made over */
	struct arena *a;
	struct metric m;	/* the last one asked for */
};

static inline void
measure_init(struct measure *t)
{
	hand_init(&t->h);
	metric_params_init(&t->params);
	t->f = t->many = NULL;
	t->a = arena_new();
}

static inline void
measure_start(struct measure *t)
{
	hand_seal(&t->h);
	t->f = facts_new(&t->h.w, &t->params);
	memcpy(t->evidence, t->h.w.evidence, sizeof(t->evidence));
}

static inline void
measure_release(struct measure *t)
{
	facts_free(t->many);
	facts_free(t->f);
	world_release(&t->h.w);
	arena_free(t->a);
}

/* The numbers alone, of facts prepared for many ASes, are those of the whole metric, and its records can be
 * had afterwards. */
static inline bool
measure_agrees(struct measure *t)
{
	struct metric all[METRIC_N], *n = &all[t->m.id];

	if (t->many == NULL) {
		t->many = facts_new(&t->h.w, &t->params);
		facts_prepare(t->many);
	}
	metrics_compute(t->many, t->m.asn, METRIC_NUMBERS, NULL, all);
	metrics_records(t->many, UINT64_C(1) << t->m.id, t->params.records_max, t->a, all);
	return n->state == t->m.state && n->num == t->m.num && n->den == t->m.den && n->value_ppm == t->m.value_ppm &&
	    n->n_deciding == t->m.n_deciding && n->org.n == t->m.org.n && n->org.num == t->m.org.num &&
	    n->n_records == t->m.n_records && memcmp(n->part, t->m.part, sizeof(n->part)) == 0 &&
	    (n->n_records == 0 || strcmp(n->records[0].remedy, t->m.records[0].remedy) == 0);
}

static inline const struct metric *
measure(struct measure *t, uint32_t asn, enum metric_id id)
{
	if (memcmp(t->evidence, t->h.w.evidence, sizeof(t->evidence)) != 0) {	/* the test took some away */
		facts_free(t->many);
		facts_free(t->f);
		t->many = NULL;
		t->f = facts_new(&t->h.w, &t->params);
		memcpy(t->evidence, t->h.w.evidence, sizeof(t->evidence));
	}
	metric_compute(t->f, asn, id, t->a, &t->m);
	if (!measure_agrees(t))
		ok(false, "%s of AS%u: less detail gives other numbers", metric_word(id), (unsigned)asn);
	return &t->m;
}

#define is_share(t, asn, id, want_num, want_den, name)                                              \
	do {                                                                                        \
		const struct metric *m_ = measure((t), (asn), (id));                                \
		ok(m_->state == METRIC_OK && m_->num == (want_num) && m_->den == (want_den), name); \
		if (m_->state != METRIC_OK || m_->num != (want_num) || m_->den != (want_den))       \
			printf("# got %llu of %llu %s\n", (unsigned long long)m_->num,              \
			    (unsigned long long)m_->den, m_->why == NULL ? "" : m_->why);           \
	} while (0)

#define is_state(t, asn, id, want_state, want_why, name)                                            \
	do {                                                                                        \
		const struct metric *m_ = measure((t), (asn), (id));                                \
		ok(m_->state == (want_state) && m_->why != NULL && strcmp(m_->why, (want_why)) == 0, name); \
		if (m_->why == NULL || strcmp(m_->why, (want_why)) != 0)                            \
			printf("# got state %d, %s\n", (int)m_->state, m_->why == NULL ? "" : m_->why); \
	} while (0)

static inline uint64_t
part_of(const struct metric *m, const char *name)
{
	size_t i;

	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++)
		if (strcmp(m->part[i].name, name) == 0)
			return m->part[i].n;
	return UINT64_MAX;
}

#endif
