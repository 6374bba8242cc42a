#include "seal/dsse.h"
#include "base/base64.h"
#include "base/json_w.h"

#include <stdio.h>
#include <stdlib.h>

void
dsse_pae(struct str *out, struct span type, struct span body)
{
	str_adds(out, "DSSEv1 ");
	str_addu(out, type.len);
	str_addc(out, ' ');
	str_add(out, type);
	str_addc(out, ' ');
	str_addu(out, body.len);
	str_addc(out, ' ');
	str_add(out, body);
}

static void
base64_string(struct json_w *w, struct span bytes)
{
	size_t at = json_str_begin(w);

	base64_add(w->out, bytes.p, bytes.len);
	json_str_end(w, at);
}

static void
envelope(struct str *out, const struct key_pub *k, struct span type, struct span body,
    const uint8_t sig[static ED25519_SIGNATURE])
{
	char id[KEY_NAME_MAX + 16];
	struct json_w w;

	snprintf(id, sizeof(id), "%s+%08x", k->name, k->id);
	json_w_init(&w, out);
	json_obj(&w);
	json_key(&w, "payload");
	base64_string(&w, body);
	json_kstr(&w, "payloadType", type);
	json_key(&w, "signatures");
	json_arr(&w);
	json_obj(&w);
	json_kstrz(&w, "keyid", id);
	json_key(&w, "sig");
	base64_string(&w, (struct span){(const char *)sig, ED25519_SIGNATURE});
	json_obj_end(&w);
	json_arr_end(&w);
	json_obj_end(&w);
	json_done(&w);
}

void
dsse_write(struct str *out, const struct key *k, struct span type, struct span body)
{
	uint8_t sig[ED25519_SIGNATURE];
	struct str pae = {0};

	dsse_pae(&pae, type, body);
	key_sign(k, str_span(&pae), sig);
	str_release(&pae);
	envelope(out, key_pub(k), type, body, sig);
}

enum err
dsse_verify(const struct dsse *d, const struct key_pub *known, size_t n_known, bool *signed_by)
{
	enum err e = ERR_UNKNOWN;
	struct str pae = {0};
	size_t i, k;
	bool *flags = xcalloc(n_known + 1, sizeof(*flags));

	dsse_pae(&pae, d->type, d->body);
	for (k = 0; k < n_known; k++)
		for (i = 0; i < d->n && !flags[k]; i++)
			if (known[k].use == KEY_SIGNER && d->sigs[i].fits &&
			    key_verify(&known[k], str_span(&pae), d->sigs[i].bytes)) {
				flags[k] = true;
				e = OK;
			}
	if (e == OK)
		memcpy(signed_by, flags, n_known * sizeof(*flags));
	str_release(&pae);
	free(flags);
	return e;
}

bool
dsse_exact(struct span bytes, const struct dsse *d, const struct key_pub *known, size_t n_known)
{
	bool same = false;
	size_t k;

	for (k = 0; k < n_known && d->n == 1 && d->sigs[0].fits && !same; k++) {
		struct str again = {0}, pae = {0};

		dsse_pae(&pae, d->type, d->body);
		envelope(&again, &known[k], d->type, d->body, d->sigs[0].bytes);
		same = known[k].use == KEY_SIGNER && span_eq(str_span(&again), bytes) &&
		    key_verify(&known[k], str_span(&pae), d->sigs[0].bytes);
		str_release(&again);
		str_release(&pae);
	}
	return same;
}
