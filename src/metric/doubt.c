#include "metric/doubt.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdio.h>

/* --- other days --- */

/* In the plural, as they stand in a sentence, and how far from the others they may be. */
static const struct {
	const char *plural;
	uint32_t days;
} kinds[EV_N] = {
    [EV_TABLE] = {"tables", EVIDENCE_APART_DAYS},
    [EV_ORIGINS] = {"origin tables", EVIDENCE_APART_DAYS},
    [EV_UPDATES] = {"updates", EVIDENCE_APART_DAYS},
    [EV_VRPS] = {"VRPs", EVIDENCE_APART_DAYS},
    [EV_ASPAS] = {"ASPAs", EVIDENCE_APART_DAYS},
    [EV_IRR] = {"IRR objects", EVIDENCE_APART_DAYS},
    [EV_GRAPH] = {"AS relationships", EVIDENCE_APART_SLOW_DAYS},
    [EV_ORGS] = {"AS organisations", EVIDENCE_APART_SLOW_DAYS},
    [EV_REGISTRY] = {"registry statistics", EVIDENCE_APART_DAYS},
    [EV_SPECIAL] = {"special-purpose registries", EVIDENCE_APART_SLOW_DAYS},
    [EV_PDB_NET] = {"PeeringDB networks", EVIDENCE_APART_SLOW_DAYS},
    [EV_PDB_POC] = {"PeeringDB contacts", EVIDENCE_APART_SLOW_DAYS},
    [EV_SPOOFER] = {"Spoofer sessions", EVIDENCE_APART_SLOW_DAYS},
    [EV_PARTICIPANTS] = {"MANRS participants", EVIDENCE_APART_SLOW_DAYS},
};

static int64_t
days_apart(struct utc a, struct utc b)
{
	int64_t s = a.s > b.s ? a.s - b.s : b.s - a.s;

	return (s + 86399) / 86400;
}

static bool
two_apart(const struct world *w, unsigned a, unsigned b, char why[static DOUBT_TEXT])
{
	const struct evidence_state *x = &w->evidence[a], *y = &w->evidence[b];
	uint32_t limit = kinds[a].days > kinds[b].days ? kinds[a].days : kinds[b].days;
	int64_t days, other;

	if (!utc_known(x->oldest) || !utc_known(y->oldest) || !utc_known(x->newest) || !utc_known(y->newest))
		return false;
	days = days_apart(x->oldest, y->newest);
	other = days_apart(y->oldest, x->newest);
	days = days > other ? days : other;
	if (days <= (int64_t)limit)
		return false;
	if (a == b) {
		snprintf(why, DOUBT_TEXT, "%s are of days that are %" PRId64 " apart; limit %" PRIu32 " days", kinds[a].plural, days,
		    limit);
		return true;
	}
	snprintf(why, DOUBT_TEXT, "%s and %s are %" PRId64 " days apart; limit %" PRIu32 " days", kinds[b].plural,
	    kinds[a].plural, days, limit);
	return true;
}

/* What a window of updates is held against, and which tables began it, metric/watch.h knows better. */
static uint32_t
compared(enum metric_id id, uint32_t bits)
{
	const uint32_t watched = EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS) | EV_BIT(EV_ASPAS) | EV_BIT(EV_IRR);

	return metric_windowed(id) ? bits & ~watched : bits;
}

bool
doubt_apart_why(const struct world *w, enum metric_id id, uint32_t bits, char why[static DOUBT_TEXT])
{
	unsigned a, b;

	bits = compared(id, bits);
	why[0] = '\0';
	for (a = 0; a < EV_N; a++)
		for (b = a; b < EV_N && (bits & EV_BIT(a)) != 0; b++)
			if ((bits & EV_BIT(b)) != 0 && (a != b || a != EV_IRR) && two_apart(w, a, b, why))
				return true;
	return false;
}

/* --- shrunk --- */

bool
doubt_shrunk_why(const struct world *w, uint32_t bits, char why[static DOUBT_TEXT])
{
	const struct since *h = &w->since;
	char at[UTC_TEXT];
	size_t i;

	why[0] = '\0';
	for (i = 0; i < h->n; i++) {
		const struct shrunk *s = &h->shrunk[i];

		if ((s->evidence & bits) == 0)
			continue;
		snprintf(why, DOUBT_TEXT, "%s shrank to %" PRIu64 " from %" PRIu64 " on %.10s; limit %u %% fewer", s->what,
		    s->now, s->before, utc_format(h->than.at, at), SHRUNK_PERCENT_MAX);
		return true;
	}
	return false;
}
