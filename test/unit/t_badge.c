/* badge: what must be seen is there whatever the names are; nothing gets out of its text; texts fit. */
#include "report/badge.h"
#include "tap.h"

static const struct badge plain = {BADGE_STANDS, 64500, "NET", "manrs-netops 1.0.0", "", "valid to 2031-06-01 00:00 UTC",
    "https://audits.example/64500/", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};

static bool
has(const struct str *s, const char *what)
{
	return strstr(s->p, what) != NULL;
}

/* What stands between the tags of the one text of this class. */
static bool
shows(const struct str *s, const char *class, const char *what)
{
	char start[32];
	const char *p, *end;

	snprintf(start, sizeof(start), "<text class=\"%s\"", class);
	p = strstr(s->p, start);
	if (p == NULL)
		return false;
	p = strchr(p, '>') + 1;
	end = strchr(p, '<');
	return (size_t)(end - p) >= strlen(what) && memmem(p, (size_t)(end - p), what, strlen(what)) != NULL;
}

/* Units that the text of this class takes, by the widths that badge_fit knows. */
static unsigned
takes(const struct str *s, const char *class, unsigned size, bool bold)
{
	char start[32], text[512];
	struct str t = {0};
	const char *p;
	unsigned n;

	snprintf(start, sizeof(start), "<text class=\"%s\"", class);
	p = strchr(strstr(s->p, start), '>') + 1;
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(p, "<"), p);
	n = badge_fit(&t, text, size, bold, 100000);
	str_release(&t);
	return n;
}

static void
test_looks(void)
{
	const char *signs[BADGE_LOOKS], *fills[BADGE_LOOKS];
	struct str s[BADGE_LOOKS] = {{0}};
	int i, k, same = 0;

	for (i = 0; i < BADGE_LOOKS; i++) {
		struct badge b = plain;

		b.look = (enum badge_look)i;
		badge_svg(&s[i], &b, false);
		ok((shows(&s[i], "b5", badge_word(b.look)) || shows(&s[i], "b6", badge_word(b.look))) && shows(&s[i],
		    "b2", b.line) &&
		    has(&s[i], "<title id=\"mark-title\">AS64500 NET: routing security mark, valid to") && shows(&s[i],
		    "b3", b.address),
		    "%s is said, with the date and the address", badge_word(b.look));
		signs[i] = strstr(s[i].p, "<g ");
		fills[i] = strstr(s[i].p, "<path ");
	}
	for (i = 0; i < BADGE_LOOKS; i++)
		for (k = 0; k < i; k++)
			same += strncmp(signs[i], signs[k], (size_t)(strchr(signs[i], '\n') - signs[i])) == 0;
	ok(same == 0, "each has a sign of its own: not the colour alone");
	ok(strncmp(fills[BADGE_STANDS], fills[BADGE_SUSPENDED], (size_t)(strchr(fills[0], '\n') - fills[0])) != 0,
	    "and colours too");
	for (i = 0; i < BADGE_LOOKS; i++)
		str_release(&s[i]);
}

static void
test_hostile(void)
{
	struct badge b = plain;
	struct str s = {0};

	b.name = "</title><script>alert(1)</script>\"'&\x1b[31m\xff";
	b.address = "https://a.example/\"><script>";
	badge_svg(&s, &b, false);
	ok(!has(&s, "<script") && !has(&s, "\x1b") && !has(&s, "\xff") && has(&s, "&lt;script"), "a hostile name is a text");
	str_clear(&s);
	b.name = "averyveryveryveryveryverylongnamewithoutanyspaceinitatallthatgoesonandonandon";
	b.pack = "a-very-very-very-very-very-very-long-pack-of-a-buyer 1.0.0";
	b.label = " (proposed, not in force)";
	badge_svg(&s, &b, false);
	ok(shows(&s, "b1", " (proposed, not in force)") && shows(&s, "b1", "..."), "the label stays whole, whatever "
	    "becomes of the rest");
	ok(takes(&s, "b1", 13, false) <= BADGE_WIDTH - 126 && takes(&s, "b0", 18, true) <= BADGE_WIDTH - 126,
	    "and both lines stay inside");
	ok(shows(&s, "b0", "AS64500 avery") && shows(&s, "b0", "...") && !shows(&s, "b0", "onandonandon"), "a name is cut");
	ok(has(&s, "onandonandon: routing security mark"), "and read aloud in full");
	str_clear(&s);
	b = plain;
	b.address = NULL;
	badge_svg(&s, &b, false);
	ok(shows(&s, "b3", "for sha256 0123456789abcdef"), "without an address: by what to find it");
	str_release(&s);
}

static void
test_fit(void)
{
	static const char text[] = "W\xc3\xa4hr\xc3\xb6m \xe7\xb6\xb2\xe8\xb7\xaf MMMM iiii 0000";
	unsigned width, bad = 0, cut = 0, got, whole;
	struct str s = {0};

	whole = badge_fit(&s, text, 15, true, 10000);
	ok(strcmp(s.p, text) == 0 && whole > 15 * 12, "what fits stays");
	for (width = 30; width <= whole; width++) {
		str_clear(&s);
		got = badge_fit(&s, text, 15, true, width);
		bad += got > width;
		/* the cut is between characters */
		bad += s.len >= 4 && strcmp(s.p + s.len - 3, "...") == 0 && ((unsigned char)text[s.len - 3] & 0xc0) == 0x80;
		cut += strcmp(s.p, text) != 0;
	}
	ok(bad == 0 && cut == whole - 30, "no wider than asked, cut between characters: %u widths", cut);
	str_release(&s);
}

int
main(void)
{
	test_looks();
	test_hostile();
	test_fit();
	return tap_done();
}
