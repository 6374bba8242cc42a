/* score: scores for people, incident by incident. */
#include "report/score.h"
#include "report/layout.h"

#include <inttypes.h>

#define LABEL_END 10u

void
score_decimal(struct str *out, uint64_t value, unsigned places)
{
	uint64_t unit = 1;
	unsigned i;

	for (i = 0; i < places; i++)
		unit *= 10;
	str_addu(out, value / unit);
	value %= unit;
	if (value == 0)
		return;
	for (; value % 10 == 0; places--)
		value /= 10;
	str_addf(out, ".%0*" PRIu64, (int)places, value);
}

/* right-aligned: what was appended from from on is moved to end at width columns behind it */
static void
align(struct str *out, size_t from, unsigned width)
{
	size_t len = out->len - from;

	if (len >= width)
		return;
	str_fill(out, ' ', width - len);
	memmove(out->p + from + width - len, out->p + from, len);
	memset(out->p + from, ' ', width - len);
}

static void
decimal_right(struct str *out, uint64_t value, unsigned places, unsigned width)
{
	size_t from = out->len;

	score_decimal(out, value, places);
	align(out, from, width);
}

static void
length(struct str *out, uint64_t s, unsigned width)
{
	size_t from = out->len;

	if (s >= INCIDENT_DAY_S)
		str_addf(out, "%" PRIu64 " d ", s / INCIDENT_DAY_S);
	s %= INCIDENT_DAY_S;
	str_addf(out, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, s / 3600, s / 60 % 60, s % 60);
	align(out, from, width);
}

static void
head(struct str *out, const struct score_sheet *s, struct text_style style)
{
	struct str t = {0};
	char hex[SHA256_HEX + 1];

	sha256_hex(s->sha256, hex);
	lay_count(&t, s->n_events);
	str_addf(&t, " in the list of sha256 %s; taken as they stand, what is checked is the arithmetic", hex);
	lay_labelled(out, style, 0, LABEL_END, "events", t.p);
	lay_labelled(out, style, 0, LABEL_END, "incident", "what overlaps or touches, of one AS, metric and weight");
	lay_labelled(out, style, 0, LABEL_END, "points",
	    "0 for no length, 0.5 under 30 minutes, 1 under 24 hours, n + 1 from n times 24 hours on; times the "
	    "weight");
	str_clear(&t);
	str_addf(&t,
	    "curve %s, %s (MANRS publishes scores but not its curve; this one gives %s); ready from 80 %%, aspiring "
	    "from 60 %%, lagging below",
	    curve_word(s->curve), curve_formula(s->curve),
	    s->curve == CURVE_H1 ? "all of those" : "60 % at raw 0.5 but not the others");
	lay_labelled(out, style, 0, LABEL_END, "percent", t.p);
	str_release(&t);
}

static void
incident_row(struct str *out, const struct incident *in)
{
	char a[UTC_TEXT], b[UTC_TEXT];

	str_addf(out, "  %s  %s  ", utc_format(in->start, a), utc_format(in->end, b));
	length(out, (uint64_t)(in->end.s - in->start.s), 13);
	str_addf(out, "  %6" PRIu32 "  ", in->n_events);
	decimal_right(out, in->tenths, 1, 6);
	str_adds(out, " x");
	decimal_right(out, in->weight_ppm, 6, 9);
	str_adds(out, " =");
	decimal_right(out, in->score_e7, 7, 10);
	str_addc(out, '\n');
}

static void
score_of(struct str *out, const struct score_sheet *s, const struct incident_score *sc, struct text_style style)
{
	uint32_t ppm = curve_ppm(s->curve, sc->raw_e7);
	enum band band = band_of(ppm);
	size_t i;

	str_addf(out, "\nAS%" PRIu32 "  ", sc->asn);
	lay_text(out, style, INK_BOLD, incident_metric_word(sc->metric));
	str_addf(out, ", %s\n", incident_metric_text(sc->metric));
	lay_text(out, style, INK_DIM,
	    "  START                 END                          LENGTH  EVENTS  COEFF.     WEIGHT      POINTS");
	str_addc(out, '\n');
	for (i = 0; i < sc->n; i++)
		incident_row(out, &s->incidents[sc->first + i]);
	str_adds(out, "  raw ");
	score_decimal(out, sc->raw_e7, 7);
	str_adds(out, ", by ");
	str_adds(out, curve_word(s->curve));
	str_addc(out, ' ');
	score_decimal(out, ppm, 4);
	str_adds(out, " %: ");
	lay_text(out, style,
	    band == BAND_READY	    ? INK_GOOD
	    : band == BAND_ASPIRING ? INK_WARN
				    : INK_BAD,
	    band_word(band));
	str_addc(out, '\n');
}

void
score_text(struct str *out, const struct score_sheet *s, struct text_style style)
{
	size_t i;

	head(out, s, style);
	for (i = 0; i < s->n_scores; i++)
		score_of(out, s, &s->scores[i], style);
}
