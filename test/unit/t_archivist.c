/* The archivist: what goes by way of it gives the same file as what goes straight in; who ends leaves the archive as it was;
 * what is out of turn, of no form, or contradicts itself is stored by nobody. */
#include "cmd/archivist.h"
#include "cmd/archivist_int.h"
#include "parcel_hand.h"
#include "tap.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

static char dir[] = "/tmp/t_archivist.XXXXXX";
static char path[80], other[80];

static pid_t
begin(const char *archive, int *fd)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		abort();
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(pair[0]);
		_exit(archivist_serve(pair[1], archive) ? 0 : 1);
	}
	close(pair[1]);
	*fd = pair[0];
	return pid;
}

static int
ended(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static bool
is_there(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0;
}

/* --- the same as straight --- */

static enum err
rows_by(const struct hand_month *m, uint32_t n, enum archive_fate *fate)
{
	uint32_t *asns = xcalloc(n, sizeof(*asns)), i;
	uint8_t basis[SHA256_BYTES];
	struct archive_row row = m->row;
	struct str bytes = {0};
	char name[32];
	enum err e;

	for (i = 0; i < n; i++)
		asns[i] = 64500 + i;
	archive_basis(&m->head, asns, n, basis);
	free(asns);
	e = archivist_begin(&m->head, basis, NULL);
	for (i = 0; i < n && e == OK; i++) {
		row.asn = 64500 + i;
		snprintf(name, sizeof(name), "HAND-%u", i);
		row.name = name;
		str_clear(&bytes);
		row_write(&bytes, &row);
		e = archivist_put(str_span(&bytes));
	}
	str_release(&bytes);
	return e == OK ? archivist_commit(fate) : e;
}

static enum err
window_by(const struct hand_window *h, enum archive_fate *fate)
{
	uint8_t basis[SHA256_BYTES], content[SHA256_BYTES];
	struct sha256 s;
	enum err e;
	size_t i;

	archive_window_basis(&h->w, basis);
	archive_found_begin(&s);
	for (i = 0; i < h->n; i++)
		archive_found_add(&s, &h->i[i]);
	archive_found_end(&s, &h->w, content);
	e = archivist_window(&h->w, basis, content);
	for (i = 0; i < h->n && e == OK; i++)
		e = archivist_incident(&h->i[i]);
	return e == OK ? archivist_commit(fate) : e;
}

#define NETWORKS 3000	/* more than one batch */

static void
straight(struct hand_parcels *h, const struct hand_month *one)
{
	const struct exposed_document *d = &h->p[h->n - 1].exposures;
	enum archive_fate fate, fates[8] = {ARCHIVE_THERE, ARCHIVE_THERE};
	struct archive *a = NULL;
	struct str why = {0};

	ok(archive_open(&a, other, ARCHIVE_WRITE, &why) == OK && hand_put_many(a, &h->month, NETWORKS, &fate) == OK &&
	    hand_put_many(a, one, 2, &fate) == OK && hand_window_put(a, &h->window, &fate) == OK &&
	    archive_exposures_put(a, d, fates) == OK, "straight into an archive");
	archive_close(a);
	str_release(&why);
}

/* In the process that has the archivist, which archivist_start makes the only one. */
static void
by_way(struct hand_parcels *h, const struct hand_month *one)
{
	const struct exposed_document *d = &h->p[h->n - 1].exposures;
	enum archive_fate fate = ARCHIVE_THERE, fates[8] = {ARCHIVE_THERE, ARCHIVE_THERE};
	struct archive_row row = one->row;
	struct str mine, theirs, bytes = {0};
	uint8_t basis[SHA256_BYTES] = {0};
	pid_t pid;
	int fd;

	pid = begin(path, &fd);
	archivist_start(fd);
	ok(archivist_able() && !is_there(path), "there is no archive before anything is begun");
	ok(rows_by(&h->month, NETWORKS, &fate) == OK && fate == ARCHIVE_NEW, "an assessment: %s", archivist_why());
	ok(rows_by(one, 2, &fate) == OK && fate == ARCHIVE_NEW, "another");
	ok(window_by(&h->window, &fate) == OK && fate == ARCHIVE_NEW, "a window: %s", archivist_why());
	ok(archivist_exposures(d, fates) == OK && fates[0] == ARCHIVE_NEW && fates[d->n - 1] == ARCHIVE_NEW, "exposures: %s", archivist_why());
	mine = hand_file(path);
	theirs = hand_file(other);
	ok(mine.len > 10000 && span_eq(str_span(&mine), str_span(&theirs)), "give the same file, byte for byte, as straight (%zu)", mine.len);
	ok(rows_by(&h->month, NETWORKS, &fate) == OK && fate == ARCHIVE_THERE, "the same again was there");
	ok(archivist_exposures(d, fates) == OK && fates[0] == ARCHIVE_THERE, "so were the exposures");

	/* what is wrong in a row is told at the end, and why stays told */
	archive_basis(&one->head, &row.asn, 1, basis);
	ok(archivist_begin(&one->head, basis, NULL) == OK && archivist_put(SPAN("no row")) == OK && archivist_put(SPAN("nor this")) == OK,
	    "rows wait for no answer");
	ok(archivist_commit(&fate) != OK && strstr(archivist_why(), "row") != NULL, "the commit tells: %s", archivist_why());
	archivist_rollback();
	ok(strstr(archivist_why(), "row") != NULL, "and it stays told");

	row.asn = 65000;	/* another than the basis is over */
	row_write(&bytes, &row);
	ok(archivist_begin(&one->head, basis, NULL) == OK && archivist_put(str_span(&bytes)) == OK && archivist_commit(&fate) == ERR_CONTRADICT &&
	    strstr(archivist_why(), "basis") != NULL, "a basis that is not that of the networks is none: %s", archivist_why());
	str_release(&theirs);
	theirs = hand_file(path);
	ok(span_eq(str_span(&mine), str_span(&theirs)), "of all that nothing is in the file");

	kill(pid, SIGKILL);
	ended(pid);
	ok(archivist_begin(&one->head, basis, NULL) != OK && strstr(archivist_why(), "has ended") != NULL, "who was killed is missed: %s", archivist_why());
	ok(archivist_put(str_span(&bytes)) != OK && archivist_commit(&fate) != OK, "and stays missed");
	str_release(&mine);
	str_release(&theirs);
	str_release(&bytes);
}

/* --- who sends is hostile --- */

static bool
send_one(int fd, const struct parcel *p)
{
	struct str s = {0};
	bool good = parcel_write(&s, p) && outbox_send(fd, str_span(&s));

	str_release(&s);
	return good;
}

static void
out_of_turn(struct hand_parcels *h)
{
	static const unsigned turns[][2] = {{PARCEL_ROW, PARCEL_N}, {PARCEL_INCIDENT, PARCEL_N}, {PARCEL_COMMIT, PARCEL_N},
		{PARCEL_ANSWER, PARCEL_N}, {PARCEL_ASSESSMENT, PARCEL_WINDOW}, {PARCEL_ASSESSMENT, PARCEL_ASSESSMENT},
		{PARCEL_ASSESSMENT, PARCEL_INCIDENT}, {PARCEL_WINDOW, PARCEL_ROW}, {PARCEL_ASSESSMENT, PARCEL_EXPOSURES}};
	size_t i, k, m, refused = 0, n = sizeof(turns) / sizeof(*turns);
	pid_t pid;
	int fd;

	for (i = 0; i < n; i++) {
		unlink(path);
		pid = begin(path, &fd);
		for (k = 0; k < 2; k++)
			for (m = 0; m < h->n; m++)
				if ((unsigned)h->p[m].kind == turns[i][k]) {
					struct parcel p = h->p[m];

					if (p.kind == PARCEL_WINDOW)
						archive_window_basis(&p.window, p.basis);
					(void)send_one(fd, &p);
					break;
				}
		shutdown(fd, SHUT_WR);
		refused += ended(pid) == 1;
		close(fd);
	}
	ok(refused == n, "what is out of turn ends it (%zu of %zu)", refused, n);
}

static void
of_no_form(void)
{
	static const char *const frames[] = {"\xff\xff\xff\xff\x01", "\x00\x00\x00\x00\x7f", "\x00\x00\x00\x00\x05"};
	size_t i, refused = 0;
	pid_t pid;
	int fd;

	unlink(path);
	for (i = 0; i < 3; i++) {
		pid = begin(path, &fd);
		(void)outbox_send(fd, (struct span){frames[i], PARCEL_FRAME});
		shutdown(fd, SHUT_WR);
		refused += ended(pid) == 1;
		close(fd);
	}
	ok(refused == 3 && !is_there(path), "so does what has no frame, and a commit of nothing; no archive is made");
}

static enum err
answer_of(int fd, struct arena *a, const char **why)
{
	struct parcel_inbox in = {.fd = fd};
	const char *field = NULL;
	enum parcel_kind kind;
	struct parcel p;
	struct span body;
	enum err e = ERR_IO;

	if (inbox_take(&in, &kind, &body) == INBOX_ONE && parcel_read(kind, arena_span(a, body), a, &p, &field) == OK) {
		*why = p.why;
		e = p.err;
	}
	str_release(&in.bytes);
	return e;
}

/* In a frame that is one, what is none inside. */
static void
contradicts(struct hand_parcels *h)
{
	struct parcel p = h->p[3], i = h->p[4];
	struct arena *a = arena_new();
	const char *why = "";
	pid_t pid;
	int fd;

	unlink(path);
	pid = begin(path, &fd);
	ok(send_one(fd, &p) && answer_of(fd, a, &why) == ERR_CONTRADICT && strstr(why, "basis") != NULL && !is_there(path),
	    "a window with the basis of another is refused before the archive is made: %s", why);
	archive_window_basis(&p.window, p.basis);
	p.window.looked_for = 1u << OFF_LEAK;
	archive_window_basis(&p.window, p.basis);
	ok(send_one(fd, &p) && answer_of(fd, a, &why) == OK, "then another can be begun");
	ok(send_one(fd, &i) && send_one(fd, &(struct parcel){.kind = PARCEL_COMMIT}) && answer_of(fd, a, &why) == ERR_CONTRADICT &&
	    strstr(why, "incident.class") != NULL, "an incident of a class that it did not look for is no part of it: %s", why);
	close(fd);
	ok(ended(pid) == 0, "an end is an end");
	arena_free(a);
}

/* Who sends dies in the middle of a parcel, and of a window. */
static void
half(struct hand_parcels *h)
{
	struct parcel p = h->p[3];
	struct arena *a = arena_new();
	struct archive *ar = NULL;
	struct str s = {0}, why = {0};
	const char *said = "";
	pid_t pid;
	int fd;

	unlink(path);
	pid = begin(path, &fd);
	archive_window_basis(&p.window, p.basis);
	ok(send_one(fd, &p) && answer_of(fd, a, &said) == OK && parcel_write(&s, &h->p[4]) &&
	    outbox_send(fd, (struct span){s.p, s.len - 1}), "half of an incident");
	close(fd);
	ok(ended(pid) == 0, "is the end of who sent it");
	ok(archive_open(&ar, path, ARCHIVE_READ, &why) == ERR_UNKNOWN && strstr(why.p, "nothing was archived") != NULL,
	    "and nothing of the window is kept: %s", why.p);
	str_release(&s);
	str_release(&why);
	arena_free(a);
}

/* Who asks and hears nothing must not wait for ever, and is not waited for. */
static void
unheard(struct hand_parcels *h)
{
	struct parcel p = h->p[3];
	pid_t pid;
	int fd;

	unlink(path);
	pid = begin(path, &fd);
	archive_window_basis(&p.window, p.basis);
	(void)shutdown(fd, SHUT_RD);	/* its answer does not go out; ours stays open */
	ok(send_one(fd, &p) && ended(pid) == 0, "an answer that does not go out is the end");
	close(fd);
}

int
main(void)
{
	struct hand_month one;
	struct hand_parcels h;

	alarm(120);	/* two that wait for each other are a failure, too */
	if (mkdtemp(dir) == NULL)
		return 1;
	snprintf(path, sizeof(path), "%s/a.rma", dir);
	snprintf(other, sizeof(other), "%s/b.rma", dir);
	hand_parcels(&h);
	hand_month(&one, 4, 1, 1, 0);
	straight(&h, &one);
	by_way(&h, &one);
	out_of_turn(&h);
	of_no_form();
	contradicts(&h);
	half(&h);
	unheard(&h);
	hand_parcels_release(&h);
	unlink(path);
	unlink(other);
	rmdir(dir);
	return tap_done();
}
