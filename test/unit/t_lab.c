/*
 * The lab: the same bytes for the same seed, whole or nothing on a failure, and a world that obeys its
 * own laws, checked one link at a time.
 */
#include "addr/asn.h"
#include "base/arena.h"
#include "base/sha256.h"
#include "decode/mrt.h"
#include "decode/vrp.h"
#include "lab/paths.h"
#include "source/source.h"
#include "tap.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
remove_dir(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, 0);
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}

static unsigned
count_files(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	unsigned n = 0;

	while (d != NULL && (e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (d != NULL)
		closedir(d);
	return n;
}

static struct lab_params
small(uint64_t seed)
{
	struct lab_params p;

	lab_params_init(&p, LAB_SMALL);
	p.seed = seed;
	p.update_messages = 400;
	return p;
}

/* A digest over all names and bytes. */
static void
digest(const char *dir, char hex[static SHA256_HEX + 1])
{
	struct source_list l;
	struct sha256 h;
	uint8_t out[SHA256_BYTES], buf[4096];
	size_t i, n;

	sha256_init(&h);
	if (source_list_dir(dir, &l) != OK)
		abort();
	for (i = 0; i < l.n; i++) {
		FILE *f = fopen(l.path[i], "rb");

		sha256_add(&h, l.path[i] + strlen(dir), strlen(l.path[i] + strlen(dir)) + 1);
		while (f != NULL && (n = fread(buf, 1, sizeof(buf), f)) > 0)
			sha256_add(&h, buf, n);
		if (f != NULL)
			fclose(f);
	}
	source_list_release(&l);
	sha256_end(&h, out);
	sha256_hex(out, hex);
}

static void
write_digest(const struct lab_params *p, char hex[static SHA256_HEX + 1])
{
	char dir[] = "/tmp/routemark-lab-XXXXXX";
	struct lab_sum sum;

	hex[0] = '\0';
	if (mkdtemp(dir) != NULL && lab_write(dir, p, &sum) == OK)
		digest(dir, hex);
	remove_dir(dir);
}

static void
test_same_bytes(void)
{
	char a[SHA256_HEX + 1], b[SHA256_HEX + 1];
	struct lab_params p = small(5), q = small(6), huge = small(UINT64_MAX);
	struct prng r = prng_init(1, 0);

	write_digest(&p, a);
	write_digest(&p, b);
	ok(a[0] != '\0' && strcmp(a, b) == 0, "the same seed gives the same bytes");
	write_digest(&q, b);
	ok(b[0] != '\0' && strcmp(a, b) != 0, "another seed gives others");
	write_digest(&huge, a);
	ok(a[0] != '\0', "the largest seed gives a world");
	ok(prng_next(&r) == UINT64_C(0x55c55969ed403149) && prng_next(&r) == UINT64_C(0xfb85af9c9a7e41f1) &&
	    prng_hash(1, 2, 3, 4) == UINT64_C(0x868f00c9e916242e),
	    "random numbers are those that every machine has drawn so far");
}

/* A limit on the size of files stands for a full disk: write(2) fails half way. */
static void
test_failure(void)
{
	char dir[] = "/tmp/routemark-lab-XXXXXX";
	struct lab_params p = small(1);
	struct rlimit was, tight;
	struct lab_sum sum;
	enum err e;

	if (mkdtemp(dir) == NULL)
		abort();
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	tight = was;
	tight.rlim_cur = 100000;
	setrlimit(RLIMIT_FSIZE, &tight);
	e = lab_write(dir, &p, &sum);
	setrlimit(RLIMIT_FSIZE, &was);
	ok(e == ERR_IO && errno == EFBIG, "a file that cannot be written whole is an error, with its errno");
	ok(count_files(dir) == 0, "and no file is left behind");
	remove_dir(dir);
	ok(lab_write("/nonexistent/lab", &p, &sum) == ERR_OPEN, "a folder that is not there is an error");
}

static void
test_bounds(void)
{
	static const struct { uint32_t ases, collectors, peers; bool fits; } t[] = {
	    {200, 1, 8, true}, {199, 1, 8, false}, {300, 0, 8, false}, {300, 17, 8, false},
	    {300, 1, 7, false}, {300, 1, 400, false}, {LAB_ASES_MAX + 1, 1, 8, false}, {300, 9, 8, true},
	    {300, 10, 8, false},
	};
	unsigned i, wrong = 0;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		char dir[] = "/tmp/routemark-lab-XXXXXX";
		struct lab_params p = small(1);
		struct lab_sum sum;

		p.ases = t[i].ases;
		p.collectors = t[i].collectors;
		p.peers = t[i].peers;
		if (mkdtemp(dir) == NULL || lab_write(dir, &p, &sum) != (t[i].fits ? OK : ERR_RANGE))
			wrong++;
		if ((count_files(dir) > 0) != t[i].fits)
			wrong++;
		remove_dir(dir);
	}
	ok(wrong == 0, "parameters are taken within their bounds and refused outside");
}

/* What a link is, seen from a towards b: 'u'p, 'l'ateral, 'd'own, or 0. */
static char
link_kind(const struct lab *w, uint32_t a, uint32_t b)
{
	size_t i;

	for (i = 0; i < w->n_links; i++) {
		const struct lab_link *l = &w->links[i];

		if (l->peer && ((l->a == a && l->b == b) || (l->a == b && l->b == a)))
			return 'l';
		if (!l->peer && l->a == b && l->b == a)
			return 'u';
		if (!l->peer && l->a == a && l->b == b)
			return 'd';
	}
	return 0;
}

/* Up, then at most one lateral hop, then down; nobody twice; and the first hop is the class. */
static bool
is_lawful(const struct lab *w, const struct lab_view *v, const struct lab_path *p)
{
	uint32_t i, k;
	char phase = 'u', first = 0;

	for (i = 0; i + 1 < p->n; i++) {
		char kind = link_kind(w, p->as[i], p->as[i + 1]);

		if (i == 0)
			first = kind;
		if (kind == 0 || (kind == 'u' && phase != 'u') || (kind == 'l' && phase != 'u'))
			return false;
		phase = kind == 'u' ? 'u' : 'd';
		for (k = 0; k <= i; k++)
			if (p->as[k] == p->as[i + 1])
				return false;
	}
	switch (v->class[p->as[p->n - 1]]) {
	case CLASS_SELF:
		return p->n == 1;
	case CLASS_CUSTOMER:
		return first == 'd';
	case CLASS_PEER:
		return first == 'l';
	default:
		return first == 'u';
	}
}

/* Is there a way from a to b that only goes down? */
static bool
is_below(const struct lab *w, uint32_t a, uint32_t b)
{
	uint32_t e;

	for (e = w->customers.first[a]; e < w->customers.first[a + 1]; e++)
		if (w->customers.to[e] == b || is_below(w, w->customers.to[e], b))
			return true;
	return false;
}

static void
test_paths(uint64_t seed)
{
	struct lab w = {.params = small(seed)};
	unsigned lawless = 0, unreached = 0, not_best = 0, p;
	struct lab_path path;
	uint32_t i;

	ases_make(&w);
	topo_make(&w);
	plan_make(&w);
	peers_make(&w);
	for (p = 0; p < w.n_peers; p++)
		for (i = 0; i < w.n_routed; i++) {
			const struct lab_view *v = w.peers[p].view;

			view_path(v, i, &path);
			unreached += path.n == 0;
			lawless += path.n > 0 && !is_lawful(&w, v, &path);
			not_best += (v->class[i] == CLASS_CUSTOMER) != (i != v->as && is_below(&w, v->as, i));
		}
	ok(unreached == 0, "seed %u: every AS is reached from every session", (unsigned)seed);
	ok(lawless == 0, "seed %u: every path goes up, across once at most, down, and never in a ring",
	    (unsigned)seed);
	ok(not_best == 0, "seed %u: who has a customer route uses it", (unsigned)seed);
	for (i = 0, lawless = 0; i < w.n_ases; i++)
		lawless += (asn_bogon(w.ases[i].asn) != NULL) != (w.ases[i].fault == FAULT_BOGON_ASN);
	ok(lawless == 0, "seed %u: only planted ASNs are bogons", (unsigned)seed);
	lab_release(&w);
}

struct counts { uint64_t vrps, aspas; };

static enum err
on_vrp(void *arg, const struct vrp *v)
{
	(void)v;
	((struct counts *)arg)->vrps++;
	return OK;
}

static enum err
on_aspa(void *arg, const struct aspa *a)
{
	(void)a;
	((struct counts *)arg)->aspas++;
	return OK;
}

/* Read one file with our own decoders; false when there is anything to complain about. */
static bool
read_one(const char *path, struct mrt_stats *mrt, struct counts *n)
{
	struct vrp_sink sink = {.vrp = on_vrp, .aspa = on_aspa, .arg = n};
	struct diags d = {0};
	struct source_sum sum;
	struct vrp_stats vrp;
	struct mrt_stats one = {0};
	struct source *s;
	bool good = true;

	if (source_open(path, &s) != OK)
		return false;
	if (source_kind(s) == KIND_MRT)
		good = mrt_decode(source_feed(s), &(struct mrt_sink){0}, &d, &one) == OK;
	else if (source_kind(s) == KIND_VRP_JSON)
		good = vrp_decode(source_feed(s), KIND_VRP_JSON, &sink, &d, &vrp) == OK &&
		    vrp.claimed_vrps == n->vrps && vrp.claimed_aspas == n->aspas;
	good = source_close(s, &sum) == OK && sum.err == OK && good && diags_total(&d) == 0;
	diags_release(&d);
	mrt->entries += one.entries;
	mrt->messages += one.messages;
	return good;
}

static void
test_read_back(void)
{
	char dir[] = "/tmp/routemark-lab-XXXXXX";
	struct lab_params p = small(9);
	struct mrt_stats mrt = {0};
	struct counts n = {0};
	struct source_list l;
	struct lab_sum sum;
	unsigned bad = 0;
	size_t i;

	if (mkdtemp(dir) == NULL || lab_write(dir, &p, &sum) != OK || source_list_dir(dir, &l) != OK)
		abort();
	for (i = 0; i < l.n; i++)
		bad += !read_one(l.path[i], &mrt, &n);
	ok(bad == 0 && l.n == sum.files, "all %zu files are read without a complaint", l.n);
	ok(mrt.entries == sum.entries && mrt.messages == sum.messages,
	    "as many table entries and messages come back as were written: %llu, %llu",
	    (unsigned long long)mrt.entries, (unsigned long long)mrt.messages);
	ok(n.vrps == sum.vrps && n.aspas == sum.aspas && n.vrps > 1000 && n.aspas > 20,
	    "as many VRPs and ASPAs: %llu, %llu", (unsigned long long)n.vrps, (unsigned long long)n.aspas);
	source_list_release(&l);
	remove_dir(dir);
}

int
main(void)
{
	uint64_t seed;

	test_same_bytes();
	test_failure();
	test_bounds();
	for (seed = 1; seed <= 5; seed++)
		test_paths(seed);
	test_read_back();
	return tap_done();
}
