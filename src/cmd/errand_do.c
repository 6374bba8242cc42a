/* errand_do: the parent's half. What is asked comes from a process that may have been taken over by what it read. */
#include "base/disk.h"
#include "cmd/audit_oscal.h"
#include "cmd/cmd.h"
#include "cmd/errand_int.h"
#include "cmd/folder.h"
#include "cmd/note.h"
#include "cmd/product.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum state { FREE, OPEN, KEPT };

struct errands {
	const char *command;
	const struct confined_path *paths;
	size_t n_paths;
	const char *temp;
	struct { enum state state; bool is_folder; struct product product; struct folder folder; } all[ERRAND_ALL];
	uint32_t n;
	unsigned refused;		/* questions that an honest process never asks */
	struct arena *arena;
};

struct errands *
errands_new(const char *command, const struct confined_path *paths, size_t n, const char *temp)
{
	struct errands *e = xcalloc(1, sizeof(*e));

	e->command = command;
	e->paths = paths;
	e->n_paths = n;
	e->temp = temp;
	e->arena = arena_new();
	return e;
}

static void PRINTF_LIKE(2, 3)
refuse(struct errands *e, const char *fmt, ...)
{
	struct str what = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addv(&what, fmt, ap);
	va_end(ap);
	note(e->command, "the process that reads asked for %s", what.p);
	str_release(&what);
	e->refused++;
}

/* As the command line has it; NULL: refused. */
static const char *
named(struct errands *e, const char *path, enum confined_access access)
{
	size_t i;

	for (i = 0; e->n < ERRAND_ALL && i < e->n_paths; i++)
		if (e->paths[i].access == access && strcmp(e->paths[i].path, path) == 0)
			return e->paths[i].path;
	if (e->n == ERRAND_ALL)
		refuse(e, "more than %u products", ERRAND_ALL);
	else
		refuse(e, "%s, which the command line does not name for that", path);
	return NULL;
}

bool
errand_name_good(const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+";
	struct span rest = span_of(name), word;

	while (span_cut(&rest, '/', &word))
		if (word.len == 0 || word.len != strspn(word.p, plain) || span_is(word, ".") || span_is(word, ".."))
			return false;
	return true;
}

static int
product_make(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	const char *path = named(e, q->path, CONFINED_MAKE);

	a->id = e->n;
	if (path == NULL || !product_open(&e->all[e->n].product, path, e->command))
		return -1;
	e->all[e->n++].state = OPEN;
	a->good = 1;
	return e->all[a->id].product.fd;
}

static void
folder_make(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	const char *path = named(e, q->path, CONFINED_MAKE);

	a->id = e->n;
	if (path == NULL)
		return;
	a->good = folder_open_over(&e->all[e->n].folder, path, e->command, q->own != 0 ? audit_oscal_is_ours : NULL, q->force != 0);
	if (!a->good) {
		folder_abandon(&e->all[e->n].folder);
		return;
	}
	e->all[e->n].is_folder = true;
	e->all[e->n++].state = OPEN;
}

static int
file_make(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	int fd = -1;

	errno = EPERM;
	if (!errand_name_good(q->name))
		refuse(e, "a file \"%s\", whose name may lead elsewhere", q->name);
	else if (q->what == ERRAND_FILE && (q->id >= e->n || !e->all[q->id].is_folder || e->all[q->id].state != OPEN))
		refuse(e, "a file in a folder that is not being made");
	else if (q->what == ERRAND_TEMP_FILE && e->temp == NULL)
		refuse(e, "a temporary file, and has no folder for one");
	else if (q->what == ERRAND_FILE)
		fd = folder_file(&e->all[q->id].folder, q->name);
	else
		fd = open(arena_printf(e->arena, "%s/%s", e->temp, q->name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	a->good = fd >= 0;
	a->error = errno;
	return fd;
}

static void
abandon(struct errands *e, uint32_t id)
{
	if (e->all[id].is_folder)
		folder_abandon(&e->all[id].folder);
	else
		product_abandon(&e->all[id].product);
	e->all[id].state = FREE;
}

static void
decide(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	a->error = EBADF;
	if (q->id >= e->n || e->all[q->id].state != OPEN) {
		refuse(e, "a product to be kept or given up that is not being made");
		return;
	}
	a->good = 1;
	a->error = 0;
	if (q->what == ERRAND_COMMIT)
		e->all[q->id].state = KEPT;
	else
		abandon(e, q->id);
}

/* A descriptor to give away; *ours is closed here after that. */
static int
one(struct errands *e, const struct errand *q, struct errand_answer *a, bool *ours)
{
	*ours = false;
	switch (q->what) {
	case ERRAND_PRODUCT:
		return product_make(e, q, a);
	case ERRAND_FOLDER:
		folder_make(e, q, a);
		return -1;
	case ERRAND_FILE:
	case ERRAND_TEMP_FILE:
		*ours = true;
		return file_make(e, q, a);
	case ERRAND_COMMIT:
	case ERRAND_ABANDON:
		decide(e, q, a);
		return -1;
	default:
		refuse(e, "what no errand is");
		return -1;
	}
}

bool
errand_reply(int fd, const struct errand_answer *a, int with)
{
	union { struct cmsghdr align; char buf[CMSG_SPACE(sizeof(int))]; } control = {.buf = {0}};
	struct errand_answer copy = *a;
	struct iovec from = {&copy, sizeof(copy)};
	struct msghdr m = {.msg_iov = &from, .msg_iovlen = 1};
	struct cmsghdr *c;
	ssize_t n;

	if (with >= 0) {
		m.msg_control = control.buf;
		m.msg_controllen = sizeof(control.buf);
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &with, sizeof(int));
	}
	do
		n = sendmsg(fd, &m, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(copy);
}

void
errands_do(struct errands *e, int fd)
{
	struct errand *q = xmalloc(sizeof(*q));
	struct errand_answer a;
	bool ours, good = true;
	ssize_t n;
	int with;

	/* descriptors that are sent along are never taken: the kernel closes them */
	while (good && e->refused < ERRAND_REFUSED_MAX &&
	    ((n = recv(fd, q, sizeof(*q), MSG_TRUNC)) > 0 || (n < 0 && errno == EINTR))) {
		if (n < 0)
			continue;
		a = (struct errand_answer){.good = 0};
		with = -1;
		ours = false;
		q->path[sizeof(q->path) - 1] = q->name[sizeof(q->name) - 1] = '\0';
		if (n == (ssize_t)sizeof(*q))
			with = one(e, q, &a, &ours);
		else
			refuse(e, "something in %zd bytes, which is no question", n);
		good = errand_reply(fd, &a, with);
		if (ours && with >= 0)
			close(with);
	}
	if (e->refused >= ERRAND_REFUSED_MAX)
		note(e->command, "it has asked too often for what it may not have, and is answered no more");
	free(q);
}

bool
errands_end(struct errands *e, bool good)
{
	bool honest = e->refused == 0;
	uint32_t i;

	if (!honest)
		note(e->command, "the process that reads asked for what it may not have; nothing was written. An input may have "
		    "taken it over: keep it, and report this");
	good = good && honest;
	for (i = 0; i < e->n; i++) {
		if (good && e->all[i].state == KEPT)
			good = e->all[i].is_folder ? folder_commit(&e->all[i].folder) : product_commit(&e->all[i].product);
		if (e->all[i].state != FREE)
			abandon(e, i);
	}
	arena_free(e->arena);
	free(e);
	return good;
}
