#include "decode/vrp.h"
#include "pipe/part.h"

static enum err
on_vrp(void *arg, const struct vrp *v)
{
	struct part *p = arg;
	const struct roa r = {v->prefix, v->max_len, v->asn};

	return rpki_add_roa(&p->w->rpki, &r);
}

static enum err
on_aspa(void *arg, const struct aspa *a)
{
	struct part *p = arg;

	return rpki_add_aspa(&p->w->rpki, a->customer, a->provider, a->n);
}

enum err
load_vrp(struct part *p, struct feed *f)
{
	const struct vrp_sink sink = {on_vrp, on_aspa, p};
	struct vrp_stats stats = {.time = UTC_NONE};
	enum err e = vrp_decode(f, p->in.kind, &sink, &p->in.diags, &stats);

	/* what was skipped is not in the statistics */
	p->in.records = stats.vrps + stats.aspas + p->in.diags.n_level[DIAG_SKIP_RECORD];
	p->kept = stats.vrps + stats.aspas;
	p->in.time = stats.time;
	p->evidence = (stats.vrps > 0 ? EV_BIT(EV_VRPS) : 0) | (stats.aspas > 0 ? EV_BIT(EV_ASPAS) : 0);
	p->w->rpki.present = stats.vrps > 0;
	return e;
}
