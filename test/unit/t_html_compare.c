/* The page of a comparison: the answer first, every number of every network in it, and that no name can act. */
#include "html_check.h"
#include "report/compare.h"
#include "report/html_part.h"
#include "tap.h"

#include <stdlib.h>

static const char evil[] = "</title><script>alert(1)</script>\" onload='x' <img src=x>\x1b[31m\xe2\x80\xae";

#define NETS 20
#define DEMANDS 6
#define TESTS 4			/* demands that have a number */

struct net {
	struct metric m[TESTS];
	const struct metric *list[TESTS];
	struct judgement js[DEMANDS];
	struct held held[DEMANDS];
	struct pack_result result;
};

struct fixture {
	struct world world;
	struct input input;
	struct metric_params params;
	struct routes_params routes_params;
	struct requirement req;
	struct control controls[DEMANDS];
	struct demand demands[DEMANDS];
	struct pack from[2];
	struct answer list[3];
	struct answers answers;
	struct assessment head;
	struct net net[NETS];
	struct compared nets[NETS];
	size_t order[DEMANDS];
	struct comparison c;
};

static const struct control_test tests[TESTS] = {
	{M_ROA_COVERAGE, COMPARE_AT_LEAST, true, 990000, 900000, 1000000},
	{M_ROV_INVALID, COMPARE_AT_MOST, true, 0, 1000, -1},
	{M_BOGON_PREFIX_ORIGINATED, COMPARE_AT_MOST, true, 1, 1, -1},
	{M_M8, COMPARE_AT_LEAST, true, 1000000, 1000000, -1},
};

static void
demands_init(struct fixture *f)
{
	static const char *const ids[DEMANDS] = {"R-1", "R.1", "R-3", "R-4", "A-1", "A-2"};
	size_t i;

	f->from[0] = (struct pack){.id = "probe", .title = evil, .version = "1", .status = "proposal", .remarks = evil,
	    .proposal = true, .controls = f->controls, .n = DEMANDS};
	f->from[1] = (struct pack){.id = "law", .title = "Law", .version = "2", .status = "published"};
	for (i = 0; i < DEMANDS; i++) {
		f->controls[i] = (struct control){.id = ids[i], .title = evil, .statement = evil, .required = i != 3 && i != 5,
		    .evidence_class = i < TESTS ? "measured" : "attested", .age_max_days = 31,
		    .cannot = i < TESTS ? NULL : "cannot be seen in routing data"};
		if (i < TESTS) {
			f->controls[i].tests[0] = tests[i];
			f->controls[i].n_tests = 1;
		}
		f->demands[i] = (struct demand){.control = &f->controls[i], .from = &f->from[0], .reason = evil,
		    .class = i < TESTS ? CLASS_MEASURED : CLASS_ATTESTED, .least = i < TESTS ? CLASS_MEASURED : CLASS_ATTESTED,
		    .weight = (uint32_t)(10 - i)};
		f->order[i] = i == 3 ? 4 : i == 4 ? 3 : i;
	}
	f->req = (struct requirement){.demands = f->demands, .from = f->from, .n_from = 2, .pack = {.id = "wanted",
	    .title = evil, .version = "7", .status = "proposal", .proposal = true, .has_profile = true,
	    .controls = f->controls, .n = DEMANDS}};
}

static const struct answer *
answer_of(const struct fixture *f, uint32_t asn, const char *control)
{
	size_t i;

	for (i = 0; i < f->answers.n; i++)
		if (f->list[i].asn == asn && strcmp(f->list[i].control, control) == 0)
			return &f->list[i];
	return NULL;
}

