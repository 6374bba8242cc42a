/* fuzz_pack: a catalogue, and after a NUL byte a profile. A pack that loads is whole: every control has
 * its text, its class, and bars that can be said and judged; one that does not says where and why. */
#include "rule/say.h"
#include "mutate_json.h"

#include <assert.h>
#include <string.h>

static void
check_test(const struct control_test *t)
{
	struct str s = {0};

	assert(t->metric < METRIC_N);
	assert(t->judged == (t->compare != COMPARE_NONE));
	if (t->judged) {
		assert(t->pass >= 0 && t->warn >= 0);
		assert(t->compare == COMPARE_AT_LEAST ? t->warn <= t->pass : t->warn >= t->pass);
		say_bars(&s, t, true);
		assert(s.len > 0);
	}
	str_release(&s);
}

static void
check_control(const struct control *c)
{
	struct metric m[CONTROL_TESTS] = {0};
	const struct metric *list[CONTROL_TESTS];
	struct str reason = {0}, brief = {0};
	struct judgement j;
	size_t i;

	assert(*c->id != '\0' && *c->title != '\0' && *c->statement != '\0' && c->evidence_class != NULL);
	assert(c->n_tests <= CONTROL_TESTS);
	for (i = 0; i < c->n_tests; i++) {
		check_test(&c->tests[i]);
		m[i] = (struct metric){.id = c->tests[i].metric, .den = 7, .num = 3, .value_ppm = 3,
		    .oldest = UTC_NONE};
		list[i] = &m[i];
	}
	if (c->whole_org)
		control_judge_org(c, NULL, 0, &j);
	else
		control_judge(c, list, (struct utc){0}, false, &j);
	say_reason(&reason, &j);
	say_brief(&brief, &j);
	assert(reason.len > 0 && brief.len > 0);
	str_release(&reason);
	str_release(&brief);
	/* the metrics have no time: what has an age limit cannot be judged */
	assert(c->age_max_days == 0 || j.verdict == VERDICT_NO_DATA || c->n_tests == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *nul = size > 0 ? memchr(text, '\0', size) : NULL;
	struct span cat = {text, nul != NULL ? (size_t)(nul - text) : size}, prof = {0};
	struct arena *a = arena_new();
	const char *why = NULL;
	struct pack p = {0};
	enum err e;
	size_t i;

	if (nul != NULL)
		prof = (struct span){nul + 1, size - cat.len - 1};
	e = pack_read((struct pack_bytes){"c", cat}, (struct pack_bytes){"p", prof}, a, &p, &why);
	if (e != OK) {
		assert(why != NULL && strlen(why) > 3 && p.id == NULL);
	} else {
		assert(p.id != NULL && p.title != NULL && p.version != NULL);
		for (i = 0; i < p.n; i++)
			check_control(&p.controls[i]);
	}
	arena_free(a);
	return 0;
}

MUTATE_JSON(0)
