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
	struct arena *a;
	struct metric m;	/* the last one asked for */
};

static inline void
measure_init(struct measure *t)
{
	hand_init(&t->h);
	metric_params_init(&t->params);
	t->f = NULL;
	t->a = arena_new();
}

static inline void
measure_start(struct measure *t)
{
	hand_seal(&t->h);
	t->f = facts_new(&t->h.w, &t->params);
}

static inline void
measure_release(struct measure *t)
{
	facts_free(t->f);
	world_release(&t->h.w);
	arena_free(t->a);
}

static inline const struct metric *
measure(struct measure *t, uint32_t asn, enum metric_id id)
{
	metric_compute(t->f, asn, id, t->a, &t->m);
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
