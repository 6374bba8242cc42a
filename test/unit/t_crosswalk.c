/* The crosswalk: the one that is built in, and a small one broken in every way we know. */
#include "report/crosswalk.h"
#include "tap.h"

#include <jansson.h>
#include <stdlib.h>

static const char small[] =
    "{\"crosswalk\":{\"format\":\"routemark-crosswalk/1\",\"version\":\"1\",\"remarks\":\"R.\",\"texts\":["
    "{\"id\":\"act\",\"title\":\"An Act\",\"issuer\":\"A\",\"status\":\"law\",\"state\":\"in force\",\"source\":\"s\","
    "\"clauses\":[{\"id\":\"1\",\"label\":\"7(a)\",\"title\":\"Sign\",\"read\":\"text\",\"source\":\"t\"},"
    "{\"id\":\"2\",\"title\":\"Filter\",\"read\":\"report\",\"source\":\"u\"}]},"
    "{\"id\":\"hint\",\"title\":\"Hints\",\"issuer\":\"B\",\"status\":\"guidance\",\"state\":\"draft\",\"source\":\"v\","
    "\"clauses\":[{\"id\":\"1\",\"title\":\"Try\",\"read\":\"summary\",\"source\":\"w\"}]}],"
    "\"controls\":["
    "{\"pack\":\"probe\",\"control\":\"C2\",\"clauses\":[{\"clause\":\"act/1\",\"extent\":\"part\",\"note\":\"=1+1\"}]},"
    "{\"pack\":\"probe\",\"control\":\"C1\",\"clauses\":[{\"clause\":\"act/1\",\"extent\":\"whole\"},"
    "{\"clause\":\"hint/1\",\"extent\":\"part\"}]}]}}";

static struct control controls[] = {
	{.id = "C1", .title = "First", .evidence_class = "measured", .required = true},
	{.id = "C2", .title = "Second", .evidence_class = "attested"},
	{.id = "C3", .title = "Third", .evidence_class = "attested"},
};
static const struct pack probe = {.id = "tuned", .catalog_id = "probe", .version = "3", .status = "proposed",
    .title = "T", .remarks = "Not in force.", .proposal = true, .controls = controls, .n = 3};

static const struct {
	const char *find, *put, *place, *text;
} bad[] = {
	{"crosswalk/1\"", "crosswalk/2\"", "crosswalk", "format"},
	{"\"remarks\":\"R.\",", "", "crosswalk.remarks", "missing"},
	{"\"version\":\"1\"", "\"version\":\"1\",\"extra\":1", "crosswalk", "extra"},
	{"\"status\":\"law\",", "", "crosswalk.texts[0].status", "missing"},
	{"\"status\":\"law\"", "\"status\":\"rule\"", "crosswalk.texts[0]", "rule"},
	{"\"source\":\"s\",", "", "crosswalk.texts[0].source", "missing"},
	{"\"id\":\"hint\"", "\"id\":\"act\"", "crosswalk.texts[1]", "taken"},
	{"\"read\":\"text\",\"source\":\"t\"", "\"read\":\"text\"", "crosswalk.texts[0].clauses[0].source", "missing"},
	{"\"read\":\"text\"", "\"read\":\"heard\"", "crosswalk.texts[0].clauses[0]", "heard"},
	{"\"read\":\"text\"", "\"read\":\"report\"", "crosswalk.texts[0].clauses[0]", "others' account"},
	{"{\"id\":\"2\"", "{\"id\":\"1\"", "crosswalk.texts[0].clauses[1]", "taken"},
	{"{\"id\":\"2\"", "{\"id\":\"2/3\"", "crosswalk.texts[0].clauses[1]", "slash"},
	{"\"pack\":\"probe\"", "\"pack\":\"prob\"", "crosswalk.controls[0]", "pack \"prob\" is not known"},
	{"\"control\":\"C2\"", "\"control\":\"C9\"", "crosswalk.controls[0]", "\"C9\" is not in pack probe"},
	{"\"act/1\",\"extent\":\"part\"", "\"act/9\",\"extent\":\"part\"", "controls[0].clauses[0]", "none of the texts"},
	{"\"act/1\",\"extent\":\"part\"", "\"act\",\"extent\":\"part\"", "controls[0].clauses[0]", "none of the texts"},
	{"\"extent\":\"whole\"", "\"extent\":\"all\"", "controls[1].clauses[0]", "part or whole"},
	{"\"hint/1\"", "\"act/1\"", "controls[1].clauses[1]", "twice"},
	{"{\"crosswalk\"", "{\"crossing\"", "x.json", "crosswalk"},
	{"{\"crosswalk\"", "[\"crosswalk\"", "line 1", "RFC 8259"},
};

static enum err
read_it(const char *text, struct arena *a, struct crosswalk *x, const char **why)
{
	*why = "";
	return crosswalk_read((struct pack_bytes){"x.json", span_of(text)}, &probe, 1, a, x, why);
}

static void
refused(struct arena *a)
{
	char text[4096];
	struct crosswalk x;
	const char *why, *at;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		at = strstr(small, bad[i].find);
		if (at == NULL) {
			ok(false, "%s is in the fixture", bad[i].find);
			continue;
		}
		snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - small), small, bad[i].put, at + strlen(bad[i].find));
		ok(read_it(text, a, &x, &why) == ERR_SYNTAX && strstr(why, bad[i].place) != NULL &&
		    strstr(why, bad[i].text) != NULL, "%s is refused at %s", bad[i].put, bad[i].place);
		if (strstr(why, bad[i].text) == NULL)
			printf("# %s\n", why);
	}
}

