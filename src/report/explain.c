/* explain: one verdict in full: the requirement, the numbers, every record that decided, the remedy. */
#include "report/dated.h"
#include "report/disputes.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <string.h>

#define LABEL 2		/* columns */
#define TEXT 14

static void
heading(struct str *out, struct text_style style, const char *text)
{
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, text);
	str_addc(out, '\n');
}

static void
requirement(struct str *out, const struct pack *p, const struct control *c, struct text_style style)
{
	struct str s = {0};
	size_t i;

	heading(out, style, "Requirement");
	lay_labelled(out, style, LABEL, TEXT, "text", c->statement);
	if (c->guidance != NULL)
		lay_labelled(out, style, LABEL, TEXT, "guidance", c->guidance);
	for (i = 0; i < c->n_tests; i++) {
		if (!c->tests[i].judged)
			continue;
		str_clear(&s);
		str_addf(&s, "%s: ", metric_word(c->tests[i].metric));
		say_bars(&s, &c->tests[i], false);
		if (c->tests[i].pass_cdn >= 0) {
			str_adds(&s, "; for CDNs ");
			say_bars(&s, &c->tests[i], true);
		}
		lay_labelled(out, style, LABEL, TEXT, "bar", s.p);
	}
	if (c->threshold_source != NULL)
		lay_labelled(out, style, LABEL, TEXT, "bar from", c->threshold_source);
	if (c->cannot != NULL)
		lay_labelled(out, style, LABEL, TEXT, "not judged", c->cannot);
	if (c->also_needs != NULL)
		lay_labelled(out, style, LABEL, TEXT, "also needs", c->also_needs);
	for (i = 0; i < c->n_references; i++) {
		str_clear(&s);
		str_addf(&s, "%s <%s>", c->references[i].title, c->references[i].href);
		lay_labelled(out, style, LABEL, TEXT, i == 0 ? "sources" : "", s.p);
	}
	str_clear(&s);
	str_addf(&s, "%s %s (%s), %s, evidence: %s", p->id, p->version, p->status,
	    c->required ? "required" : "not required", c->evidence_class);
	lay_labelled(out, style, LABEL, TEXT, "pack", s.p);
	str_release(&s);
}

static void
parts_line(struct str *out, const struct metric *m, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++) {
		str_addf(&s, "%s%s ", i > 0 ? ", " : "", m->part[i].name);
		lay_count(&s, m->part[i].n);
	}
	if (s.len > 0)
		lay_labelled(out, style, LABEL, TEXT, "of which", s.p);
	str_release(&s);
}

static void
org_line(struct str *out, const struct metric *m, struct text_style style)
{
	struct str s = {0};

	if (m->org.n < 2)
		return;
	say_siblings(&s, m);
	str_addf(&s, " (%" PRIu64 " of %" PRIu64 ")", m->org.num, m->org.den);
	lay_labelled(out, style, LABEL, TEXT, "siblings", s.p);
	str_release(&s);
}

static void
evidence_line(struct str *out, const struct metric *m, struct text_style style)
{
	struct str s = {0};
	char when[UTC_TEXT];
	unsigned e;

	for (e = 0; e < EV_N; e++)
		if (m->evidence & EV_BIT(e))
			str_addf(&s, "%s%s", s.len > 0 ? ", " : "", evidence_word((enum evidence)e));
	if (s.len > 0) {
		str_addf(&s, "; the oldest of %.10s", utc_format(m->oldest, when));
		lay_labelled(out, style, LABEL, TEXT, "evidence", s.p);
		str_clear(&s);
		str_addf(&s, "%" PRIu32 " full-feed peers for IPv4, %" PRIu32 " for IPv6, at %" PRIu32
		    " collector%s", m->n_full_feed[FAMILY_V4], m->n_full_feed[FAMILY_V6], m->n_collectors,
		    m->n_collectors == 1 ? "" : "s");
		lay_labelled(out, style, LABEL, TEXT, "vantage", s.p);
	}
	str_release(&s);
}

