/*
 * needs: what evidence each metric rests on, and whether it is there. No data is never a pass, and an
 * input cut short acquits nobody and convicts nobody.
 */
#include "base/format.h"
#include "metric/compute.h"
#include "metric/doubt.h"
#include "metric/excuse.h"

#include <stdlib.h>

#define TABLES (EV_BIT(EV_TABLE) | EV_BIT(EV_ORIGINS))
#define WINDOW (EV_BIT(EV_UPDATES) | EV_BIT(EV_TABLE))
/* without any of these siblings, or who may pass on what for whom, would be taken for strangers: metric/excuse.h */
#define LEAK EXCUSES_LEAK
#define MISORIGIN EXCUSES_MISORIGIN
#define CONTACTS (EV_BIT(EV_IRR) | EV_BIT(EV_PDB_NET) | EV_BIT(EV_PDB_POC))

/* Who announces what is read from tables and origin tables; who passes it on from tables, and from
 * updates when there are any. */
static const struct needs {
	uint32_t all, any, uses;
} needs[METRIC_N] = {
    [M_ROV_INVALID] = {EV_BIT(EV_VRPS), TABLES, 0},
    [M_ROA_COVERAGE] = {EV_BIT(EV_VRPS), TABLES, 0},
    [M_MAXLEN_EXPOSURE] = {EV_BIT(EV_VRPS), TABLES, 0},
    [M_IRR_REGISTERED] = {EV_BIT(EV_IRR), TABLES, 0},
    [M_IRR_AUTHORITATIVE] = {EV_BIT(EV_IRR) | EV_BIT(EV_VRPS), TABLES, 0},
    [M_IRR_CONFLICT] = {EV_BIT(EV_IRR) | EV_BIT(EV_VRPS), 0, 0},
    [M_M7IRR] = {EV_BIT(EV_IRR), TABLES, 0},
    [M_M7RPKI] = {EV_BIT(EV_VRPS), TABLES, 0},
    [M_M8] = {0, CONTACTS, 0},
    [M_M5] = {EV_BIT(EV_SPOOFER), 0, 0},
    [M_BOGON_PREFIX_ORIGINATED] = {0, TABLES, EV_BIT(EV_SPECIAL)},
    [M_BOGON_PREFIX_PROPAGATED] = {EV_BIT(EV_TABLE), 0, EV_BIT(EV_SPECIAL) | EV_BIT(EV_UPDATES)},
    [M_BOGON_ASN_ORIGINATED] = {0, TABLES, 0},
    [M_BOGON_ASN_PROPAGATED] = {EV_BIT(EV_TABLE), 0, EV_BIT(EV_UPDATES)},
    [M_ADMIN_BOGON_ORIGINATED] = {EV_BIT(EV_REGISTRY), TABLES, EV_BIT(EV_SPECIAL)},
    [M_ADMIN_BOGON_PROPAGATED] = {EV_BIT(EV_REGISTRY) | EV_BIT(EV_TABLE), 0,
	EV_BIT(EV_SPECIAL) | EV_BIT(EV_UPDATES)},
    [M_CUSTOMER_INVALID] = {EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS) | EV_BIT(EV_GRAPH), 0, EV_BIT(EV_UPDATES)},
    [M_CUSTOMER_BAD] = {EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS) | EV_BIT(EV_IRR) | EV_BIT(EV_GRAPH), 0,
	EV_BIT(EV_UPDATES)},
    [M_IMC22_A1] = {EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS) | EV_BIT(EV_IRR) | EV_BIT(EV_GRAPH) |
	EV_BIT(EV_PARTICIPANTS), 0, EV_BIT(EV_UPDATES)},
    [M_IMC22_A4] = {EV_BIT(EV_VRPS) | EV_BIT(EV_IRR), TABLES, 0},
    [M_CONTACT_FRESH] = {CONTACTS, 0, 0},
    [M_SAV] = {EV_BIT(EV_SPOOFER), 0, 0},
    [M_AS_SET_ORIGINATED] = {0, TABLES, 0},
    [M_ASPA] = {EV_BIT(EV_ASPAS), 0, 0},
    [M_WILD_INVALID] = {EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS) | LEAK, 0, EV_BIT(EV_UPDATES)},
    [M_LEAK_PROVEN] = {EV_BIT(EV_TABLE) | EV_BIT(EV_ASPAS) | LEAK, 0, EV_BIT(EV_UPDATES)},
    [M_OTC_SEEN] = {EV_BIT(EV_TABLE), 0, EV_BIT(EV_UPDATES)},
    [M_MISORIGINATION] = {EV_BIT(EV_TABLE) | MISORIGIN, 0, EV_BIT(EV_UPDATES)},
    [M_M1_SCORE] = {WINDOW | LEAK, 0, EV_BIT(EV_ASPAS)},
    [M_M1C_SCORE] = {WINDOW | LEAK, 0, EV_BIT(EV_ASPAS)},
    [M_M2_SCORE] = {WINDOW | MISORIGIN, 0, 0},
    [M_M2C_SCORE] = {WINDOW | MISORIGIN, 0, 0},
    [M_M3_SCORE] = {WINDOW, 0, EV_BIT(EV_SPECIAL)},
    [M_M3C_SCORE] = {WINDOW, 0, EV_BIT(EV_SPECIAL)},
    [M_M4_SCORE] = {WINDOW, 0, 0},
    [M_M4C_SCORE] = {WINDOW, 0, 0},
    [M_TABLE_INVALID] = {EV_BIT(EV_TABLE) | EV_BIT(EV_VRPS), 0, EV_BIT(EV_UPDATES)},
    [M_TABLE_BOGON_PREFIX] = {EV_BIT(EV_TABLE), 0, EV_BIT(EV_SPECIAL) | EV_BIT(EV_UPDATES)},
    [M_TABLE_BOGON_ASN] = {EV_BIT(EV_TABLE), 0, EV_BIT(EV_UPDATES)},
};

