/*
 * The streaming of a window over files made here: what does not make or end an incident, and that neither names, order,
 * packing nor threads show. Prefix 192.168.N.0/24 is a bogon, 8.8.N.0/24 is none.
 */
#include "tap.h"
#include "mrt_build.h"
#include "pipe/load.h"
#include "pipe/window.h"

#include <bzlib.h>
#include <unistd.h>


#define DAY 86400
#define T0 1790812800u		/* 2026-10-01T00:00:00Z */

static char dir[] = "/tmp/t_window.XXXXXX";
static struct bytes *b;

static void
start(void)
{
	char cmd[128];

	snprintf(cmd, sizeof(cmd), "rm -rf %s && mkdir %s", dir, dir);
	if (system(cmd) != 0)
		exit(2);
	b->n = 0;
}

static void
save(const char *name, bool packed)
{
	char path[256];
	FILE *f;
	BZFILE *z;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (packed) {
		z = BZ2_bzopen(path, "wb");
		if (z == NULL || BZ2_bzwrite(z, b->b, (int)b->n) != (int)b->n)
			exit(2);
		BZ2_bzclose(z);
		return;
	}
	f = fopen(path, "wb");
	if (f == NULL || fwrite(b->b, 1, b->n, f) != b->n || fclose(f) != 0)
		exit(2);
}

/* The head of a BGP4MP record of a peer: AS 65000-not-used, 3356 + peer. */
static size_t
head(uint32_t s, unsigned subtype, unsigned peer)
{
	size_t at;

	put32(b, s);
	put16(b, 16);
	put16(b, subtype);
	put16(b, 0);
	at = len16_open(b);
	put32(b, 3356 + peer);
	put32(b, 6447);
	put16(b, 0);
	put16(b, 1);
	put32(b, 0xc6330001u + peer);
	put32(b, 0xc63300feu);
	return at;
}

static void
put_prefix(unsigned bogon, unsigned third)
{
	put8(b, 24);
	put8(b, bogon ? 192 : 8);
	put8(b, bogon ? 168 : 8);
	put8(b, third);
}

/* Announce by origin, or withdraw when it is 0. */
static void
update(uint32_t s, unsigned peer, unsigned bogon, unsigned third, uint32_t origin)
{
	size_t at = head(s, 4, peer), message = b->n, list;

	put_hex(b, "ffffffff ffffffff ffffffff ffffffff");
	put16(b, 0);
	put8(b, 2);
	list = len16_open(b);
	if (origin == 0)
		put_prefix(bogon, third);
	len16_close(b, list);
	list = len16_open(b);
	if (origin != 0) {
		put_hex(b, "40 01 01 00  40 03 04 c6330001  40 02 0a 02 02");
		put32(b, 3356 + peer);
		put32(b, origin);
	}
	len16_close(b, list);
	if (origin != 0)
		put_prefix(bogon, third);
	b->b[message + 16] = (uint8_t)((b->n - message) >> 8);
	b->b[message + 17] = (uint8_t)(b->n - message);
	len16_close(b, at);
}

static void
state(uint32_t s, unsigned peer, unsigned from, unsigned to)
{
	size_t at = head(s, 5, peer);

	put16(b, from);
	put16(b, to);
	len16_close(b, at);
}

/* A table of peers 0 and 9 at s; then its routes, of peer 0. */
static void
table(uint32_t s)
{
	size_t at;

	put32(b, s);
	put16(b, 13);
	put16(b, 1);
	put16(b, 0);
	at = len16_open(b);
	put_hex(b, "0a000001 0000 0002  02 0a000002 c6330001 00000d1c  02 0a000003 c633000a 00000d25");
	len16_close(b, at);
}

static void
route(uint32_t s, unsigned bogon, unsigned third, uint32_t origin, uint32_t received)
{
	size_t at, attrs;

	put32(b, s);
	put16(b, 13);
	put16(b, 2);
	put16(b, 0);
	at = len16_open(b);
	put32(b, third);
	put_prefix(bogon, third);
	put16(b, 1);
	put16(b, 0);
	put32(b, received);
	attrs = len16_open(b);
	put_hex(b, "40 01 01 00  40 03 04 c6330001  40 02 0a 02 02 00000d1c");
	put32(b, origin);
	len16_close(b, attrs);
	len16_close(b, at);
}

