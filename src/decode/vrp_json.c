/*
 * VRPs and ASPAs as JSON objects. What the writers differ in:
 * - rpki-client: "AS123" until 2021-05, then 123; ASPAs under "provider_authorizations" with
 *   a list per family from 2022-08 to 2023-06, then "aspas" with "customer_asid".
 * - Routinator: "AS123"; "aspas" with "customer"; in jsonext the trust anchor is a "tal" in
 *   a list "source".
 * - what feeds StayRTR and GoRTR: "counts" in the metadata.
 */
#include "decode/vrp_int.h"

#define CLAIM_NONE UINT64_MAX

/* All entries that can be read quickly. False when nothing more may be read. */
static bool
read_quickly(struct vrp_doc *doc)
{
	enum vrp_quick q = VRP_QUICK_TOOK;

	while (q == VRP_QUICK_TOOK)
		q = vrp_quick_roa(doc);
	return q == VRP_QUICK_NOT;
}

/* A list whose entries are objects; its "[" was read. */
static bool
read_list(struct vrp_doc *doc, uint64_t *n, const char *field, bool (*entry)(struct vrp_doc *))
{
	struct json_r *r = &doc->r;
	enum json_tok tok;

	for (;;) {
		if (entry == vrp_read_roa && !read_quickly(doc))
			return false;
		tok = json_next(r);
		if (tok == JSON_ARR_END)
			return true;
		if (tok == JSON_ERROR)
			return false;
		++*n;
		if (tok == JSON_OBJ) {
			if (!entry(doc))
				return false;
			continue;
		}
		diag_add(doc->v->d, DIAG_SKIP_RECORD, ERR_SYNTAX, *n, r->at, field, NULL);
		json_skip(r, tok);
	}
}

static bool
read_roas(struct vrp_doc *doc)
{
	enum json_tok tok = json_next(&doc->r);
	bool twice = doc->roas;

	doc->roas = true;
	if (tok == JSON_ARR && !twice)
		return read_list(doc, &doc->v->entries, "vrp", vrp_read_roa);
	if (tok != JSON_ERROR)
		diag_add(doc->v->d, DIAG_STOP_SOURCE, twice ? ERR_CONTRADICT : ERR_SYNTAX,
		    doc->v->entries, doc->r.at, "roas", NULL);
	return false;
}

/* A list, or an object with a list for each family. */
static bool
read_aspas(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);

	doc->aspas.present = true;
	if (tok == JSON_ARR)
		return read_list(doc, &doc->aspas.records, "aspa", vrp_read_aspa);
	if (tok == JSON_OBJ) {
		while ((tok = json_next(r)) == JSON_KEY) {
			tok = json_next(r);
			if (tok != JSON_ARR)
				break;
			if (!read_list(doc, &doc->aspas.records, "aspa", vrp_read_aspa))
				return false;
		}
		if (tok == JSON_OBJ_END)
			return true;
	}
	if (tok != JSON_ERROR)
		diag_add(doc->v->d, DIAG_STOP_SOURCE, ERR_SYNTAX, doc->aspas.records, r->at,
		    "aspas", NULL);
	return false;
}

static void
claim(struct vrp_doc *doc, uint64_t *out)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);

	if (tok == JSON_NUM && span_u64(r->text, CLAIM_NONE - 1, out) == OK)
		return;
	diag_add(doc->v->d, DIAG_SKIP_FIELD, ERR_SYNTAX, 0, r->at, "metadata.count", NULL);
	json_skip(r, tok);
}

static void
made_at(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);
	struct utc t = UTC_NONE;
	uint64_t unix_s;

	if (tok == JSON_STR && utc_parse(r->text, &t) == OK)
		doc->v->st->time = t;
	else if (tok == JSON_NUM && span_u64(r->text, UINT32_MAX, &unix_s) == OK)
		doc->v->st->time = (struct utc){(int64_t)unix_s};
	else
		diag_add(doc->v->d, DIAG_SKIP_FIELD, ERR_SYNTAX, 0, r->at, "metadata.time", NULL);
	json_skip(r, tok);
}

