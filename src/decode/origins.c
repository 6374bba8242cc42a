#include "decode/origins.h"

#include "addr/aspath.h"
#include "base/arena.h"
#include "decode/csv.h"
#include "decode/lines.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define RULE_PFX2AS "CAIDA RouteViews prefix-to-AS: prefix TAB length TAB origins"
#define RULE_RIS "RIS whois dump: origin TAB prefix TAB peers"

struct group {			/* one origin of a line: an AS, or a set of them */
	size_t from, n;		/* in asn[] */
	bool set;
};

struct origins {
	struct lines l;
	const char *field;	/* what is wrong with the line at hand */
	struct prefix prefix;
	uint32_t n_peers;
	uint32_t *asn;		/* owned, as group is; both are of the line at hand */
	struct group *group;
	size_t n_asn, cap_asn, n_group, cap_group;
};

/* One origin: ASNs between commas. */
static enum err
take_group(struct origins *o, struct span s, bool set)
{
	struct group g = {o->n_asn, 0, set};
	struct span piece;
	uint32_t asn;

	while (span_cut(&s, ',', &piece)) {
		/* the last ASN is reserved (RFC 7300) and stands for "no origin" here */
		TRY(span_u32(piece, UINT32_MAX - 1, &asn));
		o->asn = grow(o->asn, &o->cap_asn, o->n_asn + 1, sizeof(*o->asn));
		o->asn[o->n_asn++] = asn;
		g.n++;
	}
	g.set = g.set || g.n > 1;
	o->group = grow(o->group, &o->cap_group, o->n_group + 1, sizeof(*o->group));
	o->group[o->n_group++] = g;
	return OK;
}

static enum err
read_pfx2as(struct origins *o, struct span s)
{
	struct span f[3], piece;
	struct addr a;
	uint32_t len;

	o->field = "pfx2as.line";
	if (csv_plain(s, '\t', f, 3) != 3)
		return ERR_SYNTAX;
	o->field = "pfx2as.prefix";
	TRY(addr_parse(f[0], &a));
	o->field = "pfx2as.length";
	TRY(span_u32(f[1], family_bits(a.family), &len));
	o->prefix = (struct prefix){.family = a.family, .len = (uint8_t)len};
	memcpy(o->prefix.addr, a.b, sizeof(a.b));
	o->field = "pfx2as.prefix";
	if (prefix_mask(&o->prefix))
		return ERR_RANGE;
	o->field = "pfx2as.origin";
	while (span_cut(&f[2], '_', &piece))
		TRY(take_group(o, piece, false));
	return OK;
}

static enum err
read_riswhois(struct origins *o, struct span s)
{
	struct span f[3];
	bool set, host_bits;

	o->field = "riswhois.line";
	if (csv_plain(s, '\t', f, 3) != 3)
		return ERR_SYNTAX;
	o->field = "riswhois.prefix";
	TRY(prefix_parse(f[1], &o->prefix, &host_bits));
	if (host_bits)
		return ERR_RANGE;
	o->field = "riswhois.peers";
	TRY(span_u32(f[2], UINT32_MAX, &o->n_peers));
	o->field = "riswhois.origin";
	set = f[0].len >= 2 && f[0].p[0] == '{' && f[0].p[f[0].len - 1] == '}';
	if (set)
		f[0] = (struct span){f[0].p + 1, f[0].len - 2};
	else if (memchr(f[0].p, ',', f[0].len) != NULL)
		return ERR_SYNTAX;
	return take_group(o, f[0], set);
}

static enum err
emit(struct origins *o, enum err (*fn)(void *, const struct origin_route *), void *arg)
{
	size_t i;

	for (i = 0; i < o->n_group; i++) {
		const struct group *g = &o->group[i];
		struct origin_route r = {.prefix = o->prefix, .n_peers = o->n_peers};

		r.origin = g->set ? ORIGIN_NONE : o->asn[g->from];
		r.set = g->set ? o->asn + g->from : NULL;
		r.n_set = g->set ? g->n : 0;
		TRY(fn(arg, &r));
	}
	return OK;
}

enum err
origins_decode(struct feed *f, enum input_kind kind,
    enum err (*fn)(void *arg, const struct origin_route *), void *arg, struct diags *d,
    uint64_t *n_lines)
{
	bool ris = kind == KIND_RISWHOIS;
	struct origins o = {.l = lines_of(f, d, ris ? "riswhois.line" : "pfx2as.line",
	    ris ? RULE_RIS : RULE_PFX2AS)};
	enum err e = OK, bad;

	assert(kind == KIND_PFX2AS || kind == KIND_RISWHOIS);
	*n_lines = 0;
	while (e == OK && lines_next_data(&o.l)) {
		o.n_asn = o.n_group = 0;
		bad = ris ? read_riswhois(&o, o.l.text) : read_pfx2as(&o, o.l.text);
		++*n_lines;
		/* the last column is a number: cut short it would be another one */
		if (bad != OK || o.l.open)
			lines_bad(&o.l, bad, bad != OK ? o.field : o.l.field);
		else
			e = emit(&o, fn, arg);
	}
	free(o.asn);
	free(o.group);
	return e != OK ? e : lines_end(&o.l);
}
