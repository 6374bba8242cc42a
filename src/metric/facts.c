/*
 * facts: every unique route judged once, in a sweep over the sorted table, then who passed it on.
 */
#include "addr/asn.h"
#include "metric/leaks.h"
#include "metric/wild.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

void
metric_params_init(struct metric_params *p)
{
	*p = (struct metric_params){.irr_same_origin = true, .bogon_visibility_min = 1, .contact_days = 180,
	    .spoofer_days = 365, .records_max = 20, .threads = 1};
}

static bool
is_default(const struct prefix *p)
{
	return p->len == 0;
}

static uint8_t
route_bits_of(const struct facts *f, const struct route *r)
{
	unsigned bits = 0;

	if (is_default(&r->prefix))
		return 0;
	if (r->visible)
		bits |= ROUTE_VISIBLE;
	if (r->n_full > 0 && r->n_full >= f->p.bogon_visibility_min)
		bits |= ROUTE_LOOKED;
	if (specials_bogon(&f->w->specials, &r->prefix) != NULL)
		bits |= ROUTE_BOGON;
	else if (registry_prefix(&f->w->registry, &r->prefix) == REG_ANSWER_UNDELEGATED)
		bits |= ROUTE_ADMIN;
	return (uint8_t)bits;
}

static_assert(offsetof(struct route, prefix) == offsetof(struct rov_ask, prefix) &&
    offsetof(struct route, origin) == offsetof(struct rov_ask, origin), "a route begins as what ROV looks at");

static void
judge_range(void *arg, uint32_t part, size_t lo, size_t hi)
{
	struct facts *f = arg;
	const struct world *w = f->w;
	size_t i;

	(void)part;
	if (lo == hi)
		return;
	rpki_rov_sweep(&w->rpki, w->routes.routes + lo, sizeof(*w->routes.routes), hi - lo, f->rov + lo);
	for (i = lo; i < hi; i++) {
		const struct route *r = &w->routes.routes[i];

		f->route_bits[i] = route_bits_of(f, r);
		f->irr_all[i] = (uint8_t)irr_state_of(&w->irr, &r->prefix, r->origin, false);
		f->irr_auth[i] = f->has_auth ? (uint8_t)irr_state_of(&w->irr, &r->prefix, r->origin, true)
		    : IRR_NOT_FOUND;
	}
}

static uint8_t
as_bits_of(const struct world *w, uint32_t asn)
{
	unsigned bits = 0;

	if (asn_bogon(asn) != NULL)
		bits |= AS_BOGON;
	else if (registry_asn(&w->registry, asn) == REG_ANSWER_UNDELEGATED)
		bits |= AS_ADMIN;
	if (participants_of(&w->participants, asn) != NULL)
		bits |= AS_PARTICIPANT;
	/* the ranges of "Mind Your MANRS" (IMC 2022) */
	if (asn == 23456 || (asn >= 64496 && asn <= 131071) || asn >= 4200000000u)
		bits |= AS_A1_BOGON;
	return (uint8_t)bits;
}

static void
as_bits_build(struct facts *f)
{
	size_t i;

	f->as_bits = xmalloc(f->ases->n + 1);
	for (i = 0; i < f->ases->n; i++)
		f->as_bits[i] = as_bits_of(f->w, f->ases->asn[i]);
	f->as_bits[i] = AS_BOGON;
}

/* What has been read, as EV_BITs. */
static uint32_t
present(const struct world *w)
{
	uint32_t e, bits = 0;

	for (e = 0; e < EV_N; e++)
		bits |= w->evidence[e].n_inputs > w->evidence[e].n_incomplete ? EV_BIT(e) : 0;
	return bits;
}

struct facts *
facts_new(const struct world *w, const struct metric_params *p)
{
	struct facts *f = xcalloc(1, sizeof(*f));
	size_t i, n = w->routes.n_routes;

	f->w = w;
	f->p = *p;
	f->ases = &w->routes.paths.ases;
	for (i = 0; i < w->irr.n_sources; i++)
		f->has_auth = f->has_auth || w->irr.sources[i].authoritative;
	f->rov = xcalloc(n, 1);
	f->irr_all = xcalloc(n, 1);
	f->irr_auth = xcalloc(n, 1);
	f->route_bits = xcalloc(n, 1);
	ranges_run(p->threads, n, judge_range, f);
	as_bits_build(f);
	spread_build(f);
	f->orgs = org_cache_new(w);
	f->grounds = grounds_new(w);
	if ((metric_needs(M_WILD_INVALID) & ~present(w)) == 0)
		f->wild = wild_new(f);
	if ((metric_needs(M_OTC_SEEN) & ~present(w)) == 0)
		f->leaks = leaks_new(f);
	if (p->tables)
		f->server = servers_find(f);
	return f;
}

void
facts_free(struct facts *f)
{
	if (f == NULL)
		return;
	free(f->rov);
	free(f->irr_all);
	free(f->irr_auth);
	free(f->route_bits);
	free(f->irr_rov);
	free(f->as_bits);
	free(f->as);
	free(f->row_first);
	free(f->rows);
	free(f->server);
	org_cache_free(f->orgs);
	grounds_free(f->grounds);
	wild_free(f->wild);
	leaks_free(f->leaks);
	free(f);
}

size_t
facts_n_metrics(const struct facts *f)
{
	return f->p.tables ? METRIC_N : METRIC_TABLES;
}

const uint32_t *
facts_ases(const struct facts *f, size_t *n)
{
	*n = f->ases->n;
	return f->ases->asn;
}
