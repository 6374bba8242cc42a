/*
 * load_origins: origin tables. The table is a vantage point of its own; a route's path is its origin
 * alone. The file's digest, known when all is read, becomes the vantage point's address (part_absorb).
 */
#include "decode/origins.h"
#include "addr/aspath.h"
#include "base/limits.h"
#include "decode/bgp.h"
#include "pipe/part.h"

#include <string.h>

struct origins_load {
	struct part *p;
	uint32_t words[AS_PATH_HOPS_MAX];
};

static enum err
on_origin(void *arg, const struct origin_route *o)
{
	struct origins_load *l = arg;
	struct routes *r = &l->p->w->routes;
	uint32_t n = o->origin == ORIGIN_NONE ? (uint32_t)o->n_set : 1, path;
	const uint32_t *asn = o->origin == ORIGIN_NONE ? o->set : &o->origin;
	uint16_t weight = (uint16_t)(o->n_peers > UINT16_MAX ? UINT16_MAX : o->n_peers == 0 ? 1 : o->n_peers);

	if (n == 0 || n >= AS_PATH_HOPS_MAX) {
		diag_add(&l->p->in.diags, DIAG_SKIP_RECORD, ERR_LIMIT, 0, 0, "origin.set",
		    "limit AS_PATH_HOPS_MAX");
		return OK;
	}
	l->words[0] = (uint32_t)(o->origin == ORIGIN_NONE ? SEG_SET : SEG_SEQUENCE) << 16 | n;
	memcpy(l->words + 1, asn, n * sizeof(*asn));
	TRY(routes_path(r, (struct aspath){l->words, n + 1}, false, 0, &path));
	return routes_see(r, &o->prefix, path, l->p->origins_vp, weight);
}

enum err
load_origins(struct part *p, struct feed *f)
{
	const struct vp v = {.kind = VP_ORIGINS};
	struct origins_load l = {.p = p};
	enum err e;

	TRY(routes_vp(&p->w->routes, &v, &p->origins_vp));
	p->has_origins = true;
	p->evidence = EV_BIT(EV_ORIGINS);
	e = origins_decode(f, p->in.kind, on_origin, &l, &p->in.diags, &p->in.records);
	p->kept = routes_n_seen(&p->w->routes);
	return e;
}
