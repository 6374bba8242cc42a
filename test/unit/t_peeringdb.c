/* peeringdb: net, org and poc, the live ones, from an answer that is whole. */
#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"
#include "decode/people.h"
#include "tap.h"

struct got {
	struct str text;
	size_t n, stop_after;
	uint64_t objects;
	struct diags d;
	enum err result;
};

static enum err
seen(struct got *g)
{
	return ++g->n == g->stop_after ? ERR_STOPPED : OK;
}

static enum err
on_net(void *arg, const struct pdb_net *n)
{
	struct got *g = arg;
	char t[UTC_TEXT];

	str_addf(&g->text, "net %u/%u AS%u '%.*s' '%.*s' %s;", (unsigned)n->id, (unsigned)n->org_id,
	    n->asn, (int)n->name.len, n->name.p, (int)n->irr_as_set.len, n->irr_as_set.p,
	    utc_format(n->updated, t));
	return seen(g);
}

static enum err
on_org(void *arg, const struct pdb_org *o)
{
	struct got *g = arg;

	str_addf(&g->text, "org %u '%.*s';", (unsigned)o->id, (int)o->name.len, o->name.p);
	return seen(g);
}

static enum err
on_poc(void *arg, const struct pdb_poc *p)
{
	struct got *g = arg;
	char t[UTC_TEXT];

	str_addf(&g->text, "poc %u/%u %.*s %.*s%s%s %s;", (unsigned)p->id, (unsigned)p->net_id,
	    (int)p->role.len, p->role.p, (int)p->visible.len, p->visible.p,
	    p->email ? " email" : "", p->phone ? " phone" : "", utc_format(p->updated, t));
	return seen(g);
}

static void
decode(struct feed *f, enum input_kind kind, struct got *g)
{
	struct pdb_sink sink = {.net = on_net, .org = on_org, .poc = on_poc, .arg = g};

	diags_release(&g->d);
	str_clear(&g->text);
	g->n = 0;
	g->result = pdb_decode(f, kind, &sink, &g->d, &g->objects);
	feed_release(f);
}

