/* path: the answer about one path, before it is put into words. */
#include "report/path.h"

const char *
path_verdict_word(enum path_verdict v)
{
	static const char *const word[] = {"valid", "unknown", "invalid", "unknown"};

	return word[v];
}

/* Evidence of a kind of which one input could not be used is no evidence: what is missing might be what acquits. */
static bool
is_complete(const struct world *w, enum evidence e)
{
	return w->evidence[e].n_inputs > 0 && w->evidence[e].n_incomplete == 0;
}

/* ASPAs come last in a document, so one that is cut short has shown none yet. */
static uint32_t
cut_inputs(const struct world *w)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		n += !w->inputs[i].complete && !w->inputs[i].duplicate && w->inputs[i].kind == KIND_VRP_JSON;
	return n;
}

void
path_asked_tables(struct path_asked *q)
{
	const struct world *w = q->world;

	q->n_cut = cut_inputs(w);
	q->tables = (struct path_tables){
		.aspas = is_complete(w, EV_ASPAS) && q->n_cut == 0 ? &w->rpki : NULL,
		.graph = is_complete(w, EV_GRAPH) ? &w->graph : NULL,
		.orgs = is_complete(w, EV_ORGS) ? &w->orgs : NULL,
	};
	q->has_vrps = is_complete(w, EV_VRPS);
}

/* Without ASPAs the ramps say Valid of two ASes and Unknown of more; it is the data that is missing in both cases. A set
 * or a first AS that is not the neighbour is there to be seen without any. */
static enum path_verdict
verdict_of(const struct path_asked *q, const struct path_result *r)
{
	enum aspa_verdict v = q->ask == PATH_ASK_UP ? r->up : r->down;

	if (q->tables.aspas == NULL && r->why == ASPA_BY_RAMPS)
		return PATH_NO_DATA;
	if (q->ask == PATH_ASK_OBSERVER && v != ASPA_INVALID && r->up != ASPA_VALID)
		return PATH_UNKNOWN;	/* which test it was to pass is not known */
	return (enum path_verdict)v;
}

void
path_answer(const struct path_asked *q, const struct path_line *line, struct arena *a, struct path_result *r)
{
	uint32_t *as = arena_array(a, line->n_ases, sizeof(*as));
	struct path_scratch *scratch = arena_alloc(a, sizeof(*scratch));
	struct aspa_path p = {.as = as, .check_first = q->has_neighbour, .neighbour = q->neighbour};

	*r = (struct path_result){.line = line, .as = as, .origin = aspath_origin(line->path)};
	p.n = aspath_hops(line->path, as, line->n_ases, &p.has_set);
	path_look(&r->view, &q->tables, as, p.n, p.has_set, q->otc, scratch);
	r->hop = arena_array(a, p.n + 1, sizeof(*r->hop));
	r->seen = arena_array(a, p.n + 1, sizeof(*r->seen));
	aspa_hops(q->tables.aspas, as, p.n, r->hop);
	aspa_observe(r->hop, p.n, r->seen);
	if (p.n > 0)
		r->ramps = aspa_ramps(r->hop, p.n);
	r->up = aspa_verify(&p, r->hop, ASPA_UPSTREAM, &r->why);
	r->down = aspa_verify(&p, r->hop, ASPA_DOWNSTREAM, NULL);
	r->leak = leak_judge(&r->view, TRIPLE_NO_HISTORY);
	if (line->has_prefix && q->has_vrps)
		r->rov = rpki_rov(&q->world->rpki, &line->prefix, r->origin);
	r->verdict = verdict_of(q, r);
}

void
path_totals_add(struct path_totals *t, const struct path_result *r)
{
	bool proven = r->leak.class == LEAK_PROVEN;

	t->n++;
	t->verdict[r->verdict]++;
	t->proven += proven;
	t->refused += proven || r->verdict == PATH_INVALID;
}
