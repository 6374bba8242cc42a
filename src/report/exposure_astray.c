/* exposure_astray: the incidents of the window through the networks depended on. */
#include "report/exposure_lay.h"
#include "rule/say.h"

#include <inttypes.h>

#define LABEL 10u
#define KIND 28u		/* columns of a kind, indented */
#define WIDE 90u

/* --- what it rests on --- */

static void
gaps_said(struct str *s, const struct coverage *c)
{
	uint64_t n = 0, sum = 0;
	size_t i, k;

	for (i = 0; i < c->n_collectors; i++) {
		n += c->collectors[i].n_gaps;
		for (k = 0; k < c->collectors[i].n_gaps; k++)
			sum += (uint64_t)(c->collectors[i].gaps[k].to_s - c->collectors[i].gaps[k].from_s);
	}
	if (n == 0) {
		str_adds(s, ", without a gap");
		return;
	}
	str_adds(s, ", with ");
	say_counted(s, n, "gap");
	str_adds(s, " of ");
	lay_count(s, (sum + 3599) / 3600);
	str_adds(s, (sum + 3599) / 3600 == 1 ? " hour" : n == 1 ? " hours" : " hours together");
}

static void
heard_said(struct str *s, const struct window *x)
{
	str_adds(s, "by ");
	say_counted(s, x->coverage.n_collectors, "collector");
	str_adds(s, " with ");
	say_counted(s, x->coverage.n_vps, "vantage point");
	gaps_said(s, &x->coverage);
}

void
exposure_astray_head(struct str *out, const struct astray_ground *g, struct text_style style)
{
	struct str s = {0};

	if (g->s->window == NULL)
		str_addf(&s, "NO DATA: %s", g->s->why);
	else
		heard_said(&s, g->s->window);
	if (g->partial != NULL)
		str_addf(&s, ". But %s. So what was seen is the least that there was, and none seen is NO DATA", g->partial);
	lay_labelled(out, style, 0, LABEL, g->s->window == NULL ? "incidents" : "heard", s.p);
	str_release(&s);
}

/* --- the rows --- */

/* 34 as "34 /24". */
static void
blocks_said(struct str *s, uint64_t n, unsigned family)
{
	lay_count(s, n);
	str_adds(s, family == FAMILY_V4 ? " /24" : " /48");
}

/* Block-seconds as hours: tenths below ten, millions from ten millions on. */
static void
hours_said(struct str *s, uint64_t block_s)
{
	uint64_t tenths = (block_s + 180) / 360, hours = (block_s + 1800) / 3600;

	if (hours >= 10000000) {
		lay_count(s, (hours + 500000) / 1000000);
		str_adds(s, block_s == ASTRAY_BLOCK_S_MAX ? " M or more" : " M");
	} else if (tenths >= 100) {
		lay_count(s, hours);
	} else if (tenths == 0 && block_s > 0) {
		str_adds(s, "< 0.1");
	} else {
		str_addf(s, "%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
	}
}

static void
roles_said(struct str *s, const struct astray_row *r)
{
	lay_count(s, r->incidents[ASTRAY_CULPRIT]);
	str_addc(s, '/');
	lay_count(s, r->incidents[ASTRAY_ACCOMPLICE]);
	str_addc(s, '/');
	lay_count(s, r->incidents[ASTRAY_BEYOND]);
}

static void
right(struct str *out, struct str *cell, unsigned width)
{
	unsigned w = lay_width_of(str_span(cell));

	lay_spaces(out, w < width ? width - w : 1);
	str_add(out, str_span(cell));
	str_clear(cell);
}

/* as: NULL for all together, which have no share. */
static void
weighed_said(struct str *s, const struct exposure *e, const struct exposure_as *as, const struct astray_row *r)
{
	if (as == NULL || e->view[r->family].state != METRIC_OK)
		str_addc(s, '-');
	else
		hours_said(s, exposure_weighed(as, r));
}

static void
row_wide(struct str *out, const struct exposure *e, const struct exposure_as *as, const struct astray_row *r)
{
	struct str s = {0};

	lay_spaces(out, 4);
	str_adds(out, astray_text(r->kind));
	lay_spaces(out, KIND - 4 - lay_width(astray_text(r->kind)));
	roles_said(&s, r);
	right(out, &s, 13);
	blocks_said(&s, r->blocks, r->family);
	right(out, &s, 12);
	hours_said(&s, r->block_s);
	right(out, &s, 10);
	lay_count(&s, r->attracting);
	right(out, &s, 9);
	hours_said(&s, r->attracting_s);
	right(out, &s, 10);
	weighed_said(&s, e, as, r);
	right(out, &s, 10);
	lay_count(&s, r->n_vps);
	right(out, &s, 6);
	str_addc(out, '\n');
	str_release(&s);
}

static void
row_narrow(struct str *out, const struct exposure *e, const struct exposure_as *as, const struct astray_row *r,
    struct text_style style)
{
	struct str s = {0};

	str_addf(&s, "%s: ", astray_text(r->kind));
	roles_said(&s, r);
	str_adds(&s, " incidents, space ");
	blocks_said(&s, r->blocks, r->family);
	str_adds(&s, " for ");
	hours_said(&s, r->block_s);
	str_adds(&s, " hours, attracts ");
	lay_count(&s, r->attracting);
	str_adds(&s, " for ");
	hours_said(&s, r->attracting_s);
	str_adds(&s, ", by share ");
	weighed_said(&s, e, as, r);
	str_adds(&s, ", seen by ");
	lay_count(&s, r->n_vps);
	lay_spaces(out, 4);
	lay_wrapped(out, style, 4, 6, s.p);
	str_addc(out, '\n');
	str_release(&s);
}

static void
rows(struct str *out, const struct exposure *e, const struct exposure_as *as, const struct astray *x, struct text_style style)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (style.width < WIDE)
			row_narrow(out, e, as, &x->rows[i], style);
		else
			row_wide(out, e, as, &x->rows[i]);
}

