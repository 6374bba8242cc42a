#include "cmd/witness_front.h"
#include "base/arena.h"
#include "base/limits.h"
#include "cmd/confined.h"
#include "cmd/note.h"
#include "net/listen.h"
#include "seal/submission.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGE_MAX (SUBMISSION_BYTES_MAX + 1)
#define ABOUT_MAX 65536u

static bool
message_send(int fd, char kind, struct span text)
{
	char *m = xmalloc(text.len + 1);
	ssize_t n;

	m[0] = kind;
	if (text.len > 0)
		memcpy(m + 1, text.p, text.len);
	do
		n = send(fd, m, text.len + 1, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	free(m);
	return n == (ssize_t)text.len + 1;
}

/* Bytes of a whole message; 0 or less: there is no other side any more. */
static ssize_t
message_get(int fd, char *buf, size_t size)
{
	ssize_t n;

	do
		n = recv(fd, buf, size, 0);
	while (n < 0 && errno == EINTR);
	return n;
}

/* --- the process that listens --- */

struct serving {
	int fd;
	struct str about;	/* owned */
	char buf[COSIGNED_BYTES_MAX];
};

/* Its status is three digits, then the body. */
static void
pass_on(struct serving *s, const struct listen_question *q, struct listen_answer *out)
{
	uint32_t status = 503;
	ssize_t n = -1;

	if (message_send(s->fd, FRONT_SUBMIT, q->body))
		n = message_get(s->fd, s->buf, sizeof(s->buf));
	if (n < 3 || span_u32((struct span){s->buf, 3}, 599, &status) != OK) {
		out->status = 503;
		str_adds(&out->body, "the witness is not there\n");
		return;
	}
	out->status = status;
	if (status == 409)
		out->type = SUBMISSION_SIZE_TYPE;
	str_add(&out->body, (struct span){s->buf + 3, (size_t)n - 3});
}

static void
hear(void *arg, const struct listen_question *q, struct listen_answer *out)
{
	struct serving *s = arg;
	bool post = strcmp(q->method, "POST") == 0, get = strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0;

	if (strcmp(q->path, "/" SUBMISSION_PATH) == 0 && post) {
		pass_on(s, q, out);
	} else if (strcmp(q->path, "/") == 0 && get) {
		out->status = 200;
		str_add(&out->body, str_span(&s->about));
	} else if (strcmp(q->path, "/" SUBMISSION_PATH) == 0 || strcmp(q->path, "/") == 0) {
		out->status = 405;
		str_adds(&out->body, "POST /" SUBMISSION_PATH ", or GET /\n");
	} else {
		out->status = 404;
		str_adds(&out->body, "there is nothing but /" SUBMISSION_PATH " and /\n");
	}
}

/* The thread of the listener does the rest, until the other half ends. */
static int
serve(int fd)
{
	static struct serving s;
	char address[256], port_text[16];
	struct pollfd until = {.fd = fd};	/* no event is asked for: a hang-up is told anyway */
	struct listener *l = NULL;
	char *about = xmalloc(ABOUT_MAX);
	const char *why = NULL;
	unsigned port = 0;
	ssize_t n = message_get(fd, address, sizeof(address) - 1), m = n > 0 ? message_get(fd, about, ABOUT_MAX) : -1;

	if (m < 0)
		return 0;
	address[n] = '\0';
	s.fd = fd;
	str_add(&s.about, (struct span){about, (size_t)m});
	free(about);
	if (listen_open(address, SUBMISSION_BYTES_MAX, hear, &s, &l, &port, &why) != OK) {
		(void)message_send(fd, FRONT_FAILED, span_of(why));
		return 2;
	}
	if (!confined_here("witness", JAIL_SERVE, NULL, 0))
		return 2;
	snprintf(port_text, sizeof(port_text), "%u", port);
	if (message_send(fd, FRONT_READY, span_of(port_text)))
		while (poll(&until, 1, -1) < 0 && errno == EINTR)
			;
	listen_close(l);
	str_release(&s.about);
	return 0;
}

/* --- from the other half --- */

bool
front_start(struct front *f)
{
	pid_t parent = getpid();
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0) {
		note("witness", "no socket: %s", strerror(errno));
		return false;
	}
	fflush(stdout);
	f->pid = fork();
	if (f->pid == 0) {
		close(fd[0]);
		signal(SIGPIPE, SIG_IGN);
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || getppid() != parent)
			_exit(2);
		_exit(serve(fd[1]));
	}
	close(fd[1]);
	f->fd = fd[0];
	if (f->pid > 0)
		return true;
	note("witness", "no process: %s", strerror(errno));
	close(fd[0]);
	return false;
}

bool
front_listen(struct front *f, const char *address, struct span about, unsigned *port)
{
	char buf[512];
	ssize_t n = -1;

	/* neither message may be empty: that is how an end looks */
	if (strlen(address) < 256 && send(f->fd, address, strlen(address), MSG_NOSIGNAL) > 0 &&
	    send(f->fd, about.p, about.len < ABOUT_MAX ? about.len : ABOUT_MAX, MSG_NOSIGNAL) > 0)
		n = message_get(f->fd, buf, sizeof(buf) - 1);
	if (n > 1 && buf[0] == FRONT_READY && span_u32((struct span){buf + 1, (size_t)n - 1}, 65535, port) == OK)
		return true;
	if (n > 1 && buf[0] == FRONT_FAILED)
		note("witness", "%s: %.*s", address, (int)n - 1, buf + 1);
	else
		note("witness", "%s: cannot be listened at", address);
	return false;
}

bool
front_next(struct front *f, char *buf, size_t size, struct span *body)
{
	ssize_t n = message_get(f->fd, buf, size);

	if (n < 1 || buf[0] != FRONT_SUBMIT)
		return false;
	*body = (struct span){buf + 1, (size_t)n - 1};
	return true;
}

bool
front_answer(struct front *f, unsigned status, struct span body)
{
	struct str m = {0};
	ssize_t n;

	str_addf(&m, "%03u", status);
	str_add(&m, body);
	do
		n = send(f->fd, m.p, m.len, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	str_release(&m);
	return n > 0;
}

void
front_stop(struct front *f)
{
	close(f->fd);	/* which ends it */
	while (waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
		;
}
