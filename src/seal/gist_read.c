/* gist_read: members in ascending order and none twice, as the canonical form has them. */
#include "base/limits.h"
#include "seal/gist_int.h"

#include <stdlib.h>

#define FORMAT "routemark-assessment/1"

/* --- inputs --- */

static bool
input_read(struct gist_reader *d, struct gist_input *in)
{
	char last[GIST_KEY] = "";
	bool has_complete = false;

	while (gist_member(d, "inputs[]", last)) {
		if (JSON_IS(&d->r, "complete")) {
			if (!gist_bool(d, "inputs[].complete", &in->complete))
				return false;
			has_complete = true;
		} else if (JSON_IS(&d->r, "kind")) {
			if (!gist_text(d, "inputs[].kind", &in->kind))
				return false;
		} else if (JSON_IS(&d->r, "sha256")) {
			if (!gist_hex(d, "inputs[].sha256", &in->sha256))
				return false;
		} else if (JSON_IS(&d->r, "time")) {
			if (!gist_text_or_null(d, "inputs[].time", &in->time) ||
			    (in->time != NULL && !gist_time(d, "inputs[].time", in->time)))
				return false;
		} else if (!gist_skip(d, "inputs[]")) {
			return false;
		}
	}
	if (d->why != NULL)
		return false;
	return (in->kind != NULL && in->sha256 != NULL && has_complete) ||
	    gist_refuse(d, "inputs[]", "lacks kind, sha256 or complete");
}

static bool
inputs_read(struct gist_reader *d)
{
	struct gist_input *list = NULL;
	size_t n = 0, cap = 0;
	bool good = gist_expect(d, JSON_ARR, "inputs", "is not an array");

	while (good && gist_element(d, "inputs")) {
		list = grow(list, &cap, n + 1, sizeof(*list));
		list[n] = (struct gist_input){0};
		good = input_read(d, &list[n++]);
		if (good && n > FILES_MAX)
			good = gist_refuse(d, "inputs", "are more than any report has (FILES_MAX)");
	}
	if (good && d->why == NULL && n > 0) {
		struct gist_input *kept = arena_array(d->a, n, sizeof(*kept));

		memcpy(kept, list, n * sizeof(*kept));
		d->g->inputs = kept;
		d->g->n_inputs = n;
	}
	free(list);
	return d->why == NULL;
}

/* --- packs --- */

static bool
control_read(struct gist_reader *d, struct gist_control *c)
{
	char last[GIST_KEY] = "";
	bool has_required = false;

	while (gist_member(d, "packs[].controls[]", last)) {
		if (JSON_IS(&d->r, "id")) {
			if (!gist_text(d, "packs[].controls[].id", &c->id))
				return false;
		} else if (JSON_IS(&d->r, "required")) {
			if (!gist_bool(d, "packs[].controls[].required", &c->required))
				return false;
			has_required = true;
		} else if (!gist_skip(d, "packs[].controls[]")) {
			return false;
		}
	}
	if (d->why != NULL)
		return false;
	return (c->id != NULL && has_required) || gist_refuse(d, "packs[].controls[]", "lacks id or required");
}

static bool
controls_read(struct gist_reader *d, struct gist_pack *p)
{
	struct gist_control *list = NULL, *kept;
	size_t n = 0, cap = 0;
	bool good = gist_expect(d, JSON_ARR, "packs[].controls", "is not an array");

	while (good && gist_element(d, "packs[].controls")) {
		list = grow(list, &cap, n + 1, sizeof(*list));
		list[n] = (struct gist_control){0};
		good = control_read(d, &list[n++]);
		if (good && n > PACK_CONTROLS_MAX)
			good = gist_refuse(d, "packs[].controls", "are more than any pack has (PACK_CONTROLS_MAX)");
	}
	if (good && d->why == NULL) {
		kept = arena_array(d->a, n + 1, sizeof(*kept));
		if (n > 0)
			memcpy(kept, list, n * sizeof(*kept));
		p->controls = kept;
		p->n = n;
	}
	free(list);
	return d->why == NULL;
}

static bool
pack_member(struct gist_reader *d, struct gist_pack *p)
{
	if (JSON_IS(&d->r, "catalog_sha256"))
		return gist_hex(d, "packs[].catalog_sha256", &p->catalog);
	if (JSON_IS(&d->r, "controls"))
		return controls_read(d, p);
	if (JSON_IS(&d->r, "id"))
		return gist_text(d, "packs[].id", &p->id);
	if (JSON_IS(&d->r, "profile_sha256"))
		return gist_hex_or_null(d, "packs[].profile_sha256", &p->profile);
	if (JSON_IS(&d->r, "status"))
		return gist_text(d, "packs[].status", &p->status);
	if (JSON_IS(&d->r, "version"))
		return gist_text(d, "packs[].version", &p->version);
	return gist_skip(d, "packs[]");
}

