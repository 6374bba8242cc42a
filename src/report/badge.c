#include "report/badge.h"
#include "report/html.h"

#define LEFT 100		/* of the panel with the sign */
#define TEXT_X (LEFT + 14)
#define TEXT_WIDTH (BADGE_WIDTH - TEXT_X - 10)
#define FONT "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"

/* White on each of them has a contrast of 5 and more; in grey they are told by the word and the sign. */
static const struct {
	const char *word, *fill;
	const char *sign;		/* of 48 units around 0, 0; white lines */
} looks[BADGE_LOOKS] = {
	[BADGE_STANDS] = {"VALID", "#1a6632", "M-13 1 -4 11 14 -10"},
	[BADGE_EARLY] = {"NOT YET", "#4b5560", "M-12 0 12 0M4 -8 12 0 4 8"},
	[BADGE_LAPSED] = {"LAPSED", "#4b5560", "M0 -13 0 1 10 8"},
	[BADGE_SUSPENDED] = {"SUSPENDED", "#9c1c14", "M-11 -11 11 11M11 -11 -11 11"},
	[BADGE_DISPUTED] = {"DISPUTED", "#7d5200", "M-7 -7Q-7 -14 0 -14Q8 -14 8 -6Q8 -1 0 2L0 6M0 11 0 14"},
};

const char *
badge_word(enum badge_look look)
{
	return looks[look].word;
}

/* Thousandths of the size: DejaVu Sans, which is wider than the others, rounded up. */
static unsigned
width_of(unsigned char c, bool bold)
{
	unsigned w = 640;

	if (c >= 0x80)
		w = 1000;
	else if (strchr("WMmw@%", c) != NULL)
		w = 1000;
	else if (c >= 'A' && c <= 'Z')
		w = 780;
	else if (strchr(" .,:;!'|ijlI()[]/-", c) != NULL)
		w = 400;
	return bold ? w + w / 8 : w;
}

static unsigned
width_all(struct span s, unsigned size, bool bold)
{
	unsigned total = 0;
	size_t i;

	for (i = 0; i < s.len; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			total += width_of((unsigned char)s.p[i], bold) * size;
	return (total + 999) / 1000;
}

unsigned
badge_fit(struct str *out, const char *s, unsigned size, bool bold, unsigned width)
{
	struct span t = span_of(s);
	unsigned all = width_all(t, size, bold), dots = width_all(SPAN("..."), size, bold);

	if (all <= width) {
		str_add(out, t);
		return all;
	}
	while (t.len > 0 && width_all(t, size, bold) + dots > width)
		for (t.len--; t.len > 0 && ((unsigned char)t.p[t.len] & 0xc0) == 0x80; t.len--)
			;
	str_add(out, t);
	str_adds(out, "...");
	return width_all(t, size, bold) + dots;
}

static void
text(struct str *out, int x, int y, unsigned size, const char *more, const char *s)
{
	str_addf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%u\"%s>", x, y, size, more);
	html_text(out, s);
	str_adds(out, "</text>\n");
}

static void
fitted(struct str *out, int y, unsigned size, bool bold, const char *fill, const char *s, const char *label)
{
	struct str t = {0}, more = {0};
	unsigned tail = width_all(span_of(label), size, bold);

	badge_fit(&t, s, size, bold, TEXT_WIDTH > tail ? TEXT_WIDTH - tail : 0);
	str_adds(&t, label);
	str_addf(&more, " fill=\"%s\"%s", fill, bold ? " font-weight=\"700\"" : "");
	text(out, TEXT_X, y, size, more.p, t.p);
	str_release(&t);
	str_release(&more);
}

/* What is read aloud. */
static void
described(struct str *out, const struct badge *b)
{
	size_t from;

	str_adds(out, "<title id=\"mark-title\">");
	from = out->len;
	str_addf(out, "AS%u%s%s: routing security mark, %s", b->asn, b->name[0] != '\0' ? " " : "", b->name, b->line);
	html_escape(out, from);
	str_adds(out, "</title>\n<desc id=\"mark-desc\">");
	from = out->len;
	str_addf(out, "%s. By %s%s. ", looks[b->look].word, b->pack, b->label);
	if (b->address != NULL)
		str_addf(out, "Its proof is at %s. ", b->address);
	str_addf(out, "SHA-256 of the mark: %s. A picture cannot know what was said after it was made: ask the log.", b->sha256);
	html_escape(out, from);
	str_adds(out, "</desc>\n");
}

static void
sign(struct str *out, const struct badge *b)
{
	const char *word = looks[b->look].word;
	bool round = b->look == BADGE_STANDS || b->look == BADGE_EARLY || b->look == BADGE_LAPSED;

	str_addf(out, "<path d=\"M8 0H%dV%dH8A8 8 0 0 1 0 %dV8A8 8 0 0 1 8 0Z\" fill=\"%s\"/>\n", LEFT, BADGE_HEIGHT,
	    BADGE_HEIGHT - 8, looks[b->look].fill);
	str_addf(out, "<g transform=\"translate(%d 44)\" fill=\"none\" stroke=\"#fff\" stroke-width=\"5\" "
	    "stroke-linecap=\"round\" stroke-linejoin=\"round\">%s<path d=\"%s\"/></g>\n", LEFT / 2,
	    round ? "<circle r=\"26\" stroke-width=\"3\"/>" : "<path d=\"M-11 -27H11L27 -11V11L11 27H-11L-27 11V-11Z\" stroke-width=\"3\"/>",
	    looks[b->look].sign);
	text(out, LEFT / 2, 96, strlen(word) > 7 ? 13 : 16, " fill=\"#fff\" font-weight=\"700\" text-anchor=\"middle\"", word);
}

void
badge_svg(struct str *out, const struct badge *b, bool inside)
{
	struct str s = {0};

	str_addf(out, "<svg%s viewBox=\"0 0 %d %d\"%s role=\"img\" aria-labelledby=\"mark-title\" aria-describedby=\"mark-desc\" "
	    "font-family=\"" FONT "\">\n", inside ? "" : " xmlns=\"http://www.w3.org/2000/svg\" width=\"420\" height=\"112\"",
	    BADGE_WIDTH, BADGE_HEIGHT, inside ? " class=\"badge\"" : "");
	described(out, b);
	str_addf(out, "<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fff\" stroke=\"#5b6670\" stroke-width=\"2\"/>\n",
	    BADGE_WIDTH - 2, BADGE_HEIGHT - 2);
	sign(out, b);
	str_addf(&s, "AS%u", b->asn);
	if (b->name[0] != '\0')
		str_addf(&s, " %s", b->name);
	fitted(out, 27, 18, true, "#12161b", s.p, "");
	str_clear(&s);
	str_addf(&s, "routing security: %s", b->pack);
	fitted(out, 50, 13, false, "#12161b", s.p, b->label);
	fitted(out, 75, 15, true, "#12161b", b->line, "");
	str_clear(&s);
	if (b->address != NULL)
		str_addf(&s, "proof: %s", b->address);
	else
		str_addf(&s, "proof: in the log, for sha256 %.16s", b->sha256);
	fitted(out, 98, 12, false, "#3f4850", s.p, "");
	str_adds(out, "</svg>\n");
	str_release(&s);
}
