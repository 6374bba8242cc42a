/* A document of incidents read for the archive: what is kept, and that one which is cut, broken or contradicts itself is
 * refused whole, by the incident, byte, field and rule. And sums over intervals against a naive count of seconds. */
#include "archive/incidents_import.h"
#include "archive/sql.h"
#include "tap.h"

static const char document[] =
    "{\"asn\":null,\"collectors\":[{\"cadence_seconds\":300,\"gaps\":[{\"from\":\"2024-01-01T00:00:00Z\",\"to"
    "\":\"2024-01-01T00:01:00Z\"}],\"local_as\":64700,\"messages\":9,\"silence_seconds\":600,\"tables\":1,\"u"
    "pdate_files\":2,\"vantage_points\":2}],\"counts\":{\"announced\":7,\"withdrawn\":3},\"curve\":\"H1\",\"d"
    "ated\":[{\"days\":-40,\"evidence\":\"irr\",\"newest\":null,\"oldest\":\"2023-01-01T00:00:00Z\"}],\"forma"
    "t\":\"routemark-incidents/1\",\"incidents\":[{\"by_accomplice\":[{\"accomplice\":null,\"seen\":[{\"began"
    "\":\"in-table\",\"ended\":\"open\",\"from\":\"2024-01-01T00:00:00Z\",\"from_us\":1704067200000000,\"to\""
    ":\"2024-01-01T00:00:05Z\",\"to_us\":1704067205000001,\"vantage_point\":0}],\"while\":[]},{\"accomplice\""
    ":64501,\"seen\":[{\"began\":\"announced\",\"ended\":\"withdrawn\",\"from\":\"2024-01-01T00:00:01Z\",\"fr"
    "om_us\":1704067201000000,\"path_id\":7,\"to\":\"2024-01-01T00:00:02Z\",\"to_us\":1704067202000000,\"vant"
    "age_point\":0},{\"began\":\"announced\",\"ended\":\"withdrawn\",\"from\":\"2024-01-01T00:00:01Z\",\"from"
    "_us\":1704067201000000,\"to\":\"2024-01-01T00:00:03Z\",\"to_us\":1704067203000000,\"vantage_point\":1}],"
    "\"while\":[{\"from\":\"2024-01-01T00:00:01Z\",\"from_us\":1704067201000000,\"to\":\"2024-01-01T00:00:02Z"
    "\",\"to_us\":1704067202000000},{\"from\":\"2024-01-01T00:00:02Z\",\"from_us\":1704067202000000,\"to\":\""
    "2024-01-01T00:00:03Z\",\"to_us\":1704067203000000}]}],\"class\":\"bogon-prefix\",\"confidence\":null,\"c"
    "ulprit\":64500,\"needed\":1,\"origin\":null,\"peak\":2,\"prefix\":\"192.168.0.0/16\",\"spans\":[{\"from"
    "\":\"2024-01-01T00:00:00Z\",\"from_us\":1704067200000000,\"to\":\"2024-01-01T00:00:05Z\",\"to_us\":17040"
    "67205000001}],\"vantage_points\":2,\"why\":\"caf\\u00e9\"},{\"against\":[\"customer-or-provider\"],\"by_"
    "accomplice\":[{\"accomplice\":64502,\"seen\":[{\"began\":\"announced\",\"ended\":\"withdrawn\",\"from\":"
    "\"2024-01-01T00:00:00Z\",\"from_us\":1704067200000000,\"to\":\"2024-01-01T00:00:07Z\",\"to_us\":17040672"
    "07000000,\"vantage_point\":1}],\"while\":[]}],\"class\":\"misorigination\",\"confidence\":\"possible\","
    "\"culprit\":64511,\"for\":[\"vrp-of-another\",\"held-by-another\"],\"needed\":2,\"origin\":64511,\"peak"
    "\":1,\"prefix\":\"2001:db8::/32\",\"spans\":[],\"vantage_points\":1,\"why\":\"x\"},{\"by_accomplice\":[{"
    "\"accomplice\":64501,\"seen\":[{\"began\":\"announced\",\"ended\":\"withdrawn\",\"from\":\"2024-01-01T00"
    ":00:00Z\",\"from_us\":1704067200000000,\"to\":\"2024-01-01T00:00:07Z\",\"to_us\":1704067207000000,\"vant"
    "age_point\":1}],\"while\":[]}],\"class\":\"leak\",\"confidence\":\"proven\",\"culprit\":64500,\"needed\""
    ":1,\"origin\":64509,\"peak\":1,\"prefix\":\"198.51.100.0/24\",\"spans\":[],\"vantage_points\":1,\"why\":"
    "\"OTC\"}],\"inputs\":[{\"complete\":true,\"diags\":{},\"kind\":\"mrt\",\"sha256\":\"00000000000000000000"
    "000000000000000000000000000000000000000000aa\",\"size\":10,\"time\":\"2024-01-01T00:00:00Z\",\"time_from"
    "_name\":false}],\"looked_for\":[\"bogon-prefix\",\"misorigination\",\"leak\"],\"not_scored\":[\"leak\"],"
    "\"parameters\":{\"visibility\":5},\"scores\":[{\"asn\":64500,\"incidents\":1,\"label\":\"aspiring\",\"me"
    "tric\":\"M3\",\"percent_ppm\":600000,\"raw_e7\":5000000}],\"vantage_points\":[{\"address\":\"192.0.2.1\""
    ",\"asn\":64600,\"collector\":0,\"full_feed_ipv4\":true,\"full_feed_ipv6\":false},{\"address\":\"2001:db8"
    "::1\",\"asn\":64601,\"collector\":0,\"full_feed_ipv4\":false,\"full_feed_ipv6\":true}],\"window\":{\"fir"
    "st_update\":null,\"from\":\"2024-01-01T00:00:00Z\",\"seen_seconds\":86400,\"to\":\"2024-02-01T00:00:00Z"
    "\"}}\n";

