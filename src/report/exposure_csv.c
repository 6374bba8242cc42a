/* exposure_csv: a row per network that is depended on and address family; one without a network where there is
 * no data, so that nothing asked for is silently missing. */
#include "report/csv.h"
#include "report/exposure_csv.h"
#include "rule/say.h"

#include <inttypes.h>

void
exposure_csv_percent(struct str *out, uint32_t ppm)
{
	say_percent(out, ppm);
	str_addc(out, ',');
}

void
exposure_csv_number(struct str *out, uint64_t n)
{
	str_addu(out, n);
	str_addc(out, ',');
}

static void
carried(struct str *out, const struct exposure *e, const struct exposure_as *a)
{
	unsigned o;

	exposure_csv_number(out, a->n_passed);
	for (o = 0; o < OFFENCE_N; o++) {
		if (e->carried_why[o] != NULL) {
			str_adds(out, ",,,");
			continue;
		}
		exposure_csv_number(out, a->carried[o].routes);
		exposure_csv_number(out, a->carried[o].blocks[FAMILY_V4]);
		exposure_csv_number(out, a->carried[o].blocks[FAMILY_V6]);
	}
}

static void
verdicts(struct str *out, const struct as_result *r)
{
	struct exposure_verdicts v;
	struct str s = {0};

	exposure_verdicts_of(r, &v);
	str_addf(out, "%zu,%zu,%zu,%zu,%zu,%zu,", v.n_required, v.n[VERDICT_PASS], v.n[VERDICT_WARN], v.n[VERDICT_FAIL],
	    v.n[VERDICT_NO_DATA], v.n[VERDICT_NOT_APPLICABLE]);
	if (v.worst == NULL) {
		str_adds(out, ",,,");
		return;
	}
	str_addf(&s, "%s/%s", v.worst_pack->id, v.worst->control->id);
	csv_field(out, s.p);
	str_addf(out, "%s,", v.worst_pack->status);
	str_clear(&s);
	say_reason(&s, v.worst);
	csv_field(out, s.p);
	str_release(&s);
}

void
exposure_csv_subject(struct str *out, const struct exposure_asked *q, const struct exposure *e, unsigned family)
{
	char text[PREFIX_TEXT];

	if (q->is_prefix)
		str_addf(out, "%s,", prefix_format(&q->prefix, text));
	else
		str_addf(out, "AS%" PRIu32 ",", q->asn);
	str_addf(out, "%" PRIu32 ",%s,", e->origin, family == FAMILY_V4 ? "ipv4" : "ipv6");
}

static void
times(struct str *out, const struct exposure *e, const char *when)
{
	char text[UTC_TEXT];

	str_addf(out, "%s,%s,", when, utc_known(e->paths_from) ? utc_format(e->paths_from, text) : "");
	str_addf(out, "%s\n", utc_known(e->paths_to) ? utc_format(e->paths_to, text) : "");
}

static void
row(struct str *out, const struct exposure_asked *q, const struct exposure_result *r, size_t at, unsigned family,
    const char *when)
{
	const struct exposure_as *a = &r->e->ases[at];
	const struct exposure_view *v = &r->e->view[family];

	exposure_csv_subject(out, q, r->e, family);
	str_addf(out, "ok,,%" PRIu32 ",", a->asn);
	csv_field(out, r->on[at].name);
	csv_field(out, r->on[at].org);
	str_addf(out, "%" PRIu32 ",%s,", a->hops, exposure_relation_word(a->relation));
	exposure_csv_percent(out, a->of[family].share_ppm);
	exposure_csv_percent(out, a->of[family].mean_ppm);
	exposure_csv_number(out, a->of[family].n_paths);
	exposure_csv_number(out, v->n_paths);
	exposure_csv_number(out, a->of[family].n_vps);
	exposure_csv_number(out, v->n_full);
	exposure_csv_number(out, v->n_views);
	str_addf(out, "%s,", a->of[family].every ? "yes" : "no");
	carried(out, r->e, a);
	verdicts(out, &r->on[at]);
	times(out, r->e, when);
}

static void
no_row(struct str *out, const struct exposure_asked *q, const struct exposure *e, unsigned family, const char *when)
{
	exposure_csv_subject(out, q, e, family);
	str_adds(out, "no-data,");
	csv_field(out, e->view[family].why);
	str_fill(out, ',', 32);
	times(out, e, when);
}

/* Nobody announces the prefix. */
static void
none_row(struct str *out, const struct exposure_asked *q, const char *when)
{
	char text[PREFIX_TEXT];

	str_addf(out, "%s,,%s,no-data,%s", prefix_format(&q->prefix, text),
	    q->prefix.family == FAMILY_V4 ? "ipv4" : "ipv6", EXPOSURE_NOBODY);
	str_fill(out, ',', 33);
	str_addf(out, "%s,,\n", when);
}

void
exposure_csv(struct str *out, const struct exposure_sheet *x)
{
	const struct exposure_asked *asked = x->asked;
	char when[UTC_TEXT];
	size_t i, k, a;
	unsigned f;

	utc_format(x->head->at, when);
	str_adds(out, "asked,origin,family,state,why,asn,name,organisation,hops,relation,share_percent,mean_percent,paths,"
	    "of_paths,vantage_points,of_vantage_points,views,every_path,passed_on,invalid_routes,invalid_24s,invalid_48s,"
	    "bogon_routes,bogon_24s,bogon_48s,own_space_routes,own_space_24s,own_space_48s,required,pass,warn,fail,no_data,"
	    "not_applicable,worst_control,worst_pack_status,worst_reason,as_of,paths_from,paths_to\n");
	for (i = 0; i < x->n; i++) {
		if (asked[i].n == 0)
			none_row(out, &asked[i], when);
		for (k = 0; k < asked[i].n; k++)
			for (f = 0; f < FAMILY_N; f++) {
				const struct exposure *e = asked[i].results[k].e;

				if (!exposure_has(e, f))
					continue;
				if (e->view[f].state != METRIC_OK)
					no_row(out, &asked[i], e, f, when);
				else
					for (a = 0; a < e->n_ases; a++)
						row(out, &asked[i], &asked[i].results[k], a, f, when);
			}
	}
}
