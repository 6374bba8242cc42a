/* The pages of audit: what they say, in which order, and that no name can act in them. */
#include "report/html_report.h"
#include "html_check.h"
#include "tap.h"

static const char evil[] = "</title><script>alert(1)</script>\" onload='x' <img src=x>\x1b[31m\xe2\x80\xae";

struct fixture {
	struct arena *a;
	struct world world;
	struct input inputs[2];
	struct metric_params params;
	struct routes_params routes_params;
	struct pack pack;
	struct control controls[4];
	struct judgement js[4];
	struct metric m, org;
	const struct metric *list[2];
	struct record record;
	const char *objects[1];
	struct reference reference;
	struct pack_result result;
	struct as_result as;
	struct assessment head;
	struct past past;
};

static void
fixture_controls(struct fixture *f)
{
	const struct control_test t = {.metric = M_ROV_INVALID, .compare = COMPARE_AT_MOST, .judged = true,
	    .pass = 0, .warn = 1000, .pass_cdn = -1};

	f->reference = (struct reference){evil, "javascript:alert(1)"};
	f->controls[0] = (struct control){.id = "C-1", .title = evil, .statement = evil, .guidance = evil, .remedy = evil,
	    .threshold_source = evil, .evidence_class = "measured", .required = true, .n_tests = 1, .tests = {t},
	    .references = &f->reference, .n_references = 1};
	f->controls[1] = f->controls[0];
	f->controls[1].id = "C-2";
	f->controls[1].age_max_days = 31;
	f->controls[2] = (struct control){.id = "C-3", .title = "Third", .statement = "Write.", .required = true,
	    .evidence_class = "attested", .cannot = evil};
	f->controls[3] = f->controls[0];
	f->controls[3].id = "C-4";
	f->controls[3].required = false;
	f->controls[3].tests[0].compare = COMPARE_NONE;
	f->controls[3].tests[0].judged = false;
	f->controls[3].cannot = "shown only";
	f->pack = (struct pack){.id = "probe", .title = evil, .version = "1", .status = "proposal", .remarks = evil,
	    .curve = "H1", .proposal = true, .controls = f->controls, .n = 4};
}

/* Judged for days after the evidence. */
static void
fixture_init(struct fixture *f, struct arena *a, int days)
{
	struct utc of = utc_from_date(2014, 5, 1, 0, 0, 0), at = {of.s + (int64_t)days * 86400};
	size_t i;

	*f = (struct fixture){.a = a, .params = {.records_max = 1}, .routes_params = {5, 75}, .past = {.arena = a}};
	f->inputs[0] = (struct input){.kind = KIND_MRT, .complete = true, .time = of, .name = (char[]){"/secret/rib"}};
	f->inputs[1] = (struct input){.kind = KIND_RPSL, .err = ERR_SHORT, .time = UTC_NONE, .detail = evil,
	    .name = (char[]){"/secret/irr"}};
	f->world = (struct world){.inputs = f->inputs, .n_inputs = 2};
	f->objects[0] = evil;
	f->record = (struct record){.code = "invalid-asn", .has_prefix = true, .prefix = {.addr = {192, 0, 2},
	    .family = FAMILY_V4, .len = 24}, .origin = 64500, .path = "64511 64500", .n_vps = 3, .vps = evil,
	    .objects = f->objects, .n_objects = 1, .rule = "RFC 6811 section 2", .remedy = evil};
	f->m = (struct metric){.id = M_ROV_INVALID, .asn = 64500, .num = 7, .den = 1203, .value_ppm = 5819,
	    .lo_ppm = 2821, .hi_ppm = 11966, .records = &f->record, .n_records = 1, .n_deciding = 7, .oldest = of,
	    .evidence = EV_BIT(EV_TABLE), .part = {{"invalid-asn", 7}}};
	fixture_controls(f);
	f->list[0] = &f->m;
	for (i = 0; i < 4; i++)
		control_judge(&f->controls[i], f->controls[i].n_tests > 0 ? f->list : NULL, at, false, &f->js[i]);
	f->result = (struct pack_result){&f->pack, f->js, 4};
	f->as = (struct as_result){.asn = 64500, .seen = true, .name = evil, .org = evil, .packs = &f->result,
	    .n_packs = 1, .metrics = f->list, .n_metrics = 1};
	f->head = (struct assessment){.at = at, .world = &f->world, .params = &f->params,
	    .routes_params = &f->routes_params, .packs = &f->pack, .n_packs = 1};
}

