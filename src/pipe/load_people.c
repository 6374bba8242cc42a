/*
 * load_people: organisations, PeeringDB, Spoofer sessions, participants.
 *
 * PeeringDB's organisations fill in where as2org says nothing of an AS: their ids get the prefix "PDB-",
 * so that they cannot meet a registry's handle.
 */
#include "pipe/part.h"

#include <inttypes.h>
#include <stdio.h>

#define PDB_ID 32	/* bytes for "PDB-" and 64 bits in decimal */

static enum err
on_org(void *arg, const struct asorg_org *o)
{
	struct part *p = arg;

	return orgs_add(&p->w->orgs, o->id, o->name, o->country);
}

static enum err
on_org_as(void *arg, const struct asorg_as *a)
{
	struct part *p = arg;

	return orgs_add_as(&p->w->orgs, a->asn, a->name, a->org_id);
}

enum err
load_asorg(struct part *p, struct feed *f)
{
	const struct asorg_sink sink = {on_org, on_org_as, p};
	struct asorg_stats stats = {.time = UTC_NONE};
	enum err e = asorg_decode(f, &sink, &p->in.diags, &stats);

	p->in.records = stats.orgs + stats.ases + p->in.diags.n_level[DIAG_SKIP_RECORD];
	p->kept = stats.ases;
	p->in.time = stats.time;
	p->evidence = stats.ases > 0 ? EV_BIT(EV_ORGS) : 0;
	p->w->orgs.present = stats.ases > 0;
	return e;
}

static struct span
pdb_org_id(uint64_t id, char buf[static PDB_ID])
{
	snprintf(buf, PDB_ID, "PDB-%" PRIu64, id);
	return span_of(buf);
}

static enum err
on_net(void *arg, const struct pdb_net *n)
{
	struct part *p = arg;
	char id[PDB_ID];

	TRY(orgs_fill_as(&p->w->orgs, n->asn, n->name, pdb_org_id(n->org_id, id)));
	return contacts_add_net(&p->w->contacts, n);
}

static enum err
on_pdb_org(void *arg, const struct pdb_org *o)
{
	struct part *p = arg;
	char id[PDB_ID];

	return orgs_add(&p->w->orgs, pdb_org_id(o->id, id), o->name, SPAN(""));
}

static enum err
on_poc(void *arg, const struct pdb_poc *c)
{
	struct part *p = arg;

	return contacts_add_poc(&p->w->contacts, c);
}

enum err
load_pdb(struct part *p, struct feed *f)
{
	const struct pdb_sink sink = {on_net, on_pdb_org, on_poc, p};
	enum err e = pdb_decode(f, p->in.kind, &sink, &p->in.diags, &p->in.records);
	const struct contacts *c = &p->w->contacts;

	p->kept = c->n_nets + c->n_pocs + p->w->orgs.n_orgs;
	p->w->orgs.present = p->w->orgs.n_orgs > 0;
	p->w->contacts.nets_present = c->n_nets > 0;
	p->w->contacts.pocs_present = c->n_pocs > 0;
	p->evidence = (c->n_nets > 0 ? EV_BIT(EV_PDB_NET) : 0) | (c->n_pocs > 0 ? EV_BIT(EV_PDB_POC) : 0) |
	    (p->w->orgs.n_orgs > 0 ? EV_BIT(EV_ORGS) : 0);
	return e;
}

struct spoofer_load {
	struct part *p;
	struct utc newest;
};

static enum err
on_test(void *arg, const struct spoofer_test *t)
{
	struct spoofer_load *l = arg;

	if (utc_known(t->time) && t->time.s > l->newest.s)
		l->newest = t->time;
	return spoofer_add(&l->p->w->spoofer, t);
}

enum err
load_spoofer(struct part *p, struct feed *f)
{
	struct spoofer_load l = {p, UTC_NONE};
	enum err e = spoofer_decode(f, p->in.kind, on_test, &l, &p->in.diags, &p->in.records);

	p->kept = p->w->spoofer.n;
	p->in.time = l.newest;
	p->evidence = p->w->spoofer.n > 0 ? EV_BIT(EV_SPOOFER) : 0;
	p->w->spoofer.present = p->evidence != 0;
	return e;
}

static enum err
on_participant(void *arg, const struct manrs_participant *m)
{
	struct part *p = arg;
	size_t i;

	for (i = 0; i < m->n; i++)
		TRY(participants_add(&p->w->participants, m->program, m->asn[i], m->org));
	return OK;
}

enum err
load_manrs(struct part *p, struct feed *f)
{
	enum err e = manrs_decode(f, on_participant, p, &p->in.diags, &p->in.records);

	p->kept = p->w->participants.n;
	p->evidence = p->w->participants.n > 0 ? EV_BIT(EV_PARTICIPANTS) : 0;
	p->w->participants.present = p->evidence != 0;
	return e;
}
