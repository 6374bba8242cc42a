/* exposed_fit: what is said of one thing held against what is said of others. */
#include "report/exposed_int.h"

#include <stdlib.h>

bool
exposed_at_end(const struct exposed_net *n)
{
	unsigned f;

	for (f = 0; f < FAMILY_N; f++)
		if (n->of[f].known && n->of[f].paths > 0 && !n->of[f].at_end)
			return false;
	return true;
}

uint32_t
exposed_top_ppm(const struct exposed_net *n)
{
	return n->of[FAMILY_V4].share_ppm > n->of[FAMILY_V6].share_ppm ? n->of[FAMILY_V4].share_ppm :
	    n->of[FAMILY_V6].share_ppm;
}

size_t
exposed_weakest(const struct exposed *x)
{
	size_t i, at = SIZE_MAX;

	for (i = 0; i < x->n_nets; i++) {
		const struct exposed_net *n = &x->nets[i];

		if (exposed_at_end(n) || (n->v.all != VERDICT_FAIL && n->v.all != VERDICT_NO_DATA))
			continue;
		if (at == SIZE_MAX || (n->v.all == VERDICT_FAIL && x->nets[at].v.all != VERDICT_FAIL))
			at = i;
	}
	return at;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static bool
nets_distinct(const struct exposed *x)
{
	uint32_t *all = xcalloc(x->n_nets + 1, sizeof(*all));
	bool good = true;
	size_t i;

	for (i = 0; i < x->n_nets; i++) {
		all[i] = x->nets[i].asn;
		good &= all[i] != x->origin;
	}
	qsort(all, x->n_nets, sizeof(*all), by_number);
	for (i = 1; i < x->n_nets; i++)
		good &= all[i - 1] != all[i];
	free(all);
	return good;
}

static bool
pack_known(const struct exposed_ground *g, const struct exposed_verdicts *v)
{
	size_t i;

	for (i = 0; v->pack != NULL && i < g->n_packs; i++)
		if (strcmp(g->packs[i].id, v->pack) == 0)
			return true;
	return v->pack == NULL;
}

static void
net_fits(const struct node *o, const struct exposed_ground *g, const struct exposed *x, const struct exposed_net *n)
{
	unsigned f, k;
	size_t i;

	for (f = 0; f < FAMILY_N; f++) {
		const struct exposed_family *v = &x->family[f];

		if (n->of[f].known != (v->asked && v->ok))
			exposed_refuse(o, f == FAMILY_V4 ? "ipv4" : "ipv6", "is null just when that family has no data");
		else if (n->of[f].known && (n->of[f].paths > v->paths || n->of[f].vps > v->full_with))
			exposed_refuse(o, f == FAMILY_V4 ? "ipv4" : "ipv6", "has more paths or vantage points than there were");
	}
	if (exposed_top_ppm(n) < g->min_ppm)
		exposed_refuse(o, "asn", "has a share below the least that is told of");
	for (k = 0; k < OFFENCE_N; k++)
		if (n->carried_known[k] == (x->offending_why[k] != NULL))
			exposed_refuse(o, "carried", "is null just when there is a reason in offending");
	for (i = 0; i < n->n_rows; i++) {
		if (n->rows[i].r.n_vps > g->window.vps)
			exposed_refuse(o, "incidents", "were seen by more vantage points than listened");
		if (n->rows[i].has_weighed != n->of[n->rows[i].r.family].known)
			exposed_refuse(o, "incidents", "are weighed by a share just when there is one");
	}
	if (!pack_known(g, &n->v))
		exposed_refuse(o, "verdicts", "are of a pack that is not in the list of packs");
}

static void
weakest_fits(const struct node *origin, const struct exposed *x)
{
	struct node w;
	size_t at = exposed_weakest(x);

	if (at == SIZE_MAX || node_is_null(origin, "weakest")) {
		if (at != SIZE_MAX || !node_is_null(origin, "weakest"))
			exposed_refuse(origin, "weakest", "is null just when no network fails, nor cannot be judged");
		return;
	}
	w = node_object(origin, "weakest");
	if (exposed_u32(&w, "asn", UINT32_MAX) != x->nets[at].asn ||
	    strcmp(exposed_text(&w, "verdict"), verdict_word(x->nets[at].v.all)) != 0)
		exposed_refuse(origin, "weakest", "is not the one that follows from the verdicts and shares");
}

void
exposed_fit(const struct node *origin, const struct exposed_ground *g, const struct exposed *x)
{
	struct node list = node_list(origin, "depends_on", EXPOSURE_NETWORKS_MAX), o;
	unsigned f;
	size_t i;

	if (origin->doc->why != NULL)
		return;
	if (!nets_distinct(x))
		exposed_refuse(origin, "depends_on", "has a network twice, or the origin");
	for (i = 0; i < x->n_nets; i++) {
		o = node_at(&list, i);
		if (i > 0 && exposed_top_ppm(&x->nets[i - 1]) < exposed_top_ppm(&x->nets[i]))
			exposed_refuse(&o, "asn", "has a larger share than the one before it");
		net_fits(&o, g, x, &x->nets[i]);
	}
	for (f = 0; f < FAMILY_N; f++)
		if (x->family[f].ok && x->family[f].nodes[0].asn != x->origin)
			exposed_refuse(origin, f == FAMILY_V4 ? "ipv4" : "ipv6", "has a tree that does not begin with the origin");
	if (utc_known(x->paths_from) != utc_known(x->paths_to) || (utc_known(x->paths_to) && x->paths_from.s > x->paths_to.s))
		exposed_refuse(origin, "paths_from", "is after paths_to, or only one of them is known");
	if (g->window.why_no_data != NULL && x->incidents_why == NULL)
		exposed_refuse(origin, "incidents_why", "is null, and the window tells of no incident");
	if (!pack_known(g, &x->v))
		exposed_refuse(origin, "verdicts", "are of a pack that is not in the list of packs");
	if (origin->doc->why == NULL)
		weakest_fits(origin, x);
}
