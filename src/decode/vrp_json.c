/*
 * VRPs and ASPAs as JSON objects. What the writers differ in:
 * - rpki-client: "AS123" until 2021-05, then 123; ASPAs under "provider_authorizations" with
 *   a list per family from 2022-08 to 2023-06, then "aspas" with "customer_asid".
 * - Routinator: "AS123"; "aspas" with "customer"; in jsonext the trust anchor is a "tal" in
 *   a list "source".
 * - RIPE validator: the same lists inside "data".
 * - what feeds StayRTR and GoRTR: "counts" in the metadata.
 */
#include "addr/asn.h"
#include "base/json_r.h"
#include "decode/vrp_int.h"

#define CLAIM_NONE UINT64_MAX

struct doc {
	struct json_r r;
	struct vrp_dec *v;
	struct vrp_aspas aspas;
	bool roas;				/* there is a list of them */
	uint64_t vrps, unique, counts;		/* claims on the length of that list */
	uint64_t vaps, unique_vaps;
};

enum { HAVE_ASN = 1, HAVE_PREFIX = 2, HAVE_MAX = 4, HAVE_TA = 8 };

struct roa {
	struct vrp_entry e;
	unsigned have;
	enum err err;		/* why it is not used, with the field */
	const char *field;
};

static enum err
read_asn(struct json_r *r, uint32_t *asn)
{
	enum json_tok tok = json_next(r);

	if (tok == JSON_NUM)
		return span_u32(r->text, UINT32_MAX, asn);
	if (tok == JSON_STR)
		return asn_parse(r->text, asn);
	json_skip(r, tok);
	return ERR_SYNTAX;
}

static enum err
read_max(struct json_r *r, struct vrp_entry *e)
{
	enum json_tok tok = json_next(r);

	if (tok == JSON_NULL)
		return OK;
	if (tok != JSON_NUM && tok != JSON_STR) {
		json_skip(r, tok);
		return ERR_SYNTAX;
	}
	e->has_max = true;
	return span_u32(r->text, UINT32_MAX, &e->max_len);
}

static enum err
read_prefix(struct json_r *r, struct vrp_entry *e)
{
	enum json_tok tok = json_next(r);

	if (tok == JSON_STR)
		return prefix_parse(r->text, &e->vrp.prefix, &e->host_bits);
	json_skip(r, tok);
	return ERR_SYNTAX;
}

static enum err
read_ta(struct doc *doc, struct vrp_entry *e)
{
	enum json_tok tok = json_next(&doc->r);

	if (tok == JSON_STR)
		e->vrp.ta = vrp_keep_ta(doc->v, doc->r.text, e->record, e->offset);
	else
		json_skip(&doc->r, tok);
	return OK;
}

/* jsonext: "source" is a list of where the payload came from, each with its "tal". */
static void
read_source(struct doc *doc, struct vrp_entry *e)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);
	unsigned depth = r->depth;

	if (tok != JSON_ARR) {
		json_skip(r, tok);
		return;
	}
	while ((tok = json_next(r)) != JSON_ERROR && r->depth >= depth)
		if (tok == JSON_KEY && r->depth == depth + 1 && JSON_IS(r, "tal") &&
		    e->vrp.ta.len == 0)
			read_ta(doc, e);
}

/* Each member may stand once: of two values neither can be believed. */
static void
once(struct roa *roa, unsigned what, const char *field)
{
	if (roa->have & what && roa->err == OK) {
		roa->err = ERR_CONTRADICT;
		roa->field = field;
	}
	roa->have |= what;
}

static void
roa_member(struct doc *doc, struct roa *roa)
{
	struct json_r *r = &doc->r;
	const char *field;
	enum err e;

	if (JSON_IS(r, "asn")) {
		once(roa, HAVE_ASN, field = "vrp.asn");
		e = read_asn(r, &roa->e.vrp.asn);
	} else if (JSON_IS(r, "prefix")) {
		once(roa, HAVE_PREFIX, field = "vrp.prefix");
		e = read_prefix(r, &roa->e);
	} else if (JSON_IS(r, "maxLength")) {
		once(roa, HAVE_MAX, field = "vrp.maxLength");
		e = read_max(r, &roa->e);
	} else if (JSON_IS(r, "ta") || JSON_IS(r, "trustAnchor")) {
		once(roa, HAVE_TA, field = "vrp.ta");
		e = read_ta(doc, &roa->e);
	} else if (JSON_IS(r, "source")) {
		read_source(doc, &roa->e);
		return;
	} else {
		json_skip(r, json_next(r));
		return;
	}
	if (e != OK && roa->err == OK) {
		roa->err = e;
		roa->field = field;
	}
}

/* One entry of "roas"; its "{" was read. */
static bool
read_roa(struct doc *doc)
{
	struct vrp_dec *v = doc->v;
	struct roa roa = {.e = {.record = v->entries, .offset = doc->r.at, .vrp.ta = SPAN("")}};

	while (json_next(&doc->r) == JSON_KEY)
		roa_member(doc, &roa);
	if (doc->r.err != OK)
		return false;
	if (roa.err == OK && (roa.have & (HAVE_ASN | HAVE_PREFIX)) != (HAVE_ASN | HAVE_PREFIX)) {
		roa.err = ERR_SYNTAX;
		roa.field = roa.have & HAVE_ASN ? "vrp.prefix" : "vrp.asn";
	}
	if (roa.err == OK)
		return vrp_emit(v, &roa.e);
	diag_add(v->d, DIAG_SKIP_RECORD, roa.err, roa.e.record, roa.e.offset, roa.field, NULL);
	return true;
}

