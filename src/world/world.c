#include "world/world.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

const char *
evidence_word(enum evidence e)
{
	static const char *const word[EV_N] = {
	    [EV_TABLE] = "table", [EV_ORIGINS] = "origins", [EV_UPDATES] = "updates", [EV_VRPS] = "vrps",
	    [EV_ASPAS] = "aspas", [EV_IRR] = "irr", [EV_GRAPH] = "as-relationships",
	    [EV_ORGS] = "organisations", [EV_REGISTRY] = "registry", [EV_SPECIAL] = "special-purpose",
	    [EV_PDB_NET] = "peeringdb-net", [EV_PDB_POC] = "peeringdb-poc", [EV_SPOOFER] = "spoofer",
	    [EV_PARTICIPANTS] = "participants"};

	assert((unsigned)e < EV_N);
	return word[e];
}

void
traffic_free(struct traffic *t)
{
	if (t == NULL)
		return;
	free(t->sessions);
	free(t->silences);
	free(t);
}

void
world_init(struct world *w)
{
	int i;

	*w = (struct world){.at = UTC_NONE};
	for (i = 0; i < EV_N; i++)
		w->evidence[i].oldest = w->evidence[i].newest = UTC_NONE;
	routes_init(&w->routes);
	rpki_init(&w->rpki);
	irr_init(&w->irr);
	graph_init(&w->graph);
	orgs_init(&w->orgs);
	registry_init(&w->registry);
	holdings_init(&w->holdings);
	holders_init(&w->holders);
	specials_init(&w->specials);
	contacts_init(&w->contacts);
	spoofer_init(&w->spoofer);
	participants_init(&w->participants);
}

void
world_release(struct world *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		free(w->inputs[i].name);
		free(w->inputs[i].path);
		traffic_free(w->inputs[i].traffic);
		diags_release(&w->inputs[i].diags);
	}
	free(w->inputs);
	routes_release(&w->routes);
	rpki_release(&w->rpki);
	irr_release(&w->irr);
	graph_release(&w->graph);
	orgs_release(&w->orgs);
	registry_release(&w->registry);
	holdings_release(&w->holdings);
	holders_release(&w->holders);
	specials_release(&w->specials);
	contacts_release(&w->contacts);
	spoofer_release(&w->spoofer);
	participants_release(&w->participants);
	*w = (struct world){0};
}

static void *
seal_others(void *arg)
{
	struct world *w = arg;

	rpki_seal(&w->rpki);
	irr_seal(&w->irr);
	graph_seal(&w->graph);
	orgs_seal(&w->orgs);
	registry_seal(&w->registry);
	holdings_seal(&w->holdings);
	holders_seal(&w->holders);
	w->orgs.holders = &w->holders;
	specials_seal(&w->specials);
	contacts_seal(&w->contacts);
	spoofer_seal(&w->spoofer);
	participants_seal(&w->participants);
	return NULL;
}

void
world_seal(struct world *w, const struct routes_params *params, unsigned threads)
{
	pthread_t thread;
	bool started = threads > 1 && pthread_create(&thread, NULL, seal_others, w) == 0;

	routes_seal(&w->routes, params);
	if (started)
		pthread_join(thread, NULL);
	else
		seal_others(w);
}
