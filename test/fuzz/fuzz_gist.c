/*
 * gist: a report that is sealed. What is read keeps what gist.h promises; its statement is the one on it and on no
 * other; a document without its last byte is none.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "seal/statement.h"
#include "mutate_json.h"

static void
check(const struct gist *g)
{
	uint64_t sum = 0;
	size_t i, v;

	assert(g->at != NULL && g->n_inputs > 0 && g->n_packs > 0 && g->n_asns > 0);
	for (i = 1; i < g->n_asns; i++)
		assert(g->asns[i - 1] < g->asns[i]);
	for (i = 0; i < g->n_tests; i++) {
		assert(g->tests[i].pack < g->n_packs && g->tests[i].control < g->packs[g->tests[i].pack].n);
		assert(g->packs[g->tests[i].pack].controls[g->tests[i].control].required);
	}
	for (i = 0; i < g->n_packs; i++) {
		for (v = 0; v < GIST_VERDICTS; v++)
			sum += g->packs[i].required[v];
		assert(strcmp(gist_result(g->packs[i].required), "PASSED") != 0 || g->packs[i].required[GIST_NO_DATA] == 0);
	}
	assert(sum == g->n_tests);
}

static void
state(const struct gist *g, struct span in, struct arena *a)
{
	const struct subject other = {"oscal/x", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"};
	struct str body = {0}, comment = {0};
	struct statement st;
	const char *why = NULL;

	statement_write(&body, g, in, &other, 1);
	assert(statement_verify(str_span(&body), in, a, &st, &why) == OK && st.n == 1);
	gist_release(&st.gist);
	assert(statement_verify(in, in, a, &st, &why) != OK && why != NULL);
	gist_comment(&comment, g);
	assert(comment.len <= 8192);
	str_release(&body);
	str_release(&comment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = {(const char *)data, size};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct gist g, cut;
	size_t end = size;

	if (gist_read(in, a, &g, &why) == OK) {
		check(&g);
		state(&g, in, a);
		while (end > 0 && data[end - 1] != '}')
			end--;
		assert(gist_read((struct span){in.p, end - 1}, a, &cut, &why) != OK);
		gist_release(&g);
	}
	assert(size == 0 || why != NULL || end > 0);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
