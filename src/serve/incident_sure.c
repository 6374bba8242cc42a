/* incident_sure: how the confidence of an incident was reached, step by step and in words. */
#include "serve/incident_page.h"

#include <inttypes.h>
#include <string.h>

const char *
incident_meaning(enum offence_class c, const char *confidence)
{
	static const char *const of[][3] = {
		{"leak", "proven", "shown by published objects alone: OTC or ASPAs"},
		{"leak", "probable", "OTC and an inferred relationship; one wrong inference would make it a good route"},
		{"leak", "possible", "as inferred relationships alone have it, or something speaks for it: partial transit and mutual "
		    "backup look the same, so it may be none"},
		{"misorigination", "strong", "VRPs name another, another held it before, nothing speaks for the origin, and it did so to "
		    "three at least who are nothing to each other"},
		{"misorigination", "probable", "VRPs name another, nothing speaks for the origin, and it did so to three at least who are "
		    "nothing to each other"},
		{"misorigination", "possible", "something names another, and something speaks for the origin, or could have: it may be none"},
	};
	size_t i;

	for (i = 0; confidence != NULL && i < sizeof(of) / sizeof(*of); i++)
		if (strcmp(of[i][0], offence_class_word(c)) == 0 && strcmp(of[i][1], confidence) == 0)
			return of[i][2];
	return "";
}

/* What is looked at, before anything is known of this one. */
static const char *
question(enum offence_class c)
{
	switch (c) {
	case OFF_BOGON_PREFIX: return "A prefix is looked for in the registries of special-purpose space, which nobody may announce to "
	    "the public.";
	case OFF_BOGON_ASN: return "Each network on the path is looked for among the special-purpose AS numbers, which nobody may use in "
	    "public.";
	case OFF_ADMIN_PREFIX:
	case OFF_ADMIN_ASN: return "The registries' statistics are asked whether the numbers were given to anybody.";
	case OFF_INVALID: return "The announcement is held against the VRPs that cover its prefix (RFC 6811).";
	case OFF_MISORIGIN: return "An announcement is looked at when another network held the prefix, or a part of the space around it, "
	    "before, or when a VRP or a route object names another. What speaks for and against is counted.";
	case OFF_LEAK: return "Along the path, a network is looked for that passed a route on to somebody to whom it should not (RFC 7908): "
	    "OTC on the route is asked first, then ASPAs, then the relationships of networks.";
	case OFF_N: break;
	}
	return "";
}

static void
found(struct str *out, const struct archive_incident *x)
{
	unsigned i, n_for = 0, n_against = 0;
	size_t from;

	str_adds(out, "<li>Found: ");
	from = out->len;
	if (x->class == OFF_MISORIGIN) {
		for (i = 0; i < MIS_N; i++)
			*(i < MIS_AGAINST ? &n_for : &n_against) += x->says >> i & 1;
		str_addf(out, "%u thing%s speak%s for it and %u against it; they are listed below", n_for, n_for == 1 ? "" : "s",
		    n_for == 1 ? "s" : "", n_against);
	} else {
		str_adds(out, *x->why != '\0' ? x->why : "the archive keeps no reason");
		html_escape(out, from);
	}
	str_adds(out, ".</li>\n");
}

static void
graded(struct str *out, const struct archive_incident *x)
{
	const char *meaning = incident_meaning(x->class, x->confidence);

	str_adds(out, "<li>");
	if (x->confidence == NULL) {
		str_adds(out, "It is not graded: a table says it or does not.</li>\n");
		return;
	}
	str_adds(out, "That is graded <strong>");
	html_text(out, x->confidence);
	str_adds(out, "</strong>");
	if (*meaning != '\0')
		str_addf(out, ": %s", meaning);
	str_adds(out, ".</li>\n");
}

static bool
is_scored(const struct archive_incident *x)
{
	switch (x->class) {
	case OFF_BOGON_PREFIX:
	case OFF_BOGON_ASN: return true;
	case OFF_MISORIGIN: return x->confidence != NULL && strcmp(x->confidence, "strong") == 0;
	case OFF_LEAK: return x->confidence != NULL && strcmp(x->confidence, "proven") == 0;
	case OFF_ADMIN_PREFIX:
	case OFF_ADMIN_ASN:
	case OFF_INVALID:
	case OFF_N: break;
	}
	return false;
}

static void
counts(struct str *out, const struct archive_window *w, const struct archive_incident *x)
{
	str_addf(out, "<li>At most %" PRIu32 " vantage point%s that count%s carried it at once, and %" PRIu32 " %s needed", x->peak,
	    x->peak == 1 ? "" : "s", x->peak == 1 ? "s" : "", x->needed, x->needed == 1 ? "is" : "are");
	str_adds(out, x->n_spans > 0 ? ": it is an incident.</li>\n" : ": it is listed, and counts for nothing.</li>\n");
	str_adds(out, "<li>");
	if (x->n_spans == 0 || !is_scored(x))
		str_adds(out, "It is part of no score: bogons are scored, strong misoriginations and proven leaks, where enough saw them.");
	else if ((w->not_scored >> x->class & 1) != 0)
		str_adds(out, "Its class is not scored in this window, for what it is judged by is of another time, is missing, or too little "
		    "of the window was seen.");
	else
		str_adds(out, "It counts in the scores of the window.");
	str_adds(out, "</li>\n");
}

static void
says(struct str *out, const char *head, uint32_t bits, unsigned from, unsigned to)
{
	unsigned i, n = 0;

	html_el(out, "h3", NULL, head);
	str_adds(out, "<ul>\n");
	for (i = from; i < to; i++)
		if ((bits >> i & 1) != 0 && ++n > 0)
			html_el(out, "li", NULL, misorigin_text((enum misorigin_says)i));
	str_adds(out, n == 0 ? "<li>nothing in the evidence</li>\n</ul>\n" : "</ul>\n");
}

void
incident_sure(struct ask *q, const struct archive_window *w, const struct archive_incident *x)
{
	struct str *out = &q->r->body;

	html_el(out, "h2", NULL, x->confidence != NULL ? "How sure it is, and why" : "Why it stands here");
	str_addf(out, "<ol class=\"steps\">\n<li>%s</li>\n", question(x->class));
	found(out, x);
	graded(out, x);
	counts(out, w, x);
	str_adds(out, "</ol>\n");
	if (x->class == OFF_MISORIGIN) {
		says(out, "For: it is another network's", x->says, 0, MIS_AGAINST);
		says(out, "Against", x->says, MIS_AGAINST, MIS_N);
	} else {
		str_adds(out, "<p class=\"note\">Of this class nothing is noted that speaks against it");
		str_adds(out, x->confidence != NULL ? "; the grade says how far it can be trusted.</p>\n" : ".</p>\n");
	}
}
