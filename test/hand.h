/* hand: small worlds made by hand, in text, for the tests of metric/ and what lies above it. */
#ifndef HAND_H
#define HAND_H

#include "addr/asn.h"
#include "world/world.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hand {
	struct world w;
	struct routes_params params;
};

static inline void
hand_init(struct hand *h)
{
	world_init(&h->w);
	/* every table is a full feed: these worlds are too small for shares of a table to mean anything */
	h->params = (struct routes_params){.visibility_min = 2, .full_feed_percent = 0};
	h->w.at = utc_from_date(2026, 11, 1, 0, 0, 0);
}

/* A complete input of this kind was read, on 2026-11-01. */
static inline void
hand_evidence(struct hand *h, enum evidence e)
{
	h->w.evidence[e].n_inputs++;
	if (!utc_known(h->w.evidence[e].oldest))
		h->w.evidence[e].oldest = h->w.evidence[e].newest = utc_from_date(2026, 11, 1, 0, 0, 0);
}

static inline struct prefix
hand_prefix(const char *text)
{
	struct prefix p;
	bool host_bits;

	if (prefix_parse(span_of(text), &p, &host_bits) != OK)
		abort();
	return p;
}

/* "3356 64500", "3356 {64500,64501}": one sequence, then perhaps a set. */
static inline uint32_t
hand_path(struct hand *h, const char *text)
{
	uint32_t w[64], n = 1, head = 0, id, type = 2;
	char *copy = strdup(text), *save = NULL, *word;

	for (word = strtok_r(copy, " ,}", &save); word != NULL; word = strtok_r(NULL, " ,}", &save)) {
		if (word[0] == '{') {
			if (n > head + 1) {
				w[head] = type << 16 | (n - head - 1);
				head = n++;
			}
			type = 1;
			word++;
		}
		w[n++] = (uint32_t)strtoul(word, NULL, 10);
	}
	w[head] = type << 16 | (n - head - 1);
	free(copy);
	if (routes_path(&h->w.routes, (struct aspath){w, n}, false, 0, &id) != OK)
		abort();
	return id;
}

static inline uint16_t
hand_vp(struct hand *h, enum vp_kind kind, uint32_t asn)
{
	struct vp v = {.kind = kind, .collector = 1, .asn = asn, .addr = {.b = {192, 0, 2, (uint8_t)asn}}};
	uint16_t id;

	if (routes_vp(&h->w.routes, &v, &id) != OK)
		abort();
	return id;
}

/* The peer that the path begins with sees the prefix in its table. */
static inline void
hand_see(struct hand *h, const char *prefix, const char *path)
{
	struct prefix p = hand_prefix(prefix);

	if (routes_see(&h->w.routes, &p, hand_path(h, path),
	    hand_vp(h, VP_TABLE, (uint32_t)strtoul(path, NULL, 10)), 1) != OK)
		abort();
}

/* Peers 1 and 2 see the prefix by "1 TAIL" and "2 TAIL", which makes it visible. */
static inline void
hand_see_all(struct hand *h, const char *prefix, const char *tail)
{
	char path[256];
	int i;

	for (i = 1; i <= 2; i++) {
		snprintf(path, sizeof(path), "%d %s", i, tail);
		hand_see(h, prefix, path);
	}
}

static inline void
hand_vrp(struct hand *h, const char *prefix, unsigned max_len, uint32_t asn)
{
	struct roa v = {.prefix = hand_prefix(prefix), .max_len = (uint8_t)max_len, .asn = asn};

	if (rpki_add_roa(&h->w.rpki, &v) != OK)
		abort();
}

/* RIPE is authoritative, any other source is not. */
static inline void
hand_route(struct hand *h, const char *prefix, uint32_t origin, const char *source)
{
	struct prefix p = hand_prefix(prefix);

	if (irr_add_route(&h->w.irr, &p, origin, span_of(source), strcmp(source, "RIPE") == 0, UTC_NONE) != OK)
		abort();
}

static inline void
hand_autnum(struct hand *h, uint32_t asn, bool contact)
{
	struct irr_autnum a = {.asn = asn, .contact = contact, .name = "X", .modified = UTC_NONE};

	if (irr_add_autnum(&h->w.irr, &a, SPAN("RIPE"), true) != OK)
		abort();
}

static inline void
hand_provider(struct hand *h, uint32_t provider, uint32_t customer)
{
	if (graph_add(&h->w.graph, &(struct asrel){provider, customer, ASREL_P2C}) != OK)
		abort();
}

/* All that could say who is of one holder or organisation was read: by the registries each AS below 1000 is its own
 * holder, and no space is any one's of them. */
static inline void
hand_people(struct hand *h)
{
	struct delegated d = {.status = REG_ALLOCATED, .asn_count = 1, .count = 1 << 24, .registry = SPAN("arin")};
	char id[16];
	uint32_t i;

	hand_evidence(h, EV_ORGS);
	hand_evidence(h, EV_PDB_NET);
	hand_evidence(h, EV_REGISTRY);
	for (i = 1; i < 1256; i++) {
		d.what = i < 1000 ? DELEGATED_ASN : DELEGATED_V4;
		d.asn_first = i;
		d.first = (struct addr){.b = {(uint8_t)(i - 1000)}, .family = FAMILY_V4};
		snprintf(id, sizeof(id), "%u", i);
		d.opaque_id = span_of(id);
		if (holders_add(&h->w.holders, &d, h->w.at) != OK)
			abort();
	}
}

static inline void
hand_seal(struct hand *h)
{
	world_seal(&h->w, &h->params, 1);
}

#endif
