#include "base/rd.h"

void
rd_fail(struct rd *r, enum err e, const char *field, size_t back)
{
	if (r->err != OK)
		return;
	r->err = e;
	r->field = field;
	r->fail_off = r->base + (back > r->pos ? 0 : r->pos - back);
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