/* As they read before "input". */
static const char *const names[EV_N] = {
    [EV_TABLE] = "MRT table",
    [EV_ORIGINS] = "origin table",
    [EV_UPDATES] = "MRT updates",
    [EV_VRPS] = "VRP",
    [EV_ASPAS] = "ASPA",
    [EV_IRR] = "IRR",
    [EV_GRAPH] = "AS relationships",
    [EV_ORGS] = "AS organisations",
    [EV_REGISTRY] = "registry statistics",
    [EV_SPECIAL] = "special-purpose registry",
    [EV_PDB_NET] = "PeeringDB net",
    [EV_PDB_POC] = "PeeringDB poc",
    [EV_SPOOFER] = "Spoofer",
    [EV_PARTICIPANTS] = "MANRS participants",
};

uint32_t
metric_needs(enum metric_id id)
{
	return needs[id].all;
}

uint32_t
metric_needs_any(enum metric_id id)
{
	return needs[id].any;
}

uint32_t
metric_uses(enum metric_id id)
{
	return needs[id].uses;
}

struct grounds {
	struct metric blank[METRIC_N];	/* as it is before anything is counted */
	char why[METRIC_N][DOUBT_TEXT];
};

static void
no_grounds(struct grounds *g, struct metric *m, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void
no_grounds(struct grounds *g, struct metric *m, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	format_v(g->why[m->id], sizeof(g->why[m->id]), fmt, ap);
	va_end(ap);
	m->state = METRIC_NO_DATA;
	m->why = g->why[m->id];
}

/* The first kind of evidence among bits that has an incomplete input. */
static void
incomplete(struct grounds *g, const struct world *w, struct metric *m, uint32_t bits)
{
	uint32_t e;

	for (e = 0; e < EV_N; e++) {
		const struct evidence_state *s = &w->evidence[e];

		if ((bits & EV_BIT(e)) == 0 || s->n_incomplete == 0)
			continue;
		no_grounds(g, m, "%u of %u %s inputs %s incomplete", s->n_incomplete, s->n_inputs, names[e],
		    s->n_incomplete == 1 ? "is" : "are");
		return;
	}
}

/* Who signed in the meantime made no route invalid that was there before: what is held against somebody as proven is not
 * even counted. Files without a date are the rule's matter (BECAUSE_UNDATED). */
static bool
is_accusation(enum metric_id id)
{
	return id == M_WILD_INVALID || id == M_LEAK_PROVEN || id == M_MISORIGINATION;
}

/* There and whole, but of other days, or much smaller than it was. */
static void
doubtful(struct grounds *g, const struct world *w, struct metric *m, uint32_t bits)
{
	char *why = g->why[m->id];

	if (!doubt_shrunk_why(w, bits, why)) {
		if (!doubt_apart_why(w, m->id, bits, why))
			return;
		m->apart = why;
		if (!is_accusation(m->id))
			return;
	}
	m->state = METRIC_NO_DATA;
	m->why = why;
}

/* ASPAs come last in a document: one that is cut short has shown none yet. */
static bool
may_hold_aspas(const struct world *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++)
		if (w->inputs[i].kind == KIND_VRP_JSON && !w->inputs[i].complete && !w->inputs[i].duplicate)
			return true;
	return false;
}

