/* The OSCAL export below the command: text that OSCAL takes, and which packs can go out. What the documents say is
 * held to account by test/oscal. */
#include "report/oscal_int.h"
#include "tap.h"

static void
line(const char *text, const char *want, const char *what)
{
	struct str s = {0};

	text_line(&s, text, "none");
	is_str(s.p, want, "%s", what);
	str_release(&s);
}

static void
lines(void)
{
	line("Example, Inc.", "Example, Inc.", "a name stays");
	line("", "none", "nothing is what is given instead");
	line(" \xc2\xa0\xe3\x80\x80", "none", "white space of every kind is nothing");
	line("  a \xe2\x80\x83 b\xef\xbb\xbf", "a b", "and one space between words");
	line("a\nb\tc\x1b[1m", "a?b?c?[1m", "control characters are question marks");
	line("\xe2\x80\xaez", "?z", "so is what turns the writing round");
	line("caf\xc3\xa9 \xe6\x97\xa5", "caf\xc3\xa9 \xe6\x97\xa5", "letters of every script stay");
	line("\xff\xfe", "??", "bytes that are no text do not");
}

static void
markup(void)
{
	struct str s = {0};

	text_markup(&s, "<b>*x*</b> [y](z) `q` a_b {{ \\ & ");
	is_str(s.p, "\\<b\\>\\*x\\*\\</b\\> \\[y\\](z) \\`q\\` a\\_b \\{\\{ \\\\ \\&", "nothing in a name is markup");
	str_release(&s);
}

/* --- packs --- */

static struct pack
built_in(struct arena *a)
{
	const char *why = NULL;
	struct pack p = {0};

	ok(pack_load("manrs-netops", a, &p, &why) == OK, "a pack is there");
	return p;
}

static void
as_they_are(struct arena *a)
{
	const char *const *name, *why = NULL;
	struct pack p;
	struct export e;

	for (name = pack_names(); *name != NULL; name++) {
		struct pack_bytes c = pack_catalog_bytes(*name), f = pack_profile_bytes(*name);

		ok(pack_load(*name, a, &p, &why) == OK && pack_export(&p, a, &e, &why) == OK && e.n == 2,
		    "%s can go out, a catalogue and a profile", *name);
		ok(e.docs[0].as_read && span_eq(e.docs[0].bytes, c.bytes) && strcmp(e.docs[0].name, c.name) == 0 &&
		    e.docs[1].as_read && span_eq(e.docs[1].bytes, f.bytes) && strcmp(e.docs[1].name, f.name) == 0,
		    "%s byte for byte, under their own names", *name);
		ok(memcmp(e.docs[0].sha256, p.sha256, SHA256_BYTES) == 0 &&
		    memcmp(e.docs[1].sha256, p.profile_sha256, SHA256_BYTES) == 0 && e.docs[1].is_profile,
		    "%s with the digests of the report", *name);
	}
}

/* text with the first find replaced, in the arena. */
static struct span
changed(struct arena *a, struct span text, const char *find, const char *with)
{
	const char *all = arena_strdup(a, text), *at = strstr(all, find);

	return span_of(arena_printf(a, "%.*s%s%s", (int)(at - all), all, with, at + strlen(find)));
}

static void
another_import(struct arena *a)
{
	static const struct { const char *href; bool as_read; } cases[] = {
		{"other.catalog.json", true}, {"OTHER.JSON", false}, {"ssp.json", false}, {"Assessment-Plan.json", false},
		{"manrs-netops.profile.json", false}, {"../packs/manrs-netops.catalog.json", false}, {"..json", false},
		{"a b.json", false}, {"https://example.net/c.json", false}, {"#5f3b8c5e", false},
	};
	struct pack p = built_in(a);
	const struct pack_bytes profile = p.profile;
	const char *why = NULL;
	struct export e;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		p.profile.bytes = changed(a, profile.bytes, "manrs-netops.catalog.json", cases[i].href);
		ok(pack_export(&p, a, &e, &why) == OK && e.docs[1].as_read == cases[i].as_read &&
		    strcmp(e.docs[0].name, cases[i].as_read ? cases[i].href : "catalog.json") == 0, "import of %s: %s",
		    cases[i].href, cases[i].as_read ? "as it is" : "led to the file beside it");
		ok(e.docs[0].as_read && strchr(e.docs[1].name, '/') == NULL, "the catalogue is as it was read");
	}
}

static void
refused(struct arena *a)
{
	struct pack p = built_in(a);
	struct control *controls = arena_array(a, p.n, sizeof(*controls));
	const char *why = NULL;
	static const char *const ids[] = {"", ".", "..", "a/b", ".hidden", "a b", "caf\xc3\xa9", "-rf"};
	struct export e;
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		p.id = ids[i];
		ok(pack_export(&p, a, &e, &why) == ERR_SYNTAX && strstr(why, "no name for a folder") != NULL,
		    "\"%s\" is no name for a folder", ids[i]);
	}
	p.id = "good.1_x-y";
	ok(pack_export(&p, a, &e, &why) == OK && why == NULL, "%s is one", p.id);
	memcpy(controls, p.controls, p.n * sizeof(*controls));
	p.controls = controls;
	controls[2].statement_id = NULL;
	ok(pack_export(&p, a, &e, &why) == ERR_SYNTAX && strstr(why, "control M3: its statement has no id") != NULL,
	    "a statement without an id cannot be pointed at");
	controls[2].statement_id = controls[0].statement_id;
	ok(pack_export(&p, a, &e, &why) == ERR_SYNTAX && strstr(why, "that of control M2") != NULL,
	    "nor one with the id of another");
}

int
main(void)
{
	struct arena *a = arena_new();

	lines();
	markup();
	as_they_are(a);
	another_import(a);
	refused(a);
	arena_free(a);
	return tap_done();
}
