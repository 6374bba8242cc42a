/* mark_page: the page that a buyer opens, and the badge of a mark as it was issued. */
#include "cmd/mark.h"
#include "report/html.h"

#include <inttypes.h>

static const char css[] =
"main figure svg.badge{max-width:32rem}\n"
"td.when,th[scope=row]{white-space:nowrap}\n"
"pre{overflow-x:auto;padding:.7rem .9rem;background:var(--card);border:1px solid var(--line);border-radius:.4rem;"
"white-space:pre-wrap;overflow-wrap:anywhere}\n";

const char *
mark_moment(const char *time, struct arena *a)
{
	/* MARK_TIME bytes, or a longer year */
	const char *t = strchr(time, 'T');

	if (t == NULL)
		return time;
	return arena_printf(a, "%.*s %.*s UTC", (int)(t - time), time, strncmp(t + 6, ":00", 3) == 0 ? 5 : 8, t + 1);
}

struct badge
mark_badge(const struct mark *m, const char *sha256, struct arena *a)
{
	return (struct badge){BADGE_STANDS, m->asn, m->name, arena_printf(a, "%s %s", m->pack.id, m->pack.version),
	    mark_label(m->pack.status), arena_printf(a, "valid to %s", mark_moment(m->valid_to, a)), m->address, sha256};
}

struct page {
	struct str *out;
	const struct mark *m;
	const char *sha256;
	uint64_t index;
	struct span proof;
	struct arena *a;
};

/* A paragraph of what was written behind from. */
static void
paragraph(struct page *p, const char *attrs, const char *text)
{
	html_el(p->out, "p", attrs, text);
}

static void
heading(struct page *p)
{
	const struct mark *m = p->m;

	str_adds(p->out, "<header>\n<p class=\"kicker\">Routing-security mark, computed by routemark</p>\n");
	str_addf(p->out, "<h1>AS%u", m->asn);
	if (m->name[0] != '\0' || m->organisation[0] != '\0') {
		str_adds(p->out, " <span class=\"name\">");
		html_text(p->out, m->name);
		if (m->name[0] != '\0' && m->organisation[0] != '\0')
			str_adds(p->out, ", ");
		html_text(p->out, m->organisation);
		str_adds(p->out, "</span>");
	}
	str_adds(p->out, "</h1>\n<p class=\"date\">Evidence as of <strong>");
	html_text(p->out, mark_moment(m->at, p->a));
	str_adds(p->out, "</strong></p>\n</header>\n");
}

/* The beginning of a sentence that goes on with the pack and "requires". */
static const char *
passes(const struct page *p, size_t passed)
{
	const struct mark *m = p->m;

	if (passed < m->n)
		return arena_printf(p->a, "AS%u has this mark: of the %zu controls that ", m->asn, m->n);
	return m->n == 1 ? arena_printf(p->a, "AS%u passes the one control that ", m->asn) :
	    arena_printf(p->a, "AS%u passes all %zu controls that ", m->asn, m->n);
}

static void
verdict(struct page *p)
{
	const struct mark *m = p->m;
	const struct mark_control *c = &m->controls[mark_first(m)];
	struct badge b = mark_badge(m, p->sha256, p->a);
	size_t i, passed = 0;

	for (i = 0; i < m->n; i++)
		passed += m->controls[i].applies;
	html_el(p->out, "h2", "id=\"verdict\"", arena_printf(p->a, "Valid to %s", mark_moment(m->valid_to, p->a)));
	paragraph(p, "class=\"lead\"", arena_printf(p->a, "%s%s %s%s requires%s, as of %s. "
	    "Unless it is suspended before, the mark lapses by itself after %s.", passes(p, passed), m->pack.id,
	    m->pack.version, mark_label(m->pack.status), passed == m->n ? "" : arena_printf(p->a,
	    ", it passes %zu, and %zu %s not apply to it", passed, m->n - passed, m->n - passed == 1 ? "does" : "do"),
	    mark_moment(m->at, p->a), mark_moment(m->valid_to, p->a)));
	if (mark_label(m->pack.status)[0] != '\0')
		paragraph(p, "class=\"notice\"", strcmp(m->pack.status, "proposed") == 0 ?
		    "The requirements are a proposal of a public body, which is not in force." :
		    "The requirements are a proposal of whoever wrote this pack, not a scheme that anybody has in force.");
	str_adds(p->out, "<figure>\n");
	badge_svg(p->out, &b, true);
	html_el(p->out, "figcaption", NULL, arena_printf(p->a, "The badge. It holds until then because %s rests on "
	    "evidence of %s, "
	    "which the pack takes for %u days.", c->id, mark_moment(c->oldest, p->a), c->age_max_days));
	str_adds(p->out, "</figure>\n");
}

