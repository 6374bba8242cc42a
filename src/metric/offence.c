/*
 * offence: one announcement judged. What the path alone shows is looked at once for all its prefixes.
 */
#include "metric/offence.h"
#include "addr/asn.h"
#include "metric/excuse.h"
#include "metric/leak.h"

#include <string.h>

static const struct { const char *word, *text; } classes[OFF_N] = {
	[OFF_BOGON_PREFIX] = {"bogon-prefix", "special-purpose prefix"},
	[OFF_BOGON_ASN] = {"bogon-asn", "special-purpose ASN on the path"},
	[OFF_ADMIN_PREFIX] = {"admin-prefix", "prefix that no registry has given to anybody"},
	[OFF_ADMIN_ASN] = {"admin-asn", "ASN on the path that no registry has given to anybody"},
	[OFF_INVALID] = {"rpki-invalid", "RPKI-invalid"},
	[OFF_MISORIGIN] = {"misorigination", "another network's prefix"},
	[OFF_LEAK] = {"leak", "route leak"},
};

const char *
offence_class_word(enum offence_class c)
{
	return classes[c].word;
}

const char *
offence_class_text(enum offence_class c)
{
	return classes[c].text;
}

enum offence_class
offence_class_find(struct span word)
{
	unsigned c;

	for (c = 0; c < OFF_N; c++)
		if (span_is(word, classes[c].word))
			break;
	return (enum offence_class)c;
}

unsigned
offence_sureness(const struct offence *of)
{
	return of->class == OFF_MISORIGIN ? of->detail >> MIS_N : of->class == OFF_LEAK ? of->detail >> 6 : 0;
}

void
offence_doubt(struct offence *of, enum misorigin_says s)
{
	struct misorigin m = {.class = (enum misorigin_class)offence_sureness(of), .says = of->detail & ((1u << MIS_N) - 1)};

	misorigin_doubt(&m, s);
	of->detail = (uint32_t)m.class << MIS_N | m.says;
}

uint32_t
offence_classes(const struct world *w)
{
	uint32_t bits = 1u << OFF_BOGON_PREFIX | 1u << OFF_BOGON_ASN;

	if (w->registry.present)
		bits |= 1u << OFF_ADMIN_PREFIX | 1u << OFF_ADMIN_ASN;
	if (w->rpki.present)
		bits |= 1u << OFF_INVALID;
	if (w->rpki.present || w->irr.present)
		bits |= 1u << OFF_MISORIGIN;
	if (w->graph.present || w->rpki.n_aspas > 0)
		bits |= 1u << OFF_LEAK;
	return bits;
}

static bool
wants(const struct offence_judge *j, enum offence_class c)
{
	return (j->classes >> c & 1) != 0;
}

/* --- the path --- */

struct hops {
	uint32_t as[AS_PATH_HOPS_MAX];
	size_t n;
	bool set;
};

static bool
is_bad_asn(const struct offence_judge *j, uint32_t asn, enum offence_class c)
{
	if (c == OFF_BOGON_ASN)
		return asn_bogon(asn) != NULL;
	return asn_bogon(asn) == NULL && registry_asn(&j->w->registry, asn) == REG_ANSWER_UNDELEGATED;
}

/* The one nearest the origin, and the first behind it that is not bad itself. */
static void
asn_look(const struct offence_judge *j, const struct hops *h, struct offence_path *p, enum offence_class c)
{
	uint32_t accomplice = 0;
	size_t i = h->n, k;

	while (i > 0 && !is_bad_asn(j, h->as[i - 1], c))
		i--;
	if (i == 0)
		return;
	for (k = i - 1; k > 0 && accomplice == 0; k--)
		if (!is_bad_asn(j, h->as[k - 1], c))
			accomplice = h->as[k - 1];
	if (h->as[i - 1] != 0)		/* AS0 stands for nobody; RFC 7607 has such a path ignored */
		p->of[p->n_of++] = (struct offence){(uint8_t)c, 0, p->origin, h->as[i - 1], accomplice};
}

