/* incidents_why: what makes an announcement an offence, in words, from the same tables that judged it. */
#include "report/incidents_lay.h"
#include "addr/asn.h"
#include "metric/leak.h"

#include <inttypes.h>

bool
incidents_shown(const struct incidents_sheet *s, const struct timeline_incident *x)
{
	const struct timeline_offence *o = &s->window->result.offences[x->first];
	uint32_t i;

	if ((s->classes >> o->of.class & 1) == 0)
		return false;
	if (s->asn == 0 || o->of.culprit == s->asn)
		return true;
	for (i = 0; i < x->n; i++)
		if (o[i].of.accomplice == s->asn)
			return true;
	return false;
}

bool
incidents_score_shown(const struct incidents_sheet *s, const struct incident_score *sc)
{
	return s->asn == 0 || sc->asn == s->asn;
}

const struct timeline_offence *
incidents_surest(const struct timeline_offence *o, uint32_t n)
{
	const struct timeline_offence *surest = o;
	uint32_t i;

	for (i = 1; i < n; i++)
		if (o[i].of.detail > surest->of.detail)
			surest = &o[i];
	return surest;
}

uint32_t
incidents_sure(const struct timeline_offence *o, uint32_t n)
{
	uint32_t sure = 0, i;

	for (i = 0; i < n; i++)
		if (offence_sureness(&o[i].of) > sure)
			sure = offence_sureness(&o[i].of);
	return sure;
}

const char *
incidents_sureness(const struct timeline_offence *o, uint32_t n)
{
	uint32_t sure = incidents_sure(o, n);

	if (o->of.class == OFF_MISORIGIN)
		return misorigin_class_word((enum misorigin_class)sure);
	return o->of.class == OFF_LEAK ? leak_class_word((enum leak_class)sure) : NULL;
}

static void
why_bogon(struct str *out, const struct world *w, const struct prefix *p)
{
	const struct special *s = specials_bogon(&w->specials, p);
	char text[PREFIX_TEXT];

	if (s != NULL)
		str_addf(out, "%s is %s, %s", prefix_format(&s->prefix, text), s->name, s->rfc);
}

static void
why_invalid(struct str *out, const struct world *w, const struct timeline_offence *o)
{
	enum { SHOWN = 2 };
	char text[PREFIX_TEXT];
	uint32_t id[SHOWN];
	size_t n = rpki_covering(&w->rpki, &o->prefix, id, SHOWN), i;

	str_adds(out, rov_word((enum rov)o->of.detail));
	for (i = 0; i < n && i < SHOWN; i++) {
		const struct roa *v = &w->rpki.roas[id[i]];

		str_addf(out, "%sVRP %s-%u AS%" PRIu32, i == 0 ? ": " : ", ", prefix_format(&v->prefix, text), v->max_len,
		    v->asn);
	}
	if (n > SHOWN)
		str_addf(out, " and %zu more", n - SHOWN);
}

static void
why_misorigin(struct str *out, unsigned detail)
{
	const char *sep = "for: ";
	unsigned i;

	for (i = 0; i < MIS_AGAINST; i++)
		if ((detail >> i & 1) != 0) {
			str_addf(out, "%s%s", sep, misorigin_text((enum misorigin_says)i));
			sep = "; ";
		}
	sep = sep[0] == ';' ? "; against: " : "against: ";
	for (; i < MIS_N; i++)
		if ((detail >> i & 1) != 0) {
			str_addf(out, "%s%s", sep, misorigin_text((enum misorigin_says)i));
			sep = "; ";
		}
}

void
incidents_why(struct str *out, const struct world *w, const struct timeline_offence *o)
{
	const char *rfc;

	switch ((enum offence_class)o->of.class) {
	case OFF_BOGON_PREFIX:
		why_bogon(out, w, &o->prefix);
		break;
	case OFF_BOGON_ASN:
		rfc = asn_bogon(o->of.culprit);
		str_addf(out, "AS%" PRIu32 " is special-purpose, %s", o->of.culprit, rfc != NULL ? rfc : "");
		break;
	case OFF_ADMIN_PREFIX:
	case OFF_ADMIN_ASN:
		str_adds(out, "available or reserved in the registries' statistics");
		break;
	case OFF_INVALID:
		why_invalid(out, w, o);
		break;
	case OFF_MISORIGIN:
		why_misorigin(out, o->of.detail & ((1u << MIS_N) - 1));
		break;
	case OFF_LEAK:
		str_addf(out, "by %s; %s", leak_by_word((enum leak_by)(o->of.detail >> 3 & 7)),
		    leak_type_text((enum leak_type)(o->of.detail & 7)));
		break;
	case OFF_N:
		break;
	}
}
