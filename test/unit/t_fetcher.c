/*
 * fetcher: who asks was taken over, and asks for what the command line does not name: another host, another protocol, what
 * lies beside the log. Each is refused with a message, nobody is connected to, and the fetcher goes on; what may be asked
 * for is connected to.
 */
#include "cmd/fetcher_int.h"
#include "seal.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char said_file[] = "t_fetcher.XXXXXX";
static char log_url[64], other_url[64], witness_url[80], post_url[96];
static struct str policy;
static int log_at, other_at;		/* sockets that listen and never answer */

enum { GOOD = 0, REFUSED = 1, LEAKS = 2, LEFT = 4 };	/* the exit status of a fetcher here */

struct side { int fd; pid_t pid; };

static int
listens(char *url, size_t size)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (bind(fd, (const struct sockaddr *)&at, len) != 0 || listen(fd, 64) != 0 || getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return -1;
	snprintf(url, size, "http://127.0.0.1:%u", ntohs(at.sin_port));
	return fd;
}

/* How often somebody has connected since. */
static int
connected(int fd)
{
	int n = 0, c;

	while ((c = accept(fd, NULL, NULL)) >= 0) {
		close(c);
		n++;
	}
	return n;
}

static int
open_ones(void)
{
	int i, n = 0;

	for (i = 0; i < 256; i++)
		n += fcntl(i, F_GETFD) >= 0;
	return n;
}

static int
fetcher(int fd)
{
	const struct fetcher_may may = {.log = log_url, .policy = str_span(&policy)};
	const char *why = NULL;
	struct fetch *net = fetch_new(&why);
	int before = open_ones(), status;

	status = fetcher_do("test", &may, net, why, fd) ? GOOD : REFUSED;
	return status | (open_ones() > before ? LEAKS : 0);
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
		to = open(said_file, O_WRONLY | O_TRUNC);
		if (to < 0 || dup2(to, STDERR_FILENO) < 0)
			_exit(LEFT);
		close(to);
		alarm(60);
		_exit(fetcher(fd[1]));
	}
	close(fd[1]);
	s.fd = fd[0];
	fetcher_use(&(struct fetcher){.fd = s.fd, .pid = s.pid});
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

/* What is answered, and why; body.p NULL: a GET. */
static enum err
asks(const char *url, struct span body, const char **why)
{
	static char text[512];
	struct arena *a = arena_new();
	struct fetch_answer got = {.status = 0};
	enum err e = fetcher_ask(url, body, 1000, 100, &got, a, why);

	snprintf(text, sizeof(text), "%s", *why != NULL ? *why : "");
	*why = text;
	str_release(&got.body);
	arena_free(a);
	return e;
}

static bool
there(void)
{
	struct arena *a = arena_new();
	const char *why = NULL;
	bool good = fetcher_ready(a, &why) == OK;

	arena_free(a);
	return good;
}

#define NO_BODY ((struct span){NULL, 0})

static void
refused(const char *name, const char *url, struct span body)
{
	struct side s = start();
	const char *why = NULL;
	enum err e = asks(url, body, &why);
	bool no = e == ERR_IO && strcmp(why, "it may not be asked for") == 0, goes_on = there();
	int status = end(s), met = connected(log_at) + connected(other_at);

	ok(no && goes_on && status == REFUSED && met == 0 && said("which the command line does not name"), "refused: %s (%s, %d, %d)",
	    name, why, status, met);
}

static void
addresses(void)
{
	static const char *const below[] = {"/log/../secret", "/log/a/../../secret", "/log/%2e%2e/secret", "/log/..", "/log//x", "/logs/x",
	    "/log", "/log/", "/secret", "/log/x?y", "/log/x#y", "/log/ x", "/log/x\r\nHost: x", "/log/\x7f", "/log/./x"};
	static const char *const elsewhere[] = {"file:///etc/passwd", "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/",
	    "", "checkpoint", "/etc/passwd", "//127.0.0.1/", "HTTP://127.0.0.1/"};
	char url[256], long_url[FETCHER_URL];
	const char *why = NULL;
	struct side s;
	size_t i;
	enum err e;

	for (i = 0; i < sizeof(below) / sizeof(*below); i++) {
		snprintf(url, sizeof(url), "%.*s%s", (int)(strlen(log_url) - 4), log_url, below[i]);
		refused("a path beside the log", url, NO_BODY);
	}
	for (i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++)
		refused("another protocol", elsewhere[i], NO_BODY);
	snprintf(url, sizeof(url), "%s/log/checkpoint", other_url);
	refused("another host", url, NO_BODY);
	snprintf(url, sizeof(url), "http://user@%s/checkpoint", log_url + strlen("http://"));
	refused("another user", url, NO_BODY);
	snprintf(url, sizeof(url), "%s@%s/checkpoint", log_url, other_url + strlen("http://"));
	refused("another host behind that", url, NO_BODY);
	refused("to read from a witness", post_url, NO_BODY);
	snprintf(url, sizeof(url), "%s/checkpoint", log_url);
	refused("to write to a log", url, SPAN("x"));
	refused("to write to a witness elsewhere", witness_url, SPAN("x"));
	snprintf(url, sizeof(url), "%sx", post_url);
	refused("and to another", url, SPAN("x"));
	memset(long_url, 'a', sizeof(long_url) - 1);
	long_url[sizeof(long_url) - 1] = '\0';
	memcpy(long_url, other_url, strlen(other_url));
	refused("4,095 bytes", long_url, NO_BODY);
	s = start();
	snprintf(url, sizeof(url), "%s/checkpoint", log_url);
	e = asks(url, NO_BODY, &why);
	ok(e == ERR_LIMIT && connected(log_at) == 1 && connected(other_at) == 0 && end(s) == GOOD, "a file of the log is asked for (%s)", why);
}

