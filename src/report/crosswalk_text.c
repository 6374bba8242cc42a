/* crosswalk_text: for people, by clause or by control. */
#include "report/crosswalk.h"
#include "report/layout.h"

#include <string.h>

#define CLAUSE_COLUMN 18	/* "  Annex 6.7.2(l)  " */

static const char *
read_words(enum clause_read r)
{
	static const char *const words[] = {[READ_TEXT] = "in the text", [READ_SUMMARY] = "in a summary by its authors",
	    [READ_REPORT] = "second hand"};

	return words[r];
}

/* --- heading and gaps, the same for both --- */

static void
tally(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	size_t i, k, clauses = 0, served = 0, idle = 0;
	struct str s = {0};

	for (i = 0; i < x->n_texts; i++)
		for (k = 0; k < x->texts[i].n; k++) {
			clauses++;
			served += clause_is_served(x, p, &x->texts[i].clauses[k]);
		}
	for (i = 0; i < p->n; i++)
		idle += !control_serves(x, p, &p->controls[i]);
	str_addf(&s, "%zu of %zu clauses are served by a control of this pack; %zu of its %zu controls serve none", served,
	    clauses, idle, p->n);
	lay_labelled(out, style, 2, 2, "", s.p);
	str_release(&s);
}

static void
heading(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	struct str s = {0};

	str_addf(&s, "Crosswalk of %s %s%s", p->id, p->version, pack_label(p));
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	lay_labelled(out, style, 2, 2, "", p->title);
	if (p->proposal && p->remarks != NULL)
		lay_labelled(out, style, 2, 2, "", p->remarks);
	lay_labelled(out, style, 2, 2, "", x->remarks);
	str_release(&s);
	tally(out, x, p, style);
}

static void
section(struct str *out, const char *title, struct text_style style)
{
	str_addc(out, '\n');
	lay_text(out, style, INK_BOLD, title);
	str_addc(out, '\n');
}

/* Status, source, and that numbers could not be checked. */
static void
text_lines(struct str *out, const struct crosswalk_text *t, struct text_style style)
{
	struct str s = {0};
	size_t i, unnumbered = 0;

	str_addf(&s, "%s: %s", t->status, t->state);
	lay_labelled(out, style, 2, 11, "status", s.p);
	str_clear(&s);
	str_addf(&s, "%s, %s", t->issuer, t->source);
	lay_labelled(out, style, 2, 11, "source", s.p);
	for (i = 0; i < t->n; i++)
		unnumbered += t->clauses[i].label == NULL;
	if (unnumbered > 0)
		lay_labelled(out, style, 2, 11, "numbers",
		    "could not be checked: a clause is named by its subject, with \"-\" for the number");
	str_release(&s);
}

static void
read_line(struct str *out, const struct clause *c, struct text_style style)
{
	struct str s = {0};

	str_addf(&s, "%s: %s", read_words(c->read), c->source);
	lay_labelled(out, style, 2, 11, "read", s.p);
	str_release(&s);
}

static bool
read_alike(const struct clause *a, const struct clause *b)
{
	return a->read == b->read && strcmp(a->source, b->source) == 0;
}

/* Clauses that nothing serves, a text after the other. */
static void
unserved(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	struct str s = {0};
	size_t i, k;

	section(out, "Clauses that no control of this pack serves", style);
	for (i = 0; i < x->n_texts; i++) {
		const struct crosswalk_text *t = &x->texts[i];

		str_clear(&s);
		for (k = 0; k < t->n; k++) {
			const struct clause *c = &t->clauses[k];

			if (clause_is_served(x, p, c))
				continue;
			str_addf(&s, "%s%s%s%s", s.len > 0 ? "; " : "", c->label != NULL ? c->label : "",
			    c->label != NULL ? " " : "", c->title);
		}
		if (s.len > 0)
			lay_labelled(out, style, 2, CLAUSE_COLUMN, t->id, s.p);
	}
	str_release(&s);
}

static void
idle(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (control_serves(x, p, &p->controls[i]))
			continue;
		if (!any)
			section(out, "Controls that serve no clause", style);
		any = true;
		lay_labelled(out, style, 2, CLAUSE_COLUMN, p->controls[i].id, p->controls[i].title);
	}
}

/* --- by clause --- */

static void
services_of_clause(struct str *out, const struct crosswalk *x, const struct pack *p, const struct clause *c,
    struct text_style style)
{
	const struct service *v;
	struct str s = {0};
	size_t at = 0;

