#include "seal/gist.h"

#include <stdlib.h>

#define ASES_NAMED 8	/* in a comment: a line to read, not a list */

void
gist_release(struct gist *g)
{
	free(g->tests);
	*g = (struct gist){0};
}

const char *
gist_result(const uint64_t required[static GIST_VERDICTS])
{
	if (required[GIST_FAIL] > 0)
		return "FAILED";
	if (required[GIST_WARN] > 0 || required[GIST_NO_DATA] > 0 || required[GIST_PASS] == 0)
		return "WARNED";
	return "PASSED";
}

const char *
gist_label(const struct gist_pack *p)
{
	if (strcmp(p->status, "published") == 0)
		return "";
	return strcmp(p->status, "proposed") == 0 ? " (proposed, not in force)" : " (proposal)";
}

void
gist_comment(struct str *out, const struct gist *g)
{
	size_t i;

	str_addf(out, "routemark-assessment/1, evidence as of %s, of ", g->at);
	for (i = 0; i < g->n_asns && i < ASES_NAMED; i++)
		str_addf(out, "%sAS%u", i > 0 ? " " : "", g->asns[i]);
	if (g->n_asns > ASES_NAMED)
		str_addf(out, " and %zu more", g->n_asns - ASES_NAMED);
	str_adds(out, ", by ");
	for (i = 0; i < g->n_packs; i++)
		str_addf(out, "%s%s %s%s", i > 0 ? ", " : "", g->packs[i].id, g->packs[i].version, gist_label(&g->packs[i]));
}
