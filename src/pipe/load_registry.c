/* load_registry: AS relationships, registry statistics, special-purpose space. */
#include "pipe/part.h"

static enum err
on_link(void *arg, const struct asrel *l)
{
	struct part *p = arg;

	return graph_add(&p->w->graph, l);
}

enum err
load_asrel(struct part *p, struct feed *f)
{
	struct asrel_stats stats = {.time = UTC_NONE};
	enum err e = asrel_decode(f, on_link, p, &p->in.diags, &stats);

	p->in.records = stats.links + p->in.diags.n_level[DIAG_SKIP_RECORD];
	p->kept = stats.links;
	p->in.time = stats.time;
	p->evidence = stats.links > 0 ? EV_BIT(EV_GRAPH) : 0;
	p->w->graph.present = stats.links > 0;
	return e;
}

struct told { struct part *p; const struct delegated_stats *stats; };

static enum err
on_delegated(void *arg, const struct delegated *d)
{
	const struct told *t = arg;
	struct part *p = t->p;
	enum err e = registry_add(&p->w->registry, d);

	if (e == OK)
		TRY(holders_add(&p->w->holders, d, t->stats->time));
	if (e == OK)
		return holdings_add(&p->w->holdings, d, t->stats->time);
	if (e != ERR_RANGE)
		return e;
	diag_add(&p->in.diags, DIAG_SKIP_RECORD, ERR_RANGE, 0, 0, "delegated.value", NULL);
	return OK;
}

enum err
load_delegated(struct part *p, struct feed *f)
{
	struct delegated_stats stats = {.time = UTC_NONE};
	struct told told = {p, &stats};
	enum err e = delegated_decode(f, on_delegated, &told, &p->in.diags, &stats);

	p->in.records = stats.records;
	p->kept = p->w->registry.n_seen;
	p->in.time = stats.time;
	p->evidence = p->w->registry.n_seen > 0 ? EV_BIT(EV_REGISTRY) : 0;
	p->w->registry.present = p->evidence != 0;
	return e;
}

static enum err
on_special(void *arg, const struct iana_special *s)
{
	struct part *p = arg;

	p->in.records++;
	return specials_add(&p->w->specials, s);
}

enum err
load_iana_special(struct part *p, struct feed *f)
{
	enum err e = iana_special_decode(f, on_special, p, &p->in.diags);

	p->kept = p->in.records;
	p->evidence = p->kept > 0 ? EV_BIT(EV_SPECIAL) : 0;
	p->in.records += p->in.diags.n_level[DIAG_SKIP_RECORD];
	return e;
}
