#include "addr/path_line.h"
#include "addr/asn.h"

#include <string.h>

enum { SET = 1, SEQUENCE = 2 };

struct reader {
	struct span line;
	size_t i;
	uint32_t *w, n, head;	/* words; the segment's header */
	uint32_t n_ases;
	bool in_set, open;	/* in braces; a segment is begun */
	struct path_fault *fault;
};

static bool
fail(struct reader *r, size_t from, const char *rule)
{
	*r->fault = (struct path_fault){from + 1, {r->line.p + from, r->i - from}, rule};
	return false;
}

static void
segment_begin(struct reader *r, uint32_t type)
{
	r->head = r->n;
	r->w[r->n++] = type << 16;
	r->open = true;
}

static bool
asn(struct reader *r)
{
	size_t from = r->i;
	uint32_t v;

	while (r->i < r->line.len && memchr(" {},|\t", r->line.p[r->i], 6) == NULL)
		r->i++;
	if (asn_parse((struct span){r->line.p + from, r->i - from}, &v) != OK)
		return fail(r, from, "an ASN, as 64500, AS64500 or 1.10");
	if (v == 0)
		return fail(r, from, "an ASN other than 0 (RFC 7607)");
	if (v == UINT32_MAX)
		return fail(r, from, "an ASN below 4294967295 (RFC 7300)");
	if (r->n_ases == AS_PATH_HOPS_MAX)
		return fail(r, from, "the end: a path has at most 4096 ASNs (limit AS_PATH_HOPS_MAX)");
	if (!r->open)
		segment_begin(r, SEQUENCE);
	r->w[r->n++] = v;
	r->w[r->head]++;
	r->n_ases++;
	return true;
}

static bool
brace(struct reader *r)
{
	size_t from = r->i;

	if (r->line.p[r->i++] == '{') {
		if (r->in_set)
			return fail(r, from, "an ASN: a set has no set within it");
		segment_begin(r, SET);
		r->in_set = true;
		return true;
	}
	if (!r->in_set || r->w[r->head] == (uint32_t)SET << 16)
		return fail(r, from, r->in_set ? "an ASN: a set has members" : "an ASN: no set is open");
	r->in_set = r->open = false;
	return true;
}

static bool
prefix(struct reader *r, struct path_line *out)
{
	struct span text = span_trim((struct span){r->line.p + r->i, r->line.len - r->i});
	size_t from = text.len > 0 ? (size_t)(text.p - r->line.p) : r->i;
	bool host_bits = false;

	r->i = r->line.len;
	if (prefix_parse(text, &out->prefix, &host_bits) != OK)
		return fail(r, from, "a prefix with its length, as 192.0.2.0/24");
	if (host_bits)
		return fail(r, from, "a prefix with no bits set behind its length");
	out->has_prefix = true;
	return true;
}

static bool
next(struct reader *r, struct path_line *out, bool *end)
{
	char c = r->line.p[r->i];

	if (c == ' ' || (c == ',' && r->in_set)) {
		r->i++;
		return true;
	}
	if (c == '{' || c == '}')
		return brace(r);
	if (c != '|' && c != '\t')
		return asn(r);
	if (r->in_set)
		return fail(r, r->i, "\"}\": the set is not closed");
	r->i++;
	*end = true;
	return prefix(r, out);
}

bool
path_line_parse(struct span line, uint32_t words[static PATH_LINE_WORDS], struct path_line *out,
    struct path_fault *fault)
{
	struct reader r = {.line = line, .w = words, .fault = fault};
	struct path_line l = {0};
	bool end = false;

	while (r.i < line.len && !end)
		if (!next(&r, &l, &end))
			return false;
	if (r.in_set)
		return fail(&r, r.i, "\"}\": the set is not closed");
	if (r.n_ases == 0) {
		r.i = 0;
		return fail(&r, 0, "an ASN: the path is empty");
	}
	l.path = (struct aspath){words, r.n};
	l.n_ases = r.n_ases;
	*out = l;
	return true;
}
