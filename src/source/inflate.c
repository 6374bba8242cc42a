#include "source/inflate.h"
#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

void
inflate_init(struct inflate *f, const struct inflate_ops *ops, unsigned threads,
    enum err (*read)(void *arg, uint8_t **p, size_t *n), void *arg)
{
	*f = (struct inflate){.ops = ops, .read = read, .arg = arg};
	f->z = ops->open(threads == 0 ? 1 : threads);
}

void
inflate_release(struct inflate *f)
{
	f->ops->close(f->z);
	free(f->window);
	*f = (struct inflate){0};
}

uint64_t
inflate_offset(const struct inflate *f)
{
	return f->raw - f->io.in_len;
}

/* Put n bytes behind those not taken yet. Those move to the front only when they are fewer than
 * what was taken: so each byte moves once at most. */
static void
append(struct inflate *f, const uint8_t *p, size_t n)
{
	size_t from = f->window == NULL ? 0 : (size_t)(f->io.in - f->window), have = f->io.in_len;

	if (from > 0 && have <= from && from + have + n > f->window_cap) {
		memcpy(f->window, f->window + from, have);
		from = 0;
	}
	f->window = grow(f->window, &f->window_cap, from + have + n, 1);
	memcpy(f->window + from + have, p, n);
	f->io.in = f->window + from;
	f->io.in_len += n;
}

/* Have raw bytes, and as many as the packing wants, unless there are no more. */
static enum err
refill(struct inflate *f)
{
	size_t want = f->ops->ahead != NULL && f->z != NULL ? f->ops->ahead(f->z) : 1, n;
	uint8_t *p;

	while (f->io.in_len < want && !f->io.last) {
		TRY(f->read(f->arg, &p, &n));
		f->raw += n;
		f->io.last = n == 0;
		if (n > 0 && want > 1) {
			append(f, p, n);
		} else if (n > 0) {
			f->io.in = p;
			f->io.in_len = n;
		}
	}
	f->io.at = inflate_offset(f);
	return OK;
}

/*
 * Between members: another one, the end, or zero bytes as tape blocks and xz(1) leave them.
 * Only the first byte is looked at: a member cut inside its magic number is a member cut short.
 */
static enum err
next_member(struct inflate *f)
{
	TRY(refill(f));
	if (f->io.in_len == 0) {
		f->done = true;
		return OK;
	}
	if (f->members > 0 && f->io.in[0] == 0) {
		f->io.in++;
		f->io.in_len--;
		f->padding++;
		return OK;
	}
	if (!f->ops->begins(f->io.in[0]))
		return f->members > 0 ? ERR_TRAILING : ERR_CORRUPT;
	f->in_member = true;
	return f->ops->restart(f->z);
}

static enum err
in_member(struct inflate *f)
{
	size_t in_len, room = f->io.room;
	bool end = false;

	TRY(refill(f));
	in_len = f->io.in_len;
	TRY(f->ops->step(f->z, &f->io, &end));
	if (end) {
		f->in_member = false;
		f->members++;
		return OK;
	}
	if (f->io.in_len != in_len || f->io.room != room)
		return OK;
	/* nothing taken, nothing made: it waits for bytes that do not come */
	return f->io.last ? ERR_SHORT : ERR_CORRUPT;
}

static bool
ratio_over(const struct inflate *f)
{
	return f->plain > INFLATE_RATIO_FLOOR &&
	    f->plain / INFLATE_RATIO_MAX > inflate_offset(f);
}

enum err
inflate_pull(struct inflate *f, uint8_t *out, size_t cap, size_t *n)
{
	f->io.out = out;
	f->io.room = cap;
	while (f->err == OK && !f->done && f->io.room > 0)
		f->err = f->in_member ? in_member(f) : next_member(f);
	if (f->err == ERR_LIMIT && f->limit == NULL)
		f->limit = f->ops->limit;
	*n = cap - f->io.room;
	f->plain += *n;
	if (f->err == OK && ratio_over(f)) {
		f->err = ERR_LIMIT;
		f->limit = "INFLATE_RATIO_MAX";
	}
	return f->err;
}
