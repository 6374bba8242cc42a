/* badge: /badge/64500.svg: what the verdicts of a pack come to, small enough for another site. It carries its month, as
 * it speaks of nothing later, and says so when the pack is a proposal. */
#include "rule/say.h"
#include "serve/page.h"

#include <inttypes.h>

#define HEIGHT 24
#define LETTER 7	/* of 12 px DejaVu Sans or Verdana, on the average, rounded up */
#define PAD 10

static const struct look { const char *ground, *ink; } looks[] = {
	{"#1a6632", "#fff"}, {"#7d5200", "#fff"}, {"#ab2119", "#fff"}, {"#57606a", "#fff"}};

static unsigned
width(const char *text)
{
	unsigned n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n * LETTER + 2 * PAD;
}

static void
part(struct str *out, unsigned x, const char *text, const char *ground, const char *ink)
{
	str_addf(out, "<rect x=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\"/><text x=\"%u\" y=\"16\" fill=\"%s\" textLength=\"%u\">",
	    x, width(text), HEIGHT, ground, x + PAD, ink, width(text) - 2 * PAD);
	html_text(out, text);
	str_adds(out, "</text>\n");
}

static void
draw(struct ask *q, const char *left, const char *right, size_t look)
{
	struct str *out = &q->r->body;
	unsigned all = width(left) + width(right);

	q->r->type = TYPE_SVG;
	q->r->embeds = true;
	q->r->cache_control = "public, max-age=3600";
	str_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"img\" "
	    "aria-label=\"", all, HEIGHT, all, HEIGHT);
	html_text(out, left);
	str_adds(out, ": ");
	html_text(out, right);
	str_adds(out, "\" font-family=\"DejaVu Sans,Verdana,sans-serif\" font-size=\"12\">\n<title>");
	html_text(out, left);
	str_adds(out, ": ");
	html_text(out, right);
	str_adds(out, "</title>\n");
	part(out, 0, left, "#24292f", "#fff");
	part(out, width(left), right, looks[look].ground, looks[look].ink);
	str_adds(out, "</svg>\n");
}

/* Signs besides the words, for who does not see the colours. */
static size_t
told(struct str *right, const struct archive_pack *p, const struct archive_verdict *v)
{
	static const char *const signs[] = {"✓", "!", "✗", "?"};
	unsigned n[VERDICT_N] = {0}, judged;
	size_t k, look;

	for (k = 0; k < p->n; k++)
		if (p->controls[k].required)
			n[v[k].verdict]++;
	judged = n[VERDICT_PASS] + n[VERDICT_WARN] + n[VERDICT_FAIL];
	if (judged == 0) {
		str_adds(right, "? nothing required could be judged");
		return 3;
	}
	/* what could not be judged keeps the whole from passing, and hides no failure */
	look = n[VERDICT_FAIL] > 0 ? 2 : n[VERDICT_NO_DATA] > 0 ? 3 : n[VERDICT_WARN] > 0 ? 1 : 0;
	str_addf(right, "%s passes %u of %u required", signs[look], n[VERDICT_PASS], judged);
	if (n[VERDICT_NO_DATA] > 0)
		str_addf(right, ", %u not judged", n[VERDICT_NO_DATA]);
	return look;
}

void
badge(struct ask *q)
{
	static const char *const keys[] = {"pack", NULL};
	const struct shown_series *s;
	struct str left = {0}, right = {0};
	size_t len = strlen(q->rest), month, look = 3;
	struct archive_row r;
	bool found = false;
	uint32_t asn;
	char when[8];
	enum err e;

	if (!ask_only(q, keys) || !ask_series(q, &s, &month))
		return;
	if (len < 5 || strcmp(q->rest + len - 4, ".svg") != 0 || !asn_read((struct span){q->rest, len - 4}, &asn)) {
		ask_problem(q, 404, "No such badge", "A badge is at /badge/ASN.svg.");
		return;
	}
	e = archive_network(q->archive, s->month[month], asn, q->a, &r, &found);
	if (e != OK) {
		ask_broken(q, e);
		return;
	}
	shown_month_text(s->month[month]->head.at, when);
	str_addf(&left, "AS%" PRIu32 " %s%s %s", asn, s->id, history_label(shown_pack(s, month)->status), when);
	if (found)
		look = told(&right, shown_pack(s, month), &r.verdicts[s->first[month]]);
	else
		str_adds(&right, "? not assessed");
	draw(q, left.p, right.p, look);
	str_release(&left);
	str_release(&right);
}
