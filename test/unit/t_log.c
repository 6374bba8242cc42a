/* The log on a disk: batches of any size, reopened between them; every entry proved against a policy; a batch that cannot
 * be is nothing; what is read back is the oracle's. */
#include "base/limits.h"
#include "seal.h"
#include "seal/log.h"
#include "tap.h"

#include <ftw.h>
#include <unistd.h>

static char dir[] = "/tmp/t_log.XXXXXX";
static struct key *key;
static struct log l;

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

static bool
policy(struct arena *a, struct policy *p)
{
	struct str s = {0};
	const char *why;
	bool good;

	str_adds(&s, "log ");
	key_vkey_write(&s, key_pub(key));
	str_adds(&s, "\nquorum none\n");
	good = policy_read(str_span(&s), a, p, &why) == OK;
	str_release(&s);
	return good;
}

static struct span
entry(uint64_t i, char buf[32])
{
	snprintf(buf, 32, "entry %llu", (unsigned long long)i);
	return span_of(buf);
}

static bool
append(uint64_t from, size_t n)
{
	char (*text)[32] = calloc(n + 1, sizeof(*text));
	struct span *e = calloc(n + 1, sizeof(*e));
	uint64_t first = UINT64_MAX;
	bool good;
	size_t i;

	for (i = 0; i < n; i++)
		e[i] = entry(from + i, text[i]);
	good = log_append(&l, e, n, &first) == OK && first == from && l.size == from + n;
	free(text);
	free(e);
	return good;
}

static bool
reopen(bool write)
{
	log_close(&l);
	if (log_open(&l, dir, write) == OK)
		return true;
	printf("# %s\n", l.why);
	return false;
}

/* Of the published checkpoint, each entry: the proof verifies, and not for its neighbour. */
static bool
all_proved(uint64_t size)
{
	struct arena *a = arena_new();
	struct tree_hash leaf, other;
	struct policy_verdict v;
	struct checkpoint c;
	struct log_proof p;
	struct policy pol;
	const char *why;
	bool good = policy(a, &pol);
	char buf[32];
	uint64_t i;

	for (i = 0; i < size && good; i += 1 + size / 97) {
		tree_leaf(entry(i, buf), &leaf);
		tree_leaf(entry(i + 1, buf), &other);
		good = log_prove(&l, i, a, &p) == OK && proof_verify(&p, &leaf, &pol, a, &c, &v, &why) == OK && c.size == size &&
		    proof_verify(&p, &other, &pol, a, &c, &v, &why) == ERR_CONTRADICT;
	}
	arena_free(a);
	return good;
}

static void
test_grow(void)
{
	static const size_t batch[] = {1, 1, 2, 250, 1, 1, 1, 255, 256, 257, 0, 3, 511, 700, 40};
	uint64_t size = 0;
	size_t i;
	bool good = true, proved = true, sound = true, early;
	struct arena *a = arena_new();
	struct log_proof p;

	for (i = 0; i < sizeof(batch) / sizeof(*batch); i++) {
		good = good && reopen(true) && append(size, batch[i]) && append(size + batch[i], 1);
		early = log_prove(&l, size, a, &p) != ERR_RANGE;	/* it is not in the checkpoint yet */
		size += batch[i] + 1;
		good = good && !early && reopen(true) && log_checkpoint(&l, key, false) == OK && l.size == size;
		good = good && reopen(false);
		proved = proved && all_proved(size);
		sound = sound && log_fsck(&l, key_pub(key)) == OK;
	}
	arena_free(a);
	ok(good, "batches of any size, opened anew between them, get the indices that follow");
	ok(proved, "entries are proved from the published checkpoint at each size");
	ok(sound, "and everything follows from the entries (%llu)", (unsigned long long)size);
}

static void
test_refused(void)
{
	struct span e[2] = {SPAN("good"), {NULL, 0}};
	struct key *other = key_of("t.example", KEY_SIGNER, 99), *w = key_of("t.example", KEY_WITNESS, 1);
	char why[STORE_PATH_MAX + 256];
	char *big = malloc(LOG_ENTRY_MAX + 1);
	uint64_t first = 7, size;
	struct log second;

	memset(big, 'x', LOG_ENTRY_MAX + 1);
	ok(reopen(true), "opened");
	size = l.size;
	ok(log_open(&second, dir, true) == ERR_STOPPED && strstr(second.why, "another writer") != NULL, "a second writer is turned away");
	log_close(&second);
	ok(log_open(&second, dir, false) == OK, "a reader is not");
	log_close(&second);
	ok(log_append(&l, e, 2, &first) == ERR_LIMIT && first == 7, "one bad entry of a batch: none of it is appended");
	ok(append(size, 1) == false && l.err == ERR_LIMIT, "and the log is opened anew before it goes on");
	e[0] = (struct span){big, LOG_ENTRY_MAX};
	ok(reopen(true) && l.size == size && log_append(&l, e, 1, &first) == OK && first == size, "LOG_ENTRY_MAX bytes are an entry");
	e[0].len++;
	ok(log_append(&l, e, 1, &first) == ERR_LIMIT, "one more are none");
	ok(reopen(true) && log_checkpoint(&l, other, false) == ERR_UNKNOWN, "another key of that name signs nothing");
	ok(reopen(true) && log_checkpoint(&l, w, false) == ERR_UNKNOWN, "nor does a witness");
	log_close(&l);
	ok(log_init(dir, key, why) == ERR_CONTRADICT && strstr(why, "already") != NULL, "a log is not made twice");
	ok(log_init("/nonexistent/t_log", key, why) == ERR_OPEN, "nor where nothing can be");
	key_free(other);
	key_free(w);
	free(big);
}

int
main(void)
{
	char why[STORE_PATH_MAX + 256] = "";

	key = key_of("t.example", KEY_SIGNER, 1);
	if (mkdtemp(dir) == NULL)
		return 1;
	l = (struct log){.lock = -1, .store = {.dir = -1}};
	ok(log_init(dir, key, why) == OK, "a log is made %s", why);
	test_grow();
	test_refused();
	log_close(&l);
	key_free(key);
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
