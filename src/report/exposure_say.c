/* exposure_say: what is said of an exposure, in words: the weakest link, what hangs on one neighbour, whose routes
 * lie in the own space. */
#include "report/exposure_lay.h"
#include "rule/say.h"

#include <inttypes.h>

const char *
say_family(unsigned family)
{
	return family == FAMILY_V4 ? "IPv4" : "IPv6";
}

const char *
say_plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

void
say_counted(struct str *out, uint64_t n, const char *what)
{
	lay_count(out, n);
	str_addf(out, " %s%s", what, say_plural(n));
}

void
say_worst(struct str *s, const struct exposure_verdicts *v)
{
	str_addf(s, "%s %s/%s%s: ", verdict_label(v->worst->verdict), v->worst_pack->id, v->worst->control->id,
	    pack_label(v->worst_pack));
	say_reason(s, v->worst);
}

void
say_space(struct str *s, const struct exposure_space *x)
{
	const char *sep = " (";
	unsigned f;

	for (f = 0; f < FAMILY_N; f++)
		if (x->blocks[f] > 0) {
			str_adds(s, sep);
			lay_count(s, x->blocks[f]);
			str_adds(s, f == FAMILY_V4 ? " /24" : " /48");
			sep = ", ";
		}
	if (x->routes > 0)
		str_addc(s, ')');
}

void
say_weakest(struct str *s, const struct exposure_result *r)
{
	struct exposure_weakest x;
	const struct exposure_as *a;
	unsigned f;

	exposure_weakest_of(r, &x);
	if (x.at == SIZE_MAX) {
		str_adds(s, "none: no network here has a required control that is FAIL or NO DATA");
		return;
	}
	a = &r->e->ases[x.at];
	if (x.v.all != VERDICT_FAIL)
		str_adds(s, "no network on the way is known to fail a required control. Of those that cannot be judged whole, ");
	str_addf(s, "AS%" PRIu32 "%s carries the largest share (", a->asn,
	    x.v.all == VERDICT_FAIL ? ": of those here that fail a required control it" : "");
	for (f = 0; f < FAMILY_N; f++)
		if (r->e->view[f].state == METRIC_OK) {
			str_adds(s, s->p[s->len - 1] == '(' ? "" : ", ");
			say_percent(s, a->of[f].share_ppm);
			str_addf(s, " %% of %s", say_family(f));
		}
	str_addc(s, ')');
	for (f = 0; f < FAMILY_N; f++)
		if (r->e->view[f].state == METRIC_OK && r->e->view[f].n_views < EXPOSURE_HOMING_VIEWS)
			str_addf(s, ", where %s is seen from %" PRIu32 " network%s only", say_family(f), r->e->view[f].n_views,
			    say_plural(r->e->view[f].n_views));
	str_adds(s, ". ");
	say_worst(s, &x.v);
}

static void
single_said(struct str *s, const struct exposure_view *v)
{
	char text[PREFIX_TEXT];
	size_t i;

	if (v->n_single == 0)
		return;
	str_adds(s, "; but ");
	say_counted(s, v->n_single, "route");
	str_adds(s, v->n_single == 1 ? " is: " : " are: ");
	for (i = 0; i < v->n_single && i < EXPOSURE_KEPT; i++)
		str_addf(s, "%s%s behind AS%" PRIu32 " (%" PRIu32 ")", i > 0 ? ", " : "",
		    prefix_format(&v->single[i].prefix, text), v->single[i].neighbour, v->single[i].n_vps);
	if (v->n_single > EXPOSURE_KEPT)
		str_addf(s, ", and %" PRIu32 " more", v->n_single - EXPOSURE_KEPT);
	str_adds(s, "; in brackets the vantage points that see it; a backup that carries nothing now is invisible");
}

void
say_homing(struct str *s, const struct exposure_view *v)
{
	uint32_t points = v->n_full + v->n_partial;

	if (v->homing == HOMING_SINGLE || v->homing == HOMING_DIRECT) {
		str_addf(s, "yes, behind AS%" PRIu32 ", ", v->neighbour);
		if (v->homing == HOMING_DIRECT)
			str_addf(s, "but for %" PRIu32 " neighbour%s seen only from %s own vantage point%s, ", v->n_direct,
			    say_plural(v->n_direct), v->n_direct == 1 ? "its" : "their", say_plural(v->n_direct));
		str_addf(s, "as seen from %" PRIu32 " vantage points in %" PRIu32 " networks; a backup that carries nothing "
		    "now is invisible", points, v->n_networks);
	} else if (v->homing == HOMING_UNSEEN) {
		str_adds(s, "NO DATA: no path shows a neighbour");
	} else if (v->homing == HOMING_FEW) {
		str_addf(s, "NO DATA: the paths here pass one neighbour, but are seen from %" PRIu32 " network%s only; at least "
		    "%u are needed to tell", v->n_networks, say_plural(v->n_networks), EXPOSURE_HOMING_VIEWS);
	} else {
		str_addf(s, "not as a whole: %" PRIu32 " neighbours, %" PRIu32 " of them seen only from their own vantage point",
		    v->n_neighbours, v->n_direct);
		single_said(s, v);
		if (v->n_few > 0) {
			str_adds(s, "; for ");
			say_counted(s, v->n_few, "route");
			str_addf(s, " NO DATA: seen from fewer than %u networks", EXPOSURE_HOMING_VIEWS);
		}
	}
}

static void
left_out_said(struct str *s, const struct exposure *e)
{
	if (e->n_own_valid > 0)
		str_addf(s, ". Left out: %" PRIu64 " that %s RPKI-valid", e->n_own_valid, e->n_own_valid == 1 ? "is" : "are");
	if (e->n_own_sibling > 0)
		str_addf(s, "%s%" PRIu64 " of the same organisation", e->n_own_valid > 0 ? ", " : ". Left out: ",
		    e->n_own_sibling);
	if (!e->siblings_known && e->own.routes > 0)
		str_adds(s, ". Which origins are the same organisation's is not known here");
}

void
say_own(struct str *s, const struct exposure *e)
{
	char text[PREFIX_TEXT];
	size_t i;

	if (e->carried_why[OFFENCE_OWN] != NULL) {
		str_addf(s, "NO DATA: %s", e->carried_why[OFFENCE_OWN]);
		return;
	}
	if (e->own.routes == 0) {
		str_adds(s, "no other origin's route for or within these routes is seen");
		str_adds(s, e->n_own_valid + e->n_own_sibling > 0 ? " but those left out" : "");
		left_out_said(s, e);
		return;
	}
	say_counted(s, e->own.routes, "route");
	str_addf(s, " of %s for or within these routes", e->own.routes == 1 ? "another origin" : "other origins");
	say_space(s, &e->own);
	str_adds(s, e->rov_known ? ", not RPKI-valid" : ", which no VRPs here could clear");
	for (i = 0; i < e->n_foreign; i++) {
		str_addf(s, "%s%s of AS%" PRIu32, i > 0 ? ", " : ": ", prefix_format(&e->foreign[i].prefix, text),
		    e->foreign[i].origin);
		if (e->rov_known)
			str_addf(s, " (%s)", rov_word(e->foreign[i].rov));
	}
	if (e->own.routes > e->n_foreign)
		str_addf(s, ", and %" PRIu64 " more", e->own.routes - e->n_foreign);
	left_out_said(s, e);
}
