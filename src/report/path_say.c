/* path_say: the ramps and their sums in words, and what an observer may say. */
#include "report/path_lay.h"

#include <inttypes.h>
#include <string.h>

#define ASES_SAID 8	/* by name */

void
path_ases(struct str *out, const struct path_result *r, size_t first, size_t last)
{
	size_t i;

	if (last - first >= ASES_SAID) {
		str_addf(out, "the %zu ASes from AS%" PRIu32 " to AS%" PRIu32, last - first + 1, r->as[first], r->as[last]);
		return;
	}
	for (i = first; i <= last; i++)
		str_addf(out, "%sAS%" PRIu32, i == first ? "" : i == last ? " and " : ", ", r->as[i]);
}

static void
line(struct str *out, struct text_style style, const char *label, struct str *text)
{
	lay_labelled(out, style, 0, PATH_LABEL_END, label, text->p);
	str_clear(text);
}

static void
ramps_line(struct str *out, const struct path_result *r, struct text_style style, struct str *s)
{
	const struct aspa_ramps *m = &r->ramps;

	str_addf(s,
	    "N %" PRIu32 "; max_up %" PRIu32 ", min_up %" PRIu32 "; max_down %" PRIu32 ", min_down %" PRIu32
	    " (ASes from the origin upwards, and from the neighbour backwards)",
	    m->n, m->max_up, m->min_up, m->max_down, m->min_down);
	line(out, style, "ramps", s);
}

static const char *
sign(uint32_t a, uint32_t b)
{
	return a < b ? "<" : a == b ? "=" : ">";
}

/* Which sum is held against N: the first that is below it decides. */
static void
sums(struct str *s, const struct path_result *r, enum aspa_direction d)
{
	const struct aspa_ramps *m = &r->ramps;
	uint32_t most = m->max_up + m->max_down, least = m->min_up + m->min_down;
	enum aspa_verdict v = aspa_by_ramps(m, d);

	if (d == ASPA_UPSTREAM) {
		str_addf(s, "max_up %" PRIu32 " %s N %" PRIu32, m->max_up, sign(m->max_up, m->n), m->n);
		if (v != ASPA_INVALID)
			str_addf(s, ", min_up %" PRIu32 " %s N", m->min_up, sign(m->min_up, m->n));
	} else {
		str_addf(s, "max_up %" PRIu32 " + max_down %" PRIu32 " = %" PRIu32 " %s N %" PRIu32, m->max_up,
		    m->max_down, most, sign(most, m->n), m->n);
		if (v != ASPA_INVALID)
			str_addf(s, ", min_up %" PRIu32 " + min_down %" PRIu32 " = %" PRIu32 " %s N", m->min_up,
			    m->min_down, least, sign(least, m->n));
	}
	str_addf(s, ": %s", aspa_verdict_text(v));
	if (v == ASPA_VALID && m->n <= (d == ASPA_UPSTREAM ? 1u : 2u))
		str_adds(s, ", as any path of this length is");
}

static void
test_line(struct str *out, const struct path_asked *q, const struct path_result *r, enum aspa_direction d,
    struct text_style style, struct str *s)
{
	str_adds(
	    s, d == ASPA_UPSTREAM ? "heard from a customer, a peer or a route server: " : "heard from a provider: ");
	if (r->why == ASPA_FIRST_AS)
		str_addf(s, "Invalid: the path does not begin with the neighbour, AS%" PRIu32, q->neighbour);
	else if (r->why == ASPA_HAS_SET)
		str_adds(s, "Invalid: the path has an AS_SET");
	else if (q->tables.aspas == NULL)
		str_adds(s, "not known: no ASPA data");
	else
		sums(s, r, d);
	line(out, style, d == ASPA_UPSTREAM ? "upstream" : "downstream", s);
}

static void
turn_said(struct str *s, const struct path_result *r)
{
	const struct aspa_turn *t = &r->view.turn;

	str_addf(s,
	    "Invalid even by the lenient test, so whatever the receiver is to AS%" PRIu32 ": AS%" PRIu32
	    "'s ASPA does not list AS%" PRIu32 ", and further on AS%" PRIu32 "'s does not list AS%" PRIu32 ". ",
	    r->as[0], r->as[t->in + 1], r->as[t->in], r->as[t->out], r->as[t->out + 1]);
	if (t->in == t->out + 1) {
		str_addf(s, "AS%" PRIu32 " stands between", r->as[t->in]);
	} else {
		str_adds(s, "Between are ");
		path_ases(s, r, t->out + 1, t->in);
		str_adds(s, ", and which of them leaked it is not shown");
	}
}

static void
observer_line(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style,
    struct str *s)
{
	if (r->why == ASPA_HAS_SET)
		str_adds(s, "the AS_SET is to be refused (RFC 9774); of a leak it says nothing");
	else if (q->tables.aspas == NULL)
		str_adds(s, "nothing: without ASPA data the answer is unknown, which is no pass");
	else if (r->view.turn.found)
		turn_said(s, r);
	else if (r->up == ASPA_INVALID && r->why == ASPA_BY_RAMPS)
		str_adds(s, "by ASPA alone no accusation: Invalid only for a receiver that has the neighbour as "
			    "customer or peer, and who looks "
			    "on does not know that");
	else if (r->up == ASPA_VALID)
		str_adds(s, "Valid by both tests");
	else if (r->why == ASPA_FIRST_AS)
		str_adds(s, "only the neighbour can be compared with the first AS");
	else
		str_adds(s, "by ASPA alone no accusation: not all hops are attested");
	line(out, style, "observer", s);
}

void
path_say_aspa(struct str *out, const struct path_asked *q, const struct path_result *r, struct text_style style)
{
	struct str s = {0};

	if (q->tables.aspas != NULL && r->why != ASPA_HAS_SET && r->view.n > 0)
		ramps_line(out, r, style, &s);
	if (q->ask != PATH_ASK_DOWN)
		test_line(out, q, r, ASPA_UPSTREAM, style, &s);
	if (q->ask != PATH_ASK_UP)
		test_line(out, q, r, ASPA_DOWNSTREAM, style, &s);
	if (q->ask == PATH_ASK_OBSERVER)
		observer_line(out, q, r, style, &s);
	str_release(&s);
}
