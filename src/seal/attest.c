#include "seal/attest.h"
#include "base/json_w.h"
#include "seal/statement.h"

static const char *const kinds[ATTEST_KINDS] = {"answers", "policy", "test-log", "audit-signoff"};

const char *
attest_kind_name(enum attest_kind k)
{
	return kinds[k];
}

enum err
attest_kind_read(struct span s, enum attest_kind *out)
{
	int k;

	for (k = 0; k < ATTEST_KINDS; k++)
		if (span_is(s, kinds[k])) {
			*out = (enum attest_kind)k;
			return OK;
		}
	return ERR_UNKNOWN;
}

static void
subject_put(struct json_w *w, const char *name, const char *hex)
{
	json_obj(w);
	json_key(w, "digest");
	json_obj(w);
	json_kstrz(w, "sha256", hex);
	json_obj_end(w);
	json_kstrz(w, "name", name);
	json_obj_end(w);
}

void
attest_write(struct str *out, const struct attest *t)
{
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "_type", "https://in-toto.io/Statement/v1");
	json_key(&w, "predicate");
	json_obj(&w);
	json_kstrz(&w, "kind", kinds[t->kind]);
	json_obj_end(&w);
	json_kstrz(&w, "predicateType", ATTEST_TYPE);
	json_key(&w, "subject");
	json_arr(&w);
	subject_put(&w, STATEMENT_REPORT, t->report);
	subject_put(&w, kinds[t->kind], t->file);
	json_arr_end(&w);
	json_obj_end(&w);
}
