/*
 * offence: what is wrong with one announcement, whose doing it is, and who let it in.
 *
 *	bogon-prefix	the prefix is special-purpose space (world/people.h, specials_bogon): full bogons
 *	bogon-asn	a special-purpose ASN is on the path (addr/asn.h)
 *	admin-prefix	not that, but the registries have it as available or reserved
 *	admin-asn	the same of an ASN on the path
 *	rpki-invalid	RFC 6811
 *	misorigination	metric/misorigin.h
 *	leak		metric/leak.h
 *
 * The culprit of a prefix is the origin, or the last AS before the set that the path ends in. That of a bogon ASN is the
 * ASN itself, of several the one nearest the origin. The accomplice is the next AS towards the collector, and nobody
 * beyond it: for a bogon ASN the next that is none itself. Of a leak both are as metric/leak.h says, and none is surer than
 * possible while relationships, or what is known of organisations, are not at hand (metric/excuse.h).
 * A default route is no offence; it is not in the public table.
 */
#ifndef METRIC_OFFENCE_H
#define METRIC_OFFENCE_H

#include "addr/aspath.h"
#include "base/limits.h"
#include "metric/history.h"
#include "metric/misorigin.h"
#include "metric/otc.h"
#include "world/world.h"

enum offence_class { OFF_BOGON_PREFIX, OFF_BOGON_ASN, OFF_ADMIN_PREFIX, OFF_ADMIN_ASN, OFF_INVALID, OFF_MISORIGIN,
	OFF_LEAK, OFF_N };
const char *offence_class_word(enum offence_class c);		/* "bogon-prefix" */
const char *offence_class_text(enum offence_class c);		/* for people */
enum offence_class offence_class_find(struct span word);	/* OFF_N when there is none of that name */

struct offence {
	uint8_t class;		/* enum offence_class */
	/* OFF_INVALID: enum rov. OFF_MISORIGIN: class << MIS_N | says. OFF_LEAK: class << 6 | by << 3 | type. Else 0. Of
	 * several announcements of one incident the largest is told, which is the surest. */
	uint32_t detail;
	uint32_t origin;	/* or ORIGIN_NONE */
	uint32_t culprit;	/* never 0 */
	uint32_t accomplice;	/* 0: none on the path */
};
/* Of OFF_MISORIGIN and OFF_LEAK: enum misorigin_class, enum leak_class. */
unsigned offence_sureness(const struct offence *of);
/* Of OFF_MISORIGIN, more than possible or not: in doubt for that. */
void offence_doubt(struct offence *of, enum misorigin_says s);

struct offence_judge {
	const struct world *w;		/* sealed */
	const struct history *history;	/* sealed; NULL: there are no days before */
	uint32_t classes;		/* bits of enum offence_class: those that are looked for */
	uint32_t at_hand;		/* bits of enum evidence: excuses_at_hand() (metric/excuse.h) */
};
/* Every class that the evidence in w allows. */
uint32_t offence_classes(const struct world *w);

/* A path, looked at once for all prefixes that a message announces with it. */
struct offence_path {
	uint32_t origin;		/* or ORIGIN_NONE */
	uint32_t last, next;		/* the last AS before a set, or the origin, and the next towards the collector;
					 * 0: none */
	struct offence of[OFF_N];	/* what the path alone shows */
	size_t n_of;
};
/* p has a segment at least: an empty path is the caller's matter (RFC 6811: the peer is the origin). */
void offence_path_look(const struct offence_judge *j, struct aspath p, struct otc_mark otc, struct offence_path *out);
/* All that is wrong with this prefix on that path, in the order of classes; returns how many. */
size_t offences_of(const struct offence_judge *j, const struct offence_path *path, const struct prefix *p,
    struct offence out[static OFF_N]);

#endif