struct got {
	struct arena *a;
	struct incidents_result r;
	struct archive_incident last;
	uint64_t n, seen;
	const char *why;
	enum err err;
};

static enum err
take(void *arg, const struct archive_incident *i)
{
	struct got *g = arg;
	size_t k;

	g->n++;
	for (k = 0; k < i->n_by; k++)
		g->seen += i->by[k].n_seen;
	g->last = *i;
	g->last.why = arena_strdup(g->a, span_of(i->why));
	return OK;
}

static enum err
stop(void *arg, const struct archive_incident *i)
{
	(void)arg;
	return i->class == OFF_MISORIGIN ? ERR_IO : OK;
}

static struct got
read_text(struct arena *a, const char *text, size_t n, size_t chunk)
{
	struct feed_mem m = {(const uint8_t *)text, n, chunk};
	struct got g = {.a = a};
	struct feed f;

	feed_init_mem(&f, &m);
	g.err = incidents_import(&f, a, take, &g, &g.r, &g.why);
	feed_release(&f);
	return g;
}

static void
kept(struct arena *a)
{
	struct got g = read_text(a, document, strlen(document), 0);
	const struct archive_window *w = &g.r.w;
	struct incidents_result r;
	struct feed_mem m = {(const uint8_t *)document, strlen(document), 0};
	const char *why = NULL;
	struct feed f;
	bool same = true;
	size_t i;

	ok(g.err == OK && g.n == 3 && g.r.incidents == 3 && g.seen == 5, "a document is read: %s", g.why != NULL ? g.why : "");
	ok(w->from.s == 1704067200 && w->seen_s == 86400 && !utc_known(w->first_update) && w->curve == CURVE_H1 &&
	    w->looked_for == (1u << OFF_BOGON_PREFIX | 1u << OFF_MISORIGIN | 1u << OFF_LEAK) && w->not_scored == 1u << OFF_LEAK,
	    "its window");
	is_str(w->parameters, "{\"visibility\":5}", "its parameters");
	ok(w->n_inputs == 1 && w->n_collectors == 1 && w->collectors[0].n_gaps == 1 && w->n_vps == 2 && w->n_dated == 1 &&
	    w->dated[0].days == -40 && w->n_scores == 1 && w->scores[0].metric == INC_M3, "its lists");
	ok(g.last.class == OFF_LEAK && g.last.culprit == 64500 && g.last.origin == 64509 && strcmp(g.last.why, "OTC") == 0,
	    "its incidents");
	for (i = 1; i < 9; i++) {
		struct got p = read_text(a, document, strlen(document), i);

		same &= p.err == OK && memcmp(p.r.content, g.r.content, SHA256_BYTES) == 0 &&
		    memcmp(p.r.basis, g.r.basis, SHA256_BYTES) == 0;
	}
	ok(same, "in pieces of any size it is the same");
	feed_init_mem(&f, &m);
	ok(incidents_import(&f, a, stop, NULL, &r, &why) == ERR_IO && why == NULL, "who takes them can stop it");
	feed_release(&f);
}

