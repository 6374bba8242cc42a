/* spoofer JSON: a test per family of a session, from an answer that is whole. */
#include "base/str.h"
#include "decode/people.h"
#include "tap.h"

struct got {
	struct str text;
	size_t n, stop_after;
	uint64_t sessions;
	struct diags d;
	enum err result;
};

static enum err
on_test(void *arg, const struct spoofer_test *t)
{
	static const char *const word[] = {[SPOOF_NONE] = "-", [SPOOF_RECEIVED] = "received",
	    [SPOOF_BLOCKED] = "blocked", [SPOOF_REWRITTEN] = "rewritten", [SPOOF_UNKNOWN] = "unknown"};
	struct got *g = arg;
	char p[PREFIX_TEXT], u[UTC_TEXT];

	str_addf(&g->text, "%u %s AS%u %s%s %s %s;", (unsigned)t->session, utc_format(t->time, u), t->asn,
	    prefix_format(&t->client, p), t->nat ? " nat" : "", word[t->routed], word[t->priv]);
	return ++g->n == g->stop_after ? ERR_STOPPED : OK;
}

static void
decode(const char *p, size_t len, size_t chunk, struct got *g)
{
	struct feed_mem m = {(const uint8_t *)p, len, chunk};
	struct feed f;

	diags_release(&g->d);
	str_clear(&g->text);
	g->n = 0;
	feed_init_mem(&f, &m);
	g->result = spoofer_decode(&f, KIND_SPOOFER_JSON, on_test, g, &g->d, &g->sessions);
	feed_release(&f);
}

static const char *
first_diag(const struct got *g)
{
	static char buf[300];

	if (g->d.n_kept == 0)
		return "";
	snprintf(buf, 100, "%s: ", diag_level_text(g->d.kept[0].level));
	diag_format(&g->d.kept[0], buf + strlen(buf), 200);
	return buf;
}

static void
got_release(struct got *g)
{
	diags_release(&g->d);
	str_release(&g->text);
}

#define TIME "\"timestamp\":\"2020-05-07T14:34:59+00:00\""
#define V4 "{\"@id\":\"/sessions/891176\",\"@type\":\"Session\",\"asn4\":\"64500\",\"asn6\":null,"              \
	"\"client4\":\"192.0.2.0/24\",\"client6\":null,\"country\":\"usa\",\"nat4\":true,\"nat6\":null,"        \
	"\"privatespoof\":\"blocked\",\"privatespoof6\":null,\"routedspoof\":\"received\","                     \
	"\"routedspoof6\":null,\"session\":891176," TIME "}"
#define V4_TEXT "891176 2020-05-07T14:34:59Z AS64500 192.0.2.0/24 nat received blocked;"
#define BOTH "{\"session\":7," TIME ",\"asn4\":64500,\"client4\":\"192.0.2.0/24\",\"nat4\":false,"              \
	"\"routedspoof\":\"rewritten\",\"asn6\":\"64501\",\"client6\":\"2001:db8::/40\",\"nat6\":false,"        \
	"\"routedspoof6\":\"unknown\",\"privatespoof6\":\"odd\"}"
#define BOTH_TEXT "7 2020-05-07T14:34:59Z AS64500 192.0.2.0/24 rewritten -;"                                    \
	"7 2020-05-07T14:34:59Z AS64501 2001:db8::/40 unknown unknown;"
#define ONE(members) "[{\"session\":7," TIME ",\"asn4\":\"64500\"" members "}]"
#define SKIPPED(what) "record skipped: record 1 @1: spoofer." what

