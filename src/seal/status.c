#include "seal/status.h"
#include "base/base64.h"
#include "base/json_w.h"
#include "base/limits.h"
#include "base/utc.h"
#include "base/utf8.h"
#include "seal/dsse.h"

#include <assert.h>

static const char *const names[STATUS_WORDS] = {"issued", "lapsed", "suspended", "restored", "disputed", "resolved"};

const char *
status_name(enum status_word w)
{
	return names[w];
}

enum err
status_word_read(struct span s, enum status_word *out)
{
	int w;

	for (w = 0; w < STATUS_WORDS; w++)
		if (span_is(s, names[w])) {
			*out = (enum status_word)w;
			return OK;
		}
	return ERR_UNKNOWN;
}

bool
status_reason_good(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i;

	for (i = 0; i < s.len; i += utf8_len(p + i, s.len - i))
		if (utf8_steers(p + i, s.len - i) > 0)
			return false;
	return s.len > 0 && s.len <= STATUS_REASON_MAX;
}

bool
status_time_good(const char *s)
{
	char again[UTC_TEXT];
	struct utc t;

	return utc_parse(span_of(s), &t) == OK && utc_known(t) && strcmp(utc_format(t, again), s) == 0;
}

bool
status_digest_good(const char *s)
{
	return strlen(s) == SHA256_HEX && strspn(s, "0123456789abcdef") == SHA256_HEX;
}

void
status_put(struct str *out, const struct status *s, const char *signer, const uint8_t *sig)
{
	struct str b = {0};
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "at", s->at);
	json_kstrz(&w, "format", STATUS_FORMAT);
	json_kopt(&w, "reason", s->reason);
	json_kstrz(&w, "sha256", s->sha256);
	if (sig != NULL) {
		base64_add(&b, sig, ED25519_SIGNATURE);
		json_kstr(&w, "sig", str_span(&b));
	}
	json_kstrz(&w, "signer", signer);
	json_kstrz(&w, "status", names[s->word]);
	json_obj_end(&w);
	str_release(&b);
}

static void
signed_put(struct str *out, const struct status *s, const char *signer)
{
	struct str body = {0};

	status_put(&body, s, signer, NULL);
	dsse_pae(out, SPAN(STATUS_TYPE), str_span(&body));
	str_release(&body);
}

void
status_write(struct str *out, const struct status *s, const struct key *k)
{
	uint8_t sig[ED25519_SIGNATURE];
	struct str pae = {0}, signer = {0};

	assert(status_time_good(s->at) && status_digest_good(s->sha256) && (s->reason == NULL || status_reason_good(span_of(s->reason))));
	str_addf(&signer, "%s+%08x", key_pub(k)->name, key_pub(k)->id);
	signed_put(&pae, s, signer.p);
	key_sign(k, str_span(&pae), sig);
	status_put(out, s, signer.p, sig);
	str_release(&pae);
	str_release(&signer);
}

size_t
status_by(const struct status *s, const struct key_pub *known, size_t n_known)
{
	struct str pae = {0}, signer = {0};
	size_t i;

	signed_put(&pae, s, s->signer);
	for (i = 0; i < n_known; i++) {
		str_clear(&signer);
		str_addf(&signer, "%s+%08x", known[i].name, known[i].id);
		if (known[i].use == KEY_SIGNER && span_is(str_span(&signer), s->signer) &&
		    key_verify(&known[i], str_span(&pae), s->sig))
			break;
	}
	str_release(&pae);
	str_release(&signer);
	return i;
}
