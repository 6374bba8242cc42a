#include "base/feed.h"
#include "base/arena.h"
#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

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
	f->mem = NULL;
	f->cap = f->start = f->end = 0;
}

static void
pull(struct feed *f)
{
	const uint8_t *p;
	size_t n = 0, have = f->end - f->start;
	enum err e = f->fill(f->arg, &p, &n);

	if (e != OK) {
		f->err = e;
		f->eof = true;
		return;
	}
	if (n == 0) {
		f->eof = true;
		return;
	}
	if (f->start > 0 && f->cap - f->end < n) {
		memmove(f->mem, f->mem + f->start, have);
		f->start = 0;
		f->end = have;
	}
	f->mem = grow(f->mem, &f->cap, f->end + n, 1);
	memcpy(f->mem + f->end, p, n);
	f->end += n;
}

size_t
feed_peek(struct feed *f, size_t n, const uint8_t **p)
{
	static const uint8_t none[1];

	while (f->end - f->start < n && !f->eof)
		pull(f);
	*p = f->mem == NULL ? none : f->mem + f->start;
	return f->end - f->start;
}

void
feed_skip(struct feed *f, size_t n)
{
	assert(n <= f->end - f->start);
	f->start += n;
	f->base += n;
	if (f->start == f->end)
		f->start = f->end = 0;
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
