/* Rule packs: the ones that are compiled in, and one small pack broken in every way we know. */
#include "rule/catalog.h"
#include "tap.h"

static const char catalog[] =
    "{\"catalog\":{\"uuid\":\"5f3b8c5e-3a77-5a3e-9d3f-0c1f6f5a7b10\","
    "\"metadata\":{\"title\":\"T\",\"last-modified\":\"2026-01-01T00:00:00Z\",\"version\":\"1\","
    "\"oscal-version\":\"1.1.2\",\"props\":["
    "{\"name\":\"pack-id\",\"ns\":\"urn:routemark:oscal\",\"value\":\"probe\"},"
    "{\"name\":\"status\",\"ns\":\"urn:routemark:oscal\",\"value\":\"proposal\"},"
    "{\"name\":\"curve\",\"ns\":\"urn:routemark:oscal\",\"value\":\"H1\"}]},"
    "\"groups\":[{\"id\":\"g\",\"title\":\"G\",\"controls\":["
    "{\"id\":\"C1\",\"title\":\"First\",\"params\":["
    "{\"id\":\"C1.pass\",\"values\":[\"99.5 %\"]},{\"id\":\"C1.warn\",\"values\":[\"90 %\"]}],"
    "\"props\":[{\"name\":\"metric\",\"ns\":\"urn:routemark:oscal\",\"value\":\"roa-coverage\"},"
    "{\"name\":\"comparison\",\"ns\":\"urn:routemark:oscal\",\"value\":\"at-least\"},"
    "{\"name\":\"population-min\",\"ns\":\"urn:routemark:oscal\",\"value\":\"3\"},"
    "{\"name\":\"age-max-days\",\"ns\":\"urn:routemark:oscal\",\"value\":\"31\"},"
    "{\"name\":\"evidence-class\",\"ns\":\"urn:routemark:oscal\",\"value\":\"measured\"},"
    "{\"name\":\"threshold-source\",\"ns\":\"urn:routemark:oscal\",\"value\":\"here\"},"
    "{\"name\":\"colour\",\"ns\":\"urn:someone:else\",\"value\":\"red\"}],"
    "\"links\":[{\"href\":\"#1c0e2c1e-9c1f-5d6e-8d51-7a0f4c3f2b11\",\"rel\":\"reference\"}],"
    "\"parts\":[{\"name\":\"statement\",\"prose\":\"Sign.\"}]},"
    "{\"id\":\"C2\",\"title\":\"Second\",\"props\":["
    "{\"name\":\"cannot-judge\",\"ns\":\"urn:routemark:oscal\",\"value\":\"needs a letter\"},"
    "{\"name\":\"evidence-class\",\"ns\":\"urn:routemark:oscal\",\"value\":\"attested\"}],"
    "\"parts\":[{\"name\":\"statement\",\"prose\":\"Write.\"}]}]}],"
    "\"back-matter\":{\"resources\":[{\"uuid\":\"1c0e2c1e-9c1f-5d6e-8d51-7a0f4c3f2b11\",\"title\":\"R\","
    "\"rlinks\":[{\"href\":\"https://example.net/\"}]}]}}}";

static const char profile[] =
    "{\"profile\":{\"uuid\":\"7a0f4c3f-9c1f-5d6e-8d51-1c0e2c1e2b11\","
    "\"metadata\":{\"title\":\"P\",\"last-modified\":\"2026-01-01T00:00:00Z\",\"version\":\"2\","
    "\"oscal-version\":\"1.1.2\"},"
    "\"imports\":[{\"href\":\"probe.catalog.json\",\"include-controls\":[{\"with-ids\":[\"C2\",\"C1\"]}]}],"
    "\"merge\":{\"as-is\":true},"
    "\"modify\":{\"set-parameters\":[{\"param-id\":\"C1.pass\",\"values\":[\"95 %\"]}],"
    "\"alters\":[{\"control-id\":\"C1\",\"adds\":[{\"props\":["
    "{\"name\":\"required\",\"ns\":\"urn:routemark:oscal\",\"value\":\"yes\"}]}]}]}}}";

