/*
 * Worlds of many seeds, written, read back and measured: every number of every AS is what the answer
 * key says, so every planted fault is found and nothing else is. LAB_SEEDS=N tries N seeds.
 */
#include "lab/lab.h"
#include "metric/facts.h"
#include "pipe/load.h"
#include "tap.h"

#include <dirent.h>
#include <jansson.h>
#include <unistd.h>

#define SHOWN 12	/* differences printed per world */

struct tally {
	unsigned ases, numbers, wrong, faults, organisations;
	long long routes;
};

static const char *const states[] = {"OK", "NO_DATA", "NOT_APPLICABLE"};

static void
compare(const struct facts *f, uint32_t asn, enum metric_id id, json_t *want, const char *planted, struct tally *t)
{
	struct arena *a = arena_new();
	const char *state = json_string_value(json_object_get(want, "state"));
	uint64_t num = (uint64_t)json_integer_value(json_object_get(want, "num"));
	uint64_t den = (uint64_t)json_integer_value(json_object_get(want, "den"));
	struct metric m;
	bool same;

	metric_compute(f, asn, id, a, &m);
	same = strcmp(state, states[m.state]) == 0 && (m.state != METRIC_OK || (m.num == num && m.den == den));
	t->numbers++;
	if (!same && t->wrong++ < SHOWN)
		printf("# AS%u (%s) %s: got %s %llu/%llu, want %s %llu/%llu\n", asn, planted, metric_word(id),
		    states[m.state], (unsigned long long)m.num, (unsigned long long)m.den, state,
		    (unsigned long long)num, (unsigned long long)den);
	arena_free(a);
}

static json_t *
answer_of(json_t *ases, json_int_t asn, const char *word)
{
	json_t *as;
	size_t i;

	json_array_foreach(ases, i, as)
		if (json_integer_value(json_object_get(as, "asn")) == asn)
			return json_object_get(json_object_get(as, "expect"), word);
	return NULL;
}

/* The sum over the organisation is that of its ASNs that have a number. */
static void
compare_org(const struct facts *f, json_t *ases, json_t *as, enum metric_id id, struct tally *t)
{
	json_t *siblings = json_object_get(as, "organisation"), *asn, *a;
	uint64_t num = 0, den = 0, n = 0;
	struct arena *arena = arena_new();
	struct metric m;
	size_t i;

	json_array_foreach(siblings, i, asn) {
		a = answer_of(ases, json_integer_value(asn), metric_word(id));
		if (strcmp(json_string_value(json_object_get(a, "state")), "OK") != 0)
			continue;
		n++;
		num += (uint64_t)json_integer_value(json_object_get(a, "num"));
		den += (uint64_t)json_integer_value(json_object_get(a, "den"));
	}
	metric_compute(f, (uint32_t)json_integer_value(json_object_get(as, "asn")), id, arena, &m);
	t->organisations++;
	if ((m.org.n_all != json_array_size(siblings) || m.org.n != n || m.org.num != num || m.org.den != den) &&
	    t->wrong++ < SHOWN)
		printf("# organisation of AS%u, %s: got %u of %u ASNs %llu/%llu, want %llu of %zu %llu/%llu\n", m.asn,
		    metric_word(id), m.org.n, m.org.n_all, (unsigned long long)m.org.num,
		    (unsigned long long)m.org.den, (unsigned long long)n, json_array_size(siblings),
		    (unsigned long long)num, (unsigned long long)den);
	arena_free(arena);
}

static void
compare_as(const struct facts *f, json_t *ases, json_t *as, struct tally *t)
{
	uint32_t asn = (uint32_t)json_integer_value(json_object_get(as, "asn"));
	const char *planted = json_string_value(json_object_get(as, "planted"));
	const char *word;
	json_t *want;

	t->ases++;
	t->faults += strcmp(planted, "none") != 0;
	json_object_foreach(json_object_get(as, "expect"), word, want) {
		enum metric_id id = metric_find(span_of(word));

		if (id == METRIC_N) {
			t->wrong++;
			printf("# no metric is called %s\n", word);
			continue;
		}
		compare(f, asn, id, want, planted, t);
		if (json_array_size(json_object_get(as, "organisation")) > 1)
			compare_org(f, ases, as, id, t);
	}
}

static void
empty_dir(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}

