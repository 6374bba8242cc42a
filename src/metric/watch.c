#include "metric/watch.h"

#include <inttypes.h>

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

/* What each class rests on beside the updates and tables. */
static const struct {
	enum evidence e;
	uint32_t classes;
} rests[] = {
	{EV_VRPS, 1u << OFF_INVALID | 1u << OFF_MISORIGIN}, {EV_ASPAS, 1u << OFF_LEAK}, {EV_IRR, 1u << OFF_MISORIGIN},
	{EV_REGISTRY, 1u << OFF_ADMIN_PREFIX | 1u << OFF_ADMIN_ASN}, {EV_GRAPH, 1u << OFF_LEAK}, {EV_ORGS, 0},
};
#define RESTS (sizeof(rests) / sizeof(*rests))

uint32_t
watch_dated(const struct window *x, const struct world *w)
{
	uint32_t bits = 0;
	size_t i;

	for (i = 0; i < RESTS; i++)
		if (rests[i].classes != 0 && watch_days_off(x, w, rests[i].e) != 0)
			bits |= rests[i].classes;
	return bits;
}

void
watch_dated_say(struct str *out, const struct window *x, const struct world *w, enum offence_class class)
{
	const char *between = "";
	char when[UTC_TEXT];
	size_t i;

	for (i = 0; i < RESTS; i++) {
		const struct evidence_state *s = &w->evidence[rests[i].e];
		int64_t days = watch_days_off(x, w, rests[i].e);

		if (days == 0 || (class != OFF_N && (rests[i].classes >> class & 1) == 0))
			continue;
		str_addf(out, "%s%s of %.10s, %" PRId64 " days %s the window", between, evidence_word(rests[i].e),
		    utc_format(days < 0 ? s->oldest : s->newest, when), days < 0 ? -days : days,
		    days < 0 ? "before" : "after");
		between = "; ";
	}
}
