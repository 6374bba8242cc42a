/*
 * exposed: a document of exposures. What is read fits together as exposed.h promises; each subject read again from what is
 * kept of it is the same; a document of the two is the same again; and one without its last byte is never complete.
 */
#undef NDEBUG
#include <assert.h>

#include "base/limits.h"
#include "report/chain.h"
#include "report/exposed.h"

#include <string.h>

static void
check_tree(const struct exposed *x, const struct exposed_family *f)
{
	size_t i;

	if (!f->ok)
		return;
	assert(f->n_nodes > 0 && f->nodes[0].asn == x->origin && f->nodes[0].parent == EXPOSURE_NONE);
	for (i = 1; i < f->n_nodes; i++)
		assert(f->nodes[i].parent < i && f->nodes[i].depth == f->nodes[f->nodes[i].parent].depth + 1 &&
		    f->nodes[i].mean_ppm <= f->nodes[f->nodes[i].parent].mean_ppm);
}

static void
check_subject(const struct exposed_ground *g, const struct exposed *x)
{
	size_t i, k;

	assert(utc_known(g->at) && x->name != NULL && x->org != NULL && x->asked != NULL);
	check_tree(x, &x->family[FAMILY_V4]);
	check_tree(x, &x->family[FAMILY_V6]);
	for (i = 0; i < x->n_nets; i++) {
		const struct exposed_net *n = &x->nets[i];
		uint64_t sum = 0;

		assert(exposed_top_ppm(n) >= g->min_ppm && n->asn != x->origin);
		for (k = 0; k < VERDICT_N; k++)
			sum += n->v.n[k];
		assert(sum == n->v.required && (n->v.reason == NULL) == (n->v.all == VERDICT_PASS || n->v.all == VERDICT_NOT_APPLICABLE));
		for (k = 0; k < n->n_rows; k++)
			assert(n->rows[k].r.attracting <= n->rows[k].r.blocks && n->rows[k].r.n_vps <= g->window.vps);
	}
	assert(x->weakest == SIZE_MAX || x->weakest < x->n_nets);
}

static void
check_chain(struct arena *a, const struct exposed *x)
{
	struct chain *c = chain_make(x, a);
	size_t i, k;

	assert(c->n > 0 && c->n <= EXPOSURE_DRAWN_MAX + 1 && c->nets[0].asn == x->origin);
	for (i = 0; i < c->n; i++)
		for (k = 0; k < i; k++)
			assert(c->nets[i].column != c->nets[k].column || c->nets[i].row != c->nets[k].row);
	for (i = 0; i < c->n_links; i++)
		assert(c->links[i].from < c->n && c->links[i].to < c->n && c->links[i].from != c->links[i].to);
}

static void
check_kept(struct arena *a, const struct exposed_document *d)
{
	struct exposed_document again;
	struct exposed_ground g;
	const char *why = NULL, *text;
	struct exposed x;
	size_t i;

	for (i = 0; i < d->n; i++) {
		assert(exposed_read_kept("kept", d->head, d->subjects[i].text, a, &g, &x, &why) == OK);
		check_subject(&g, &x);
		check_chain(a, &x);
		assert(x.origin == d->subjects[i].x.origin && x.n_nets == d->subjects[i].x.n_nets);
		/* {"asked":A,"origin":{...}} is an operand's with its origin in a list */
		text = strstr(d->subjects[i].text.p, ",\"origin\":");
		assert(text != NULL);
		text = arena_printf(a, "%.*s,\"exposures\":[%.*s,\"origins\":[%.*s],\"why\":null}]}", (int)d->head.len - 1, d->head.p,
		    (int)(text - d->subjects[i].text.p), d->subjects[i].text.p,
		    (int)(strlen(text) - sizeof(",\"origin\":}") + 1), text + sizeof(",\"origin\":") - 1);
		assert(exposed_read("again", span_of(text), a, &again, &why) == OK && again.n == 1);
		assert(again.head.len == d->head.len && memcmp(again.head.p, d->head.p, d->head.len) == 0);
		assert(strcmp(again.subjects[0].text.p, d->subjects[i].text.p) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct exposed_document d, cut;
	const char *why = NULL;
	size_t end = size, i;
	enum err e = exposed_read("fuzz", (struct span){(const char *)data, size}, a, &d, &why);

	assert((e == OK) == (why == NULL));
	if (e == OK) {
		for (i = 0; i < d.n; i++)
			check_subject(&d.ground, &d.subjects[i].x);
		check_kept(a, &d);
		while (end > 0 && data[end - 1] != '}')
			end--;
		assert(exposed_read("cut", (struct span){(const char *)data, end - 1}, a, &cut, &why) != OK);
	}
	arena_free(a);
	return 0;
}