static void
cut(struct arena *a)
{
	size_t i, read = 0;

	for (i = 0; i < strlen(document) - 1; i++)
		read += read_text(a, document, i, 0).err == OK;
	ok(read == 0, "cut anywhere it is refused");
}

static char *
changed(struct arena *a, const char *find, const char *with)
{
	const char *at = strstr(document, find);

	if (at == NULL) {
		printf("# \"%s\" is not in the document\n", find);
		abort();
	}
	return arena_printf(a, "%.*s%s%s", (int)(at - document), document, with, at + strlen(find));
}

static void
refused(struct arena *a)
{
	static const char *const cases[][3] = {
	    {"routemark-incidents/1", "routemark-incidents/2", "format: is not routemark-incidents/1"},
	    {"\"asn\":null", "\"asn\":64500", "asn: is not null"},
	    {"\"asn\":null,", "", "lacks \"asn\""},
	    {"\"curve\":\"H1\"", "\"curve\":\"H3\"", "curve: is not H1 or H2"},
	    {"\"curve\":\"H1\"", "\"curve\":\"H2\",\"curve\":\"H2\"", "incidents.curve: is there twice"},
	    {"\"percent_ppm\":600000", "\"percent_ppm\":600001", "are not those of raw_e7 by the curve"},
	    {"\"label\":\"aspiring\"", "\"label\":\"ready\"", "are not those of raw_e7 by the curve"},
	    {"\"metric\":\"M3\"", "\"metric\":\"M9\"", "scores[].metric: is not one of the words"},
	    {"\"class\":\"bogon-prefix\"", "\"class\":\"bogon\"", "incident 1, byte"},
	    {"\"class\":\"misorigination\"", "\"class\":\"leak\"", "incident 2, byte"},
	    {"\"class\":\"leak\"", "\"class\":\"bogon-prefix\"", "incident 3, byte"},
	    {"\"confidence\":null", "\"confidence\":\"proven\"", "confidence: is not one that its class has"},
	    {"\"confidence\":\"proven\"", "\"confidence\":\"strong\"", "confidence: is not one that its class has"},
	    {"\"confidence\":\"proven\"", "\"confidence\":null", "confidence: is not one that its class has"},
	    {"\"against\":[\"customer-or-provider\"],", "", "for, against: are of misoriginations"},
	    {"customer-or-provider", "vrp-of-another", "against: holds a word that it may not"},
	    {"held-by-another", "vrp-of-another", "for: holds a word twice"},
	    {"192.168.0.0/16", "192.168.0.1/16", "incidents[].prefix: is not a prefix"},
	    {"2001:db8::/32", "2001:DB8::/32", "incidents[].prefix: is not a prefix"},
	    {"\"culprit\":64511", "\"culprit\":0", "culprit: is 0"},
	    {"\"origin\":64511", "\"origin\":4294967295", "origin: is neither an ASN nor null"},
	    {"\"accomplice\":64502", "\"accomplice\":0", "accomplice: is neither an ASN nor null"},
	    {"\"accomplice\":null", "\"accomplice\":64501", "accomplice: does not ascend"},
	    {"\"vantage_point\":0", "\"vantage_point\":2", "vantage_points: is not how many saw it"},
	    {"\"vantage_points\":2,\"why\"", "\"vantage_points\":3,\"why\"", "vantage_points: is not how many saw it"},
	    {"\"peak\":2", "\"peak\":3", "peak: is more than saw it"},
	    {"\"path_id\":7", "\"path_id\":0", "path_id: is 0"},
	    {"\"began\":\"in-table\"", "\"began\":\"table\"", "seen[].began: is not one of the words"},
	    {"\"ended\":\"open\"", "\"ended\":\"\"", "seen[].ended: is not one of the words"},
	    {"\"to_us\":1704067205000001", "\"to_us\":1704067206000001", "are not the same moment"},
	    {"1704067205000001", "-1704067205000001", "is not a whole number"},
	    {"\"seen\":[{", "\"seen\":[7,{", "holds something that is not an object"},
	    {"\"incidents\":[{", "\"incidents\":[[],{", "holds something that is not an object"},
	    {"\"looked_for\":[\"bogon-prefix\",", "\"looked_for\":[", "class: was not looked for"},
	    {"\"looked_for\":[\"bogon-prefix\",", "\"looked_for\":[\"leak\",", "looked_for: holds a class twice"},
	    {"\"not_scored\":[\"leak\"", "\"not_scored\":[\"bogon-asn\"", "not_scored: holds a class that was not looked for"},
	    {"\"collector\":0", "\"collector\":1", "vantage_points[].collector: is not in the list"},
	    {"\"address\":\"192.0.2.1\"", "\"address\":\"192.0.2\"", "address: is not an address"},
	    {"\"from\":\"2024-01-01T00:00:00Z\",\"seen_seconds\"", "\"from\":\"2024-01-01T00:00:01Z\",\"seen_seconds\"",
	    "has a time before the window"},
	    {"\"to\":\"2024-02-01T00:00:00Z\"", "\"to\":\"2024-01-01T00:00:06Z\"", "seen_seconds: is more than it has"},
	    {"\"seen_seconds\":86400,\"to\":\"2024-02-01T00:00:00Z\"", "\"seen_seconds\":1,\"to\":\"2024-01-01T00:00:06Z\"",
	    "incident 2, byte"},
	    {"\"to\":\"2024-02-01T00:00:00Z\"", "\"to\":\"2023-02-01T00:00:00Z\"", "ends before it begins"},
	    {"\"sha256\":\"00", "\"sha256\":\"0", "inputs[].sha256: is not a digest"},
	    {"\"counts\":{", "\"counts\":{\"a\":[],", "counts: holds something that is no number"}};
	struct got g;
	char *text;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		text = changed(a, cases[i][0], cases[i][1]);
		g = read_text(a, text, strlen(text), 0);
		ok(g.err == ERR_SYNTAX && g.why != NULL && strstr(g.why, cases[i][2]) != NULL &&
		    strstr(g.why, "[doc/formats/incidents.md]") != NULL, "%s", g.why != NULL ? g.why : "is not refused");
	}
	text = changed(a, "\"why\":\"x\"", "\"later\":{\"a\":[1]},\"why\":\"x\"");
	g = read_text(a, text, strlen(text), 0);
	ok(g.err == OK && g.n == 3, "a member that a later version may have is passed over");
	g = read_text(a, changed(a, "\"vantage_point\":1", "\"vantage_point\":9"), strlen(document), 0);
	ok(g.err == ERR_SYNTAX && strstr(g.why, "incident 1, byte") != NULL &&
	    strstr(g.why, "vantage_point: is not in the list") != NULL, "the utmost is told of its incident: %s", g.why);
}