static void
leak_look(const struct offence_judge *j, const struct hops *h, struct offence_path *p, struct otc_mark otc)
{
	static _Thread_local struct path_scratch scratch;
	const struct world *w = j->w;
	const struct path_tables tables = {w->rpki.n_aspas > 0 ? &w->rpki : NULL, w->graph.present ? &w->graph : NULL,
	    w->orgs.present ? &w->orgs : NULL};
	enum leak_history history = TRIPLE_NO_HISTORY;
	struct path_view v;
	uint32_t triple[3];
	struct leak l;

	path_look(&v, &tables, h->as, h->n, h->set, otc, &scratch);
	if (j->history != NULL && path_triple(&v, triple))
		history = history_has_triple(j->history, triple) ? TRIPLE_KNOWN : TRIPLE_NEW;
	l = leak_named(&v, history);
	/* without these nobody knows who may pass on what for whom (metric/needs.c: nor is there a score) */
	if (l.class > LEAK_POSSIBLE && (~j->at_hand & EXCUSES_LEAK) != 0)
		l.class = LEAK_POSSIBLE;
	if (l.class != LEAK_NONE)
		p->of[p->n_of++] = (struct offence){OFF_LEAK, (uint32_t)(l.class << 6 | l.by << 3 | l.type), p->origin,
		    l.leaker, l.acceptor};
}

void
offence_path_look(const struct offence_judge *j, struct aspath path, struct otc_mark otc, struct offence_path *out)
{
	static _Thread_local struct hops h;

	h.n = aspath_hops(path, h.as, AS_PATH_HOPS_MAX, &h.set);
	*out = (struct offence_path){.origin = aspath_origin(path), .last = h.n > 0 ? h.as[h.n - 1] : 0,
	    .next = h.n > 1 ? h.as[h.n - 2] : 0};
	if (wants(j, OFF_BOGON_ASN))
		asn_look(j, &h, out, OFF_BOGON_ASN);
	if (wants(j, OFF_ADMIN_ASN))
		asn_look(j, &h, out, OFF_ADMIN_ASN);
	if (wants(j, OFF_LEAK) && h.n > 2)
		leak_look(j, &h, out, otc);
}

/* --- the prefix --- */

static size_t
prefix_look(const struct offence_judge *j, const struct offence_path *path, const struct prefix *p, struct offence *out)
{
	struct offence of = {.origin = path->origin, .culprit = path->last, .accomplice = path->next};
	bool bogon = specials_bogon(&j->w->specials, p) != NULL;
	struct misorigin mis;
	size_t n = 0;
	enum rov rov;

	if (bogon && wants(j, OFF_BOGON_PREFIX)) {
		of.class = OFF_BOGON_PREFIX;
		out[n++] = of;
	}
	if (!bogon && wants(j, OFF_ADMIN_PREFIX) &&
	    registry_prefix(&j->w->registry, p) == REG_ANSWER_UNDELEGATED) {
		of.class = OFF_ADMIN_PREFIX;
		out[n++] = of;
	}
	if (wants(j, OFF_INVALID) && rov_is_invalid(rov = rpki_rov(&j->w->rpki, p, path->origin))) {
		of.class = OFF_INVALID;
		of.detail = (uint32_t)rov;
		out[n++] = of;
	}
	if (!bogon && wants(j, OFF_MISORIGIN) && path->origin != ORIGIN_NONE && asn_bogon(path->origin) == NULL) {
		mis = misorigin_judge(&(struct misorigin_ask){j->w, j->history, j->at_hand, path->origin, path->next}, p);
		of.class = OFF_MISORIGIN;
		of.detail = (uint32_t)mis.class << MIS_N | mis.says;
		if (mis.class != MISORIGIN_NONE)
			out[n++] = of;
	}
	return n;
}

size_t
offences_of(const struct offence_judge *j, const struct offence_path *path, const struct prefix *p,
    struct offence out[static OFF_N])
{
	struct offence by_prefix[OFF_N];
	size_t n = 0, n_by = 0, i, k = 0;
	unsigned c;

	if (p->len == 0)
		return 0;
	if (path->last != 0)
		n_by = prefix_look(j, path, p, by_prefix);
	for (c = 0, i = 0; c < OFF_N; c++) {	/* both are in the order of classes */
		if (i < n_by && by_prefix[i].class == c)
			out[n++] = by_prefix[i++];
		if (k < path->n_of && path->of[k].class == c)
			out[n++] = path->of[k++];
	}
	return n;
}
