#include "archive/wire.h"
#include "base/utf8.h"

#define TIME_MIN (-62167219200ll)	/* the year 0 begins */
#define TIME_MAX 253402300799ll		/* the year 9999 ends */

void
wire_u32(struct str *out, uint32_t v)
{
	const char b[4] = {(char)(v >> 24 & 0xff), (char)(v >> 16 & 0xff), (char)(v >> 8 & 0xff), (char)(v & 0xff)};

	str_add(out, (struct span){b, sizeof(b)});
}

void
wire_u64(struct str *out, uint64_t v)
{
	char b[8];
	unsigned i;

	for (i = 0; i < 8; i++)
		b[i] = (char)(v >> (56 - 8 * i) & 0xff);
	str_add(out, (struct span){b, sizeof(b)});
}

void
wire_text(struct str *out, const char *text)
{
	str_addc(out, text != NULL ? 1 : 0);
	if (text != NULL)
		str_add(out, (struct span){text, strlen(text) + 1});
}

bool
wire_bool(struct rd *r, const char *field)
{
	return wire_enum(r, 2, field) == 1;
}

unsigned
wire_enum(struct rd *r, unsigned n, const char *field)
{
	unsigned v = rd_u8(r, field);

	if (v < n)
		return v;
	rd_fail(r, ERR_RANGE, field, 1);
	return 0;
}

uint64_t
wire_max(struct rd *r, uint64_t max, const char *field)
{
	uint64_t v = rd_u64(r, field);

	if (v <= max)
		return v;
	rd_fail(r, ERR_RANGE, field, 8);
	return 0;
}

struct utc
wire_time(struct rd *r, const char *field)
{
	struct utc t = {(int64_t)rd_u64(r, field)};

	if (!utc_known(t) || (t.s >= TIME_MIN && t.s <= TIME_MAX))
		return t;
	rd_fail(r, ERR_RANGE, field, 8);
	return UTC_NONE;
}

uint32_t
wire_count(struct rd *r, uint32_t max, size_t min_each, const char *field)
{
	uint32_t n = rd_u32(r, field);

	if (n > max)
		rd_fail(r, ERR_LIMIT, field, 4);
	return rd_count(r, n, min_each, field);
}

static bool
is_utf8(const unsigned char *s, size_t n)
{
	size_t i, len;

	if (utf8_ascii(s, n))
		return true;
	for (i = 0; i < n; i += len) {
		len = utf8_len(s + i, n - i);
		if (len == 0)
			return false;
	}
	return true;
}

const char *
wire_text_or_null(struct rd *r, const char *field)
{
	bool there = wire_bool(r, field);
	const uint8_t *text, *end;
	size_t n;

	if (!there || r->err != OK)
		return NULL;
	text = r->buf + r->pos;
	end = rd_left(r) > 0 ? memchr(text, '\0', rd_left(r)) : NULL;
	if (end == NULL) {
		rd_fail(r, ERR_SHORT, field, 0);
		return NULL;
	}
	n = (size_t)(end - text);
	if (!is_utf8(text, n))
		rd_fail(r, ERR_SYNTAX, field, 0);
	else
		(void)rd_bytes(r, n + 1, field);
	return r->err == OK ? (const char *)text : NULL;
}

const char *
wire_word(struct rd *r, const char *field)
{
	const char *text = wire_text_or_null(r, field);

	if (text != NULL)
		return text;
	rd_fail(r, ERR_SYNTAX, field, 0);
	return "";
}
