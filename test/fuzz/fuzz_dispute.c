/* dispute: ledgers of strangers. What is read is written back the same, line by line, and each dispute stands somehow. */
#undef NDEBUG
#include <assert.h>

#include "seal/dispute.h"
#include "mutate_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
again(const struct ledger *g, struct span in)
{
	struct str out = {0};
	size_t i;

	for (i = 0; i < g->n; i++) {
		dispute_put(&out, &g->lines[i], &g->lines[i].signer, g->lines[i].sig);
		str_addc(&out, '\n');
		assert(dispute_fault(&g->lines[i]) == NULL);
	}
	assert(span_eq(str_span(&out), in) || (g->n == 0 && in.len == 0));
	str_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	const struct verify_keys nobody = {0};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct ledger g;
	size_t i;

	if (ledger_read(in, a, &g, &why) != OK) {
		assert(why != NULL);
	} else {
		again(&g, in);
		for (i = 0; i < g.n; i++) {
			struct dispute_standing s;

			if (g.lines[i].act != DISPUTE_OPEN)
				continue;
			dispute_stand(&g, i, &nobody, UTC_NONE, &s);
			assert(s.state == DISPUTE_UNDECIDED && s.decides == g.n && s.answer <= g.n);
			assert(ledger_find(&g, span_of(g.digests[i])) == i);
		}
	}
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
