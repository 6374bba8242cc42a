#include "seal/dispute.h"
#include "base/base64.h"
#include "base/json_w.h"
#include "base/limits.h"
#include "seal/dsse.h"
#include "seal/gist.h"

#include <assert.h>

static const char *const acts[DISPUTE_ACTS] = {"open", "answer", "accept", "reject"};
static const char *const states[DISPUTE_STATES] = {"open", "accepted", "expired", "rejected"};

const char *
dispute_act_name(enum dispute_act act)
{
	return acts[act];
}

const char *
dispute_state_name(enum dispute_state s)
{
	return states[s];
}

bool
dispute_control_good(struct span s)
{
	size_t i, slashes = 0;

	for (i = 0; i < s.len; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
		slashes += s.p[i] == '/';
	}
	return s.len <= SEAL_WORD_MAX && slashes == 1 && s.p[0] != '/' && s.p[s.len - 1] != '/';
}

bool
dispute_name_good(struct span s)
{
	return status_reason_good(s) && s.len <= SEAL_WORD_MAX;
}

static const char *
opening_fault(const struct dispute_line *l)
{
	if (l->dispute != NULL)
		return "dispute: an opening belongs to no other";
	if (l->asn == 0)
		return "asn: is missing, or 0";
	if (l->control == NULL || !dispute_control_good(span_of(l->control)))
		return "control: is not PACK/ID";
	if (l->pack_status == NULL || !dispute_name_good(span_of(l->pack_status)))
		return "pack_status: is missing, too long, or has a control character";
	if (l->record != NULL && !status_reason_good(span_of(l->record)))
		return "record: is empty, too long, or has a control character";
	if (l->report == NULL || !status_digest_good(l->report))
		return "report: is not 64 lower-case hexadecimal digits";
	return NULL;
}

const char *
dispute_label(const struct dispute_line *open)
{
	return gist_label(&(struct gist_pack){.status = open->pack_status});
}

static const char *
files_fault(const struct dispute_line *l)
{
	size_t i;

	if (l->n_files > DISPUTE_FILES_MAX)
		return "files: are more than a line can name (DISPUTE_FILES_MAX)";
	for (i = 0; i < l->n_files; i++)
		if (!dispute_name_good(span_of(l->files[i].name)) || !status_digest_good(l->files[i].sha256) ||
		    l->files[i].size > INT64_MAX)
			return "files: have a name, a digest or a size that is none";
	return NULL;
}

const char *
dispute_fault(const struct dispute_line *l)
{
	const char *why = l->act == DISPUTE_OPEN ? opening_fault(l) : NULL;

	if (why != NULL)
		return why;
	if (!status_time_good(l->at))
		return "at: is not a time in the form 2026-01-31T00:00:00Z";
	if ((l->act == DISPUTE_ACCEPT) != (l->until != NULL))
		return "until: an acceptance has an end, and nothing else has";
	if (l->until != NULL && (!status_time_good(l->until) || strcmp(l->until, l->at) <= 0))
		return "until: is not a time in the form 2026-01-31T00:00:00Z, or not after \"at\"";
	if (!status_reason_good(span_of(l->reason)))
		return "reason: is empty, too long, or has a control character";
	if (l->previous != NULL && !status_digest_good(l->previous))
		return "previous: is not 64 lower-case hexadecimal digits";
	if (l->act != DISPUTE_OPEN && (l->dispute == NULL || !status_digest_good(l->dispute)))
		return "dispute: is not 64 lower-case hexadecimal digits";
	if (l->act != DISPUTE_OPEN && (l->asn != 0 || l->control != NULL || l->pack_status != NULL || l->record != NULL || l->report != NULL))
		return "asn, control, pack_status, record, report: are an opening's alone";
	return files_fault(l);
}

static void
files_put(struct json_w *w, const struct dispute_line *l)
{
	size_t i;

	json_key(w, "files");
	json_arr(w);
	for (i = 0; i < l->n_files; i++) {
		json_obj(w);
		json_kstrz(w, "name", l->files[i].name);
		json_kstrz(w, "sha256", l->files[i].sha256);
		json_ku64(w, "size", l->files[i].size);
		json_obj_end(w);
	}
	json_arr_end(w);
}

