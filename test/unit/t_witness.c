/* The witness: what it answers by what it remembers; that it never signs two roots of a size nor goes back; and a walk of
 * random submissions held against the whole tree that an honest log and a forked one have. */
#include "base/limits.h"
#include "seal.h"
#include "seal/submission.h"
#include "seal/witness.h"
#include "tap.h"

#include <ftw.h>
#include <unistd.h>

#define MANY 70

static char dir[] = "/tmp/t_witness.XXXXXX";
static struct key *key, *log_key, *other_key;
static struct key_pub logs[2];
static struct witness w;

/* Two logs of the same entries up to MANY / 2, and of others behind. */
static struct tree_hash leaf[2][MANY];

static enum err
hash(void *arg, unsigned level, uint64_t index, struct tree_hash *out)
{
	const struct tree_hash *l = arg;
	struct tree_hash left, right;

	if (level == 0) {
		*out = l[index];
		return OK;
	}
	TRY(hash(arg, level - 1, 2 * index, &left));
	TRY(hash(arg, level - 1, 2 * index + 1, &right));
	tree_node(&left, &right, out);
	return OK;
}

static void
make(void)
{
	char text[32];
	int f, i;

	for (f = 0; f < 2; f++)
		for (i = 0; i < MANY; i++) {
			snprintf(text, sizeof(text), "%d of %d", i, i < MANY / 2 ? 0 : f);
			tree_leaf(span_of(text), &leaf[f][i]);
		}
}

static void
note_of(struct str *out, int fork, uint64_t size, const struct key *k, const char *origin)
{
	struct tree_source s = {hash, leaf[fork]};
	struct str text = {0};
	struct tree_hash root;

	if (tree_root(&s, size, &root) != OK)
		abort();
	checkpoint_write(&text, span_of(origin), size, &root);
	note_begin(out, str_span(&text));
	note_add(out, str_span(&text), k, 0);
	str_release(&text);
}

/* What is answered to size of a fork, with a true proof from old. */
static unsigned
ask(int fork, uint64_t old, uint64_t size, const struct key *k, const char *origin, struct str *answer)
{
	struct tree_source source = {hash, leaf[fork]};
	struct witness_answer out = {.status = 0};
	struct submission s = {.old = old};
	struct str note = {0}, body = {0};

	note_of(&note, fork, size, k, origin);
	if (old <= size && tree_extend(&source, old, size, &s.proof) != OK)
		abort();
	s.checkpoint = str_span(&note);
	submission_write(&body, &s);
	witness_add(&w, str_span(&body), 1700000000 + size, &out);
	if (answer != NULL)
		str_add(answer, str_span(&out.body));
	str_release(&out.body);
	str_release(&note);
	str_release(&body);
	return out.status;
}

#define ASK(fork, old, size) ask(fork, old, size, log_key, "log.example/a", NULL)

static bool
says(int fork, uint64_t old, uint64_t size, unsigned status, const char *text)
{
	struct str s = {0};
	bool good = ask(fork, old, size, log_key, "log.example/a", &s) == status && strcmp(s.p, text) == 0;

	if (!good)
		printf("# %s", s.p);
	str_release(&s);
	return good;
}

static bool
cosigned(int fork, uint64_t old, uint64_t size)
{
	struct arena *a = arena_new();
	struct str s = {0}, note = {0};
	const char *why = "";
	struct note n;
	struct span line;
	uint64_t time = 0;
	bool good;

	note_of(&note, fork, size, log_key, "log.example/a");
	good = ask(fork, old, size, log_key, "log.example/a", &s) == 200 && note_read(str_span(&note), a, &n, &why) == OK &&
	    submission_answer(str_span(&s), &n, key_pub(key), a, &line, &time, &why) == OK && time == 1700000000 + size;
	str_release(&s);
	str_release(&note);
	arena_free(a);
	return good;
}

static bool
reopen(void)
{
	witness_close(&w);
	if (witness_open(&w, dir, key, logs, 2) == OK)
		return true;
	printf("# %s\n", w.why);
	return false;
}

static bool
there(const char *suffix, char path[256])
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of("log.example/a", 13, d);
	sha256_hex(d, hex);
	snprintf(path, 256, "%s/log/%s%s", dir, hex, suffix);
	return access(path, F_OK) == 0;
}

static void
table(void)
{
	char path[256];

	ok(ask(0, 0, 3, other_key, "log.example/z", NULL) == 404, "an origin that nobody knows: 404");
	ok(ask(0, 0, 3, other_key, "log.example/a", NULL) == 403, "in the name of a log, by another key: 403");
	ok(ASK(0, 4, 3) == 400, "from a size that is larger: 400");
	ok(says(0, 2, 3, 409, "0\n"), "from a size that it has not signed: 409, and it has nothing");
	ok(!there("", path), "and nothing is remembered by any of these");
	ok(cosigned(0, 0, 3), "the first is signed");
	ok(there("", path), "and remembered");
	ok(cosigned(0, 3, 3), "the same once more, too");
	ok(says(0, 0, 9, 409, "3\n"), "from nothing again: 409, with the size");
	ok(cosigned(0, 3, 40), "what continues it is signed");
	ok(says(0, 3, 9, 409, "40\n"), "what is older is not");
	ok(says(0, 9, 9, 409, "40\n"), "nor if it says that it is as old");
	ok(!there(".fork", path), "none of which was a fork");
	ok(says(1, 40, 40, 409, "40\n"), "another root of the same size: 409");
	ok(there(".fork", path), "which is kept: the log has signed two trees");
	ok(says(1, 40, 50, 422, "the proof does not show that the checkpoint continues the one before\n"), "a fork that is larger: 422");
	ok(reopen() && says(1, 40, 40, 409, "40\n") && cosigned(0, 40, 41), "opened again it remembers");
	ok(ask(0, 0, 3, other_key, "log.example/b", NULL) == 200, "another log is another story");
}

