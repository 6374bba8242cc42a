#include "source/source.h"
#include "base/arena.h"
#include "base/limits.h"
#include "source/inflate.h"
#include "source/pump.h"
#include "source/raw.h"

#include <assert.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define PLAIN_PUMPED (2 << 20)	/* bytes of a plain file that are worth a thread of their own */

struct source {
	struct raw raw;
	enum packing packing;
	enum input_kind kind;
	/* One thread reads and hashes unless the file is small, another one inflates unless it is plain. */
	struct pump *raw_pump;		/* owned; runs raw_read */
	struct inflate inflate;
	struct pump *pump;		/* owned; runs inflate */
	struct feed feed;
	uint64_t plain;			/* bytes that came out of fill() */
	bool ended;
	enum err err;			/* what ended them */
};

static const struct {
	const char *word;
	const struct inflate_ops *ops;	/* NULL: nothing to undo */
} packings[] = {
    [PACK_PLAIN] = {"plain", NULL},
    [PACK_GZIP] = {"gz", &inflate_gz},
    [PACK_BZIP2] = {"bz2", &inflate_bz2},
    [PACK_XZ] = {"xz", &inflate_xz},
    [PACK_ZSTD] = {"zst", &inflate_zst},
};
#define PACKINGS (sizeof(packings) / sizeof(packings[0]))

const char *
packing_word(enum packing p)
{
	return packings[p].word;
}

static enum packing
packing_of(const uint8_t *head, size_t n)
{
	size_t p;

	for (p = 0; p < PACKINGS; p++)
		if (packings[p].ops != NULL && packings[p].ops->magic(head, n))
			return (enum packing)p;
	return PACK_PLAIN;
}

static enum err
make(void *arg, uint8_t *buf, size_t cap, size_t *n)
{
	return inflate_pull(arg, buf, cap, n);
}

static enum err
make_raw(void *arg, uint8_t *buf, size_t cap, size_t *n)
{
	enum err e;

	assert(cap >= FEED_CHUNK);
	e = raw_read_into(arg, buf, n);
	if (e != OK)
		*n = 0;
	return e;
}

/* Libraries that are not const-correct still do not write to what they read. */
static enum err
read_raw(void *arg, uint8_t **p, size_t *n)
{
	const uint8_t *piece = NULL;
	enum err e = pump_fill(arg, &piece, n);

	*p = (uint8_t *)(uintptr_t)piece;
	return e;
}

_Static_assert(FEED_CHUNK <= PUMP_BYTES, "what raw_read gives fits a buffer of the pump");

static enum err
fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct source *s = arg;
	uint8_t *p;

	*len = 0;
	if (s->ended)
		return s->err;
	if (s->pump != NULL) {
		s->err = pump_fill(s->pump, buf, len);
	} else if (s->raw_pump != NULL) {
		s->err = pump_fill(s->raw_pump, buf, len);
	} else {
		s->err = raw_read(&s->raw, &p, len);
		*buf = p;
	}
	if (s->err != OK)
		*len = 0;
	s->plain += *len;
	s->ended = *len == 0;
	return s->err;
}

/* Look at the first plain bytes, which stay in the feed. */
static enum input_kind
sniff(struct source *s)
{
	const uint8_t *p;
	size_t n = feed_peek(&s->feed, KIND_HEAD, &p);
	bool whole = n < KIND_HEAD && feed_err(&s->feed) == OK;

	if (n == 0 && !whole)
		return KIND_UNKNOWN;	/* damaged from the start is not the same as empty */
	return kind_sniff((struct span){(const char *)p, n < KIND_HEAD ? n : KIND_HEAD}, whole);
}

static void
stop(struct source *s)
{
	pump_stop(s->pump);
	pump_stop(s->raw_pump);
	s->pump = s->raw_pump = NULL;
}

static void
source_free(struct source *s)
{
	stop(s);
	if (s->inflate.ops != NULL)
		inflate_release(&s->inflate);
	feed_release(&s->feed);
	raw_close(&s->raw);
	free(s);
}

/* That we may run on, which is what container and batch systems limit. */
static unsigned
cores(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

/* From here on the threads use raw and inflate, until they are stopped. */
static enum err
start(struct source *s)
{
	const struct inflate_ops *ops = packings[s->packing].ops;

	if (ops == NULL && s->raw.was.st_size < PLAIN_PUMPED)
		return OK;
	s->raw_pump = pump_start(make_raw, &s->raw);
	if (s->raw_pump == NULL)
		return ERR_NOMEM;
	if (ops == NULL)
		return OK;
	inflate_init(&s->inflate, ops, cores(), read_raw, s->raw_pump);
	s->pump = pump_start(make, &s->inflate);
	return s->pump != NULL ? OK : ERR_NOMEM;
}

static NODISCARD enum err
open_path(const char *path, bool hashed, struct source **out)
{
	struct source *s = xcalloc(1, sizeof(*s));
	const uint8_t *head;
	size_t n;
	enum err e = raw_open(&s->raw, path);
	int why;

	if (e != OK) {
		free(s);
		return e;
	}
	if (!hashed)
		sha256_drop(&s->raw.hash);
	feed_init(&s->feed, fill, s);
	e = raw_peek(&s->raw, &head, &n);
	if (e == OK) {
		s->packing = packing_of(head, n);
		e = start(s);
	}
	if (e != OK) {
		why = errno;
		source_free(s);
		errno = why;
		return e;
	}
	s->kind = sniff(s);
	*out = s;
	return OK;
}

enum err
source_open(const char *path, struct source **out)
{
	return open_path(path, true, out);
}

enum err
source_open_unhashed(const char *path, struct source **out)
{
	return open_path(path, false, out);
}

enum packing
source_packing(const struct source *s)
{
	return s->packing;
}

enum input_kind
source_kind(const struct source *s)
{
	return s->kind;
}

struct feed *
source_feed(struct source *s)
{
	return &s->feed;
}

/* How the plain bytes ended, and where in the file. */
static void
sum_end(const struct source *s, struct source_sum *sum)
{
	sum->plain = s->plain;
	sum->size = s->raw.size;
	sum->err = s->err;
	if (s->packing != PACK_PLAIN) {
		sum->padding = s->inflate.padding;
		sum->err_offset = s->err != OK ? inflate_offset(&s->inflate) : 0;
		sum->limit = s->err == ERR_LIMIT ? s->inflate.limit : NULL;
	}
	if (sum->err == OK && raw_changed(&s->raw)) {
		sum->err = ERR_CONTRADICT;
		sum->err_offset = s->raw.size;
	}
}

enum err
source_close(struct source *s, struct source_sum *sum)
{
	const uint8_t *p;
	size_t n;
	enum err e;
	int why;

	memset(sum, 0, sizeof(*sum));
	if (s == NULL)
		return OK;
	while (!s->ended)
		if (fill(s, &p, &n) != OK)
			break;
	stop(s);
	e = raw_drain(&s->raw);
	sum_end(s, sum);
	if (s->raw.hash.ctx != NULL)
		sha256_end(&s->raw.hash, sum->sha256);
	if (e == OK && s->err == ERR_NOMEM)
		e = ERR_NOMEM;
	why = s->raw.err_no;
	source_free(s);
	errno = why;
	return e;
}
