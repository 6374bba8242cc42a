#include "base/rd.h"

#include <stdbool.h>

void
rd_fail(struct rd *r, enum err e, const char *field, size_t back)
{
	if (r->err != OK)
		return;
	r->err = e;
	r->field = field;
	r->fail_off = r->base + (back > r->pos ? 0 : r->pos - back);
}

static bool
want(struct rd *r, size_t n, const char *field)
{
	if (r->err != OK)
		return false;
	if (r->len - r->pos < n) {
		rd_fail(r, ERR_SHORT, field, 0);
		return false;
	}
	return true;
}

static uint64_t
take(struct rd *r, size_t n, const char *field)
{
	uint64_t v = 0;

	if (!want(r, n, field))
		return 0;
	while (n-- > 0)
		v = v << 8 | r->buf[r->pos++];
	return v;
}

uint8_t
rd_u8(struct rd *r, const char *field)
{
	return (uint8_t)take(r, 1, field);
}

uint16_t
rd_u16(struct rd *r, const char *field)
{
	return (uint16_t)take(r, 2, field);
}

uint32_t
rd_u32(struct rd *r, const char *field)
{
	return (uint32_t)take(r, 4, field);
}

uint64_t
rd_u64(struct rd *r, const char *field)
{
	return take(r, 8, field);
}

const uint8_t *
rd_bytes(struct rd *r, size_t n, const char *field)
{
	static const uint8_t none[1];
	const uint8_t *p;

	if (!want(r, n, field))
		return NULL;
	if (n == 0)
		return none;
	p = r->buf + r->pos;
	r->pos += n;
	return p;
}

struct rd
rd_sub(struct rd *r, size_t n, const char *field)
{
	uint64_t base = r->base + r->pos;
	const uint8_t *p = rd_bytes(r, n, field);
	struct rd sub = rd_init(p, n, base);

	if (p == NULL) {
		sub.len = 0;
		sub.err = r->err;
		sub.field = r->field;
		sub.fail_off = r->fail_off;
	}
	return sub;
}

uint32_t
rd_count(struct rd *r, uint32_t claimed, size_t min_each, const char *field)
{
	if (r->err != OK)
		return 0;
	if (min_each > 0 && rd_left(r) / min_each < claimed) {
		rd_fail(r, ERR_COUNT, field, 0);
		return 0;
	}
	return claimed;
}

enum err
rd_done(struct rd *r, const char *field)
{
	if (r->err == OK && r->pos != r->len)
		rd_fail(r, ERR_TRAILING, field, 0);
	return r->err;
}

void
rd_adopt(struct rd *r, const struct rd *child)
{
	if (r->err != OK || child->err == OK)
		return;
	r->err = child->err;
	r->field = child->field;
	r->fail_off = child->fail_off;
}
