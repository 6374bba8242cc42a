#include "cmd/replay_lacks.h"
#include "base/json_diff.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool
lacks(const struct bundle *b, uint32_t asn, const char *metric)
{
	size_t lo = 0, hi = b->n_lacks, mid;
	int c;

	while (lo < hi) {
		const struct bundle_lack *l = &b->lacks[mid = lo + (hi - lo) / 2];

		c = l->asn != asn ? (l->asn < asn ? -1 : 1) : metric != NULL ? strcmp(l->metric, metric) : 0;
		if (c == 0)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* A verdict over all the others of an AS rests on whatever they rest on. */
static bool
rests_on_lack(const struct bundle *b, uint32_t asn, const struct control *c)
{
	size_t i;

	for (i = 0; i < c->n_tests; i++)
		if (lacks(b, asn, metric_word(c->tests[i].metric)))
			return true;
	return c->whole_org && lacks(b, asn, NULL);
}

size_t
replay_lacks_verdicts(const struct replay_ask *ask)
{
	size_t i, k, c, n = 0;

	for (i = 0; i < ask->bundle->n_asns && ask->bundle->n_lacks > 0; i++)
		for (k = 0; k < ask->n_packs; k++)
			for (c = 0; c < ask->packs[k].n; c++)
				n += rests_on_lack(ask->bundle, ask->bundle->asns[i], &ask->packs[k].controls[c]);
	return n;
}

/* --- one result without what is not shown --- */

static const char *
text_of(json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s != NULL ? s : "";
}

static void
metrics_strip(const struct bundle *b, uint32_t asn, json_t *metrics)
{
	size_t i = 0;

	while (i < json_array_size(metrics))
		if (lacks(b, asn, text_of(json_array_get(metrics, i), "id")))
			json_array_remove(metrics, i);
		else
			i++;
}

static void
controls_strip(const struct replay_ask *ask, uint32_t asn, const struct pack *p, json_t *controls)
{
	size_t i = 0;

	while (i < json_array_size(controls)) {
		const struct control *c = pack_control(p, span_of(text_of(json_array_get(controls, i), "id")));

		if (c != NULL && rests_on_lack(ask->bundle, asn, c))
			json_array_remove(controls, i);
		else
			i++;
	}
}

/* The results alone, without what is not shown; NULL when it is no such document. */
static char *
strip(const struct replay_ask *ask, struct span report)
{
	json_t *root = json_loadb(report.p, report.len, 0, NULL), *results = json_object_get(root, "results"), *one;
	char *text = NULL;
	size_t i, k;

	json_object_del(root, "summary");	/* it counts verdicts that are left out */
	json_array_foreach(results, i, one) {
		json_int_t asn = json_integer_value(json_object_get(one, "asn"));
		json_t *packs = json_object_get(one, "packs");

		metrics_strip(ask->bundle, (uint32_t)asn, json_object_get(one, "metrics"));
		for (k = 0; k < ask->n_packs; k++)
			controls_strip(ask, (uint32_t)asn, &ask->packs[k], json_object_get(json_array_get(packs, k), "controls"));
	}
	if (root != NULL)
		text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(root);
	return text;
}

bool
replay_lacks_diff(const struct replay_ask *ask, struct replay *r)
{
	char *a = strip(ask, ask->report), *b = strip(ask, str_span(&r->computed));
	bool differs = true;

	if (a != NULL && b != NULL)
		differs = json_diff(span_of(a), span_of(b), &r->path, &r->was, &r->is);
	else
		differs = json_diff(ask->report, str_span(&r->computed), &r->path, &r->was, &r->is);
	free(a);
	free(b);
	return differs;
}

/* --- finding them --- */

static int
by_asn_metric(const void *pa, const void *pb)
{
	const struct bundle_lack *a = pa, *b = pb;

	return a->asn != b->asn ? (a->asn > b->asn) - (a->asn < b->asn) : strcmp(a->metric, b->metric);
}

const struct bundle_lack *
replay_lacks_find(struct span a_report, struct span b_report, struct arena *a, size_t *n)
{
	json_t *x = json_loadb(a_report.p, a_report.len, 0, NULL), *y = json_loadb(b_report.p, b_report.len, 0, NULL);
	json_t *xs = json_object_get(x, "results"), *ys = json_object_get(y, "results"), *one;
	struct bundle_lack *found = arena_array(a, json_array_size(xs) * METRIC_N, sizeof(*found));
	size_t i, k;

	*n = 0;
	json_array_foreach(xs, i, one) {
		json_t *ms = json_object_get(one, "metrics"), *other = json_object_get(json_array_get(ys, i), "metrics");

		for (k = 0; k < json_array_size(ms) && k < METRIC_N; k++)
			if (!json_equal(json_array_get(ms, k), json_array_get(other, k)))
				found[(*n)++] = (struct bundle_lack){(uint32_t)json_integer_value(json_object_get(one, "asn")),
				    metric_word(metric_find(span_of(text_of(json_array_get(ms, k), "id"))))};
	}
	json_decref(x);
	json_decref(y);
	qsort(found, *n, sizeof(*found), by_asn_metric);
	return found;
}
