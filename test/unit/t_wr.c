#include "base/rd.h"
#include "base/wr.h"
#include "tap.h"

#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* Does patching v into n bytes abort? */
static bool
patch_aborts(size_t v)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct wr w = {0};

		fclose(stderr);
		wr_u16(&w, 0);
		wr_patch16(&w, 0, v);
		wr_release(&w);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

int
main(void)
{
	static const uint8_t want[] = {0xff, 0x01, 0x02, 0xfe, 0xdc, 0xba, 0x98, 'a', 'b', 'c'};
	struct wr w = {0};
	struct rd r;
	size_t i;

	wr_u8(&w, 0xff);
	wr_u16(&w, 0x0102);
	wr_u32(&w, 0xfedcba98);
	wr_bytes(&w, "abc", 3);
	wr_bytes(&w, NULL, 0);
	ok(w.len == sizeof(want) && memcmp(w.p, want, sizeof(want)) == 0, "numbers are written big-endian");
	r = rd_init(w.p, w.len, 0);
	ok(rd_u8(&r, "a") == 0xff && rd_u16(&r, "b") == 0x0102 && rd_u32(&r, "c") == 0xfedcba98 &&
	    rd_left(&r) == 3, "rd reads back what wr wrote");

	wr_patch8(&w, 0, 7);
	wr_patch16(&w, 1, 65535);
	wr_patch32(&w, 3, 0);
	ok(w.p[0] == 7 && w.p[1] == 0xff && w.p[2] == 0xff && w.p[3] == 0 && w.p[6] == 0 && w.p[7] == 'a',
	    "a patch changes its own bytes only");
	ok(!patch_aborts(65535), "the largest length that fits 16 bits is patched in");
	ok(patch_aborts(65536), "a length that does not fit is our bug, and stops the program");

	wr_clear(&w);
	ok(w.len == 0 && w.cap > 0, "clearing keeps the memory");
	for (i = 0; i < 100000; i++)
		wr_u8(&w, (uint8_t)i);
	ok(w.len == 100000 && w.p[0] == 0 && w.p[99999] == (uint8_t)99999, "it grows");
	wr_release(&w);
	ok(w.p == NULL && w.len == 0, "release empties it");
	return tap_done();
}
