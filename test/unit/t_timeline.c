/*
 * The timeline: each rule by hand, then random streams against an oracle that keeps every event and asks for each
 * second anew.
 */
#include "tap.h"
#include "base/arena.h"
#include "metric/timeline.h"

#define US 1000000ll

static struct prefix
pfx(unsigned third)
{
	return (struct prefix){.addr = {203, 0, (uint8_t)third}, .family = FAMILY_V4, .len = 24};
}

static struct offence
off(unsigned class, uint32_t culprit)
{
	return (struct offence){.class = (uint8_t)class, .origin = 64500, .culprit = culprit, .accomplice = 3356};
}

/* --- by hand --- */

static struct timeline *t;
static struct timeline_result r;
static struct timeline_vp_info info[8];
static const struct timeline_key key0 = {{{203, 0, 113}, FAMILY_V4, 24}, 0, 0};

static void
begin(int64_t from_s, int64_t to_s, uint32_t n_vps, uint32_t need)
{
	struct timeline_params p;
	uint32_t i;

	timeline_params_init(&p);
	p.from_us = from_s * US;
	p.to_us = to_s * US;
	p.visibility = need;
	t = timeline_new(&p);
	for (i = 0; i < n_vps; i++) {
		timeline_vp(t);
		info[i] = (struct timeline_vp_info){{true, true}, to_s * US};
	}
}

static void
say(int64_t s, uint32_t culprit)
{
	struct offence of = off(OFF_INVALID, culprit);

	timeline_announce(t, &key0, s * US, &of, culprit != 0);
}

static void
seen(int64_t table_s, int64_t received_s, uint32_t culprit)
{
	struct offence of = off(OFF_INVALID, culprit);
	const uint8_t covers[1] = {1};

	timeline_table_begin(t, table_s * US);
	if (culprit != 0)
		timeline_table_route(t, &key0, received_s * US, &of, 1);
	timeline_table_end(t, covers);
}

/* "culprit from-to began/ended; ..." */
static const char *
end(void)
{
	static char text[1024];
	size_t i, k, n = 0;

	text[0] = '\0';
	if (timeline_finish(t, info, &r) != OK)
		return "error";
	for (i = 0; i < r.n_offences; i++)
		for (k = r.offences[i].first; k < r.offences[i].first + r.offences[i].n; k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%u %lld-%lld %s/%s", n > 0 ? "; " : "",
			    r.offences[i].of.culprit, (long long)(r.intervals[k].from_us / US),
			    (long long)(r.intervals[k].to_us / US), timeline_began_word(r.intervals[k].began),
			    timeline_ended_word(r.intervals[k].ended));
	timeline_result_release(&r);
	timeline_free(t);
	return text;
}

static void
test_messages(void)
{
	begin(0, 100000, 1, 1);
	say(10, 7);
	say(20, 7);
	timeline_withdraw(t, &key0, 30 * US);
	timeline_withdraw(t, &key0, 31 * US);
	is_str(end(), "7 10-30 announced/withdrawn", "told again it goes on; a withdrawal ends it, once");
	begin(0, 100000, 1, 1);
	say(10, 7);
	say(20, 8);
	say(30, 0);
	is_str(end(), "7 10-20 announced/replaced; 8 20-30 announced/replaced",
	    "another culprit ends it and begins another; a good route ends that");
	begin(15, 25, 1, 1);
	say(10, 7);
	is_str(end(), "7 15-25 before-window/open", "the window clips");
	begin(15, 25, 1, 1);
	say(10, 7);
	timeline_withdraw(t, &key0, 15 * US);
	say(25, 8);
	is_str(end(), "", "what ends as the window begins, or begins as it ends, is not in it");
	begin(0, 100, 1, 1);
	info[0].seen_to_us = 50 * US;
	say(10, 7);
	is_str(end(), "7 10-50 announced/open", "nothing is known after the last that was heard");
	begin(0, 100, 1, 1);
	say(10, 7);
	timeline_withdraw(t, &key0, 9 * US);
	is_str(end(), "7 10-10 announced/withdrawn", "time does not run back at a vantage point");
}

