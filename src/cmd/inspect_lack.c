#include "cmd/inspect.h"
#include "base/arena.h"

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

static void
lack_of_metric(const struct world *w, enum metric_id id, struct lack *l)
{
	uint32_t all = metric_needs(id), any = metric_needs_any(id);

	l->absent |= all & ~present(w, all);
	if (any != 0 && present(w, any) == 0)
		l->absent_any |= any;
	l->incomplete |= incomplete(w, all | any | metric_uses(id));
}

void
inspect_pack(struct inspection *v, const struct pack *p)
{
	size_t i, t;

	for (i = 0; i < p->n; i++) {
		const struct control *c = &p->controls[i];
		struct lack l = {.pack = p->id, .control = c};

		if (c->n_tests == 0 && !c->whole_org)
			continue;	/* no input can show it; `routemark rules` says why */
		for (t = 0; t < c->n_tests; t++)
			if (c->tests[t].judged)
				lack_of_metric(v->w, c->tests[t].metric, &l);
		if (c->whole_org) {
			l.absent |= EV_BIT(EV_ORGS) & ~present(v->w, EV_BIT(EV_ORGS));
			l.incomplete |= incomplete(v->w, EV_BIT(EV_ORGS));
		}
		v->n_controls++;
		if ((l.absent | l.absent_any | l.incomplete) == 0)
			continue;
		v->lacks = grow(v->lacks, &v->cap_lacks, v->n_lacks + 1, sizeof(l));
		v->lacks[v->n_lacks++] = l;
	}
}
