#include "metric/excuse.h"
#include "base/limits.h"

#define DAY 86400

static const struct kind {
	enum evidence e;
	uint32_t days;
	const char *name;	/* in the plural */
} kinds[] = {
	{EV_VRPS, EVIDENCE_APART_DAYS, "VRPs"},
	{EV_IRR, EVIDENCE_APART_DAYS, "IRR objects"},
	{EV_GRAPH, EVIDENCE_APART_SLOW_DAYS, "AS relationships"},
	{EV_ORGS, EVIDENCE_APART_SLOW_DAYS, "AS organisations"},
	{EV_PDB_NET, EVIDENCE_APART_SLOW_DAYS, "PeeringDB networks"},
	{EV_REGISTRY, EVIDENCE_APART_DAYS, "registry statistics"},
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

bool
excuses_holders(const struct world *w)
{
	return w->holders.of[DELEGATED_ASN].n > 0;
}

bool
excuses_as2org(const struct world *w)
{
	return w->orgs.n_ases == 0 || w->orgs.n_told > 0;
}

/* Organisations of PeeringDB are evidence of organisations, too, and say of no network which it is of. */
static bool
is_of(const struct input *in, enum evidence e)
{
	return !in->duplicate && (in->evidence & EV_BIT(e)) != 0 && (e != EV_ORGS || in->kind == KIND_AS_ORG);
}

enum lack { LACK_NOTHING, LACK_INPUT, LACK_WHOLE, LACK_HOLDERS, LACK_RECORDS, LACK_DATE, LACK_OLD };

static enum lack
lack_of(const struct world *w, const struct kind *k, struct utc from, struct utc to, struct utc *when)
{
	int64_t limit = (int64_t)k->days * DAY;
	bool any = false;
	size_t i;

	if (w->evidence[k->e].n_incomplete > 0)
		return LACK_WHOLE;
	for (i = 0; i < w->n_inputs; i++)
		any = any || is_of(&w->inputs[i], k->e);
	if (!any)
		return LACK_INPUT;
	if (k->e == EV_REGISTRY && !excuses_holders(w))
		return LACK_HOLDERS;
	if (world_shrunk(w, EV_BIT(k->e)))
		return LACK_RECORDS;
	for (i = 0; i < w->n_inputs && utc_known(from) && utc_known(to); i++) {
		*when = w->inputs[i].time;
		if (!is_of(&w->inputs[i], k->e))
			continue;
		if (!utc_known(*when))
			return LACK_DATE;
		if (when->s + limit < from.s || when->s - limit > to.s)
			return LACK_OLD;
	}
	return LACK_NOTHING;
}

uint32_t
excuses_at_hand(const struct world *w, struct utc from, struct utc to)
{
	uint32_t bits = 0;
	struct utc when;
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (lack_of(w, &kinds[i], from, to, &when) == LACK_NOTHING)
			bits |= EV_BIT(kinds[i].e);
	return bits;
}

void
excuses_lack_say(struct str *out, const struct world *w, uint32_t wanted, struct utc from, struct utc to)
{
	const char *between = "";
	char text[UTC_TEXT];
	struct utc when;
	size_t i;

	for (i = 0; i < KINDS; i++) {
		const struct kind *k = &kinds[i];
		enum lack lack = (wanted & EV_BIT(k->e)) != 0 ? lack_of(w, k, from, to, &when) : LACK_NOTHING;

		if (lack == LACK_NOTHING)
			continue;
		str_adds(out, between);
		between = "; ";
		if (lack == LACK_INPUT)
			str_addf(out, "no %s", k->name);
		else if (lack == LACK_HOLDERS)
			str_addf(out, "%s without ids of holders", k->name);
		else if (lack == LACK_OLD)
			str_addf(out, "%s of %.10s", k->name, utc_format(when, text));
		else
			str_addf(out, "%s that %s", k->name, lack == LACK_WHOLE ? "are incomplete" :
			    lack == LACK_RECORDS ? "have shrunk" : "have no date");
	}
}
