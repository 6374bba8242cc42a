/* page_mark: /mark/64500: how the marks of a network stand by the log, in words, what was said of them, and the badge;
 * /mark/64500.svg: that badge, as it stands at the moment of the newest evidence. */
#include "report/badge.h"
#include "report/layout.h"
#include "serve/docket_say.h"
#include "serve/page.h"

#include <inttypes.h>

static const enum badge_look looks[MARK_STATES] = {BADGE_STANDS, BADGE_EARLY, BADGE_LAPSED, BADGE_SUSPENDED, BADGE_DISPUTED};

/* --- the badge --- */

static const char *
badge_line(struct ask *q, const struct mark_found *m, enum mark_state state)
{
	struct str s = {0};
	const char *out;

	if (m->decides != NULL && m->standing == mark_state_answer(state)) {
		str_addf(&s, "%s: entry %" PRIu64 " of the log", status_name(m->decides->status.word), m->decides->index);
	} else {
		str_adds(&s, state == MARK_EARLY ? "from " : state == MARK_LAPSED ? "lapsed after " : "valid to ");
		docket_time(&s, state == MARK_EARLY ? m->issued.status.at : m->line.valid_to);
	}
	out = arena_strdup(q->a, str_span(&s));
	str_release(&s);
	return out;
}

static void
mark_badge_draw(struct ask *q, const struct mark_find *f)
{
	const struct mark_found *m = docket_mark_of(f, ask_arg(q, "pack"));
	const struct shown_name *name = shown_name(q->view, f->asn);
	enum mark_state state;
	struct span version;
	struct badge b;

	if (m == NULL) {
		ask_problem(q, 404, "No such mark", "Nobody whose word counts here has given AS%" PRIu32 " such a mark in this log.", f->asn);
		return;
	}
	state = mark_state_at(m, docket_moment(q, f));
	version = docket_pack_version(m);
	b = (struct badge){looks[state], f->asn, name != NULL ? name->name : "",
	    arena_printf(q->a, "%s %.*s", m->line.pack, (int)version.len, version.p), m->line.version + version.len,
	    badge_line(q, m, state), NULL, m->sha256};
	q->r->type = TYPE_SVG;
	q->r->embeds = true;
	badge_svg(&q->r->body, &b, false);
}

/* --- the page --- */

static void
key_term(struct ask *q, const char *term, const struct key_pub *k)
{
	struct str s = {0};

	docket_key(&s, k);
	html_term(&q->r->body, term, s.p);
	str_release(&s);
}

static void
time_term(struct ask *q, const char *term, const char *time)
{
	struct str s = {0};

	docket_time(&s, time);
	html_term(&q->r->body, term, s.p);
	str_release(&s);
}

static void
word_rows(struct ask *q, const struct verify_log *l, const char *on)
{
	struct str *out = &q->r->body;
	struct mark_line line;
	size_t i, from;

	for (i = 0; i < l->n; i++) {
		const struct verify_word *w = &l->words[i];

		str_addf(out, "<tr><th scope=\"row\" class=\"n\"><a href=\"/log/%" PRIu64 "\">%" PRIu64 "</a></th><td>%s</td><td>%s</td><td>",
		    w->index, w->index, status_name(w->status.word), on);
		str_addf(out, "<span class=\"same\">%.10s</span></td><td>", w->status.at);
		from = out->len;
		docket_key(out, w->by);
		html_escape(out, from);
		str_adds(out, "</td><td class=\"why\">");
		if (w->status.word == STATUS_ISSUED && mark_line_read(span_of(w->status.reason != NULL ? w->status.reason : ""), q->a, &line) == OK)
			str_addf(out, "to %.10s", line.valid_to);	/* the rest stands above */
		else
			html_text(out, w->status.reason != NULL ? w->status.reason : "-");
		str_adds(out, "</td></tr>\n");
	}
}

