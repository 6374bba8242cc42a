/* parcel_head: what stands before the networks of an assessment. */
#include "archive/from_result.h"
#include "archive/import_int.h"
#include "archive/parcel_int.h"

/* --- parameters --- */

/* The reader of reports writes what it read as we would write it: that is the same text, or this is none of ours. */
const char *
parcel_flat(struct rd *r, struct arena *a, const char *field)
{
	const char *text = wire_word(r, field), *again = "";
	struct feed_mem m = {(const uint8_t *)text, strlen(text), 0};
	struct importer im = {.doc = {.a = a, .rule = "doc/formats/assessment.md"}};
	struct feed f;
	bool good;

	if (r->err != OK)
		return text;
	feed_init_mem(&f, &m);
	json_open(&im.doc.r, &f);
	good = im_flat(&im, field, &again) && json_next(&im.doc.r) == JSON_DONE;
	json_close(&im.doc.r);
	feed_release(&f);
	if (!good || strcmp(text, again) != 0)
		rd_fail(r, ERR_SYNTAX, field, 0);
	return text;
}

/* --- inputs --- */

void
parcel_inputs_write(struct str *out, const struct archive_input *in, size_t n)
{
	size_t i;

	wire_u32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		parcel_digest_write(out, in[i].sha256);
		wire_u64(out, in[i].size);
		wire_text(out, in[i].kind);
		wire_u64(out, (uint64_t)in[i].time.s);
		str_addc(out, in[i].time_from_name ? 1 : 0);
		str_addc(out, in[i].complete ? 1 : 0);
	}
}

#define INPUT_BYTES (SHA256_BYTES + 8 + 2 + 8 + 1 + 1)	/* at least */

const struct archive_input *
parcel_inputs_read(struct rd *r, struct arena *a, size_t *n)
{
	struct archive_input *in;
	size_t i;

	*n = wire_count(r, FILES_MAX, INPUT_BYTES, "inputs");
	in = arena_array(a, *n + 1, sizeof(*in));
	for (i = 0; i < *n && r->err == OK; i++) {
		parcel_digest_read(r, in[i].sha256, "input.sha256");
		in[i].size = wire_max(r, INT64_MAX, "input.size");
		in[i].kind = wire_word(r, "input.kind");
		in[i].time = wire_time(r, "input.time");
		in[i].time_from_name = wire_bool(r, "input.time_from_name");
		in[i].complete = wire_bool(r, "input.complete");
		if (i > 0 && memcmp(in[i - 1].sha256, in[i].sha256, SHA256_BYTES) >= 0)
			rd_fail(r, ERR_CONTRADICT, "input.sha256", 0);
	}
	return in;
}

/* --- packs --- */

static void
pack_write(struct str *out, const struct archive_pack *p)
{
	size_t i;

	wire_text(out, p->id);
	wire_text(out, p->version);
	wire_text(out, p->title);
	wire_text(out, p->status);
	parcel_digest_write(out, p->sha256);
	str_addc(out, p->has_profile ? 1 : 0);
	if (p->has_profile)
		parcel_digest_write(out, p->profile_sha256);
	wire_u32(out, (uint32_t)p->n);
	for (i = 0; i < p->n; i++) {
		wire_text(out, p->controls[i].id);
		wire_text(out, p->controls[i].title);
		str_addc(out, p->controls[i].required ? 1 : 0);
	}
}

#define CONTROL_BYTES (2 + 2 + 1)
#define PACK_BYTES (4 * 2 + SHA256_BYTES + 1 + 4)

static void
pack_take(struct rd *r, struct arena *a, struct archive_pack *p)
{
	struct archive_control *c;
	size_t i;

	p->id = wire_word(r, "pack.id");
	p->version = wire_word(r, "pack.version");
	p->title = wire_word(r, "pack.title");
	p->status = wire_word(r, "pack.status");
	parcel_digest_read(r, p->sha256, "pack.sha256");
	p->has_profile = wire_bool(r, "pack.has_profile");
	if (p->has_profile)
		parcel_digest_read(r, p->profile_sha256, "pack.profile_sha256");
	p->n = wire_count(r, PACK_CONTROLS_MAX, CONTROL_BYTES, "pack.controls");
	p->controls = c = arena_array(a, p->n + 1, sizeof(*c));
	for (i = 0; i < p->n && r->err == OK; i++) {
		c[i].id = wire_word(r, "control.id");
		c[i].title = wire_word(r, "control.title");
		c[i].required = wire_bool(r, "control.required");
	}
}

static void
packs_read(struct rd *r, struct arena *a, struct archive_head *h)
{
	struct archive_pack *p;
	size_t i;

	h->n_packs = wire_count(r, ARCHIVE_PACKS_MAX, PACK_BYTES, "packs");
	h->packs = p = arena_array(a, h->n_packs + 1, sizeof(*p));
	for (i = 0; i < h->n_packs && r->err == OK; i++)
		pack_take(r, a, &p[i]);
	if (r->err == OK && archive_packs_repeat(p, h->n_packs))
		rd_fail(r, ERR_CONTRADICT, "pack.id", 0);
}

/* --- the head --- */

void
parcel_head_write(struct str *out, const struct archive_head *h)
{
	size_t i;

	wire_u64(out, (uint64_t)h->at.s);
	wire_text(out, h->parameters);
	wire_u64(out, h->collectors);
	wire_u64(out, h->vantage_points);
	for (i = 0; i < FAMILY_N; i++) {
		wire_u64(out, h->family[i].full_feed);
		wire_u64(out, h->family[i].visibility);
		wire_u64(out, h->family[i].visible_routes);
	}
	wire_u32(out, (uint32_t)h->n_packs);
	for (i = 0; i < h->n_packs; i++)
		pack_write(out, &h->packs[i]);
	parcel_inputs_write(out, h->inputs, h->n_inputs);
}

void
parcel_head_read(struct rd *r, struct arena *a, struct archive_head *h)
{
	size_t i;

	h->at = wire_time(r, "at");
	if (r->err == OK && !utc_known(h->at))
		rd_fail(r, ERR_RANGE, "at", 8);
	h->parameters = parcel_flat(r, a, "parameters");
	h->collectors = wire_max(r, INT64_MAX, "evidence.collectors");
	h->vantage_points = wire_max(r, INT64_MAX, "evidence.vantage_points");
	for (i = 0; i < FAMILY_N; i++) {
		h->family[i].full_feed = wire_max(r, INT64_MAX, "evidence.full_feed");
		h->family[i].visibility = wire_max(r, INT64_MAX, "evidence.visibility");
		h->family[i].visible_routes = wire_max(r, INT64_MAX, "evidence.visible_routes");
	}
	packs_read(r, a, h);
	h->inputs = parcel_inputs_read(r, a, &h->n_inputs);
}
