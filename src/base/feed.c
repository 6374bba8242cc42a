#include "base/feed.h"
#include "base/arena.h"
#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SEAM 4096u		/* bytes of a piece that are copied at a time */

void
feed_init(struct feed *f, enum err (*fill)(void *, const uint8_t **, size_t *), void *arg)
{
	*f = (struct feed){.fill = fill, .arg = arg};
}

static enum err
mem_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct feed_mem *m = arg;
	size_t n = m->chunk == 0 || m->chunk > m->len ? m->len : m->chunk;

	*buf = m->p;
	*len = n;
	m->p += n;
	m->len -= n;
	return OK;
}

void
feed_init_mem(struct feed *f, struct feed_mem *m)
{
	feed_init(f, mem_fill, m);
}

void
feed_release(struct feed *f)
{
	free(f->mem);
	*f = (struct feed){.fill = f->fill, .arg = f->arg, .eof = true, .err = f->err};
}

/* A new piece; what is left of the one before is moved to mem first. */
static void
next_piece(struct feed *f)
{
	size_t have = f->end - f->start;
	enum err e;

	if (have > 0 && f->at != f->mem) {
		f->mem = grow(f->mem, &f->cap, have, 1);
		memcpy(f->mem, f->at + f->start, have);
	} else if (have > 0 && f->start > 0) {
		memmove(f->mem, f->mem + f->start, have);
	}
	f->piece_len = 0;
	e = f->fill(f->arg, &f->piece, &f->piece_len);
	if (e != OK || f->piece_len == 0) {
		f->piece_len = 0;
		f->err = e;
		f->eof = true;
	}
	f->left = have;
	f->at = have > 0 || f->eof ? f->mem : f->piece;
	f->start = 0;
	f->end = f->at == f->piece ? f->piece_len : have;
}

/* Have more at hand, n in all if this piece goes so far. */
static void
pull(struct feed *f, size_t n)
{
	size_t more, copied;

	if (f->at != f->mem || f->end - f->left == f->piece_len) {
		next_piece(f);
		return;
	}
	copied = f->end - f->left;
	more = n - (f->end - f->start);
	if (more < SEAM)
		more = SEAM;
	if (more > f->piece_len - copied)
		more = f->piece_len - copied;
	f->mem = grow(f->mem, &f->cap, f->end + more, 1);
	f->at = f->mem;
	memcpy(f->mem + f->end, f->piece + copied, more);
	f->end += more;
}

size_t
feed_peek(struct feed *f, size_t n, const uint8_t **p)
{
	static const uint8_t none[1];

	if (f->mem != NULL && f->at == f->mem && f->start >= f->left && f->piece_len > 0) {
		f->at = f->piece;	/* over the seam */
		f->start -= f->left;
		f->end = f->piece_len;
	}
	while (f->end - f->start < n && !f->eof)
		pull(f, n);
	*p = f->at == NULL ? none : f->at + f->start;
	return f->end - f->start;
}

void
feed_skip(struct feed *f, size_t n)
{
	assert(n <= f->end - f->start);
	f->start += n;
	f->base += n;
}

uint64_t
feed_offset(const struct feed *f)
{
	return f->base;
}

/* Skip the rest of a line that is over the limit. */
static void
skip_line(struct feed *f)
{
	const uint8_t *p, *nl;
	size_t n;

	while ((n = feed_peek(f, 1, &p)) > 0) {
		nl = memchr(p, '\n', n);
		feed_skip(f, nl == NULL ? n : (size_t)(nl - p) + 1);
		if (nl != NULL)
			return;
	}
}

bool
feed_line(struct feed *f, struct span *line, enum err *e)
{
	const uint8_t *p, *nl = NULL;
	size_t n, seen = 0;

	*e = OK;
	for (;;) {
		n = feed_peek(f, seen + 1, &p);
		if (n > seen)
			nl = memchr(p + seen, '\n', n - seen);
		if (nl != NULL || n <= seen || n > LINE_MAX_BYTES)
			break;
		seen = n;
	}
	if (n == 0)
		return false;
	*line = (struct span){(const char *)p, nl != NULL ? (size_t)(nl - p) : n};
	if (line->len > LINE_MAX_BYTES) {
		/* the caller gets the head in memory that skip_line does not move */
		static _Thread_local char head[128];

		memcpy(head, p, sizeof(head));
		*line = (struct span){head, sizeof(head)};
		*e = ERR_LIMIT;
		skip_line(f);
		return true;
	}
	/* the bytes stay where they are until the next pull */
	f->start += line->len + (nl != NULL);
	f->base += line->len + (nl != NULL);
	if (line->len > 0 && line->p[line->len - 1] == '\r')
		line->len--;
	return true;
}

enum err
feed_err(const struct feed *f)
{
	return f->err;
}

enum err
feed_fault(const struct feed *f)
{
	return f->err == ERR_IO || f->err == ERR_NOMEM ? f->err : OK;
}
