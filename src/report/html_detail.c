/* html_detail: what is folded under a control: the records that decided, and the requirement with how it was
 * measured. */
#include "report/html_part.h"
#include "report/layout.h"
#include "rule/say.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- records --- */

static void
record(struct str *out, const struct record *r)
{
	char buf[PREFIX_TEXT];
	size_t i;

	str_adds(out, "<li><p class=\"rec\">");
	if (r->has_prefix)
		str_addf(out, "<code>%s</code> ", prefix_format(&r->prefix, buf));
	if (r->origin != ORIGIN_NONE)
		str_addf(out, "from AS%" PRIu32 " ", r->origin);
	html_el(out, "strong", NULL, r->code);
	str_adds(out, "</p>\n<dl>\n");
	html_term(out, "remedy", r->remedy);
	html_term(out, "path", r->path);
	if (r->n_vps > 0) {
		str_addf(out, "<dt>seen by</dt><dd>%" PRIu32 " vantage point%s%s", r->n_vps,
		    r->n_vps == 1 ? "" : "s", r->vps != NULL && *r->vps != '\0' ? ": " : "");
		html_text(out, r->vps != NULL ? r->vps : "");
		str_adds(out, "</dd>\n");
	}
	for (i = 0; i < r->n_objects; i++)
		html_term(out, "against", r->objects[i]);
	html_term(out, "rule", r->rule);
	str_adds(out, "</dl></li>\n");
}

static void
summary_line(struct str *out, const struct metric *m)
{
	size_t from;

	str_adds(out, "<summary>");
	lay_count(out, m->n_deciding);
	str_addf(out, " record%s that decided: ", m->n_deciding == 1 ? "" : "s");
	from = out->len;
	say_metric(out, m);
	html_escape(out, from);
	str_adds(out, "</summary>\n");
}

static void
elsewhere(struct html_as *a, const struct metric *m)
{
	str_addf(a->out,
	    "<p class=\"see\">The records behind %s stand under <a href=\"#%s\">the first control that "
	    "rests on them</a>.</p>\n",
	    metric_word(m->id), a->shown[m->id]);
}

void
html_records(struct html_as *a, const struct pack *p, const struct control *c, const struct metric *m,
    const char *id)
{
	struct str *out = a->out;
	size_t i;

	if (m->state != METRIC_OK || m->n_deciding == 0 || m->n_records == 0)
		return;
	if (a->shown[m->id] != NULL) {
		if (strcmp(a->shown[m->id], id) != 0)
			elsewhere(a, m);
		return;
	}
	a->shown[m->id] = strdup(id);
	html_open(out, "details", "class=\"records\"");
	summary_line(out, m);
	html_open(out, "ol", NULL);
	for (i = 0; i < m->n_records; i++)
		record(out, &m->records[i]);
	html_close(out, "ol");
	if (m->n_deciding > m->n_records) {
		str_adds(out, "<p>... and ");
		lay_count(out, m->n_deciding - m->n_records);
		str_addf(out, " more: <code>routemark explain %" PRIu32 " ", a->r->asn);
		html_text(out, p->id);
		str_addc(out, '/');
		html_text(out, c->id);
		str_adds(out, " --data DIR</code></p>\n");
	}
	html_close(out, "details");
}

/* --- the requirement --- */

static void
bars(struct str *out, const struct judgement *j)
{
	const struct control *c = j->control;
	struct str s = {0};
	size_t t;

	for (t = 0; t < c->n_tests; t++) {
		if (!c->tests[t].judged)
			continue;
		str_clear(&s);
		str_addf(&s, "%s: ", metric_word(c->tests[t].metric));
		say_bars(&s, &c->tests[t], j->is_cdn);
		html_term(out, "bar", s.p);
	}
	str_release(&s);
}

static void
references(struct str *out, const struct control *c)
{
	size_t i;

	for (i = 0; i < c->n_references; i++) {
		str_adds(out, "<dt>source</dt><dd>");
		html_link(out, c->references[i].href, c->references[i].title);
		str_adds(out, "</dd>\n");
	}
}

static void
measured(struct str *out, const struct metric *m)
{
	struct str s = {0};
	char when[UTC_TEXT], hex[SHA256_HEX + 1];
	unsigned e;
	size_t i;

	str_addf(&s, "%s: %s", metric_word(m->id), metric_text(m->id));
	html_term(out, "number", s.p);
	str_clear(&s);
	for (i = 0; m->state == METRIC_OK && i < METRIC_PARTS && m->part[i].name != NULL; i++) {
		str_addf(&s, "%s%s ", i > 0 ? ", " : "", m->part[i].name);
		lay_count(&s, m->part[i].n);
	}
	html_term(out, "of which", s.p);
	str_clear(&s);
	for (e = 0; e < EV_N; e++)
		if (m->evidence & EV_BIT(e))
			str_addf(&s, "%s%s", s.len > 0 ? ", " : "", evidence_word((enum evidence)e));
	if (s.len > 0)
		str_addf(&s,
		    "; the oldest of %.10s; %" PRIu32 " full-feed peers for IPv4, %" PRIu32 " for IPv6",
		    utc_format(m->oldest, when), m->n_full_feed[FAMILY_V4], m->n_full_feed[FAMILY_V6]);
	html_term(out, "evidence", s.p);
	if (m->state == METRIC_OK && m->n_deciding > 0) {
		sha256_hex(m->deciding_sha256, hex);
		html_term(out, "digest of all records", hex);
	}
	str_release(&s);
}

static void
siblings(struct str *out, const struct metric *m)
{
	struct str s = {0};

	if (m->state != METRIC_OK || m->org.n < 2)
		return;
	say_siblings(&s, m);
	html_term(out, "siblings", s.p);
	str_release(&s);
}

void
html_requirement(struct html_as *a, const struct pack *p, const struct judgement *j)
{
	const struct control *c = j->control;
	struct str *out = a->out;
	struct str s = {0};
	size_t t;

	str_adds(out, "<details>\n<summary>The requirement, and how it was measured</summary>\n<dl>\n");
	html_term(out, "asks", c->statement);
	html_term(out, "guidance", c->guidance);
	bars(out, j);
	html_term(out, "bar from", c->threshold_source);
	html_term(out, "also needs", c->also_needs);
	if (c->age_max_days > 0) {
		str_addf(&s, "at most %" PRIu32 " days from the moment judged for", c->age_max_days);
		html_term(out, "age of evidence", s.p);
		str_clear(&s);
	}
	str_addf(&s, "%s %s%s, evidence: %s", p->id, p->version, pack_label(p),
	    c->evidence_class);
	html_term(out, "pack", s.p);
	references(out, c);
	for (t = 0; j->metrics != NULL && t < c->n_tests; t++) {
		measured(out, j->metrics[t]);
		siblings(out, j->metrics[t]);
	}
	str_adds(out, "</dl>\n</details>\n");
	str_release(&s);
}
