/* Earlier reports: what is kept of them, what is refused and how it is said. */
#include "report/past.h"
#include "tap.h"

#define HEAD "{\"at\":\"2022-04-01T00:00:00Z\",\"format\":\"routemark-assessment/1\",\"parameters\":{\"a\":1,\"b\":true,"  \
	"\"records_max\":20},\"results\":["
#define SHARE "{\"den\":8,\"hi_ppm\":500000,\"id\":\"rov-invalid\",\"lo_ppm\":20000,\"num\":1,\"records\":[{\"x\":[1,{}]}],"  \
	"\"state\":\"ok\",\"unit\":\"share\",\"value\":125000}"
#define AS(asn, metrics) "{\"asn\":" asn ",\"metrics\":[" metrics "],\"name\":\"x\"}"

static const uint32_t wanted[] = {64500, 64502};

static const char *
read_one(struct past *p, const char *text)
{
	struct feed_mem m = {(const uint8_t *)text, strlen(text), 0};
	const char *why = NULL;
	struct feed f;
	enum err e;

	feed_init_mem(&f, &m);
	e = past_read(p, &f, wanted, 2, &why);
	feed_release(&f);
	return e == OK ? "" : why;
}

static void
kept(struct past *p)
{
	const struct past_report *r;
	const struct past_number *n;

	is_str(read_one(p, HEAD AS("5", SHARE) "," AS("64500", SHARE ",{\"id\":\"m8\",\"state\":\"no-data\",\"value\":5,\"why\":\"x\"},"
	    "{\"id\":\"of-later\",\"state\":\"ok\",\"value\":5}") "," AS("64501", "7") "]}\n"), "", "a report is read");
	r = &p->reports[0];
	ok(r->n == 1 && r->ases[0].asn == 64500, "only the wanted AS is kept");
	is_str(r->parameters, "{\"a\":1,\"b\":true}", "the parameters too, but for how many records are kept");
	n = &r->ases[0].number[M_ROV_INVALID];
	ok(n->known && n->value_ppm == 125000 && n->num == 1 && n->den == 8 && n->has_interval && n->lo_ppm == 20000 &&
	    n->hi_ppm == 500000, "with its number");
	ok(!r->ases[0].number[M_M8].known && r->ases[0].number[M_M8].value_ppm == 0 && !r->ases[0].number[M_M5].known, "what was not measured is not known");
	ok(past_find(r, 64502) == NULL && past_find(r, 64500) == &r->ases[0], "and found again");
}

static void
refused(struct past *p)
{
	static const char *const cases[][3] = {
	    {"[]", "byte 0: report: is not an object [doc/formats/assessment.md]", "no object"},
	    {"{\"at\":null}", "byte 6: at: is not known: an undated report is no month [doc/formats/assessment.md]",
	    "an undated report"},
	    {"{\"format\":\"other/1\"}", "byte 10: format: is not routemark-assessment/1 [doc/formats/assessment.md]",
	    "another format"},
	    {HEAD "]", "input ends early", "a report that is cut"},
	    {HEAD "]} x", "bytes left over", "something behind it"},
	    {HEAD AS("-1", "") "]}", "results[].asn: is not a whole number in its range", "a negative ASN"},
	    {HEAD AS("64502", "") "," AS("64500", "") "]}", "results[].asn: does not ascend", "results out of order"},
	    {HEAD AS("64500", "{\"id\":\"m7irr\",\"state\":\"ok\",\"value\":1000001}") "]}", "value: is over 1000000",
	    "a score over one"},
	    {HEAD AS("64500", "{\"id\":\"rov-invalid\",\"state\":\"ok\",\"value\":1}") "]}", "lo_ppm, hi_ppm: are missing",
	    "a share without its interval"},
	    {HEAD AS("64500", "{\"id\":\"m7irr\",\"state\":\"ok\"}") "]}", "value: is missing", "a number that is not there"},
	    {HEAD AS("64500", "{\"id\":\"m7irr\",\"state\":\"fine\"}") "]}", "is none of ok", "an unknown state"},
	    {HEAD "],\"results\":[]}", "results: is there twice", "results twice"},
	    {"{\"at\":\"2022-04-01T00:00:00Z\",\"format\":\"routemark-assessment/1\",\"parameters\":{}}",
	    "results: is missing: a summary", "a summary"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why = read_one(p, cases[i][0]);

		ok(strstr(why, cases[i][1]) != NULL, "%s is refused: %s", cases[i][2], why);
	}
	ok(p->n == 1, "nothing of them is kept");
}

static void
sealed(struct past *p)
{
	struct utc now = utc_from_date(2022, 5, 1, 0, 0, 0);
	const char *why = "";

	is_str(read_one(p, "{\"at\":\"2022-03-01T00:00:00Z\",\"format\":\"routemark-assessment/1\",\"parameters\":{},"
	    "\"results\":[]}"), "", "another one is read");
	ok(past_seal(p, now, &why) == OK && p->reports[0].at.s < p->reports[1].at.s, "they stand in the order of time");
	ok(past_seal(p, p->reports[1].at, &why) == ERR_CONTRADICT, "one that is not earlier is refused");
	is_str(why, "a report of 2022-04-01T00:00:00Z is not earlier than this one, of 2022-04-01T00:00:00Z", "and named");
	is_str(read_one(p, HEAD "]}"), "", "the same month again");
	ok(past_seal(p, now, &why) == ERR_CONTRADICT, "is refused");
	is_str(why, "two reports are of 2022-04-01T00:00:00Z: give one for each moment", "and named");
}

int
main(void)
{
	struct past p = {.arena = arena_new()};

	kept(&p);
	refused(&p);
	sealed(&p);
	past_release(&p);
	arena_free(p.arena);
	return tap_done();
}