/* --- what there was none of, and what cannot be told --- */

static bool
has(const struct astray *x, enum astray_kind k)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (x->rows[i].kind == k)
			return true;
	return false;
}

/* Kinds that no network here carried, by the reason that this is not known; why NULL: it is. */
static void
kinds_said(struct str *s, const struct exposure_sheet *x, const struct exposure *e, const bool *carried, const char *why)
{
	const char *sep = "";
	unsigned k;

	for (k = 0; k < ASTRAY_N; k++)
		if (!carried[k] && exposure_kind_why(x->incidents, e, (enum astray_kind)k, 0) == why) {
			str_addf(s, "%s%s", sep, astray_text((enum astray_kind)k));
			sep = "; ";
		}
}

static void
rest(struct str *out, const struct exposure_sheet *x, const struct exposure *e, struct text_style style)
{
	bool carried[ASTRAY_N] = {false};
	struct str s = {0};
	unsigned k, j;
	size_t i;

	for (k = 0; k < ASTRAY_N; k++)
		for (i = 0; i < e->n_ases; i++)
			carried[k] = carried[k] || has(&e->ases[i].astray, (enum astray_kind)k);
	kinds_said(&s, x, e, carried, NULL);
	if (s.len > 0)
		lay_labelled(out, style, 2, 17, "none seen", s.p);
	for (k = 0; k < ASTRAY_N; k++) {
		const char *why = exposure_kind_why(x->incidents, e, (enum astray_kind)k, carried[k]);

		for (j = 0; j < k && why != exposure_kind_why(x->incidents, e, (enum astray_kind)j, carried[j]); j++)
			continue;
		if (why == NULL || j < k)
			continue;
		str_clear(&s);
		kinds_said(&s, x, e, carried, why);
		str_addf(&s, ": %s", why);
		lay_labelled(out, style, 2, 17, "NO DATA", s.p);
	}
	str_release(&s);
}

/* Networks that none went through; together they are one line. */
static void
others(struct str *out, const struct exposure *e, struct text_style style)
{
	struct str s = {0};
	size_t i, n = 0;

	for (i = 0; i < e->n_ases; i++)
		if (e->ases[i].astray.n == 0)
			str_addf(&s, "%sAS%" PRIu32, n++ > 0 ? ", " : "", e->ases[i].asn);
	if (n > 0)
		lay_labelled(out, style, 2, 17, "none through", s.p);
	str_release(&s);
}

void
exposure_astray_text(struct str *out, const struct exposure_sheet *x, const struct exposure_result *r,
    struct text_style style)
{
	const struct exposure *e = r->e;
	size_t i, n = 0;

	lay_heading(out, style, "Incidents of the window through them");
	if (e->astray_why != NULL) {
		str_addf(out, "  NO DATA: %s\n", e->astray_why);
		return;
	}
	for (i = 0; i < e->n_ases; i++)
		n += e->ases[i].astray.n > 0;
	if (n > 0 && style.width >= WIDE) {
		lay_text(out, style, INK_DIM, "  NETWORK AND KIND        DID/TOOK/BEYOND       SPACE     HOURS ATTRACTS     HOURS  BY SHARE  "
		    "SEEN");
		str_addc(out, '\n');
	}
	for (i = 0; i < e->n_ases; i++) {
		if (e->ases[i].astray.n == 0)
			continue;
		str_adds(out, "  ");
		lay_network(out, e->ases[i].asn, r->on[i].name, style.width - 2 - (exposure_at_end(e, &e->ases[i]) ? 42 : 0));
		if (exposure_at_end(e, &e->ases[i]))
			str_adds(out, " (seen only by its own vantage points)");
		str_addc(out, '\n');
		rows(out, e, &e->ases[i], &e->ases[i].astray, style);
	}
	if (n > 1 && e->together.n > 0) {
		str_adds(out, "  all of them together, each block once\n");
		rows(out, e, NULL, &e->together, style);
	}
	others(out, e, style);
	rest(out, x, e, style);
}
