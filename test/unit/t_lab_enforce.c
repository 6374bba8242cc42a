/*
 * Who drops RPKI-invalid routes, and who announces others' space, in lab worlds large enough that verdicts are given:
 * precision and recall of P-ROV-2, P-FLT-3 and P-LEAK-1 against the answer key.
 */
#include "lab/lab.h"
#include "metric/facts.h"
#include "pipe/load.h"
#include "rule/rule.h"
#include "tap.h"

#include <dirent.h>
#include <jansson.h>
#include <unistd.h>

enum which { P_ROV_2, P_FLT_3, P_LEAK_1, WHICH_N };
static const char *const ids[WHICH_N] = {"P-ROV-2", "P-FLT-3", "P-LEAK-1"};

struct tally {			/* ASes by verdict, and by what is so */
	unsigned right[VERDICT_N], wrong[VERDICT_N];
};

static unsigned alone;		/* culprits of misoriginations with one that is possible: of one holder's space */

struct leaks_named { unsigned culprits, named, innocent; };

static bool
has(json_t *list, uint32_t asn)
{
	json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
		if (json_integer_value(v) == asn)
			return true;
	return false;
}

static bool
is_culprit(json_t *key, const char *kind, uint32_t asn)
{
	json_t *x;
	size_t i;

	json_array_foreach(json_object_get(key, "incidents"), i, x)
		if (strcmp(json_string_value(json_object_get(x, "kind")), kind) == 0 &&
		    json_integer_value(json_object_get(x, "culprit")) == asn)
			return true;
	return false;
}

/* Did it do right, by what was planted? */
static bool
is_right(json_t *key, enum which c, uint32_t asn)
{
	switch (c) {
	case P_ROV_2:
		return has(json_object_get(key, "enforcing"), asn);
	case P_FLT_3:	/* a longer prefix than any VRP allows ("rov-invalid") is not proven to be another's */
		return !is_culprit(key, "misorigination", asn);
	case P_LEAK_1:
		return !is_culprit(key, "route-leak", asn);
	case WHICH_N:
		break;
	}
	return false;
}

static enum verdict
judge(const struct facts *f, struct utc at, const struct control *c, uint32_t asn, struct arena *a, bool culprit)
{
	struct metric m[CONTROL_TESTS];
	const struct metric *list[CONTROL_TESTS];
	struct judgement j;
	size_t i;

	for (i = 0; i < c->n_tests; i++) {
		metric_compute(f, asn, c->tests[i].metric, a, &m[i]);
		list[i] = &m[i];
	}
	control_judge(c, list, at, false, &j);
	if (c->tests[0].metric == M_MISORIGINATION && culprit)
		alone += m[0].part[0].n > 0;
	return j.verdict;
}

static void
judge_all(const struct facts *f, struct utc at, const struct pack *pack, json_t *key, struct tally t[WHICH_N])
{
	struct arena *a = arena_new();
	const uint32_t *ases;
	size_t n, i;
	unsigned c;

	ases = facts_ases(f, &n);
	for (i = 0; i < n; i++)
		for (c = 0; c < WHICH_N; c++) {
			enum verdict v = judge(f, at, pack_control(pack, span_of(ids[c])), ases[i], a,
			    !is_right(key, c, ases[i]));

			if (is_right(key, c, ases[i]))
				t[c].right[v]++;
			else
				t[c].wrong[v]++;
			arena_reset(a);
		}
	arena_free(a);
}

static void
empty_dir(const char *dir)
{
	struct dirent *e;
	DIR *d = opendir(dir);

	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
	rmdir(dir);
}

/* Whom the ASPAs name, beside who leaked. */
static void
count_leaks(const struct facts *f, json_t *key, struct leaks_named *l)
{
	struct arena *a = arena_new();
	const uint32_t *ases;
	struct metric m;
	size_t n, i;

	ases = facts_ases(f, &n);
	for (i = 0; i < n; i++) {
		bool culprit = is_culprit(key, "route-leak", ases[i]);

		metric_compute(f, ases[i], M_LEAK_PROVEN, a, &m);
		l->culprits += culprit;
		l->named += culprit && m.state == METRIC_OK && m.num > 0;
		l->innocent += !culprit && m.num > 0;
		arena_reset(a);
	}
	arena_free(a);
}

