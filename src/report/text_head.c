/* text_head: what the numbers rest on, in a few lines, before the tables. */
#include "base/limits.h"
#include "report/dated.h"
#include "report/disputes.h"
#include "report/layout.h"
#include "metric/scored.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

static void
family_line(struct str *out, const struct routes *r, unsigned family)
{
	str_adds(out, family == FAMILY_V4 ? "IPv4: " : "IPv6: ");
	if (r->n_full[family] == 0) {
		str_adds(out, "no table");
		return;
	}
	lay_count(out, r->n_visible[family]);
	str_addf(out, " routes count, carried by at least %" PRIu32 " of %" PRIu32 " full-feed peers",
	    r->visibility[family], r->n_full[family]);
}

static void
span_of_inputs(struct str *out, const struct world *w)
{
	struct utc oldest, newest;
	size_t i, used = 0, untimed = 0;
	char a[UTC_TEXT], b[UTC_TEXT];

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (!in->complete || in->duplicate || in->kind == KIND_TEXT)
			continue;
		used++;
		untimed += !utc_known(in->time);
	}
	dated_span(w, &oldest, &newest);
	str_addf(out, "%zu input%s", used, used == 1 ? "" : "s");
	if (utc_known(oldest))
		str_addf(out, " of %.10s to %.10s", utc_format(oldest, a), utc_format(newest, b));
	if (untimed > 0)
		str_addf(out, ", %zu without a date", untimed);
}

/* What could not be used, by digest, with the reason. */
static void
unusable(struct str *out, const struct world *w, struct text_style style)
{
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct input *in = &w->inputs[i];

		if (in->complete || in->duplicate)
			continue;
		sha256_hex(in->sha256, hex);
		str_clear(&s);
		str_addf(&s, "%s, sha256 %.12s: %s%s%s", kind_word(in->kind), hex,
		    in->detail != NULL ? in->detail : "", in->detail != NULL && in->err != OK ? ": " : "",
		    in->err != OK ? err_text(in->err) : "");
		lay_labelled(out, style, 0, 10, "not used", s.p);
	}
	str_release(&s);
}

/* What the line above does not say of packs that count by another rule. */
static void
tables_line(struct str *out, const struct assessment *head, struct text_style style)
{
	struct str s = {0};
	bool any = false;
	size_t i, k;

	for (i = 0; i < head->n_packs; i++)
		for (k = 0; k < head->packs[i].n; k++)
			any = any || head->packs[i].controls[k].as_seen;
	if (!any)
		return;
	str_adds(&s, "where a control is about a route server's table, each route in it counts: one session is enough");
	if (head->params->route_server != 0)
		str_addf(&s, "; all MRT tables here are held to be the table of AS%" PRIu32 ", as --route-server says",
		    head->params->route_server);
	lay_labelled(out, style, 0, 10, "tables", s.p);
	str_release(&s);
}

/* Which updates incidents are from. */
static void
window_line(struct str *out, const struct scored *s, struct text_style style)
{
	struct str text = {0};
	char from[UTC_TEXT], to[UTC_TEXT];

	if (s == NULL || s->window == NULL)
		return;
	str_addf(&text, "incidents of %.16s to %.16s UTC, of which ", utc_format(s->window->from, from),
	    utc_format(s->window->to, to));
	say_percent(&text, (int64_t)(s->window->seen_s * 1000000 / (uint64_t)(s->window->to.s - s->window->from.s)));
	str_addf(&text, " %% was seen; scores by curve %s", curve_word(s->curve));
	lay_labelled(out, style, 0, 10, "window", text.p);
	str_release(&text);
}

/* What an earlier report had more of. */
static void
since_line(struct str *out, const struct since *h, struct text_style style)
{
	char at[UTC_TEXT];
	struct str s = {0};
	size_t i;

	if (!h->known)
		return;
	str_addf(&s, "the report of %.10s; ", utc_format(h->than.at, at));
	if (h->n == 0)
		str_addf(&s, "no kind of evidence has shrunk by more than %u %% since", SHRUNK_PERCENT_MAX);
	for (i = 0; i < h->n; i++) {
		str_addf(&s, "%s%s shrank from ", i > 0 ? "; " : "", h->shrunk[i].what);
		lay_count(&s, h->shrunk[i].before);
		str_adds(&s, " to ");
		lay_count(&s, h->shrunk[i].now);
	}
	if (h->n > 0)
		str_addf(&s, ", more than %u %%: what rests on that has no data", SHRUNK_PERCENT_MAX);
	lay_labelled(out, style, 0, 10, "baseline", s.p);
	str_release(&s);
}

void
report_text_head(struct str *out, const struct assessment *head, struct text_style style)
{
	const struct world *w = head->world;
	struct str s = {0};
	char when[UTC_TEXT];

	str_addf(&s, "%.10s; verdicts are about that moment, not about today", utc_format(head->at, when));
	lay_labelled(out, style, 0, 10, "as of", s.p);
	str_clear(&s);
	span_of_inputs(&s, w);
	lay_labelled(out, style, 0, 10, "evidence", s.p);
	str_clear(&s);
	family_line(&s, &w->routes, FAMILY_V4);
	lay_labelled(out, style, 0, 10, "seen", s.p);
	str_clear(&s);
	family_line(&s, &w->routes, FAMILY_V6);
	lay_labelled(out, style, 0, 10, "", s.p);
	if (head->disputes != NULL) {
		str_clear(&s);
		say_disputes_head(&s, head->disputes);
		lay_labelled(out, style, 0, 10, "disputes", s.p);
	}
	str_release(&s);
	window_line(out, head->params->scored, style);
	tables_line(out, head, style);
	since_line(out, &w->since, style);
	unusable(out, w, style);
}
