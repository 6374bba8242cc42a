/* Reports read again for the archive: what is kept, and that one which is cut, broken or contradicts itself is refused
 * whole. */
#include "archive/import.h"
#include "tap.h"

static const char report[] = "{\"at\":\"2024-01-01T00:00:00Z\",\"evidence\":{\"collectors\":1,\"ipv4\":{\"full_feed\":6,"
    "\"visibility\":5,\"visible_routes\":9},\"ipv6\":{\"full_feed\":4,\"visibility\":4,\"visible_routes\":3},\"kinds\":[],"
    "\"vantage_points\":7},\"format\":\"routemark-assessment/1\",\"inputs\":[{\"complete\":true,\"diags\":{},\"kind\":\"mrt\","
    "\"sha256\":\"00000000000000000000000000000000000000000000000000000000000000aa\",\"size\":10,"
    "\"time\":\"2024-01-01T00:00:00Z\",\"time_from_name\":false}],\"packs\":[{"
    "\"catalog_sha256\":\"00000000000000000000000000000000000000000000000000000000000000bb\",\"controls\":[{\"id\":\"A\","
    "\"required\":true,\"title\":\"Covered\"},{\"id\":\"B\",\"required\":false,\"title\":\"Tested\"}],\"id\":\"hand\","
    "\"profile_sha256\":null,\"status\":\"proposal\",\"title\":\"A pack\",\"version\":\"1\"}],\"parameters\":{\"irr\":true,"
    "\"records_max\":20,\"visibility_min\":5},\"results\":[{\"asn\":64500,\"cdn\":false,\"metrics\":[{\"deciding\":0,\"den\":4,"
    "\"evidence\":[\"table\",\"vrps\"],\"hi_ppm\":954413,\"id\":\"roa-coverage\",\"lo_ppm\":300642,\"num\":3,"
    "\"oldest\":\"2024-01-01T00:00:00Z\",\"organisation\":null,\"state\":\"ok\",\"unit\":\"share\",\"value\":750000},{"
    "\"evidence\":[],\"id\":\"m5\",\"oldest\":null,\"organisation\":null,\"state\":\"no-data\",\"unit\":\"score\","
    "\"why\":\"no test\"}],\"name\":\"caf\\u00e9\",\"organisation\":\"\",\"packs\":[{\"controls\":[{\"decides\":\"roa-coverage\","
    "\"id\":\"A\",\"reason\":\"3 of 4\",\"verdict\":\"FAIL\"},{\"decides\":\"m5\",\"id\":\"B\",\"reason\":\"no test\","
    "\"verdict\":\"NO_DATA\"}],\"id\":\"hand\"}],\"seen\":true}],\"summary\":{\"ases\":1,\"packs\":[{\"controls\":[{\"fail\":1,"
    "\"id\":\"A\",\"no_data\":0,\"not_applicable\":0,\"pass\":0,\"warn\":0},{\"fail\":0,\"id\":\"B\",\"no_data\":1,"
    "\"not_applicable\":0,\"pass\":0,\"warn\":0}],\"id\":\"hand\"}]}}\n";

struct got {
	struct arena *a;
	struct import_result r;
	struct archive_row row;
	uint64_t n;
	const char *why;
	enum err err;
};

static enum err
take(void *arg, struct span bytes)
{
	struct got *g = arg;
	char *kept = arena_strdup(g->a, bytes);
	const char *field = NULL;

	if (row_read((struct span){kept, bytes.len}, g->a, &g->row, &field) != OK)
		return ERR_CORRUPT;
	g->n++;
	return OK;
}

static struct got
read_text(struct arena *a, const char *text, size_t n, size_t chunk)
{
	struct feed_mem m = {(const uint8_t *)text, n, chunk};
	struct got g = {.a = a};
	struct feed f;

	feed_init_mem(&f, &m);
	g.err = import_read(&f, a, take, &g, &g.r, &g.why);
	feed_release(&f);
	return g;
}

