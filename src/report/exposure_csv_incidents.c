/* exposure_csv_incidents: a row per network, family and kind of incident; zeros where none was seen, and a reason where that
 * is no answer, so that no kind is silently missing. */
#include "report/csv.h"
#include "report/exposure_csv.h"

#include <inttypes.h>

#define NUMBERS 11u	/* columns that are empty without data */

static const struct astray_row *
row_of(const struct astray *a, enum astray_kind k, unsigned family)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->rows[i].kind == k && a->rows[i].family == family)
			return &a->rows[i];
	return NULL;
}

static void
network(struct str *out, const struct exposure_result *r, size_t at)
{
	exposure_csv_number(out, r->e->ases[at].asn);
	csv_field(out, r->on[at].name);
}

static void
numbers(struct str *out, const struct exposure *e, size_t at, const struct astray_row *r)
{
	const struct exposure_as *as = &e->ases[at];

	exposure_csv_number(out, r->incidents[ASTRAY_CULPRIT] + r->incidents[ASTRAY_ACCOMPLICE] +
	    r->incidents[ASTRAY_BEYOND]);
	exposure_csv_number(out, r->incidents[ASTRAY_CULPRIT]);
	exposure_csv_number(out, r->incidents[ASTRAY_ACCOMPLICE]);
	exposure_csv_number(out, r->incidents[ASTRAY_BEYOND]);
	exposure_csv_number(out, r->blocks);
	exposure_csv_number(out, r->block_s);
	exposure_csv_number(out, r->attracting);
	exposure_csv_number(out, r->attracting_s);
	if (e->view[r->family].state == METRIC_OK)
		exposure_csv_number(out, exposure_weighed(as, r));
	else
		str_addc(out, ',');
	exposure_csv_number(out, r->seconds);
	exposure_csv_number(out, r->n_vps);
}

static void
window_said(struct str *out, const struct exposure_sheet *x, const struct exposure *e, size_t at, unsigned family)
{
	const struct window *w = x->incidents->s->window;
	char text[UTC_TEXT];

	if (w != NULL)
		exposure_csv_number(out, w->coverage.n_vps);
	else
		str_addc(out, ',');
	if (e->view[family].state == METRIC_OK)
		exposure_csv_percent(out, e->ases[at].of[family].share_ppm);
	else
		str_addc(out, ',');
	if (w != NULL) {
		str_addf(out, "%s,", utc_format(w->from, text));
		str_addf(out, "%s,%" PRIu64 ",", utc_format(w->to, text), w->seen_s);
	} else {
		str_adds(out, ",,,");
	}
	str_addf(out, "%s\n", utc_format(x->head->at, text));
}

/* Nobody is depended on there, as far as is known. */
static void
no_row(struct str *out, const struct exposure_sheet *x, const struct exposure_asked *q, const struct exposure *e,
    unsigned family)
{
	char text[UTC_TEXT];

	exposure_csv_subject(out, q, e, family);
	str_adds(out, ",,,,no-data,");
	csv_field(out, e->view[family].why != NULL ? e->view[family].why : "no network has the least share");
	str_fill(out, ',', NUMBERS + 5);
	str_addf(out, "%s\n", utc_format(x->head->at, text));
}

static void
row(struct str *out, const struct exposure_sheet *x, const struct exposure_asked *q, const struct exposure_result *r,
    size_t at, unsigned family, enum astray_kind k)
{
	const struct astray_row *found = row_of(&r->e->ases[at].astray, k, family);
	const struct astray_row none = {.kind = k, .family = (uint8_t)family};
	const char *why = exposure_kind_why(x->incidents, r->e, k, found != NULL);

	exposure_csv_subject(out, q, r->e, family);
	network(out, r, at);
	str_addf(out, "%s,%s,", astray_word(k), astray_confidence(k));
	str_adds(out, why != NULL ? "no-data," : x->incidents->partial != NULL ? "at-least," : "ok,");
	csv_field(out, why != NULL ? why : x->incidents->partial != NULL ? x->incidents->partial : "");
	if (why != NULL)
		str_fill(out, ',', NUMBERS);
	else
		numbers(out, r->e, at, found != NULL ? found : &none);
	window_said(out, x, r->e, at, family);
}

static void
result(struct str *out, const struct exposure_sheet *x, const struct exposure_asked *q, const struct exposure_result *r)
{
	unsigned f, k;
	size_t i;

	for (f = 0; f < FAMILY_N; f++) {
		if (!exposure_has(r->e, f))
			continue;
		if (r->e->n_ases == 0)
			no_row(out, x, q, r->e, f);
		for (i = 0; i < r->e->n_ases; i++)
			for (k = 0; k < ASTRAY_N; k++)
				row(out, x, q, r, i, f, (enum astray_kind)k);
	}
}

static void
nobody_row(struct str *out, const struct exposure_sheet *x, const struct exposure_asked *q)
{
	char text[PREFIX_TEXT];

	str_addf(out, "%s,,%s,,,,,no-data,%s,", prefix_format(&q->prefix, text),
	    q->prefix.family == FAMILY_V4 ? "ipv4" : "ipv6", EXPOSURE_NOBODY);
	str_fill(out, ',', NUMBERS + 5);
	str_addf(out, "%s\n", utc_format(x->head->at, text));
}

void
exposure_incidents_csv(struct str *out, const struct exposure_sheet *x)
{
	size_t i, k;

	str_adds(out, "asked,origin,family,asn,name,class,confidence,state,why,incidents,as_culprit,as_accomplice,beyond,blocks,"
	    "block_seconds,attracting_blocks,attracting_block_seconds,weighed_block_seconds,seconds,vantage_points,"
	    "of_vantage_points,share_percent,window_from,window_to,window_seen_seconds,as_of\n");
	for (i = 0; i < x->n; i++) {
		if (x->asked[i].n == 0)
			nobody_row(out, x, &x->asked[i]);
		for (k = 0; k < x->asked[i].n; k++)
			result(out, x, &x->asked[i], &x->asked[i].results[k]);
	}
}
