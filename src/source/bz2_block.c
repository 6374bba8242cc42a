/*
 * What a block is, inside out (there is no standard; bzip2 1.0.8 is the reference, and what it
 * takes or refuses is taken or refused here):
 *
 *	magic 48, CRC 32, randomised 1, start 24 bits
 *	bytes in use: 16 bits, one for each range of 16 that has any, then 16 bits per such range
 *	number of codes 3 (2 to 6), number of selectors 15
 *	selectors: which code each group of 50 symbols uses, move-to-front, unary
 *	codes: for each the length of the first symbol 5, then steps: 0 next, 10 longer, 11 shorter
 *	symbols: 0 and 1 are the digits of a run length (bijective base 2) of the front byte,
 *		the largest ends the block, others are places in a move-to-front list
 *
 * The bytes that come of it are the last column of the sorted rotations of the text
 * (Burrows-Wheeler); following the links from the row "start" gives the text; four equal bytes in a
 * row are followed by a count of further ones.
 *
 * libbz2 spends 1.4 times what lbzip2 does on this, most of it waiting for memory. Gained here by:
 * bits loaded eight bytes at a time, codes of up to 10 bits by one look-up, the front of the
 * move-to-front list in a register, links in huge pages, and the CRC by ISA-L over what is done.
 */
#include "source/bz2_block.h"
#include "base/arena.h"
#include "source/bz2_bits.h"

#include <isa-l/crc.h>
#include <stdlib.h>

#define SYMBOLS_MAX 258u		/* 256 bytes, less the front one, 2 run digits, the end */
#define CODES_MAX 6u
#define SELECTORS_MAX 18002u		/* 900,000 / 50 and 2; bzip2 ignores any beyond */
#define GROUP 50u
#define LEN_MAX 20u
#define FAST_BITS 10u
#define BLOCK_BYTES 900000u
#define RUN_WEIGHT_MAX (1u << 21)

struct code {
	uint16_t fast[1u << FAST_BITS];	/* symbol << 5 | length; 0: look at bound */
	uint32_t bound[LEN_MAX + 1];	/* codes up to this length are below, as LEN_MAX bits */
	uint32_t base[LEN_MAX + 1];	/* place in perm = code - base, modulo 2^32 */
	uint16_t perm[SYMBOLS_MAX];	/* symbols by length */
};

struct order {				/* the move-to-front list */
	uint64_t front;			/* places 0 to 7, lowest byte first ... */
	uint8_t rest[256];		/* ... and from 8 on */
};

struct bz2_work {
	uint32_t *link;			/* owned: byte, and place of the next one << 8 */
	uint32_t n;			/* bytes of the block before the first run-length code is undone */
	uint32_t max;			/* most that n may be */
	uint32_t start;
	uint32_t count[256];
	struct order order;
	unsigned n_used, n_codes, n_selectors;
	uint8_t selector[SELECTORS_MAX];
	struct code code[CODES_MAX];
};

void
bz2_block_set(struct bz2_block *b, const uint8_t *p, size_t n, unsigned skip, unsigned level)
{
	b->in = grow(b->in, &b->in_cap, n + BITS_PAD, 1);
	memcpy(b->in, p, n);
	memset(b->in + n, 0, BITS_PAD);
	b->in_len = n;
	b->skip = skip;
	b->level = level;
	b->out_len = 0;
}

void
bz2_block_release(struct bz2_block *b)
{
	free(b->in);
	free(b->out);
	*b = (struct bz2_block){0};
}

struct bz2_work *
bz2_work_new(void)
{
	struct bz2_work *w = xmalloc(sizeof(*w));

	w->link = xhuge(BLOCK_BYTES * sizeof(*w->link));
	return w;
}

void
bz2_work_free(struct bz2_work *w)
{
	if (w != NULL)
		free(w->link);
	free(w);
}

static enum err
read_head(struct bz2_work *w, struct bits *b, struct bz2_block *to)
{
	uint64_t magic = (uint64_t)bits_take(b, 24) << 24;

	magic |= bits_take(b, 24);
	if (magic != BZ2_BLOCK_MAGIC)
		return ERR_CORRUPT;
	to->crc = bits_take(b, 32);
	if (bits_take(b, 1) != 0)	/* bzip2 of 1997 and 1998 may have written such */
		return ERR_UNKNOWN;
	w->start = bits_take(b, 24);
	w->max = to->level * 100000u;
	return OK;
}