/* --- paths --- */

/* The leak alone has a table of paths; its one sighting turns to another path and back. */
static const char with_paths[] = "\"seen\":[{\"began\":\"announced\",\"ended\":\"withdrawn\",\"from\":\"2024-01-01T00:00:00Z\","
    "\"from_us\":1704067200000000,\"path\":1,\"to\":\"2024-01-01T00:00:07Z\",\"to_us\":1704067207000000,\"turns\":["
    "{\"at\":\"2024-01-01T00:00:01Z\",\"at_us\":1704067201500000,\"path\":0},"
    "{\"at\":\"2024-01-01T00:00:06Z\",\"at_us\":1704067206000000,\"path\":null}],\"vantage_point\":1}],\"while\":[]}],"
    "\"class\":\"leak\",\"confidence\":\"proven\",\"culprit\":64500,\"needed\":1,\"origin\":64509,"
    "\"paths\":[[64601,64500,64509],[64601,64501,64500,64509]],\"paths_left_out\":2,\"peak\":1";

static char *
pathed(struct arena *a)
{
	const char *class = strstr(document, "\"class\":\"leak\""), *from = class, *to = strstr(class, "\"peak\":1");

	while (strncmp(from, "\"seen\":", 7) != 0)
		from--;
	return arena_printf(a, "%.*s%s%s", (int)(from - document), document, with_paths, to + strlen("\"peak\":1"));
}

