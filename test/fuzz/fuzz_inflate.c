/*
 * inflate: the first byte picks the packing, the second how the rest is cut up. Whatever the
 * bytes, it ends; what comes out is bounded by what went in; and how the raw bytes are cut,
 * how much room there is and how many threads there are decide neither the plain bytes of a sound
 * input nor that it is sound. Of bzip2, whose blocks we decode ourselves, libbz2 thinks the same.
 */
#include "base/limits.h"
#include "bz2_oracle.h"
#include "source/inflate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define KEEP (1u << 20)		/* plain bytes that are compared */

struct memory {
	const uint8_t *p;
	size_t len, chunk;
	uint8_t *piece;		/* owned: exact size, so that ASan sees a step too far */
};

static enum err
memory_read(void *arg, uint8_t **p, size_t *n)
{
	struct memory *m = arg;

	*n = m->len < m->chunk ? m->len : m->chunk;
	free(m->piece);
	*p = m->piece = malloc(*n == 0 ? 1 : *n);
	assert(m->piece != NULL);
	memcpy(m->piece, m->p, *n);
	m->p += *n;
	m->len -= *n;
	return OK;
}

struct outcome {
	enum err err;
	uint64_t plain, padding, members, offset;
	uint8_t *kept;		/* owned; the first KEEP plain bytes */
};

static struct outcome
run(const struct inflate_ops *ops, unsigned threads, const uint8_t *p, size_t len, size_t chunk, size_t room)
{
	struct memory m = {p, len, chunk, NULL};
	struct outcome o = {.kept = malloc(KEEP)};
	struct inflate f;
	uint8_t *out = malloc(room);
	size_t n;

	assert(out != NULL && o.kept != NULL);
	inflate_init(&f, ops, threads, memory_read, &m);
	do {
		o.err = inflate_pull(&f, out, room, &n);
		assert(n <= room);
		if (o.plain < KEEP)
			memcpy(o.kept + o.plain, out, n < KEEP - o.plain ? n : KEEP - o.plain);
		o.plain += n;
	} while (o.err == OK && n > 0);
	assert(inflate_pull(&f, out, room, &n) == o.err && n == 0);
	o.padding = f.padding;
	o.members = f.members;
	o.offset = inflate_offset(&f);
	assert(o.offset <= len && o.plain == f.plain);
	assert(o.plain <= INFLATE_RATIO_FLOOR + room || o.plain / INFLATE_RATIO_MAX <= len + room);
	inflate_release(&f);
	free(m.piece);
	free(out);
	return o;
}

static void
compare(const struct outcome *a, const struct outcome *b)
{
	uint64_t n = a->plain < b->plain ? a->plain : b->plain;

	/* of a damaged input, a library may keep back more or less of what it just decoded */
	assert((a->err == OK) == (b->err == OK));
	assert(memcmp(a->kept, b->kept, n < KEEP ? n : KEEP) == 0);
	if (a->err == OK)
		assert(a->plain == b->plain && a->padding == b->padding &&
		    a->members == b->members && a->offset == b->offset);
}

static void
compare_bz2(const struct outcome *o, const uint8_t *p, size_t len)
{
	uint8_t *out = malloc(KEEP);
	bool sound;
	size_t n;

	assert(out != NULL);
	sound = bz2_oracle(p, len, out, KEEP, &n);
	assert(o->err == ERR_UNKNOWN || sound == (o->err == OK));
	assert(memcmp(o->kept, out, o->plain < n ? o->plain : n) == 0);
	assert(!sound || o->err != OK || n == o->plain);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct inflate_ops *const ops[] = {
	    &inflate_gz, &inflate_bz2, &inflate_xz, &inflate_zst};
	struct outcome a, b;
	size_t cut;

	if (size < 2)
		return 0;
	cut = 1u + data[1];
	a = run(ops[data[0] & 3], 1, data + 2, size - 2, size, 1u << 19);
	if (a.plain < KEEP) {	/* small pieces of a bomb would take all day */
		b = run(ops[data[0] & 3], 1 + (data[0] >> 2 & 3), data + 2, size - 2, cut, cut * 7);
		compare(&a, &b);
		if (ops[data[0] & 3] == &inflate_bz2)
			compare_bz2(&a, data + 2, size - 2);
		free(b.kept);
	}
	free(a.kept);
	return 0;
}
