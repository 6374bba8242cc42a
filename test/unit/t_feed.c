/* feed: the same lines and bytes however the input is cut into pieces. */
#include "base/arena.h"
#include "base/feed.h"
#include "base/limits.h"
#include "base/str.h"
#include "tap.h"

static void
lines_of(const char *text, size_t len, size_t chunk, struct str *out)
{
	struct feed_mem m = {(const uint8_t *)text, len, chunk};
	struct feed f;
	struct span line;
	enum err e;

	feed_init_mem(&f, &m);
	while (feed_line(&f, &line, &e)) {
		str_addu(out, feed_offset(&f));
		str_addc(out, ':');
		str_add(out, line);
		str_addc(out, '|');
	}
	feed_release(&f);
}

static void
test_lines(void)
{
	static const char text[] = "one\ntwo\r\n\nlast";
	struct str whole = {0}, cut = {0};
	size_t chunk;

	lines_of(text, sizeof(text) - 1, 0, &whole);
	is_str(whole.p, "4:one|9:two|10:|14:last|", "lines lose LF and CRLF, the last needs none");
	for (chunk = 1; chunk < sizeof(text); chunk++) {
		str_clear(&cut);
		lines_of(text, sizeof(text) - 1, chunk, &cut);
		ok(strcmp(cut.p, whole.p) == 0, "pieces of %zu bytes make no difference", chunk);
	}
	str_release(&whole);
	str_release(&cut);
}

static void
test_peek(void)
{
	uint8_t b[100];
	struct feed_mem m = {b, sizeof(b), 7};
	struct feed f;
	const uint8_t *p;
	size_t i;

	for (i = 0; i < sizeof(b); i++)
		b[i] = (uint8_t)i;
	feed_init_mem(&f, &m);
	ok(feed_peek(&f, 50, &p) >= 50 && p[49] == 49, "peek gathers as much as is asked for");
	feed_skip(&f, 40);
	ok(feed_offset(&f) == 40 && feed_peek(&f, 60, &p) == 60 && p[59] == 99, "skip moves on");
	ok(feed_peek(&f, 61, &p) == 60, "no more than there is");
	feed_skip(&f, 60);
	ok(feed_peek(&f, 1, &p) == 0 && feed_err(&f) == OK, "the clean end has no error");
	feed_release(&f);
}

static enum err
broken_fill(void *arg, const uint8_t **buf, size_t *len)
{
	int *n = arg;

	*buf = (const uint8_t *)"abc";
	*len = 3;
	return (*n)++ == 0 ? OK : ERR_CORRUPT;
}

static void
test_error(void)
{
	int n = 0;
	struct feed f;
	const uint8_t *p;

	feed_init(&f, broken_fill, &n);
	ok(feed_peek(&f, 10, &p) == 3, "what came before an error is handed out");
	ok(feed_err(&f) == ERR_CORRUPT, "and the error is told");
	feed_release(&f);
}

static void
test_long_line(void)
{
	size_t len = (size_t)LINE_MAX_BYTES + 100;
	char *big = xmalloc(len);
	struct feed_mem m = {(const uint8_t *)big, len, 1u << 16};
	struct feed f;
	struct span line;
	enum err e;

	memset(big, 'x', len);
	big[len - 2] = '\n';
	feed_init_mem(&f, &m);
	ok(feed_line(&f, &line, &e) && e == ERR_LIMIT && line.len > 0, "a line over the limit says so");
	ok(feed_line(&f, &line, &e) && e == OK && span_is(line, "x"), "the next line is read as usual");
	ok(!feed_line(&f, &line, &e), "then the end");
	feed_release(&f);
	free(big);
}

/* Pieces of odd sizes, each overwritten when the next one is asked for. */
struct odd {
	uint32_t seed;
	size_t at, len;
	uint8_t piece[700];
};

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static uint8_t
byte_at(uint64_t i)
{
	return (uint8_t)((i * 2654435761u) >> 13);
}

static enum err
odd_fill(void *arg, const uint8_t **buf, size_t *len)
{
	struct odd *o = arg;
	size_t i, n = 1 + next_random(&o->seed) % (next_random(&o->seed) % 4 == 0 ? 3 : sizeof(o->piece));

	memset(o->piece, 0xee, sizeof(o->piece));
	if (n > o->len - o->at)
		n = o->len - o->at;
	for (i = 0; i < n; i++)
		o->piece[i] = byte_at(o->at + i);
	o->at += n;
	*buf = o->piece;
	*len = n;
	return OK;
}

static void
test_seams(void)
{
	struct odd o;
	struct feed f;
	const uint8_t *p;
	size_t n, want, skip, i, wrong = 0;
	uint64_t at;
	uint32_t seed;

	for (seed = 0; seed < 40; seed++) {
		o = (struct odd){.seed = seed, .len = 60000};
		feed_init(&f, odd_fill, &o);
		for (at = 0; at < o.len; at += skip) {
			want = 1 + next_random(&o.seed) % (next_random(&o.seed) % 8 == 0 ? 9000 : 900);
			n = feed_peek(&f, want, &p);
			wrong += n < want && at + n != o.len;
			for (i = 0; i < n; i++)
				wrong += p[i] != byte_at(at + i);
			skip = next_random(&o.seed) % 3 == 0 ? n : next_random(&o.seed) % (n + 1);
			feed_skip(&f, skip);
			wrong += feed_offset(&f) != at + skip;
		}
		wrong += feed_peek(&f, 1, &p) != 0 || feed_err(&f) != OK;
		feed_release(&f);
	}
	ok(wrong == 0, "bytes across the seams of pieces are the bytes of the input");
}

int
main(void)
{
	test_lines();
	test_peek();
	test_error();
	test_long_line();
	test_seams();
	return tap_done();
}
