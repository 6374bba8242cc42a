/*
 * rpki: the VRPs and ASPAs of one moment, and origin validation (RFC 6811, 6483, 6907).
 * Sealed: sorted by (family, address, length, maxLength, ASN), duplicates dropped. A VRP covers a
 * route when its prefix contains the route's; maxLength plays no part in covering.
 */
#ifndef WORLD_RPKI_H
#define WORLD_RPKI_H

#include "addr/prefix.h"
#include "world/cover_index.h"

struct roa {			/* one VRP */
	struct prefix prefix;
	uint8_t max_len;
	uint32_t asn;
};

/* Sealed: one per customer, the union of its ASPAs: n of providers[] from first, ascending. AS0 stands
 * only alone ("no providers"). Before: one as each was added. */
struct provider_set { uint32_t customer, first, n; };

struct rpki {
	struct roa *roas;
	size_t n_roas, cap_roas;
	uint64_t n_seen;		/* before duplicates were dropped */
	uint32_t *up;			/* per VRP: world/cover.h */
	struct cover_index index;
	uint32_t *by_asn;		/* VRP ids ordered by (asn, order of the table) */
	struct provider_set *aspas;
	size_t n_aspas, cap_aspas;
	uint32_t *providers;
	size_t n_providers, cap_providers;
	bool present;			/* at least one complete VRP input was read */
	bool sealed;
};

struct rov_ask {			/* what origin validation looks at */
	struct prefix prefix;
	uint32_t origin;	/* or ORIGIN_NONE */
};

enum rov { ROV_NOT_FOUND, ROV_VALID, ROV_INVALID_ASN, ROV_INVALID_LENGTH, ROV_INVALID_BOTH,
	ROV_INVALID_AS_SET };
/* The invalid ones, covered and matched by no VRP: AS_SET: the origin is NONE. LENGTH: some covering VRP has
 * the origin, with too small a maxLength. Else none has the origin; ASN: some covering one allows the
 * length; BOTH: none does. The table is in world/rpki.c. */
#define ROV_N (ROV_INVALID_AS_SET + 1)
bool rov_is_invalid(enum rov v);
const char *rov_word(enum rov v);	/* "valid", "not-found", "invalid-asn", ... */

void rpki_init(struct rpki *t);
void rpki_release(struct rpki *t);
/* prefix.len <= max_len <= family bits. ERR_LIMIT past VRPS_MAX and ASPA_PROVIDERS_MAX. absorb: neither
 * may be sealed. */
NODISCARD enum err rpki_add_roa(struct rpki *t, const struct roa *v);
NODISCARD enum err rpki_add_aspa(struct rpki *t, uint32_t customer, const uint32_t *provider, size_t n);
NODISCARD enum err rpki_absorb(struct rpki *dst, const struct rpki *src);
void rpki_seal(struct rpki *t);
size_t rpki_bytes(const struct rpki *t);	/* what a sealed table takes */

/* Validate one route; origin may be ORIGIN_NONE. */
enum rov rpki_rov(const struct rpki *t, const struct prefix *p, uint32_t origin);
/* The covering VRPs, most specific first: at most cap ids, returns how many there are. */
size_t rpki_covering(const struct rpki *t, const struct prefix *p, uint32_t *ids, size_t cap);
/* Validate n routes, in any order; faster than one by one, and fastest in the order of prefixes. The same
 * answers as rpki_rov. They stand stride bytes apart, and each begins as a struct rov_ask does. */
void rpki_rov_sweep(const struct rpki *t, const void *routes, size_t stride, size_t n, uint8_t *rov);
size_t rpki_of(const struct rpki *t, uint32_t asn, const uint32_t **ids);
const struct provider_set *rpki_aspa(const struct rpki *t, uint32_t customer);

#endif
