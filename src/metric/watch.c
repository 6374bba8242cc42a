#include "metric/watch.h"

#define DAY 86400

int64_t
watch_days_off(const struct window *x, const struct world *w, enum evidence e)
{
	const struct evidence_state *s = &w->evidence[e];
	int64_t before = 0, after = 0;

	if (utc_known(s->oldest) && s->oldest.s < x->begin.s)
		before = (x->begin.s - s->oldest.s) / DAY;
	if (utc_known(s->newest) && s->newest.s > x->to.s)
		after = (s->newest.s - x->to.s) / DAY;
	if (after >= before)
		return after > WATCH_DAYS_MAX ? after : 0;
	return before > WATCH_DAYS_MAX ? -before : 0;
}

uint32_t
watch_dated(const struct window *x, const struct world *w)
{
	uint32_t bits = 0;

	if (watch_days_off(x, w, EV_REGISTRY) != 0)
		bits |= 1u << OFF_ADMIN_PREFIX | 1u << OFF_ADMIN_ASN;
	if (watch_days_off(x, w, EV_VRPS) != 0)
		bits |= 1u << OFF_INVALID | 1u << OFF_MISORIGIN;
	if (watch_days_off(x, w, EV_IRR) != 0)
		bits |= 1u << OFF_MISORIGIN;
	if (watch_days_off(x, w, EV_GRAPH) != 0 || watch_days_off(x, w, EV_ASPAS) != 0)
		bits |= 1u << OFF_LEAK;
	return bits;
}
