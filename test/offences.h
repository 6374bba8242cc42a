/* offences: a small world in which things go wrong, for the tests of metric/offence.h and what it is made of. */
#ifndef OFFENCES_H
#define OFFENCES_H

#include "metric/excuse.h"
#include "metric/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world w;
static struct history h;
static uint32_t at_hand = EXCUSES_MISORIGIN;	/* of what is there, as an exception what is not */

static inline struct prefix
pfx(const char *text)
{
	struct prefix p;
	bool host;

	if (prefix_parse(span_of(text), &p, &host) != OK)
		exit(2);
	return p;
}

static inline void
vrp(const char *text, uint8_t max_len, uint32_t asn)
{
	const struct roa r = {pfx(text), max_len, asn};

	if (rpki_add_roa(&w.rpki, &r) != OK)
		exit(2);
	w.rpki.present = true;
}

static inline void
object(const char *text, uint32_t asn, bool authoritative)
{
	struct prefix p = pfx(text);

	if (irr_add_route(&w.irr, &p, asn, span_of(authoritative ? "RIPE" : "RADB"), authoritative, UTC_NONE) != OK)
		exit(2);
	w.irr.present = true;
}

static inline void
link_add(uint32_t a, uint32_t b, enum asrel_kind kind)
{
	const struct asrel l = {.a = a, .b = b, .kind = kind};

	if (graph_add(&w.graph, &l) != OK)
		exit(2);
	w.graph.present = true;
}

static inline void
org(uint32_t asn, const char *id)
{
	if (orgs_add_as(&w.orgs, asn, span_of(""), span_of(id)) != OK)
		exit(2);
	w.orgs.present = true;
}

static inline void
holder(uint32_t asn, const char *space, const char *id)
{
	struct delegated d = {.what = space != NULL ? DELEGATED_V4 : DELEGATED_ASN, .status = REG_ALLOCATED, .asn_first = asn,
	    .asn_count = 1, .count = 1 << 16, .registry = SPAN("arin"), .opaque_id = span_of(id)};

	if (space != NULL)
		memcpy(d.first.b, pfx(space).addr, sizeof(d.first.b));
	if (holders_add(&w.holders, &d, UTC_NONE) != OK)
		exit(2);
}

static inline void
before(const char *text, uint32_t origin)
{
	struct prefix p = pfx(text);

	history_add_route(&h, &p, origin);
}

static inline void
make(void)
{
	const struct routes_params rp = {.visibility_min = 5, .full_feed_percent = 75};
	static const uint32_t path[] = {10, 20, 30, 40}, beside[] = {20, 100, 668};
	char id[16], space[24];
	const uint32_t nobody = 0;
	uint32_t i;

	world_init(&w);
	history_init(&h);
	vrp("11.0.0.0/16", 24, 100);
	vrp("11.1.0.0/16", 16, 100);
	vrp("12.0.0.0/16", 24, 100);
	vrp("12.0.0.0/16", 24, 101);
	object("13.0.0.0/16", 100, true);
	object("13.0.0.0/16", 200, false);
	object("14.0.0.0/16", 100, false);
	link_add(100, 300, ASREL_P2C);
	link_add(840, 850, ASREL_P2C);		/* 850 gives 860 what it has from 840: its providers both, by ASPAs, too */
	link_add(860, 850, ASREL_P2C);
	for (i = 0; i < 2; i++)
		if (rpki_add_aspa(&w.rpki, i == 0 ? 840 : 860, &nobody, 1) != OK)
			exit(2);
	org(100, "ORG");
	org(400, "ORG");
	org(666, "BAD");
	org(668, "BESIDE");
	org(700, "MITIGATION");
	org(703, "ONE-FRIEND");
	vrp("16.0.0.0/16", 24, 701);
	vrp("16.0.0.0/24", 24, 700);
	vrp("17.0.0.0/24", 24, 702);
	vrp("17.0.0.0/24", 24, 700);
	vrp("17.1.0.0/24", 24, 702);
	vrp("17.1.0.0/24", 24, 703);
	for (i = 0; i < 1000; i++) {
		snprintf(id, sizeof(id), "A%u", i);
		if (i != 404)
			holder(i, NULL, i == 405 || i == 406 ? "ONE" : id);
	}
	for (i = 11; i < 18; i++) {
		snprintf(space, sizeof(space), "%u.0.0.0/16", i);
		snprintf(id, sizeof(id), "S%u", i);
		holder(0, space, i == 16 ? "ONE" : id);
	}
	org(404, "UNLISTED");
	org(405, "405");
	org(406, "406");
	org(701, "701");
	vrp("17.0.8.0/24", 24, 405);
	before("17.0.8.0/24", 405);
	before("16.0.0.0/16", 701);
	before("11.0.0.0/24", 100);
	before("13.0.0.0/16", 100);
	before("14.0.0.0/16", 100);
	before("15.0.0.0/16", 100);
	before("15.0.0.0/16", 100);
	before("15.0.1.0/24", 500);
	before("15.0.16.0/20", 500);
	history_add_path(&h, path, 4);
	history_add_path(&h, beside, 3);
	history_seal(&h);
	world_seal(&w, &rp, 1);
}

/* "class: for | against" of an announcement. */
static inline const char *
judged_by(const char *text, uint32_t origin, uint32_t next, bool with_history)
{
	static char out[512];
	struct prefix p = pfx(text);
	struct misorigin m = misorigin_judge(&(struct misorigin_ask){&w, with_history ? &h : NULL, at_hand, origin, next}, &p);
	size_t n = (size_t)snprintf(out, sizeof(out), "%s", misorigin_class_word(m.class));
	unsigned i;

	for (i = 0; i < MIS_N; i++)
		if ((m.says >> i & 1) != 0)
			n += (size_t)snprintf(out + n, sizeof(out) - n, " %s", misorigin_word((enum misorigin_says)i));
	return out;
}

static inline const char *
judged(const char *text, uint32_t origin, bool with_history)
{
	return judged_by(text, origin, 0, with_history);
}

#define US 1000000ll

static inline void
told(struct timeline *t, const char *text, unsigned class, uint32_t detail, uint32_t culprit, int64_t from_s, int64_t to_s)
{
	const struct timeline_key k = {pfx(text), 0, 0};
	const struct offence of = {(uint8_t)class, detail, culprit, culprit, 9};

	timeline_announce(t, &k, from_s * US, &of, 1);
	timeline_withdraw(t, &k, to_s * US);
}

#endif
