/* log witness: whoever read the answers was taken over, and hands on what no witness has signed: nothing is published of it. */
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/log_witness_int.h"
#include "cmd/mark.h"
#include "seal.h"
#include "seal/cosigned.h"
#include "seal/log.h"
#include "tap.h"

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

static char dir[] = "t_log_witness.XXXXXX";
static char said_file[64];
static struct arena *a;
static struct key *of_log, *w1, *w2, *stranger;
static struct str policy;

/* With a zero behind it. */
static struct span
checkpoint(void)
{
	char path[80], *buf = arena_alloc(a, 65536);
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/checkpoint", dir);
	fd = open(path, O_RDONLY);
	n = read(fd, buf, 65535);
	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return span_of(buf);
}

static struct span
text(void)
{
	struct span all = checkpoint();
	const char *end = strstr(all.p, "\n\n");

	return end != NULL ? (struct span){all.p, (size_t)(end - all.p) + 1} : all;
}

static struct span
line_by(const struct key *k, struct span over)
{
	struct str s = {0};
	struct span line;

	note_add(&s, over, k, 7);
	line = arena_span(a, (struct span){s.p, s.len - 1});
	str_release(&s);
	return line;
}

/* The exit status, with what is said on stdout and stderr in said_file. */
static int
keep(struct span told)
{
	const struct witnessing w = {.dir = dir, .policy_path = "policy", .policy = str_span(&policy)};
	int to = open(said_file, O_WRONLY | O_CREAT | O_TRUNC, 0600), out, err, status;

	fflush(stdout);
	out = dup(STDOUT_FILENO);
	err = dup(STDERR_FILENO);
	dup2(to, STDOUT_FILENO);
	dup2(to, STDERR_FILENO);
	status = log_witness_keep(&w, told);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	close(to);
	return status;
}

static bool
said(const char *what)
{
	static char buf[65536];
	int fd = open(said_file, O_RDONLY);
	ssize_t n = fd >= 0 ? read(fd, buf, sizeof(buf) - 1) : -1;

	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	return strstr(buf, what) != NULL;
}

static void
refused(const char *name, struct span over, struct cosigned_line one, struct cosigned_line two, size_t n, const char *message)
{
	struct cosigned_line lines[2] = {one, two};
	const struct cosigned c = {.lines = lines, .n = n, .text = over};
	struct span before = checkpoint();
	struct str told = {0};
	int status;

	cosigned_write(&told, &c);
	status = keep(str_span(&told));
	ok(status == EXIT_UNANSWERED && span_eq(before, checkpoint()) && said(message), "refused: %s (%d)", name, status);
	str_release(&told);
}

#define FORGED "what no witness has signed"

static void
lies(void)
{
	const struct span t = text(), other = SPAN("log.example/l\n9\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
	struct cosigned_line good = {0, line_by(w1, t)};

	refused("another key's line as a witness's", t, (struct cosigned_line){0, line_by(stranger, t)}, good, 1, FORGED);
	refused("one witness's as another's", t, (struct cosigned_line){1, line_by(w1, t)}, good, 1, FORGED);
	refused("one over another checkpoint", t, (struct cosigned_line){0, line_by(w1, other)}, good, 1, FORGED);
	refused("a witness that the policy has not", t, (struct cosigned_line){2, line_by(w1, t)}, good, 1, FORGED);
	refused("a good one with one that is not", t, good, (struct cosigned_line){1, line_by(w1, t)}, 2, FORGED);
	refused("the log's own signature", t, (struct cosigned_line){0, line_by(of_log, t)}, good, 1, FORGED);
	refused("a line with more behind it", t, (struct cosigned_line){0, arena_span(a, span_of(arena_printf(a, "%.*s x",
	    (int)good.line.len, good.line.p)))}, good, 1, FORGED);
	refused("another checkpoint, with a good line over that", other, (struct cosigned_line){0, line_by(w1, other)}, good, 1,
	    "another checkpoint was signed meanwhile");
	ok(keep(SPAN("")) == EXIT_UNANSWERED && said(FORGED) && keep(SPAN("nonsense")) == EXIT_UNANSWERED, "and nothing, or nonsense");
}

static void
truth(void)
{
	const struct span t = text();
	struct cosigned_line lines[2] = {{0, line_by(w1, t)}, {1, line_by(w2, t)}};
	struct cosigned c = {.lines = lines, .n = 1, .text = t};
	struct str told = {0};

	cosigned_write(&told, &c);
	ok(keep(str_span(&told)) == EXIT_UNANSWERED && said("quorum: not met"), "one of two that are needed is not enough");
	c.n = 2;
	str_clear(&told);
	cosigned_write(&told, &c);
	ok(keep(str_span(&told)) == EXIT_DONE && said("quorum: met"), "both are");
	ok(strstr(checkpoint().p, lines[0].line.p) != NULL && strstr(checkpoint().p, lines[1].line.p) != NULL, "and are published");
	c.forked = true;
	str_clear(&told);
	cosigned_write(&told, &c);
	ok(keep(str_span(&told)) == EXIT_NO, "who has seen another history is heard");
	str_release(&told);
}

/* A log that another writes while a mark is made: what was found in it is of no use. */
static void
looked(void)
{
	const struct mark_cmd o = {.log = "log"};
	struct log l = {.size = 7, .root = {{1, 2, 3}}};
	struct mark_stands s = {.size = 7};
	int to = open(said_file, O_WRONLY | O_TRUNC), err;
	bool same, larger, other;

	sha256_hex(l.root.b, s.root);
	err = dup(STDERR_FILENO);
	dup2(to, STDERR_FILENO);
	same = mark_look_holds(&o, &s, &l);
	l.size++;
	larger = mark_look_holds(&o, &s, &l);
	l.size--;
	l.root.b[31] = 1;
	other = mark_look_holds(&o, &s, &l);
	dup2(err, STDERR_FILENO);
	close(err);
	close(to);
	ok(same && !larger && !other && said("was written by another meanwhile"), "a log that grew, or is another, is not what was read");
}

static int
gone(const char *path, const struct stat *st, int type, struct FTW *f)
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
	const struct span entry = SPAN("entry");
	struct log *l = malloc(sizeof(*l));
	uint64_t first;

	a = arena_new();
	of_log = key_of("log.example/l", KEY_SIGNER, 1);
	w1 = key_of("w.example/a", KEY_WITNESS, 2);
	w2 = key_of("w.example/b", KEY_WITNESS, 3);
	stranger = key_of("w.example/a", KEY_WITNESS, 4);
	if (mkdtemp(dir) == NULL || log_init(dir, of_log, why) != OK || log_open(l, dir, true) != OK ||
	    log_append(l, &entry, 1, &first) != OK || log_checkpoint(l, of_log, false) != OK)
		return 1;
	log_close(l);
	free(l);
	snprintf(said_file, sizeof(said_file), "%s/said", dir);
	str_adds(&policy, "log ");
	key_vkey_write(&policy, key_pub(of_log));
	str_adds(&policy, "\nwitness a ");
	key_vkey_write(&policy, key_pub(w1));
	str_adds(&policy, "\nwitness b ");
	key_vkey_write(&policy, key_pub(w2));
	str_adds(&policy, "\ngroup g all a b\nquorum g\n");
	lies();
	truth();
	looked();
	nftw(dir, gone, 16, FTW_DEPTH | FTW_PHYS);
	str_release(&policy);
	key_free(of_log);
	key_free(w1);
	key_free(w2);
	key_free(stranger);
	arena_free(a);
	return tap_done();
}