static bool
before(const char *page, const char *first, const char *second)
{
	const char *a = strstr(page, first), *b = strstr(page, second);

	return a != NULL && b != NULL && a < b;
}

static size_t
times(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text += strlen(word))
		n++;
	return n;
}

static void
fresh(struct arena *a)
{
	static struct html_check c;
	struct fixture f;
	struct str s = {0};

	fixture_init(&f, a, 3);
	report_html_as(&s, &f.head, &f.as, NULL, true);
	is_str(html_check(&c, s.p), "", "the page is well formed, and no name acts in it");
	ok(strstr(s.p, "\x1b") == NULL && strstr(s.p, "\xe2\x80\xae") == NULL, "no name steers what is shown");
	ok(strstr(s.p, "javascript:") == NULL, "no reference can be made to run");
	ok(strstr(s.p, "/secret/") == NULL, "no file name of this machine is in it");
	ok(strstr(s.p, "passes 0 of the 2 required controls that could be judged; 2 fail; 1 could not be judged, which "
	    "is no pass.") != NULL, "the verdict is a sentence that counts what could not be judged");
	ok(before(s.p, "<h2 id=\"verdict\">", "<h2 id=\"todo\">") && before(s.p, "<h2 id=\"todo\">", "<h2 id=\"p-probe\">") &&
	    before(s.p, "<h2 id=\"p-probe\">", "<h2 id=\"evidence\">"), "verdict, what to mend, controls, evidence");
	ok(before(s.p, "<strong>2014-05-01</strong>", "<main"), "the heading has the date of the evidence");
	ok(strstr(s.p, "is a proposal, not a published requirement") != NULL, "a proposal says so");
	ok(times(s.p, "<details class=\"records\">") == 1 && times(s.p, "href=\"#c-probe-c-1\">the first control") == 1,
	    "records stand once, and are pointed to");
	ok(strstr(s.p, "... and 6 more: <code>routemark explain 64500 probe/C-1") != NULL, "what is left out is counted");
	ok(strstr(s.p, "Old evidence") == NULL, "evidence of three days is not old");
	ok(times(s.p, "<svg role=\"img\"") == 2 && times(s.p, "class=\"mark\"") == 2, "each judged number is drawn");
	ok(before(s.p, "Controls of probe without a number", "C-3 Third"), "what has no number is in a table");
	ok(strstr(s.p, "Trend of") == NULL, "no trend without earlier reports");
	str_release(&s);
}

static void
old(struct arena *a)
{
	struct fixture f;
	struct str s = {0};

	fixture_init(&f, a, 100);
	report_html_as(&s, &f.head, &f.as, NULL, false);
	ok(strstr(s.p, "<strong>Old evidence, of 2014-05-01.</strong> 1 control could not be judged") != NULL,
	    "evidence that is too old for a control is said before the controls");
	ok(strstr(s.p, "judged for <strong>2014-08-09</strong>") != NULL, "beside the moment that is judged for");
	ok(times(s.p, "mark hollow") == 1, "the number that was not judged is hollow");
	ok(strstr(s.p, "index.html") == NULL, "a page alone links to no index");
	f.as.seen = false;
	str_clear(&s);
	report_html_as(&s, &f.head, &f.as, NULL, false);
	ok(strstr(s.p, "Not seen.") != NULL, "an AS that is not seen is told");
	str_release(&s);
}

/* Of two numbers one is too old, and the other fails: only that one was held against its bars. */
static void
two_numbers(struct arena *a)
{
	const struct metric *list[2];
	struct fixture f;
	struct str s = {0};

	fixture_init(&f, a, 3);
	f.org = f.m;
	f.org.id = M_ROA_COVERAGE;
	f.org.oldest.s -= INT64_C(86400) * 100;
	f.controls[1].n_tests = 2;
	f.controls[1].tests[1] = (struct control_test){.metric = M_ROA_COVERAGE, .compare = COMPARE_AT_LEAST, .judged = true,
	    .pass = 990000, .warn = 900000, .pass_cdn = -1};
	list[0] = &f.m;
	list[1] = &f.org;
	control_judge(&f.controls[1], list, f.head.at, false, &f.js[1]);
	report_html_as(&s, &f.head, &f.as, NULL, false);
	ok(f.js[1].verdict == VERDICT_FAIL && times(s.p, "class=\"mark\"") == 2 && times(s.p, "mark hollow") == 1,
	    "a number that is too old beside one that decided is hollow");
	ok(strstr(s.p, "Each of these numbers must hold: the worst decides.") != NULL, "and how they are joined is said");
	str_release(&s);
}