static void
witnesses(void)
{
	const char *why = NULL;
	struct side s = start();
	unsigned i, n = 0;
	enum err e;

	for (i = 0; i < SUBMISSION_TRIES; i++)
		n += asks(post_url, SPAN("x"), &why) == ERR_LIMIT;
	ok(n == SUBMISSION_TRIES && connected(other_at) == (int)n, "a witness of the policy is asked %u times", n);
	e = asks(post_url, SPAN("x"), &why);
	ok(e == ERR_IO && connected(other_at) == 0 && end(s) == REFUSED, "and not once more");
}

/* --- messages --- */

static bool
is_refusal(int fd)
{
	struct fetcher_answer a;

	return recv(fd, &a, sizeof(a), MSG_TRUNC) == (ssize_t)sizeof(a) && a.error != OK && a.len == 0;
}

static void
lengths(void)
{
	static struct { struct fetcher_question q; char body[SUBMISSION_BYTES_MAX + 1000]; } m;
	const size_t some[] = {1, sizeof(m.q) - 1, sizeof(m.q) + 1, FETCHER_MESSAGE + 1, sizeof(m)};
	struct side s;
	int status;
	size_t i;
	bool no;

	m.q = (struct fetcher_question){.what = FETCHER_POST, .ms = UINT32_MAX, .max = UINT64_MAX, .len = 0};
	memcpy(m.q.url, post_url, strlen(post_url));
	for (i = 0; i < sizeof(some) / sizeof(*some); i++) {
		s = start();
		no = send(s.fd, &m, some[i], MSG_NOSIGNAL) == (ssize_t)some[i] && is_refusal(s.fd) && there();
		status = end(s);
		ok(no && status == REFUSED && connected(other_at) == 0, "refused: a message of %zu bytes (%d)", some[i], status);
	}
	m.q.what = 17;
	s = start();
	no = send(s.fd, &m, sizeof(m.q), MSG_NOSIGNAL) > 0 && is_refusal(s.fd);
	ok(no && end(s) == REFUSED && connected(other_at) == 0, "and what is no question");
	m.q.what = FETCHER_GET;
	memset(m.q.url, 'a', sizeof(m.q.url));
	s = start();
	no = send(s.fd, &m, sizeof(m.q), MSG_NOSIGNAL) > 0 && is_refusal(s.fd);
	ok(no && end(s) == REFUSED, "and an address without an end");
	s = start();
	no = send(s.fd, &m, 0, MSG_NOSIGNAL) == 0;
	ok(no && end(s) == GOOD, "a message of no bytes is the end");
}

static void
floods(void)
{
	struct side s = start();
	const char *why = NULL;
	int i, no = 0, status;

	for (i = 0; i < 100000; i++) {
		if (asks("file:///etc/passwd", NO_BODY, &why) != ERR_IO || strcmp(why, "it may not be asked for") != 0)
			break;
		no++;
	}
	status = end(s);
	ok(no == (int)ERRAND_REFUSED_MAX && status == REFUSED && said("answers no more") &&
	    strcmp(why, "the process that fetches has ended") == 0, "who asks on and on is answered %d times (%s)", no, why);
}

/* --- a fetcher that was taken over, too --- */