static bool
read_metadata(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);

	if (tok != JSON_OBJ)
		return json_skip(r, tok);
	while (json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "vrps"))
			claim(doc, &doc->vrps);
		else if (JSON_IS(r, "uniquevrps"))
			claim(doc, &doc->unique);
		else if (JSON_IS(r, "counts"))
			claim(doc, &doc->counts);
		else if (JSON_IS(r, "vaps"))
			claim(doc, &doc->vaps);
		else if (JSON_IS(r, "uniquevaps"))
			claim(doc, &doc->unique_vaps);
		else if (JSON_IS(r, "buildtime") || JSON_IS(r, "generated") ||
		    JSON_IS(r, "generatedTime"))
			made_at(doc);
		else
			json_skip(r, json_next(r));
	}
	return r->err == OK;
}

static bool
read_top(struct vrp_doc *doc)
{
	struct json_r *r = &doc->r;
	bool on = true;

	while (on && json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "metadata"))
			on = read_metadata(doc);
		else if (JSON_IS(r, "roas"))
			on = read_roas(doc);
		else if (JSON_IS(r, "aspas") || JSON_IS(r, "provider_authorizations"))
			on = read_aspas(doc);
		else
			on = json_skip(r, json_next(r));
	}
	return on && r->err == OK;
}

static bool
agrees(uint64_t n, uint64_t a, uint64_t b, uint64_t c)
{
	return (a == CLAIM_NONE && b == CLAIM_NONE && c == CLAIM_NONE) || n == a || n == b || n == c;
}

static uint64_t
first_claim(uint64_t a, uint64_t b, uint64_t c)
{
	if (a != CLAIM_NONE)
		return a;
	if (b != CLAIM_NONE)
		return b;
	return c != CLAIM_NONE ? c : 0;
}

/* The document is whole; does it hold what it says? */
static void
check_claims(struct vrp_doc *doc)
{
	struct vrp_dec *v = doc->v;
	uint64_t end = doc->r.at;

	v->st->claimed_vrps = first_claim(doc->unique, doc->vrps, doc->counts);
	v->st->claimed_aspas = first_claim(doc->unique_vaps, doc->vaps, CLAIM_NONE);
	if (!doc->roas && !doc->aspas.present)
		diag_add(v->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, end, "roas", NULL);
	if (doc->roas && !agrees(v->entries, doc->unique, doc->vrps, doc->counts))
		diag_add(v->d, DIAG_STOP_SOURCE, ERR_CONTRADICT, v->entries, end,
		    "metadata.vrps", NULL);
	/* rpki-client counts ASPAs that it then leaves out for having too many providers */
	if (doc->aspas.present &&
	    !agrees(doc->aspas.records, doc->unique_vaps, doc->vaps, CLAIM_NONE))
		diag_add(v->d, DIAG_NOTE, ERR_CONTRADICT, doc->aspas.records, end,
		    "metadata.vaps", NULL);
}

void
vrp_json(struct vrp_dec *v)
{
	struct vrp_doc doc = {.v = v, .vrps = CLAIM_NONE, .unique = CLAIM_NONE, .counts = CLAIM_NONE,
	    .vaps = CLAIM_NONE, .unique_vaps = CLAIM_NONE};
	struct json_r *r = &doc.r;
	enum json_tok tok;

	json_open(r, v->f);
	tok = json_next(r);
	if (tok != JSON_OBJ && tok != JSON_ERROR)
		diag_add(v->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, r->at, "vrps", NULL);
	if (tok == JSON_OBJ && read_top(&doc) && json_next(r) == JSON_DONE) {
		check_claims(&doc);
		vrp_aspa_emit(v, &doc.aspas);
	}
	if (r->err != OK)
		json_report(r, v->d, v->entries, "vrps");
	vrp_aspa_release(&doc.aspas);
	json_close(r);
}