static bool
answers_400(struct span body, void *ctx)
{
	struct witness_answer out = {.status = 0};

	(void)ctx;
	witness_add(&w, body, 1, &out);
	str_release(&out.body);
	return out.status == 200;
}

/* No bit of a submission is free but those of the line of a stranger. */
static void
flips(void)
{
	struct tree_source source = {hash, leaf[0]};
	struct submission s = {.old = 41};
	struct str note = {0}, body = {0};

	note_of(&note, 0, 60, log_key, "log.example/a");
	if (tree_extend(&source, 41, 60, &s.proof) != OK)
		abort();
	s.checkpoint = str_span(&note);
	submission_write(&body, &s);
	ok(flips_taken(str_span(&body), answers_400, NULL) == 0 && cuts_taken(str_span(&body), answers_400, NULL) == 0,
	    "no changed bit of %zu bytes is signed for, nor what ends early", body.len);
	ok(cosigned(0, 41, 60), "as it was it is");
	str_release(&note);
	str_release(&body);
}

/* Honest and forked submissions at random, the process opened anew now and then: what was signed is a chain. */
static void
walk(void)
{
	uint64_t at = 1, was = 60;
	unsigned i, signed_ = 0, wrong = 0, fork, status;
	int side = 0;

	for (i = 0; i < 2000; i++) {
		uint64_t old, size;

		at = at * 6364136223846793005u + 1442695040888963407u;
		fork = (at >> 33) & 1;
		old = (at >> 34) % 4 == 0 ? (at >> 40) % MANY : was;
		size = (at >> 36) % 4 == 0 ? (at >> 48) % (MANY + 1) : was < MANY ? was + (at >> 50) % 2 : was;
		status = ASK((int)fork, old, size);
		if (status == 200) {
			signed_++;
			wrong += old != was || size < was || (int)fork != side;
			was = size;
		} else {
			wrong += old == was && size >= was && (int)fork == side;
		}
		if (i % 100 == 99 && !reopen())
			wrong++;
	}
	ok(wrong == 0 && signed_ > 3, "%u of 2000 submissions signed, each continues the one before, none was refused that should not be", signed_);
}

static void
memory(void)
{
	char path[256], why[STORE_PATH_MAX + 256];
	struct witness second;
	struct key *stranger = key_of("x.example", KEY_WITNESS, 9);
	FILE *f;

	ok(witness_open(&second, dir, key, logs, 2) == ERR_STOPPED, "a second process is turned away: %s", second.why);
	witness_close(&second);
	ok(witness_init(dir, key_pub(key), why) == ERR_STOPPED, "and cannot begin anew");
	witness_close(&w);
	ok(witness_init(dir, key_pub(key), why) == ERR_CONTRADICT, "nor can anybody later: %s", why);
	ok(witness_open(&w, dir, stranger, logs, 2) == ERR_UNKNOWN, "another key is not this witness: %s", w.why);
	witness_close(&w);
	logs[1] = logs[0];
	ok(witness_open(&w, dir, key, logs, 2) == ERR_CONTRADICT, "a log is given once: %s", w.why);
	witness_close(&w);
	snprintf(logs[1].name, sizeof(logs[1].name), "log.example/b");
	(void)there("", path);
	f = fopen(path, "r+");
	if (f == NULL || fseek(f, 20, SEEK_SET) != 0 || fputc('9', f) != '9' || fclose(f) != 0)
		abort();
	ok(witness_open(&w, dir, key, logs, 1) == ERR_UNKNOWN, "a memory that was changed is not served: %s", w.why);
	witness_close(&w);
	if (truncate(path, 10) != 0)
		abort();
	ok(witness_open(&w, dir, key, logs, 1) == ERR_SYNTAX, "nor one that was cut: %s", w.why);
	witness_close(&w);
	key_free(stranger);
}

static int
rm_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

int
main(void)
{
	char why[STORE_PATH_MAX + 256];

	make();
	key = key_of("w.example", KEY_WITNESS, 1);
	log_key = key_of("log.example/a", KEY_SIGNER, 2);
	other_key = key_of("log.example/b", KEY_SIGNER, 3);
	logs[0] = *key_pub(log_key);
	logs[1] = *key_pub(other_key);
	if (mkdtemp(dir) == NULL)
		return 1;
	ok(witness_open(&w, dir, key, logs, 2) == ERR_OPEN, "a folder without a memory is none: %s", w.why);
	witness_close(&w);
	ok(witness_init(dir, key_pub(key), why) == OK && witness_open(&w, dir, key, logs, 2) == OK, "a witness is made");
	table();
	flips();
	walk();
	memory();
	nftw(dir, rm_one, 16, FTW_DEPTH | FTW_PHYS);
	key_free(key);
	key_free(log_key);
	key_free(other_key);
	return tap_done();
}
