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