/* Network i: the higher, the worse; every third has no number for the first demand, and one has old evidence. */
static void
net_init(struct fixture *f, size_t i)
{
	struct net *n = &f->net[i];
	struct utc of = f->input.time;
	size_t t;

	for (t = 0; t < TESTS; t++) {
		n->m[t] = (struct metric){.id = tests[t].metric, .asn = 64500 + (uint32_t)i, .den = 1000, .oldest = of,
		    .why = "no table was read"};
		n->list[t] = &n->m[t];
	}
	n->m[0].num = 1000 - 13 * i;
	n->m[0].state = i % 3 == 1 ? METRIC_NO_DATA : METRIC_OK;
	n->m[1].num = i / 4;
	n->m[2].num = i % 7;
	n->m[3].num = i % 2;
	for (t = 0; t < TESTS; t++) {
		n->m[t].value_ppm = (int64_t)n->m[t].num * (t == 3 ? 1000000 : 1000);
		wilson_ppm(n->m[t].num, n->m[t].den, &n->m[t].lo_ppm, &n->m[t].hi_ppm);
	}
	if (i == 4)
		n->m[1].oldest.s -= INT64_C(86400) * 100;
	f->nets[i] = (struct compared){.held = n->held, .as = {.asn = 64500 + (uint32_t)i, .seen = i != 3, .is_cdn = i == 2,
	    .name = i == 1 ? "" : evil, .org = i == 1 ? "" : "Org"}};
	for (t = 0; t < DEMANDS; t++) {
		control_judge(&f->controls[t], t < TESTS ? &n->list[t] : NULL, f->head.at, i == 2, &n->js[t]);
		demand_hold(&f->demands[t], &n->js[t], answer_of(f, 64500 + (uint32_t)i, f->controls[t].id),
		    f->head.at, &n->held[t]);
		tally_add(&f->nets[i].tally, &n->held[t]);
	}
}

static int
net_compare(const void *a, const void *b)
{
	const struct compared *x = a, *y = b;
	int c = tally_compare(&x->tally, &y->tally);

	return c != 0 ? c : (x->as.asn > y->as.asn) - (x->as.asn < y->as.asn);
}

static void
fixture_init(struct fixture *f, size_t n, bool answers)
{
	struct utc of = utc_from_date(2014, 5, 1, 0, 0, 0), at = utc_from_date(2014, 5, 4, 0, 0, 0);
	size_t i;

	*f = (struct fixture){.routes_params = {5, 75}};
	f->input = (struct input){.kind = KIND_MRT, .complete = true, .time = of, .name = (char[]){"/secret/rib"}};
	f->world = (struct world){.inputs = &f->input, .n_inputs = 1};
	demands_init(f);
	f->list[0] = (struct answer){64500, "A-1", ANSWER_YES, evil, evil, of, utc_from_date(2015, 5, 1, 0, 0, 0), 2};
	f->list[1] = (struct answer){64502, "A-1", ANSWER_NO, "", "Jo Doe, CISO", of, UTC_NONE, 3};
	f->list[2] = (struct answer){64502, "R-1", ANSWER_YES, "all of them", "Jo Doe, CISO", of, UTC_NONE, 4};
	f->answers = (struct answers){.bytes = 1234, .list = f->list, .n = answers ? 3 : 0, .n_skipped = 1};
	f->head = (struct assessment){.at = at, .world = &f->world, .params = &f->params,
	    .routes_params = &f->routes_params, .packs = &f->req.pack, .n_packs = 1};
	for (i = 0; i < n; i++)
		net_init(f, i);
	qsort(f->nets, n, sizeof(*f->nets), net_compare);
	f->c = (struct comparison){.head = &f->head, .req = &f->req, .answers = answers ? &f->answers : NULL,
	    .order = f->order, .nets = f->nets, .n = n, .n_answers_unused = 2};
}

static size_t
times(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text += strlen(word))
		n++;
	return n;
}

static bool
before(const char *page, const char *first, const char *second)
{
	const char *a = strstr(page, first), *b = strstr(page, second);

	return a != NULL && b != NULL && a < b;
}

