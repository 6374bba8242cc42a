/*
 * errand: a process that was taken over takes the decoder's place and asks its parent for what the command line does not
 * name: each is refused with a message, nothing is made, the parent goes on, keeps no descriptor, and in the end nothing
 * that was to be kept takes its place.
 */
#include "cmd/errand_int.h"
#include "tap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static char base[] = "t_errand.XXXXXX";
static char work[64], said_file[64], out_file[96], out_folder[96], in_file[96], temp[96];

/* --- the parent, in a process of its own --- */

struct side { int fd; pid_t pid; };
enum { PUT = 0, NOT_PUT = 1, LEAKS = 2, LEFT = 4 };	/* its exit status */

static int
open_ones(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n;
}

static int
parent(int fd)
{
	const struct confined_path may[] = {{out_file, CONFINED_MAKE}, {out_folder, CONFINED_MAKE}, {in_file, CONFINED_READ},
	    {work, CONFINED_LIST}};
	int before = open_ones(), status;
	struct errands *e = errands_new("test", may, sizeof(may) / sizeof(*may), temp);

	errands_do(e, fd);
	status = errands_end(e, true) ? PUT : NOT_PUT;
	return status | (open_ones() != before ? LEAKS : 0);
}

static struct side
start(void)
{
	struct side s = {.fd = -1};
	int fd[2], to;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0)
		return s;
	fflush(stdout);
	s.pid = fork();
	if (s.pid == 0) {
		close(fd[0]);
		to = open(said_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (to < 0 || dup2(to, STDERR_FILENO) < 0)
			_exit(LEFT);
		close(to);
		alarm(60);
		_exit(parent(fd[1]));
	}
	close(fd[1]);
	s.fd = fd[0];
	return s;
}

