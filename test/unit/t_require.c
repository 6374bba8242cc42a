/* Requirements: a small profile over two built-in packs, and the same broken in every way we know. */
#include "rule/require.h"
#include "rule/say.h"
#include "tap.h"

#define NS "\"ns\":\"urn:routemark:oscal\","
#define PROP(name, value) "{\"name\":\"" name "\"," NS "\"value\":\"" value "\"}"

static const char profile[] =
    "{\"profile\":{\"uuid\":\"7a0f4c3f-9c1f-5d6e-8d51-1c0e2c1e2b11\","
    "\"metadata\":{\"title\":\"What we ask\",\"last-modified\":\"2026-01-01T00:00:00Z\",\"version\":\"3\","
    "\"oscal-version\":\"1.1.2\",\"remarks\":\"Edit me.\",\"props\":[" PROP("pack-id", "ours") "]},"
    "\"imports\":[{\"href\":\"urn:routemark:catalog:manrs-netops\",\"include-controls\":[{\"with-ids\":[\"M7RPKI\",\"M8\"]}]},"
    "{\"href\":\"urn:routemark:catalog:manrs-plus-proposal\",\"include-controls\":[{\"with-ids\":[\"P-RPKI-1\"]},"
    "{\"with-ids\":[\"P-COORD-2\",\"P-COORD-1\"]}]}],"
    "\"merge\":{\"as-is\":true},"
    "\"modify\":{\"set-parameters\":[{\"param-id\":\"P-RPKI-1.pass\",\"values\":[\"95 %\"],\"usage\":\"Ours.\"}],"
    "\"alters\":[{\"control-id\":\"P-RPKI-1\",\"adds\":[{\"props\":[" PROP("required", "yes") "," PROP("weight", "40") ","
    PROP("age-max-days", "7") "," PROP("reason", "Because.") "]}]},"
    "{\"control-id\":\"M8\",\"adds\":[{\"props\":[" PROP("weight", "100") "," PROP("required", "no") "]}]},"
    "{\"control-id\":\"P-COORD-1\",\"adds\":[{\"props\":[" PROP("least-evidence-class", "attested") "]}]}]}}}";

/* text with the first find replaced; static. */
static const char *
broken(const char *text, const char *find, const char *put)
{
	static char buf[8192];
	const char *at = strstr(text, find);

	if (at == NULL) {
		printf("# not in the fixture: %s\n", find);
		exit(1);
	}
	snprintf(buf, sizeof(buf), "%.*s%s%s", (int)(at - text), text, put, at + strlen(find));
	return buf;
}

static enum err
load(const char *text, struct arena *a, struct requirement *out, struct problems *p)
{
	*p = (struct problems){0};
	return require_read((struct pack_bytes){"p.json", span_of(text)}, a, out, p);
}

static void
small(struct arena *a)
{
	struct requirement r;
	struct problems p;
	const struct demand *d;

	ok(load(profile, a, &r, &p) == OK, "a small profile over two packs is read");
	ok(p.n == 0, "and nothing about it needs a word");
	if (p.n > 0)
		printf("# %s\n", p.list[0].text);
	ok(r.pack.n == 5 && r.n_from == 2, "with the controls that it names, of both packs");
	is_str(r.pack.id, "ours", "its id is in the metadata");
	is_str(r.remarks, "Edit me.", "and so are its remarks");
	ok(strcmp(r.pack.controls[0].id, "M7RPKI") == 0 && strcmp(r.pack.controls[3].id, "P-COORD-2") == 0 &&
	    strcmp(r.pack.controls[4].id, "P-COORD-1") == 0, "in the order of the imports");
	is_str(pack_label(&r.pack), " (with controls of a proposal)", "it says that some of them are of a proposal");
	ok(strstr(r.pack.remarks, "the official MANRS+ control list is not public") != NULL, "in the words of that pack");
	d = &r.demands[2];
	ok(d->control->tests[0].pass == 950000 && d->control->tests[0].warn == 900000,
	    "a parameter is tuned, its neighbour stays");
	ok(d->from->controls[0].tests[0].pass == 990000, "and the pack's own bar is still known");
	ok(d->control->required && d->weight == 40 && d->control->age_max_days == 7 && d->class == CLASS_MEASURED &&
	    d->least == CLASS_MEASURED, "required, weight and age are the buyer's, the class the control's");
	is_str(d->reason, "Because.", "and the reason is kept");
	ok(!r.demands[1].control->required && r.demands[1].weight == 100, "what is wished may weigh more");
	ok(!r.demands[0].control->required && r.demands[0].weight == WEIGHT_DEFAULT &&
	    r.demands[0].control->age_max_days == 31, "what is not told is the default");
	ok(r.demands[3].class == CLASS_ATTESTED && r.demands[4].least == CLASS_ATTESTED &&
	    r.demands[4].class == CLASS_MEASURED, "a lesser class can be let in");
	problems_release(&p);
}

