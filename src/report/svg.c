#include "report/svg.h"
#include "report/html.h"

#include <assert.h>

void
svg_begin(struct str *out, const char *id, unsigned width, unsigned height, const char *title, const char *desc)
{
	str_addf(out,
	    "<svg role=\"img\" viewBox=\"0 0 %u %u\" aria-labelledby=\"%s-t %s-d\" focusable=\"false\">"
	    "<title id=\"%s-t\">",
	    width, height, id, id, id);
	html_text(out, title);
	str_addf(out, "</title><desc id=\"%s-d\">", id);
	html_text(out, desc);
	str_adds(out, "</desc>\n");
}

void
svg_end(struct str *out)
{
	str_adds(out, "</svg>\n");
}

void
svg_text(struct str *out, const char *class, const char *anchor, int x, int y, const char *text)
{
	str_addf(out, "<text class=\"%s\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">", class, anchor, x, y);
	html_text(out, text);
	str_adds(out, "</text>\n");
}

void
svg_rect(struct str *out, const char *class, int x, int y, int width, int height)
{
	str_addf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", class, x, y, width,
	    height);
}

void
svg_line(struct str *out, const char *class, int x1, int y1, int x2, int y2)
{
	str_addf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x1, y1, x2, y2);
}

void
svg_run(struct str *out, const char *class, const int (*points)[2], size_t n)
{
	size_t i;

	str_addf(out, "<polyline class=\"%s\" fill=\"none\" points=\"", class);
	for (i = 0; i < n; i++)
		str_addf(out, "%s%d,%d", i > 0 ? " " : "", points[i][0], points[i][1]);
	str_adds(out, "\"/>\n");
}

void
svg_circle(struct str *out, const char *class, int x, int y, int r)
{
	str_addf(out, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n", class, x, y, r);
}

/* Drawn twice, wide in the colour of the page below: it shows over a pattern, too. */
void
svg_whisker_x(struct str *out, int lo, int hi, int y, int cap)
{
	const char *class[] = {"halo", "whisker"};
	size_t i;

	for (i = 0; i < 2; i++)
		str_addf(out, "<path class=\"%s\" d=\"M%d %dV%dM%d %dH%dM%d %dV%d\"/>\n", class[i], lo, y - cap,
		    y + cap, lo, y, hi, hi, y - cap, y + cap);
}

void
svg_whisker_y(struct str *out, int x, int lo, int hi, int cap)
{
	str_addf(out, "<path class=\"whisker\" d=\"M%d %dH%dM%d %dV%dM%d %dH%d\"/>\n", x - cap, lo, x + cap, x,
	    lo, hi, x - cap, hi, x + cap);
}

void
svg_diamond(struct str *out, const char *class, int x, int y, int r)
{
	str_addf(out, "<path class=\"%s\" d=\"M%d %dL%d %dL%d %dL%d %dZ\"/>\n", class, x - r, y, x, y - r,
	    x + r, y, x, y + r);
}

int
svg_at(const struct svg_scale *s, int64_t value)
{
	int64_t units = s->till - s->at, range = s->to - s->from, v = value - s->from, twice;
	bool minus;

	if (range == 0)
		return s->at + (int)(units / 2);
	if (range < 0) {
		range = -range;
		v = -v;
	}
	v = v < 0 ? 0 : v > range ? range : v;
	/* to the nearest unit, halves away from the start, whichever way it runs */
	minus = units < 0;
	twice = 2 * v * (minus ? -units : units);
	twice = (twice + range) / (2 * range);
	return s->at + (int)(minus ? -twice : twice);
}

size_t
svg_ticks(int64_t lo, int64_t hi, size_t max, int64_t *ticks)
{
	static const int64_t mantissa[] = {1, 2, 5};
	int64_t power = 1, step = 1, first, last;
	size_t i = 0, n;

	assert(lo >= 0 && lo <= hi && max >= 3);
	for (;;) {
		step = mantissa[i] * power;
		first = lo / step * step;
		last = (hi + step - 1) / step * step;
		if (last == first)
			last += step;
		if ((last - first) / step + 1 <= (int64_t)max)
			break;
		if (++i == 3) {
			i = 0;
			power *= 10;
		}
	}
	for (n = 0; first <= last; first += step)
		ticks[n++] = first;
	return n;
}
