#include "report/zones.h"
#include "report/layout.h"
#include "rule/judge.h"
#include "rule/say.h"

#define WHOLE 1000000		/* ppm */

static bool
point(const struct zone *z)
{
	return z->scale.from == z->scale.to;
}

/* Shares of the width, of 100; a zone that is one value only, as "at most 0 %", is narrow. */
static int
share_of(const struct zone *z)
{
	static const int shares[VERDICT_N] = {[VERDICT_PASS] = 30, [VERDICT_WARN] = 24, [VERDICT_FAIL] = 46};

	return point(z) ? 14 : shares[z->verdict];
}

static void
zone_add(struct zones *s, enum verdict v, int64_t from, int64_t to)
{
	s->zone[s->n++] = (struct zone){v, {.from = from, .to = to}};
}

static void
widths(struct zones *s)
{
	int at = s->left, sum = 0;
	size_t i;

	for (i = 0; i < s->n; i++)
		sum += share_of(&s->zone[i]);
	for (i = 0; i < s->n; i++) {
		s->zone[i].scale.at = at;
		at = i + 1 == s->n ? s->right : at + (s->right - s->left) * share_of(&s->zone[i]) / sum;
		s->zone[i].scale.till = at;
	}
}

void
zones_fill(struct zones *s, const struct control_test *t, bool is_cdn, int left, int right)
{
	int64_t pass = is_cdn && t->pass_cdn >= 0 ? t->pass_cdn : t->pass, warn = t->warn;
	bool least = t->compare == COMPARE_AT_LEAST, band = warn != t->pass;

	*s = (struct zones){.unit = metric_unit(t->metric), .left = left, .right = right};
	if (least) {
		zone_add(s, VERDICT_FAIL, 0, band ? warn : pass);
		if (band)
			zone_add(s, VERDICT_WARN, warn, pass);
		zone_add(s, VERDICT_PASS, pass, WHOLE);
	} else {
		zone_add(s, VERDICT_PASS, 0, pass);
		if (band)
			zone_add(s, VERDICT_WARN, pass, warn);
		zone_add(s, VERDICT_FAIL, band ? warn : pass, WHOLE);
	}
	widths(s);
}

int
zones_at(const struct zones *s, int64_t v)
{
	size_t i, best = 0;

	for (i = 0; i < s->n; i++) {
		const struct zone *z = &s->zone[i];

		if (v < z->scale.from || v > z->scale.to)
			continue;
		if (point(z))
			return svg_at(&z->scale, v);
		best = i;
		if (s->zone[0].verdict == VERDICT_PASS)
			break;
	}
	return svg_at(&s->zone[best].scale, v);
}

int
zones_at_number(const struct zones *s, const struct control_test *t, const struct metric *m, bool is_cdn)
{
	enum verdict v = test_against_bars(t, m, is_cdn);
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->zone[i].verdict == v)
			return svg_at(&s->zone[i].scale, m->value_ppm);
	return zones_at(s, m->value_ppm);
}

/* --- drawing --- */

const char *
zone_class(enum verdict v)
{
	return v == VERDICT_PASS ? "zone zp" : v == VERDICT_WARN ? "zone pw" : "zone pf";
}

static void
tick(struct str *out, const struct zones *z, int x, int y, int64_t v)
{
	struct str s = {0};

	say_bar(&s, z->unit, v);
	svg_line(out, "tick", x, y, x, y + 4);
	svg_text(out, "t", x <= z->left ? "start" : x >= z->right ? "end" : "middle", x, y + 16, s.p);
	str_release(&s);
}

void
zones_draw(struct str *out, const struct zones *s, int y, int height)
{
	const struct zone *z;
	size_t i;
	int middle;

	for (i = 0; i < s->n; i++) {
		z = &s->zone[i];
		middle = (z->scale.at + z->scale.till) / 2;
		svg_rect(out, zone_class(z->verdict), z->scale.at, y, z->scale.till - z->scale.at, height);
		svg_text(out, "zt", "middle", middle, y + height + 31, verdict_label(z->verdict));
		if (point(z))
			tick(out, s, middle, y + height, z->scale.from);
		else if (i == 0 || !point(&s->zone[i - 1]))
			tick(out, s, z->scale.at, y + height, z->scale.from);
		if (i + 1 == s->n && !point(z))
			tick(out, s, z->scale.till, y + height, z->scale.to);
	}
}
