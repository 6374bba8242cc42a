#include "pipe/part.h"
#include "base/arena.h"
#include "base/limits.h"
#include "source/source.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How each kind is read, and what it is evidence of when it cannot be read to the end. */
static const struct {
	load_fn *load;
	uint32_t evidence;
} loaders[KIND_N] = {
	[KIND_MRT] = {load_mrt, EV_BIT(EV_TABLE) | EV_BIT(EV_UPDATES)},
	[KIND_PFX2AS] = {load_origins, EV_BIT(EV_ORIGINS)},
	[KIND_RISWHOIS] = {load_origins, EV_BIT(EV_ORIGINS)},
	[KIND_VRP_JSON] = {load_vrp, EV_BIT(EV_VRPS)},
	[KIND_VRP_CSV] = {load_vrp, EV_BIT(EV_VRPS)},
	[KIND_RPSL] = {load_rpsl, EV_BIT(EV_IRR)},
	[KIND_AS_REL] = {load_asrel, EV_BIT(EV_GRAPH)},
	[KIND_AS_REL2] = {load_asrel, EV_BIT(EV_GRAPH)},
	[KIND_AS_ORG] = {load_asorg, EV_BIT(EV_ORGS)},
	[KIND_DELEGATED] = {load_delegated, EV_BIT(EV_REGISTRY)},
	[KIND_IANA_SPECIAL] = {load_iana_special, EV_BIT(EV_SPECIAL)},
	[KIND_PDB_NET] = {load_pdb, EV_BIT(EV_PDB_NET)},
	[KIND_PDB_ORG] = {load_pdb, EV_BIT(EV_ORGS)},
	[KIND_PDB_POC] = {load_pdb, EV_BIT(EV_PDB_POC)},
	[KIND_SPOOFER_JSON] = {load_spoofer, EV_BIT(EV_SPOOFER)},
	[KIND_SPOOFER_CSV] = {load_spoofer, EV_BIT(EV_SPOOFER)},
	[KIND_MANRS_CSV] = {load_manrs, EV_BIT(EV_PARTICIPANTS)},
};

const char *
part_limits(enum input_kind kind)
{
	if (kind == KIND_MRT || kind == KIND_PFX2AS || kind == KIND_RISWHOIS)
		return "limit VANTAGE_MAX, PATHS_MAX or SIGHTINGS_MAX";
	if (kind == KIND_VRP_JSON || kind == KIND_VRP_CSV)
		return "limit VRPS_MAX or ASPA_PAIRS_MAX";
	return "limit TABLE_ROWS_MAX";
}

static bool
is_environment(enum err e)
{
	return e == ERR_IO || e == ERR_OPEN || e == ERR_NOMEM;
}

static void
incomplete(struct part *p, enum err e, uint64_t offset, const char *detail)
{
	if (!p->in.complete)	/* the first reason stays */
		return;
	p->in.complete = false;
	p->in.err = e;
	p->in.err_offset = offset;
	p->in.detail = detail;
}

static const struct diag *
diag_that_stopped(const struct diags *d)
{
	size_t i;

	for (i = 0; i < d->n_counts; i++)
		if (d->counts[i].first.level == DIAG_STOP_SOURCE)
			return &d->counts[i].first;
	return NULL;
}

