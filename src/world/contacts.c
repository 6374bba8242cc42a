/*
 * contacts: who answers for an AS, by PeeringDB.
 *
 * Workload: 30 k nets and 60 k pocs, joined once by the net's id when sealed, then asked by ASN.
 */
#include "world/people.h"
#include "base/limits.h"
#include "base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
contacts_init(struct contacts *c)
{
	*c = (struct contacts){.arena = arena_new()};
}

void
contacts_release(struct contacts *c)
{
	arena_free(c->arena);
	free(c->nets);
	free(c->pocs);
	free(c->by_asn);
	*c = (struct contacts){0};
}

enum err
contacts_add_net(struct contacts *c, const struct pdb_net *n)
{
	struct pdb_net copy = *n;

	assert(!c->sealed);
	if (c->n_nets >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	copy.name = arena_span(c->arena, n->name);
	copy.irr_as_set = arena_span(c->arena, n->irr_as_set);
	c->nets = grow(c->nets, &c->cap_nets, c->n_nets + 1, sizeof(*c->nets));
	c->nets[c->n_nets++] = copy;
	return OK;
}

enum err
contacts_add_poc(struct contacts *c, const struct pdb_poc *p)
{
	struct pdb_poc copy = *p;

	assert(!c->sealed);
	if (c->n_pocs >= TABLE_ROWS_MAX)
		return ERR_LIMIT;
	copy.role = arena_span(c->arena, p->role);
	copy.visible = arena_span(c->arena, p->visible);
	c->pocs = grow(c->pocs, &c->cap_pocs, c->n_pocs + 1, sizeof(*c->pocs));
	c->pocs[c->n_pocs++] = copy;
	return OK;
}

enum err
contacts_absorb(struct contacts *dst, const struct contacts *src)
{
	size_t i;

	assert(!src->sealed);
	for (i = 0; i < src->n_nets; i++)
		TRY(contacts_add_net(dst, &src->nets[i]));
	for (i = 0; i < src->n_pocs; i++)
		TRY(contacts_add_poc(dst, &src->pocs[i]));
	dst->nets_present = dst->nets_present || src->nets_present;
	dst->pocs_present = dst->pocs_present || src->pocs_present;
	return OK;
}

static int
u64_cmp(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
newest_cmp(struct utc a, struct utc b)
{
	return (a.s < b.s) - (a.s > b.s);
}

/* By id; of several copies the newest first, then by what they say. */
static int
net_cmp(const void *pa, const void *pb)
{
	const struct pdb_net *a = pa, *b = pb;
	int c = u64_cmp(a->id, b->id);

	if (c == 0)
		c = newest_cmp(a->updated, b->updated);
	if (c == 0)
		c = u64_cmp(a->asn, b->asn);
	if (c == 0)
		c = u64_cmp(a->org_id, b->org_id);
	if (c == 0)
		c = span_cmp(a->name, b->name);
	return c != 0 ? c : span_cmp(a->irr_as_set, b->irr_as_set);
}

static int
poc_cmp(const void *pa, const void *pb)
{
	const struct pdb_poc *a = pa, *b = pb;
	int c = u64_cmp(a->id, b->id);

	if (c == 0)
		c = newest_cmp(a->updated, b->updated);
	if (c == 0)
		c = u64_cmp(a->net_id, b->net_id);
	if (c == 0)
		c = span_cmp(a->role, b->role);
	if (c == 0)
		c = u64_cmp((uint64_t)(a->email << 1 | a->phone), (uint64_t)(b->email << 1 | b->phone));
	return c != 0 ? c : span_cmp(a->visible, b->visible);
}

static int
contact_cmp(const void *pa, const void *pb)
{
	return u64_cmp(((const struct contact *)pa)->asn, ((const struct contact *)pb)->asn);
}

static struct utc
later(struct utc a, struct utc b)
{
	return a.s > b.s ? a : b;
}

static void
add_poc(struct contact *c, const struct pdb_poc *p)
{
	if (!p->email && !p->phone)
		return;
	c->any = true;
	c->noc = c->noc || span_is_nocase(p->role, "NOC");
	c->updated = later(c->updated, p->updated);
}

/* nets and pocs are sorted by id; pocs refer to nets by id. */
static void
join(struct contacts *c)
{
	size_t i, k = 0;

	c->by_asn = xcalloc(c->n_nets, sizeof(*c->by_asn));
	for (i = 0; i < c->n_nets; i++)
		c->by_asn[i] = (struct contact){c->nets[i].asn, false, false, c->nets[i].updated};
	for (i = 0; i < c->n_pocs; i++) {
		size_t lo = 0, hi = c->n_nets;

		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (c->nets[mid].id < c->pocs[i].net_id)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo < c->n_nets && c->nets[lo].id == c->pocs[i].net_id)
			add_poc(&c->by_asn[lo], &c->pocs[i]);
	}
	qsort(c->by_asn, c->n_nets, sizeof(*c->by_asn), contact_cmp);
	for (i = 0; i < c->n_nets; i++) {
		if (k == 0 || c->by_asn[k - 1].asn != c->by_asn[i].asn) {
			c->by_asn[k++] = c->by_asn[i];
			continue;
		}
		c->by_asn[k - 1].noc = c->by_asn[k - 1].noc || c->by_asn[i].noc;
		c->by_asn[k - 1].any = c->by_asn[k - 1].any || c->by_asn[i].any;
		c->by_asn[k - 1].updated = later(c->by_asn[k - 1].updated, c->by_asn[i].updated);
	}
	c->n = k;
}

void
contacts_seal(struct contacts *c)
{
	size_t i, k = 0;

	assert(!c->sealed);
	if (c->n_nets > 0)
		qsort(c->nets, c->n_nets, sizeof(*c->nets), net_cmp);
	for (i = 0; i < c->n_nets; i++)
		if (k == 0 || c->nets[k - 1].id != c->nets[i].id)
			c->nets[k++] = c->nets[i];
	c->n_nets = k;
	if (c->n_pocs > 0)
		qsort(c->pocs, c->n_pocs, sizeof(*c->pocs), poc_cmp);
	for (i = 0, k = 0; i < c->n_pocs; i++)
		if (k == 0 || c->pocs[k - 1].id != c->pocs[i].id)
			c->pocs[k++] = c->pocs[i];
	c->n_pocs = k;
	join(c);
	c->sealed = true;
}

const struct contact *
contacts_of(const struct contacts *c, uint32_t asn)
{
	struct contact key = {.asn = asn};

	assert(c->sealed);
	return c->n == 0 ? NULL : bsearch(&key, c->by_asn, c->n, sizeof(*c->by_asn), contact_cmp);
}