/* Under how many demands a network is told of, alone or with others that have the same reason. */
static size_t
told(const char *page, uint32_t asn)
{
	char word[32];
	size_t n = 0, len = (size_t)snprintf(word, sizeof(word), "AS%u", asn);
	const char *p = strstr(page, "<h2 id=\"demands\">"), *end = strstr(p, "</article>\n</section>"), *row, *close;

	while ((row = strstr(p, "<li><strong>AS")) != NULL && row < end) {
		close = strstr(row, "</strong>");
		for (p = row; (p = strstr(p, word)) != NULL && p < close; p += len)
			n += p[len] == ',' || p[len] == '<';
		p = close;
	}
	return n;
}

/* What holds for any number of networks. */
static void
any(size_t n, bool answers)
{
	static struct html_check check;
	static struct fixture f;
	struct str s = {0};
	char word[64];
	size_t i, bad = 0;

	fixture_init(&f, n, answers);
	compare_html(&s, &f.c);
	is_str(html_check(&check, s.p), "", "well formed, and no name acts in it: networks");
	ok(strstr(s.p, "\x1b") == NULL && strstr(s.p, "\xe2\x80\xae") == NULL && strstr(s.p, "/secret/") == NULL,
	    "nothing steers what is shown, no file name of this machine");
	ok(times(s.p, "<h2 id=") == (size_t)(answers ? 6 : 5) && before(s.p, "<h2 id=\"verdict\">", "<h2 id=\"matrix\">") &&
	    before(s.p, "<h2 id=\"matrix\">", "<h2 id=\"demands\">") &&
	    before(s.p, "<h2 id=\"demands\">", "<h2 id=\"evidence\">"), "the answer, the matrix, the demands, the evidence");
	for (i = 0; i < n; i++) {
		snprintf(word, sizeof(word), "<th scope=\"col\">AS%u</th>", f.nets[i].as.asn);
		bad += times(s.p, word) != 1;
		snprintf(word, sizeof(word), "id=\"rank-as%u-t\"", f.nets[i].as.asn);
		bad += times(s.p, word) != 1;
		bad += told(s.p, f.nets[i].as.asn) != DEMANDS;
	}
	ok(bad == 0, "each network once in the ranking and the matrix, and under each demand");
	ok(times(s.p, "<article class=\"control demand\"") == DEMANDS, "a section for each demand");
	ok(strstr(s.p, "Evidence of <strong>2014-05-01</strong>") != NULL && before(s.p, "2014-05-01", "<main"),
	    "the date of the evidence is in the heading");
	ok(times(s.p, "<strong>Proposal.</strong> The pack probe") == 1, "a pack that is a proposal says so");
	ok(strstr(s.p, "from probe 1 (proposal) and law 2.") != NULL, "what is asked, from which packs");
	ok(times(s.p, "class=\"mark") > 0 && times(s.p, "class=\"whisker\"") == times(s.p, "class=\"mark"),
	    "each share has its interval");
	str_release(&s);
}

static void
two(void)
{
	static struct fixture f;
	struct str s = {0};

	fixture_init(&f, 2, false);
	compare_html(&s, &f.c);
	ok(strstr(s.p, "<p class=\"lead\">Of 2 networks, none meets every required demand that applies; 2 could not be judged on "
	    "all of them, which is no pass.</p>") != NULL, "what could not be judged is never met");
	ok(strstr(s.p, "Meets 3 of 4 required demands; 1 not judged, which is no pass. Meets 0 of 2 wished demands; short of "
	    "1; 1 not judged, which is no pass. Weight met: 27 of 45 (60.00 %).") != NULL, "a network in a sentence");
	ok(before(s.p, "1. AS64500", "2. AS64501") && strstr(s.p, "name not known") != NULL, "the better one first");
	ok(strstr(s.p, "id=\"d-probe-r-1\"") != NULL && strstr(s.p, "id=\"d-probe-r-1-2\"") != NULL,
	    "controls that are written alike have ids of their own");
	ok(strstr(s.p, "<h2 id=\"answers\">") == NULL, "no answers, no section for them");
	str_release(&s);
}