static void
test_addpath(void)
{
	struct timeline_key other = key0;
	struct offence of = off(OFF_INVALID, 7);

	begin(0, 1000, 1, 1);
	other.path_id = 2;
	say(10, 7);
	timeline_announce(t, &other, 20 * US, &of, 1);
	timeline_withdraw(t, &key0, 30 * US);
	timeline_withdraw(t, &other, 40 * US);
	ok(timeline_finish(t, info, &r) == OK && r.n_intervals == 2 && r.n_incidents == 1 && r.incidents[0].peak == 1 &&
	    r.incidents[0].n_vps == 1 && r.incidents[0].n_spans == 1 && r.spans[0].from_us == 10 * US &&
	    r.spans[0].to_us == 40 * US, "two paths of one vantage point are one view, and end apart");
	timeline_result_release(&r);
	timeline_free(t);
	begin(0, 1000, 1, 1);
	say(10, 7);
	of.accomplice = 174;
	timeline_announce(t, &key0, 20 * US, &of, 1);
	timeline_withdraw(t, &key0, 30 * US);
	ok(timeline_finish(t, info, &r) == OK && r.n_intervals == 2 && r.n_incidents == 1 && r.incidents[0].n_spans == 1 &&
	    r.incidents[0].n_vps == 1, "another accomplice: another interval, the same incident");
	timeline_result_release(&r);
	timeline_free(t);
}

