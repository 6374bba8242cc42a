/* mark: to which moment, against a naive reader of random reports; one form, cut and bent; the line of the log. */
#include "mark_report.h"
#include "seal.h"
#include "seal/mark_ground.h"
#include "tap.h"

static struct arena *a;

/* --- what carries it --- */

static unsigned
pick(unsigned n)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state % n);
}

static void
random_report(struct mr *r)
{
	unsigned i, t;

	*r = (struct mr){.n = 1 + pick(MR_CONTROLS), .at = 100 + pick(4)};
	for (i = 0; i < MR_METRICS; i++)
		r->day[i] = pick(60) == 0 ? MR_NO_DAY : 70 + pick(40);
	for (i = 0; i < r->n; i++) {
		struct mr_control *c = &r->c[i];

		c->required = pick(4) > 0;
		c->best = pick(4) == 0;
		c->whole = pick(20) == 0;
		c->age = pick(4) == 0 ? 0 : pick(40) == 0 ? 3 : 31 + pick(62);
		c->n = 1 + pick(MR_TESTS);
		for (t = 0; t < c->n; t++) {
			c->metric[t] = pick(MR_METRICS);
			c->judged[t] = pick(4) > 0;
		}
		c->decides = pick(c->n);
		c->verdict = pick(12) == 0 ? 2 + (int)pick(3) : (int)pick(2);
	}
}

static bool
agrees(const struct mr *r, unsigned counts[static 3])
{
	unsigned to = 0, n = 0;
	enum mr_answer want = mr_naive(r, &to, &n);
	struct mark_lacks lacks;
	const char *why = NULL;
	struct str s = {0};
	struct mark m;
	char date[32];
	enum err e;
	bool good;

	mr_write(&s, r);
	e = mark_ground(str_span(&s), 64500, "tender", a, &m, &lacks, &why);
	counts[want]++;
	if (want == MR_CONTRADICTS) {
		good = e == ERR_CONTRADICT && why != NULL;
	} else if (want == MR_REFUSED) {
		good = e == OK && lacks.n == n;
	} else {
		mr_date(date, to);
		m.issuer = m.log = "x";
		good = e == OK && lacks.n == 0 && strcmp(m.valid_to, date) == 0 && mark_wrong(&m, a) == NULL &&
		    strcmp(m.name, "NET-64500") == 0;
	}
	if (!good)
		printf("# want %d, %u lack, day %u; got %s, %zu lack, %s: %s\n", want, n, to, err_text(e), lacks.n,
		    e == OK && lacks.n == 0 ? m.valid_to : "", s.p);
	str_release(&s);
	return good;
}

static void
test_ground(void)
{
	unsigned counts[3] = {0, 0, 0}, bad = 0, i;
	struct mr r;

	for (i = 0; i < 20000 && bad == 0; i++) {
		random_report(&r);
		bad += !agrees(&r, counts);
		arena_reset(a);
	}
	ok(bad == 0, "20,000 reports: the moment, or how many lack, as a naive reader has it");
	ok(counts[0] > 1000 && counts[1] > 1000 && counts[2] > 1000, "%u carried, %u refused, %u contradict themselves",
	    counts[0],
	    counts[1], counts[2]);
}

/* One report that carries, and each way of not carrying. */
static const struct mr good_report = {.c = {{true, false, false, 31, {0, 1}, 2, {true, false}, 0, 0},
    {true, false, false, 92, {1}, 1, {true}, 0, 1}, {false, false, false, 31, {2}, 1, {true}, 0, 3}}, .n = 3,
    .day = {75, 60, 1, 1, 1, 1}, .at = 100};

static enum err
ground(const struct mr *r, uint32_t asn, const char *pack, struct mark *m, struct mark_lacks *lacks, const char **why)
{
	struct str s = {0};
	enum err e;

	mr_write(&s, r);
	e = mark_ground(arena_span(a, str_span(&s)), asn, pack, a, m, lacks, why);
	str_release(&s);
	return e;
}

static void
test_refusals(void)
{
	struct mark_lacks lacks;
	const char *why = NULL;
	struct mark m;
	struct mr r = good_report;
	int v;

	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == OK && lacks.n == 0 && m.n == 2,
	    "it carries one: what is not required has no say");
	is_str(m.valid_to, "2024-04-16T00:00:00Z", "to 31 days after day 75: what is only shown does not age it");
	ok(ground(&r, 64502, "tender", &m, &lacks, &why) == ERR_UNKNOWN && strstr(why, "AS64502") != NULL, "no such AS");
	ok(ground(&r, 64500, "tender2", &m, &lacks, &why) == ERR_UNKNOWN && strstr(why, "tender2") != NULL, "no such pack");
	for (v = 2; v < 5; v++) {
		r.c[0].verdict = v;
		ok(ground(&r, 64500, "tender", &m, &lacks, &why) == OK && lacks.n == 2 && strcmp(lacks.lack[0].verdict,
		    mr_verdicts[v]) == 0 &&
		    strcmp(lacks.lack[0].reason, "because 0") == 0, "%s carries nothing, with its reason", mr_verdicts[v]);
	}
	r.c[0].verdict = 1;
	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == OK && lacks.n == 1 && lacks.lack[0].control == NULL,
	    "where nothing applies nothing is earned");
	r = good_report;
	r.at = 106;
	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == OK && lacks.n == 1 && strstr(lacks.lack[0].reason,
	    "would lapse") != NULL,
	    "one that lapses at once is none");
	r.at = 107;
	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == ERR_CONTRADICT, "PASS of evidence that is too old: the "
	    "report contradicts itself");
	r = good_report;
	r.day[0] = MR_NO_DAY;
	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == ERR_CONTRADICT, "and of evidence without a date");
	r = good_report;
	r.c[0].age = r.c[1].age = 0;
	ok(ground(&r, 64500, "tender", &m, &lacks, &why) == OK && lacks.n == 1 && strstr(lacks.lack[0].reason,
	    "never lapse") != NULL,
	    "one that would never lapse is none");
}