static int
end(struct side s)
{
	int status = 0;

	close(s.fd);
	waitpid(s.pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : LEFT;
}

static bool
said(const char *what)
{
	static char text[1 << 20];
	int fd = open(said_file, O_RDONLY);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;

	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return strstr(text, what) != NULL;
}

/* --- what there is --- */

static unsigned
count(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	unsigned n = 0;

	while (d != NULL && (e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (d != NULL)
		closedir(d);
	return n;
}

/* The folders and the input are as they were: nothing is made in them or beside them. */
static bool
untouched(void)
{
	struct stat st;

	return count(base) == 2 && count(work) == 1 && count(temp) == 0 && stat(in_file, &st) == 0 && st.st_size == 1;
}

/* --- questions --- */

static bool
answer(int fd, struct errand_answer *a, int *with)
{
	union { struct cmsghdr align; char buf[CMSG_SPACE(sizeof(int))]; } control = {.buf = {0}};
	struct iovec to = {a, sizeof(*a)};
	struct msghdr m = {.msg_iov = &to, .msg_iovlen = 1, .msg_control = control.buf, .msg_controllen = sizeof(control.buf)};
	struct cmsghdr *c;

	*with = -1;
	if (recvmsg(fd, &m, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*a))
		return false;
	c = CMSG_FIRSTHDR(&m);
	if (c != NULL && c->cmsg_type == SCM_RIGHTS)
		memcpy(with, CMSG_DATA(c), sizeof(int));
	return true;
}

/* 1: yes; 0: no; -1: no answer. */
static int
asks(int fd, const struct errand *q)
{
	struct errand_answer a;
	int with;

	if (send(fd, q, sizeof(*q), MSG_NOSIGNAL) != (ssize_t)sizeof(*q) || !answer(fd, &a, &with))
		return -1;
	if (with >= 0)
		close(with);
	return a.good != 0 ? 1 : with >= 0 ? -1 : 0;
}

static struct errand
question(uint32_t what, uint32_t id, const char *path, const char *name)
{
	struct errand q = {.what = what, .id = id};

	memcpy(q.path, path, strnlen(path, sizeof(q.path)));
	memcpy(q.name, name, strnlen(name, sizeof(q.name)));
	return q;
}

/* Of a parent that has made a product (0) and a folder (1) for it, the product kept, the question is refused. */
static void
refused(const char *name, const struct errand *q, const char *message)
{
	const struct errand product = question(ERRAND_PRODUCT, 0, out_file, ""), folder = question(ERRAND_FOLDER, 0, out_folder, "");
	const struct errand keep = question(ERRAND_COMMIT, 0, "", ""), file = question(ERRAND_FILE, 1, "", "page.html");
	struct side s = start();
	bool made = asks(s.fd, &product) == 1 && asks(s.fd, &folder) == 1 && asks(s.fd, &keep) == 1;
	int no = asks(s.fd, q), goes_on = asks(s.fd, &file), status = end(s);

	ok(made && no == 0 && goes_on == 1 && status == NOT_PUT && untouched() && said(message) && said("nothing was written"),
	    "refused: %s (%d, %d, %d)", name, no, goes_on, status);
}

static void
paths(void)
{
	static char long_path[ERRAND_PATH + 1], above[128], beside[128], through[128];
	const struct { const char *name, *path; } all[] = {{"another file", beside}, {"one above", above}, {"one by way of ..", through},
	    {"an input", in_file}, {"its folder", work}, {"/etc/passwd", "/etc/passwd"}, {"nothing", ""}, {"4,095 bytes", long_path}};
	struct errand q;
	size_t i;

	memset(long_path, 'a', ERRAND_PATH - 1);
	snprintf(beside, sizeof(beside), "%s.more", out_file);
	snprintf(above, sizeof(above), "%s/../escaped", work);
	snprintf(through, sizeof(through), "%s/../work/out", work);
	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		q = question(ERRAND_PRODUCT, 0, all[i].path, "");
		refused(all[i].name, &q, "which the command line does not name for that");
		q.what = ERRAND_FOLDER;
		q.own = q.force = 1;
		refused("the same as a folder", &q, "which the command line does not name for that");
	}
	memset(long_path, 'a', ERRAND_PATH);
	q = question(ERRAND_PRODUCT, 0, long_path, "");
	refused("a path without an end", &q, "which the command line does not name for that");
	q = question(ERRAND_PRODUCT, 0, "\x1b[2Jx", "");
	refused("what steers a terminal, which is told without", &q, "asked for ");
	ok(!said("\x1b"), "and so it is");
}

static void
names(void)
{
	static char long_name[ERRAND_NAME + 1];
	static const char *const bad[] = {"../x", "/etc/x", "a/../../x", "..", "", "a b", "a\nb", "//x", "a//b", "x\\y", "x/", ".", "./x",
	    "a/.", "a/.."};
	struct errand q;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		q = question(ERRAND_FILE, 1, "", bad[i]);
		refused("a file of another name in the folder", &q, "whose name may lead elsewhere");
		q = question(ERRAND_TEMP_FILE, 0, "", bad[i]);
		refused("and in the temporary one", &q, "whose name may lead elsewhere");
	}
	ok(errand_name_good("AS64500/page.html") && errand_name_good("a..b") && errand_name_good(".x") && errand_name_good("x001/000.p/17"),
	    "what names of ours look like");
	memset(long_name, '/', ERRAND_NAME);
	q = question(ERRAND_FILE, 1, "", long_name);
	refused("a name without an end", &q, "whose name may lead elsewhere");
}

static void
ids(void)
{
	const uint32_t none[] = {2, ERRAND_ALL, 1u << 31, UINT32_MAX};
	struct errand q;
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(*none); i++) {
		q = question(ERRAND_COMMIT, none[i], "", "");
		refused("to keep what is not there", &q, "not being made");
		q = question(ERRAND_ABANDON, none[i], "", "");
		refused("to give it up", &q, "not being made");
		q = question(ERRAND_FILE, none[i], "", "x");
		refused("a file in it", &q, "not being made");
	}
	q = question(ERRAND_FILE, 0, "", "x");
	refused("a file in a product that is no folder", &q, "not being made");
	q = question(ERRAND_COMMIT, 0, "", "");
	refused("to keep once more", &q, "not being made");
	q = question(ERRAND_ABANDON, 0, "", "");
	refused("to give up what was kept", &q, "not being made");
	q = question(ERRAND_N, 0, out_file, "x");
	refused("what no errand is", &q, "what no errand is");
	q = question(UINT32_MAX, 0, out_file, "x");
	refused("nor is this", &q, "what no errand is");
}

/* --- messages --- */

static void
lengths(void)
{
	static char bytes[sizeof(struct errand) + 100000];
	const size_t some[] = {1, 4, sizeof(struct errand) - 1, sizeof(struct errand) + 1, sizeof(bytes)};
	const struct errand product = question(ERRAND_PRODUCT, 0, out_file, "");
	struct errand_answer a;
	struct side s;
	int with, status;
	size_t i;
	bool no;

	memcpy(bytes, &product, sizeof(product));
	for (i = 0; i < sizeof(some) / sizeof(*some); i++) {
		s = start();
		no = send(s.fd, bytes, some[i], MSG_NOSIGNAL) == (ssize_t)some[i] && answer(s.fd, &a, &with) && a.good == 0 && with < 0;
		no = no && asks(s.fd, &product) == 1;
		status = end(s);
		ok(no && status == NOT_PUT && untouched() && said("which is no question"), "refused: a message of %zu bytes (%d)", some[i], status);
	}
	s = start();
	no = send(s.fd, bytes, 0, MSG_NOSIGNAL) == 0;
	status = end(s);
	ok(no && status == PUT && untouched(), "one of no bytes is the end (%d)", status);
}