/* The "providers" of one ASPA, after the key. */
static enum err
read_providers(struct doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);
	enum err bad = tok == JSON_ARR ? OK : ERR_SYNTAX, e;
	uint32_t asn;

	if (bad != OK) {
		json_skip(r, tok);
		return bad;
	}
	while ((tok = json_next(r)) != JSON_ARR_END && tok != JSON_ERROR) {
		e = ERR_SYNTAX;
		if (tok == JSON_NUM)
			e = span_u32(r->text, UINT32_MAX, &asn);
		else if (tok == JSON_STR)
			e = asn_parse(r->text, &asn);
		else
			json_skip(r, tok);
		if (e == OK)
			vrp_aspa_add(&doc->aspas, asn);
		else
			bad = e;
	}
	return bad;
}

/* One ASPA; its "{" was read. */
static bool
read_aspa(struct doc *doc)
{
	struct json_r *r = &doc->r;
	struct vrp_aspas *a = &doc->aspas;
	uint64_t offset = r->at;
	enum err bad = OK, e;
	uint32_t customer = 0;
	bool has = false;

	while (json_next(r) == JSON_KEY) {
		e = OK;
		if (JSON_IS(r, "customer_asid") || JSON_IS(r, "customer")) {
			e = has ? ERR_CONTRADICT : OK;
			has = read_asn(r, &customer) == OK;
		} else if (JSON_IS(r, "providers") || JSON_IS(r, "provider_asids")) {
			e = read_providers(doc);
		} else {
			json_skip(r, json_next(r));
		}
		bad = bad == OK ? e : bad;
	}
	if (r->err != OK)
		return false;
	if (bad == OK)
		return vrp_aspa_end(doc->v, a, has, customer, offset);
	a->n = a->first;
	diag_add(doc->v->d, DIAG_SKIP_RECORD, bad, a->records, offset, "aspa", NULL);
	return true;
}

/* A list whose entries are objects; its "[" was read. */
static bool
read_list(struct doc *doc, uint64_t *n, const char *field, bool (*entry)(struct doc *))
{
	struct json_r *r = &doc->r;
	enum json_tok tok;

	while ((tok = json_next(r)) != JSON_ARR_END) {
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
	return true;
}

static bool
read_roas(struct doc *doc)
{
	enum json_tok tok = json_next(&doc->r);
	bool twice = doc->roas;

	doc->roas = true;
	if (tok == JSON_ARR && !twice)
		return read_list(doc, &doc->v->entries, "vrp", read_roa);
	if (tok != JSON_ERROR)
		diag_add(doc->v->d, DIAG_STOP_SOURCE, twice ? ERR_CONTRADICT : ERR_SYNTAX,
		    doc->v->entries, doc->r.at, "roas", NULL);
	return false;
}

/* A list, or an object with a list for each family. */
static bool
read_aspas(struct doc *doc)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);

	doc->aspas.present = true;
	if (tok == JSON_ARR)
		return read_list(doc, &doc->aspas.records, "aspa", read_aspa);
	if (tok == JSON_OBJ) {
		while ((tok = json_next(r)) == JSON_KEY) {
			tok = json_next(r);
			if (tok != JSON_ARR)
				break;
			if (!read_list(doc, &doc->aspas.records, "aspa", read_aspa))
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
claim(struct doc *doc, uint64_t *out)
{
	struct json_r *r = &doc->r;
	enum json_tok tok = json_next(r);

	if (tok == JSON_NUM && span_u64(r->text, CLAIM_NONE - 1, out) == OK)
		return;
	diag_add(doc->v->d, DIAG_SKIP_FIELD, ERR_SYNTAX, 0, r->at, "metadata.count", NULL);
	json_skip(r, tok);
}

static void
made_at(struct doc *doc)
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
read_metadata(struct doc *doc)
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

/* The members of the document, or of its "data". */
static bool
read_top(struct doc *doc, bool wrapped)
{
	struct json_r *r = &doc->r;
	enum json_tok tok;
	bool on = true;

	while (on && json_next(r) == JSON_KEY) {
		if (JSON_IS(r, "metadata")) {
			on = read_metadata(doc);
		} else if (JSON_IS(r, "roas")) {
			on = read_roas(doc);
		} else if (JSON_IS(r, "aspas") || JSON_IS(r, "provider_authorizations")) {
			on = read_aspas(doc);
		} else if (JSON_IS(r, "data") && !wrapped) {
			tok = json_next(r);
			on = tok == JSON_OBJ ? read_top(doc, true) : json_skip(r, tok);
		} else {
			on = json_skip(r, json_next(r));
		}
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
check_claims(struct doc *doc)
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
	struct doc doc = {.v = v, .vrps = CLAIM_NONE, .unique = CLAIM_NONE, .counts = CLAIM_NONE,
	    .vaps = CLAIM_NONE, .unique_vaps = CLAIM_NONE};
	struct json_r *r = &doc.r;
	enum json_tok tok;

	json_open(r, v->f);
	tok = json_next(r);
	if (tok != JSON_OBJ && tok != JSON_ERROR)
		diag_add(v->d, DIAG_STOP_SOURCE, ERR_SYNTAX, 0, r->at, "vrps", NULL);
	if (tok == JSON_OBJ && read_top(&doc, false) && json_next(r) == JSON_DONE) {
		check_claims(&doc);
		vrp_aspa_emit(v, &doc.aspas);
	}
	if (r->err != OK)
		json_report(r, v->d, v->entries, "vrps");
	vrp_aspa_release(&doc.aspas);
	json_close(r);
}
