#include "addr/asn.h"
#include "decode/vrp_int.h"

enum { HAVE_ASN = 1, HAVE_PREFIX = 2, HAVE_MAX = 4, HAVE_TA = 8 };

struct roa {
	struct vrp_entry e;
	unsigned have;
	enum err err;		/* why it is not used, with the field */
	const char *field;
};

enum err
vrp_read_asn(struct json_r *r, uint32_t *asn)
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

	if (tok == JSON_LIT_NULL)
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
read_ta(struct vrp_doc *doc, struct vrp_entry *e)
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
read_source(struct vrp_doc *doc, struct vrp_entry *e)
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
roa_member(struct vrp_doc *doc, struct roa *roa)
{
	struct json_r *r = &doc->r;
	const char *field;
	enum err e;

	if (JSON_IS(r, "asn")) {
		once(roa, HAVE_ASN, field = "vrp.asn");
		e = vrp_read_asn(r, &roa->e.vrp.asn);
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
bool
vrp_read_roa(struct vrp_doc *doc)
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