/* Is the input whole enough to rest a verdict on? */
static void
judge(struct part *p, enum err e, const struct source_sum *sum)
{
	const struct diag *stop = diag_that_stopped(&p->in.diags);
	uint64_t skipped = p->in.diags.n_level[DIAG_SKIP_RECORD];

	p->in.complete = true;
	p->in.used = p->in.records > skipped ? p->in.records - skipped : 0;
	if (p->units < p->in.records)
		p->units = p->in.records;
	if (sum->padding > 0)
		diag_add(&p->in.diags, DIAG_NOTE, ERR_TRAILING, p->in.records, p->in.plain,
		    "zero bytes behind the compressed data", NULL);
	if (sum->err != OK)
		incomplete(p, sum->err, sum->err_offset, sum->limit != NULL ? sum->limit : "as stored");
	if (stop != NULL)
		incomplete(p, stop->err, stop->offset, stop->err == ERR_LIMIT && stop->rule != NULL ? stop->rule : stop->field);
	if (e == ERR_LIMIT)
		incomplete(p, e, 0, part_limits(p->in.kind));
	if (p->in.kind == KIND_UNKNOWN)
		incomplete(p, ERR_UNKNOWN, 0, "no form that we know fits its first bytes");
	if (p->in.kind == KIND_EMPTY)
		incomplete(p, ERR_SHORT, 0, "no bytes");
	if (loaders[p->in.kind].load == NULL)
		return;
	/* updates may well hold no announcement; but when something in them is broken, who knows */
	if (p->kept == 0 && (p->in.kind != KIND_MRT || skipped > 0 || p->in.records == 0))
		incomplete(p, ERR_SHORT, 0, "no record that can be used");
	if (skipped > SKIPPED_ALWAYS && skipped * 100 > p->units * SKIPPED_PERCENT_MAX)
		incomplete(p, ERR_CONTRADICT, 0, "too many broken records (SKIPPED_PERCENT_MAX)");
	if (!p->in.complete && p->evidence == 0)
		p->evidence = loaders[p->in.kind].evidence;
}

static enum err
read_source(struct part *p, struct source *s)
{
	load_fn *load;

	p->in.packing = packing_word(source_packing(s));
	p->in.kind = source_kind(s);
	load = loaders[p->in.kind].load;
	if (load == NULL)
		return OK;
	p->w = xmalloc(sizeof(*p->w));
	world_init(p->w);
	return load(p, source_feed(s));
}

void
part_read(struct part *p)
{
	struct source *s;
	struct source_sum sum;
	enum err e = source_open(p->path, &s), closed;

	if (e != OK) {
		p->err = e;
		p->err_no = errno;
		return;
	}
	p->in.time = UTC_NONE;
	e = read_source(p, s);
	closed = source_close(s, &sum);
	p->err_no = errno;
	memcpy(p->in.sha256, sum.sha256, sizeof(p->in.sha256));
	memcpy(p->in.path_sha256, sum.sha256, sizeof(p->in.path_sha256));
	p->in.size = sum.size;
	p->in.plain = sum.plain;
	/* a decoder may pass on how the stream ended; what is the data's fault is in sum */
	if (e != OK && sum.err != OK && !is_environment(e))
		e = OK;
	p->err = e != OK ? e : closed;
	judge(p, p->err, &sum);
	if (p->err == ERR_LIMIT)	/* of one input: it is not used, and the others are */
		p->err = OK;
	if (!utc_known(p->in.time) && p->evidence != 0) {
		p->in.time = source_name_time(p->path);
		p->in.time_from_name = utc_known(p->in.time);
	}
	if (!p->in.complete && p->wanted == NULL)	/* a part of one that is complete need not look like it */
		part_release(p);
}

enum err
part_absorb(struct part *p, struct world *dst)
{
	struct world *w = p->w;

	if (w == NULL)
		return OK;
	if (p->has_origins) {
		struct addr a = {.family = FAMILY_V6};

		memcpy(a.b, p->in.sha256, sizeof(a.b));
		routes_vp_rename(&w->routes, p->origins_vp, &a);
	}
	TRY(routes_take(&dst->routes, &w->routes));
	TRY(rpki_absorb(&dst->rpki, &w->rpki));
	TRY(irr_absorb(&dst->irr, &w->irr));
	TRY(graph_absorb(&dst->graph, &w->graph));
	TRY(orgs_absorb(&dst->orgs, &w->orgs));
	TRY(registry_absorb(&dst->registry, &w->registry));
	TRY(holdings_absorb(&dst->holdings, &w->holdings));
	TRY(holders_absorb(&dst->holders, &w->holders));
	TRY(specials_absorb(&dst->specials, &w->specials));
	TRY(contacts_absorb(&dst->contacts, &w->contacts));
	TRY(spoofer_absorb(&dst->spoofer, &w->spoofer));
	TRY(participants_absorb(&dst->participants, &w->participants));
	part_release(p);
	return OK;
}

void
part_release(struct part *p)
{
	if (p->w == NULL)
		return;
	world_release(p->w);
	free(p->w);
	p->w = NULL;
}
