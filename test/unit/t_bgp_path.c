/* decode/bgp: AS_PATH with AS4_PATH, long paths, lists of NLRI. */
#include "addr/aspath.h"
#include "base/str.h"
#include "decode/bgp.h"
#include "mrt_build.h"
#include "tap.h"

struct answer {
	struct bgp_attrs a;
	struct diags d;
	enum err e;
};

static void
decode(const struct bytes *in, enum bgp_context ctx, unsigned as_size, struct answer *out)
{
	struct rd r = rd_init(in->b, in->n, 1000);

	memset(out, 0, sizeof(*out));
	out->e = bgp_attrs_decode(&r, ctx, as_size, 7, &out->d, &out->a);
}

static const struct {
	const char *name, *hex;
	unsigned as_size;
	const char *want;
} paths[] = {
    {"four octets", "40 02 14 02 02 00010000 0000fbf4 01 02 00000001 00000002", 4,
	"65536 64500 {1,2}"},
    {"two octets", "40 02 06 02 02 0001 0002", 2, "1 2"},
    {"neighbouring sequences are one", "40 02 08 02 01 0001 02 01 0002", 2, "1 2"},
    {"neighbouring sets stay two", "40 02 08 01 01 0001 01 01 0002", 2, "{1} {2}"},
    {"AS4_PATH takes the place of the tail", "40 02 08 02 03 0001 5ba0 0003"
	"c0 11 0a 02 02 000186a0 00000003", 2, "1 100000 3"},
    {"AS4_PATH as long as AS_PATH takes its place", "40 02 06 02 02 5ba0 5ba0"
	"c0 11 0a 02 02 000186a0 000186a1", 2, "100000 100001"},
    {"a longer AS4_PATH is ignored", "40 02 04 02 01 0001"
	"c0 11 0a 02 02 000186a0 00000003", 2, "1"},
    {"a set counts as one AS", "40 02 0c 02 02 0001 5ba0 01 02 0003 0004"
	"c0 11 10 02 01 000186a0 01 02 00000003 00000004", 2, "1 100000 {3,4}"},
    {"leading confederation segments are kept", "40 02 0a 03 01 ff00 02 02 0001 5ba0"
	"c0 11 0a 02 02 00000001 000186a0", 2, "(65280) 1 100000"},
    {"confederation segments of AS4_PATH are not", "40 02 06 02 02 0001 5ba0"
	"c0 11 0c 03 01 00000009 02 01 000186a0", 2, "1 100000"},
    {"an AGGREGATOR that is not AS_TRANS makes AS4_PATH stale", "40 02 04 02 01 5ba0"
	"c0 07 06 0005 c0000201 c0 11 06 02 01 000186a0 c0 12 08 000186a0 c0000201", 2, "23456"},
    {"an AGGREGATOR of AS_TRANS does not", "40 02 04 02 01 5ba0"
	"c0 07 06 5ba0 c0000201 c0 11 06 02 01 000186a0 c0 12 08 000186a0 c0000201", 2, "100000"},
    {"no AS_PATH, no path", "c0 11 06 02 01 000186a0", 2, ""},
};

static void
t_paths(void)
{
	static struct bytes in;
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct answer x;
	struct str s = {0};
	size_t i, n;

	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		in.n = 0;
		put_hex(&in, paths[i].hex);
		decode(&in, BGP_IN_UPDATE, paths[i].as_size, &x);
		str_clear(&s);
		str_adds(&s, "");
		n = bgp_path_words(&x.a, words, BGP_PATH_WORDS_MAX);
		aspath_format((struct aspath){words, (uint32_t)n}, &s);
		is_str(s.p, paths[i].want, "path: %s", paths[i].name);
	}
	ok(x.a.aggregator_as == 0, "no aggregator is invented");
	in.n = 0;
	put_hex(&in, paths[11].hex);
	decode(&in, BGP_IN_UPDATE, 2, &x);
	ok(x.a.aggregator_as == 100000, "AS4_AGGREGATOR takes the place of AS_TRANS");
	words[1] = 77;
	ok(bgp_path_words(&x.a, words, 1) == 2 && words[1] == 77,
	    "what does not fit is counted, not written");
	str_release(&s);
}