/* The ROV states of all routes, each looked up by itself. */
static void
compare_totals(const struct world *w, json_t *totals, struct tally *t)
{
	long long n = 0, got[3] = {0};
	size_t i;

	for (i = 0; i < w->routes.n_routes; i++) {
		const struct route *r = &w->routes.routes[i];
		enum rov v = rpki_rov(&w->rpki, &r->prefix, r->origin);

		if (r->prefix.len == 0)
			continue;
		n++;
		got[v == ROV_VALID ? 0 : v == ROV_NOT_FOUND ? 1 : 2]++;
	}
	t->routes = n;
	if (n == json_integer_value(json_object_get(totals, "routes")) &&
	    got[0] == json_integer_value(json_object_get(totals, "valid")) &&
	    got[1] == json_integer_value(json_object_get(totals, "not-found")) &&
	    got[2] == json_integer_value(json_object_get(totals, "invalid")))
		return;
	t->wrong++;
	printf("# totals: got %lld: %lld valid, %lld not found, %lld invalid\n", n, got[0], got[1], got[2]);
}

static void
judge(const char *dir, const struct world *w, struct tally *t)
{
	struct metric_params p;
	struct facts *f;
	char path[128];
	json_t *key, *as;
	size_t i;

	metric_params_init(&p);
	p.records_max = 1;
	f = facts_new(w, &p);
	snprintf(path, sizeof(path), "%s/ANSWERS.json", dir);
	key = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	json_array_foreach(json_object_get(key, "ases"), i, as)
		compare_as(f, json_object_get(key, "ases"), as, t);
	compare_totals(w, json_object_get(key, "totals"), t);
	json_decref(key);
	facts_free(f);
}

static bool
all_used(const struct world *w)
{
	bool used = true;
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		if (w->inputs[i].kind == KIND_UNKNOWN || !w->inputs[i].complete || diags_total(&w->inputs[i].diags) > 0) {
			printf("# %s: %s\n", w->inputs[i].name, kind_word(w->inputs[i].kind));
			used = false;
		}
	return used;
}

static void
try_world(const struct lab_params *p, const char *what)
{
	char dir[] = "/tmp/routemark-lab-XXXXXX", why[256] = "";
	struct load_params load;
	struct lab_sum sum;
	struct world w;
	struct tally t = {0};

	if (mkdtemp(dir) == NULL || lab_write(dir, p, &sum) != OK) {
		ok(false, "%s can be written", what);
		return;
	}
	load_params_init(&load);
	load.threads = 2;
	if (load_dir(dir, &load, &w, why, sizeof(why)) != OK) {
		ok(false, "%s can be read: %s", what, why);
		empty_dir(dir);
		return;
	}
	ok(all_used(&w), "every file of %s is recognised and read without a complaint", what);
	judge(dir, &w, &t);
	/* what comes after these in the list is of a window (t_scored) or of a route server (t_metric_table) */
	ok(t.wrong == 0 && t.ases == p->ases && t.faults > 30 && t.numbers == t.ases * M_M1_SCORE &&
	    t.organisations > M_M1_SCORE && t.routes > 1000,
	    "%s: %u ASes, %u numbers and %u of organisations as planted, %u differ", what, t.ases, t.numbers,
	    t.organisations, t.wrong);
	world_release(&w);
	empty_dir(dir);
}

int
main(void)
{
	const char *seeds = getenv("LAB_SEEDS");
	uint64_t n = seeds != NULL ? strtoull(seeds, NULL, 10) : tap_rounds(20), seed;
	struct lab_params p;
	char what[64];

	for (seed = 1; seed <= n; seed++) {
		lab_params_init(&p, LAB_SMALL);
		p.seed = seed;
		snprintf(what, sizeof(what), "the world of seed %llu", (unsigned long long)seed);
		try_world(&p, what);
	}
	lab_params_init(&p, LAB_SMALL);
	p.collectors = 1;
	p.ases = 230;
	p.update_messages = 100;
	try_world(&p, "a world with one collector");
	lab_params_init(&p, LAB_SMALL);
	p.ases = 1000;
	p.prefixes[FAMILY_V4] = 5000;
	p.prefixes[FAMILY_V6] = 1500;
	p.collectors = 4;
	p.peers = 20;
	p.carry = 9;
	try_world(&p, "a larger world, where few sessions carry a prefix");
	return tap_done();
}
