/*
 * The answer key itself: each planted fault shows in the metric it is meant for, and neither decoys nor
 * the many that nothing was planted on show in any.
 */
#include "lab/lab.h"
#include "tap.h"

#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <unistd.h>

enum sign { SOME, NOT_ALL, NONE, ALL };	/* num > 0, num < den, num == 0, num == den */

static const struct {
	const char *planted, *metric;
	enum sign sign;
} effects[] = {
    {"rov-invalid-asn", "rov-invalid", SOME}, {"rov-invalid-length", "rov-invalid", SOME},
    {"rov-invalid-both", "rov-invalid", SOME}, {"rov-invalid-as0", "rov-invalid", SOME},
    {"no-roa", "roa-coverage", NOT_ALL}, {"no-roa", "rov-invalid", NONE},
    {"loose-maxlength", "maxlength-exposure", SOME}, {"loose-maxlength", "rov-invalid", NONE},
    {"no-irr", "irr-registered", NOT_ALL}, {"third-party-irr-only", "irr-authoritative", NOT_ALL},
    {"third-party-irr-only", "irr-registered", ALL}, {"irr-conflict", "irr-conflict", SOME},
    {"irr-conflict", "rov-invalid", NONE}, {"irr-more-specific-only", "irr-registered", NOT_ALL},
    {"bad-by-irr", "irr-registered", NOT_ALL}, {"bad-by-irr", "imc22-a4", NOT_ALL},
    {"low-a4", "imc22-a4", NOT_ALL}, {"bogon-v4", "bogon-prefix-originated", SOME},
    {"bogon-v6", "bogon-prefix-originated", SOME}, {"bogon-rare", "bogon-prefix-originated", SOME},
    {"bogon-rare", "roa-coverage", ALL}, {"bogon-asn", "bogon-asn-originated", ALL},
    {"admin-bogon-prefix", "admin-bogon-originated", SOME}, {"admin-bogon-asn", "admin-bogon-originated", ALL},
    {"no-contact", "m8", NONE}, {"abuse-contact-only", "m8", NONE}, {"contact-stale", "m8", ALL},
    {"contact-stale", "contact-fresh", NONE}, {"contact-peeringdb-only", "contact-fresh", NONE},
    {"contact-peeringdb-only", "m8", ALL}, {"contact-registry-only", "contact-fresh", NONE},
    {"contact-registry-only", "m8", ALL}, {"spoof-1", "sav", SOME}, {"spoof-2", "sav", SOME},
    {"spoof-4", "sav", SOME}, {"spoof-sibling", "sav", SOME},
};

/* What is so of whoever is in good order. */
static const struct {
	const char *metric;
	enum sign sign;
} order[] = {
    {"rov-invalid", NONE}, {"roa-coverage", ALL}, {"maxlength-exposure", NONE}, {"irr-registered", ALL},
    {"irr-authoritative", ALL}, {"bogon-prefix-originated", NONE}, {"bogon-asn-originated", NONE},
    {"admin-bogon-originated", NONE}, {"imc22-a4", ALL}, {"contact-fresh", ALL}, {"m8", ALL}, {"sav", NONE},
};

#define N_OF(t) (sizeof(t) / sizeof((t)[0]))

/* A metric without a number shows nothing either way. */
static bool
shows(json_t *as, const char *metric, enum sign sign, bool needs_number)
{
	json_t *a = json_object_get(json_object_get(as, "expect"), metric);
	json_int_t num = json_integer_value(json_object_get(a, "num"));
	json_int_t den = json_integer_value(json_object_get(a, "den"));

	if (a == NULL)
		return false;
	if (strcmp(json_string_value(json_object_get(a, "state")), "OK") != 0)
		return !needs_number;
	switch (sign) {
	case SOME:
		return num > 0;
	case NOT_ALL:
		return num < den;
	case NONE:
		return num == 0;
	case ALL:
		break;
	}
	return num == den;
}

