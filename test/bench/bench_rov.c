/*
 * bench_rov: origin validation beside librtr, one thread, the same VRPs and the same pairs.
 *	routemark dump -m TABLE | bench_rov VRPS.json [RUNS]
 * The pairs are the unique (prefix, origin) of the table, once in the order of prefixes, as tables are,
 * and once shuffled, as live updates come. Neither loading nor turning the pairs into each one's own
 * form is in the times, which are the thread's own: a machine may be busy. Both are run in turns, RUNS times
 * (default 5); medians are printed, a line each: order, ours M/s, theirs M/s, ratio. Every pair must have the same answer from both; 1 when one has not.
 * A path that ends in a set has no origin; to librtr, which has no such thing, it is AS0: neither matches.
 */
#undef NDEBUG
#include <assert.h>

#include "addr/aspath.h"
#include "base/arena.h"
#include "bench_load.h"

#include <rtrlib/rtrlib.h>
#include <string.h>
#include <time.h>

#define RUNS_MAX 99
#define PASSES 10	/* of ours a turn: one takes a hundredth of theirs */

struct pairs {
	struct rov_ask *ask;
	size_t n, cap;
	struct lrtr_ip_addr *ip;	/* the same for librtr */
	uint32_t *asn;
	uint8_t *ours, *theirs;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct lrtr_ip_addr
ip_of(const struct prefix *p)
{
	struct lrtr_ip_addr ip = {.ver = p->family == FAMILY_V4 ? LRTR_IPV4 : LRTR_IPV6};
	uint32_t w[4];
	size_t i;

	memcpy(w, p->addr, sizeof(w));
	for (i = 0; i < 4; i++)
		w[i] = __builtin_bswap32(w[i]);
	if (p->family == FAMILY_V4)
		ip.u.addr4.addr = w[0];
	else
		memcpy(ip.u.addr6.addr, w, sizeof(w));
	return ip;
}

static void
load_theirs(struct pfx_table *table, const struct rpki *t)
{
	size_t i;

	pfx_table_init(table, NULL);
	for (i = 0; i < t->n_roas; i++) {
		const struct roa *v = &t->roas[i];
		const struct pfx_record r = {v->asn, ip_of(&v->prefix), v->prefix.len, v->max_len, NULL};
		int added = pfx_table_add(table, &r);

		assert(added == PFX_SUCCESS);
	}
}

/* The origin as the last word of the path; a set is none. */
static bool
line_ask(char *line, struct rov_ask *ask)
{
	char *field[7], *last;
	bool host_bits;
	size_t i;

	for (i = 0; i < 7; i++)
		field[i] = strsep(&line, "|");
	if (line == NULL || prefix_parse(span_of(field[5]), &ask->prefix, &host_bits) != OK)
		return false;
	last = strrchr(field[6], ' ');
	last = last == NULL ? field[6] : last + 1;
	ask->origin = *last == '{' ? ORIGIN_NONE : (uint32_t)strtoul(last, NULL, 10);
	return true;
}

static int
ask_cmp(const void *pa, const void *pb)
{
	const struct rov_ask *a = pa, *b = pb;
	int c = prefix_cmp(&a->prefix, &b->prefix);

	return c != 0 ? c : (a->origin > b->origin) - (a->origin < b->origin);
}

static void
read_pairs(struct pairs *q)
{
	struct rov_ask ask;
	char *line = NULL;
	size_t cap = 0, i, k = 0;

	memset(&ask, 0, sizeof(ask));
	while (getline(&line, &cap, stdin) > 0)
		if (line_ask(line, &ask) && (q->n == 0 || ask_cmp(&ask, &q->ask[q->n - 1]) != 0)) {
			q->ask = grow(q->ask, &q->cap, q->n + 1, sizeof(*q->ask));
			q->ask[q->n++] = ask;
		}
	free(line);
	if (q->n > 0)
		qsort(q->ask, q->n, sizeof(*q->ask), ask_cmp);
	for (i = 0; i < q->n; i++)
		if (k == 0 || ask_cmp(&q->ask[k - 1], &q->ask[i]) != 0)
			q->ask[k++] = q->ask[i];
	q->n = k;
	q->ip = xcalloc(k, sizeof(*q->ip));
	q->asn = xcalloc(k, sizeof(*q->asn));
	q->ours = xcalloc(k, 1);
	q->theirs = xcalloc(k, 1);
}

static void
for_theirs(struct pairs *q)
{
	size_t i;

	for (i = 0; i < q->n; i++) {
		q->ip[i] = ip_of(&q->ask[i].prefix);
		q->asn[i] = q->ask[i].origin == ORIGIN_NONE ? 0 : q->ask[i].origin;
	}
}

static void
shuffle(struct pairs *q)
{
	uint64_t state = 88172645463325252u;
	size_t i, j;

	for (i = q->n; i > 1; i--) {
		struct rov_ask swap = q->ask[i - 1];

		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		j = (size_t)((state >> 11) % i);
		q->ask[i - 1] = q->ask[j];
		q->ask[j] = swap;
	}
}

static void
ours_sorted(const struct rpki *t, struct pairs *q)
{
	rpki_rov_sweep(t, q->ask, sizeof(*q->ask), q->n, q->ours);
}

static void
ours_random(const struct rpki *t, struct pairs *q)
{
	size_t i;

	for (i = 0; i < q->n; i++)
		q->ours[i] = (uint8_t)rpki_rov(t, &q->ask[i].prefix, q->ask[i].origin);
}

static void
theirs(struct pfx_table *table, struct pairs *q)
{
	size_t i;

	for (i = 0; i < q->n; i++) {
		enum pfxv_state s;

		pfx_table_validate(table, q->asn[i], &q->ip[i], q->ask[i].prefix.len, &s);
		q->theirs[i] = (uint8_t)s;
	}
}

static size_t
differing(const struct pairs *q)
{
	size_t i, n = 0;

	for (i = 0; i < q->n; i++) {
		enum pfxv_state want = rov_is_invalid((enum rov)q->ours[i]) ? BGP_PFXV_STATE_INVALID
		    : q->ours[i] == ROV_VALID ? BGP_PFXV_STATE_VALID : BGP_PFXV_STATE_NOT_FOUND;

		n += q->theirs[i] != want;
	}
	return n;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Median rate in M/s. */
static double
rate(double *s, size_t runs, size_t n)
{
	qsort(s, runs, sizeof(*s), by_size);
	return (double)n / s[runs / 2] / 1e6;
}

static bool
compare(const char *order, void (*us)(const struct rpki *, struct pairs *), const struct rpki *t,
    struct pfx_table *table, struct pairs *q, size_t runs)
{
	double a[RUNS_MAX], b[RUNS_MAX], start, ours, other;
	size_t i, k, differ;

	for_theirs(q);
	for (i = 0; i < runs; i++) {
		memset(q->ours, 0xff, q->n);
		start = now();
		for (k = 0; k < PASSES; k++)
			us(t, q);
		a[i] = (now() - start) / PASSES;
		start = now();
		theirs(table, q);
		b[i] = now() - start;
	}
	differ = differing(q);
	if (differ > 0)
		fprintf(stderr, "%s: %zu of %zu answers differ\n", order, differ, q->n);
	ours = rate(a, runs, q->n);
	other = rate(b, runs, q->n);
	printf("%s %.2f %.3f %.1f\n", order, ours, other, ours / other);
	return differ == 0;
}

int
main(int argc, char **argv)
{
	static struct pairs q;
	struct rpki t;
	struct pfx_table table;
	size_t runs = argc > 2 ? strtoul(argv[2], NULL, 10) : 5, i, v4 = 0;
	double start, ours;
	bool same;

	if (argc < 2 || runs == 0 || runs > RUNS_MAX) {
		fprintf(stderr, "usage: routemark dump -m TABLE | bench_rov VRPS.json [RUNS]\n");
		return 2;
	}
	start = now();
	bench_load(&t, argv[1]);
	ours = now() - start;
	start = now();
	load_theirs(&table, &t);
	start = now() - start;
	read_pairs(&q);
	for (i = 0; i < q.n; i++)
		v4 += q.ask[i].prefix.family == FAMILY_V4;
	printf("# %zu unique pairs (%zu IPv4), %zu VRPs; loading, not counted: ours from JSON %.2f s, "
	    "librtr from memory %.2f s\n", q.n, v4, t.n_roas, ours, start);
	same = compare("sorted", ours_sorted, &t, &table, &q, runs);
	shuffle(&q);
	same = compare("random", ours_random, &t, &table, &q, runs) && same;
	pfx_table_free(&table);
	return same ? 0 : 1;
}