static void
test_sessions(void)
{
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	timeline_up(t, 0, 130 * US);
	say(130 + 1800, 7);
	timeline_withdraw(t, &key0, 3000 * US);
	is_str(end(), "7 10-3000 announced/withdrawn", "told again within return_s after a reset: one interval");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	timeline_up(t, 0, 130 * US);
	say(130 + 1801, 7);
	timeline_withdraw(t, &key0, 3000 * US);
	is_str(end(), "7 10-100 announced/session-lost; 7 1931-3000 announced/withdrawn",
	    "later: it ended with the session");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	timeline_up(t, 0, (100 + 86401) * US);
	say(100 + 86402, 7);
	is_str(end(), "7 10-100 announced/session-lost; 7 86502-1000000 announced/open",
	    "a session that was away for longer than away_s was not reset");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	timeline_up(t, 0, 130 * US);
	say(140, 0);
	is_str(end(), "7 10-100 announced/session-lost", "another route after the reset: it ended with the session");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	say(150, 7);
	is_str(end(), "7 10-1000000 announced/open", "a message says that the session is back");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_up(t, 0, 100 * US);
	is_str(end(), "7 10-100 announced/session-lost", "a session that begins had ended, told or not");
	begin(0, 1000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	timeline_up(t, 0, 130 * US);
	timeline_down(t, 0, 200 * US);
	timeline_up(t, 0, 230 * US);
	say(300, 7);
	is_str(end(), "7 10-1000000 announced/open", "lost again while the table was on its way: still one");
}

static void
test_tables(void)
{
	begin(1000, 2000000, 1, 1);
	seen(500, 200, 7);
	timeline_withdraw(t, &key0, 5000 * US);
	is_str(end(), "7 1000-5000 before-window/withdrawn", "a table tells what is open at the beginning");
	begin(0, 2000000, 1, 1);
	seen(50000, 40000, 7);
	is_str(end(), "7 40000-2000000 in-table/open", "not told before: since the table says that it was received");
	begin(0, 2000000, 1, 1);
	seen(50000, 0, 7);
	is_str(end(), "7 50000-2000000 in-table/open", "... and from the table on when it does not say");
	begin(0, 2000000, 1, 1);
	say(10, 7);
	seen(50000, 10, 7);
	seen(60000, 0, 0);
	is_str(end(), "7 10-50000 announced/not-in-table", "gone without a word: proven up to the table before");
	begin(0, 2000000, 1, 1);
	say(10, 7);
	timeline_gap(t, 0, 20000 * US, 30000 * US);
	timeline_gap(t, 0, 40000 * US, 41000 * US);
	seen(60000, 0, 0);
	is_str(end(), "7 10-20000 announced/not-in-table", "... or to where nobody listened");
	begin(0, 2000000, 1, 1);
	say(10, 7);
	timeline_gap(t, 0, 20000 * US, 30000 * US);
	timeline_withdraw(t, &key0, 50000 * US);
	is_str(end(), "7 10-50000 announced/withdrawn", "a gap by itself ends nothing");
	begin(0, 2000000, 1, 1);
	say(59500, 7);
	seen(60000, 0, 0);
	is_str(end(), "7 59500-2000000 announced/open", "a table does not speak of what changed while it was written");
	begin(0, 2000000, 1, 1);
	say(100, 7);
	timeline_withdraw(t, &key0, 59900 * US);
	seen(60000, 100, 7);
	is_str(end(), "7 100-59900 announced/withdrawn", "... nor of what was withdrawn then");
	begin(0, 2000000, 1, 1);
	say(10, 7);
	timeline_down(t, 0, 100 * US);
	seen(90000, 10, 7);
	is_str(end(), "7 10-2000000 announced/open", "a table shows that it came back");
}

static void
test_views(void)
{
	struct timeline_key k = key0;
	struct offence a = off(OFF_INVALID, 7), b = a;
	uint32_t i;

	b.accomplice = 174;
	begin(0, 1000, 4, 2);
	info[3].full_feed[0] = false;
	for (i = 0; i < 4; i++) {
		k.vp = i;
		timeline_announce(t, &k, (10 + 10 * (int64_t)i) * US, i == 2 ? &b : &a, 1);
	}
	for (i = 0; i < 4; i++) {
		k.vp = i;
		timeline_withdraw(t, &k, (100 + 10 * (int64_t)i) * US);
	}
	ok(timeline_finish(t, info, &r) == OK && r.n_incidents == 1 && r.n_offences == 2, "two accomplices, one incident");
	ok(r.incidents[0].n_spans == 1 && r.spans[r.incidents[0].first_span].from_us == 20 * US &&
	    r.spans[r.incidents[0].first_span].to_us == 110 * US, "seen by two full feeds at once: from 20 to 110");
	ok(r.incidents[0].peak == 3 && r.incidents[0].n_vps == 4, "three of them at most, four vantage points");
	ok(r.offences[0].of.accomplice == 174 && r.spans[r.offences[0].first_span].from_us == 30 * US &&
	    r.spans[r.offences[0].first_span].to_us == 110 * US, "an accomplice is one while the culprit is");
	timeline_result_release(&r);
	timeline_free(t);
}

/* --- by whom it came --- */

static void
way(int64_t s, uint32_t first, uint32_t second)
{
	const uint32_t as[] = {first, first, second, 7, 7, second, 64500};
	struct offence of = off(OFF_INVALID, 7);

	timeline_path(t, as, sizeof(as) / sizeof(*as));
	timeline_announce(t, &key0, s * US, &of, 1);
}

static void
way_seen(int64_t table_s, int64_t received_s, uint32_t first)
{
	const uint32_t as[] = {first, 7, 64500};
	struct offence of = off(OFF_INVALID, 7);
	const uint8_t covers[1] = {1};

	timeline_table_begin(t, table_s * US);
	timeline_path(t, as, 3);
	timeline_table_route(t, &key0, received_s * US, &of, 1);
	timeline_table_end(t, covers);
}

static void
ways_begin(int64_t from_s, int64_t to_s)
{
	struct timeline_params p;

	timeline_params_init(&p);
	p.from_us = from_s * US;
	p.to_us = to_s * US;
	p.ways = WAYS_TO_CULPRIT;
	t = timeline_new(&p);
	timeline_vp(t);
	info[0] = (struct timeline_vp_info){{true, true}, to_s * US};
}

/* "from-to hop hop; ..." */
static const char *
ways_end(void)
{
	static char text[1024];
	const uint32_t *as;
	size_t i, k, n = 0, h;

	text[0] = '\0';
	if (timeline_finish(t, info, &r) != OK)
		return "error";
	for (i = 0; i < r.n_offences; i++)
		for (k = r.offences[i].first_way; k < r.offences[i].first_way + r.offences[i].n_ways; k++) {
			size_t hops = timeline_way_hops(&r, &r.ways[k], &as);

			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%lld-%lld", n > 0 ? "; " : "",
			    (long long)(r.ways[k].from_us / US), (long long)(r.ways[k].to_us / US));
			for (h = 0; h < hops; h++)
				n += (size_t)snprintf(text + n, sizeof(text) - n, " %u", as[h]);
		}
	timeline_result_release(&r);
	timeline_free(t);
	return text;
}

