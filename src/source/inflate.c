#include "source/inflate.h"
#include "base/limits.h"

void
inflate_init(struct inflate *f, const struct inflate_ops *ops,
    enum err (*read)(void *arg, uint8_t **p, size_t *n), void *arg)
{
	*f = (struct inflate){.ops = ops, .z = ops->open(), .read = read, .arg = arg};
}

void
inflate_release(struct inflate *f)
{
	f->ops->close(f->z);
	*f = (struct inflate){0};
}

uint64_t
inflate_offset(const struct inflate *f)
{
	return f->raw - f->io.in_len;
}

/* Have raw bytes, unless there are no more. */
static enum err
refill(struct inflate *f)
{
	if (f->io.in_len > 0 || f->raw_end)
		return OK;
	TRY(f->read(f->arg, &f->io.in, &f->io.in_len));
	f->raw += f->io.in_len;
	f->raw_end = f->io.in_len == 0;
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
	return f->raw_end ? ERR_SHORT : ERR_CORRUPT;
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
	*n = cap - f->io.room;
	f->plain += *n;
	if (f->err == OK && ratio_over(f))
		f->err = ERR_LIMIT;
	return f->err;
}