/* Messages of peer 9 every minute: somebody listens. */
static void
chatter(uint32_t from, uint32_t to)
{
	for (; from < to; from += 60)
		update(from, 9, 0, 9, 15169);
}

static struct window x;
static struct world w;
static bool scores_only;

static bool
run(unsigned threads)
{
	struct window_params p;
	struct load_params load;
	char why[256];

	load_params_init(&load);
	window_params_init(&p);
	load.traffic = true;
	load.threads = p.threads = threads;
	p.scores_only = scores_only;
	if (load_dir(dir, &load, &w, why, sizeof(why)) != OK)
		return false;
	if (window_run(&w, &p, &x, why, sizeof(why)) == OK)
		return true;
	world_release(&w);
	return false;
}

static void
done(void)
{
	window_release(&x);
	world_release(&w);
}

/* "PEER culprit from-to began/ended; ..." in seconds after T0, of the bogon prefixes. */
static const char *
told(unsigned threads)
{
	static char text[4][2048];
	static int turn;
	char *out = text[turn++ % 4];
	size_t i, k, n = 0;

	out[0] = '\0';
	if (!run(threads))
		return "no window";
	for (i = 0; i < x.result.n_offences; i++) {
		const struct timeline_offence *o = &x.result.offences[i];

		if (o->of.class != OFF_BOGON_PREFIX)
			continue;
		for (k = o->first; k < o->first + o->n; k++) {
			const struct timeline_interval *v = &x.result.intervals[k];

			n += (size_t)snprintf(out + n, sizeof(text[0]) - n, "%s%u: %u %lld-%lld %s/%s", n > 0 ? "; " : "",
			    x.coverage.vps[v->vp].asn - 3356, o->of.culprit, (long long)(v->from_us / 1000000 - T0),
			    (long long)(v->to_us / 1000000 - T0), timeline_began_word(v->began),
			    timeline_ended_word(v->ended));
		}
	}
	done();
	return out;
}

/* --- resets --- */

static void
test_resets(void)
{
	start();
	update(T0 + 100, 0, 1, 1, 174);
	state(T0 + 200, 0, 6, 1);
	state(T0 + 230, 0, 1, 6);
	update(T0 + 260, 0, 1, 1, 174);
	update(T0 + 900, 0, 1, 1, 0);
	chatter(T0 + 900, T0 + 3000);
	save("a", false);
	is_str(told(1), "0: 174 100-900 announced/withdrawn", "a reset and the table after it: one interval");
	start();
	update(T0 + 100, 0, 1, 1, 174);
	state(T0 + 200, 0, 6, 1);
	state(T0 + 230, 0, 1, 6);
	update(T0 + 260, 0, 0, 1, 174);
	chatter(T0 + 300, T0 + 3000);
	save("a", false);
	is_str(told(1), "0: 174 100-200 announced/session-lost", "not in the table after it: it ended with the session");
}

/* --- copies and overlaps --- */

static void
flapping(uint32_t from, uint32_t to)
{
	for (; from < to; from += 10) {		/* all in one second: begins, ends and begins */
		update(from, 0, 1, 1, 174);
		update(from, 0, 1, 1, 0);
		update(from, 0, 1, 2, 174);
		update(from, 0, 1, 1, 174);
		update(from + 5, 0, 1, 1, 0);
		update(from + 5, 1, 1, 1, 0);
	}
	update(to + 1, 0, 1, 2, 0);
}

static void
test_copies(void)
{
	char want[2048];

	start();
	flapping(T0, T0 + 60);
	save("a", false);
	snprintf(want, sizeof(want), "%s", told(1));
	ok(strlen(want) > 300, "a file");
	save("b", false);
	is_str(told(1), want, "the same file twice");
	start();
	flapping(T0, T0 + 60);
	save("a", false);
	save("b", true);
	is_str(told(1), want, "the same file twice, once packed");
	run(2);
	ok(x.counts.repeated > 0 && x.counts.announced == 18, "what was told twice is counted once");
	done();
	start();
	flapping(T0, T0 + 60);
	save("whole", false);
	b->n = 0;
	update(T0 + 30, 0, 1, 1, 174);		/* a piece of it: one of two messages of that second, and the end of it */
	update(T0 + 35, 0, 1, 1, 0);
	save("0piece", false);
	is_str(told(1), want, "a file that overlaps another adds nothing");
}