static void
words(struct ask *q, const struct mark_found *m)
{
	static const char *const heads[] = {"#Entry", "Status", "Of", "Evidence", "By", "Reason"};
	struct str *out = &q->r->body;
	uint64_t strangers = m->own.strangers + m->report.strangers;

	html_table(out, "What was said of it in the log", heads, 6);
	word_rows(q, &m->own, "the mark");
	word_rows(q, &m->report, "its report");
	html_table_end(out);
	if (strangers > 0)
		str_addf(out, "<p class=\"note\">%" PRIu64 " further entr%s by keys that are not known here, and count%s for nothing.</p>\n",
		    strangers, strangers == 1 ? "y is" : "ies are", strangers == 1 ? "s" : "");
}

static void
proposal(struct ask *q, const struct mark_found *m)
{
	const char *status = docket_pack_status(m);

	if (strcmp(status, "published") == 0)
		return;
	str_adds(&q->r->body, "<p class=\"notice\"><strong>Not in force.</strong> The requirements are ");
	str_adds(&q->r->body, strcmp(status, "proposed") == 0 ? "a proposal of a public body, which binds nobody.</p>\n" :
	    "a proposal of whoever wrote this pack, not a scheme that anybody has in force.</p>\n");
}

static void
one(struct ask *q, const struct mark_find *f, const struct mark_found *m, struct utc at)
{
	static const char *const shown[MARK_STATES] = {"✓ VALID", "? NOT YET", "✗ LAPSED", "✗ SUSPENDED", "? DISPUTED"};
	static const char *const class[MARK_STATES] = {"vp", "va", "vf", "vf", "vw"};
	enum mark_state state = mark_state_at(m, at);
	struct str *out = &q->r->body;
	size_t from;

	str_adds(out, "<h2 id=\"");
	html_slug(out, m->line.pack);
	str_addf(out, "\"><span class=\"v %s\">%s</span> ", class[state], shown[state]);
	html_text(out, m->line.pack);
	str_addc(out, ' ');
	html_text(out, m->line.version);
	str_adds(out, "</h2>\n");
	proposal(q, m);
	str_adds(out, "<p class=\"lead\">");
	from = out->len;
	docket_mark_words(out, m, at);
	html_sentence(out, from);
	str_addf(out, "</p>\n<img class=\"badge\" src=\"/mark/%" PRIu32 ".svg?pack=", f->asn);
	html_text(out, m->line.pack);
	str_addf(out, "\" alt=\"The mark as a badge: %s\" width=\"%d\" height=\"%d\">\n<dl>\n", mark_state_word(state), BADGE_WIDTH,
	    BADGE_HEIGHT);
	time_term(q, "Evidence as of", m->issued.status.at);
	time_term(q, "Valid to", m->line.valid_to);
	key_term(q, "Issued by", m->issued.by);
	str_addf(out, "<dt>In the log</dt><dd><a href=\"/log/%" PRIu64 "\">entry %" PRIu64 "</a>, with its proof of inclusion</dd>\n",
	    m->issued.index, m->issued.index);
	html_term(out, "Report (SHA-256)", m->line.report);
	html_term(out, "Mark (SHA-256)", m->sha256);
	str_adds(out, "</dl>\n");
	words(q, m);
}

static void
earlier(struct ask *q, const struct mark_find *f)
{
	static const char *const heads[] = {"#Entry", "Pack", "Evidence", "Valid to"};
	struct str *out = &q->r->body;
	size_t i, n = 0;

	for (i = 0; i < f->n; i++) {
		const struct mark_found *m = &f->found[i];

		if (!m->superseded)
			continue;
		if (n++ == 0) {
			html_el(out, "h2", "id=\"earlier\"", "Earlier marks");
			html_table(out, "Each superseded by a later one of the same pack", heads, 4);
		}
		str_addf(out, "<tr><th scope=\"row\" class=\"n\"><a href=\"/log/%" PRIu64 "\">%" PRIu64 "</a></th><td>", m->issued.index,
		    m->issued.index);
		html_text(out, m->line.pack);
		str_addc(out, ' ');
		html_text(out, m->line.version);
		str_addf(out, "</td><td>%.10s</td><td>%.10s</td></tr>\n", m->issued.status.at, m->line.valid_to);
	}
	if (n > 0)
		html_table_end(out);
}

