/*
 * policy: any lines. What is read is without duplicates, refers backwards only, and can be met: a checkpoint is
 * believed by it when a known log and all witnesses have signed, which no stranger's is.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "seal/policy.h"

static void
members(const struct policy *p)
{
	bool taken[2][POLICY_NAMES_MAX] = {{false}};
	size_t i, k;

	for (i = 0; i < p->n_groups; i++) {
		assert(p->groups[i].k >= 1 && p->groups[i].k <= p->groups[i].n);
		for (k = 0; k < p->groups[i].n; k++) {
			uint32_t m = p->groups[i].member[k], group = (m & POLICY_GROUP) != 0, at = m & (POLICY_GROUP - 1);

			assert(m != POLICY_NONE && at < (group ? i : p->n_witnesses));
			assert(!taken[group][at]);
			taken[group][at] = true;
		}
	}
	if (p->quorum != POLICY_NONE)
		assert((p->quorum & (POLICY_GROUP - 1)) <
		    ((p->quorum & POLICY_GROUP) != 0 ? p->n_groups : p->n_witnesses));
}

static void
keys(const struct policy *p)
{
	size_t i, k;

	for (i = 0; i < p->n_logs; i++)
		for (assert(p->logs[i].key.use == KEY_SIGNER), k = 0; k < i; k++)
			assert(memcmp(p->logs[i].key.pk, p->logs[k].key.pk, ED25519_PUBLIC) != 0);
	for (i = 0; i < p->n_witnesses; i++)
		for (assert(p->witnesses[i].key.use == KEY_WITNESS), k = 0; k < i; k++)
			assert(strcmp(p->witnesses[i].name, p->witnesses[k].name) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span note = SPAN("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\xe2\x80\x94 o AAAAAAA=\n");
	struct arena *a = arena_new();
	struct policy_verdict v;
	const char *why = NULL;
	struct checkpoint c;
	struct policy p;

	if (policy_read((struct span){(const char *)data, size}, a, &p, &why) == OK) {
		members(&p);
		keys(&p);
		assert(policy_verify(&p, note, a, &c, &v, &why) != OK);
	}
	assert(why != NULL);
	arena_free(a);
	return 0;
}
