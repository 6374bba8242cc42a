/* peeringdb: the first byte picks net, org or poc. Whole records only, never more than objects. */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "decode/people.h"
#include "diag_fuzz.h"
#include "mutate_json.h"

static uint64_t handed;

static enum err
on_net(void *arg, const struct pdb_net *n)
{
	(void)arg;
	assert(n->asn != 0 && n->name.len + n->irr_as_set.len <= PDB_ROW_MAX);
	handed++;
	return OK;
}

static enum err
on_org(void *arg, const struct pdb_org *o)
{
	(void)arg;
	assert(o->name.len <= PDB_ROW_MAX);
	handed++;
	return OK;
}

static enum err
on_poc(void *arg, const struct pdb_poc *p)
{
	(void)arg;
	assert(p->role.len + p->visible.len <= PDB_ROW_MAX);
	handed++;
	return OK;
}

static bool
decode(const uint8_t *data, size_t size, size_t chunk, enum input_kind kind)
{
	struct feed_mem m = {data, size, chunk};
	struct pdb_sink sink = {.net = on_net, .org = on_org, .poc = on_poc};
	struct diags d = {0};
	struct feed f;
	uint64_t n;
	enum err e;
	bool complete;

	handed = 0;
	feed_init_mem(&f, &m);
	e = pdb_decode(&f, kind, &sink, &d, &n);
	assert(e == OK && handed <= n);
	complete = !diags_stopped(&d);
	diag_fuzz(&d, size);
	diags_release(&d);
	feed_release(&f);
	return complete;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum input_kind kinds[] = {KIND_PDB_NET, KIND_PDB_ORG, KIND_PDB_POC};
	enum input_kind kind;
	uint64_t n;
	bool complete;

	if (size == 0)
		return 0;
	kind = kinds[data[0] % 3];
	complete = decode(data + 1, size - 1, 0, kind);
	n = handed;
	assert(decode(data + 1, size - 1, 5, kind) == complete && handed == n);
	if (complete && data[size - 1] == '}')
		assert(!decode(data + 1, size - 2, 0, kind));
	return 0;
}

MUTATE_JSON(1)
