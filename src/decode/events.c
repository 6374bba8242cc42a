#include "decode/events.h"
#include "addr/asn.h"
#include "base/limits.h"
#include "decode/lines.h"

#include <string.h>

#define RULE "a line is: metric asn start end weight"
#define COLUMNS 5
#define LAST_SECOND 253402300799	/* 9999-12-31T23:59:59Z: what can be printed */
#define PLACES 6

/* Cut at runs of spaces and tabs; returns how many there are, also when that is more than cap. */
static size_t
words(struct span s, struct span *w, size_t cap)
{
	size_t i = 0, from, n = 0;

	for (;;) {
		while (i < s.len && (s.p[i] == ' ' || s.p[i] == '\t'))
			i++;
		if (i == s.len)
			return n;
		for (from = i; i < s.len && s.p[i] != ' ' && s.p[i] != '\t'; i++)
			;
		if (n < cap)
			w[n] = (struct span){s.p + from, i - from};
		n++;
	}
}

enum err
decimal_ppm(struct span s, uint32_t max, uint32_t *ppm)
{
	struct span whole, rest = s;
	uint64_t value, part = 0;
	size_t i;

	if (s.len == 0 || !span_cut(&rest, '.', &whole))
		return ERR_SYNTAX;
	TRY(span_u64(whole, UINT32_MAX, &value));
	if (rest.p != NULL && (rest.len == 0 || rest.len > PLACES))
		return ERR_SYNTAX;
	for (i = 0; i < PLACES; i++) {
		char c = rest.p != NULL && i < rest.len ? rest.p[i] : '0';

		if (c < '0' || c > '9')
			return ERR_SYNTAX;
		part = part * 10 + (uint64_t)(c - '0');
	}
	value = value * 1000000 + part;
	if (value > max)
		return ERR_RANGE;
	*ppm = (uint32_t)value;
	return OK;
}

static bool
all_digits(struct span s)
{
	size_t i;

	for (i = 0; i < s.len && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		;
	return i == s.len;
}

static bool
has_zone(struct span s)
{
	char last = s.p[s.len - 1], sign = s.p[s.len - 6];

	return last == 'Z' || last == 'z' || (s.p[s.len - 3] == ':' && (sign == '+' || sign == '-'));
}

/* Digits alone are seconds, however many: a list must not mean another thing when its numbers grow. */
static enum err
read_time(struct span s, struct utc *t)
{
	uint64_t seconds;

	if (all_digits(s)) {
		TRY(span_u64(s, LAST_SECOND, &seconds));
		*t = (struct utc){(int64_t)seconds};
		return OK;
	}
	if (memchr(s.p, '.', s.len) != NULL || s.len < 5 || s.p[4] != '-')
		return ERR_SYNTAX;
	/* a time of day without its zone is a time of no place in particular */
	if (s.len > 10 && !has_zone(s))
		return ERR_SYNTAX;
	TRY(utc_parse(s, t));
	return t->s < 0 || t->s > LAST_SECOND ? ERR_RANGE : OK;
}

static enum err
read_event(struct span text, struct listed_event *e, const char **field)
{
	struct span w[COLUMNS];

	*field = "event.line";
	if (words(text, w, COLUMNS) != COLUMNS)
		return ERR_SYNTAX;
	e->metric = w[0];
	*field = "event.asn";
	TRY(asn_parse(w[1], &e->asn));
	if (e->asn == 0)
		return ERR_RANGE;
	*field = "event.start";
	TRY(read_time(w[2], &e->start));
	*field = "event.end";
	TRY(read_time(w[3], &e->end));
	if (e->end.s < e->start.s)
		return ERR_CONTRADICT;
	*field = "event.weight";
	TRY(decimal_ppm(w[4], INCIDENT_WEIGHT_MAX, &e->weight_ppm));
	return e->weight_ppm == 0 ? ERR_RANGE : OK;
}

enum err
events_decode(struct feed *f, enum err (*fn)(void *arg, const struct listed_event *), void *arg, struct diags *d,
    uint64_t *n)
{
	struct lines l = lines_of(f, d, "event.line", RULE);
	struct listed_event ev = {0};
	const char *field;
	enum err e;

	*n = 0;
	while (lines_next(&l)) {
		struct span rest = l.text, text = l.text;

		if (!span_cut(&rest, '#', &text) || span_blank(text))
			continue;
		e = read_event(text, &ev, &field);
		ev.line = l.n;
		if (e == OK && *n == INCIDENT_EVENTS_MAX) {
			lines_stop(&l, ERR_LIMIT, "events (limit INCIDENT_EVENTS_MAX)");
			break;
		}
		if (e == OK) {
			field = "event.metric";
			e = fn(arg, &ev);
			if (e != OK && e != ERR_UNKNOWN)
				return e;
		}
		if (e != OK)
			lines_bad(&l, e, field);
		else
			++*n;
	}
	return lines_end(&l);
}
