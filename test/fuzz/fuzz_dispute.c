/* dispute: ledgers of strangers. What is read is written back the same, line by line, and each dispute stands somehow. */
#undef NDEBUG
#include <assert.h>

#include "seal/dispute.h"
#include "seal/ledger_gist.h"
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

/* What one process hands another of it: read back the same. */
static void
handed(const struct ledger *g, size_t open, struct arena *a)
{
	const struct dispute_line *l = &g->lines[open], *m;
	struct str out = {0};
	struct ledger back;
	size_t at;

	ledger_gist_write(&out, g, open);
	assert(ledger_gist_read(str_span(&out), a, &back, &at) == OK && at == open && back.n == g->n);
	m = &back.lines[at];
	assert(strcmp(back.digests[at], g->digests[open]) == 0 && strcmp(back.digests[g->n - 1], g->digests[g->n - 1]) == 0);
	assert(strcmp(m->at, l->at) == 0 && strcmp(m->control, l->control) == 0 && m->asn == l->asn &&
	    strcmp(m->pack_status, l->pack_status) == 0 && memcmp(m->signer.pk, l->signer.pk, ED25519_PUBLIC) == 0);
	str_release(&out);
}

static void
handed_any(struct span in, struct arena *a)
{
	struct str out = {0};
	struct ledger g;
	size_t at;

	if (ledger_gist_read(in, a, &g, &at) == OK) {
		ledger_gist_write(&out, &g, at);
		assert(span_eq(str_span(&out), in));
	}
	str_clear(&out);
	if (ledger_digests_read(in, a, &g) == OK) {
		ledger_digests_write(&out, &g);
		assert(out.len == in.len && (in.len == 0 || span_eq(str_span(&out), in)));
	}
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
			handed(&g, i, a);
			assert(ledger_find(&g, span_of(g.digests[i])) == i);
		}
	}
	handed_any(in, a);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