/* text with the first find replaced; static, two at a time. */
static const char *
broken(const char *text, const char *find, const char *put)
{
	static char buf[2][8192];
	static int turn;
	const char *at = strstr(text, find);
	char *out = buf[turn ^= 1];

	if (at == NULL) {
		printf("# not in the fixture: %s\n", find);
		exit(1);
	}
	snprintf(out, sizeof(buf[0]), "%.*s%s%s", (int)(at - text), text, put, at + strlen(find));
	return out;
}

static enum err
load(const char *cat, const char *prof, struct arena *a, struct pack *out, const char **why)
{
	*why = "";
	return pack_read((struct pack_bytes){"c.json", span_of(cat)},
	    (struct pack_bytes){"p.json", prof != NULL ? span_of(prof) : (struct span){0}}, a, out, why);
}

static void
compiled_in(struct arena *a)
{
	const char *const *name, *why;
	struct pack p;
	size_t i, required;

	for (name = pack_names(); *name != NULL; name++) {
		bool sourced = true;

		ok(pack_load(*name, a, &p, &why) == OK, "%s loads", *name);
		if (why != NULL)
			printf("# %s\n", why);
		is_str(p.id, *name, "%s has its own id", *name);
		for (i = required = 0; i < p.n; i++) {
			required += p.controls[i].required;
			sourced = sourced && p.controls[i].n_references + p.controls[i].whole_org > 0;
		}
		ok(required > 0 && sourced, "%s requires something and every control has its source", *name);
		ok(pack_catalog_bytes(*name).bytes.len > 1000 &&
		    pack_catalog_bytes(*name).bytes.p[0] == '{', "the bytes of %s are there", *name);
	}
	ok(pack_load("manrs-plus-proposal", a, &p, &why) == OK && p.proposal &&
	    strstr(p.title, "a proposal of the routemark project") != NULL &&
	    strstr(p.remarks, "the official MANRS+ control list is not public") != NULL,
	    "the proposal says that it is one");
	is_str(pack_label(&p), " (proposal)", "in the words that stand behind its name");
	ok(pack_load("fcc-24-62", a, &p, &why) == OK && p.proposal && p.on_request && p.controls[0].tests[0].pass == 900000,
	    "what a public body proposes is no rule either, and judged on request only");
	is_str(pack_label(&p), " (proposed, not in force)", "and says so");
	ok(pack_load("manrs-ixp", a, &p, &why) == OK && !p.proposal && p.on_request && p.controls[0].as_seen &&
	    !p.controls[3].as_seen, "manrs-ixp states its own rule of visibility, control by control");
	is_str(pack_label(&p), "", "what is published has no label");
	ok(pack_load("imc22", a, &p, &why) == OK && p.n == 2 && !p.on_request && p.controls[1].tests[0].pass == 900000 &&
	    p.controls[1].tests[0].pass_cdn == 1000000, "imc22 holds CDNs to 100 %%");
	ok(pack_load("nothing", a, &p, &why) == ERR_UNKNOWN && strstr(why, "nothing") != NULL,
	    "a pack that is not there is named");
	ok(pack_load("packs/imc22.profile.json", a, &p, &why) == OK && p.n == 2 && p.controls[0].required,
	    "a profile file finds the catalogue beside it");
	ok(pack_load("packs/imc22.catalog.json", a, &p, &why) == OK && !p.controls[0].required && !p.has_profile,
	    "a catalogue alone has all its controls, none required");
	ok(pack_load("./nothing.json", a, &p, &why) == ERR_OPEN && strstr(why, "./nothing.json") != NULL,
	    "a file that is not there is named");
	ok(pack_control(&p, SPAN("a4")) == &p.controls[1] && pack_control(&p, SPAN("a5")) == NULL,
	    "controls are found with the case ignored");
}