static void
asked(const struct crosswalk *x)
{
	const struct clause *sign = &x->texts[0].clauses[0], *filter = &x->texts[0].clauses[1];
	const struct service *v;
	size_t at = 0;

	v = crosswalk_next(x, &probe, NULL, sign, &at);
	ok(v != NULL && strcmp(v->control, "C1") == 0 && v->whole && v->note == NULL,
	    "the controls of a clause come in the order of the pack, not of the file");
	v = crosswalk_next(x, &probe, NULL, sign, &at);
	ok(v != NULL && strcmp(v->control, "C2") == 0 && !v->whole && crosswalk_next(x, &probe, NULL, sign, &at) == NULL,
	    "then the other, and no more");
	ok(clause_is_served(x, &probe, sign) && !clause_is_served(x, &probe, filter), "a clause that nothing serves is a gap");
	ok(control_serves(x, &probe, &controls[1]) && !control_serves(x, &probe, &controls[2]),
	    "and so is a control that serves nothing");
}

static void
written(const struct crosswalk *x)
{
	const struct text_style style = {.width = 100};
	struct str s = {0};
	json_t *j;

	crosswalk_by_clause(&s, x, &probe, style);
	ok(strstr(s.p, "Crosswalk of tuned 3 (proposed, not in force)") != NULL && strstr(s.p, "Not in force.") != NULL,
	    "the text says that the pack binds nobody");
	ok(strstr(s.p, "  7(a)            Sign\n                  C1         whole  First\n") != NULL,
	    "a clause with its number, and its controls");
	ok(strstr(s.p, "  -               Try\n") != NULL && strstr(s.p, "numbers  could not be checked") != NULL &&
	    strstr(s.p, "read     in a summary by its authors: w") != NULL, "no number where none was checked");
	ok(strstr(s.p, "law: in force") != NULL && strstr(s.p, "guidance: draft") != NULL, "each text with its status");
	ok(strstr(s.p, "serves\n  act             Filter\n") != NULL && strstr(s.p, "no clause\n  C3              Third\n") != NULL,
	    "the gaps on both sides");
	ok(strstr(s.p, "2 of 3 clauses are served by a control of this pack; 1 of its 3 controls serve none") != NULL,
	    "and counted");
	str_clear(&s);
	crosswalk_by_control(&s, x, &probe, style);
	ok(strstr(s.p, "C1         First (required, measured)\n    whole  law        act             7(a) Sign\n"
	    "    part   guidance   hint            Try\n") != NULL, "by control the same");
	str_clear(&s);
	crosswalk_csv(&s, x, &probe);
	ok(strstr(s.p, "tuned,3,proposed,C2,Second,attested,part,act,An Act,A,law,in force,1,7(a),Sign,text,t,\"'=1+1\"\n") != NULL,
	    "a row holds no formula");
	ok(strstr(s.p, "tuned,3,proposed,,,,none,act,An Act,A,law,in force,2,,Filter,report,u,\n") != NULL &&
	    strstr(s.p, "tuned,3,proposed,C3,Third,attested,none,,,,,,,,,,,\n") != NULL, "the gaps are rows");
	str_clear(&s);
	crosswalk_json(&s, x, &probe);
	j = json_loadb(s.p, s.len, JSON_REJECT_DUPLICATES, NULL);
	ok(j != NULL && strcmp(json_string_value(json_object_get(json_object_get(j, "pack"), "status")), "proposed") == 0 &&
	    json_array_size(json_object_get(j, "controls_without_clause")) == 1 &&
	    strstr(s.p, "\"clauses_without_control\":[\"act/2\"]") != NULL, "the JSON parses and has the status and the gaps");
	json_decref(j);
	str_release(&s);
}

/* Every pack has clauses, and every text is served by some pack. */
static void
built_in(struct arena *a)
{
	const char *const *name, *why = NULL;
	struct crosswalk x;
	struct pack p;
	bool used[64] = {false};
	size_t i, k, at;
	enum err e = crosswalk_load(a, &x, &why);

	ok(e == OK && x.n_texts >= 6 && x.n_texts <= 64, "the one that is built in fits the packs that are");
	if (e != OK) {
		printf("# %s\n", why);
		return;
	}
	for (name = pack_names(); *name != NULL; name++) {
		at = 0;
		ok(pack_load(*name, a, &p, &why) == OK && crosswalk_next(&x, &p, NULL, NULL, &at) != NULL,
		    "%s serves something", *name);
		for (i = 0; i < x.n_texts; i++)
			for (k = 0; k < x.texts[i].n; k++)
				used[i] = used[i] || clause_is_served(&x, &p, &x.texts[i].clauses[k]);
	}
	for (i = 0; i < x.n_texts; i++)
		ok(used[i], "some pack serves %s", x.texts[i].id);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct crosswalk x;
	const char *why;

	built_in(a);
	ok(read_it(small, a, &x, &why) == OK, "a small one is read");
	printf("# %s\n", why != NULL ? why : "");
	asked(&x);
	written(&x);
	refused(a);
	arena_free(a);
	return tap_done();
}