static void
test_order(void)
{
	static const char *const names[2][6] = {{"a", "b", "c", "d", "e", "f"}, {"6", "5", "4", "3", "2", "1"}};
	char want[2048] = "";
	unsigned round, i;

	for (round = 0; round < 2; round++) {
		start();
		for (i = 0; i < 6; i++) {
			b->n = 0;
			chatter(T0 + 300 * i, T0 + 300 * i + 299);
			update(T0 + 300 * i + 299, i % 3, 1, i, 174 + i);
			update(T0 + 300 * i + 299, (i + 1) % 3, 1, i - 1, 0);
			save(names[round][i], i % 2 == round);
		}
		if (round == 0)
			snprintf(want, sizeof(want), "%s", told(1));
		ok(strlen(want) > 100 && strcmp(told(1), want) == 0 && strcmp(told(3), want) == 0 &&
		    strcmp(told(16), want) == 0, "names, packing and threads do not show (%u)", round);
	}
}

/* --- gaps --- */

static void
test_gaps(void)
{
	unsigned i;

	start();
	update(T0 + 10, 0, 1, 1, 174);
	chatter(T0 + 20, T0 + 7200);
	chatter(T0 + 14400, T0 + 21600);
	update(T0 + 21500, 0, 1, 1, 0);
	save("a", false);
	ok(run(1) && x.coverage.n_collectors == 1 && x.coverage.collectors[0].n_gaps == 2 &&
	    x.coverage.collectors[0].gaps[0].from_s - T0 <= 7200 &&
	    x.coverage.collectors[0].gaps[0].to_s == (int64_t)T0 + 14400, "two silent hours are a gap, and so is what "
	    "comes after the last message");
	ok(x.seen_s > 14000 && x.seen_s < 15000, "and not counted as seen");
	done();
	is_str(told(1), "0: 174 10-21500 announced/withdrawn", "a gap ends nothing");
	start();
	for (i = 0; i < 12; i++) {
		b->n = 0;
		if (i == 7)
			continue;
		chatter(T0 + 300 * i, T0 + 300 * i + 300);
		if (i == 2)
			update(T0 + 300 * i + 299, 0, 1, 1, 174);
		save((char[]){(char)('a' + i), '\0'}, false);
	}
	ok(run(1) && x.coverage.collectors[0].cadence_s == 300 && x.coverage.collectors[0].n_gaps == 2 &&
	    x.coverage.collectors[0].gaps[0].from_s == (int64_t)T0 + 300 * 7 - 60 &&
	    x.coverage.collectors[0].gaps[0].to_s == (int64_t)T0 + 300 * 8, "a file missing from the cadence is a gap");
	done();
	start();
	for (i = 0; i < 62; i++)	/* two messages a day: rare ones are not silence */
		update(T0 + DAY / 2 * i, 0, 1, 1, 174);
	save("a", false);
	ok(run(1) && x.coverage.collectors[0].n_gaps == 0, "a collector whose messages are rare is not deaf");
	done();
	start();
	for (i = 0; i < 10; i++)
		update(T0 + 2 * DAY * i, 0, 1, 1, 174);
	save("a", false);
	ok(run(1) && x.coverage.collectors[0].n_gaps == 10, "... but a day of silence is one");
	done();
}

/* --- tables --- */

