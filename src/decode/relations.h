/*
 * relations: who is whose provider, and who belongs to whom: CAIDA AS relationships (serial-1
 * "a|b|-1" a provider of b, "a|b|0" peers; serial-2 with a source column, value 1 is sibling in old
 * files) and AS organisations (as2org text).
 */
#ifndef DECODE_RELATIONS_H
#define DECODE_RELATIONS_H

#include "base/diag.h"
#include "base/feed.h"
#include "base/utc.h"

enum asrel_kind { ASREL_P2C, ASREL_P2P, ASREL_S2S };
struct asrel { uint32_t a, b; enum asrel_kind kind; };	/* P2C: a is the provider of b */
struct asrel_stats { uint64_t links; struct utc time; };	/* time: newest "# source:" date */

NODISCARD enum err asrel_decode(struct feed *f,
    enum err (*fn)(void *arg, const struct asrel *), void *arg, struct diags *,
    struct asrel_stats *);

struct asorg_org { struct span id, name, country, source; };
struct asorg_as { uint32_t asn; struct span name, org_id, source; };
struct asorg_sink {
	enum err (*org)(void *arg, const struct asorg_org *);
	enum err (*as)(void *arg, const struct asorg_as *);
	void *arg;
};
struct asorg_stats { uint64_t orgs, ases; struct utc time; };

NODISCARD enum err asorg_decode(struct feed *f, const struct asorg_sink *, struct diags *,
    struct asorg_stats *);

#endif