/* One report with the number, one in which this AS has none, and one without this AS. */
static void
trend(struct arena *a)
{
	static struct html_check c;
	struct past_as one = {.asn = 64500}, none = {.asn = 64500};
	struct past_report reports[3] = {{.at = utc_from_date(2014, 2, 1, 0, 0, 0), .parameters = "{}", .ases = &one, .n = 1},
	    {.at = utc_from_date(2014, 3, 1, 0, 0, 0), .parameters = "{}", .ases = &none, .n = 1},
	    {.at = utc_from_date(2014, 4, 1, 0, 0, 0), .parameters = "{}"}};
	struct fixture f;
	struct str s = {0};

	one.number[M_ROV_INVALID] = (struct past_number){.known = true, .value_ppm = 20000, .num = 2, .den = 100,
	    .has_interval = true, .lo_ppm = 5500, .hi_ppm = 70000};
	fixture_init(&f, a, 3);
	f.past.reports = reports;
	f.past.n = 3;
	report_html_as(&s, &f.head, &f.as, &f.past, false);
	is_str(html_check(&c, s.p), "", "a page with trends is well formed");
	ok(strstr(s.p, "Trend of rov-invalid. 2014-02-01: 2.00 %; 2014-03-01: no data; 2014-04-01: no data; 2014-05-04: 0.58 %. Asked for "
	    "now: at most 0 % (warn 0.1 %).") != NULL, "the trend is told in words, with the months that have no number");
	ok(times(s.p, "<figure class=\"trend\">") == 2 && times(s.p, "class=\"run\"") == 0 && times(s.p, ">?</text>") == 4,
	    "a line does not cross what is not known");
	ok(strstr(s.p, "made with other parameters") != NULL, "other parameters are told");
	one.number[M_ROV_INVALID].known = false;
	str_clear(&s);
	report_html_as(&s, &f.head, &f.as, &f.past, false);
	ok(strstr(s.p, "Trend of") == NULL, "no trend when no month has the number");
	str_release(&s);
}

static void
index_page(struct arena *a)
{
	static struct html_check c;
	struct summary sum;
	struct html_row rows[2];
	struct fixture f;
	struct str s = {0};

	fixture_init(&f, a, 100);
	summary_init(&sum, &f.pack, 1);
	summary_add(&sum, &f.as);
	html_row_fill(&rows[0], &f.as, true);
	f.as.asn = 64501;
	summary_add(&sum, &f.as);
	html_row_fill(&rows[1], &f.as, true);
	report_html_index(&s, &f.head, &sum, rows, 2);
	is_str(html_check(&c, s.p), "", "the index is well formed, and no name acts in it");
	ok(strstr(s.p, "Of 2 networks, 2 fail a required control") != NULL, "it begins with how many fail");
	ok(strstr(s.p, "For 2 of them evidence is further") != NULL, "and says that evidence is old");
	ok(before(s.p, "href=\"AS64500.html\"", "href=\"AS64501.html\""), "it links to the pages");
	ok(strstr(s.p, "0.00 % of 2 (95 % interval 0.00-65.76)") != NULL, "a share has its population and interval");
	ok(strstr(s.p, "none could be judged") != NULL, "no data is no share");
	ok(strstr(s.p, "is a proposal, not a published requirement") != NULL, "a proposal says so");
	ok(before(s.p, "<h2 id=\"side\">", "<th scope=\"col\">AS64501</th>") && times(s.p, "class=\"num\">0.58 % of 1,203<") == 4,
	    "a few are shown side by side, each with its number and population");
	ok(strstr(s.p, "AS64500: 7 of 1203 originated routes RPKI-invalid (0.58 %, 95 % interval 0.28-1.20); AS64501: 7 of "
	    "1203") != NULL && times(s.p, "class=\"mark") == 4 && times(s.p, "mark hollow") == 2,
	    "and drawn on one scale, what was not judged hollow");
	str_clear(&s);
	report_html_index(&s, &f.head, &sum, rows, 1);
	ok(strstr(s.p, "<h2 id=\"side\">") == NULL, "one alone is not");
	html_row_release(&rows[0]);
	html_row_release(&rows[1]);
	summary_release(&sum);
	str_release(&s);
}

int
main(void)
{
	struct arena *a = arena_new();

	fresh(a);
	old(a);
	two_numbers(a);
	trend(a);
	index_page(a);
	arena_free(a);
	return tap_done();
}