/* What is made of an answer of n bytes, and of pieces of these lengths behind it (0: the end); max is 1000. */
static enum err
lied_to(const struct fetcher_answer *a, size_t n, const size_t pieces[static 3], size_t *got)
{
	static char bytes[FETCHER_PIECE + 10];
	struct arena *arena = arena_new();
	struct fetch_answer out = {.status = 0};
	const char *why = NULL;
	int fd[2], i;
	enum err e = ERR_STOPPED;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) == 0 && send(fd[1], a, n, 0) == (ssize_t)n) {
		for (i = 0; i < 3 && pieces[i] > 0; i++)
			(void)!send(fd[1], bytes, pieces[i], 0);
		shutdown(fd[1], SHUT_WR);
		fetcher_use(&(struct fetcher){.fd = fd[0]});
		e = fetcher_ask("http://x/", NO_BODY, 1000, 100, &out, arena, &why);
		close(fd[0]);
		close(fd[1]);
	}
	*got = out.body.len;
	str_release(&out.body);
	arena_free(arena);
	return e;
}

static void
lies(void)
{
	static struct { struct fetcher_answer a; char more[10]; } m;
	static const struct { const char *name; uint64_t len; size_t pieces[3]; enum err want; } all[] = {
		{"what was announced", 1000, {600, 400, 0}, OK}, {"nothing", 0, {0, 0, 0}, OK}, {"less", 1000, {600, 0, 0}, ERR_IO},
		{"more", 1000, {600, 401, 0}, ERR_IO}, {"more than was asked for", 1001, {1001, 0, 0}, ERR_IO},
		{"all there is", UINT64_MAX, {1000, 0, 0}, ERR_IO}, {"a piece that is too long", 1000, {FETCHER_PIECE + 1, 0, 0}, ERR_IO},
	};
	const size_t none[3] = {0, 0, 0};
	size_t i, got = 0;
	enum err e;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		m.a = (struct fetcher_answer){.error = OK, .status = 200, .len = all[i].len};
		e = lied_to(&m.a, sizeof(m.a), all[i].pieces, &got);
		ok(e == all[i].want && got <= 1000, "of a fetcher that sends %s: %zu bytes, %s", all[i].name, got, err_text(e));
	}
	m.a.len = 0;
	ok(lied_to(&m.a, sizeof(m.a) - 1, none, &got) == ERR_IO && lied_to(&m.a, sizeof(m.a) + 1, none, &got) == ERR_IO &&
	    lied_to(&m.a, 1, none, &got) == ERR_IO, "an answer of another length is none");
	m.a.error = 12345;
	memset(m.a.why, 'x', sizeof(m.a.why));
	ok(lied_to(&m.a, sizeof(m.a), none, &got) == ERR_IO, "nor is an error that nobody knows another than the usual one");
}

/* --- as a process --- */

static void
process(void)
{
	struct fetcher f;
	bool good = fetcher_start(&f, "test", &(struct fetcher_may){.log = log_url});
	const char *why = NULL;
	char url[128];

	snprintf(url, sizeof(url), "%s/checkpoint", log_url);
	fetcher_use(&f);
	ok(good && there() && asks(url, NO_BODY, &why) == ERR_LIMIT && connected(log_at) == 1, "in its jail it connects (%s)",
	    why != NULL ? why : "");
	snprintf(url, sizeof(url), "http://localhost:%s/x", strrchr(other_url, ':') + 1);
	ok(asks(url, NO_BODY, &why) == ERR_IO && connected(other_at) == 0, "to the one that it may");
	ok(!fetcher_end(&f, "test", true), "and who started it is told");
	snprintf(log_url, sizeof(log_url), "http://localhost:%.5s", strrchr(other_url, ':') + 1);
	good = fetcher_start(&f, "test", &(struct fetcher_may){.log = log_url});
	fetcher_use(&f);
	snprintf(url, sizeof(url), "%s/checkpoint", log_url);
	ok(good && asks(url, NO_BODY, &why) == ERR_LIMIT && connected(other_at) == 1, "in its jail it resolves names (%s)", why);
	ok(fetcher_end(&f, "test", true), "and ends without a word");
}

int
main(void)
{
	struct key *k = key_of("w.example/a", KEY_WITNESS, 1), *l = key_of("log.example/l", KEY_SIGNER, 2);
	int fd = mkstemp(said_file);

	setenv("no_proxy", "*", 1);
	log_at = listens(log_url, sizeof(log_url));
	other_at = listens(other_url, sizeof(other_url));
	if (fd < 0 || log_at < 0 || other_at < 0)
		return 1;
	close(fd);
	strcat(log_url, "/log");
	snprintf(witness_url, sizeof(witness_url), "%s/w/", other_url);
	snprintf(post_url, sizeof(post_url), "%sadd-checkpoint", witness_url);
	str_adds(&policy, "log ");
	key_vkey_write(&policy, key_pub(l));
	str_adds(&policy, "\nwitness a ");
	key_vkey_write(&policy, key_pub(k));
	str_addf(&policy, " %s\nquorum a\n", witness_url);
	addresses();
	witnesses();
	lengths();
	floods();
	lies();
	process();
	unlink(said_file);
	str_release(&policy);
	key_free(k);
	key_free(l);
	return tap_done();
}
