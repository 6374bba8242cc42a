/*
 * lab: all steps in order, from parameters to files.
 */
#include "lab/lab.h"
#include "lab/write.h"

#include <errno.h>

void
lab_params_init(struct lab_params *p, enum lab_scale scale)
{
	*p = (struct lab_params){.seed = 1, .scale = scale, .ases = 300, .prefixes = {1150, 350},
	    .collectors = 3, .peers = 8, .update_messages = 4000};
	if (scale == LAB_INTERNET) {
		p->ases = 80000;
		p->prefixes[FAMILY_V4] = 1000000;
		p->prefixes[FAMILY_V6] = 220000;
		p->collectors = 1;
		p->peers = 40;
		p->carry = 8;
		p->update_messages = 2000000;
	}
}

static bool
within(uint32_t v, uint32_t lo, uint32_t hi)
{
	return v >= lo && v <= hi;
}

static bool
params_fit(const struct lab_params *p)
{
	return within(p->ases, 200, LAB_ASES_MAX) && within(p->collectors, 1, LAB_COLLECTORS_MAX) &&
	    within(p->peers, 8, LAB_PEERS_MAX) && within(p->prefixes[FAMILY_V4], 0, 2000000) &&
	    within(p->prefixes[FAMILY_V6], 0, 1000000) &&
	    (uint64_t)p->collectors * p->peers < p->ases / 4;
}

static void
say(const struct lab_params *p, const char *what)
{
	if (p->progress != NULL)
		p->progress(p->progress_arg, what);
}

static void
build(struct lab *w)
{
	say(&w->params, "who is connected to whom");
	ases_make(w);
	topo_make(w);
	say(&w->params, "who announces what");
	plan_make(w);
	plan_register(w);
	say(&w->params, "what is seen from where");
	peers_make(w);
}

static void
write_files(struct outs *o, const struct lab *w, const struct incidents *in, struct lab_sum *sum)
{
	say(&w->params, "tables");
	write_tables(o, w, sum);
	say(&w->params, "updates");
	write_updates(o, w, in, sum);
	say(&w->params, "registries");
	write_rpki(o, w, sum);
	write_irr(o, w, sum);
	write_registry(o, w);
	write_relations(o, w);
	write_people(o, w);
	say(&w->params, "answers");
	write_answers(o, w, in, sum);
	write_readme(o, w);
}

enum err
lab_write(const char *dir, const struct lab_params *p, struct lab_sum *sum)
{
	struct lab w = {.params = *p};
	struct incidents in;
	struct outs o;

	*sum = (struct lab_sum){0};
	if (!params_fit(p)) {
		errno = EINVAL;
		return ERR_RANGE;
	}
	TRY(outs_open(&o, dir));
	build(&w);
	incidents_make(&w, &in);
	sum->ases = w.n_routed;
	sum->links = w.n_links;
	sum->routes = w.n_routes;
	write_files(&o, &w, &in, sum);
	sum->files = o.n;
	sum->bytes = o.bytes;
	incidents_release(&in);
	lab_release(&w);
	return outs_commit(&o);
}