static void
test_days(void)
{
	unsigned from, days, bad = 0;
	char oldest[32], want[32];

	for (from = 0; from < 800; from += 13)
		for (days = 0; days < 3000; days += 7) {
			mr_date(oldest, from);
			mr_date(want, from + days);
			bad += strcmp(mark_expiry(oldest, days, a), want) != 0;
		}
	ok(bad == 0, "days are counted as by hand, over leap years");
	is_str(mark_expiry("2024-02-28T23:59:59Z", 1, a), "2024-02-29T23:59:59Z", "the hour stays");
}

/* --- one form --- */

static struct mark
a_mark(void)
{
	struct mark_lacks lacks;
	const char *why = NULL;
	struct mark m = {.asn = 0};
	enum err e = ground(&good_report, 64500, "tender", &m, &lacks, &why);

	assert(e == OK && lacks.n == 0);
	(void)e;
	m.address = "https://audits.example/64500/";
	m.issuer = "issuer.example+01020304";
	m.log = "log.example";
	return m;
}

static bool
reads(struct span s, void *ctx)
{
	const char *why = NULL;
	struct mark m;

	(void)ctx;
	return mark_read(s, a, &m, &why) == OK;
}

static void
refused(const char *from, const char *to, const char *field)
{
	struct mark m = a_mark();
	struct str s = {0}, bent = {0};
	const char *why = NULL;
	const char *p;
	struct mark back;
	enum err e;

	mark_write(&s, &m);
	p = strstr(s.p, from);
	assert(p != NULL);
	str_add(&bent, (struct span){s.p, (size_t)(p - s.p)});
	str_adds(&bent, to);
	str_adds(&bent, p + strlen(from));
	e = mark_read(str_span(&bent), a, &back, &why);
	ok(e != OK && strstr(why, field) != NULL, "%s for %s: %s", to, from, e != OK ? why : "was taken");
	str_release(&s);
	str_release(&bent);
}

static void
test_form(void)
{
	struct mark m = a_mark(), back;
	struct str s = {0}, again = {0};
	struct span text;
	const char *why = NULL;

	mark_write(&s, &m);
	text = str_span(&s);
	ok(mark_read(text, a, &back, &why) == OK, "a mark is read: %s", why != NULL ? why : "");
	mark_write(&again, &back);
	ok(span_eq(str_span(&again), text), "and written the same");
	ok(cuts_taken(text, reads, NULL) == 0, "no beginning of one is one");
	refused("\"expires\":\"2024-04-16", "\"expires\":\"2024-04-17", "expires");
	refused("\"valid_to\":\"2024-04-16", "\"valid_to\":\"2024-06-01", "valid_to");
	refused("\"age_max_days\":31", "\"age_max_days\":3100", "expires");
	refused("\"age_max_days\":31", "\"age_max_days\":-1", "age_max_days");
	refused("\"verdict\":\"PASS\"", "\"verdict\":\"NO_DATA\"", "verdict");
	refused("\"verdict\":\"PASS\"", "\"verdict\":\"NOT_APPLICABLE\"", "none passes");
	refused("https://audits", "javascript:audits", "address");
	refused("\"tender\"", "\"ten der\"", "pack.id");
	refused("{\"address\"", "{ \"address\"", "canonical");
	refused("\"asn\":64500", "\"asn\":4294967296", "asn");
	refused("\"name\":\"NET", "\"name\":\"N\\u001bT", "name");
	refused("\"log\":", "\"lag\":", "log");
	str_release(&s);
	str_release(&again);
}

/* --- the line --- */

static bool
line_reads(struct span s, void *ctx)
{
	struct mark_line l;

	(void)ctx;
	return mark_line_read(s, a, &l) == OK;
}

static void
test_line(void)
{
	static const char *const statuses[] = {"published", "proposal", "proposed"};
	struct mark m = a_mark();
	struct mark_line l, back;
	struct str s = {0};
	size_t i;

	for (i = 0; i < 3; i++) {
		m.pack.status = statuses[i];
		str_clear(&s);
		mark_line_of(&l, &m, a);
		mark_line_write(&s, &l);
		ok(mark_line_read(str_span(&s), a, &back) == OK && back.asn == 64500 && strcmp(back.pack, "tender") == 0 &&
		    strcmp(back.version, l.version) == 0 && strcmp(back.valid_to, m.valid_to) == 0 &&
		    strcmp(back.report, m.report) == 0,
		    "%s", s.p);
	}
	is_str(back.version, "7 (proposed, not in force)", "a proposal says so in the log");
	ok(cuts_taken(str_span(&s), line_reads, NULL) == 0, "no beginning of it is one");
	ok(!line_reads(SPAN("mark of AS064500 by t 7, valid to 2024-04-16T00:00:00Z, report " MR_HEX), NULL),
	    "a number in another form");
	ok(!line_reads(SPAN("mark of AS64500 by t 7 (in force), valid to 2024-04-16T00:00:00Z, report " MR_HEX), NULL),
	    "another label");
	ok(!line_reads(SPAN("mark of AS64500 by t 7, valid to 2024-04-31T00:00:00Z, report " MR_HEX), NULL),
	    "no day of the calendar");
	ok(!line_reads(SPAN("mark of AS64500 by  7, valid to 2024-04-16T00:00:00Z, report " MR_HEX), NULL), "no pack");
	str_release(&s);
}

int
main(void)
{
	a = arena_new();
	test_ground();
	test_refusals();
	test_days();
	test_form();
	test_line();
	arena_free(a);
	return tap_done();
}
