/* base: arena, canonical JSON, map, digests, time, diags. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/json_w.h"
#include "base/map.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "tap.h"

static void
test_arena(void)
{
	struct arena *a = arena_new();
	unsigned char *p = arena_alloc(a, 100), *q;
	int i, zero = 1;

	memset(p, 0xff, 100);
	arena_reset(a);
	q = arena_alloc(a, 100);
	for (i = 0; i < 100; i++)
		zero = zero && q[i] == 0;
	ok(zero, "memory is zeroed again after a reset");
	ok(((uintptr_t)arena_alloc(a, 1) & 15) == 0 && ((uintptr_t)arena_alloc(a, 3) & 15) == 0, "aligned to 16");
	q = arena_array(a, 1u << 20, 4);
	q[(4u << 20) - 1] = 1;
	ok(arena_bytes(a) >= 4u << 20, "larger than a block is fine, and counted");
	is_str(arena_printf(a, "%d-%s", 7, "x"), "7-x", "arena_printf formats");
	arena_free(a);
	arena_free(NULL);
}

static void
test_json(void)
{
	struct str s = {0};
	struct json_w w;

	json_w_init(&w, &s);
	json_obj(&w);
	json_key(&w, "a");
	json_arr(&w);
	json_u64(&w, 18446744073709551615u);
	json_i64(&w, -5);
	json_null(&w);
	json_bool(&w, true);
	json_arr_end(&w);
	json_kstr(&w, "b", SPAN("q\"\\\n\x01\xc3\xa9\xff\xed\xa0\x80z"));
	json_key(&w, "c");
	json_obj(&w);
	json_obj_end(&w);
	json_obj_end(&w);
	json_done(&w);
	is_str(s.p, "{\"a\":[18446744073709551615,-5,null,true],\"b\":\"q\\\"\\\\\\n\\u0001\xc3\xa9"
		"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\",\"c\":{}}\n",
	    "canonical, escaped, and bytes that are not UTF-8 replaced");
	str_release(&s);
}

static bool
eq(uint32_t id, const void *key, const void *arg)
{
	return ((const uint32_t *)arg)[id] == *(const uint32_t *)key;
}

static void
test_map(void)
{
	static uint32_t v[5000];
	struct map m = {0};
	uint32_t i, bad = 0, none = 77777777;

	for (i = 0; i < 5000; i++) {
		v[i] = i * 7919;
		bad += map_find(&m, map_hash(&v[i], 4), eq, &v[i], v) != MAP_NONE;
		map_add(&m, map_hash(&v[i], 4), i);
	}
	for (i = 0; i < 5000; i++)
		bad += map_find(&m, map_hash(&v[i], 4), eq, &v[i], v) != i;
	ok(bad == 0 && m.n == 5000, "5000 items are found again, through every growth");
	ok(map_find(&m, map_hash(&none, 4), eq, &none, v) == MAP_NONE, "one that is not there is not found");
	map_release(&m);
}

static void
test_sha256(void)
{
	struct sha256 h;
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_init(&h);
	sha256_add(&h, "a", 1);
	sha256_add(&h, "bc", 2);
	sha256_end(&h, d);
	sha256_hex(d, hex);
	is_str(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "FIPS 180-4 \"abc\"");
}

static void
test_utc(void)
{
	static const struct { const char *in, *out; } cases[] = {
	    {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"}, {"2024-02-29", "2024-02-29T00:00:00Z"},
	    {"2023-02-29", NULL}, {"20220501", "2022-05-01T00:00:00Z"}, {"20140501.0030", "2014-05-01T00:30:00Z"},
	    {"2025-07-20T09:31:33Z", "2025-07-20T09:31:33Z"}, {"2025-07-20 09:31:33.123", "2025-07-20T09:31:33Z"},
	    {"2025-07-20T01:00:00+02:00", "2025-07-19T23:00:00Z"}, {"1713709073", "2024-04-21T14:17:53Z"},
	    {"2025-13-01", NULL}, {"2025-00-01", NULL}, {"", NULL}, {"2025-07-20T24:00:00Z", NULL},
	    {"2025-07-20x", NULL}, {"2025-07-20T01:00:00+", NULL}, {"20250720T0931Z", "2025-07-20T09:31:00Z"},
	};
	char buf[UTC_TEXT];
	size_t i;
	int64_t day, bad = 0;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct utc t = {42};
		enum err e = utc_parse(span_of(cases[i].in), &t);

		if (cases[i].out == NULL)
			ok(e != OK && t.s == 42, "time \"%s\" is refused", cases[i].in);
		else if (e != OK)
			ok(0, "time \"%s\" is read", cases[i].in);
		else
			is_str(utc_format(t, buf), cases[i].out, "time \"%s\"", cases[i].in);
	}
	for (day = 0; day < 80000; day++) {
		struct utc t = {day * 86400 + 3661}, back;

		bad += utc_parse(span_of(utc_format(t, buf)), &back) != OK || back.s != t.s;
	}
	ok(bad == 0, "every day from 1970 to 2189 is printed and read back");
	is_str(utc_format(UTC_NONE, buf), "unknown", "no time is unknown");
}

static void
test_diag(void)
{
	struct diags d = {0};
	char buf[200];
	int i;

	for (i = 0; i < 100; i++)
		diag_add(&d, DIAG_SKIP_RECORD, ERR_SHORT, (uint64_t)i + 1, 63, "rib.attrs", "RFC 6396 4.3.4");
	diag_add(&d, DIAG_NOTE, ERR_RANGE, 7, 8, "x", NULL);
	ok(d.n_kept == 64 && d.n_counts == 2 && d.counts[0].n == 100, "all are counted, the first are kept");
	ok(diags_total(&d) == 101 && !diags_stopped(&d), "totals");
	is_str(diag_format(&d.kept[0], buf, sizeof(buf)),
	    "record 1 @63: rib.attrs: input ends early [RFC 6396 4.3.4]", "a diag reads well");
	diag_add(&d, DIAG_STOP_SOURCE, ERR_SHORT, 9, 9, "y", NULL);
	ok(diags_stopped(&d), "a stop makes the source incomplete");
	diags_release(&d);
}

int
main(void)
{
	test_arena();
	test_json();
	test_map();
	test_sha256();
	test_utc();
	test_diag();
	return tap_done();
}