static void
five(void)
{
	static struct fixture f;
	struct str s = {0};

	fixture_init(&f, 5, true);
	compare_html(&s, &f.c);
	ok(strstr(s.p, "<strong>Old evidence, of 2014-01-21.</strong> 1 of 30 outcomes") != NULL, "old evidence has its date");
	ok(strstr(s.p, "passed on by AS64503.") != NULL, "a network that is not seen is told");
	ok(times(s.p, "mark hollow") == 1 && strstr(s.p, "which could not be judged") != NULL,
	    "a number that is too old is hollow");
	ok(strstr(s.p, "<span class=\"by\">2.60 points</span><span class=\"num\">97.40 % of 1,000</span>") != NULL,
	    "the matrix says by how much, with number and population");
	ok(strstr(s.p, "Short by 2.60 points: 974 of 1000 originated routes covered by a VRP (97.40 %, 95 % interval "
	    "96.22-98.22); at least 100 % (warn 90 %).") != NULL, "and the demand why, with the interval");
	ok(strstr(s.p, "<span>3 too many: 4 of 1000 originated routes of full bogons; at most 1 allowed.</span>") != NULL,
	    "a count that is too high is told so");
	ok(strstr(s.p, "roa-coverage-1-cdn-t") != NULL && strstr(s.p, "; the bar of CDNs") != NULL, "CDNs have a drawing of their own");
	ok(strstr(s.p, "The provider answered \"yes\"; what is "
	    "measured goes before an answer.") != NULL, "an answer against a number is told, and does not count");
	ok(strstr(s.p, "<span class=\"by\">attested</span>") != NULL && strstr(s.p, "<span class=\"by\">answered no</span>") != NULL,
	    "what rests on an answer says so");
	ok(strstr(s.p, "<td>Jo Doe, CISO</td>\n<td class=\"day\">2014-05-01</td><td class=\"day\">not told</td><td>yes</td>") != NULL &&
	    strstr(s.p, "<td>no: data decides</td>") != NULL, "answers with signer and dates, and whether they count");
	ok(strstr(s.p, "1 row could not be used, and counts for nothing. 2 more are about other networks") != NULL,
	    "rows that were not used are counted");
	ok(strstr(s.p, "not measured: cannot be seen in routing data") != NULL, "who cannot be judged, and why");
	str_release(&s);
}

static void
many(void)
{
	static struct fixture f;
	struct str s = {0};

	fixture_init(&f, 20, false);
	compare_html(&s, &f.c);
	ok(strstr(s.p, ": networks 1 to 5 of 20</caption>") != NULL && strstr(s.p, ": networks 16 to 20 of 20<") != NULL,
	    "twenty networks are four tables of five");
	ok(strstr(s.p, "(2 of 2)</figcaption>") != NULL && times(s.p, "-rov-invalid-2-t\"") == 1, "and drawings of ten each");
	ok(times(s.p, "rows\"") == 0 && times(s.p, ">AS64519</text>") == TESTS, "each in one of them");
	str_release(&s);
}

/* Networks that are alike in all that counts share a place, and the next has its own. */
static void
places(void)
{
	static struct fixture f;
	struct str s = {0};
	char word[64];
	size_t i, place = 1, bad = 0, shared = 0;

	fixture_init(&f, 12, false);
	compare_html(&s, &f.c);
	for (i = 0; i < 12; i++) {
		if (i > 0 && memcmp(&f.nets[i].tally, &f.nets[i - 1].tally, sizeof(f.nets[i].tally)) == 0)
			shared++;
		else
			place = i + 1;
		snprintf(word, sizeof(word), "\"place\">%zu. AS%u <", place, f.nets[i].as.asn);
		bad += times(s.p, word) != 1;
	}
	ok(bad == 0 && shared > 0, "networks that are alike share a place");
	str_release(&s);
}

/* What is said not to apply, and cannot be relied on. */
static void
unreliable(void)
{
	static struct fixture f;
	struct str s = {0};
	struct held *held = f.net[0].held;

	fixture_init(&f, 1, true);
	held[0].outcome = held[1].outcome = OUTCOME_UNKNOWN;
	held[0].by = HELD_UNSEEN;
	held[0].answer = &f.list[0];
	compare_html(&s, &f.c);
	ok(strstr(s.p, "<span class=\"by\">not in the data</span>") != NULL, "the matrix says what keeps it from being judged");
	ok(strstr(s.p, " The provider answered \"yes\", which does not count here.") != NULL, "an answer does not help there");
	str_release(&s);
}