static void
decode_mem(const char *p, size_t len, size_t chunk, enum input_kind kind, struct got *g)
{
	struct feed_mem m = {(const uint8_t *)p, len, chunk};
	struct feed f;

	feed_init_mem(&f, &m);
	decode(&f, kind, g);
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

#define NET(more) "{\"data\": [{\"id\": 591, \"org_id\": 814, \"name\": \"A \\\"B\\\"\", \"social_media\": "       \
	"[{\"asn\": 1, \"status\": \"deleted\"}], \"asn\": 64500, \"irr_as_set\": \"AS-A\", \"notes\": \"" more "\", " \
	"\"updated\": \"2022-07-27T05:34:37Z\", \"status\": \"ok\"}], \"meta\": {}}"
#define NET_TEXT "net 591/814 AS64500 'A \"B\"' 'AS-A' 2022-07-27T05:34:37Z;"

static const struct {
	const char *name;
	enum input_kind kind;
	const char *text, *want, *diag;
} cases[] = {
    {"a net", KIND_PDB_NET, NET(""), NET_TEXT, ""},
    {"a net that is deleted", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":2,\"status\":\"deleted\"}]}", "", ""},
    {"a net that is pending", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":2,\"status\":\"pending\"}]}", "", ""},
    {"a net with nulls", KIND_PDB_NET,
     "{\"meta\":{},\"data\":[{\"id\":1,\"asn\":2,\"name\":null,\"irr_as_set\":null,\"updated\":null,\"status\":\"ok\"}]}",
     "net 1/0 AS2 '' '' unknown;", ""},
    {"an org", KIND_PDB_ORG, "{\"data\":[{\"id\":5,\"name\":\"O\\u00e9\",\"status\":\"ok\",\"latitude\":44.5}]}",
     "org 5 'O\xc3\xa9';", ""},
    {"a poc", KIND_PDB_POC,
     "{\"data\":[{\"id\":780,\"net_id\":661,\"role\":\"NOC\",\"visible\":\"Public\",\"phone\":\"\",\"email\":\"n@as.example\","
     "\"updated\":\"2025-02-07T06:33:29Z\",\"status\":\"ok\"},"
     "{\"id\":781,\"net_id\":661,\"role\":\"Abuse\",\"visible\":\"Users\",\"phone\":\"+1\",\"status\":\"ok\"}]}",
     "poc 780/661 NOC Public email 2025-02-07T06:33:29Z;poc 781/661 Abuse Users phone unknown;", ""},
    {"an empty answer", KIND_PDB_NET, "{\"data\":[],\"meta\":{}}", "", ""},
    {"an AS over 32 bits", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":4294967296,\"status\":\"ok\"}]}", "",
     "record skipped: record 1 @9: pdb.asn: out of range"},
    {"AS0", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":0,\"status\":\"ok\"}]}", "",
     "record skipped: record 1 @9: pdb.asn: out of range"},
    {"an AS as text", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":\"7\",\"status\":\"ok\"}]}", "",
     "field skipped: record 1 @23: pdb.asn: not in the form expected"},
    {"no status", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":7}]}", "",
     "record skipped: record 1 @9: pdb.status: not in the form expected"},
    {"two ids", KIND_PDB_ORG, "{\"data\":[{\"id\":1,\"id\":2,\"name\":\"x\",\"status\":\"ok\"}]}", "org 1 'x';",
     "field skipped: record 1 @22: pdb.id: contradicts itself [RFC 8259 4]"},
    {"a time that is none", KIND_PDB_NET, "{\"data\":[{\"id\":1,\"asn\":7,\"updated\":\"x\",\"status\":\"ok\"}]}",
     "net 1/0 AS7 '' '' unknown;", "field skipped: record 1 @9: pdb.updated: not in the form expected [RFC 3339]"},
    {"an entry that is none", KIND_PDB_ORG, "{\"data\":[[{\"id\":1}],{\"id\":2,\"name\":\"x\",\"status\":\"ok\"}]}", "org 2 'x';",
     "record skipped: record 1 @9: pdb.data: not in the form expected"},
    {"an answer the server cut", KIND_PDB_ORG,
     "{\"data\":[{\"id\":2,\"name\":\"x\",\"status\":\"ok\"}],\"meta\":{\"truncated\":\"more than 250 rows\"}}", "org 2 'x';",
     "source incomplete: record 1 @52: pdb.meta.truncated: input ends early"},
    {"no data", KIND_PDB_NET, "{\"meta\":{}}", "", "source incomplete: record 0 @11: pdb.data: not in the form expected"},
    {"data that is none", KIND_PDB_NET, "{\"data\":{}}", "", "source incomplete: record 0 @8: pdb.data: not in the form expected"},
    {"a list", KIND_PDB_NET, "[]", "", "source incomplete: record 0 @0: pdb.data: not in the form expected"},
    {"rubbish behind", KIND_PDB_NET, "{\"data\":[]}x", "", "source incomplete: record 0 @11: pdb.data: bytes left over [RFC 8259 2]"},
};

static void
test_cases(void)
{
	struct got g = {0};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		decode_mem(cases[i].text, strlen(cases[i].text), 0, cases[i].kind, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, cases[i].want, "%s: what is handed out", cases[i].name);
		is_str(first_diag(&g), cases[i].diag, "%s: what is said", cases[i].name);
		decode_mem(cases[i].text, strlen(cases[i].text), 1, cases[i].kind, &g);
		is_str(g.text.p == NULL ? "" : g.text.p, cases[i].want, "%s: a byte at a time", cases[i].name);
	}
	got_release(&g);
}

static void
test_truncation(void)
{
	struct got g = {0};
	size_t i, n;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool whole = true, told = true;

		if (cases[i].diag[0] != '\0')
			continue;
		for (n = 0; n < strlen(cases[i].text); n++) {
			decode_mem(cases[i].text, n, 0, cases[i].kind, &g);
			told = told && diags_stopped(&g.d);
			whole = whole && (g.text.len == 0 ||
			    strncmp(cases[i].want, g.text.p, g.text.len) == 0);
		}
		ok(told && whole, "%s: every prefix is told to end early and gives whole records only",
		    cases[i].name);
	}
	got_release(&g);
}

