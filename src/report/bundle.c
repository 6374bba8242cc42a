/* bundle: the two documents as canonical JSON; keys ascend, which json_w asserts. */
#include "report/bundle.h"
#include "report/json.h"

#include <stdio.h>
#include <string.h>

const char *
bundle_pack_name(size_t i, bool profile, char buf[static BUNDLE_NAME])
{
	snprintf(buf, BUNDLE_NAME, "packs/%02zu.%s.json", (i + 1) % 100, profile ? "profile" : "catalog");
	return buf;
}

void
bundle_sum(struct str *out, const char *name, struct span bytes)
{
	uint8_t d[SHA256_BYTES];
	char hex[SHA256_HEX + 1];

	sha256_of(bytes.p, bytes.len, d);
	sha256_hex(d, hex);
	str_addf(out, "%s  %s\n", hex, name);
}

/* --- bundle.json --- */

static void
carried_json(struct json_w *w, const struct bundle_input *b)
{
	json_key(w, "carried");
	if (b->file == NULL) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_kstrz(w, "file", b->file);
	json_kdigest(w, "sha256", b->file_sha256);
	json_ku64(w, "size", b->file_size);
	json_kbool(w, "whole", b->whole);
	json_obj_end(w);
}

static void
evidence_json(struct json_w *w, uint32_t bits)
{
	int e;

	json_key(w, "evidence");
	json_arr(w);
	for (e = 0; e < EV_N; e++)
		if ((bits & EV_BIT(e)) != 0)
			json_strz(w, evidence_word((enum evidence)e));
	json_arr_end(w);
}

static void
input_json(struct json_w *w, const struct bundle_input *b)
{
	const struct input *in = &b->in;

	json_obj(w);
	carried_json(w, b);
	json_kbool(w, "complete", in->complete);
	json_key(w, "diags");
	json_diags(w, &in->diags);
	if (!in->complete) {
		json_kstrz(w, "error", in->detail != NULL ? in->detail : err_text(in->err));
		json_ku64(w, "error_offset", in->err_offset);
	}
	evidence_json(w, in->evidence);
	json_kstrz(w, "kind", kind_word(in->kind));
	json_kopt(w, "origin", b->origin);
	json_kstrz(w, "packing", in->packing != NULL ? in->packing : "plain");
	json_ku64(w, "plain_size", in->plain);
	json_ku64(w, "records", in->records);
	json_kdigest(w, "sha256", in->sha256);
	json_ku64(w, "size", in->size);
	json_ktime(w, "time", in->time);
	json_kbool(w, "time_from_name", in->time_from_name);
	json_ku64(w, "used", in->used);
	json_obj_end(w);
}

/* --- what the evidence does not show --- */

static const char *const vp_kinds[] = {[VP_TABLE] = "table", [VP_UPDATES] = "updates", [VP_ORIGINS] = "origins"};

static void
vp_json(struct json_w *w, const struct vp *v)
{
	static const char *const family[] = {"ipv4", "ipv6"};
	char buf[PREFIX_TEXT];
	int f;

	json_obj(w);
	json_kstrz(w, "address", addr_format(&v->addr, buf));
	json_ku64(w, "asn", v->asn);
	json_ku64(w, "collector", v->collector);
	for (f = 0; f < FAMILY_N; f++) {
		json_key(w, family[f]);
		json_obj(w);
		json_kbool(w, "full_feed", v->full_feed[f]);
		json_ku64(w, "prefixes", v->n_prefixes[f]);
		json_ku64(w, "weight", v->weight[f]);
		json_obj_end(w);
	}
	json_kstrz(w, "kind", vp_kinds[v->kind]);
	json_obj_end(w);
}

static void
minimal_json(struct json_w *w, const struct bundle *b)
{
	size_t i;

	json_key(w, "minimal");
	if (!b->minimal) {
		json_null(w);
		return;
	}
	json_obj(w);
	json_key(w, "not_shown");
	json_arr(w);
	for (i = 0; i < b->n_lacks; i++) {
		json_obj(w);
		json_ku64(w, "asn", b->lacks[i].asn);
		json_kstrz(w, "metric", b->lacks[i].metric);
		json_obj_end(w);
	}
	json_arr_end(w);
	json_key(w, "vantage_points");
	json_arr(w);
	for (i = 0; i < b->stated.n_vps; i++)
		vp_json(w, &b->stated.vps[i]);
	json_arr_end(w);
	json_ku64(w, "visible_ipv4", b->stated.n_visible[FAMILY_V4]);
	json_ku64(w, "visible_ipv6", b->stated.n_visible[FAMILY_V6]);
	json_obj_end(w);
}

static void
pack_json(struct json_w *w, const struct pack *p, size_t i)
{
	char hex[SHA256_HEX + 1], buf[BUNDLE_NAME];

	json_obj(w);
	json_kstrz(w, "catalog", bundle_pack_name(i, false, buf));
	json_kdigest(w, "catalog_sha256", p->sha256);
	json_kstrz(w, "id", p->id);
	json_kopt(w, "profile", p->has_profile ? bundle_pack_name(i, true, buf) : NULL);
	sha256_hex(p->profile_sha256, hex);
	json_kopt(w, "profile_sha256", p->has_profile ? hex : NULL);
	json_kstrz(w, "status", p->status);
	json_kstrz(w, "title", p->title);
	json_kstrz(w, "version", p->version);
	json_obj_end(w);
}

static void
ases_json(struct json_w *w, const uint32_t *asns, size_t n)
{
	size_t i;

	json_key(w, "ases");
	json_arr(w);
	for (i = 0; i < n; i++)
		json_u64(w, asns[i]);
	json_arr_end(w);
}

static void
inputs_json(struct json_w *w, const struct bundle *b)
{
	size_t i;

	json_key(w, "inputs");
	json_arr(w);
	for (i = 0; i < b->n_inputs; i++)
		input_json(w, &b->inputs[i]);
	json_arr_end(w);
}

void
bundle_write(struct str *out, const struct bundle *b, const struct assessment *head)
{
	struct json_w w;
	size_t i;

	json_w_init(&w, out);
	json_obj(&w);
	ases_json(&w, b->asns, b->n_asns);
	json_ktime(&w, "at", head->at);
	json_kstrz(&w, "format", BUNDLE_FORMAT);
	inputs_json(&w, b);
	minimal_json(&w, b);
	json_key(&w, "packs");
	json_arr(&w);
	for (i = 0; i < head->n_packs; i++)
		pack_json(&w, &head->packs[i], i);
	json_arr_end(&w);
	json_key(&w, "parameters");
	json_parameters(&w, head);
	json_key(&w, "program");
	json_obj(&w);
	json_kstrz(&w, "name", "routemark");
	json_kstrz(&w, "version", b->version);
	json_obj_end(&w);
	json_obj_end(&w);
	json_done(&w);
}
