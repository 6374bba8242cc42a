/* fuzz_require: a profile of requirements over the built-in packs. One that can be used is whole: every demand has its
 * control, a weight and classes in their range, and can be held and said; one that cannot has a problem with a place. */
#include "rule/require.h"
#include "rule/say.h"
#include "mutate_json.h"

#include <assert.h>
#include <string.h>

static void
check_demand(const struct requirement *r, size_t i)
{
	const struct demand *d = &r->demands[i];
	struct metric m[CONTROL_TESTS] = {0};
	const struct metric *list[CONTROL_TESTS];
	struct answer yes = {.text = "", .by = "J", .on = {0}, .until = UTC_NONE};
	struct str words = {0};
	struct judgement j;
	struct held h;
	size_t k;

	assert(d->control == &r->pack.controls[i] && d->from != NULL && d->from->id != NULL);
	assert(d->weight <= WEIGHT_MAX && d->class < CLASS_N && d->least < CLASS_N);
	assert(pack_control(d->from, span_of(d->control->id)) != NULL);
	for (k = 0; k < i; k++)
		assert(!span_is_nocase(span_of(r->pack.controls[k].id), d->control->id));
	if (d->control->whole_org)
		return;
	for (k = 0; k < d->control->n_tests; k++) {
		m[k] = (struct metric){.id = d->control->tests[k].metric, .den = 7, .num = 3, .value_ppm = 3, .oldest = {0}};
		list[k] = &m[k];
	}
	control_judge(d->control, list, (struct utc){0}, false, &j);
	demand_hold(d, &j, &yes, (struct utc){0}, &h);
	assert(h.outcome < OUTCOME_N && h.short_by >= 0);
	say_held(&words, &h);
	if (h.outcome == OUTCOME_SHORT)
		say_short(&words, &h);
	assert(words.len > 0);
	str_release(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct problems p = {0};
	struct requirement r;
	enum err e = require_read((struct pack_bytes){"p", {(const char *)data, size}}, a, &r, &p);
	size_t i;

	assert((e == OK) == (p.n_fatal == 0));
	for (i = 0; i < p.n; i++)
		assert(strstr(p.list[i].text, ": ") != NULL);
	for (i = 0; e == OK && i < r.pack.n; i++)
		check_demand(&r, i);
	problems_release(&p);
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