static void
numbers(struct str *out, const struct metric *m, bool judged, struct text_style style)
{
	char hex[SHA256_HEX + 1];
	struct str s = {0};

	heading(out, style, metric_word(m->id));
	lay_labelled(out, style, LABEL, TEXT, "is", metric_text(m->id));
	if (m->state == METRIC_OK)
		say_metric(&s, m);
	else
		str_adds(&s, m->why);
	lay_labelled(out, style, LABEL, TEXT, judged ? "number" : "not judged", s.p);
	if (m->state == METRIC_OK) {
		parts_line(out, m, style);
		org_line(out, m, style);
	}
	evidence_line(out, m, style);
	if (m->state == METRIC_OK && m->n_deciding > 0) {
		str_clear(&s);
		lay_count(&s, m->n_deciding);
		sha256_hex(m->deciding_sha256, hex);
		str_addf(&s, "; sha256 over all %s", hex);
		lay_labelled(out, style, LABEL, TEXT, "records", s.p);
	}
	str_release(&s);
}

static void
opt_line(struct str *out, struct text_style style, const char *label, const char *text)
{
	if (text != NULL && *text != '\0')
		lay_labelled(out, style, 6, 18, label, text);
}

static void
record_full(struct str *out, const struct record *r, size_t number, struct text_style style)
{
	char buf[PREFIX_TEXT];
	struct str s = {0};
	size_t i;

	str_addf(&s, "%4zu  ", number);
	if (r->has_prefix)
		str_addf(&s, "%s ", prefix_format(&r->prefix, buf));
	if (r->origin != ORIGIN_NONE)
		str_addf(&s, "from AS%" PRIu32 " ", r->origin);
	lay_text(out, style, INK_PLAIN, s.p);
	lay_text(out, style, INK_BOLD, r->code);
	str_addc(out, '\n');
	opt_line(out, style, "path", r->path);
	if (r->n_vps > 0) {
		str_clear(&s);
		str_addf(&s, "%" PRIu32 " vantage point%s", r->n_vps, r->n_vps == 1 ? "" : "s");
		if (r->vps != NULL && *r->vps != '\0')
			str_addf(&s, ": %s", r->vps);
		opt_line(out, style, "seen by", s.p);
	}
	for (i = 0; i < r->n_objects; i++)
		opt_line(out, style, i == 0 ? "against" : "", r->objects[i]);
	opt_line(out, style, "because", r->rule);
	opt_line(out, style, "remedy", r->remedy);
	str_release(&s);
}

static void
metric_full(struct str *out, const struct metric *m, bool judged, struct text_style style)
{
	size_t i;

	numbers(out, m, judged, style);
	for (i = 0; m->state == METRIC_OK && i < m->n_records; i++)
		record_full(out, &m->records[i], i + 1, style);
	if (m->state == METRIC_OK && m->n_deciding > m->n_records) {
		str_adds(out, "      ... and ");
		lay_count(out, m->n_deciding - m->n_records);
		str_adds(out, " more\n");
	}
}

void
report_explain(struct str *out, const struct assessment *head, const struct as_result *as,
    const struct pack *pack, const struct judgement *j, struct text_style style)
{
	const struct control *c = j->control;
	const struct disputed_control *d = disputed_of(as, pack, c);
	struct str s = {0};
	char dated[DATED_TEXT];
	size_t i;

	str_addf(&s, "AS%" PRIu32 "%s%s%s%s, %s/%s%s: %s", as->asn, *as->name != '\0' ? " " : "", as->name,
	    *as->org != '\0' ? ", " : "", as->org, pack->id, c->id, pack_label(pack), c->title);
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	lay_text(out, style, verdict_ink(j->verdict), verdict_label(j->verdict));
	str_clear(&s);
	say_reason(&s, j);
	str_addf(&s, " (%s)", dated_text(head, dated));
	str_adds(out, "  ");
	lay_wrapped(out, style, lay_width(verdict_label(j->verdict)) + 2, 2, s.p);
	str_addc(out, '\n');
	str_release(&s);
	if (d != NULL) {
		report_disputes_text(out, d, LABEL, style);
		lay_spaces(out, LABEL);
		lay_wrapped(out, style, LABEL, LABEL, disputes_note);
		str_addc(out, '\n');
	}
	if (pack->proposal && pack->remarks != NULL) {
		str_addc(out, '\n');
		lay_wrapped(out, style, 0, 0, pack->remarks);
		str_addc(out, '\n');
	}
	requirement(out, pack, c, style);
	for (i = 0; j->metrics != NULL && i < c->n_tests; i++)
		metric_full(out, j->metrics[i], judgement_rests(j, i), style);
	if (c->remedy != NULL && (j->verdict == VERDICT_FAIL || j->verdict == VERDICT_WARN)) {
		heading(out, style, "Remedy");
		lay_labelled(out, style, LABEL, LABEL, "", c->remedy);
	}
}
