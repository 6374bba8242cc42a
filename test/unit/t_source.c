/* source: every packing whole, in members, padded, followed by something else, left unread. */
#include "read_back.h"
#include "source/raw.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static void
test_whole(void)
{
	static const size_t len[] = {0, 1, 70, 65535, 65536, 65537, 524288, 524289, 2500000};
	size_t i;
	int how;

	for (how = 0; how < PACKINGS; how++) {
		bool right = true, known = true;

		for (i = 0; i < sizeof(len) / sizeof(len[0]); i++) {
			struct bytes plain = some_text(len[i], 1), packed = pack(how, plain);
			struct got g = read_back(packed, 1 + i * 40000);

			known = known && g.packing == (len[i] > 0 ? (enum packing)how : g.packing);
			right = right && whole(&g, packed, plain);
			free(plain.p);
			free(packed.p);
		}
		ok(right, "%s of every size reads back whole, with its digest", packing_word(how));
		ok(known, "%s is told from its first bytes", packing_word(how));
	}
}

static void
test_members(void)
{
	int how;

	for (how = PACK_GZIP; how < PACKINGS; how++) {
		struct bytes a = some_text(300000, 2), b = some_text(70000, 3), none = {a.p, 0};
		struct bytes all = bytes_room(0), packed = pack(how, a), more = pack(how, b);
		struct bytes empty = pack(how, none);
		struct got g;

		bytes_add(&all, a.p, a.len);
		bytes_add(&all, b.p, b.len);
		bytes_add(&packed, empty.p, empty.len);
		bytes_add(&packed, more.p, more.len);
		g = read_back(packed, 1);
		ok(whole(&g, packed, all), "%s members in a row are one input", packing_word(how));

		bytes_add(&packed, "\0\0\0\0\0\0\0\0", 8);
		g = read_back(packed, 100000);
		ok(g.sum.padding == 8 && whole(&g, packed, all),
		    "%s: zero bytes behind the last member are counted and let be", packing_word(how));

		bytes_add(&packed, "<html>", 6);
		g = read_back(packed, 1);
		ok(g.feed == ERR_TRAILING && g.sum.err == ERR_TRAILING && g.digest_right &&
		    g.sum.err_offset == packed.len - 6 && same(g.plain, all),
		    "%s: something else behind the last member is named", packing_word(how));
		free(g.plain.p);
		free(a.p), free(b.p), free(all.p), free(packed.p), free(more.p), free(empty.p);
	}
}

/* The decoder may stop early: the digest and the damage behind are still seen. */
static void
test_unread(void)
{
	struct bytes plain = some_text(3000000, 7);
	struct source_sum sum;
	struct source *s;
	int how;

	for (how = 0; how < PACKINGS; how++) {
		struct bytes packed = pack(how, plain);

		need(source_open(temp_file("input", packed), &s) == OK, "open");
		ok(source_close(s, &sum) == OK && sum.err == OK && sum.size == packed.len &&
		    sum.plain == plain.len, "%s closed at once is read to its end", packing_word(how));
		packed.p[packed.len - 3] ^= how == PACK_PLAIN ? 0 : 1;
		need(source_open(temp_file("input", packed), &s) == OK, "open");
		ok(source_close(s, &sum) == OK && (sum.err == OK) == (how == PACK_PLAIN),
		    "%s damaged in its last bytes is told at closing", packing_word(how));
		packed.p[packed.len - 3] ^= how == PACK_PLAIN ? 0 : 1;
		need(source_open_unhashed(temp_file("input", packed), &s) == OK, "open");
		ok(source_close(s, &sum) == OK && sum.err == OK && sum.size == packed.len && sum.plain == plain.len &&
		    memcmp(sum.sha256, (uint8_t[SHA256_BYTES]){0}, SHA256_BYTES) == 0,
		    "%s without a digest is read to its end, too", packing_word(how));
		free(packed.p);
	}
	free(plain.p);
}

/* What is no file to read, and with which errno it says so. */
static void
test_environment(void)
{
	struct source_sum sum;
	struct source *s = NULL;
	const char *path;

	ok(source_open(temp_path("absent"), &s) == ERR_OPEN && errno == ENOENT, "no such file");
	ok(source_open(temp_dir(), &s) == ERR_OPEN && errno == EISDIR, "a folder is no file");
	path = temp_path("fifo");
	need(mkfifo(path, 0600) == 0, "mkfifo");
	ok(source_open(path, &s) == ERR_OPEN && errno == EINVAL, "a FIFO does not stop us");
	ok(source_open("/proc/self/mem", &s) == ERR_IO && errno == EIO, "a read error keeps its errno");
	path = temp_file("secret", (struct bytes){0});
	need(chmod(path, 0) == 0, "chmod");
	if (geteuid() == 0)
		skip("root may read everything");
	else
		ok(source_open(path, &s) == ERR_OPEN && errno == EACCES, "no permission");
	ok(s == NULL, "out is left alone on an error");
	ok(source_close(NULL, &sum) == OK && sum.size == 0, "closing nothing is fine");

	path = temp_file("grows", (struct bytes){0});
	need(source_open(path, &s) == OK, "open");
	need(truncate(path, 9) == 0, "truncate");
	ok(source_close(s, &sum) == OK && sum.err == ERR_CONTRADICT, "a file that changes is named");
}

/* A disk that fails half-way: told at once, again, and with its errno. */
static void
test_read_error(void)
{
	struct raw r;
	uint8_t *p;
	size_t n;

	need(raw_open(&r, temp_file("input", (struct bytes){0})) == OK, "raw_open");
	close(r.fd);
	r.fd = open("/proc/self/mem", O_RDONLY);	/* nothing is mapped at its beginning */
	ok(raw_read(&r, &p, &n) == ERR_IO && r.err_no == EIO, "a read error is told");
	ok(raw_read(&r, &p, &n) == ERR_IO && raw_drain(&r) == ERR_IO, "it is no end of the file");
	raw_close(&r);
}

int
main(void)
{
	test_whole();
	test_members();
	test_unread();
	test_environment();
	test_read_error();
	temp_end();
	return tap_done();
}