static struct incident_paths last_paths;

static enum err
take_paths(void *arg, const struct archive_incident *i)
{
	uint32_t *n = arg;

	if (i->paths == NULL)
		return OK;
	++*n;
	last_paths = *i->paths;
	ok(i->class == OFF_LEAK && last_paths.n_paths == 2 && last_paths.left_out == 2 && last_paths.n_seen == 1 &&
	    last_paths.paths[0].n == 3 && last_paths.paths[1].as[1] == 64501, "a table of paths is read");
	ok(last_paths.first[1] == 3 && last_paths.turns[0].path == 1 && last_paths.turns[0].at_us == 1704067200000000 &&
	    last_paths.turns[1].path == 0 && last_paths.turns[1].at_us == 1704067201500000 &&
	    last_paths.turns[2].path == PATH_NONE, "and when it was seen by which");
	return OK;
}

static void
paths(struct arena *a)
{
	static const char *const cases[][3] = {
	    {"\"path\":1", "\"path\":2", "path: is not in the table"},
	    {"\"path\":1", "\"path\":512", "path: is neither null nor an index below"},
	    {"\"path\":1,", "", "turns: is there without a path"},
	    {"\"path\":1", "\"path\":0", "turns to the same path"},
	    {"\"path\":1", "\"path\":null", "paths[]: is of no vantage point"},
	    {"[64601,64500,64509],", "[64601,64500,64509],[64601,64500,64510],", "paths[]: is of no vantage point"},
	    {"[64601,64500,64509]", "[64601,64502,64509]", "paths[]: is without the culprit"},
	    {"[64601,64500,64509]", "[64601,64500,64500,64509]", "paths[]: holds an ASN twice in a row"},
	    {"[64601,64500,64509]", "[64601,64500,4294967296]", "paths[]: holds something that is not an ASN"},
	    {"[64601,64500,64509]", "[64601,64500,null]", "paths[]: holds something that is not an ASN"},
	    {"[64601,64500,64509]", "[]", "paths[]: is empty"},
	    {"[64601,64500,64509]", "7", "paths: holds something that is not an array"},
	    {"\"paths\":[[", "\"paths\":7,\"x\":[[", "paths: is not an array"},
	    {",\"paths_left_out\":2", "", "paths, paths_left_out: are there both or not at all"},
	    {"\"paths_left_out\":2", "\"paths_left_out\":-2", "paths_left_out: is not a whole number"},
	    {"\"paths\":[[64601,64500,64509],[64601,64501,64500,64509]],\"paths_left_out\":2,", "", "path: is there without a table"},
	    {"1704067201500000,\"path\":0", "1704067201500000,\"path\":1", "turns to the same path"},
	    {"\"at_us\":1704067201500000", "\"at_us\":1704067202500000", "at, at_us are not the same moment"},
	    {"\"at\":\"2024-01-01T00:00:01Z\",\"at_us\":1704067201500000", "\"at\":\"2024-01-01T00:00:00Z\",\"at_us\":1704067200000000",
	    "is not within it"},
	    {"\"at\":\"2024-01-01T00:00:06Z\",\"at_us\":1704067206000000", "\"at\":\"2024-01-01T00:00:07Z\",\"at_us\":1704067207000000",
	    "is not within it"},
	    {"\"at\":\"2024-01-01T00:00:01Z\",\"at_us\":1704067201500000", "\"at\":\"2024-01-01T00:00:05Z\",\"at_us\":1704067205500000",
	    "does not descend by vantage points and time"}};
	struct incidents_result r;
	const char *why = NULL, *text = pathed(a);
	struct feed_mem m = {(const uint8_t *)text, strlen(text), 0};
	struct feed f;
	struct got g, without = read_text(a, document, strlen(document), 0);
	uint32_t n = 0;
	size_t i;

	feed_init_mem(&f, &m);
	ok(incidents_import(&f, a, take_paths, &n, &r, &why) == OK && n == 1, "a document with paths: %s", why != NULL ? why : "");
	feed_release(&f);
	ok(memcmp(r.content, without.r.content, SHA256_BYTES) != 0 && memcmp(r.basis, without.r.basis, SHA256_BYTES) == 0,
	    "is another finding of the same basis");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *at = strstr(text, cases[i][0]);
		char *wrong;

		if (at == NULL)
			abort();
		wrong = arena_printf(a, "%.*s%s%s", (int)(at - text), text, cases[i][1], at + strlen(cases[i][0]));
		g = read_text(a, wrong, strlen(wrong), 0);
		ok(g.err == ERR_SYNTAX && strstr(g.why, cases[i][2]) != NULL && strstr(g.why, "incident 3, byte") != NULL, "%s",
		    g.why != NULL ? g.why : "is not refused");
	}
	for (i = 0; i < strlen(text) - 1; i++)
		if (read_text(a, text, i, 0).err == OK)
			break;
	ok(i == strlen(text) - 1, "cut anywhere it is refused");
}