static void
try_world(const struct lab_params *p, const struct pack *pack, struct tally t[WHICH_N], struct leaks_named *l)
{
	char dir[] = "/tmp/routemark-lab-XXXXXX", path[64], why[256] = "";
	struct load_params load;
	struct metric_params params;
	struct lab_sum sum;
	struct world w;
	struct facts *f;
	json_t *key;

	load_params_init(&load);
	metric_params_init(&params);
	params.threads = load.threads = 2;
	if (mkdtemp(dir) == NULL || lab_write(dir, p, &sum) != OK || load_dir(dir, &load, &w, why, sizeof(why)) != OK)
		abort();
	snprintf(path, sizeof(path), "%s/ANSWERS.json", dir);
	key = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	f = facts_new(&w, &params);
	if (t != NULL)
		judge_all(f, w.at, pack, key, t);
	count_leaks(f, key, l);
	facts_free(f);
	world_release(&w);
	json_decref(key);
	empty_dir(dir);
}

static void
tell(enum which c, const struct tally *t)
{
	static const enum verdict order[] = {VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_NO_DATA,
	    VERDICT_NOT_APPLICABLE};
	size_t i;

	printf("# %s:", ids[c]);
	for (i = 0; i < VERDICT_N; i++)
		printf(" %s %u+%u", verdict_word(order[i]), t->right[order[i]], t->wrong[order[i]]);
	printf(" (right+wrong)\n");
}

int
main(void)
{
	struct tally t[WHICH_N] = {0};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct leaks_named leaks = {0};
	const struct tally *t0;
	struct lab_params p;
	struct pack pack;
	uint64_t seed;
	unsigned c;

	if (pack_load("manrs-plus-proposal", a, &pack, &why) != OK)
		abort();
	for (seed = 1; seed <= 2; seed++) {
		lab_params_init(&p, LAB_INTERNET);
		p.seed = seed;
		p.ases = 1500;
		p.prefixes[FAMILY_V4] = 48000;
		p.prefixes[FAMILY_V6] = 8000;
		p.peers = 30;
		p.carry = 0;
		p.update_messages = 2000;
		try_world(&p, &pack, t, &leaks);
	}
	for (seed = 1; seed <= tap_rounds(30); seed++) {
		lab_params_init(&p, LAB_SMALL);
		p.seed = seed;
		try_world(&p, NULL, NULL, &leaks);
	}
	for (c = 0; c < WHICH_N; c++)
		tell(c, &t[c]);
	t0 = &t[P_ROV_2];
	ok(t0->right[VERDICT_FAIL] + t0->right[VERDICT_WARN] == 0, "P-ROV-2 accuses nobody who drops invalid routes");
	ok(t0->wrong[VERDICT_PASS] == 0, "and acquits nobody who passes them on");
	ok(t0->right[VERDICT_PASS] >= 2 && t0->wrong[VERDICT_FAIL] > 40 && t0->wrong[VERDICT_WARN] * 20 <= t0->wrong[VERDICT_FAIL],
	    "of both it judges some, and of those who do 19 in 20 fail");
	t0 = &t[P_FLT_3];
	ok(t0->right[VERDICT_FAIL] == 0, "P-FLT-3 accuses nobody who announces what is its own");
	ok(t0->wrong[VERDICT_FAIL] == 0 && t0->wrong[VERDICT_PASS] >= 4 && alone == t0->wrong[VERDICT_PASS],
	    "and tells all that announce a signed route of one other, as possible: a sibling does so");
	ok(t[P_LEAK_1].right[VERDICT_FAIL] == 0 && leaks.innocent == 0, "nobody who leaked nothing has a proven leak");
	ok(leaks.named > 0 && leaks.culprits > tap_rounds(40), "and some who did have");
	printf("# leak-proven: %u of %u culprits named, %u others\n", leaks.named, leaks.culprits, leaks.innocent);
	arena_free(a);
	return tap_done();
}