static void
kept(struct arena *a)
{
	struct got g = read_text(a, report, strlen(report), 0);
	const struct archive_head *h = &g.r.head;
	const struct archive_row *r = &g.row;
	size_t i;
	bool same = true;

	ok(g.err == OK && g.why == NULL && g.n == 1 && g.r.networks == 1, "a report is read: %s", g.why != NULL ? g.why : "");
	ok(h->at.s == utc_from_date(2024, 1, 1, 0, 0, 0).s && h->collectors == 1 && h->vantage_points == 7 &&
	    h->family[FAMILY_V4].full_feed == 6 && h->family[FAMILY_V6].visible_routes == 3, "its moment and its vantage");
	is_str(h->parameters, "{\"irr\":true,\"visibility_min\":5}", "its parameters, but for how many records are kept");
	ok(h->n_inputs == 1 && h->inputs[0].sha256[31] == 0xaa && h->inputs[0].size == 10 && h->inputs[0].complete, "its inputs");
	ok(h->n_packs == 1 && h->packs[0].n == 2 && !h->packs[0].has_profile && h->packs[0].controls[0].required &&
	    strcmp(h->packs[0].status, "proposal") == 0, "its packs");
	ok(r->asn == 64500 && r->seen && !r->cdn && strcmp(r->name, "caf\xc3\xa9") == 0, "its network");
	ok(r->n_numbers == 2 && strcmp(r->numbers[0].metric, "m5") == 0 && r->numbers[0].state == METRIC_NO_DATA &&
	    strcmp(r->numbers[0].why, "no test") == 0, "its numbers, in the order of their words");
	ok(r->numbers[1].num == 3 && r->numbers[1].value == 750000 && strcmp(r->numbers[1].evidence, "table vrps") == 0,
	    "with what they rest on");
	ok(r->verdicts[0].verdict == VERDICT_FAIL && r->verdicts[0].reason == NULL, "a reason that is in the number is not kept");
	ok(r->verdicts[1].verdict == VERDICT_NO_DATA && strcmp(r->verdicts[1].reason, "no test") == 0, "one that is not is");
	for (i = 1; i < 9; i++) {
		struct got p = read_text(a, report, strlen(report), i);

		same &= p.err == OK && memcmp(p.r.content, g.r.content, SHA256_BYTES) == 0;
	}
	ok(same, "in pieces of any size it is the same");
}

/* A member that came later: reports without it are taken as they were, those with it have another digest. */
static void
registered(struct arena *a)
{
	static const char seen[] = "\"seen\":true";
	const char *at = strstr(report, seen), *text;
	struct got was = read_text(a, report, strlen(report), 0), g;

	ok(was.row.place.service == SERVICE_NONE && was.row.place.country[0] == '\0', "without a registration nothing is known of it");
	text = arena_printf(a, "%.*s\"registration\":{\"country\":\"NL\",\"registry\":\"ripencc\"},%s", (int)(at - report), report, at);
	g = read_text(a, text, strlen(text), 0);
	ok(g.err == OK && g.row.place.service == SERVICE_RIPE && strcmp(g.row.place.country, "NL") == 0, "a registration is kept");
	ok(memcmp(g.r.content, was.r.content, SHA256_BYTES) != 0, "and is in the digest");
	text = arena_printf(a, "%.*s\"registration\":{\"country\":null,\"registry\":\"apnic\"},%s", (int)(at - report), report, at);
	g = read_text(a, text, strlen(text), 0);
	ok(g.err == OK && g.row.place.service == SERVICE_APNIC && g.row.place.country[0] == '\0', "one without a country, too");
}

static void
cut(struct arena *a)
{
	size_t i, read = 0;

	for (i = 0; i < strlen(report) - 1; i++)
		read += read_text(a, report, i, 0).err == OK;
	ok(read == 0, "cut anywhere it is refused");
}

static char *
changed(struct arena *a, const char *find, const char *with)
{
	const char *at = strstr(report, find);

	if (at == NULL) {
		printf("# \"%s\" is not in the report\n", find);
		abort();
	}
	return arena_printf(a, "%.*s%s%s", (int)(at - report), report, with, at + strlen(find));
}

