#include "report/badge.h"
#include "report/html.h"

#define LEFT 100		/* of the panel with the sign */
#define TEXT_X (LEFT + 16)
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

/* Thousandths of the size: DejaVu Sans, which is wider than the others. */
static unsigned
width_of(unsigned char c, bool bold)
{
	static const unsigned short lower[] = {613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634,
	    612, 635, 635,
	    412, 521, 393, 634, 592, 818, 592, 592, 525};
	static const unsigned short upper[] = {685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749,
	    788, 604, 788,
	    695, 635, 611, 732, 685, 989, 686, 611, 686};
	unsigned w = 840;

	if (c >= 0x80)
		w = 1000;
	else if (c >= 'a' && c <= 'z')
		w = lower[c - 'a'];
	else if (c >= 'A' && c <= 'Z')
		w = upper[c - 'A'];
	else if (strchr("0123456789$?_", c) != NULL)
		w = 637;
	else if (strchr(" .,:;!'|()[]/-", c) != NULL)
		w = 402;
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

static const struct {
	unsigned size;
	bool bold;
	const char *fill, *more;
} kinds[] = {
	{18, true, "#12161b", ""}, {13, false, "#12161b", ""}, {15, true, "#12161b", ""}, {12, false, "#3f4850", ""},
	{12, false, "#fff", " text-anchor=\"middle\""}, {16, true, "#fff", " text-anchor=\"middle\""},
	{13, true, "#fff", " text-anchor=\"middle\""},
};
enum { KIND_NAME, KIND_PACK, KIND_LINE, KIND_PROOF, KIND_KICKER, KIND_WORD, KIND_LONG_WORD };

const char badge_css[] =
".badge{display:block;width:100%;max-width:32rem;height:auto}\n"
".badge text{fill:#12161b}.badge .b0{font-size:18px;font-weight:700}.badge .b1{font-size:13px}"
".badge .b2{font-size:15px;font-weight:700}.badge .b3{font-size:12px;fill:#3f4850}.badge .b4{font-size:12px;fill:#fff}\n"
".badge .b5{font-size:16px;font-weight:700;fill:#fff}.badge .b6{font-size:13px;font-weight:700;fill:#fff}\n";

static void
text(struct str *out, int x, int y, int kind, const char *s)
{
	str_addf(out, "<text class=\"b%d\" x=\"%d\" y=\"%d\" font-size=\"%u\" fill=\"%s\"%s%s>", kind, x, y, kinds[kind].size,
	    kinds[kind].fill, kinds[kind].bold ? " font-weight=\"700\"" : "", kinds[kind].more);
	html_text(out, s);
	str_adds(out, "</text>\n");
}

/* The label stays whole, whatever becomes of the rest: a proposal is not to pass for more. */
static void
fitted(struct str *out, int y, int kind, const char *s, const char *label)
{
	unsigned size = kinds[kind].size, tail = width_all(span_of(label), size, kinds[kind].bold);
	struct str t = {0};

	badge_fit(&t, s, size, kinds[kind].bold, TEXT_WIDTH > tail ? TEXT_WIDTH - tail : 0);
	str_adds(&t, label);
	text(out, TEXT_X, y, kind, t.p);
	str_release(&t);
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
	str_addf(out, "SHA-256 of the mark: %s. A picture cannot know what was said after it was made: ask the log.",
	    b->sha256);
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
	text(out, LEFT / 2, 19, KIND_KICKER, "routing");
	text(out, LEFT / 2, 33, KIND_KICKER, "security");
	str_addf(out, "<g transform=\"translate(%d 67)\" fill=\"none\" stroke=\"#fff\" stroke-width=\"5\" "
	    "stroke-linecap=\"round\" stroke-linejoin=\"round\">%s<path d=\"%s\"/></g>\n", LEFT / 2,
	    round ? "<circle r=\"25\" stroke-width=\"3\"/>" : "<path d=\"M-11 -26H11L26 -11V11L11 26H-11L-26 11V-11Z\" "
	    "stroke-width=\"3\"/>",
	    looks[b->look].sign);
	text(out, LEFT / 2, 111, strlen(word) > 7 ? KIND_LONG_WORD : KIND_WORD, word);
}

void
badge_svg(struct str *out, const struct badge *b, bool inside)
{
	struct str s = {0};

	str_addf(out, "<svg%s viewBox=\"0 0 %d %d\"%s role=\"img\" aria-labelledby=\"mark-title\" "
	    "aria-describedby=\"mark-desc\" "
	    "font-family=\"" FONT "\">\n", inside ? "" : " xmlns=\"http://www.w3.org/2000/svg\" width=\"460\" height=\"120\"",
	    BADGE_WIDTH, BADGE_HEIGHT, inside ? " class=\"badge\"" : "");
	described(out, b);
	str_addf(out, "<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fff\" stroke=\"#5b6670\" "
	    "stroke-width=\"2\"/>\n",
	    BADGE_WIDTH - 2, BADGE_HEIGHT - 2);
	sign(out, b);
	str_addf(&s, "AS%u", b->asn);
	if (b->name[0] != '\0')
		str_addf(&s, " %s", b->name);
	fitted(out, 30, KIND_NAME, s.p, "");
	str_clear(&s);
	fitted(out, 54, KIND_PACK, b->pack, b->label);
	fitted(out, 81, KIND_LINE, b->line, "");
	if (b->address != NULL)
		str_addf(&s, "proof: %s", b->address);
	else
		str_addf(&s, "proof: in the log, for sha256 %.16s", b->sha256);
	fitted(out, 106, KIND_PROOF, s.p, "");
	str_adds(out, "</svg>\n");
	str_release(&s);
}
