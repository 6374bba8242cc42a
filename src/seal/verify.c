#include "seal/verify.h"
#include "seal/minisign.h"

#include <stdlib.h>

bool
verify_keys_good(const struct verify_keys *k)
{
	size_t i, j;

	for (i = 0; i < k->n; i++)
		for (j = 0; j < i; j++)
			if (k->role[i] != k->role[j] && memcmp(k->pub[i].pk, k->pub[j].pk, ED25519_PUBLIC) == 0)
				return false;
	return true;
}

/* What contradicts itself, or is signed wrongly, is false; what is not understood, unsigned or unreadable is open. */
void
verify_fail(struct verify_found *f, enum err e, const char *why)
{
	f->answer = e == ERR_CONTRADICT || e == ERR_SIGNATURE ? VERIFY_NO : VERIFY_UNKNOWN;
	f->why = why != NULL ? why : err_text(e);
	f->by = NULL;
}

static void
by_key(struct verify_found *f, const struct verify_keys *k, size_t i)
{
	*f = (struct verify_found){.answer = VERIFY_YES, .by = &k->pub[i], .role = k->role[i]};
}

static void
envelope(const struct verify_ask *ask, struct span bytes, struct arena *a, struct verify_found *f)
{
	const char *why = NULL;
	struct statement st;
	size_t by = 0;
	enum err e = sealed_verify(bytes, ask->report, ask->keys.pub, ask->keys.n, a, &st, &by, &why);

	if (e != OK) {
		verify_fail(f, e, why);
		return;
	}
	by_key(f, &ask->keys, by);
	if (st.n > 0)
		f->what = arena_printf(a, "it names %zu OSCAL documents too, which were not looked at here", st.n);
	gist_release(&st.gist);
}

/* Under each key in turn; of several complaints the one that says most: a no, else not the first line's, which is
 * what every other key says. */
static void
signature(const struct verify_ask *ask, struct arena *a, struct verify_found *f)
{
	struct span comment = {0};
	const char *why = NULL;
	bool first = true;
	enum err e;
	size_t i;

	verify_fail(f, ERR_UNKNOWN, "no key is known here");
	for (i = 0; i < ask->keys.n; i++) {
		if (ask->keys.pub[i].use != KEY_SIGNER)
			continue;
		e = minisign_verify(ask->signature, ask->report, &ask->keys.pub[i], &comment, &why);
		if (e == OK) {
			by_key(f, &ask->keys, i);
			f->what = arena_strdup(a, comment);
			return;
		}
		if (first || e == ERR_SIGNATURE || (f->answer != VERIFY_NO && e == ERR_UNKNOWN))
			verify_fail(f, e, why);
		first = false;
	}
}

/* Whoever signs, the comment is a function of the report: another one is no comment on this report. */
static void
comment_compare(struct verify *v)
{
	struct str want = {0};

	gist_comment(&want, &v->gist);
	if (!span_is(str_span(&want), v->signature.what))
		verify_fail(&v->signature, ERR_CONTRADICT, "its trusted comment is not the one on this report");
	str_release(&want);
}

static void
worse(enum verify_answer *all, enum verify_answer one)
{
	if (one == VERIFY_NO || (one == VERIFY_UNKNOWN && *all == VERIFY_YES))
		*all = one;
}

static void
conclude(const struct verify_ask *ask, struct verify *v)
{
	bool signed_by = false;
	size_t i;

	worse(&v->answer, v->report.answer);
	for (i = 0; i < ask->n_envelopes; i++) {
		worse(&v->answer, v->envelopes[i].answer);
		signed_by = signed_by || v->envelopes[i].answer == VERIFY_YES;
	}
	for (i = 0; i < ask->n_evidence; i++)
		worse(&v->answer, v->evidence[i].answer);
	if (ask->signature.p != NULL) {
		worse(&v->answer, v->signature.answer);
		signed_by = signed_by || v->signature.answer == VERIFY_YES;
	}
	if (ask->mark.p != NULL)
		worse(&v->answer, v->mark.answer);
	if (v->proof.given)
		worse(&v->answer, v->proof.found.answer);
	if (v->log.given)
		worse(&v->answer, v->log.found.answer);
	worse(&v->answer, v->standing);
	if (ask->replayed)
		worse(&v->answer, ask->replay);
	if (!signed_by)
		worse(&v->answer, VERIFY_UNKNOWN);
}

void
verify_run(const struct verify_ask *ask, struct arena *a, struct verify *out)
{
	uint8_t digest[SHA256_BYTES];
	const char *why = NULL;
	size_t i;
	enum err e;

	*out = (struct verify){.answer = VERIFY_YES};
	sha256_of(ask->report.p, ask->report.len, digest);
	sha256_hex(digest, out->sha256);
	out->envelopes = arena_array(a, ask->n_envelopes + 1, sizeof(*out->envelopes));
	out->evidence = arena_array(a, ask->n_evidence + 1, sizeof(*out->evidence));
	e = gist_read(ask->report, a, &out->gist, &why);
	if (e != OK) {
		out->gist = (struct gist){.at = NULL};
		verify_fail(&out->report, e, why);
	}
	for (i = 0; i < ask->n_envelopes; i++)
		envelope(ask, ask->envelopes[i], a, &out->envelopes[i]);
	if (ask->signature.p != NULL) {
		signature(ask, a, &out->signature);
		if (e == OK && out->signature.answer == VERIFY_YES)
			comment_compare(out);
	}
	verify_mark(ask, a, out);
	verify_evidence(ask, a, out);
	verify_logs(ask, a, out);
	verify_levels(ask, a, out);
	conclude(ask, out);
}

void
verify_release(struct verify *v)
{
	gist_release(&v->gist);
	free(v->proof.words);
	free(v->log.words);
}