static void
refused(struct arena *a)
{
	static const char *const cases[][3] = {
	    {"routemark-assessment/1", "routemark-assessment/2", "format: is not routemark-assessment/1"},
	    {"\"at\":\"2024-01-01T00:00:00Z\"", "\"at\":null", "at: is not known"},
	    {"\"at\":\"2024-01-01T00:00:00Z\"", "\"at\":\"2024-01-01\"", "at: is neither a time as"},
	    {"\"num\":3", "\"num\":5", "num, den: are not those of a share"},
	    {"\"num\":3", "\"num\":2", "value: is not that of num and den"},
	    {"300642", "300641", "lo_ppm, hi_ppm: are not the interval"},
	    {"\"state\":\"ok\"", "\"state\":\"no-data\"", "state: is not ok, and there is a number"},
	    {"\"state\":\"no-data\"", "\"state\":\"ok\"", "state: is ok, and there is no number"},
	    {"\"state\":\"no-data\"", "\"state\":\"fine\"", "state: is not one of the words"},
	    {"\"verdict\":\"NO_DATA\"", "\"verdict\":\"PASS\"", "verdict: is PASS, WARN or FAIL, and the metric that decides has no"},
	    {"\"verdict\":\"FAIL\"", "\"verdict\":\"PASS\"", "summary.packs[].controls[]: does not count what the results say"},
	    {"\"decides\":\"m5\"", "\"decides\":\"m6\"", "decides: is no metric of this network"},
	    {"\"id\":\"m5\"", "\"id\":\"roa-coverage\"", "metrics[].id: is there twice"},
	    {"\"id\":\"B\",\"reason\"", "\"id\":\"C\",\"reason\"", "is not the pack's next control"},
	    {"\"id\":\"hand\"}],\"seen\"", "\"id\":\"band\"}],\"seen\"", "results[].packs[].id: is not the head's next pack"},
	    {"\"ases\":1", "\"ases\":2", "summary.ases: is not how many results there are"},
	    {"\"asn\":64500", "\"asn\":64500,\"asn\":64500", "asn: is there twice"},
	    {"\"asn\":64500", "\"asn\":4294967296", "asn: is not a whole number in its range"},
	    {"aa\"", "AA\"", "sha256: is not a digest"}, {"aa\"", "a\"", "sha256: is not a digest"},
	    {"caf\\u00e9", "caf\\u0000", "name: holds U+0000"},
	    {"\"seen\":true", "\"sean\":true", "results[]: lacks \"seen\""},
	    {"\"seen\":true", "\"registration\":{\"country\":\"NL\",\"registry\":\"ripe\"},\"seen\":true", "registry: is none of afrinic"},
	    {"\"seen\":true", "\"registration\":{\"country\":\"nl\",\"registry\":\"ripencc\"},\"seen\":true", "country: is neither null nor two"},
	    {"\"seen\":true", "\"registration\":{\"country\":\"NL\"},\"seen\":true", "registration: lacks \"registry\""},
	    {"\"seen\":true", "\"registration\":[],\"seen\":true", "registration: is not an object"},
	    {"\"packs\":[{\"catalog", "\"backs\":[{\"catalog", "report: lacks \"packs\""},
	    {"\"summary\":{", "\"tummary\":{", "summary: is missing"},
	    {"\"results\":[", "\"result\":[", "summary: comes without results"},
	    {"\"irr\":true", "\"irr\":\"x\"", "parameters: holds something that is no number"},
	    {"\"irr\":true", "\"irr\":true,\"window\":{\"curve\":\"H 1\"}", "parameters.window: holds a text that is neither a time nor a word"},
	    {"\"irr\":true", "\"irr\":true,\"window\":{\"curve\":null}", "parameters.window: holds something that is no number"},
	    {"\"irr\":true", "\"irr\":true,\"window\":{\"Curve\":1}", "parameters.window: has a name that is no word"},
	    {"\"irr\":true", "\"i\\\"r\":true", "parameters: has a name that is no word"},
	    {"]}}\n", "]}} {}", "bytes left over"}, {"\"size\":10", "\"size\":-1", "size: is not a whole number"},
	    {"\"id\":\"B\",\"required\"", "\"id\":\"A\",\"required\"", "is not the pack's next control"}};
	struct got g;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = changed(a, cases[i][0], cases[i][1]);

		g = read_text(a, text, strlen(text), 0);
		ok(g.err != OK && g.why != NULL && strstr(g.why, cases[i][2]) != NULL && strncmp(g.why, "byte ", 5) == 0,
		    "%s: %s", cases[i][1], g.why != NULL ? g.why : "was read");
	}
}

static void
twice(struct arena *a)
{
	const char *from = strstr(report, "\"results\":[") + 11, *to = strstr(report, "],\"summary\"");
	const char *text = arena_printf(a, "%.*s,%.*s%s", (int)(to - report), report, (int)(to - from), from, to);
	struct got g = read_text(a, text, strlen(text), 0);

	ok(g.err != OK && g.why != NULL && strstr(g.why, "results[].asn: does not ascend") != NULL, "a network twice: %s",
	    g.why != NULL ? g.why : "was read");
}

static enum err
stop(void *arg, struct span bytes)
{
	(void)arg;
	(void)bytes;
	return ERR_IO;
}

static void
stopped(struct arena *a)
{
	struct feed_mem m = {(const uint8_t *)report, strlen(report), 0};
	struct import_result r;
	const char *why = "";
	struct feed f;

	feed_init_mem(&f, &m);
	ok(import_read(&f, a, stop, NULL, &r, &why) == ERR_IO && why == NULL, "who takes the rows can stop it");
	feed_release(&f);
}

int
main(void)
{
	struct arena *a = arena_new();

	kept(a);
	registered(a);
	cut(a);
	refused(a);
	twice(a);
	stopped(a);
	arena_free(a);
	return tap_done();
}
