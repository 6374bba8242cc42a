#include "seal/policy.h"
#include "base/limits.h"

/* Members of a group stand before it, so one pass over the groups knows of each. */
static bool
quorum_met(const struct policy *p, const struct note_check *witness)
{
	bool met[POLICY_NAMES_MAX] = {false};
	size_t i, k, n;

	for (i = 0; i < p->n_groups; i++) {
		for (n = 0, k = 0; k < p->groups[i].n; k++) {
			uint32_t m = p->groups[i].member[k];

			n += (m & POLICY_GROUP) != 0 ? met[m & (POLICY_GROUP - 1)] : witness[m].good;
		}
		met[i] = n >= p->groups[i].k;
	}
	if (p->quorum == POLICY_NONE)
		return true;
	return (p->quorum & POLICY_GROUP) != 0 ? met[p->quorum & (POLICY_GROUP - 1)] : witness[p->quorum].good;
}

/* The keys of logs, then those of witnesses. */
static struct key_pub *
keys_of(const struct policy *p, struct arena *a)
{
	struct key_pub *k = arena_array(a, p->n_logs + p->n_witnesses + 1, sizeof(*k));
	size_t i;

	for (i = 0; i < p->n_logs; i++)
		k[i] = p->logs[i].key;
	for (i = 0; i < p->n_witnesses; i++)
		k[p->n_logs + i] = p->witnesses[i].key;
	return k;
}

enum err
policy_verify(const struct policy *p, struct span bytes, struct arena *a, struct checkpoint *out,
    struct policy_verdict *verdict, const char **why)
{
	size_t n = p->n_logs + p->n_witnesses, i;
	struct note_check *checks = arena_array(a, n + 1, sizeof(*checks));
	struct policy_verdict v = {.log = NULL};
	struct checkpoint c;
	struct note note;

	TRY(note_read(bytes, a, &note, why));
	TRY(checkpoint_read(note.text, &c, why));
	TRY(note_verify(&note, keys_of(p, a), n, checks, why));
	for (i = 0; i < p->n_logs && v.log == NULL; i++)
		if (checks[i].good && span_is(c.origin, p->logs[i].key.name))
			v.log = &p->logs[i];
	if (v.log == NULL) {
		*why = "is not signed by a log of the policy that its origin names";
		return ERR_UNKNOWN;
	}
	v.witness = checks + p->n_logs;
	for (i = 0; i < p->n_witnesses; i++)
		v.n_witnesses += v.witness[i].good;
	if (!quorum_met(p, v.witness)) {
		*why = "is not cosigned by the witnesses that the policy's quorum asks for";
		return ERR_UNKNOWN;
	}
	*out = c;
	*verdict = v;
	*why = NULL;
	return OK;
}