static bool
packs_read(struct gist_reader *d)
{
	struct gist *g = d->g;
	struct gist_pack *p;

	if (!gist_expect(d, JSON_ARR, "packs", "is not an array"))
		return false;
	g->packs = arena_array(d->a, SEAL_PACKS_MAX, sizeof(*g->packs));
	while (gist_element(d, "packs")) {
		char last[GIST_KEY] = "";

		if (g->n_packs == SEAL_PACKS_MAX)
			return gist_refuse(d, "packs", "are more than a seal can name (SEAL_PACKS_MAX)");
		p = &g->packs[g->n_packs++];
		while (gist_member(d, "packs[]", last))
			if (!pack_member(d, p))
				return false;
		if (d->why != NULL)
			return false;
		if (p->catalog == NULL || p->controls == NULL || p->id == NULL || p->status == NULL || p->version == NULL)
			return gist_refuse(d, "packs[]", "lacks catalog_sha256, controls, id, status or version");
	}
	return d->why == NULL;
}

/* --- results --- */

static const char *const verdicts[GIST_VERDICTS] = {"PASS", "WARN", "FAIL", "NO_DATA", "NOT_APPLICABLE"};

static bool
verdict_read(struct gist_reader *d, enum gist_verdict *out)
{
	unsigned i;

	if (!gist_expect(d, JSON_STR, "results[].packs[].controls[].verdict", "is not a string"))
		return false;
	for (i = 0; i < GIST_VERDICTS && !span_is(d->r.text, verdicts[i]); i++)
		;
	*out = (enum gist_verdict)i;
	return i < GIST_VERDICTS || gist_refuse(d, "results[].packs[].controls[].verdict", "is no verdict");
}

static bool
judged_read(struct gist_reader *d, struct gist_pack *p, size_t at)
{
	enum gist_verdict v = GIST_VERDICTS;
	struct gist *g = d->g;
	char last[GIST_KEY] = "";
	bool is_it = false;

	if (at >= p->n)
		return gist_refuse(d, "results[].packs[].controls", "are more than the pack has");
	while (gist_member(d, "results[].packs[].controls[]", last)) {
		if (JSON_IS(&d->r, "id")) {
			if (!gist_expect(d, JSON_STR, "results[].packs[].controls[].id", "is not a string"))
				return false;
			is_it = span_is(d->r.text, p->controls[at].id);
		} else if (JSON_IS(&d->r, "verdict")) {
			if (!verdict_read(d, &v))
				return false;
		} else if (!gist_skip(d, "results[].packs[].controls[]")) {
			return false;
		}
	}
	if (d->why != NULL)
		return false;
	if (!is_it || v == GIST_VERDICTS)
		return gist_refuse(d, "results[].packs[].controls[]", "is not the pack's control at this place, or has no verdict");
	if (!p->controls[at].required)
		return true;
	p->required[v]++;
	g->tests = grow(g->tests, &g->cap_tests, g->n_tests + 1, sizeof(*g->tests));
	g->tests[g->n_tests++] = (struct gist_test){d->asn, (uint32_t)(p - g->packs), (uint32_t)at, v};
	return true;
}

static bool
result_pack_read(struct gist_reader *d, size_t at)
{
	struct gist_pack *p = &d->g->packs[at];
	char last[GIST_KEY] = "";
	bool is_it = false;
	size_t n = 0;

	if (at >= d->g->n_packs)
		return gist_refuse(d, "results[].packs", "are more than the report names");
	while (gist_member(d, "results[].packs[]", last)) {
		if (JSON_IS(&d->r, "controls")) {
			if (!gist_expect(d, JSON_ARR, "results[].packs[].controls", "is not an array"))
				return false;
			while (gist_element(d, "results[].packs[].controls"))
				if (!judged_read(d, p, n++))
					return false;
		} else if (JSON_IS(&d->r, "id")) {
			if (!gist_expect(d, JSON_STR, "results[].packs[].id", "is not a string"))
				return false;
			is_it = span_is(d->r.text, p->id);
		} else if (!gist_skip(d, "results[].packs[]")) {
			return false;
		}
		if (d->why != NULL)
			return false;
	}
	if (d->why != NULL)
		return false;
	return (is_it && n == p->n) || gist_refuse(d, "results[].packs[]", "is not the pack at this place, or lacks controls");
}

