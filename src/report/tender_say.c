/* tender_say: pieces of sentences that the clause, the questionnaire and the sheet share. All of it is plain text. */
#include "report/tender_int.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool
demand_is_measured(const struct demand *d)
{
	return d->control->cannot == NULL;
}

bool
demand_is_question(const struct demand *d)
{
	return d->control->cannot != NULL || d->control->also_needs != NULL || d->least == CLASS_ATTESTED;
}

static int
ask_compare(const void *a, const void *b)
{
	const struct ask *x = a, *y = b;
	int c = demand_compare(x->demand, y->demand);

	return c != 0 ? c : (x->demand > y->demand) - (x->demand < y->demand);
}

struct ask *
asks_make(const struct requirement *req)
{
	struct ask *asks = xcalloc(req->pack.n > 0 ? req->pack.n : 1, sizeof(*asks));
	unsigned number = 0;
	size_t i;

	for (i = 0; i < req->pack.n; i++)
		asks[i].demand = &req->demands[i];
	qsort(asks, req->pack.n, sizeof(*asks), ask_compare);
	for (i = 0; i < req->pack.n; i++)
		if (demand_is_measured(asks[i].demand))
			asks[i].number = ++number;
	return asks;
}

void
say_networks(struct str *out, const struct tender *t)
{
	size_t i;

	if (t->n == 0)
		str_adds(out, "the networks that the Provider names in its offer");
	for (i = 0; i < t->n; i++)
		str_addf(out, "%sAS%" PRIu32, i == 0 ? "" : i + 1 == t->n ? " and " : ", ", t->asn[i]);
}

void
say_control(struct str *out, const struct demand *d)
{
	str_addf(out, "%s of %s %s%s", d->control->id, d->from->id, d->from->version, pack_label(d->from));
}

/* --- data --- */

static const char *const evidence_texts[EV_N] = {
	[EV_TABLE] = "BGP tables of route collectors (MRT)",
	[EV_ORIGINS] = "tables of prefixes and origins",
	[EV_UPDATES] = "BGP updates (MRT)",
	[EV_VRPS] = "validated ROA payloads (VRPs)",
	[EV_ASPAS] = "ASPA objects",
	[EV_IRR] = "IRR databases (RPSL)",
	[EV_GRAPH] = "AS relationships",
	[EV_ORGS] = "AS organisations",
	[EV_REGISTRY] = "registry statistics",
	[EV_SPECIAL] = "IANA registries of special-purpose addresses",
	[EV_PDB_NET] = "PeeringDB networks",
	[EV_PDB_POC] = "PeeringDB contacts",
	[EV_SPOOFER] = "sessions of CAIDA Spoofer",
	[EV_PARTICIPANTS] = "the list of MANRS participants",
};

static void
say_bits(struct str *out, uint32_t bits, const char *between)
{
	bool first = true;
	unsigned e;

	for (e = 0; e < EV_N; e++) {
		if ((bits & EV_BIT(e)) == 0)
			continue;
		str_addf(out, "%s%s", first ? "" : between, evidence_texts[e]);
		first = false;
	}
}

void
say_data(struct str *out, enum metric_id id)
{
	uint32_t all = metric_needs(id), any = metric_needs_any(id), uses = metric_uses(id);

	say_bits(out, all, ", ");
	if (any != 0) {
		str_adds(out, all != 0 ? ", and " : "");
		say_bits(out, any, " or ");
	}
	if (uses != 0) {
		str_adds(out, "; where there, also ");
		say_bits(out, uses, ", ");
	}
}

/* --- evidence --- */

void
say_least(struct str *out, const struct demand *d)
{
	str_adds(out, class_word(d->least));
	if (d->least + 1 < CLASS_N)
		str_adds(out, " or better");
}

/* A catalogue writes "needs the URLs (attested)": its verb and its class are told elsewhere. */
void
say_wanted(struct str *out, const struct demand *d)
{
	const char *text = d->control->cannot != NULL ? d->control->cannot : d->control->also_needs;
	size_t len = strlen(text);

	if (strncmp(text, "needs ", 6) == 0) {
		text += 6;
		len -= 6;
	}
	if (len > 11 && memcmp(text + len - 11, " (attested)", 11) == 0)
		len -= 11;
	str_add(out, (struct span){text, len});
}

static void
say_part(struct str *out, const struct ask *a)
{
	const struct control *c = a->demand->control;

	if (a->number == 0 && a->demand->least > CLASS_ATTESTED) {
		str_addf(out, "Files alone do not show it (%s). ", c->cannot);
	} else if (a->number == 0 && a->demand->class == CLASS_ATTESTED) {
		str_adds(out, "Wanted: ");
		say_wanted(out, a->demand);
		str_adds(out, ". ");
	} else if (a->number == 0) {
		str_addf(out, "Wanted: the Provider's own statement, as files alone do not show it (%s). ", c->cannot);
	} else if (c->also_needs != NULL) {
		str_addf(out, "What data show of it is requirement R%u, and must not be short; this answer is for what they do "
		    "not show: ", a->number);
		say_wanted(out, a->demand);
		str_adds(out, ". ");
	} else {
		str_addf(out, "It is judged from data as requirement R%u; this answer counts only where the data do not show it. ",
		    a->number);
	}
}

void
say_check(struct str *out, const struct ask *a)
{
	const struct demand *d = a->demand;
	uint32_t days = d->control->age_max_days;

	say_part(out, a);
	if (d->least > CLASS_ATTESTED) {
		str_addf(out, "An answer is attested evidence, and %s evidence is asked for: the answer is recorded and does not "
		    "meet this; show the Buyer evidence of that class. ", class_word(d->least));
		return;
	}
	str_adds(out, "The Buyer reads the document that the answer names. It is signed by somebody who may bind the Provider "
	    "(Attested by), dated (Attested on)");
	if (days > 0)
		str_addf(out, ", at most %" PRIu32 " days before the day of judging,", days);
	str_adds(out, " and counts to the day that it gives (Valid until), that day included. An answer is attested evidence, "
	    "never measured.");
}
