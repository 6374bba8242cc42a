#include "cmd/inspect.h"
#include "base/arena.h"

#include <inttypes.h>
#include <stdio.h>

/* The kinds among bits that have an input (whole or not), and those that have one not whole. */
static uint32_t
present(const struct world *w, uint32_t bits)
{
	uint32_t e, out = 0;

	for (e = 0; e < EV_N; e++)
		if ((bits & EV_BIT(e)) != 0 && w->evidence[e].n_inputs > 0)
			out |= EV_BIT(e);
	return out;
}

static uint32_t
incomplete(const struct world *w, uint32_t bits)
{
	uint32_t e, out = 0;

	for (e = 0; e < EV_N; e++)
		if ((bits & EV_BIT(e)) != 0 && w->evidence[e].n_incomplete > 0)
			out |= EV_BIT(e);
	return out;
}

/* Older than the control allows, as judge does it; what a window was seen of is not known here. */
static bool
is_old(const struct world *w, const struct control *c, enum metric_id id, uint32_t bits, char why[static DOUBT_TEXT])
{
	char when[UTC_TEXT];
	uint32_t e;

	for (e = 0; e < EV_N && c->age_max_days > 0 && !metric_windowed(id) && utc_known(w->at); e++) {
		struct utc oldest = w->evidence[e].oldest;
		int64_t s = utc_known(oldest) ? w->at.s - oldest.s : 0;

		if ((bits & EV_BIT(e)) == 0 || (s < 0 ? -s : s) <= (int64_t)c->age_max_days * 86400)
			continue;
		snprintf(why, DOUBT_TEXT, "%s of %.10s: %" PRId64 " days %s; limit %" PRIu32 " days",
		    evidence_word((enum evidence)e), utc_format(oldest, when), (s < 0 ? -s : s) / 86400,
		    s < 0 ? "younger than the newest" : "old", c->age_max_days);
		return true;
	}
	return false;
}

static void
lack_of_metric(const struct world *w, enum metric_id id, struct lack *l)
{
	uint32_t all = metric_needs(id), any = metric_needs_any(id), there = present(w, all | any | metric_uses(id));

	l->absent |= all & ~present(w, all);
	if (any != 0 && present(w, any) == 0)
		l->absent_any |= any;
	l->incomplete |= incomplete(w, all | any | metric_uses(id));
	if (l->doubt[0] == '\0' && !doubt_shrunk_why(w, there, l->doubt) && !doubt_apart_why(w, id, there, l->doubt))
		(void)is_old(w, l->control, id, there, l->doubt);
}

static bool
lacks(const struct lack *l)
{
	return (l->absent | l->absent_any | l->incomplete) != 0 || l->doubt[0] != '\0';
}

/* Where the first metric that has data decides, one is enough; when none has, what the last one lacks, as it asks the
 * least. */
static void
lack_of_first(const struct world *w, const struct control *c, struct lack *l)
{
	struct lack one;
	size_t t;

	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		one = (struct lack){.pack = l->pack, .control = l->control};
		lack_of_metric(w, c->tests[t].metric, &one);
		*l = one;
		if (!lacks(&one))
			return;
	}
}

/* False when no input can show it: `routemark rules` says why. */
static bool
lack_of_control(const struct world *w, const struct control *c, struct lack *l)
{
	bool judged = c->whole_org;
	size_t t;

	if (c->join == JOIN_FIRST) {
		lack_of_first(w, c, l);
		return true;
	}
	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		lack_of_metric(w, c->tests[t].metric, l);
		judged = true;
	}
	if (c->whole_org) {
		l->absent |= EV_BIT(EV_ORGS) & ~present(w, EV_BIT(EV_ORGS));
		l->incomplete |= incomplete(w, EV_BIT(EV_ORGS));
	}
	return judged;
}

void
inspect_pack(struct inspection *v, const struct pack *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct lack l = {.pack = p, .control = &p->controls[i]};

		if (!lack_of_control(v->w, l.control, &l))
			continue;
		v->n_controls++;
		if (!lacks(&l))
			continue;
		v->lacks = grow(v->lacks, &v->cap_lacks, v->n_lacks + 1, sizeof(l));
		v->lacks[v->n_lacks++] = l;
	}
}