/* What is broken, and what the problem has to name. */
static const struct {
	const char *find, *put, *path, *text;
} bad[] = {
	{"{\"profile\"", "{\"catalog\"", "p.json", "catalog"},
	{"catalog:manrs-netops", "catalog:manrs", "profile.imports[0].href", "\"manrs\""},
	{"urn:routemark:catalog:manrs-netops", "nowhere.json", "nowhere.json", "No such file"},
	{"\"M7RPKI\"", "\"M7RPK\"", "imports[0].include-controls[0].with-ids", "no control \"M7RPK\""},
	{"\"M7RPKI\",\"M8\"", "\"M8\",\"M8\"", "imports[0].include-controls[0].with-ids", "twice"},
	{"manrs-netops", "manrs-plus-proposal", "imports[0].include-controls[0].with-ids", "no control \"M7RPKI\""},
	{"manrs-plus-proposal", "manrs-netops", "profile.imports[1]", "imported above"},
	{"P-RPKI-1.pass", "P-RPKI-9.pass", "set-parameters[0].values", "no imported pack"},
	{"P-RPKI-1.pass", "P-RPKI-2.pass", "set-parameters[0].values", "not imported"},
	{"\"95 %\"", "\"95\"", "set-parameters[0].values", "percentage"},
	{"\"95 %\"", "\"80 %\"", "p.json", "stricter"},
	{"\"usage\":\"Ours.\"}", "\"usage\":\"Ours.\"},{\"param-id\":\"P-RPKI-1.pass\",\"values\":[\"9 %\"]}",
	    "set-parameters[1].values", "set above"},
	{"\"control-id\":\"M8\"", "\"control-id\":\"M9\"", "alters[1]", "not imported"},
	{"\"control-id\":\"M8\"", "\"control-id\":\"P-RPKI-1\"", "alters[1].adds[0].props[0]", "given above"},
	{"\"value\":\"yes\"", "\"value\":\"maybe\"", "alters[0].adds[0].props[0]", "yes or no"},
	{"\"value\":\"40\"", "\"value\":\"101\"", "alters[0].adds[0].props[1]", "0 to 100"},
	{"\"value\":\"40\"", "\"value\":\"-1\"", "alters[0].adds[0].props[1]", "0 to 100"},
	{"\"value\":\"7\"", "\"value\":\"0\"", "alters[0].adds[0].props[2]", "from 1"},
	{"\"value\":\"attested\"", "\"value\":\"sworn\"", "alters[2].adds[0].props[0]", "sworn"},
	{"\"name\":\"weight\"", "\"name\":\"wait\"", "alters[0].adds[0].props[1]", "wait"},
	{"\"name\":\"weight\"", "\"name\":\"required\"", "alters[0].adds[0].props[1]", "given above"},
};

static void
wrong(struct arena *a)
{
	struct requirement r;
	struct problems p;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		bool named = false;
		size_t k;

		ok(load(broken(profile, bad[i].find, bad[i].put), a, &r, &p) != OK && p.n_fatal > 0, "refused: %s", bad[i].put);
		for (k = 0; k < p.n; k++)
			named |= p.list[k].fatal && strstr(p.list[k].text, bad[i].path) != NULL &&
			    strstr(p.list[k].text, bad[i].text) != NULL;
		ok(named, "... naming %s at %s", bad[i].text, bad[i].path);
		for (k = 0; !named && k < p.n; k++)
			printf("# %s\n", p.list[k].text);
		problems_release(&p);
	}
}