static void
small_pack(struct arena *a)
{
	const struct control *c;
	const char *why;
	struct pack p;

	ok(load(catalog, profile, a, &p, &why) == OK, "the small pack loads");
	printf("# %s\n", why != NULL ? why : "");
	is_str(p.title, "P", "the profile names the pack");
	is_str(p.controls[0].id, "C2", "the profile gives the order");
	c = &p.controls[1];
	ok(c->required && !p.controls[0].required, "the profile says what is required");
	ok(c->tests[0].pass == 950000 && c->tests[0].warn == 900000, "the profile tunes a parameter, others stay");
	ok(c->population_min == 3 && c->age_max_days == 31 && strcmp(c->evidence_class, "measured") == 0,
	    "the props of the control are read");
	ok(c->n_references == 1 && strcmp(c->references[0].href, "https://example.net/") == 0,
	    "links lead to the back-matter");
	is_str(p.controls[0].cannot, "needs a letter", "a control that cannot be judged says why");
	ok(load(catalog, NULL, a, &p, &why) == OK && p.controls[0].tests[0].pass == 995000,
	    "without a profile the catalogue's own values count");
}

/* What is broken, and what the message has to name. */
static const struct {
	const char *find, *put, *path, *text;
} bad_catalogs[] = {
	{"\"uuid\":\"5f3b8c5e-3a77-5a3e", "\"uuid\":\"5f3b8c5e-3a77-1a3e", "catalog.uuid", "version 4 or 5"},
	{"\"title\":\"T\",", "", "catalog.metadata.title", "is missing"},
	{"\"title\":\"T\"", "\"title\":\" T\"", "catalog.metadata.title", "white space"},
	{"\"title\":\"T\"", "\"title\":\"\\u0007\"", "catalog.metadata.title", "control character"},
	{"\"title\":\"T\"", "\"title\":1", "catalog.metadata.title", "not a string"},
	{"2026-01-01T00:00:00Z", "2026-01-01T00:00:00", "catalog.metadata.last-modified", "zone"},
	{"2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "catalog.metadata.last-modified", "date-time"},
	{"\"1.1.2\"", "\"2.0\"", "catalog.metadata", "oscal-version"},
	{"\"pack-id\"", "\"pack-ident\"", "catalog.metadata.props[0]", "pack-ident"},
	{"\"proposal\"", "\"final\"", "catalog", "final"},
	{"\"H1\"", "\"H9\"", "catalog", "H9"},
	{"\"id\":\"g\"", "\"id\":\"1g\"", "catalog.groups[0].id", "token"},
	{"\"groups\":[{", "\"groups\":[],\"x\":[{", "catalog", "\"x\" is not known"},
	{"\"id\":\"C1\",", "\"id\":\"C1\",\"colour\":1,", "catalog.groups[0].controls[0]", "colour"},
	{"\"id\":\"C1\",", "\"id\":\"C.1\",", "catalog.groups[0].controls[0]", "dot"},
	{"\"id\":\"C2\"", "\"id\":\"c1\"", "catalog.groups[0].controls[1]", "taken"},
	{"\"C1.warn\"", "\"C1.warm\"", "catalog.groups[0].controls[0].params[1].values", "C1.warm"},
	{"\"99.5 %\"", "\"99.5%\"", "catalog.groups[0].controls[0].params[0].values", "percentage"},
	{"\"99.5 %\"", "\"101 %\"", "catalog.groups[0].controls[0].params[0].values", "percentage"},
	{"\"99.5 %\"", "\"yes\"", "catalog.groups[0].controls[0].params[0].values", "percentage"},
	{"[\"99.5 %\"]", "[]", "catalog.groups[0].controls[0].params[0].values", "empty array"},
	{"[\"99.5 %\"]", "[\"9 %\",\"8 %\"]", "catalog.groups[0].controls[0].params[0].values", "more than one"},
	{"\"90 %\"", "\"99.6 %\"", "control C1", "stricter"},
	{"\"C1.pass\"", "\"C1.roa-coverage.warn\"", "control C1", "no parameter C1.pass"},
	{"\"roa-coverage\"", "\"roa-cover\"", "controls[0].props[0]", "roa-cover"},
	{"\"at-least\"", "\"at-leest\"", "controls[0].props[1]", "at-leest"},
	{"\"name\":\"population-min\",\"ns\":\"urn:routemark:oscal\",\"value\":\"3\"",
	    "\"name\":\"decides\",\"ns\":\"urn:routemark:oscal\",\"value\":\"last\"", "controls[0].props[2]",
	    "is \"best\", \"first\" or left out, not \"last\""},
	{"\"name\":\"population-min\",\"ns\":\"urn:routemark:oscal\",\"value\":\"3\"",
	    "\"name\":\"decides\",\"ns\":\"urn:routemark:oscal\",\"value\":\"first\"", "controls[0]",
	    "decides \"first\" needs two metrics"},
	{"\"comparison\"", "\"comparision\"", "controls[0].props[1]", "comparision"},
	{"\"name\":\"population-min\"", "\"name\":\"metric\"", "controls[0].props[2]", "not a metric"},
	{"{\"name\":\"population-min\"", "{\"name\":\"visibility\",\"ns\":\"urn:routemark:oscal\",\"value\":\"as-seen\"},{\"name\":\"population-min\"",
	    "controls[0]", "counts what enough full feeds carry: visibility is left out"},
	{"{\"name\":\"population-min\"", "{\"name\":\"visibility\",\"ns\":\"urn:routemark:oscal\",\"value\":\"everywhere\"},{\"name\":\"population-min\"",
	    "controls[0].props[2]", "\"as-seen\" or left out"},
	{"\"roa-coverage\"", "\"table-invalid\"", "controls[0]", "visibility is \"as-seen\""},
	{"\"cannot-judge\",\"ns\":\"urn:routemark:oscal\",\"value\":\"needs a letter\"}",
	    "\"cannot-judge\",\"ns\":\"urn:routemark:oscal\",\"value\":\"needs a letter\"},"
	    "{\"name\":\"visibility\",\"ns\":\"urn:routemark:oscal\",\"value\":\"as-seen\"}",
	    "controls[1]", "there is none"},
	{"\"value\":\"H1\"}", "\"value\":\"H1\"},{\"name\":\"judged\",\"ns\":\"urn:routemark:oscal\",\"value\":\"never\"}",
	    "catalog", "on-request"},
	{"\"value\":\"3\"", "\"value\":\"-3\"", "controls[0].props[2]", "not a number"},
	{"\"value\":\"31\"", "\"value\":\"99999\"", "controls[0].props[3]", "not a number"},
	{"\"measured\"", "\"guessed\"", "controls[0].props[4]", "guessed"},
	{"{\"name\":\"metric\",\"ns\":\"urn:routemark:oscal\",\"value\":\"roa-coverage\"},", "",
	    "controls[0].props[0]", "no judged metric"},
	{"\"threshold-source\"", "\"also-needs\"", "controls[0]", "threshold-source"},
	{"\"cannot-judge\"", "\"also-needs\"", "controls[1]", "exactly one"},
	{"#1c0e2c1e", "#1c0e2c1f", "controls[0].links[0]", "back-matter"},
	{"\"statement\"", "\"statment\"", "controls[0].parts[0]", "statment"},
	{"\"prose\":\"Sign.\"", "\"prose\":\"\"", "controls[0].parts[0].prose", "empty"},
	{"\"rlinks\":[{\"href\":\"https://example.net/\"}]", "\"rlinks\":[]", "resources[0].rlinks", "empty array"},
	{"{\"catalog\"", "{\"catalogue\"", "c.json", "catalogue"},
	{"{\"catalog\"", "[\"catalog\"", "line 1", "RFC 8259"},
	{"\"version\":\"1\"", "\"version\":\"1\",\"version\":\"2\"", "line 1", "duplicate"},
};

static const struct {
	const char *find, *put, *path, *text;
} bad_profiles[] = {
	{"\"C2\",\"C1\"", "\"C2\",\"C9\"", "profile.imports[0].include-controls[0].with-ids", "C9"},
	{"\"C2\",\"C1\"", "\"C2\",\"C2\"", "profile.imports[0].include-controls[0].with-ids", "twice"},
	{"\"include-controls\":", "\"include-all\":{},\"include-controls\":", "profile.imports[0]", "either"},
	{"\"href\":\"probe.catalog.json\",", "", "profile.imports[0].href", "missing"},
	{"\"C1.pass\"", "\"C9.pass\"", "profile.modify.set-parameters[0]", "C9.pass"},
	{"\"95 %\"", "\"lots\"", "p.json: profile.modify.set-parameters[0].values", "lots"},
	{"\"95 %\"", "\"80 %\"", "control C1", "stricter"},
	{"\"control-id\":\"C1\"", "\"control-id\":\"C7\"", "profile.modify.alters[0]", "C7"},
	{"\"required\"", "\"metric\"", "alters[0].adds[0].props[0]", "required"},
	{"\"value\":\"yes\"", "\"value\":\"no\"", "alters[0].adds[0].props[0]", "required"},
	{"\"as-is\":true},", "\"as-is\":true},\"extra\":1,", "profile", "extra"},
};

static void
refused(struct arena *a)
{
	const char *why;
	struct pack p;
	size_t i;

	for (i = 0; i < sizeof(bad_catalogs) / sizeof(*bad_catalogs); i++) {
		enum err e = load(broken(catalog, bad_catalogs[i].find, bad_catalogs[i].put), NULL, a, &p, &why);

		ok(e == ERR_SYNTAX && strstr(why, bad_catalogs[i].path) != NULL &&
		    strstr(why, bad_catalogs[i].text) != NULL, "a catalogue with %s is refused at %s",
		    bad_catalogs[i].put, bad_catalogs[i].path);
		if (tap_failed > 0)
			printf("# %s\n", why);
	}
	for (i = 0; i < sizeof(bad_profiles) / sizeof(*bad_profiles); i++) {
		enum err e = load(catalog, broken(profile, bad_profiles[i].find, bad_profiles[i].put), a, &p, &why);

		ok(e == ERR_SYNTAX && strstr(why, bad_profiles[i].path) != NULL &&
		    strstr(why, bad_profiles[i].text) != NULL, "a profile with %s is refused at %s",
		    bad_profiles[i].put, bad_profiles[i].path);
		if (tap_failed > 0)
			printf("# %s\n", why);
	}
}

static void
cut_short(struct arena *a)
{
	static char buf[sizeof(catalog)];
	const char *why;
	struct pack p = {.id = "untouched"};
	size_t len, good = 0;

	for (len = 0; len < sizeof(catalog) - 1; len++) {
		memcpy(buf, catalog, len);
		buf[len] = '\0';
		good += load(buf, NULL, a, &p, &why) == ERR_SYNTAX && strstr(why, "c.json") != NULL &&
		    strcmp(p.id, "untouched") == 0;
	}
	ok(good == len, "every cut of a catalogue is refused and leaves the pack alone");
}

static void
thresholds(void)
{
	static const struct {
		const char *text;
		enum metric_unit unit;
		enum err e;
		int64_t want;
	} t[] = {
		{"0 %", UNIT_SHARE, OK, 0}, {"100 %", UNIT_SHARE, OK, 1000000}, {"0.1 %", UNIT_SHARE, OK, 1000},
		{"99.9999 %", UNIT_SCORE, OK, 999999}, {"0.0001 %", UNIT_SHARE, OK, 1},
		{"100.0001 %", UNIT_SHARE, ERR_RANGE, 0}, {"0.00001 %", UNIT_SHARE, ERR_SYNTAX, 0},
		{"1. %", UNIT_SHARE, ERR_SYNTAX, 0}, {".1 %", UNIT_SHARE, ERR_SYNTAX, 0},
		{"1.x %", UNIT_SHARE, ERR_SYNTAX, 0}, {" %", UNIT_SHARE, ERR_SYNTAX, 0}, {"%", UNIT_SHARE, ERR_SYNTAX, 0},
		{"-1 %", UNIT_SHARE, ERR_SYNTAX, 0}, {"0", UNIT_COUNT, OK, 0}, {"4294967295", UNIT_COUNT, OK, UINT32_MAX},
		{"4294967296", UNIT_COUNT, ERR_RANGE, 0}, {"1 %", UNIT_COUNT, ERR_SYNTAX, 0},
		{"yes", UNIT_BOOL, OK, 1000000}, {"no", UNIT_BOOL, OK, 0}, {"Yes", UNIT_BOOL, ERR_SYNTAX, 0},
	};
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		int64_t v = 0;

		ok(threshold_parse(span_of(t[i].text), t[i].unit, &v) == t[i].e && v == t[i].want,
		    "threshold \"%s\" as unit %d", t[i].text, (int)t[i].unit);
	}
}

int
main(void)
{
	struct arena *a = arena_new();

	compiled_in(a);
	small_pack(a);
	refused(a);
	cut_short(a);
	thresholds();
	arena_free(a);
	return tap_done();
}
