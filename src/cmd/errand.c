#include "cmd/errand_int.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int parent = -1;
static const char *temp_folder;

void
errand_start(int fd, const char *temp)
{
	parent = fd;
	temp_folder = temp;
}

bool
errand_able(void)
{
	return parent >= 0;
}

const char *
errand_temp(void)
{
	return temp_folder;
}

/* The descriptor of a message, -1 when it has none. */
static int
descriptor(struct msghdr *m)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(m);
	int fd = -1;

	if (c != NULL && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/* One question, one answer: commands ask from one thread. */
static bool
ask(const struct errand *q, struct errand_answer *a, int *fd)
{
	union { struct cmsghdr align; char buf[CMSG_SPACE(sizeof(int))]; } control = {.buf = {0}};
	struct iovec to = {a, sizeof(*a)};
	struct msghdr m = {.msg_iov = &to, .msg_iovlen = 1, .msg_control = control.buf, .msg_controllen = sizeof(control.buf)};
	ssize_t n;

	*fd = -1;
	*a = (struct errand_answer){.good = 0, .error = EPIPE};
	do
		n = send(parent, q, sizeof(*q), MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(*q))
		return false;
	do
		n = recvmsg(parent, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(*a)) {
		*a = (struct errand_answer){.good = 0, .error = EPIPE};
		return false;
	}
	*fd = descriptor(&m);
	errno = a->error;
	return a->good != 0;
}

static bool
text_fits(char *to, size_t size, const char *text)
{
	errno = ENAMETOOLONG;
	return snprintf(to, size, "%s", text) < (int)size;
}

int
errand_product(const char *path, int *id)
{
	struct errand q = {.what = ERRAND_PRODUCT};
	struct errand_answer a;
	int fd = -1;

	if (!text_fits(q.path, sizeof(q.path), path) || !ask(&q, &a, &fd))
		return -1;
	*id = (int)a.id;
	return fd;
}

bool
errand_folder(const char *path, bool own, bool force, int *id)
{
	struct errand q = {.what = ERRAND_FOLDER, .own = own, .force = force};
	struct errand_answer a;
	int fd;

	if (!text_fits(q.path, sizeof(q.path), path) || !ask(&q, &a, &fd))
		return false;
	*id = (int)a.id;
	return true;
}

static int
file(enum errand_what what, int id, const char *name)
{
	struct errand q = {.what = what, .id = (uint32_t)id};
	struct errand_answer a;
	int fd = -1;

	return text_fits(q.name, sizeof(q.name), name) && ask(&q, &a, &fd) ? fd : -1;
}

int
errand_file(int id, const char *name)
{
	return file(ERRAND_FILE, id, name);
}

int
errand_temp_file(const char *name)
{
	return file(ERRAND_TEMP_FILE, 0, name);
}

bool
errand_commit(int id)
{
	return file(ERRAND_COMMIT, id, "") == -1 && errno == 0;
}

void
errand_abandon(int id)
{
	(void)file(ERRAND_ABANDON, id, "");
}
