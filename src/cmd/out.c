#include "cmd/out.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct out *
out_new(int fd)
{
	struct out *o = xmalloc(sizeof(*o));

	o->p = o->buf;
	o->end = o->buf + OUT_FLUSH;
	o->fd = fd;
	o->failed = false;
	o->err_no = 0;
	return o;
}

void
out_flush(struct out *o)
{
	const char *p = o->buf;

	while (p < o->p && !o->failed) {
		ssize_t n = write(o->fd, p, (size_t)(o->p - p));

		if (n >= 0) {
			p += n;
		} else if (errno != EINTR) {
			o->failed = true;
			o->err_no = errno;
		}
	}
	o->p = o->buf;
}

bool
out_close(struct out *o)
{
	bool good;

	out_flush(o);
	good = !o->failed;
	errno = o->err_no;
	free(o);
	return good;
}

void
out_text(struct out *o, struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, n;

	while (i < s.len) {
		out_room(o, 4);
		n = utf8_steers(p + i, s.len - i);
		if (n > 0) {
			out_c(o, '?');
		} else {
			n = utf8_len(p + i, s.len - i);
			out_mem(o, s.p + i, n);
		}
		i += n;
	}
}

void
out_u64(struct out *o, uint64_t v)
{
	char tmp[20];
	size_t i = sizeof(tmp);

	if (v <= UINT32_MAX) {
		out_room(o, PUT_U32);
		out_u(o, (uint32_t)v);
		return;
	}
	do {
		tmp[--i] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	out_room(o, sizeof(tmp));
	out_mem(o, tmp + i, sizeof(tmp) - i);
}

void
out_addr(struct out *o, const struct addr *a)
{
	out_room(o, PUT_ADDR);
	o->p = put_addr(o->p, a);
}

void
out_prefix(struct out *o, const struct prefix *p)
{
	out_room(o, PUT_PREFIX);
	o->p = put_prefix(o->p, p);
}
