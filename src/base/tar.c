#include "base/tar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define NAME_AT 0
#define MODE_AT 100
#define UID_AT 108
#define GID_AT 116
#define SIZE_AT 124
#define TIME_AT 136
#define SUM_AT 148
#define TYPE_AT 156
#define MAGIC_AT 257
#define SIZE_DIGITS 11

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool
tar_name_good(struct span name)
{
	bool first = true;
	size_t i;

	if (name.len == 0 || name.len > TAR_NAME_MAX)
		return false;
	for (i = 0; i < name.len; i++) {
		if (name.p[i] == '/' ? first : !is_word(name.p[i]) || (first && name.p[i] == '.'))
			return false;
		first = name.p[i] == '/';
	}
	return !first;
}

static void
header(char h[static TAR_BLOCK], const char *name, uint64_t size)
{
	unsigned sum = 0;
	size_t i;

	memset(h, 0, TAR_BLOCK);
	memcpy(h + NAME_AT, name, strlen(name));
	memcpy(h + MODE_AT, "0000644", 8);
	memcpy(h + UID_AT, "0000000", 8);
	memcpy(h + GID_AT, "0000000", 8);
	snprintf(h + SIZE_AT, SIZE_DIGITS + 1, "%011llo", (unsigned long long)(size & ((1ull << 33) - 1)));
	memcpy(h + TIME_AT, "00000000000", 12);
	memset(h + SUM_AT, ' ', 8);
	h[TYPE_AT] = '0';
	memcpy(h + MAGIC_AT, "ustar\00000", 8);
	for (i = 0; i < TAR_BLOCK; i++)
		sum += (uint8_t)h[i];
	snprintf(h + SUM_AT, 7, "%06o", sum & 0777777);	/* six digits, NUL, and the space that is there */
}

static size_t
padding(uint64_t size)
{
	return (size_t)((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

void
tar_put(struct str *out, const char *name, struct span bytes)
{
	char h[TAR_BLOCK];

	assert(tar_name_good(span_of(name)) && bytes.len < 1ull << 33);
	header(h, name, bytes.len);
	str_add(out, (struct span){h, sizeof(h)});
	str_add(out, bytes);
	str_fill(out, '\0', padding(bytes.len));
}

void
tar_end(struct str *out)
{
	str_fill(out, '\0', (size_t)2 * TAR_BLOCK);
}

/* --- reading --- */

void
tar_open(struct tar *t, struct span bytes)
{
	*t = (struct tar){.left = bytes};
}

static bool
wrong(struct tar *t, const char *why)
{
	t->why = why;
	return false;
}

static bool
all_zero(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] != '\0')
			return false;
	return true;
}

static bool
octal(const char *p, size_t n, uint64_t *out)
{
	size_t i;

	for (i = 0, *out = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '7')
			return false;
		*out = *out << 3 | (uint64_t)(p[i] - '0');
	}
	return true;
}

static bool
at_end(struct tar *t)
{
	if (t->left.len != (size_t)2 * TAR_BLOCK || !all_zero(t->left.p, t->left.len))
		return wrong(t, "the end is not two blocks of zeros with nothing behind them");
	t->end = true;
	return false;
}

bool
tar_head(const char *block, const char *last, char name[static TAR_NAME_MAX + 1], uint64_t *size, const char **why)
{
	char want[TAR_BLOCK];
	size_t n = strnlen(block, TAR_NAME_MAX + 1);

	*why = "a name that is no path of plain words, as a bundle has them";
	if (!tar_name_good((struct span){block, n}))
		return false;
	memcpy(name, block, n);
	name[n] = '\0';
	*why = "a size that is no octal number";
	if (!octal(block + SIZE_AT, SIZE_DIGITS, size))
		return false;
	*why = "a header that is not as we write it: a plain file, no owner, no time";
	header(want, name, *size);
	if (memcmp(want, block, TAR_BLOCK) != 0)
		return false;
	*why = "a name that does not follow the one before it";
	if (strcmp(last, name) >= 0)
		return false;
	*why = NULL;
	return true;
}

bool
tar_next(struct tar *t)
{
	uint64_t size;
	size_t pad;

	if (t->end || t->why != NULL)
		return false;
	memcpy(t->last, t->name, sizeof(t->last));
	if (t->left.len < TAR_BLOCK)
		return wrong(t, "cut short: no header");
	if (t->left.p[0] == '\0')
		return at_end(t);
	if (!tar_head(t->left.p, t->last, t->name, &size, &t->why))
		return false;
	pad = padding(size);
	if (size > t->left.len - TAR_BLOCK || pad > t->left.len - TAR_BLOCK - size)
		return wrong(t, "a file that is larger than what is there");
	t->bytes = (struct span){t->left.p + TAR_BLOCK, (size_t)size};
	if (!all_zero(t->bytes.p + size, pad))
		return wrong(t, "bytes between two files that are not zero");
	t->left.p += TAR_BLOCK + size + pad;
	t->left.len -= TAR_BLOCK + (size_t)size + pad;
	t->at += TAR_BLOCK + size + pad;
	return true;
}
