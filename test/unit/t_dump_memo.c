/* cmd/dump_memo: whatever is found is the text that was made of these very octets. */
#include "cmd/dump_memo.h"
#include "base/arena.h"
#include "tap.h"

#include <fcntl.h>
#include <stdlib.h>

/* The block of number n, at the end of which n stands, and its text; lengths vary with n. */
static struct bgp_win
block_of(uint32_t n, uint8_t *buf)
{
	uint32_t len = 4 + n % 60;

	memset(buf, 'x', len);
	memcpy(buf + len - 4, &n, 4);
	return (struct bgp_win){.p = buf, .len = len};
}

static size_t
text_of(uint32_t n, char *buf)
{
	size_t len = n % 300, i;

	for (i = 0; i < len; i++)
		buf[i] = (char)('a' + (n + i) % 26);
	return len;
}

/* Ask for n, with o standing anywhere in its buffer; make and keep the text when it is not found. */
static void
ask(struct dump_memo *m, struct out *o, uint32_t n, size_t *found, size_t *wrong)
{
	uint8_t bytes[63];
	char text[300];
	struct bgp_win block = block_of(n, bytes);
	size_t len = text_of(n, text);
	struct span known;
	const char *from;
	uint64_t key;

	out_room(o, sizeof(text));
	if (!dump_memo_find(m, block, &key, &known)) {
		dump_memo_keep(m, block, key, text, len);
		return;
	}
	dump_memo_put(o, known);
	from = o->p - len;
	*found += 1;
	*wrong += from < o->buf || memcmp(from, text, len) != 0;
}

static void
t_found(void)
{
	struct dump_memo *m = dump_memo_new();
	struct out *o = out_new(open("/dev/null", O_WRONLY | O_CLOEXEC));
	size_t found = 0, wrong = 0;
	uint32_t i;

	ask(m, o, 7, &found, &wrong);
	ok(found == 0, "an empty memo knows nothing");
	for (i = 0; i < 100; i++)
		ask(m, o, i % 10, &found, &wrong);
	ok(found == 91 && wrong == 0, "what was kept is found");
	found = 0;
	for (i = 0; i < 400000; i++)
		ask(m, o, i % 1000 < 500 ? i % 50 : i * 7919, &found, &wrong);
	ok(found > 150000 && wrong == 0, "no text is another's, however often the ring goes round");
	dump_memo_free(m);
	ok(out_close(o), "out_close");
}

static void
t_long(void)
{
	struct dump_memo *m = dump_memo_new();
	struct out *o = out_new(open("/dev/null", O_WRONLY | O_CLOEXEC));
	size_t found = 0, wrong = 0, n = 70000;
	uint8_t *block = xcalloc(1, n);
	char *text = xcalloc(1, n);
	struct bgp_win w = {.p = block, .len = 65535};
	struct span known;
	uint64_t key;

	ask(m, o, 5, &found, &wrong);
	(void)dump_memo_find(m, w, &key, &known);
	dump_memo_keep(m, w, key, text, 10);
	ok(!dump_memo_find(m, w, &key, &known), "a long block is not kept");
	w.len = 8;
	(void)dump_memo_find(m, w, &key, &known);
	dump_memo_keep(m, w, key, text, n);
	ok(!dump_memo_find(m, w, &key, &known), "a long text is not kept");
	ask(m, o, 5, &found, &wrong);
	ok(found == 1 && wrong == 0, "what was there stays");
	free(block);
	free(text);
	dump_memo_free(m);
	ok(out_close(o), "out_close");
}

int
main(void)
{
	t_found();
	t_long();
	dump_memo_free(NULL);
	return tap_done();
}
