#include "source/raw.h"
#include "base/arena.h"
#include "base/limits.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
not_regular(const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return EISDIR;
	return S_ISREG(st->st_mode) ? 0 : EINVAL;
}

enum err
raw_open(struct raw *r, const char *path)
{
	int why;

	*r = (struct raw){0};
	/* O_NONBLOCK: a FIFO in a data folder must not stop us before we see what it is */
	r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (r->fd < 0)
		return ERR_OPEN;
	why = fstat(r->fd, &r->was) != 0 ? errno : not_regular(&r->was);
	if (why != 0) {
		close(r->fd);
		errno = why;
		return ERR_OPEN;
	}
	r->buf = xmalloc(FEED_CHUNK);
	sha256_init(&r->hash);
	return OK;
}

enum err
raw_read_into(struct raw *r, uint8_t *buf, size_t *n)
{
	size_t have = r->held;

	*n = have;
	if (have > 0) {		/* hashed already */
		if (buf != r->buf)
			memcpy(buf, r->buf, have);
		r->held = 0;
		return OK;
	}
	while (have < FEED_CHUNK && !r->end) {
		ssize_t got = read(r->fd, buf + have, FEED_CHUNK - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			r->err_no = errno;
			r->end = true;
			return ERR_IO;
		}
		r->end = got == 0;
		have += (size_t)got;
	}
	if (r->hash.ctx != NULL)
		sha256_add(&r->hash, buf, have);
	r->size += have;
	*n = have;
	return r->err_no != 0 ? ERR_IO : OK;
}

enum err
raw_read(void *raw, uint8_t **p, size_t *n)
{
	struct raw *r = raw;

	*p = r->buf;
	return raw_read_into(r, r->buf, n);
}

enum err
raw_peek(struct raw *r, const uint8_t **p, size_t *n)
{
	uint8_t *buf;

	assert(r->size == 0);
	TRY(raw_read(r, &buf, n));
	*p = buf;
	r->held = *n;
	return OK;
}

enum err
raw_drain(struct raw *r)
{
	uint8_t *p;
	size_t n;

	do
		TRY(raw_read(r, &p, &n));
	while (n > 0);
	return OK;
}

bool
raw_changed(const struct raw *r)
{
	struct stat now;

	if (fstat(r->fd, &now) != 0)
		return true;
	return now.st_size != r->was.st_size || (uint64_t)now.st_size != r->size ||
	    now.st_mtim.tv_sec != r->was.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != r->was.st_mtim.tv_nsec;
}

void
raw_close(struct raw *r)
{
	close(r->fd);
	free(r->buf);
	sha256_drop(&r->hash);
	*r = (struct raw){.fd = -1};
}
