/* verify_level: what the network has signed of the evidence, and which level of assurance a report reaches. */
#include "base/limits.h"
#include "seal/attest.h"
#include "seal/verify.h"

#include <jansson.h>

const char *
verify_level_name(enum verify_level l)
{
	static const char *const names[VERIFY_LEVELS] = {"L0 declared", "L1 measured", "L2 signed evidence", "L3 audited"};

	return names[l];
}

/* The first input of the report that is a subject of an in-toto Statement; NULL: none. */
static const struct gist_input *
input_named(struct span body, const struct gist *g)
{
	json_t *root = json_loadb(body.p, body.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *list = json_object_get(root, "subject");
	const struct gist_input *found = NULL;
	const char *hex;
	size_t i, k;

	for (i = 0; i < json_array_size(list) && found == NULL; i++) {
		hex = json_string_value(json_object_get(json_object_get(json_array_get(list, i), "digest"), "sha256"));
		for (k = 0; hex != NULL && k < g->n_inputs && found == NULL; k++)
			if (strcmp(hex, g->inputs[k].sha256) == 0)
				found = &g->inputs[k];
	}
	json_decref(root);
	return found;
}

/* A file attached to this report: by the network, and its sign-off by an auditor. Only in the form that attest and dsse
 * write, so that no bit of it is free. */
static void
attached(const struct verify_ask *ask, struct span bytes, const struct dsse *d, struct arena *a, const struct verify *v,
    struct verify_found *f)
{
	enum verify_role want;
	const char *why = NULL;
	struct attest t;
	enum err e = attest_read(d->body, &t, &why);
	size_t i;

	if (e == OK && strcmp(t.report, v->sha256) != 0) {
		e = ERR_CONTRADICT;
		why = "is attached to another report";
	}
	if (e != OK) {
		verify_fail(f, e, why);
		return;
	}
	want = t.kind == ATTEST_SIGNOFF ? VERIFY_AUDITOR : VERIFY_NETWORK;
	for (i = 0; i < ask->keys.n && !(ask->keys.role[i] == want && dsse_exact(bytes, d, &ask->keys.pub[i], 1)); i++)
		;
	if (i == ask->keys.n)
		verify_fail(f, ERR_UNKNOWN, want == VERIFY_AUDITOR ? "a sign-off is not signed by a key that was given as an auditor's, or was "
		    "changed" : "is not signed by a key that was given as the network's, or was changed");
	else
		*f = (struct verify_found){.by = &ask->keys.pub[i], .role = want, .attached = true,
		    .what = arena_printf(a, "%s, sha256 %s", attest_kind_name(t.kind), t.file)};
}

static bool
is_attachment(const struct dsse *d)
{
	const char *why;
	struct attest t;

	return span_is(d->type, STATEMENT_TYPE) && attest_read(d->body, &t, &why) != ERR_UNKNOWN;
}

/* Signed by a key of the network, in whatever form DSSE has; and on something that this report was made of. */
static void
evidence(const struct verify_ask *ask, struct span bytes, struct arena *a, const struct verify *v, struct verify_found *f)
{
	bool *by = arena_array(a, ask->keys.n + 1, sizeof(*by));
	const struct gist_input *in;
	const char *why = NULL;
	struct dsse d;
	enum err e = dsse_read(bytes, a, &d, &why);
	size_t i;

	if (e != OK || dsse_verify(&d, ask->keys.pub, ask->keys.n, by) != OK) {
		verify_fail(f, e != OK ? e : ERR_UNKNOWN, e != OK ? why : "is not signed by a key that is known here");
		return;
	}
	if (is_attachment(&d)) {
		attached(ask, bytes, &d, a, v, f);
		return;
	}
	for (i = 0; i < ask->keys.n && !(by[i] && ask->keys.role[i] == VERIFY_NETWORK); i++)
		;
	in = span_is(d.type, STATEMENT_TYPE) ? input_named(d.body, &v->gist) : NULL;
	if (i == ask->keys.n)
		verify_fail(f, ERR_UNKNOWN, "is not signed by a key that was given as the network's");
	else if (in == NULL)
		verify_fail(f, ERR_CONTRADICT, "is signed, but no subject of it is an input of this report");
	else
		*f = (struct verify_found){.by = &ask->keys.pub[i], .role = VERIFY_NETWORK,
		    .what = arena_printf(a, "%s, sha256 %s", in->kind, in->sha256)};
}

void
verify_evidence(const struct verify_ask *ask, struct arena *a, struct verify *v)
{
	size_t i;

	for (i = 0; i < ask->n_evidence; i++)
		evidence(ask, ask->evidence[i], a, v, &v->evidence[i]);
}

static size_t
count(const struct verify_found *f, size_t n, enum verify_role role)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		k += f[i].answer == VERIFY_YES && f[i].role == role;
	return k;
}