static const struct {
	const char *name, *text, *want, *diag;
} cases[] = {
    {"a list", "[" V4 "," BOTH "]", V4_TEXT BOTH_TEXT, ""},
    {"a page", "{\"@context\":\"/contexts/Session\",\"hydra:member\":[" BOTH "],\"hydra:totalItems\":1,"
     "\"hydra:view\":{\"@id\":\"/sessions?page=1\"}}", BOTH_TEXT, ""},
    {"an empty list", "[]", "", ""},
    {"an empty page", "{\"hydra:member\":[]}", "", ""},
    {"no client", ONE(",\"client4\":null,\"nat4\":true,\"routedspoof\":\"blocked\""), "", ""},
    {"nothing measured", ONE(",\"client4\":\"192.0.2.0/24\",\"nat4\":false,\"routedspoof\":null"),
     "7 2020-05-07T14:34:59Z AS64500 192.0.2.0/24 - -;", ""},
    {"an unknown NAT", ONE(",\"client4\":\"192.0.2.0/24\",\"nat4\":null,\"routedspoof\":\"blocked\""), "",
     SKIPPED("nat4: not in the form expected")},
    {"a NAT that is text", ONE(",\"client4\":\"192.0.2.0/24\",\"nat4\":\"no\""), "",
     SKIPPED("nat4: not in the form expected")},
    {"a client with host bits", ONE(",\"client4\":\"192.0.2.1/24\",\"nat4\":false"), "", SKIPPED("client4: out of range")},
    {"a client without length", ONE(",\"client4\":\"192.0.2.0\",\"nat4\":false"), "",
     SKIPPED("client4: not in the form expected")},
    {"a client of the other family", ONE(",\"client4\":\"2001:db8::/40\",\"nat4\":false"), "",
     SKIPPED("client4: out of range")},
    {"a result that is a number", ONE(",\"client4\":\"192.0.2.0/24\",\"nat4\":false,\"routedspoof\":1"), "",
     SKIPPED("routedspoof: not in the form expected")},
    {"a bad AS in one family only", "[{\"session\":7," TIME ",\"asn4\":\"x\",\"client4\":\"192.0.2.0/24\",\"nat4\":false,"
     "\"asn6\":\"9\",\"client6\":\"2001:db8::/40\",\"nat6\":true,\"routedspoof6\":\"blocked\"}]",
     "7 2020-05-07T14:34:59Z AS9 2001:db8::/40 nat blocked -;", SKIPPED("asn4: not in the form expected")},
    {"no session number", "[{" TIME "}]", "", SKIPPED("session: not in the form expected")},
    {"no time", "[{\"session\":7}]", "", SKIPPED("timestamp: not in the form expected")},
    {"an entry that is none", "[[1],7]", "", "record skipped: record 1 @1: spoofer: not in the form expected"},
    {"no list", "{\"a\":[]}", "", "source incomplete: record 0 @8: spoofer: not in the form expected"},
    {"a list that is none", "{\"hydra:member\":{}}", "", "source incomplete: record 0 @16: spoofer: not in the form expected"},
    {"text", "\"x\"", "", "source incomplete: record 0 @0: spoofer: not in the form expected"},
    {"rubbish behind", "[]]", "", "source incomplete: record 0 @2: spoofer: bytes left over [RFC 8259 2]"},
};

static void
test_cases(void)
{
	struct got g = {0};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		decode(cases[i].text, strlen(cases[i].text), 0, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, cases[i].want, "%s: what is handed out", cases[i].name);
		is_str(first_diag(&g), cases[i].diag, "%s: what is said", cases[i].name);
		decode(cases[i].text, strlen(cases[i].text), 1, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, cases[i].want, "%s: a byte at a time", cases[i].name);
	}
	decode(cases[0].text, strlen(cases[0].text), 0, &g);
	ok(g.sessions == 2 && g.n == 3, "a session with two families is one session and two tests");
	got_release(&g);
}

static void
test_truncation(void)
{
	struct got g = {0};
	size_t i, n;

	for (i = 0; i < 6; i++) {
		bool whole = true, told = true;

		for (n = 0; n < strlen(cases[i].text); n++) {
			decode(cases[i].text, n, 0, &g);
			told = told && diags_stopped(&g.d);
			whole = whole && (g.text.len == 0 ||
			    strncmp(cases[i].want, g.text.p, g.text.len) == 0);
		}
		ok(told && whole, "%s: every prefix is told to end early and gives whole tests only",
		    cases[i].name);
	}
	got_release(&g);
}

static void
test_stop(void)
{
	struct got g = {.stop_after = 2};

	decode(cases[0].text, strlen(cases[0].text), 0, &g);
	ok(g.result == ERR_STOPPED && g.n == 2, "a callback stops between the families of a session");
	got_release(&g);
}

int
main(void)
{
	test_cases();
	test_truncation();
	test_stop();
	return tap_done();
}