/* The bytes in use, ascending, are the move-to-front list at first. */
static enum err
read_used(struct bz2_work *w, struct bits *b)
{
	uint32_t ranges = bits_take(b, 16), in_range;
	uint8_t list[8 + sizeof(w->order.rest)] = {0};
	unsigned r, i;

	w->n_used = 0;
	for (r = 0; r < 16; r++) {
		if ((ranges & 0x8000u >> r) == 0)
			continue;
		in_range = bits_take(b, 16);
		for (i = 0; i < 16; i++)
			if ((in_range & 0x8000u >> i) != 0)
				list[w->n_used++] = (uint8_t)(r * 16 + i);
	}
	w->order.front = 0;
	for (i = 8; i-- > 0;)
		w->order.front = w->order.front << 8 | list[i];
	memcpy(w->order.rest, list + 8, sizeof(w->order.rest));
	return w->n_used > 0 ? OK : ERR_CORRUPT;
}

static enum err
read_selectors(struct bz2_work *w, struct bits *b)
{
	uint8_t order[CODES_MAX] = {0, 1, 2, 3, 4, 5}, c;
	unsigned i, j, n;

	w->n_codes = bits_take(b, 3);
	n = bits_take(b, 15);
	if (w->n_codes < 2 || w->n_codes > CODES_MAX || n < 1)
		return ERR_CORRUPT;
	for (i = 0; i < n; i++) {
		for (j = 0; bits_take(b, 1) != 0; j++)
			if (j + 1 >= w->n_codes)
				return ERR_CORRUPT;
		c = order[j];
		memmove(order + 1, order, j);
		order[0] = c;
		if (i < SELECTORS_MAX)
			w->selector[i] = c;
	}
	w->n_selectors = n < SELECTORS_MAX ? n : SELECTORS_MAX;
	return OK;
}

/*
 * From lengths to a code. bzip2 does not ask that the code be complete, nor that it be a code at
 * all: a bit pattern is of the least length at which it is no larger than the last one of that length.
 */
static void
build_code(struct code *c, const uint8_t *len, unsigned n)
{
	uint32_t count[LEN_MAX + 1] = {0}, next = 0, place = 0, x = 0, end;
	unsigned l, i, k = 0;

	for (i = 0; i < n; i++)
		count[len[i]]++;
	for (l = 1; l <= LEN_MAX; l++)
		for (i = 0; i < n; i++)
			if (len[i] == l)
				c->perm[k++] = (uint16_t)i;
	memset(c->fast, 0, sizeof(c->fast));
	for (l = 1; l <= LEN_MAX; l++) {
		c->base[l] = next - place;
		next += count[l];
		place += count[l];
		c->bound[l] = next << (LEN_MAX - l);
		next <<= 1;
		if (l > FAST_BITS)
			continue;
		end = c->bound[l] >> (LEN_MAX - FAST_BITS);
		if (end > 1u << FAST_BITS)
			end = 1u << FAST_BITS;
		for (; x < end; x++)
			c->fast[x] = (uint16_t)((unsigned)c->perm[(x >> (FAST_BITS - l)) - c->base[l]] << 5 | l);
	}
}

static enum err
read_codes(struct bz2_work *w, struct bits *b)
{
	uint8_t len[SYMBOLS_MAX];
	unsigned t, i, l, n = w->n_used + 2;

	for (t = 0; t < w->n_codes; t++) {
		l = bits_take(b, 5);
		for (i = 0; i < n; i++) {
			for (;;) {
				if (l < 1 || l > LEN_MAX)
					return ERR_CORRUPT;
				if (bits_take(b, 1) == 0)
					break;
				l = bits_take(b, 1) == 0 ? l + 1 : l - 1;
			}
			len[i] = (uint8_t)l;
		}
		build_code(&w->code[t], len, n);
	}
	return OK;
}

/* A symbol whose code is longer than FAST_BITS, as in code.fast; 0 when there is none. */
static unsigned
slow_symbol(const struct code *c, uint64_t buf)
{
	uint32_t v = (uint32_t)(buf >> (64 - LEN_MAX));
	unsigned l;

	for (l = FAST_BITS + 1; l <= LEN_MAX; l++)
		if (v < c->bound[l])
			return (unsigned)c->perm[(v >> (LEN_MAX - l)) - c->base[l]] << 5 | l;
	return 0;
}

/* The byte at a place of the list, which moves to its front. */
static inline uint8_t
to_front(struct order *o, unsigned place)
{
	uint64_t below;
	uint8_t c;

	if (place < 8) {
		c = (uint8_t)(o->front >> (8 * place));
		below = (1ull << (8 * place)) - 1;
		o->front = (o->front & ~(below << 8 | 0xff)) | (o->front & below) << 8 | c;
		return c;
	}
	c = o->rest[place - 8];
	memmove(o->rest + 1, o->rest, place - 8);
	o->rest[0] = (uint8_t)(o->front >> 56);
	o->front = o->front << 8 | c;
	return c;
}

