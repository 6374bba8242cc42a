/* errand_do: the parent's half. What is asked comes from a process that may have been taken over by what it read. */
#include "base/disk.h"
#include "cmd/audit_oscal.h"
#include "cmd/cmd.h"
#include "cmd/errand_int.h"
#include "cmd/folder.h"
#include "cmd/log_source.h"
#include "cmd/note.h"
#include "cmd/product.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
	struct log_source log;
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

/* As the command line has it. */
static const char *
named(const struct errands *e, const char *path, enum confined_access access)
{
	size_t i;

	for (i = 0; i < e->n_paths; i++)
		if (e->paths[i].access == access && strcmp(e->paths[i].path, path) == 0)
			return e->paths[i].path;
	note(e->command, "the process that reads asked for %s, which the command line does not name for that", path);
	return NULL;
}

/* Words and folders of ours: nothing leads out. */
static bool
is_plain(const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+/";

	return *name != '\0' && *name != '/' && strspn(name, plain) == strlen(name) && strstr(name, "..") == NULL &&
	    strstr(name, "//") == NULL;
}

static int
product_make(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	const char *path = e->n < ERRAND_ALL ? named(e, q->path, CONFINED_MAKE) : NULL;

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
	const char *path = e->n < ERRAND_ALL ? named(e, q->path, CONFINED_MAKE) : NULL;

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
	if (!is_plain(q->name))
		a->good = 0;
	else if (q->what == ERRAND_FILE && q->id < e->n && e->all[q->id].is_folder && e->all[q->id].state == OPEN)
		fd = folder_file(&e->all[q->id].folder, q->name);
	else if (q->what == ERRAND_TEMP_FILE && e->temp != NULL)
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
	if (q->id >= e->n || e->all[q->id].state != OPEN)
		return;
	a->good = 1;
	if (q->what == ERRAND_COMMIT)
		e->all[q->id].state = KEPT;
	else
		abandon(e, q->id);
}

static int
fetch(struct errands *e, const struct errand *q, struct errand_answer *a)
{
	struct scan_source s = log_source_scan(&e->log);
	const char *why = "no such file of a log";
	enum err err = ERR_IO;
	struct str body = {0};
	int fd = -1;

	if (e->log.open && is_plain(q->path))
		err = s.read(s.arg, q->path, (size_t)q->max, &body, e->arena, &why);
	if (err == OK) {
		fd = memfd_create("fetched", MFD_CLOEXEC);
		if (fd < 0 || !fd_write(fd, str_span(&body)))
			err = ERR_IO;
	}
	str_release(&body);
	a->good = err == OK;
	a->error = (int32_t)err;
	if (err != OK)
		snprintf(a->why, sizeof(a->why), "%s", why);
	return fd;
}

/* A descriptor to give away; *ours is closed here after that. */
static int
one(struct errands *e, const struct errand *q, struct errand_answer *a, bool *ours)
{
	const char *url;

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
	case ERRAND_LOG:
		url = !e->log.open ? named(e, q->path, CONFINED_FETCH) : NULL;
		a->good = url != NULL && log_source_open(&e->log, e->command, url, q->ms);
		return -1;
	case ERRAND_FETCH:
		*ours = true;
		return fetch(e, q, a);
	default:
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

	while (good && ((n = recv(fd, q, sizeof(*q), 0)) > 0 || (n < 0 && errno == EINTR))) {
		if (n < 0)
			continue;
		a = (struct errand_answer){.good = 0};
		with = -1;
		ours = false;
		q->path[sizeof(q->path) - 1] = q->name[sizeof(q->name) - 1] = '\0';
		if (n == (ssize_t)sizeof(*q))
			with = one(e, q, &a, &ours);
		good = errand_reply(fd, &a, with);
		if (ours && with >= 0)
			close(with);
	}
	free(q);
}

bool
errands_end(struct errands *e, bool good)
{
	uint32_t i;

	for (i = 0; i < e->n; i++) {
		if (good && e->all[i].state == KEPT)
			good = e->all[i].is_folder ? folder_commit(&e->all[i].folder) : product_commit(&e->all[i].product);
		if (e->all[i].state != FREE)
			abandon(e, i);
	}
	log_source_close(&e->log);
	arena_free(e->arena);
	free(e);
	return good;
}
