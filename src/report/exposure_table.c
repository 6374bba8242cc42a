/* exposure_table: each network that is depended on, with its share, its verdicts and what it passed on. */
#include "report/exposure_lay.h"

#include <inttypes.h>

#define DETAIL 6u		/* column of the lines below a network */
#define NETWORK 38u		/* columns of a network */
#define WIDE 90u		/* least width at which the verdicts stand beside them */
#define VERDICTS (NETWORK + 25)	/* column of theirs: behind two shares and the hops */

void
lay_paragraph(struct str *out, struct text_style style, unsigned column, const char *text)
{
	lay_spaces(out, column);
	lay_wrapped(out, style, column, column, text);
	str_addc(out, '\n');
}

void
lay_heading(struct str *out, struct text_style style, const char *text)
{
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, text);
	str_addc(out, '\n');
}

static void
verdicts_said(struct str *s, const struct exposure_verdicts *v)
{
	static const enum verdict order[VERDICT_N] = {VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_WARN, VERDICT_PASS,
	    VERDICT_NOT_APPLICABLE};
	const char *sep = "";
	size_t i;

	if (v->n_required == 0) {
		str_adds(s, "no control is required");
		return;
	}
	for (i = 0; i < VERDICT_N; i++)
		if (v->n[order[i]] > 0) {
			str_addf(s, "%s%zu %s", sep, v->n[order[i]], verdict_label(order[i]));
			sep = ", ";
		}
	str_addf(s, " of %zu", v->n_required);
}

static void
carried_said(struct str *s, const struct exposure *e, const struct exposure_as *a)
{
	static const char *const what[OFFENCE_N] = {[OFFENCE_INVALID] = "RPKI-invalid", [OFFENCE_BOGON] = "bogon",
	    [OFFENCE_OWN] = "of others in the own space"};
	unsigned o;

	if (e->carried_why[OFFENCE_OWN] != NULL) {
		str_addf(s, "NO DATA on what it passed on: %s", e->carried_why[OFFENCE_OWN]);
		return;
	}
	str_adds(s, "passed on ");
	say_counted(s, a->n_passed, "route");
	for (o = 0; o < OFFENCE_N; o++) {
		str_adds(s, o == 0 ? ": " : ", ");
		if (e->carried_why[o] != NULL) {
			str_addf(s, "%s NO DATA (%s)", what[o], e->carried_why[o]);
			continue;
		}
		lay_count(s, a->carried[o].routes);
		str_addf(s, " %s", what[o]);
		say_space(s, &a->carried[o]);
	}
}

static void
share_cell(struct str *out, const struct exposure *e, const struct exposure_as *a, unsigned f)
{
	if (e->view[f].state == METRIC_OK) {
		lay_percent(out, a->of[f].share_ppm, 7);
		str_adds(out, " %");
	} else {
		str_adds(out, exposure_has(e, f) ? "  NO DATA" : "        -");
	}
}

/* Where it stands, when that is told in a word. */
static void
place_said(struct str *s, const struct exposure *e, const struct exposure_as *a)
{
	const char *sep = "on every path: ";
	unsigned f;

	if (exposure_at_end(e, a)) {
		str_adds(s, "seen only by its own vantage points: where these look from, not what the routes depend on");
		return;
	}
	for (f = 0; f < FAMILY_N; f++)
		if (a->of[f].every) {
			uint32_t points = e->view[f].n_full + e->view[f].n_partial;

			str_addf(s, "%s%s, as ", sep, say_family(f));
			if (points == 1)
				str_adds(s, "one vantage point sees it");
			else if (points == 2)
				str_adds(s, "both vantage points see it");
			else
				str_addf(s, "all %" PRIu32 " vantage points see it", points);
			sep = "; ";
		}
}

static void
network(struct str *out, const struct exposure *e, const struct exposure_as *a, const struct as_result *r,
    struct text_style style)
{
	struct exposure_verdicts v;
	struct str s = {0};
	size_t from = out->len;

	exposure_verdicts_of(r, &v);
	str_adds(out, "  ");
	lay_network(out, a->asn, r->name, NETWORK - 2 - (a->hops == 1 ? 11 : 0));
	if (a->hops == 1 && a->relation != REL_NONE)
		str_addf(out, " (%s)", exposure_relation_word(a->relation));
	lay_spaces(out, NETWORK - lay_width_of((struct span){out->p + from, out->len - from}));
	share_cell(out, e, a, FAMILY_V4);
	share_cell(out, e, a, FAMILY_V6);
	str_addf(out, " %4" PRIu32 "%s", a->hops, style.width < WIDE ? "" : "  ");
	verdicts_said(&s, &v);
	if (style.width < WIDE) {	/* no room beside the numbers */
		str_addc(out, '\n');
		lay_spaces(out, DETAIL);
	}
	lay_ink(out, style, verdict_ink(v.all));
	lay_wrapped(out, style, style.width < WIDE ? DETAIL : VERDICTS, style.width < WIDE ? DETAIL : VERDICTS, s.p);
	lay_ink_end(out, style, verdict_ink(v.all));
	str_addc(out, '\n');
	str_clear(&s);
	place_said(&s, e, a);
	if (s.len > 0)
		lay_paragraph(out, style, DETAIL, s.p);
	str_clear(&s);
	carried_said(&s, e, a);
	lay_paragraph(out, style, DETAIL, s.p);
	if (v.worst != NULL) {
		str_clear(&s);
		say_worst(&s, &v);
		lay_paragraph(out, style, DETAIL, s.p);
	}
	str_release(&s);
}

void
exposure_table(struct str *out, const struct exposure_result *r, uint32_t min_ppm, struct text_style style)
{
	const struct exposure *e = r->e;
	size_t i;

	lay_heading(out, style, "Networks depended on");
	lay_text(out, style, INK_DIM, "  NETWORK                                  IPv4     IPv6  HOPS");
	lay_text(out, style, INK_DIM, style.width < WIDE ? "" : "  REQUIRED CONTROLS");
	str_addc(out, '\n');
	for (i = 0; i < e->n_ases; i++)
		network(out, e, &e->ases[i], &r->on[i], style);
	if (e->n_ases_cut > 0)
		str_addf(out, "  ... and %zu with a share of less than %" PRIu32 " %%\n", e->n_ases_cut, min_ppm / 10000);
}