static void
test_tables(void)
{
	start();
	table(T0 - 600);
	route(T0 - 600, 1, 1, 174, T0 - 5000);
	route(T0 - 600, 0, 2, 174, T0 - 5000);
	save("rib", false);
	b->n = 0;
	table(T0 - 7200);
	route(T0 - 7200, 1, 8, 174, T0 - 9000);
	save("older", false);
	b->n = 0;
	chatter(T0 + 60, T0 + 3600);
	update(T0 + 3000, 0, 1, 1, 0);
	save("updates", false);
	is_str(told(1), "0: 174 0-3000 before-window/withdrawn", "the last table before tells what is open as the window "
	    "begins");
	ok(run(1) && x.counts.seed_tables == 1 && x.counts.tables == 1 && x.counts.history_tables == 0, "counted; nothing needs the days before");
	ok(x.result.n_incidents > 0, "incidents, though an hour of a month has no score");
	done();
	scores_only = true;
	ok(run(1) && x.counts.seed_tables == 1 && x.seen_s > 0 && x.counts.tables == 0 && x.counts.announced == 0 &&
	    x.result.n_incidents == 0, "for scores alone nothing is read when so little was seen");
	done();
	scores_only = false;
	b->n = 0;
	table(T0 + 5000);
	route(T0 + 5000, 1, 3, 666, T0 + 4000);		/* no update told it */
	route(T0 + 5000, 0, 2, 174, T0 - 5000);
	save("rib2", false);
	b->n = 0;
	chatter(T0 + 3600, T0 + 3700);
	update(T0 + 3700, 0, 1, 4, 777);			/* and no update took this away */
	chatter(T0 + 3720, T0 + 9000);
	save("updates2", false);
	is_str(told(2), "0: 174 0-3000 before-window/withdrawn; 0: 666 4000-8940 in-table/open; "
	    "0: 777 3700-3700 announced/not-in-table", "a table in the window adds and ends what no update told");
	b->n = 0;
	chatter(T0 + 9000, T0 + 9060);
	table(T0 + 9060);
	route(T0 + 9060, 0, 2, 174, T0 - 5000);
	save("rib3", true);
	is_str(told(2), "0: 174 0-3000 before-window/withdrawn; 0: 666 4000-5000 in-table/not-in-table; "
	    "0: 777 3700-3700 announced/not-in-table", "... up to the table that had it last");
}

static unsigned
incidents_of(enum offence_class c)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < x.result.n_incidents; i++)
		n += x.result.offences[x.result.incidents[i].first].of.class == c;
	return n;
}

static void
test_news(void)
{
	static const char vrps[] = "ASN,IP Prefix,Max Length,Trust Anchor\nAS15169,8.8.5.0/24,24,arin\n";
	unsigned new;

	for (new = 0; new < 2; new++) {
		start();
		memcpy(b->b, vrps, sizeof(vrps) - 1);
		b->n = sizeof(vrps) - 1;
		save("vrps.csv", false);
		b->n = 0;
		chatter(T0 + 60, T0 + 9000);
		save("updates", false);
		b->n = 0;
		table(T0 + 5000);
		route(T0 + 5000, 0, 5, 666, new ? T0 + 4000 : T0 - 5000);
		save("rib", false);
		ok(run(1) && incidents_of(OFF_INVALID) == 1 && incidents_of(OFF_MISORIGIN) == new, "a route of another that "
		    "stood %s", new ? "only since is a misorigination" : "before the window is none in it, but it is invalid");
		done();
	}
}

/* --- the window --- */

static void
test_window(void)
{
	struct utc from, to;
	char a[UTC_TEXT], z[UTC_TEXT];

	window_month((struct utc){951782399}, &from, &to);
	ok(strcmp(utc_format(from, a), "2000-02-01T00:00:00Z") == 0 &&
	    strcmp(utc_format(to, z), "2000-03-01T00:00:00Z") == 0, "the month of a leap year's last February second");
	window_month((struct utc){951782400 + 86400}, &from, &to);
	is_str(utc_format(from, a), "2000-03-01T00:00:00Z", "... and of the second day after");
	start();
	update(T0 - 100, 0, 1, 1, 174);
	update(T0 + 100, 0, 1, 1, 174);
	chatter(T0, T0 + 600);
	save("a", false);
	is_str(told(1), "0: 174 0-540 before-window/open", "what began before the month is clipped, and nothing is known after the last that was heard");
	start();
	save("empty", false);
	ok(!run(1), "no updates, no window");
}

int
main(void)
{
	b = calloc(1, sizeof(*b));
	if (b == NULL || mkdtemp(dir) == NULL)
		return 2;
	test_resets();
	test_copies();
	test_order();
	test_gaps();
	test_tables();
	test_news();
	test_window();
	start();
	rmdir(dir);
	free(b);
	return tap_done();
}