/* Run lengths first: the symbol behind a run tells that it is complete. b, o and n live in registers. */
static inline enum err
symbols(struct bz2_work *w, struct bits *b, struct order *o, uint32_t *n)
{
	unsigned end = w->n_used + 1, g, i, e, symbol;
	uint32_t run = 0, weight = 1, k;
	uint8_t c;

	for (g = 0; g < w->n_selectors && !bits_over(b); g++) {
		const struct code *code = &w->code[w->selector[g]];

		for (i = 0; i < GROUP; i++) {
			if (b->live < LEN_MAX)
				bits_refill(b);
			e = code->fast[b->buf >> (64 - FAST_BITS)];
			if (e == 0 && (e = slow_symbol(code, b->buf)) == 0)
				return ERR_CORRUPT;
			b->buf <<= e & 31;
			b->live -= e & 31;
			symbol = e >> 5;
			if (symbol < 2) {
				if (weight >= RUN_WEIGHT_MAX)
					return ERR_CORRUPT;
				run += weight << symbol;
				weight <<= 1;
				continue;
			}
			if (run > w->max - *n)
				return ERR_CORRUPT;
			c = (uint8_t)o->front;
			w->count[c] += run;
			for (k = 0; k < run; k++)
				w->link[*n + k] = c;
			*n += run;
			run = 0;
			weight = 1;
			if (symbol == end)
				return OK;
			if (*n >= w->max)
				return ERR_CORRUPT;
			c = to_front(o, symbol - 1);
			w->count[c]++;
			w->link[(*n)++] = c;
		}
	}
	return ERR_CORRUPT;
}

static enum err
read_symbols(struct bz2_work *w, struct bits *from)
{
	struct bits b = *from;
	struct order o = w->order;
	uint32_t n = 0;
	enum err e = symbols(w, &b, &o, &n);

	*from = b;
	w->n = n;
	return e;
}

/* Each byte gets the place of the one that follows it in the text. */
static void
join_links(struct bz2_work *w)
{
	uint32_t next[256], sum = 0, i;

	for (i = 0; i < 256; i++) {
		next[i] = sum;
		sum += w->count[i];
	}
	for (i = 0; i < w->n; i++)
		w->link[next[w->link[i] & 0xff]++] |= i << 8;
}

/* Follow the links and undo the first run-length code on the way. */
static enum err
follow_links(const struct bz2_work *w, struct bz2_block *b)
{
	const uint32_t *link = w->link;
	uint32_t at = link[w->start] >> 8, i, run = 0;
	uint8_t c, before = 0, *o;

	b->out = grow(b->out, &b->out_cap, w->n, 1);
	o = b->out;
	for (i = 0; i < w->n; i++) {
		at = link[at];
		c = (uint8_t)at;
		at >>= 8;
		if (__builtin_expect(run == 4, 0)) {
			size_t len = (size_t)(o - b->out);

			b->out = grow(b->out, &b->out_cap, len + c + (w->n - i), 1);
			o = b->out + len;
			memset(o, before, c);
			o += c;
			run = 0;
			continue;
		}
		*o++ = c;
		run = c == before ? run + 1 : 1;
		before = c;
	}
	b->out_len = (size_t)(o - b->out);
	return run < 4 ? OK : ERR_CORRUPT;	/* four alike, and no count behind them */
}

static enum err
read_block(struct bz2_work *w, struct bits *b, struct bz2_block *to)
{
	TRY(read_head(w, b, to));
	TRY(read_used(w, b));
	TRY(read_selectors(w, b));
	TRY(read_codes(w, b));
	TRY(read_symbols(w, b));
	return w->start < w->n ? OK : ERR_CORRUPT;
}

void
bz2_block_decode(struct bz2_block *b, struct bz2_work *w)
{
	struct bits in = {.p = b->in, .len = b->in_len};

	memset(w->count, 0, sizeof(w->count));
	b->out_len = 0;
	if (b->skip > 0)
		bits_take(&in, b->skip);
	b->err = read_block(w, &in, b);
	if (bits_over(&in))		/* whatever it was taken for, it was zeros behind the end */
		b->err = ERR_SHORT;
	if (b->err != OK)
		return;
	b->bits = bits_taken(&in) - b->skip;
	join_links(w);
	b->err = follow_links(w, b);
	if (b->err == OK && crc32_ieee(0, b->out, b->out_len) != b->crc)
		b->err = ERR_CORRUPT;
}