static void
test_ways(void)
{
	ways_begin(0, 100000);
	way(10, 1, 2);
	way(15, 1, 2);
	way(20, 1, 3);
	timeline_withdraw(t, &key0, 30 * US);
	way(40, 1, 2);
	is_str(ways_end(), "10-20 1 2; 20-30 1 3; 40-100000 1 2", "each path up to where the culprit first stands, while it was told");
	ways_begin(15, 25);
	way(5, 1, 2);
	way(10, 1, 4);
	way(20, 1, 3);
	way(30, 1, 2);
	is_str(ways_end(), "15-20 1 4; 20-25 1 3", "the window clips them");
	ways_begin(0, 100000);
	way(10, 1, 2);
	timeline_down(t, 0, 20 * US);
	timeline_up(t, 0, 30 * US);
	way(40, 1, 2);
	timeline_down(t, 0, 50 * US);
	timeline_up(t, 0, 60 * US);
	way(70, 1, 3);
	timeline_gap(t, 0, 80 * US, 90 * US);
	way(100, 1, 4);
	timeline_withdraw(t, &key0, 110 * US);
	is_str(ways_end(), "10-50 1 2; 70-80 1 3; 100-110 1 4", "another path after a reset or a gap: the one before ended with it");
	ways_begin(0, 100000);
	way(10, 1, 2);
	way_seen(5000, 4000, 1);
	way_seen(6000, 0, 9);
	timeline_withdraw(t, &key0, 7000 * US);
	is_str(ways_end(), "10-10 1 2; 4000-5000 1; 6000-7000 9", "a table shows another path: since it was received, at most");
	ways_begin(0, 100000);
	way_seen(5000, 4000, 1);
	timeline_withdraw(t, &key0, 5500 * US);
	is_str(ways_end(), "4000-5500 1", "or one that no message told");
	ways_begin(0, 100000);
	say(10, 7);
	way(20, 1, 2);
	say(30, 7);
	timeline_withdraw(t, &key0, 40 * US);
	is_str(ways_end(), "20-30 1 2", "without a path there is no way, and none is left over from before");
}

/* --- the oracle --- */

enum { VPS = 3, KEYS = 2, SECONDS = 400, EVENTS = 120, RETURN = 20, AWAY = 45, KINDS = 6 };

struct told {
	int kind;		/* 0 announce, 1 withdraw, 2 down, 3 up, 4 gap */
	int vp, key, s;
	unsigned of;		/* bits of the offences that it carries */
};

static struct told told[EVENTS];
static int n_told;
static uint64_t seed = 1;

static unsigned
draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

/* Offence i of six: three culprits in two classes; a route has at most one of each class. */
static struct offence
nth(int i)
{
	return off(i < 3 ? OFF_BOGON_PREFIX : OFF_INVALID, 7 + (uint32_t)i % 3);
}

/* Is the session up just before event i? Any message says so. */
static bool
is_up(int vp, int i)
{
	int k;

	for (k = i - 1; k >= 0; k--)
		if (told[k].vp == vp && told[k].kind != 4)
			return told[k].kind != 2;
	return true;
}

/* When the session was last back before event i, or at it; -1 when it never was away. */
static int
up_before(int vp, int i)
{
	int k;

	for (k = i; k >= 0; k--) {
		if (told[k].vp != vp || told[k].kind == 4 || told[k].kind == 2)
			continue;
		if (told[k].kind == 3 || !is_up(vp, k))
			return told[k].s;
	}
	return -1;
}