static void
measured(const struct verify_ask *ask, struct arena *a, struct verify *v)
{
	bool is_signed = ask->signature.p != NULL && v->signature.answer == VERIFY_YES;
	size_t i, whole = 0;
	bool *reached = &v->reached[LEVEL_MEASURED];
	const char **reason = &v->reason[LEVEL_MEASURED];

	for (i = 0; i < ask->n_envelopes; i++)
		is_signed = is_signed || v->envelopes[i].answer == VERIFY_YES;
	for (i = 0; i < v->gist.n_inputs; i++)
		whole += v->gist.inputs[i].complete;
	if (v->gist.n_inputs == 0)
		*reason = "the report names no input that anything could have been measured from";
	else if (ask->replayed && ask->replay == VERIFY_YES) {
		*reached = true;
		*reason = arena_printf(a, "it was computed again here from its %zu inputs, %zu of them complete, each named by digest, and is "
		    "the same", v->gist.n_inputs, whole);
	} else if (ask->replayed && ask->replay == VERIFY_NO)
		*reason = "it was computed again here, and is another";
	else if (!is_signed)
		*reason = "nobody who is known here has signed that it was measured, and it was not computed again here (--replay)";
	else {
		*reached = true;
		*reason = arena_printf(a, "a known key vouches for what was measured from %zu inputs, %zu of them complete, each named "
		    "by digest: who has them can compute it again (--replay)", v->gist.n_inputs, whole);
	}
}

/* Each level for itself: which of them stand on each other is for level. */
void
verify_levels(const struct verify_ask *ask, struct arena *a, struct verify *v)
{
	size_t n = count(v->evidence, ask->n_evidence, VERIFY_NETWORK);
	size_t auditors = count(v->envelopes, ask->n_envelopes, VERIFY_AUDITOR) + count(v->evidence, ask->n_evidence, VERIFY_AUDITOR);
	int l;

	v->reached[LEVEL_DECLARED] = v->report.answer == VERIFY_YES;
	v->reason[LEVEL_DECLARED] = v->report.answer == VERIFY_YES ? "it is a report, whoever made it" : "it is no report";
	measured(ask, a, v);
	v->reached[LEVEL_EVIDENCE] = n > 0;
	v->reason[LEVEL_EVIDENCE] = n > 0 ? arena_printf(a, "of the inputs that the report was computed from and the files attached to "
	    "it, %zu %s signed by a key that was given as the network's", n, n == 1 ? "is" : "are") : ask->n_evidence == 0 ?
	    "no evidence that the network has signed was given" : "none of the evidence that was given verifies";
	v->reached[LEVEL_AUDITED] = auditors > 0;
	v->reason[LEVEL_AUDITED] = auditors > 0 ? "a key that was given as an auditor's has sealed this report, or signed it off" :
	    "no auditor's seal on this report was given, and no sign-off";
	for (l = 0; l + 1 < VERIFY_LEVELS && v->reached[l + 1] && v->reached[l]; l++)
		v->level = (enum verify_level)(l + 1);
}