/* What the buyer changed is told beside what the pack has. */
static void
asked(void)
{
	static struct fixture f;
	static struct control pack[DEMANDS];
	struct str s = {0};

	fixture_init(&f, 2, false);
	memcpy(pack, f.controls, sizeof(pack));
	pack[1].threshold_source = f.controls[1].threshold_source = "a source of the pack";
	pack[0].threshold_source = f.controls[0].threshold_source = "not of this bar";
	pack[0].tests[0].pass = 950000;
	f.from[0].controls = pack;
	f.demands[4].least = CLASS_TESTED;
	f.controls[5].age_max_days = 0;
	compare_html(&s, &f.c);
	ok(strstr(s.p, "roa-coverage: at least 99 % (warn 90 %); CDNs: at least 100 % (warn 90 %); set by the buyer, the pack has "
	    "at least 95 % (warn 90 %)") != NULL && times(s.p, "set by the buyer") == 1, "a bar of the buyer's stands beside that of the pack");
	ok(strstr(s.p, "not of this bar") == NULL && strstr(s.p, "<dd>a source of the pack</dd>") != NULL,
	    "whose source is told only where the bar is the pack's");
	ok(strstr(s.p, "<dd>tested or better; this demand is judged by attested evidence</dd>") != NULL &&
	    strstr(s.p, "<td class=\"asks\">tested evidence</td>") != NULL, "the least evidence that is accepted");
	ok(times(s.p, "<dd>of any age</dd>") == 1 && times(s.p, "<dd>at most 31 days from") == DEMANDS - 1, "and its age");
	ok(strstr(s.p, "<td class=\"asks\">at least 99 % (CDNs 100 %)</td>") != NULL, "the matrix has the bar");
	str_release(&s);
}

/* Nothing is required; nothing applies. */
static void
edges(void)
{
	static struct html_check check;
	static struct fixture f;
	struct str s = {0};
	size_t i;

	fixture_init(&f, 1, false);
	for (i = 0; i < DEMANDS; i++) {
		f.controls[i].required = false;
		f.net[0].held[i].outcome = OUTCOME_NOT_APPLICABLE;
	}
	f.nets[0].tally = (struct tally){0};
	for (i = 0; i < DEMANDS; i++)
		tally_add(&f.nets[0].tally, &f.net[0].held[i]);
	compare_html(&s, &f.c);
	is_str(html_check(&check, s.p), "", "a page of one network to which nothing applies is well formed");
	ok(strstr(s.p, "Nothing of this profile is required") != NULL && strstr(s.p, "No wished demand applies.") != NULL &&
	    strstr(s.p, "no weight applies") != NULL, "and says so");
	str_release(&s);
}

/* The hours of a window are no population that a share is of. */
static void
populations(void)
{
	static const struct { enum metric_id id; const char *said; } cases[] = {{M_M3_SCORE, " in 1,440 h"},
	    {M_M3C_SCORE, " in 1,440 h"}, {M_ROA_COVERAGE, " of 1,440"}, {M_BOGON_PREFIX_ORIGINATED, " of 1,440"},
	    {M_M7RPKI, " of 1,440"}, {M_M8, ""}};
	struct str s = {0};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct metric m = {.id = cases[i].id, .den = 1440};

		str_clear(&s);
		str_adds(&s, "");
		html_population(&s, &m);
		is_str(s.p != NULL ? s.p : "", cases[i].said, "behind a number of %s", metric_word(cases[i].id));
	}
	str_release(&s);
}

int
main(void)
{
	populations();
	any(1, false);
	any(2, true);
	any(5, true);
	any(12, true);
	any(20, false);
	two();
	five();
	many();
	places();
	unreliable();
	asked();
	edges();
	return tap_done();
}
