/* compare: results held against demands, and put in the order that the buyer wants. */
#include "report/compare.h"

#include <stdlib.h>
#include <strings.h>

/* --- answers --- */

int
control_id_compare(const char *a, const char *b)
{
	return strcasecmp(a, b);
}

const struct answer *
answers_find(const struct answers *a, uint32_t asn, const char *control)
{
	size_t lo = 0, hi = a->n, mid;
	int c;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		c = a->list[mid].asn != asn ? (a->list[mid].asn < asn ? -1 : 1)
		    : control_id_compare(a->list[mid].control, control);
		if (c == 0)
			return &a->list[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* --- one network --- */

static void
compared_make(const struct assessment *head, const struct requirement *req, const struct answers *answers,
    struct arena *a, struct compared *net)
{
	const struct pack_result *r = net->as.packs;
	struct held *held = arena_array(a, req->pack.n, sizeof(*held));
	const struct answer *answer;
	size_t i;

	for (i = 0; i < req->pack.n; i++) {
		answer = answers != NULL ? answers_find(answers, net->as.asn, req->pack.controls[i].id) : NULL;
		demand_hold(&req->demands[i], &r->judgements[i], answer, head->at, &held[i]);
		if (!net->as.seen)
			held_unseen(&held[i]);
		tally_add(&net->tally, &held[i]);
	}
	net->held = held;
}

/* Nothing of it is known. What does not apply says nothing of a network. */
static bool
is_blank(const struct tally *t)
{
	unsigned known = 0, unknown = 0, i;

	for (i = 0; i < 2; i++) {
		known += t->n[i][OUTCOME_MEETS] + t->n[i][OUTCOME_SHORT];
		unknown += t->n[i][OUTCOME_UNKNOWN];
	}
	return known == 0 && unknown > 0;
}

/* Who is not known is neither better nor worse than the others: it stands behind them. */
static int
net_cmp(const void *x, const void *y)
{
	const struct compared *a = x, *b = y;
	int c = is_blank(&a->tally) - is_blank(&b->tally);

	if (c == 0 && !is_blank(&a->tally))
		c = tally_compare(&a->tally, &b->tally);
	return c != 0 ? c : (a->as.asn > b->as.asn) - (a->as.asn < b->as.asn);
}

size_t
comparison_rank(const struct comparison *c, size_t i)
{
	if (is_blank(&c->nets[i].tally))
		return 0;
	while (i > 0 && tally_compare(&c->nets[i - 1].tally, &c->nets[i].tally) == 0)
		i--;
	return i + 1;
}

/* --- all of them --- */

static int
demand_cmp(const void *x, const void *y)
{
	const struct demand *a = *(const struct demand *const *)x, *b = *(const struct demand *const *)y;
	int c = demand_compare(a, b);

	return c != 0 ? c : (a > b) - (a < b);	/* both of one array */
}

static const size_t *
order_make(const struct requirement *req, struct arena *a)
{
	const struct demand **d = arena_array(a, req->pack.n, sizeof(const struct demand *));
	size_t *order = arena_array(a, req->pack.n, sizeof(*order)), i;

	for (i = 0; i < req->pack.n; i++)
		d[i] = &req->demands[i];
	if (req->pack.n > 0)
		qsort(d, req->pack.n, sizeof(const struct demand *), demand_cmp);
	for (i = 0; i < req->pack.n; i++)
		order[i] = (size_t)(d[i] - req->demands);
	return order;
}

static uint64_t
used_answers(const struct compared *nets, size_t n, size_t n_demands)
{
	uint64_t used = 0;
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < n_demands; k++)
			used += nets[i].held[k].answer != NULL;
	return used;
}

void
comparison_make(const struct assessment *head, const struct requirement *req, const struct answers *answers,
    const struct as_result *as, size_t n, struct arena *a, struct comparison *out)
{
	struct compared *nets = arena_array(a, n, sizeof(*nets));
	size_t i;

	for (i = 0; i < n; i++) {
		nets[i] = (struct compared){.as = as[i]};
		compared_make(head, req, answers, a, &nets[i]);
	}
	if (n > 0)
		qsort(nets, n, sizeof(*nets), net_cmp);
	*out = (struct comparison){head, req, answers, order_make(req, a), nets, n, 0};
	if (answers != NULL)
		out->n_answers_unused = answers->n - used_answers(nets, n, req->pack.n);
}