static bool
is_culprit(json_t *key, json_t *as)
{
	json_t *incident;
	size_t i;

	json_array_foreach(json_object_get(key, "incidents"), i, incident)
		if (json_equal(json_object_get(incident, "culprit"), json_object_get(as, "asn")))
			return true;
	return false;
}

static void
test_effects(json_t *key, const char *what)
{
	unsigned checked = 0, wrong = 0;
	size_t i, k;
	json_t *as;

	for (k = 0; k < N_OF(effects); k++) {
		unsigned before = checked;

		json_array_foreach(json_object_get(key, "ases"), i, as) {
			if (strcmp(json_string_value(json_object_get(as, "planted")), effects[k].planted) != 0)
				continue;
			checked++;
			if (shows(as, effects[k].metric, effects[k].sign, true))
				continue;
			wrong++;
			printf("# %s does not show in %s\n", effects[k].planted, effects[k].metric);
		}
		if (checked == before) {
			wrong++;
			printf("# %s is not planted\n", effects[k].planted);
		}
	}
	ok(wrong == 0, "%s: all %u effects of planted faults show", what, checked);
}

static void
test_order(json_t *key, const char *what)
{
	unsigned decoys = 0, clean = 0, wrong = 0;
	size_t i, k;
	json_t *as;

	json_array_foreach(json_object_get(key, "ases"), i, as) {
		const char *planted = json_string_value(json_object_get(as, "planted"));
		bool decoy = strncmp(planted, "decoy-", 6) == 0;

		if ((!decoy && strcmp(planted, "none") != 0) || is_culprit(key, as))
			continue;
		decoys += decoy;
		clean += !decoy;
		for (k = 0; k < N_OF(order); k++)
			if (!shows(as, order[k].metric, order[k].sign, false)) {
				wrong++;
				printf("# AS%lld (%s) shows in %s\n", json_integer_value(json_object_get(as, "asn")),
				    planted, order[k].metric);
			}
	}
	ok(wrong == 0 && decoys >= 14 && clean > 150, "%s: %u decoys and %u others show nothing", what, decoys, clean);
}

/* Somebody passes on each thing that can be passed on, and most do not. */
static void
test_passed_on(json_t *key, const char *what)
{
	static const char *const metric[] = {"customer-invalid", "customer-bad", "imc22-a1",
	    "bogon-prefix-propagated", "bogon-asn-propagated", "admin-bogon-propagated", "as-set-originated"};
	unsigned wrong = 0;
	size_t i, k;
	json_t *as;

	for (k = 0; k < N_OF(metric); k++) {
		unsigned some = 0, none = 0;

		json_array_foreach(json_object_get(key, "ases"), i, as) {
			some += shows(as, metric[k], SOME, true);
			none += shows(as, metric[k], NONE, true);
		}
		if (some == 0 || none <= some) {
			wrong++;
			printf("# %s: %u do, %u do not\n", metric[k], some, none);
		}
	}
	ok(wrong == 0, "%s: each fault is passed on by somebody, and not by most", what);
}

int
main(void)
{
	struct lab_params p;
	struct lab_sum sum;
	uint64_t seed;
	json_t *key;

	for (seed = 1; seed <= tap_rounds(20); seed++) {
		char dir[] = "/tmp/routemark-lab-XXXXXX", path[64], what[32];
		struct dirent *e;
		DIR *d;

		lab_params_init(&p, LAB_SMALL);
		p.seed = seed;
		p.update_messages = 0;
		if (mkdtemp(dir) == NULL || lab_write(dir, &p, &sum) != OK)
			abort();
		snprintf(path, sizeof(path), "%s/ANSWERS.json", dir);
		snprintf(what, sizeof(what), "seed %u", (unsigned)seed);
		key = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
		test_effects(key, what);
		test_order(key, what);
		test_passed_on(key, what);
		json_decref(key);
		for (d = opendir(dir); (e = readdir(d)) != NULL;)
			if (e->d_name[0] != '.')
				unlinkat(dirfd(d), e->d_name, 0);
		closedir(d);
		rmdir(dir);
	}
	return tap_done();
}