static void
many(struct arena *a)
{
	char text[8192];
	struct requirement r;
	struct problems p;

	snprintf(text, sizeof(text), "%s", broken(profile, "\"M7RPKI\"", "\"M7RPK\""));
	snprintf(text, sizeof(text), "%s", broken(text, "\"value\":\"40\"", "\"value\":\"400\""));
	snprintf(text, sizeof(text), "%s", broken(text, "[\"95 %\"]", "[\"95\"]"));
	snprintf(text, sizeof(text), "%s", broken(text, "\"usage\":\"Ours.\"}",
	    "\"usage\":\"Ours.\"},{\"param-id\":\"P-RPKI-1.warn\",\"values\":[\"much\"]}"));
	snprintf(text, sizeof(text), "%s", broken(text, "\"control-id\":\"M8\"", "\"control-id\":\"M9\""));
	ok(load(text, a, &r, &p) != OK && p.n_fatal == 5, "five faults are five problems (%zu)", p.n_fatal);
	problems_release(&p);
}

static void
advice(struct arena *a)
{
	static const struct { const char *find, *put, *text; } t[] = {
		{"\"value\":\"yes\"", "\"value\":\"no\"", "never says no"},
		{"\"value\":\"7\"", "\"value\":\"90\"", "own limit is 31"},
		{PROP("least-evidence-class", "attested"), PROP("least-evidence-class", "tested"), "nobody can meet it"},
		{PROP("reason", "Because."), PROP("least-evidence-class", "audited"), "yields measured evidence"},
		{"\"value\":\"100\"", "\"value\":\"0\"", "decides nothing"},
		{"\"P-COORD-2\"", "\"P-AUD-1\"", "cannot be judged from files"},
	};
	struct requirement r;
	struct problems p;
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		ok(load(broken(profile, t[i].find, t[i].put), a, &r, &p) == OK && p.n == 1 && !p.list[0].fatal &&
		    strstr(p.list[0].text, t[i].text) != NULL, "advice: %s", t[i].text);
		if (p.n != 1 || strstr(p.list[0].text, t[i].text) == NULL)
			printf("# %zu: %s\n", p.n, p.n > 0 ? p.list[0].text : "");
		problems_release(&p);
	}
}

/* Two packs have a control A4. */
static void
same_name(struct arena *a)
{
	static const char text[] =
	    "{\"profile\":{\"uuid\":\"7a0f4c3f-9c1f-5d6e-8d51-1c0e2c1e2b11\","
	    "\"metadata\":{\"title\":\"T\",\"last-modified\":\"2026-01-01T00:00:00Z\",\"version\":\"1\","
	    "\"oscal-version\":\"1.1.2\"},\"imports\":["
	    "{\"href\":\"urn:routemark:catalog:manrs-netops\",\"include-all\":{}},"
	    "{\"href\":\"urn:routemark:catalog:imc22\",\"include-all\":{}}]}}";
	struct requirement r;
	struct problems p;

	ok(load(text, a, &r, &p) != OK && p.n_fatal == 1 && strstr(p.list[0].text, "profile.imports[1]") != NULL &&
	    strstr(p.list[0].text, "\"A4\" comes from manrs-netops, too") != NULL, "one name for two controls is refused");
	problems_release(&p);
	ok(load(broken(text, "include-all\":{}},", "include-controls\":[{\"with-ids\":[\"M8\"]}]},"), a, &r, &p) == OK &&
	    r.pack.n == 3, "and fine when only one of them is imported");
	is_str(r.pack.id, "requirement", "a profile without an id has one");
	ok(p.n == 1 && !p.list[0].fatal, "nothing required: advice");
	problems_release(&p);
}

static void
names(struct arena *a)
{
	struct requirement r;
	struct problems p = {0};

	ok(require_load("nothing", a, &r, &p) == ERR_UNKNOWN && strstr(p.list[0].text, "nothing") != NULL,
	    "a starting point that is not there is named");
	problems_release(&p);
	ok(require_load("./nothing.json", a, &r, &p) == ERR_OPEN && strstr(p.list[0].text, "./nothing.json") != NULL,
	    "and so is a file");
	problems_release(&p);
	ok(class_find("tested") == CLASS_TESTED && class_find("") == CLASS_N, "classes have words");
}

int
main(void)
{
	struct arena *a = arena_new();

	small(a);
	wrong(a);
	many(a);
	advice(a);
	same_name(a);
	names(a);
	arena_free(a);
	return tap_done();
}