static bool
is_reset(int vp, int i)
{
	return told[i].vp == vp && is_up(vp, i) && (told[i].kind == 2 || told[i].kind == 3);
}

/* Is that offence there, at that vantage point, for that key, in the second that begins at s? */
static bool
there(int vp, int key, int of, int s)
{
	int m = -1, lost = -1, i;

	for (i = 0; i < n_told && told[i].s <= s; i++)
		if (told[i].vp == vp && told[i].key == key && told[i].kind <= 1)
			m = i;
	if (m < 0 || told[m].kind == 1 || (told[m].of >> of & 1) == 0)
		return false;
	for (i = m + 1; i < n_told; i++) {
		bool mine = told[i].vp == vp && told[i].key == key && told[i].kind <= 1;

		if (is_reset(vp, i)) {
			if (lost < 0 && told[i].s > s)
				return true;
			if (lost >= 0 && (told[i].s - up_before(vp, i - 1) > RETURN ||
			    up_before(vp, i - 1) - told[lost].s > AWAY))
				return false;
			if (lost < 0)
				lost = i;
		}
		if (mine && lost < 0)
			return true;
		if (mine)
			return told[i].kind == 0 && (told[i].of >> of & 1) != 0 &&
			    told[i].s - up_before(vp, i) <= RETURN && up_before(vp, i) - told[lost].s <= AWAY;
	}
	return lost < 0;
}

static void
make_stream(void)
{
	int s = 0, i;

	n_told = 0;
	for (i = 0; i < EVENTS; i++) {
		unsigned d = draw(100);
		struct told *e = &told[n_told++];

		s += 1 + (int)draw(5);
		*e = (struct told){d < 50 ? 0 : d < 70 ? 1 : d < 82 ? 2 : d < 94 ? 3 : 4, (int)draw(VPS),
		    (int)draw(KEYS), s, 0};
		if (e->kind == 0 && draw(4) > 0)
			e->of = (draw(3) > 0 ? 1u << draw(3) : 0) | (draw(3) > 0 ? 8u << draw(3) : 0);
		if (s >= SECONDS)
			n_told--;
	}
}

static void
play(const struct told *e)
{
	static const uint32_t by[] = {1, 9, 8, 7};	/* always the same path: ways are the intervals */
	struct timeline_key k = {pfx((unsigned)e->key), (uint32_t)e->vp, 0};
	struct offence of[KINDS];
	size_t n = 0;
	int i;

	for (i = KINDS - 1; i >= 0; i--)
		if ((e->of >> i & 1) != 0)
			of[n++] = nth(i);
	if (e->kind == 0)
		timeline_path(t, by, 4);
	if (e->kind == 0)
		timeline_announce(t, &k, e->s * US, of, n);
	else if (e->kind == 1)
		timeline_withdraw(t, &k, e->s * US);
	else if (e->kind == 2)
		timeline_down(t, k.vp, e->s * US);
	else if (e->kind == 3)
		timeline_up(t, k.vp, e->s * US);
	else
		timeline_gap(t, k.vp, e->s * US, (e->s + 1) * US);
}

/* Intervals that begin and end within [lo, hi), as the oracle has them: each run of seconds. */
static int
runs(int vp, int key, int of, int lo, int hi, bool grid[SECONDS])
{
	int s, n = 0;

	for (s = lo; s < hi; s++) {
		grid[s] = there(vp, key, of, s);
		n += grid[s] && (s == lo || !grid[s - 1]);
	}
	return n;
}

static bool grid[VPS][KEYS][KINDS][SECONDS];

static bool
intervals_agree(int n_runs)
{
	static bool got[VPS][KEYS][KINDS][SECONDS];
	size_t i, k;
	int of, key;
	int64_t s;

	memset(got, 0, sizeof(got));
	if (r.n_intervals != (size_t)n_runs)
		return false;
	for (i = 0; i < r.n_offences; i++) {
		const struct timeline_offence *o = &r.offences[i];

		of = (o->of.class == OFF_INVALID ? 3 : 0) + (int)o->of.culprit - 7;
		key = o->prefix.addr[2];
		for (k = o->first; k < o->first + o->n; k++)
			for (s = r.intervals[k].from_us / US; s < r.intervals[k].to_us / US; s++)
				got[r.intervals[k].vp][key][of][s] = true;
	}
	return memcmp(got, grid, sizeof(got)) == 0;
}