void
dispute_put(struct str *out, const struct dispute_line *l, const struct key_pub *signer, const uint8_t *sig)
{
	struct str text = {0};
	struct json_w w;

	json_w_init(&w, out);
	json_obj(&w);
	json_kstrz(&w, "act", acts[l->act]);
	if (l->act == DISPUTE_OPEN)
		json_ku64(&w, "asn", l->asn);
	json_kstrz(&w, "at", l->at);
	if (l->act == DISPUTE_OPEN)
		json_kstrz(&w, "control", l->control);
	else
		json_kstrz(&w, "dispute", l->dispute);
	files_put(&w, l);
	json_kstrz(&w, "format", DISPUTE_FORMAT);
	if (l->act == DISPUTE_OPEN)
		json_kstrz(&w, "pack_status", l->pack_status);
	json_kopt(&w, "previous", l->previous);
	json_kstrz(&w, "reason", l->reason);
	if (l->act == DISPUTE_OPEN) {
		json_kopt(&w, "record", l->record);
		json_kstrz(&w, "report", l->report);
	}
	if (sig != NULL) {
		base64_add(&text, sig, ED25519_SIGNATURE);
		json_kstr(&w, "sig", str_span(&text));
	}
	str_clear(&text);
	key_vkey_write(&text, signer);
	json_kstr(&w, "signer", str_span(&text));
	if (l->act == DISPUTE_ACCEPT)
		json_kstrz(&w, "until", l->until);
	json_obj_end(&w);
	str_release(&text);
}

void
dispute_signed(struct str *out, const struct dispute_line *l, const struct key_pub *signer)
{
	struct str body = {0};

	dispute_put(&body, l, signer, NULL);
	dsse_pae(out, SPAN(DISPUTE_TYPE), str_span(&body));
	str_release(&body);
}

enum err
dispute_write(struct str *out, const struct dispute_line *l, const struct key *k)
{
	uint8_t sig[ED25519_SIGNATURE];
	struct str pae = {0};
	size_t from = out->len;

	assert(dispute_fault(l) == NULL && key_pub(k)->use == KEY_SIGNER);
	dispute_signed(&pae, l, key_pub(k));
	key_sign(k, str_span(&pae), sig);
	str_release(&pae);
	dispute_put(out, l, key_pub(k), sig);
	return out->len - from > DISPUTE_LINE_MAX ? ERR_LIMIT : OK;
}

/* --- what a reader makes of them --- */

size_t
ledger_find(const struct ledger *g, struct span id)
{
	size_t i, found = g->n;

	if (id.len < 8 || id.len > SHA256_HEX)
		return g->n;
	for (i = 0; i < g->n; i++)
		if (g->lines[i].act == DISPUTE_OPEN && memcmp(g->digests[i], id.p, id.len) == 0) {
			if (found < g->n)
				return g->n;
			found = i;
		}
	return found;
}

bool
dispute_role(const struct dispute_line *l, const struct verify_keys *known, enum verify_role *out)
{
	size_t i;

	for (i = 0; i < known->n; i++)
		if (key_pub_same(&known->pub[i], &l->signer)) {
			*out = known->role[i];
			return true;
		}
	return false;
}

void
dispute_stand(const struct ledger *g, size_t open, const struct verify_keys *known, struct utc at,
    struct dispute_standing *out)
{
	const struct dispute_line *l;
	enum verify_role role;
	struct utc until;
	size_t i;

	*out = (struct dispute_standing){.decides = g->n, .answer = g->n};
	for (i = open + 1; i < g->n; i++) {
		l = &g->lines[i];
		if (l->act == DISPUTE_OPEN || strcmp(l->dispute, g->digests[open]) != 0)
			continue;
		if (l->act == DISPUTE_ANSWER)
			out->answer = i;
		else if (dispute_role(l, known, &role) && role == VERIFY_ISSUER)
			out->decides = i;
		else
			out->strangers++;
	}
	if (out->decides == g->n)
		return;
	l = &g->lines[out->decides];
	out->state = l->act == DISPUTE_REJECT ? DISPUTE_REJECTED : DISPUTE_ACCEPTED;
	if (l->act == DISPUTE_ACCEPT && utc_known(at) && utc_parse(span_of(l->until), &until) == OK && at.s >= until.s)
		out->state = DISPUTE_EXPIRED;
}
