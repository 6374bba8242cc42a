/*
 * irr: route objects of all sources, each source marked authoritative or third-party, and what
 * they say of a route. Sealed: sorted by (prefix, origin, source). Also aut-nums, for policy and
 * contact. Same covering walk as rpki.
 */
#ifndef WORLD_IRR_H
#define WORLD_IRR_H

#include "addr/prefix.h"
#include "base/arena.h"
#include "base/utc.h"

struct irr_route { struct prefix prefix; uint16_t source; uint32_t origin; struct utc modified; };	/* 32 bytes */
struct irr_source { const char *name; bool authoritative; uint64_t n_routes; };	/* n_routes: set by seal */
struct irr_autnum { uint32_t asn; uint16_t source; uint32_t n_import, n_export;
	bool contact;			/* admin-c, tech-c, or (found by seal) a holder that resolves;
					 * abuse-c alone does not count */
	const char *name;		/* as-name */
	const char *holders;		/* handles, a space between them: its org, its maintainers */
	struct utc modified; };

struct irr {
	struct arena *arena;
	struct irr_source *sources;
	size_t n_sources, cap_sources;
	struct irr_route *routes;
	size_t n_routes, cap_routes;
	uint32_t *parent;	/* as in rpki.h */
	uint32_t *by_origin;
	struct irr_autnum *autnums;
	size_t n_autnums, cap_autnums;
	const char **holders;	/* handles of objects that say whom to call */
	size_t n_holders, cap_holders;
	bool present;		/* at least one complete RPSL input with route objects was read */
	bool sealed;
};

/* As the published origin validator does it (reference/manrs.md 4.1): no covering object: NOT_FOUND;
 * covering ones, none of this origin: INVALID; of this origin, exact prefix: VALID; of this origin but
 * only covering: MORE_SPECIFIC. */
enum irr_state { IRR_NOT_FOUND, IRR_VALID, IRR_MORE_SPECIFIC, IRR_INVALID };
const char *irr_word(enum irr_state s);

void irr_init(struct irr *t);
void irr_release(struct irr *t);
/* Several copies of one (prefix, origin, source): the newest is kept. Several aut-nums of one (asn,
 * source) are joined: the newest's name, the larger counts, a contact when one has it. ERR_LIMIT past
 * 65535 sources. a->source is not read; a->name and a->holders may be NULL. absorb: neither may be sealed. */
NODISCARD enum err irr_add_route(struct irr *t, const struct prefix *p, uint32_t origin, struct span source,
    bool authoritative, struct utc modified);
NODISCARD enum err irr_add_autnum(struct irr *t, const struct irr_autnum *a, struct span source, bool authoritative);
/* An object that says whom to call for the aut-nums that name it: an organisation by its handle, a
 * maintainer with admin-c or tech-c by "NAME@SOURCE". */
NODISCARD enum err irr_add_holder(struct irr *t, struct span handle);
/* The number of a source, added when new. A name that is authoritative in one input and not in
 * another is not. Numbers change when the table is sealed. */
NODISCARD enum err irr_source_id(struct irr *t, struct span name, bool authoritative, uint16_t *id);
NODISCARD enum err irr_absorb(struct irr *dst, const struct irr *src);
void irr_seal(struct irr *t);
void irr_seal_autnums(struct irr *t);	/* part of irr_seal, when the sources have their numbers */
enum irr_state irr_state_of(const struct irr *t, const struct prefix *p, uint32_t origin,
    bool authoritative_only);
/* Covering objects, most specific first: at most cap ids, returns how many there are. */
size_t irr_covering(const struct irr *t, const struct prefix *p, uint32_t *ids, size_t cap);
/* The route objects of one origin: ids at *ids in the order of the table; returns how many. */
size_t irr_of(const struct irr *t, uint32_t origin, const uint32_t **ids);
/* The aut-num, an authoritative source's before others; NULL when there is none. */
const struct irr_autnum *irr_autnum_of(const struct irr *t, uint32_t asn);

#endif
