/*
 * truth_own: what an AS announces and registers, and what it says of itself.
 */
#include "addr/asn.h"
#include "lab/space.h"
#include "lab/truth_int.h"

enum truth_rov
truth_rov(const struct lab *w, const struct prefix *p, uint32_t asn)
{
	enum truth_rov rov = NOT_FOUND;
	size_t i;

	for (i = 0; i < w->n_vrps; i++) {
		const struct lab_vrp *v = &w->vrps[i];

		if (!prefix_covers(&v->prefix, p))
			continue;
		if (v->asn == asn && v->asn != 0 && p->len <= v->max_len)
			return VALID;
		rov = INVALID;
	}
	return rov;
}

static enum truth_irr
irr_state(const struct lab *w, const struct prefix *p, uint32_t asn, bool authoritative_only)
{
	enum truth_irr state = IRR_STATE_NONE;
	size_t i;

	for (i = 0; i < w->n_objects; i++) {
		const struct lab_object *o = &w->objects[i];

		if ((authoritative_only && o->third_party) || !prefix_covers(&o->prefix, p))
			continue;
		if (o->asn == asn && prefix_eq(&o->prefix, p))
			return IRR_STATE_EXACT;
		if (o->asn == asn)
			state = IRR_STATE_COVERED;
		else if (state == IRR_STATE_NONE)
			state = IRR_STATE_OTHER;
	}
	return state;
}

/* The special-purpose blocks that the lab announces from. */
static bool
is_special(const struct prefix *p)
{
	const struct prefix blocks[] = {
	    prefix_of4(0x0a000000, 8), prefix_of4(0xac100000, 12), prefix_of4(0x64400000, 10),
	    prefix_of4(0xc6120000, 15), prefix_of4(0xc0a80000, 16), prefix_of6(0x20010db8, 0, 32),
	    prefix_of6(0xfc000000, 0, 7), prefix_of6(0x20020000, 0, 16), prefix_of6(0x3fff0000, 0, 20)};
	size_t i;

	for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (prefix_covers(&blocks[i], p))
			return true;
	return false;
}

void
judge_route(const struct lab *w, struct seen *s)
{
	uint32_t asn = s->origin == LAB_NONE ? 0 : w->ases[s->origin].asn;
	size_t i;

	s->bogon = is_special(&s->prefix);
	s->admin = false;
	for (i = 0; i < w->n_blocks && !s->bogon; i++)
		if (w->blocks[i].available && prefix_covers(&w->blocks[i].prefix, &s->prefix))
			s->admin = true;
	s->rov = truth_rov(w, &s->prefix, asn);	/* no VRP matches AS0, nor a set */
	s->irr = irr_state(w, &s->prefix, asn, false);
	s->irr_auth = irr_state(w, &s->prefix, asn, true);
}

static bool
registered(enum truth_irr s)
{
	return s == IRR_STATE_EXACT || s == IRR_STATE_COVERED;
}

static void
count_own(const struct lab *w, struct answer *a, const struct seen *s)
{
	const struct lab_as *as = &w->ases[s->origin];
	bool bogon_asn = asn_bogon(as->asn) != NULL;
	uint32_t m;
	static const enum truth_metric of_visible[] = {TRUTH_ROV_INVALID, TRUTH_ROA_COVERAGE, TRUTH_M7RPKI,
	    TRUTH_IRR_REGISTERED, TRUTH_M7IRR, TRUTH_IRR_AUTHORITATIVE_, TRUTH_AS_SET};
	static const enum truth_metric of_looked[] = {TRUTH_BOGON_PREFIX_ORIGINATED,
	    TRUTH_BOGON_ASN_ORIGINATED, TRUTH_ADMIN_ORIGINATED};

	for (m = 0; s->looked && m < sizeof(of_looked) / sizeof(of_looked[0]); m++)
		a[of_looked[m]].den++;
	a[TRUTH_BOGON_PREFIX_ORIGINATED].num += s->looked && s->bogon;
	a[TRUTH_BOGON_ASN_ORIGINATED].num += s->looked && bogon_asn;
	a[TRUTH_ADMIN_ORIGINATED].num += s->looked && (s->admin || (as->unallocated && !bogon_asn));
	if (!s->visible)
		return;
	for (m = 0; m < sizeof(of_visible) / sizeof(of_visible[0]); m++)
		a[of_visible[m]].den++;
	a[TRUTH_ROV_INVALID].num += s->rov == INVALID;
	a[TRUTH_ROA_COVERAGE].num += s->rov != NOT_FOUND;
	a[TRUTH_M7RPKI].num += s->rov == VALID;
	a[TRUTH_IRR_REGISTERED].num += registered(s->irr);
	a[TRUTH_M7IRR].num += registered(s->irr);
	a[TRUTH_IRR_AUTHORITATIVE_].num += registered(s->irr_auth) &&
	    !(s->irr == IRR_STATE_EXACT && s->rov == INVALID);
	if (s->prefix.family != FAMILY_V4)
		return;
	a[TRUTH_A4].den++;
	a[TRUTH_A4].num += s->rov == VALID || registered(s->irr);
}