static void
floods(void)
{
	const struct errand bad = question(ERRAND_PRODUCT, 0, "/etc/passwd", ""), good = question(ERRAND_PRODUCT, 0, out_file, "");
	const struct errand part = question(ERRAND_COMMIT, 0, "", "");
	struct side s = start();
	int i, no = 0, yes = 0, status;

	for (i = 0; i < 100000 && asks(s.fd, &bad) == 0; i++)
		no++;
	status = end(s);
	ok(no == (int)ERRAND_REFUSED_MAX && status == NOT_PUT && untouched() && said("is answered no more"),
	    "who asks on and on is answered %d times (%d)", no, status);
	s = start();
	for (i = 0; i < 1000 && asks(s.fd, &good) == 1; i++)
		yes++;
	status = end(s);
	ok(yes == ERRAND_ALL && status == NOT_PUT && untouched() && said("more than 16 products"), "%d products, and no more (%d)", yes, status);
	s = start();
	fcntl(s.fd, F_SETFL, O_NONBLOCK);	/* never listens */
	for (i = 0; i < 100000 && send(s.fd, &bad, sizeof(bad), MSG_NOSIGNAL) > 0; i++)
		;
	status = end(s);
	ok(status == NOT_PUT && untouched(), "who asks, does not listen and goes is no harm (%d)", status);
	s = start();
	yes = asks(s.fd, &good) == 1 && asks(s.fd, &part) == 1;
	status = end(s);
	ok(yes && status == PUT && count(work) == 2 && !said("asked for"), "and an honest one has its product (%d)", status);
	unlink(out_file);
}

static void
descriptors(void)
{
	enum { MANY = 200 };
	union { struct cmsghdr align; char buf[CMSG_SPACE(MANY * sizeof(int))]; } control;
	struct errand q = question(ERRAND_PRODUCT, 0, out_file, "");
	struct iovec from = {&q, sizeof(q)};
	struct msghdr m = {.msg_iov = &from, .msg_iovlen = 1};
	struct cmsghdr *c;
	struct errand_answer a;
	struct side s = start();
	int i, with, sent = 0, yes = 0, status, fd = open("/dev/null", O_RDONLY);
	size_t k;

	for (i = 0; i < 10; i++) {
		memset(&control, 0, sizeof(control));
		m.msg_control = control.buf;
		m.msg_controllen = sizeof(control.buf);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(MANY * sizeof(int));
		for (k = 0; k < MANY; k++)
			memcpy(CMSG_DATA(c) + k * sizeof(int), &fd, sizeof(fd));
		sent += sendmsg(s.fd, &m, MSG_NOSIGNAL) == (ssize_t)sizeof(q);
		if (answer(s.fd, &a, &with) && a.good != 0 && with >= 0)
			yes++;
		close(with);
	}
	q = question(ERRAND_ABANDON, 0, "", "");
	for (i = 0; i < 10; i++, q.id++)
		(void)asks(s.fd, &q);
	status = end(s);
	ok(sent == 10 && yes == 10 && status == PUT && untouched(), "%d descriptors sent along are not taken (%d, %d)", MANY * sent, yes, status);
	close(fd);
}

int
main(void)
{
	int fd;

	if (mkdtemp(base) == NULL)
		return 1;
	snprintf(work, sizeof(work), "%s/work", base);
	snprintf(said_file, sizeof(said_file), "%s.said", base);
	snprintf(out_file, sizeof(out_file), "%s/out", work);
	snprintf(out_folder, sizeof(out_folder), "%s/folder", work);
	snprintf(in_file, sizeof(in_file), "%s/in", work);
	snprintf(temp, sizeof(temp), "%s/temp", base);
	if (mkdir(work, 0700) != 0 || mkdir(temp, 0700) != 0)
		return 1;
	fd = open(in_file, O_WRONLY | O_CREAT, 0600);
	if (write(fd, "x", 1) != 1)
		return 1;
	close(fd);
	paths();
	names();
	ids();
	lengths();
	floods();
	descriptors();
	unlink(said_file);
	unlink(in_file);
	rmdir(work);
	rmdir(temp);
	rmdir(base);
	return tap_done();
}