static bool
asn_read(struct gist_reader *d, bool *has_asn, bool first, uint32_t before)
{
	if (!gist_expect(d, JSON_NUM, "results[].asn", "is not a number"))
		return false;
	if (span_u32(d->r.text, UINT32_MAX, &d->asn) != OK)
		return gist_refuse(d, "results[].asn", "is not an AS number");
	*has_asn = true;
	return first || d->asn > before || gist_refuse(d, "results[].asn", "does not ascend");
}

static bool
result_read(struct gist_reader *d, bool first)
{
	bool has_asn = false, has_packs = false;
	uint32_t before = d->asn;
	char last[GIST_KEY] = "";
	size_t n = 0;

	while (gist_member(d, "results[]", last)) {
		if (JSON_IS(&d->r, "asn")) {
			if (!asn_read(d, &has_asn, first, before))
				return false;
		} else if (JSON_IS(&d->r, "packs") && has_asn) {
			has_packs = true;
			if (!gist_expect(d, JSON_ARR, "results[].packs", "is not an array"))
				return false;
			while (gist_element(d, "results[].packs"))
				if (!result_pack_read(d, n++))
					return false;
		} else if (!gist_skip(d, "results[]")) {
			return false;
		}
		if (d->why != NULL)
			return false;
	}
	if (d->why != NULL)
		return false;
	return (has_asn && has_packs && n == d->g->n_packs) || gist_refuse(d, "results[]", "lacks asn or packs");
}

static bool
results_read(struct gist_reader *d)
{
	uint32_t *asns = NULL, *kept;
	size_t n = 0, cap = 0;
	bool good;

	if (d->g->n_packs == 0)
		return gist_refuse(d, "packs", "are missing, or there are none");
	good = gist_expect(d, JSON_ARR, "results", "is not an array");
	while (good && gist_element(d, "results")) {
		good = result_read(d, n == 0);
		asns = grow(asns, &cap, n + 1, sizeof(*asns));
		asns[n++] = d->asn;
	}
	if (good && d->why == NULL && n > 0) {
		kept = arena_array(d->a, n, sizeof(*kept));
		memcpy(kept, asns, n * sizeof(*kept));
		d->g->asns = kept;
		d->g->n_asns = n;
	}
	free(asns);
	return d->why == NULL && (n > 0 || gist_refuse(d, "results", "are of no AS"));
}

/* --- the whole --- */

static bool
head_member(struct gist_reader *d, bool *has_format)
{
	if (JSON_IS(&d->r, "at"))
		return gist_text(d, "at", &d->g->at) && gist_time(d, "at", d->g->at);
	if (JSON_IS(&d->r, "format")) {
		*has_format = true;
		return gist_expect(d, JSON_STR, "format", "is not a string") &&
		    (span_is(d->r.text, FORMAT) || gist_refuse(d, "format", "is not " FORMAT));
	}
	if (JSON_IS(&d->r, "inputs"))
		return inputs_read(d);
	if (JSON_IS(&d->r, "packs"))
		return packs_read(d);
	if (JSON_IS(&d->r, "results"))
		return results_read(d);
	return gist_skip(d, "report");
}

static bool
report_read(struct gist_reader *d)
{
	bool has_format = false;
	char last[GIST_KEY] = "";

	if (!gist_expect(d, JSON_OBJ, "report", "is not an object"))
		return false;
	while (gist_member(d, "report", last))
		if (!head_member(d, &has_format))
			return false;
	if (d->why != NULL || !gist_expect(d, JSON_DONE, "report", "has something behind it"))
		return false;
	if (!has_format)
		return gist_refuse(d, "format", "is missing: not a report of audit --json");
	if (d->g->at == NULL)
		return gist_refuse(d, "at", "is missing");
	if (d->g->n_inputs == 0)
		return gist_refuse(d, "inputs", "are missing: a report rests on something");
	return d->g->n_asns > 0 || gist_refuse(d, "results", "are missing: a summary, or an answer of explain");
}

enum err
gist_read(struct span report, struct arena *a, struct gist *out, const char **why)
{
	struct feed_mem mem = {(const uint8_t *)report.p, report.len, 0};
	struct gist g = {0};
	struct gist_reader d = {.a = a, .g = &g};
	struct feed f;
	bool good;

	feed_init_mem(&f, &mem);
	json_open(&d.r, &f);
	good = report_read(&d);
	json_close(&d.r);
	feed_release(&f);
	if (good) {
		*out = g;
		return OK;
	}
	gist_release(&g);
	*why = d.why;
	return ERR_SYNTAX;
}