static void
whose_log(struct ask *q)
{
	const struct logbook *b = q->docket->log;
	struct str *out = &q->r->body;

	str_adds(out, "<p class=\"note\">By the log ");
	html_text(out, b->origin);
	str_adds(out, ", ");
	lay_count(out, b->size);
	str_addf(out, " entr%s, signed by ", b->size == 1 ? "y" : "ies");
	html_text(out, b->key);
	str_addf(out, " and cosigned by %zu witness%s; every entry was read.", b->witnesses, b->witnesses == 1 ? "" : "es");
	if (b->full)
		str_adds(out, " It has more than are looked at here: what was said last may be missing.");
	str_adds(out, "</p>\n");
	if (q->docket->log_trouble != NULL)
		str_adds(out, "<p class=\"notice\"><strong>The log cannot be believed any more.</strong> What is shown is what it said "
		    "before.</p>\n");
}

static void
body(struct ask *q, const struct mark_find *f, const char *trouble)
{
	struct utc at = docket_moment(q, f);
	struct str *out = &q->r->body;
	char when[UTC_TEXT];
	size_t i, n = 0;

	if (trouble != NULL) {
		html_el(out, "p", "class=\"notice\"", trouble);
		return;
	}
	str_addf(out, "<p class=\"date\">As it stands at the moment of the newest evidence here, <strong>%.10s</strong>; of today this page "
	    "says nothing.</p>\n", utc_format(at, when));
	whose_log(q);
	for (i = 0; i < f->n; i++)
		if (!f->found[i].superseded) {
			one(q, f, &f->found[i], at);
			n++;
		}
	if (n == 0)
		str_addf(out, "<p class=\"lead\">Nobody whose word counts here has given AS%" PRIu32 " a mark in this log.</p>\n", f->asn);
	if (f->strangers > 0)
		str_addf(out, "<p class=\"note\">%" PRIu64 " entr%s a mark by a key that is not known here, and count%s for nothing.</p>\n",
		    f->strangers, f->strangers == 1 ? "y issues" : "ies issue", f->strangers == 1 ? "s" : "");
	earlier(q, f);
	html_el(out, "h2", NULL, "Is it valid today?");
	str_addf(out, "<p>Ask the log yourself, with the keys of those whom you believe:</p>\n<pre tabindex=\"0\"><code>routemark mark show %"
	    PRIu32 " --log URL --policy FILE --known KEY</code></pre>\n<p class=\"note\">URL is this site's with <code>/log</code> behind "
	    "it. The answer is valid (exit status 0), not valid (1), or could not tell (2). <a href=\"/api/v1/marks?asns=%" PRIu32
	    "\">As data</a></p>\n", f->asn, f->asn);
}

void
page_mark(struct ask *q)
{
	static const char *const page_keys[] = {NULL}, *const badge_keys[] = {"pack", NULL};
	const struct shown_name *name;
	size_t len = strlen(q->rest);
	bool badge = len > 4 && strcmp(q->rest + len - 4, ".svg") == 0;
	const char *trouble;
	struct mark_find f;
	uint32_t asn;

	if (!ask_only(q, badge ? badge_keys : page_keys))
		return;
	if (!asn_read((struct span){q->rest, badge ? len - 4 : len}, &asn)) {
		ask_problem(q, 404, "Not an ASN", "A mark is at /mark/ASN, a number up to 4294967295, its badge at /mark/ASN.svg.");
		return;
	}
	trouble = docket_marks(q, asn, &f);
	if (badge && trouble != NULL) {
		ask_problem(q, 404, "Nothing is known of marks", "%s", trouble);
	} else if (badge) {
		mark_badge_draw(q, &f);
	} else {
		name = shown_name(q->view, asn);
		page_begin(q, arena_printf(q->a, "Mark of AS%" PRIu32, asn), "/networks");
		str_adds(&q->r->body, "<h1>Mark of ");
		if (name != NULL)
			page_asn(&q->r->body, asn);
		else
			str_addf(&q->r->body, "AS%" PRIu32, asn);
		str_adds(&q->r->body, " <span class=\"name\">");
		html_text(&q->r->body, name != NULL ? name->name : "");
		str_adds(&q->r->body, "</span></h1>\n");
		body(q, &f, trouble);
		page_end(q);
	}
	mark_find_release(&f);
}