	while ((v = crosswalk_next(x, p, NULL, c, &at)) != NULL) {
		str_clear(&s);
		str_addf(&s, "%s%s%s", pack_control(p, span_of(v->control))->title, v->note != NULL ? ": " : "",
		    v->note != NULL ? v->note : "");
		lay_spaces(out, CLAUSE_COLUMN);
		lay_text(out, style, INK_PLAIN, v->control);
		lay_spaces(out, lay_width(v->control) < 10 ? 11 - lay_width(v->control) : 1);
		str_adds(out, v->whole ? "whole  " : "part   ");
		lay_wrapped(out, style, CLAUSE_COLUMN + 18, CLAUSE_COLUMN + 18, s.p);
		str_addc(out, '\n');
	}
	str_release(&s);
}

static void
text_by_clause(struct str *out, const struct crosswalk *x, const struct pack *p, const struct crosswalk_text *t,
    struct text_style style)
{
	const struct clause *last = NULL;
	size_t k;

	for (k = 0; k < t->n; k++) {
		const struct clause *c = &t->clauses[k];

		if (!clause_is_served(x, p, c))
			continue;
		if (last == NULL) {
			section(out, t->title, style);
			text_lines(out, t, style);
		}
		if (last == NULL || !read_alike(last, c))
			read_line(out, c, style);
		last = c;
		str_adds(out, "  ");
		lay_text(out, style, INK_BOLD, c->label != NULL ? c->label : "-");
		lay_spaces(out, CLAUSE_COLUMN - 2 - lay_width(c->label != NULL ? c->label : "-"));
		lay_wrapped(out, style, CLAUSE_COLUMN, CLAUSE_COLUMN, c->title);
		str_addc(out, '\n');
		services_of_clause(out, x, p, c, style);
	}
}

void
crosswalk_by_clause(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	size_t i;

	heading(out, x, p, style);
	for (i = 0; i < x->n_texts; i++)
		text_by_clause(out, x, p, &x->texts[i], style);
	unserved(out, x, p, style);
	idle(out, x, p, style);
}

/* --- by control --- */

static void
services_of_control(struct str *out, const struct crosswalk *x, const struct pack *p, const struct control *c,
    struct text_style style)
{
	const struct service *v;
	struct str s = {0};
	size_t at = 0;

	while ((v = crosswalk_next(x, p, c, NULL, &at)) != NULL) {
		const struct crosswalk_text *t = v->clause->text;

		str_clear(&s);
		str_addf(&s, "%s%s%s%s%s%s", v->clause->label != NULL ? v->clause->label : "",
		    v->clause->label != NULL ? " " : "", v->clause->title, v->note != NULL ? " (" : "",
		    v->note != NULL ? v->note : "", v->note != NULL ? ")" : "");
		str_addf(out, "    %-6s %-10s %-15s ", v->whole ? "whole" : "part", t->status, t->id);
		lay_wrapped(out, style, 38, 38, s.p);
		str_addc(out, '\n');
	}
	str_release(&s);
}

static void
texts(struct str *out, const struct crosswalk *x, struct text_style style)
{
	size_t i, k;

	section(out, "Texts", style);
	for (i = 0; i < x->n_texts; i++) {
		const struct crosswalk_text *t = &x->texts[i];

		str_adds(out, i > 0 ? "\n  " : "  ");
		lay_text(out, style, INK_BOLD, t->id);
		str_adds(out, "  ");
		lay_wrapped(out, style, 4 + lay_width(t->id), 4, t->title);
		str_addc(out, '\n');
		text_lines(out, t, style);
		for (k = 0; k < t->n; k++)
			if (k == 0 || !read_alike(&t->clauses[k - 1], &t->clauses[k]))
				read_line(out, &t->clauses[k], style);
	}
}

void
crosswalk_by_control(struct str *out, const struct crosswalk *x, const struct pack *p, struct text_style style)
{
	struct str s = {0};
	size_t i;

	heading(out, x, p, style);
	for (i = 0; i < p->n; i++) {
		const struct control *c = &p->controls[i];

		if (!control_serves(x, p, c))
			continue;
		str_clear(&s);
		str_addf(&s, "%-10s %s (%s%s)", c->id, c->title, c->required ? "required, " : "", c->evidence_class);
		section(out, s.p, style);
		services_of_control(out, x, p, c, style);
	}
	str_release(&s);
	idle(out, x, p, style);
	unserved(out, x, p, style);
	texts(out, x, style);
}
