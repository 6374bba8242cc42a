/* html_disputes: what is said against a verdict, on its page, beside it. */
#include "report/disputes.h"
#include "report/html_part.h"

static void
item(struct str *out, const char *term, struct str *text)
{
	if (text->len > 0)
		html_term(out, term, text->p);
	str_clear(text);
}

void
html_disputes(struct str *out, const struct disputed_control *d)
{
	struct str s = {0};
	size_t i;

	str_adds(out, "<div class=\"notice disputed\"><p><strong>Disputed.</strong></p>\n<dl>\n");
	for (i = 0; i < d->n; i++) {
		say_disputed(&s, &d->v[i]);
		item(out, "dispute", &s);
		say_decided(&s, &d->v[i]);
		item(out, "what was said to it", &s);
	}
	say_without(&s, d);
	item(out, "without it", &s);
	str_adds(out, "</dl>\n");
	html_el(out, "p", "class=\"note\"", disputes_note);
	str_adds(out, "</div>\n");
	str_release(&s);
}

void
html_disputes_notice(struct str *out, const struct disputes_head *h, const struct as_result *r)
{
	struct str s = {0};
	size_t i, in_force = 0;

	if (h == NULL)
		return;
	for (i = 0; i < r->n_disputed; i++) {
		const struct disputed_control *d = &r->disputed[i];
		size_t k;

		for (k = 0; k < d->n && !d->v[k].leaves_out; k++)
			;
		in_force += k < d->n;
	}
	str_addf(&s, "%zu verdict%s below %s said to be wrong; of %zu the dispute is open, or was accepted and is in force. It stands beside "
	    "the verdict, with what that would be without. The disputes are ", r->n_disputed, r->n_disputed == 1 ? "" : "s",
	    r->n_disputed == 1 ? "is" : "are", in_force);
	say_disputes_head(&s, h);
	str_adds(&s, ".");
	str_adds(out, "<p class=\"notice\"><strong>Disputes.</strong> ");
	html_text(out, s.p);
	str_adds(out, "</p>\n");
	str_release(&s);
}