static bool
ways_agree(void)
{
	const uint32_t *as;
	size_t i, k;

	for (i = 0; i < r.n_offences; i++) {
		const struct timeline_offence *o = &r.offences[i];

		if (o->n != o->n_ways)
			return false;
		for (k = 0; k < o->n; k++) {
			const struct timeline_interval *a = &r.intervals[o->first + k];
			const struct timeline_way *b = &r.ways[o->first_way + k];

			if (a->from_us != b->from_us || a->to_us != b->to_us || a->vp != b->vp ||
			    timeline_way_hops(&r, b, &as) != 10 - o->of.culprit)
				return false;
		}
	}
	return true;
}

static bool
spans_agree(uint32_t need, int lo, int hi)
{
	int key, of, v, s;
	size_t i;

	for (i = 0; i < r.n_incidents; i++) {
		const struct timeline_incident *x = &r.incidents[i];
		const struct timeline_offence *o = &r.offences[x->first];
		uint32_t k = x->first_span, peak = 0;

		key = o->prefix.addr[2];
		of = (o->of.class == OFF_INVALID ? 3 : 0) + (int)o->of.culprit - 7;
		for (s = lo; s < hi; s++) {
			uint32_t n = 0;

			for (v = 0; v < VPS; v++)
				n += grid[v][key][of][s];
			peak = n > peak ? n : peak;
			while (k < x->first_span + x->n_spans && r.spans[k].to_us <= s * US)
				k++;
			if ((n >= need) != (k < x->first_span + x->n_spans && r.spans[k].from_us <= s * US))
				return false;
		}
		if (peak != x->peak)
			return false;
	}
	return true;
}

static void
test_oracle(void)
{
	int round, i, vp, key, of, n_runs, bad = 0, bad_spans = 0, bad_ways = 0, total = 0;

	for (round = 0; round < tap_rounds(1000) && bad + bad_spans < 3; round++) {
		int lo = (int)draw(60), hi = SECONDS - (int)draw(60);
		uint32_t need = 1 + draw(VPS);
		struct timeline_params p;

		make_stream();
		timeline_params_init(&p);
		p = (struct timeline_params){lo * US, hi * US, need, need, RETURN, AWAY, 0, true};
		t = timeline_new(&p);
		for (vp = 0; vp < VPS; vp++) {
			timeline_vp(t);
			info[vp] = (struct timeline_vp_info){{true, true}, hi * US};
		}
		for (i = 0; i < n_told; i++) {
			play(&told[i]);
			if (told[i].kind <= 1 && draw(4) == 0)
				play(&told[i]);		/* a message twice is one */
		}
		if (timeline_finish(t, info, &r) != OK)
			bad++;
		memset(grid, 0, sizeof(grid));
		n_runs = 0;
		for (vp = 0; vp < VPS; vp++)
			for (key = 0; key < KEYS; key++)
				for (of = 0; of < KINDS; of++)
					n_runs += runs(vp, key, of, lo, hi, grid[vp][key][of]);
		total += n_runs;
		bad += !intervals_agree(n_runs);
		bad_spans += !spans_agree(need, lo, hi);
		bad_ways += !ways_agree();
		timeline_result_release(&r);
		timeline_free(t);
	}
	ok(bad == 0, "random streams: the oracle's intervals (%d of %d rounds)", total, round);
	ok(bad_spans == 0, "random streams: what several see at once");
	ok(bad_ways == 0, "random streams: by one path a way is as long as its interval");
	ok(total > 3000, "the streams had offences");
}

int
main(void)
{
	test_messages();
	test_addpath();
	test_sessions();
	test_tables();
	test_views();
	test_ways();
	test_oracle();
	return tap_done();
}
