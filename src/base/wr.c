#include "base/wr.h"
#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *
room(struct wr *w, size_t n)
{
	uint8_t *at;

	w->p = grow(w->p, &w->cap, w->len + n, 1);
	at = w->p + w->len;
	w->len += n;
	return at;
}

static void
put(uint8_t *at, size_t v, size_t n)
{
	while (n-- > 0) {
		at[n] = (uint8_t)v;
		v >>= 8;
	}
	assert(v == 0);
}

void
wr_u8(struct wr *w, uint8_t v)
{
	put(room(w, 1), v, 1);
}

void
wr_u16(struct wr *w, uint16_t v)
{
	put(room(w, 2), v, 2);
}

void
wr_u32(struct wr *w, uint32_t v)
{
	put(room(w, 4), v, 4);
}

void
wr_bytes(struct wr *w, const void *p, size_t n)
{
	if (n > 0)
		memcpy(room(w, n), p, n);
}

static void
patch(struct wr *w, size_t at, size_t v, size_t n)
{
	assert(at + n <= w->len);
	put(w->p + at, v, n);
}

void
wr_patch8(struct wr *w, size_t at, size_t v)
{
	patch(w, at, v, 1);
}

void
wr_patch16(struct wr *w, size_t at, size_t v)
{
	patch(w, at, v, 2);
}

void
wr_patch32(struct wr *w, size_t at, size_t v)
{
	patch(w, at, v, 4);
}

void
wr_clear(struct wr *w)
{
	w->len = 0;
}

void
wr_release(struct wr *w)
{
	free(w->p);
	*w = (struct wr){0};
}