/* A path of n ASes in segments of 255. */
static void
long_path(struct bytes *in, uint32_t n)
{
	uint32_t left = n, k;
	size_t at;

	in->n = 0;
	put_hex(in, "50 02");
	at = len16_open(in);
	for (; left > 0; left -= k) {
		uint32_t i;

		k = left < 255 ? left : 255;
		put8(in, 2);
		put8(in, k);
		for (i = 0; i < k; i++)
			put32(in, 64500);
	}
	len16_close(in, at);
}

static void
t_limits(void)
{
	static struct bytes in;
	static uint32_t words[BGP_PATH_WORDS_MAX];
	struct answer x;

	long_path(&in, AS_PATH_HOPS_MAX);
	decode(&in, BGP_IN_UPDATE, 4, &x);
	ok(!x.a.malformed && bgp_path_words(&x.a, words, BGP_PATH_WORDS_MAX) == AS_PATH_HOPS_MAX + 1,
	    "the longest path allowed is read");
	long_path(&in, AS_PATH_HOPS_MAX + 1);
	decode(&in, BGP_IN_UPDATE, 4, &x);
	ok(x.a.malformed && x.d.kept[0].err == ERR_LIMIT, "one AS more is over the limit, by name");
	diags_release(&x.d);
}

struct seen {
	size_t n;
	char last[PREFIX_TEXT];
	uint32_t id;
};

static void
see(void *arg, const struct prefix *p, uint32_t id)
{
	struct seen *s = arg;

	s->n++;
	s->id = id;
	prefix_format(p, s->last);
}

static const struct {
	const char *hex;
	unsigned family;
	bool addpath;
	enum err want;
	size_t n;
	const char *last;
	uint32_t id;
} lists[] = {
    {"", FAMILY_V4, false, OK, 0, "", 0},
    {"00", FAMILY_V4, false, OK, 1, "0.0.0.0/0", 0},
    {"08 0a 18 c63364", FAMILY_V4, false, OK, 2, "198.51.100.0/24", 0},
    {"20 c6336401", FAMILY_V4, false, OK, 1, "198.51.100.1/32", 0},
    {"21 c633640100", FAMILY_V4, false, ERR_RANGE, 0, "", 0},
    {"08 0a 18 c633", FAMILY_V4, false, ERR_SHORT, 1, "10.0.0.0/8", 0},
    {"11 c633ff", FAMILY_V4, false, OK, 1, "198.51.128.0/17", 0},
    {"00000005 08 0a", FAMILY_V4, true, OK, 1, "10.0.0.0/8", 5},
    {"000005", FAMILY_V4, true, ERR_SHORT, 0, "", 0},
    {"80 20010db8000000000000000000000001", FAMILY_V6, false, OK, 1, "2001:db8::1/128", 0},
    {"81 20010db800000000000000000000000100", FAMILY_V6, false, ERR_RANGE, 0, "", 0},
};

static void
t_nlri(void)
{
	static struct bytes in;
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct bgp_win w = {in.b, 0, 50};
		struct seen s = {0};
		struct diags d = {0};
		struct rd fail;
		enum err e;

		in.n = 0;
		put_hex(&in, lists[i].hex);
		w.len = (uint32_t)in.n;
		e = bgp_nlri_each(w, lists[i].family, lists[i].addpath, 7, &d, see, &s);
		ok(e == lists[i].want && s.n == lists[i].n && s.id == lists[i].id &&
		    strcmp(s.last, lists[i].last) == 0, "NLRI \"%s\" are read", lists[i].hex);
		ok((e == OK) == (d.n_level[DIAG_SKIP_RECORD] == 0), "and told of when broken");
		ok(bgp_nlri_check(w, lists[i].family, lists[i].addpath, "x", &fail) == e,
		    "and the check agrees");
		diags_release(&d);
	}
}

int
main(void)
{
	t_paths();
	t_limits();
	t_nlri();
	return tap_done();
}