static void
check(struct page *p)
{
	const struct mark *m = p->m;

	html_el(p->out, "h2", NULL, "Is it still so?");
	paragraph(p, NULL, "This page and the badge are files: they stay as they are when a mark is suspended. "
	    "The log knows. Fetch a copy of it, and ask:");
	str_adds(p->out, "<pre><code>");
	html_text(p->out, arena_printf(p->a, "routemark mark show %u --mark mark.json --log LOG/ --policy policy.txt "
	    "--known KEY", m->asn));
	str_adds(p->out, "</code></pre>\n<p>LOG/ is the copy of the log <code>");
	html_text(p->out, m->log);
	str_adds(p->out, "</code>, policy.txt says that you believe it and which witnesses it needs, KEY is the key <code>");
	html_text(p->out, m->issuer);
	str_adds(p->out, "</code> of the issuer. Have the keys from the issuer and the log themselves, not from whoever "
	    "handed you this page. The answer is valid (exit status 0), not valid (1), or could not tell (2); nothing is "
	    "fetched by it.</p>\n");
}

static void
evidence(struct page *p)
{
	static const char *const heads[] = {"Control", "What it asks", "Verdict", "Evidence of", "#Days", "Holds to"};
	const struct mark *m = p->m;
	const struct mark_control *c;

	html_el(p->out, "h2", NULL, "On which evidence");
	paragraph(p, NULL, m->oldest != NULL ? arena_printf(p->a, "A report computed from %" PRIu64 " inputs of %.10s to "
	    "%.10s, each "
	    "named in it by SHA-256: whoever has them can compute it again.", m->inputs, m->oldest, m->newest) :
	    arena_printf(p->a, "A report computed from %" PRIu64 " inputs, each named in it by SHA-256.", m->inputs));
	html_table(p->out, arena_printf(p->a, "What %s %s%s requires", m->pack.id, m->pack.version,
	    mark_label(m->pack.status)), heads, 6);
	for (c = m->controls; c < m->controls + m->n; c++) {
		str_adds(p->out, "<tr>");
		html_el(p->out, "th", "scope=\"row\"", c->id);
		html_cell(p->out, c->title);
		str_addf(p->out, "<td><span class=\"v %s\">%s</span></td>", c->applies ? "vp" : "va", c->applies ?
		    "&#10003; passes" :
		    "does not apply");
		html_el(p->out, "td", "class=\"when\"", c->oldest != NULL ? mark_moment(c->oldest, p->a) : "-");
		if (c->oldest != NULL)
			html_cell_number(p->out, c->age_max_days);
		else
			html_cell(p->out, "-");
		html_el(p->out, "td", "class=\"when\"", c->expires != NULL ? mark_moment(c->expires, p->a) : "no limit");
		str_adds(p->out, "</tr>\n");
	}
	html_table_end(p->out);
}

static void
proof(struct page *p)
{
	const struct mark *m = p->m;

	html_el(p->out, "h2", NULL, "The proof");
	str_adds(p->out, "<p>Beside this page: <a href=\"mark.json\">mark.json</a>, which is the mark; <a "
	    "href=\"mark.tlog-proof\">"
	    "mark.tlog-proof</a>, that the log has it; <a href=\"badge.svg\">badge.svg</a>.");
	if (m->address != NULL) {
		str_adds(p->out, " They are published at ");
		html_link(p->out, m->address, m->address);
		str_addc(p->out, '.');
	}
	str_adds(p->out, "</p>\n<dl>\n");
	html_term(p->out, "Log", arena_printf(p->a, "%s, entry %" PRIu64, m->log, p->index));
	html_term(p->out, "Issuer", m->issuer);
	html_term(p->out, "Pack", arena_printf(p->a, "%s %s%s: %s", m->pack.id, m->pack.version,
	    mark_label(m->pack.status), m->pack.title));
	html_term(p->out, "SHA-256 of the mark", p->sha256);
	html_term(p->out, "of the report", m->report);
	html_term(p->out, "of the catalogue", m->pack.catalog);
	html_term(p->out, "of the profile", m->pack.profile);
	str_adds(p->out, "</dl>\n<details><summary>mark.tlog-proof in full</summary>\n<pre>");
	html_span(p->out, p->proof);
	str_adds(p->out, "</pre></details>\n");
}

void
mark_page(struct str *out, const struct mark *m, const char *sha256, uint64_t index, struct span text)
{
	struct page p = {out, m, sha256, index, text, arena_new()};

	html_begin_styled(out, arena_printf(p.a, "AS%u: routing-security mark, valid to %s", m->asn,
	    mark_moment(m->valid_to, p.a)),
	    arena_printf(p.a, "%s%s", badge_css, css));
	heading(&p);
	str_adds(out, "<main id=\"main\">\n");
	verdict(&p);
	check(&p);
	evidence(&p);
	proof(&p);
	str_adds(out, "</main>\n<footer>\n<p>A mark speaks of what public routing data showed at the moment of its "
	    "evidence, and of nothing "
	    "that no vantage point could see. It is no statement on a network's intent, and none on today.</p>\n</footer>\n");
	html_end(out);
	arena_free(p.a);
}