/* The longest route that its holder announces inside a VRP; the VRP's own length when there is none. */
static unsigned
longest_inside(const struct judge *j, const struct lab_vrp *v)
{
	unsigned longest = 0;
	size_t i;

	for (i = 0; i < j->n; i++) {
		const struct seen *s = &j->seen[i];

		if (s->visible && s->origin != LAB_NONE && j->w->ases[s->origin].asn == v->asn &&
		    prefix_covers(&v->prefix, &s->prefix) && s->prefix.len > longest)
			longest = s->prefix.len;
	}
	return longest > 0 ? longest : v->prefix.len;
}

void
judge_own(struct judge *j)
{
	const struct lab *w = j->w;
	uint32_t as;
	size_t i;

	for (i = 0; i < j->n; i++)
		if (j->seen[i].origin != LAB_NONE)
			count_own(w, j->as[j->seen[i].origin], &j->seen[i]);
	for (i = 0; i < w->n_vrps; i++) {
		if ((as = truth_index(w, w->vrps[i].asn)) == LAB_NONE)
			continue;	/* AS0 */
		/* rpki-client's list may have one VRP from two trust anchors: once is enough */
		if (i > 0 && w->vrps[i - 1].asn == w->vrps[i].asn && w->vrps[i - 1].max_len == w->vrps[i].max_len &&
		    prefix_eq(&w->vrps[i - 1].prefix, &w->vrps[i].prefix))
			continue;
		j->as[as][TRUTH_MAXLEN].den++;
		j->as[as][TRUTH_MAXLEN].num += w->vrps[i].max_len > longest_inside(j, &w->vrps[i]);
	}
	for (i = 0; i < w->n_objects; i++) {
		as = truth_index(w, w->objects[i].asn);
		j->as[as][TRUTH_IRR_CONFLICT].den++;
		j->as[as][TRUTH_IRR_CONFLICT].num +=
		    truth_rov(w, &w->objects[i].prefix, w->objects[i].asn) == INVALID;
	}
}

static bool
has_v6(const struct lab *w, uint32_t as)
{
	uint32_t i;

	for (i = 0; i < w->ases[as].n_blocks; i++)
		if (w->blocks[w->ases[as].first_block + i].prefix.family == FAMILY_V6)
			return true;
	return false;
}

void
judge_people(struct judge *j)
{
	const struct lab *w = j->w;
	uint32_t i;

	for (i = 0; i < w->n_ases; i++) {
		struct answer *a = j->as[i];
		const struct lab_as *as = &w->ases[i];
		enum contact_plan c = recipes[as->fault].contact;
		const struct spoof_plan *s = &recipes[as->fault].spoof;
		bool there = i < w->n_routed && !as->unallocated;
		bool irr = there && (c == CONTACT_BOTH || c == CONTACT_IRR_ONLY || c == CONTACT_STALE);
		bool pdb = there && (c == CONTACT_BOTH || c == CONTACT_PDB_ONLY || c == CONTACT_STALE);

		a[TRUTH_M8] = (struct answer){.num = irr || pdb, .den = 1};
		a[TRUTH_CONTACT_FRESH] = (struct answer){.num = irr && pdb && c != CONTACT_STALE, .den = 1};
		a[TRUTH_ASPA] = (struct answer){.num = there && as->aspa, .den = 1};
		a[TRUTH_M5].num = s->received;
		a[TRUTH_M5].den = s->tested + (s->v6 && has_v6(w, i) ? s->tested : 0u);
		a[TRUTH_SAV] = a[TRUTH_M5];
	}
}