/* --- sums --- */

#define SECONDS 600

static uint32_t
random_u32(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Second by second: who was at it? */
static void
sums(struct arena *a)
{
	struct timeline_interval *seen = arena_array(a, 400, sizeof(*seen));
	uint32_t state = 7, round, wrong = 0;

	for (round = 0; round < 200; round++) {
		static bool at[SECONDS];
		struct parties *p = parties_new();
		const struct archive_party *out;
		struct archive_by by = {.accomplice = 64501, .seen = seen};
		struct archive_incident inc = {.class = OFF_LEAK, .confidence = "proven", .culprit = 64500, .by = &by, .n_by = 1};
		uint64_t want = 0, open = 0, incidents = 1 + random_u32(&state) % 40;
		size_t n, i, k, s;

		memset(at, 0, sizeof(at));
		for (i = 0; i < incidents; i++) {
			bool is_open = false;

			by.n_seen = 1 + random_u32(&state) % 9;
			for (k = 0; k < by.n_seen; k++) {
				uint32_t from = random_u32(&state) % SECONDS, len = random_u32(&state) % 9;

				len = from + len >= SECONDS ? 0 : len;
				seen[k] = (struct timeline_interval){from * 1000000ll, (from + len) * 1000000ll, 0, 0, 0,
				    (uint8_t)(random_u32(&state) % 5)};
				is_open |= seen[k].ended == TL_OPEN;
				for (s = from; s < from + len; s++)
					at[s] = true;
			}
			open += is_open;
			parties_add(p, &inc);
		}
		for (s = 0; s < SECONDS; s++)
			want += at[s];
		out = parties_end(p, &n);
		wrong += n != 2 || out[0].asn != 64500 || out[1].asn != 64501 || out[0].seen_us != want * 1000000 ||
		    out[1].seen_us != want * 1000000 || out[0].open != open || out[0].incidents != incidents || out[1].open != open;
		parties_free(p);
	}
	ok(wrong == 0, "sums over intervals are what counting every second gives");
}

int
main(void)
{
	struct arena *a = arena_new();

	kept(a);
	cut(a);
	refused(a);
	paths(a);
	sums(a);
	arena_free(a);
	return tap_done();
}