static void
test_huge_notes(void)
{
	static const char head[] = "{\"data\":[{\"id\":1,\"notes\":\"", tail[] = "\",\"name\":\"x\",\"status\":\"ok\"}]}";
	size_t n = JSON_STRING_MAX, len = sizeof(head) - 1 + n + sizeof(tail) - 1;
	char *doc = xmalloc(len);
	struct got g = {0};

	memset(doc, 'n', len);
	memcpy(doc, head, sizeof(head) - 1);
	memcpy(doc + len - (sizeof(tail) - 1), tail, sizeof(tail) - 1);
	decode_mem(doc, len, 4096, KIND_PDB_ORG, &g);
	is_str(g.text.p, "org 1 'x';", "notes of a megabyte are passed over");
	free(doc);
	got_release(&g);
}

static void
test_name_limit(void)
{
	struct got g = {0};
	struct str doc = {0};
	unsigned n;

	for (n = PDB_ROW_MAX - 2; n <= PDB_ROW_MAX - 1; n++) {
		str_clear(&doc);
		str_addf(&doc, "{\"data\":[{\"id\":1,\"status\":\"ok\",\"name\":\"%0*d\"}]}", (int)n, 0);
		decode_mem(doc.p, doc.len, 0, KIND_PDB_ORG, &g);
		ok((g.n == 1) == (n == PDB_ROW_MAX - 2), "a name of %u bytes beside \"ok\" is %s", n,
		    n == PDB_ROW_MAX - 2 ? "read" : "over the limit");
	}
	str_release(&doc);
	got_release(&g);
}

static void
test_stop(void)
{
	struct got g = {.stop_after = 1};

	decode_mem(cases[5].text, strlen(cases[5].text), 0, KIND_PDB_POC, &g);
	ok(g.result == ERR_STOPPED && g.n == 1, "a callback stops the reading");
	got_release(&g);
}

static enum err
pipe_fill(void *arg, const uint8_t **buf, size_t *len)
{
	static uint8_t b[FEED_CHUNK];

	*buf = b;
	*len = fread(b, 1, sizeof(b), arg);
	return OK;
}

static void
test_real(void)
{
	static const struct {
		const char *file;
		enum input_kind kind;
	} real[] = {{"net", KIND_PDB_NET}, {"org", KIND_PDB_ORG}, {"poc", KIND_PDB_POC}};
	const char *dir = shared_data();
	struct got g = {0};
	char cmd[4200];
	size_t i;

	for (i = 0; dir != NULL && i < 3; i++) {
		struct feed f;
		unsigned want = 0;
		FILE *p;

		/* an object has one status: counted by another tool */
		snprintf(cmd, sizeof(cmd), "zcat '%s/peeringdb/%s.json.gz' | grep -o '\"status\": \"ok\"' | wc -l",
		    dir, real[i].file);
		p = popen(cmd, "r");
		if (p == NULL || fscanf(p, "%u", &want) != 1)
			want = 0;
		if (p != NULL)
			pclose(p);
		snprintf(cmd, sizeof(cmd), "zcat '%s/peeringdb/%s.json.gz'", dir, real[i].file);
		p = popen(cmd, "r");
		if (p == NULL)
			continue;
		feed_init(&f, pipe_fill, p);
		decode(&f, real[i].kind, &g);
		pclose(p);
		ok(want > 0 && g.n == want && g.d.n_kept == 0, "%s: %zu of %u objects, nothing odd",
		    real[i].file, g.n, (unsigned)g.objects);
	}
	if (dir == NULL)
		skip("../shared/data is not here");
	got_release(&g);
}

int
main(void)
{
	test_cases();
	test_truncation();
	test_huge_notes();
	test_name_limit();
	test_stop();
	test_real();
	return tap_done();
}
