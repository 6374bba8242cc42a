/* say_why: why a verdict is what it is, in one line. */
#include "rule/judge.h"
#include "rule/say.h"

#include <inttypes.h>

static void
say_age(struct str *out, const struct judgement *j)
{
	int64_t days = (j->at.s - j->decides->oldest.s) / DAY;
	char when[UTC_TEXT];

	str_addf(out, "evidence of %.10s is %" PRId64 " days %s; limit %" PRIu32 " days",
	    utc_format(j->decides->oldest, when), days < 0 ? -days : days,
	    days < 0 ? "younger than the moment judged for" : "old", j->control->age_max_days);
	if (j->decides->apart != NULL)
		str_addf(out, "; %s", j->decides->apart);
}

static void
say_sibling(struct str *out, const struct judgement *j)
{
	struct metric worst = *j->sibling;

	worst.value_ppm = j->sibling->org.worst_ppm;
	worst.num = (uint64_t)j->sibling->org.worst_ppm;
	str_addf(out, "worst of %" PRIu32 " measured of %" PRIu32 " ASNs: AS%" PRIu32 " in %s with ",
	    j->sibling->org.n, j->sibling->org.n_all, j->sibling->org.worst_asn, j->sibling_in->id);
	say_number(out, &worst);
	str_adds(out, "; ");
	say_bars(out, j->test, false);
}

/* number says the number, where there is one. */
static void
say_why(struct str *out, const struct judgement *j, void (*number)(struct str *, const struct metric *))
{
	const struct control *c = j->control;

	switch (j->because) {
	case BECAUSE_NUMBER:
		number(out, j->decides);
		str_adds(out, "; ");
		say_bars(out, j->test, j->is_cdn);
		break;
	case BECAUSE_POPULATION:
		number(out, j->decides);
		str_addf(out, "; at least %" PRIu64 " are needed to judge", c->population_min);
		break;
	case BECAUSE_PART:
		number(out, j->decides);
		str_addf(out, "; none over %s", judge_missing_part(c, j->decides));
		break;
	case BECAUSE_STATE:
		str_adds(out, j->decides->why);
		break;
	case BECAUSE_UNDATED:
		str_addf(out, "undated evidence (limit %" PRIu32 " days): name the file with a date", c->age_max_days);
		break;
	case BECAUSE_AGE:
		say_age(out, j);
		break;
	case BECAUSE_APART:
		str_adds(out, j->decides->apart);
		break;
	case BECAUSE_CANNOT:
		str_adds(out, c->cannot);
		break;
	case BECAUSE_SIBLING:
		say_sibling(out, j);
		break;
	case BECAUSE_ALONE:
		str_adds(out, "the organisation has no other ASN");
		break;
	case BECAUSE_SIBLINGS_UNKNOWN:
		str_adds(out, j->why);
		break;
	}
}

static void
say_more(struct str *out, const struct judgement *j)
{
	if (j->wants_more) {
		str_adds(out, "; also needs ");
		str_adds(out, j->control->also_needs);
	}
}

const char *
say_join(enum join j)
{
	return j == JOIN_BEST ? "One of these numbers is enough: the best decides."
	    : j == JOIN_FIRST ? "The first of these numbers that there is data for decides."
	    : "Each of these numbers must hold: the worst decides.";
}

const char *
say_join_bars(enum join j)
{
	return j == JOIN_BEST ? " or " : j == JOIN_FIRST ? ", else " : " and ";
}

/* It stands before the one that decided, where the first that has data does. */
static bool
was_passed_over(const struct judgement *j, size_t test)
{
	const struct control *c = j->control;

	return c->join == JOIN_FIRST && c->tests[test].judged && j->test != NULL && &c->tests[test] < j->test;
}

static void
say_instead(struct str *out, const struct judgement *j)
{
	const struct control *c = j->control;
	size_t i;

	for (i = 0; i < c->n_tests; i++) {
		if (!was_passed_over(j, i))
			continue;
		str_addf(out, "; in place of %s, which has no data: ", metric_word(c->tests[i].metric));
		str_adds(out, j->metrics[i]->state == METRIC_NO_DATA ? j->metrics[i]->why
		    : "its evidence is too old, undated or of too few");
	}
}

void
say_reason(struct str *out, const struct judgement *j)
{
	size_t i;

	say_why(out, j, say_metric);
	if (j->metrics != NULL)
		say_instead(out, j);
	for (i = 0; j->metrics != NULL && i < j->control->n_tests; i++)
		if (!judgement_rests(j, i) && !was_passed_over(j, i) && j->metrics[i]->state == METRIC_OK) {
			str_adds(out, "; not judged: ");
			say_metric(out, j->metrics[i]);
		}
	say_more(out, j);
}

void
say_brief(struct str *out, const struct judgement *j)
{
	say_why(out, j, say_what);
	say_more(out, j);
}
