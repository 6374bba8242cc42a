/* rd: the bounded reader at 0, last, one past, and after failure. */
#include "base/rd.h"
#include "tap.h"

static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

static void
test_widths(void)
{
	struct rd r = rd_init(bytes, sizeof(bytes), 100);

	ok(rd_u8(&r, "a") == 1, "rd_u8 reads one octet");
	ok(rd_u16(&r, "b") == 0x0203, "rd_u16 is big-endian");
	ok(rd_u32(&r, "c") == 0x04050607, "rd_u32 is big-endian");
	ok(rd_u64(&r, "d") == 0x08090a0b0c0d0e0fu, "rd_u64 is big-endian");
	ok(rd_left(&r) == 0 && rd_done(&r, "end") == OK, "everything read is done");
}

static void
test_short(void)
{
	size_t n;

	for (n = 0; n < 4; n++) {
		struct rd r = rd_init(bytes, n, 7);

		ok(rd_u32(&r, "x") == 0 && r.err == ERR_SHORT, "%zu octets are too few for rd_u32", n);
		ok(strcmp(r.field, "x") == 0 && r.fail_off == 7, "the failure names field and offset");
		ok(rd_u8(&r, "y") == 0 && strcmp(r.field, "x") == 0, "the first failure stays");
		ok(rd_left(&r) == 0, "nothing is left after a failure");
		ok(rd_done(&r, "end") == ERR_SHORT, "rd_done reports it");
	}
}

static void
test_windows(void)
{
	struct rd r = rd_init(bytes, sizeof(bytes), 0), sub = rd_sub(&r, 2, "sub"), bad;

	ok(rd_u16(&sub, "s") == 0x0102 && rd_u8(&sub, "t") == 0 && sub.err == ERR_SHORT,
	    "a window cannot read its neighbour's bytes");
	ok(r.err == OK && rd_u8(&r, "n") == 3, "a window's failure is its own until adopted");
	rd_adopt(&r, &sub);
	ok(r.err == ERR_SHORT && strcmp(r.field, "t") == 0 && r.fail_off == 2,
	    "rd_adopt takes over error, field and offset");
	r = rd_init(bytes, sizeof(bytes), 0);
	bad = rd_sub(&r, sizeof(bytes) + 1, "big");
	ok(bad.err == ERR_SHORT && r.err == ERR_SHORT, "a window that is too large is born failed");
	ok(rd_u8(&bad, "q") == 0, "and gives zeroes");
	r = rd_init(bytes, sizeof(bytes), 0);
	sub = rd_sub(&r, sizeof(bytes), "all");
	ok(sub.err == OK && rd_left(&r) == 0, "a window of all that is left is fine");
}

static void
test_counts(void)
{
	struct rd r = rd_init(bytes, 12, 0);

	ok(rd_count(&r, 3, 4, "c") == 3 && r.err == OK, "a count that fits is believed");
	ok(rd_count(&r, 4, 4, "c") == 0 && r.err == ERR_COUNT, "one more is not");
	r = rd_init(bytes, 12, 0);
	ok(rd_count(&r, UINT32_MAX, 12, "c") == 0 && r.err == ERR_COUNT, "nor the largest");
	r = rd_init(bytes, 1, 0);
	ok(rd_done(&r, "end") == ERR_TRAILING && r.fail_off == 0, "bytes left over are an error");
	r = rd_init(bytes, 0, 0);
	ok(rd_bytes(&r, 0, "none") != NULL && rd_done(&r, "end") == OK, "no bytes of none is fine");
}

int
main(void)
{
	test_widths();
	test_short();
	test_windows();
	test_counts();
	return tap_done();
}
