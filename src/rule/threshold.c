/* threshold: the values of a catalogue's parameters, as people write them, into bars for tests. */
#include "rule/catalog.h"

#include <string.h>

#define PACK_DOC "pack.md 3"

/* "99", "0.1", "99.9999" of a percent in ppm. */
static enum err
percent_parse(struct span s, int64_t *out)
{
	struct span whole;
	uint64_t v = 0, frac = 0;
	size_t digits;

	if (!span_cut(&s, '.', &whole))
		return ERR_SYNTAX;
	TRY(span_u64(whole, 100, &v));
	if (s.p != NULL) {
		if (s.len == 0 || s.len > 4)
			return ERR_SYNTAX;
		for (digits = 0; digits < 4; digits++) {
			char c = digits < s.len ? s.p[digits] : '0';

			if (c < '0' || c > '9')
				return ERR_SYNTAX;
			frac = frac * 10 + (uint64_t)(c - '0');
		}
	}
	v = v * 10000 + frac;
	if (v > 1000000)
		return ERR_RANGE;
	*out = (int64_t)v;
	return OK;
}

enum err
threshold_parse(struct span s, enum metric_unit unit, int64_t *out)
{
	uint64_t v = 0;

	switch (unit) {
	case UNIT_SHARE:
	case UNIT_SCORE:
		if (s.len < 3 || memcmp(s.p + s.len - 2, " %", 2) != 0)
			return ERR_SYNTAX;
		return percent_parse((struct span){s.p, s.len - 2}, out);
	case UNIT_BOOL:
		if (!span_is(s, "yes") && !span_is(s, "no"))
			return ERR_SYNTAX;
		*out = span_is(s, "yes") ? 1000000 : 0;
		return OK;
	case UNIT_COUNT:
		break;
	}
	TRY(span_u64(s, UINT32_MAX, &v));
	*out = (int64_t)v;
	return OK;
}

/* The parameter ID.METRIC.WHAT, else ID.WHAT; NULL when there is neither. */
static struct param *
param_find(struct catalog *c, size_t control, const char *metric, const char *what)
{
	const char *id = c->controls[control].id, *rest;
	struct param *general = NULL, *p;
	size_t i, mlen = strlen(metric);

	for (i = 0; i < c->n_params; i++) {
		p = &c->params[i];
		if (p->control != control || strncmp(p->id, id, strlen(id)) != 0 || p->id[strlen(id)] != '.')
			continue;
		rest = p->id + strlen(id) + 1;
		if (strcmp(rest, what) == 0)
			general = p;
		if (strncmp(rest, metric, mlen) == 0 && rest[mlen] == '.' && strcmp(rest + mlen + 1, what) == 0)
			return p;
	}
	return general;
}

static enum err
apply_one(struct catalog *c, size_t control, struct control_test *t, const char *what, int64_t *bar,
    struct arena *a, const char **why)
{
	static const char *const form[] = {[UNIT_SHARE] = "a percentage as \"99.9 %\"", [UNIT_COUNT] = "a count",
	    [UNIT_SCORE] = "a percentage as \"99.9 %\"", [UNIT_BOOL] = "yes or no"};
	enum metric_unit unit = metric_unit(t->metric);
	struct param *p = param_find(c, control, metric_word(t->metric), what);

	if (p == NULL)
		return OK;
	p->used = true;
	if (threshold_parse(span_of(p->value), unit, bar) == OK)
		return OK;
	*why = arena_printf(a, "%s: \"%s\" is not %s, which %s of metric %s needs [%s]", p->where, p->value,
	    form[unit], what, metric_word(t->metric), PACK_DOC);
	return ERR_SYNTAX;
}

static enum err
apply_test(struct catalog *c, size_t control, struct control_test *t, struct arena *a, const char **why)
{
	const char *id = c->controls[control].id;
	int64_t unset = INT64_MIN;

	t->pass = unset;
	TRY(apply_one(c, control, t, "pass", &t->pass, a, why));
	if (t->pass == unset) {
		*why = arena_printf(a, "control %s: no parameter %s.pass or %s.%s.pass [%s]", id, id, id,
		    metric_word(t->metric), PACK_DOC);
		return ERR_SYNTAX;
	}
	t->warn = t->pass;
	TRY(apply_one(c, control, t, "warn", &t->warn, a, why));
	TRY(apply_one(c, control, t, "pass-cdn", &t->pass_cdn, a, why));
	if (t->compare == COMPARE_AT_LEAST ? t->warn > t->pass : t->warn < t->pass) {
		*why = arena_printf(a, "control %s: warn is stricter than pass for metric %s [%s]", id,
		    metric_word(t->metric), PACK_DOC);
		return ERR_SYNTAX;
	}
	return OK;
}

bool
param_set(struct catalog *c, const char *id, const char *value, const char *where)
{
	size_t i;

	for (i = 0; i < c->n_params; i++)
		if (strcmp(c->params[i].id, id) == 0) {
			c->params[i].value = value;
			c->params[i].where = where;
			return true;
		}
	return false;
}

enum err
params_apply(struct catalog *c, struct arena *a, const char **why)
{
	size_t i, k;

	for (i = 0; i < c->n; i++)
		for (k = 0; k < c->controls[i].n_tests; k++)
			if (c->controls[i].tests[k].judged)
				TRY(apply_test(c, i, &c->controls[i].tests[k], a, why));
	for (i = 0; i < c->n_params; i++)
		if (!c->params[i].used) {
			*why = arena_printf(a, "%s: no test of control %s uses parameter %s [%s]",
			    c->params[i].where, c->controls[c->params[i].control].id, c->params[i].id, PACK_DOC);
			return ERR_SYNTAX;
		}
	return OK;
}