static void
missing(struct grounds *g, const struct world *w, struct metric *m, const struct needs *n, uint32_t present)
{
	uint32_t e;

	for (e = 0; e < EV_N; e++)
		if ((n->all & ~present & EV_BIT(e)) != 0) {
			no_grounds(g, m, "no %s input%s", names[e], e == EV_ASPAS && may_hold_aspas(w) ?
			    ": a VRP input, which could hold some, is incomplete" : "");
			return;
		}
	if (n->any != 0 && (n->any & present) == 0)
		no_grounds(g, m, "%s", n->any == TABLES ? "no table: neither an MRT table nor an origin table"
		    : "neither an IRR nor a PeeringDB input");
}

/* There and whole, and still not saying who is of one organisation. */
static void
unjoined(struct grounds *g, const struct world *w, struct metric *m, const struct needs *n)
{
	if ((n->all & LEAK) != LEAK)
		return;
	if (!excuses_as2org(w))
		no_grounds(g, m, "no AS organisations but PeeringDB's");
	else if (!excuses_holders(w))
		no_grounds(g, m, "registry statistics without ids of holders: not the extended ones");
}

static void
rest_on(struct metric *m, const struct world *w, uint32_t bits)
{
	const struct routes *r = &w->routes;
	struct utc oldest = UTC_NONE;
	bool untimed = false;
	uint32_t e;

	for (e = 0; e < EV_N; e++) {
		const struct evidence_state *s = &w->evidence[e];

		if ((bits & EV_BIT(e)) == 0)
			continue;
		untimed = untimed || s->n_untimed > 0 || !utc_known(s->oldest);
		if (!utc_known(oldest) || s->oldest.s < oldest.s)
			oldest = s->oldest;
	}
	m->evidence = bits;
	m->oldest = untimed ? UTC_NONE : oldest;
	if ((bits & (TABLES | EV_BIT(EV_UPDATES))) == 0)
		return;
	m->n_full_feed[FAMILY_V4] = r->n_full[FAMILY_V4];
	m->n_full_feed[FAMILY_V6] = r->n_full[FAMILY_V6];
	m->n_collectors = r->n_collectors;
}

/* Nothing here depends on the AS: it is worked out once. */
struct grounds *
grounds_new(const struct world *w)
{
	struct grounds *g = xcalloc(1, sizeof(*g));
	uint32_t id, e;

	for (id = 0; id < METRIC_N; id++) {
		const struct needs *n = &needs[id];
		uint32_t present = 0, wanted = n->all | n->any | n->uses;
		struct metric *m = &g->blank[id];

		for (e = 0; e < EV_N; e++)
			if ((wanted & EV_BIT(e)) != 0 && w->evidence[e].n_inputs > 0)
				present |= EV_BIT(e);
		m->id = (enum metric_id)id;
		rest_on(m, w, present);
		missing(g, w, m, n, present);
		if (m->state == METRIC_OK)
			incomplete(g, w, m, present);
		if (m->state == METRIC_OK)
			unjoined(g, w, m, n);
		if (m->state == METRIC_OK)
			doubtful(g, w, m, present);
	}
	return g;
}

void
grounds_free(struct grounds *g)
{
	free(g);
}

const struct metric *
grounds_metric(const struct grounds *g, enum metric_id id)
{
	return &g->blank[id];
}

bool
evidence_suffices(struct compute *c, enum metric_id id)
{
	*c->m = c->f->grounds->blank[id];
	c->m->asn = c->asn;
	return c->m->state == METRIC_OK;
}
