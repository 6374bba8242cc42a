/* exposure_first: which of the networks did what is wrong, or took it from who did, and so could have refused it. */
#include "report/exposure_lay.h"

#include <inttypes.h>
#include <string.h>

/* One, several. */
static const char *const prose[ASTRAY_N][2] = {
	[ASTRAY_LEAK_PROVEN] = {"proven leak", "proven leaks"},
	[ASTRAY_LEAK_PROBABLE] = {"probable leak", "probable leaks"},
	[ASTRAY_LEAK_POSSIBLE] = {"possible leak", "possible leaks"},
	[ASTRAY_MIS_STRONG] = {"strong misorigination", "strong misoriginations"},
	[ASTRAY_MIS_PROBABLE] = {"probable misorigination", "probable misoriginations"},
	[ASTRAY_MIS_POSSIBLE] = {"possible misorigination", "possible misoriginations"},
	[ASTRAY_INVALID] = {"RPKI-invalid route", "RPKI-invalid routes"},
	[ASTRAY_BOGON_PREFIX] = {"special-purpose prefix", "special-purpose prefixes"},
	[ASTRAY_BOGON_ASN] = {"route with a special-purpose ASN", "routes with a special-purpose ASN"},
	[ASTRAY_ADMIN_PREFIX] = {"prefix that nobody holds", "prefixes that nobody holds"},
	[ASTRAY_ADMIN_ASN] = {"route with an ASN that nobody holds", "routes with an ASN that nobody holds"},
};

static bool
is_certain(enum astray_kind k)
{
	return strcmp(astray_confidence(k), "fact") == 0 || k == ASTRAY_LEAK_PROVEN || k == ASTRAY_MIS_STRONG;
}

/* "5 RPKI-invalid routes, 1 proven leak" of that role, both families together; returns whether there was any. */
static bool
counts_said(struct str *s, const struct astray *x, enum astray_role role, bool certain, const char *before)
{
	const char *sep = before;
	unsigned k;
	size_t i;

	for (k = 0; k < ASTRAY_N; k++) {
		uint64_t n = 0;

		for (i = 0; i < x->n; i++)
			if (x->rows[i].kind == k && is_certain((enum astray_kind)k) == certain)
				n += x->rows[i].incidents[role];
		if (n == 0)
			continue;
		str_adds(s, sep);
		lay_count(s, n);
		str_addf(s, " %s", prose[k][n != 1]);
		sep = ", ";
	}
	return sep != before;
}

static bool
network_said(struct str *s, const struct exposure_as *as, bool certain, const char *sep)
{
	struct str let = {0};
	size_t from = s->len;
	bool did, took;

	str_addf(s, "%sAS%" PRIu32, sep, as->asn);
	did = counts_said(s, &as->astray, ASTRAY_CULPRIT, certain,
	    certain ? " did itself " : " may have done ");
	str_addf(&let, "%s%s let in at first hand ", did ? " and" : "", certain ? "" : did ? "" : " may have");
	took = counts_said(s, &as->astray, ASTRAY_ACCOMPLICE, certain, let.p);
	str_release(&let);
	if (did || took)
		return true;
	s->len = from;
	s->p[from] = '\0';
	return false;
}

static size_t
networks_said(struct str *s, const struct exposure *e, bool certain, const char *before)
{
	size_t i, n = 0;

	for (i = 0; i < e->n_ases; i++)
		if (!exposure_at_end(e, &e->ases[i]))
			n += network_said(s, &e->ases[i], certain, n > 0 ? "; " : before);
	return n;
}

void
exposure_astray_first(struct str *s, const struct astray_ground *g, const struct exposure *e)
{
	size_t certain;

	if (e->astray_why != NULL) {
		str_addf(s, "NO DATA: %s", e->astray_why);
		return;
	}
	certain = networks_said(s, e, true, "");
	if (certain == 0 && g->partial != NULL)
		str_addf(s, "NO DATA on what is certain to be wrong: none was seen to be done or let in at first hand, but %s",
		    g->partial);
	else if (certain == 0)
		str_adds(s, "of what could be told, these networks did nothing that is certain to be wrong, nor let it in at "
		    "first hand, as far as was seen");
	certain += networks_said(s, e, false, ". Less certain: ");
	if (certain > 0)
		str_adds(s, ". Whoever lets it in at first hand could have refused it");
}
