/* require_props: what a profile adds to the controls that it asks for; and advice on the whole. */
#include "rule/require_int.h"

#include <string.h>

#define AGE_MAX_DAYS 3660	/* as in a catalogue: ten years */

struct demand *
demand_find(struct require_reading *r, const char *id)
{
	size_t i;

	for (i = 0; i < r->out->pack.n; i++)
		if (strcmp(r->out->pack.controls[i].id, id) == 0)
			return &r->out->demands[i];
	return NULL;
}

/* --- props --- */

static void
prop_required(struct require_reading *r, const struct profile_prop *p, struct control *c)
{
	if (strcmp(p->value, "yes") != 0 && strcmp(p->value, "no") != 0)
		problem_add(r, true, p->where, "4", "required is yes or no, not \"%s\"", p->value);
	c->required = strcmp(p->value, "yes") == 0;
}

static void
prop_weight(struct require_reading *r, const struct profile_prop *p, struct demand *d)
{
	uint64_t v = 0;

	if (span_u64(span_of(p->value), WEIGHT_MAX, &v) != OK)
		problem_add(r, true, p->where, "4", "\"%s\" is no weight: a whole number from 0 to %u", p->value, WEIGHT_MAX);
	d->weight = (uint32_t)v;
}

static void
prop_least(struct require_reading *r, const struct profile_prop *p, struct demand *d)
{
	enum evidence_class class = class_find(p->value);

	if (class == CLASS_N)
		problem_add(r, true, p->where, "4", "\"%s\" is no class of evidence: attested, measured, tested, audited",
		    p->value);
	else
		d->least = class;
}

static void
prop_age(struct require_reading *r, const struct profile_prop *p, struct control *c)
{
	uint64_t v = 0;

	if (span_u64(span_of(p->value), AGE_MAX_DAYS, &v) != OK || v == 0)
		problem_add(r, true, p->where, "4", "\"%s\" is no age: whole days from 1 to %d", p->value, AGE_MAX_DAYS);
	else if (c->age_max_days != 0 && v > c->age_max_days)
		problem_add(r, false, p->where, "5", "lets evidence be %s days old; the pack's own limit is %u", p->value,
		    c->age_max_days);
	c->age_max_days = (uint32_t)v;
}

static void
prop_apply(struct require_reading *r, const struct profile_prop *p, struct demand *d)
{
	struct control *c = &r->out->pack.controls[d - r->out->demands];

	if (strcmp(p->name, "required") == 0)
		prop_required(r, p, c);
	else if (strcmp(p->name, "weight") == 0)
		prop_weight(r, p, d);
	else if (strcmp(p->name, "least-evidence-class") == 0)
		prop_least(r, p, d);
	else if (strcmp(p->name, "age-max-days") == 0)
		prop_age(r, p, c);
	else if (strcmp(p->name, "reason") == 0)
		d->reason = p->value;
	else
		problem_add(r, true, p->where, "4", "prop \"%s\" is not known here: required, weight, least-evidence-class, "
		    "age-max-days, reason", p->name);
}

/* Whether an earlier alter, or an earlier prop of this one, has given it. */
static bool
given_before(const struct profile *p, size_t alter, size_t prop)
{
	const struct profile_alter *mine = &p->alters[alter], *a;
	size_t i, k;

	for (i = 0; i <= alter; i++) {
		a = &p->alters[i];
		for (k = 0; strcmp(a->control, mine->control) == 0 && k < (i == alter ? prop : a->n); k++)
			if (strcmp(a->props[k].name, mine->props[prop].name) == 0)
				return true;
	}
	return false;
}

void
alters_apply(struct require_reading *r)
{
	const struct profile *p = &r->profile;
	const struct profile_alter *a;
	struct demand *d;
	size_t i, k;

	for (i = 0; i < p->n_alters; i++) {
		a = &p->alters[i];
		d = demand_find(r, a->control);
		if (d == NULL) {
			problem_add(r, true, a->where, "4", "control \"%s\" is not imported", a->control);
			continue;
		}
		for (k = 0; k < a->n; k++) {
			if (given_before(p, i, k))
				problem_add(r, true, a->props[k].where, "4", "%s of control %s is given above", a->props[k].name,
				    a->control);
			else
				prop_apply(r, &a->props[k], d);
		}
	}
}

/* --- advice --- */

static bool
is_measured(const struct control *c)
{
	return c->cannot == NULL && !c->whole_org;
}

static void
advise_demand(struct require_reading *r, const struct demand *d)
{
	const struct control *c = d->control;
	const char *where = arena_printf(r->arena, "%s: control %s", r->file, c->id);

	if (d->least > CLASS_ATTESTED && c->cannot != NULL)
		problem_add(r, false, where, "5", "cannot be judged from files, and an answer is attested, which is less than "
		    "%s: nobody can meet it with this program", class_word(d->least));
	else if (d->least > CLASS_ATTESTED && c->also_needs != NULL)
		problem_add(r, false, where, "5", "also needs %s, and an answer is attested, which is less than %s: nobody can "
		    "meet it with this program", c->also_needs, class_word(d->least));
	else if (d->least > d->class && is_measured(c))
		problem_add(r, false, where, "5", "yields %s evidence, and %s is asked for: nobody can meet it with this program",
		    class_word(d->class), class_word(d->least));
	if (d->weight == 0 && !c->required)
		problem_add(r, false, where, "5", "is neither required nor of any weight: it decides nothing");
}

void
require_advise(struct require_reading *r)
{
	const struct requirement *out = r->out;
	size_t i, required = 0, measured = 0, whole = 0;

	for (i = 0; i < out->pack.n; i++) {
		advise_demand(r, &out->demands[i]);
		required += out->pack.controls[i].required;
		measured += is_measured(&out->pack.controls[i]);
		whole += out->pack.controls[i].whole_org;
	}
	if (required == 0)
		problem_add(r, false, r->file, "5", "nothing is required: compare --gate never says no");
	if (whole > 0 && measured == 0)
		problem_add(r, false, r->file, "5", "a whole organisation is judged over the other controls that are imported, "
		    "and none of them is measured");
}
