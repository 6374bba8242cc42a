#include "seal/statement.h"
#include "base/json_w.h"
#include "base/limits.h"

#include <assert.h>

static void
digest_put(struct json_w *w, const char *hex)
{
	json_key(w, "digest");
	json_obj(w);
	json_kstrz(w, "sha256", hex);
	json_obj_end(w);
}

static void
input_put(struct json_w *w, const struct gist_input *in)
{
	json_obj(w);
	json_key(w, "annotations");
	json_obj(w);
	json_kbool(w, "complete", in->complete);
	json_kopt(w, "time", in->time);
	json_obj_end(w);
	digest_put(w, in->sha256);
	json_key(w, "name");
	json_str(w, span_of(in->kind));
	json_obj_end(w);
}

static void
name_add(struct str *out, const struct gist_pack *p, const char *control)
{
	str_adds(out, p->id);
	if (control != NULL)
		str_addf(out, "/%s", control);
	else
		str_addf(out, " %s", p->version);
	str_adds(out, gist_label(p));
}

static void
part_put(struct json_w *w, const struct gist_pack *p, const char *part, const char *hex)
{
	struct str name = {0};

	name_add(&name, p, NULL);
	json_obj(w);
	json_key(w, "annotations");
	json_obj(w);
	json_kstrz(w, "part", part);
	json_kstrz(w, "status", p->status);
	json_obj_end(w);
	digest_put(w, hex);
	json_kstr(w, "name", str_span(&name));
	json_obj_end(w);
	str_release(&name);
}

static void
configuration_put(struct json_w *w, const struct gist *g)
{
	size_t i;

	json_key(w, "configuration");
	json_arr(w);
	for (i = 0; i < g->n_inputs; i++)
		input_put(w, &g->inputs[i]);
	for (i = 0; i < g->n_packs; i++) {
		part_put(w, &g->packs[i], "catalog", g->packs[i].catalog);
		if (g->packs[i].profile != NULL)
			part_put(w, &g->packs[i], "profile", g->packs[i].profile);
	}
	json_arr_end(w);
}

/* "AS64500 manrs-netops/M7RPKI" of each with that verdict; nothing when there are too many to name. */
static void
tests_put(struct json_w *w, const char *key, const struct gist *g, enum gist_verdict v)
{
	const struct gist_test *t;
	struct str name = {0};
	size_t i;

	if (g->n_tests > SEAL_TESTS_NAMED_MAX)
		return;
	json_key(w, key);
	json_arr(w);
	for (i = 0; i < g->n_tests; i++) {
		t = &g->tests[i];
		if (t->verdict != v)
			continue;
		str_clear(&name);
		str_addf(&name, "AS%u ", t->asn);
		name_add(&name, &g->packs[t->pack], g->packs[t->pack].controls[t->control].id);
		json_str(w, str_span(&name));
	}
	json_arr_end(w);
	str_release(&name);
}

static void
counts_put(struct json_w *w, const uint64_t n[static GIST_VERDICTS])
{
	json_key(w, "required");
	json_obj(w);
	json_ku64(w, "fail", n[GIST_FAIL]);
	json_ku64(w, "no_data", n[GIST_NO_DATA]);
	json_ku64(w, "not_applicable", n[GIST_NOT_APPLICABLE]);
	json_ku64(w, "pass", n[GIST_PASS]);
	json_ku64(w, "warn", n[GIST_WARN]);
	json_obj_end(w);
}

static void
assessment_put(struct json_w *w, const struct gist *g)
{
	struct str name = {0};
	size_t i;

	json_key(w, "urn:routemark:assessment");
	json_obj(w);
	json_ku64(w, "ases", g->n_asns);
	json_kstrz(w, "at", g->at);
	tests_put(w, "noDataTests", g, GIST_NO_DATA);
	tests_put(w, "notApplicableTests", g, GIST_NOT_APPLICABLE);
	json_key(w, "packs");
	json_arr(w);
	for (i = 0; i < g->n_packs; i++) {
		str_clear(&name);
		name_add(&name, &g->packs[i], NULL);
		json_obj(w);
		json_kstrz(w, "id", g->packs[i].id);
		json_kstr(w, "name", str_span(&name));
		counts_put(w, g->packs[i].required);
		json_kstrz(w, "result", gist_result(g->packs[i].required));
		json_kstrz(w, "status", g->packs[i].status);
		json_kstrz(w, "version", g->packs[i].version);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_obj_end(w);
	str_release(&name);
}

static void
predicate_put(struct json_w *w, const struct gist *g)
{
	uint64_t all[GIST_VERDICTS] = {0};
	size_t i, v;

	for (i = 0; i < g->n_packs; i++)
		for (v = 0; v < GIST_VERDICTS; v++)
			all[v] += g->packs[i].required[v];
	json_key(w, "predicate");
	json_obj(w);
	configuration_put(w, g);
	tests_put(w, "failedTests", g, GIST_FAIL);
	tests_put(w, "passedTests", g, GIST_PASS);
	json_kstrz(w, "result", gist_result(all));
	assessment_put(w, g);
	tests_put(w, "warnedTests", g, GIST_WARN);
	json_obj_end(w);
}

static void
subject_put(struct json_w *w, const char *name, const char *hex)
{
	json_obj(w);
	digest_put(w, hex);
	json_kstrz(w, "name", name);
	json_obj_end(w);
}

void
statement_write(struct str *out, const struct gist *g, struct span report, const struct subject *subjects, size_t n)
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	struct json_w w;
	size_t i;

	sha256_of(report.p, report.len, d);
	sha256_hex(d, hex);
	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "_type", "https://in-toto.io/Statement/v1");
	predicate_put(&w, g);
	json_kstrz(&w, "predicateType", "https://in-toto.io/attestation/test-result/v0.1");
	json_key(&w, "subject");
	json_arr(&w);
	subject_put(&w, STATEMENT_REPORT, hex);
	for (i = 0; i < n; i++) {
		assert(i == 0 || strcmp(subjects[i - 1].name, subjects[i].name) < 0);
		subject_put(&w, subjects[i].name, subjects[i].sha256);
	}
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}
