/*
 * out: write under a hidden name, rename at the end.
 */
#include "lab/out.h"
#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GATHER (1u << 20)

static void
failed(struct outs *o)
{
	if (o->err != OK)
		return;
	o->err = ERR_IO;
	o->saved_errno = errno;
}

/* Hidden, so that whoever reads the folder meanwhile leaves it alone. */
static char *
temporary(const char *name)
{
	char *t = NULL;

	if (asprintf(&t, ".%s.part", name) < 0)
		abort();
	return t;
}

enum err
outs_open(struct outs *o, const char *dir)
{
	*o = (struct outs){.fd = -1};
	o->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return o->dir < 0 ? ERR_OPEN : OK;
}

void
out_begin(struct outs *o, const char *name)
{
	char *t = temporary(name);

	o->names = grow(o->names, &o->cap, o->n + 1, sizeof(*o->names));
	o->names[o->n++] = strdup(name);
	if (o->err == OK) {
		o->fd = openat(o->dir, t, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (o->fd < 0)
			failed(o);
	}
	free(t);
}

static void
write_all(struct outs *o, const void *p, size_t n)
{
	const char *at = p;
	ssize_t done;

	while (o->err == OK && n > 0) {
		done = write(o->fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			failed(o);
			return;
		}
		at += done;
		n -= (size_t)done;
		o->bytes += (uint64_t)done;
	}
}

static void
drain(struct outs *o)
{
	write_all(o, o->text.p, o->text.len);
	str_clear(&o->text);
	write_all(o, o->bin.p, o->bin.len);
	wr_clear(&o->bin);
}

void
out_flow(struct outs *o)
{
	if (o->text.len + o->bin.len >= GATHER)
		drain(o);
}

void
out_end(struct outs *o)
{
	drain(o);
	if (o->fd >= 0 && close(o->fd) != 0)
		failed(o);
	o->fd = -1;
}

enum err
outs_commit(struct outs *o)
{
	enum err e;
	size_t i;

	for (i = 0; i < o->n; i++) {
		char *t = temporary(o->names[i]);

		if (o->err == OK && renameat(o->dir, t, o->dir, o->names[i]) != 0)
			failed(o);
		if (o->err != OK)
			unlinkat(o->dir, t, 0);
		free(t);
	}
	for (i = 0; i < o->n; i++)
		free(o->names[i]);
	free(o->names);
	close(o->dir);
	str_release(&o->text);
	wr_release(&o->bin);
	e = o->err;
	errno = o->saved_errno;
	*o = (struct outs){.fd = -1};
	return e;
}
