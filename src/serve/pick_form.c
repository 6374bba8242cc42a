/* pick_form: what is picked, in words, in addresses and in forms that work without a script. */
#include "report/layout.h"
#include "serve/page.h"
#include "serve/pick.h"

#include <inttypes.h>

/* --- words --- */

const char *
pick_size_words(enum archive_size s)
{
	static const char *const words[ARCHIVE_SIZE_N] = {"no route, or not known", "1 to 9 routes", "10 to 99 routes",
	    "100 routes or more"};

	return words[s];
}

static const char *
region_words(struct ask *q, const struct region *r)
{
	if (r->kind == REGION_SERVICE)
		return arena_printf(q->a, "registered with %s", r->name);
	if (r->kind == REGION_REST)
		return strcmp(r->id, "unknown") == 0 ? "of which no file says where they are registered" :
		    "registered in no region of the UN's list";
	return arena_printf(q->a, "registered in %s%s", strcmp(r->id, "caribbean") == 0 || strcmp(r->id, "americas") == 0 ? "the " : "",
	    r->name);
}

const char *
pick_words(struct ask *q, const struct pick *p)
{
	const char *where = "";

	if (p->region != NULL)
		where = region_words(q, p->region);
	if (p->country != NULL)
		where = arena_printf(q->a, "%s%s%s", where, p->region != NULL ? ", under the code " : "registered under the country code ",
		    p->country);
	if (!p->sized)
		return where;
	return arena_printf(q->a, "%s%swith %s", where, *where != '\0' ? ", " : "", pick_size_words(p->size));
}

const char *
pick_query(struct ask *q, const struct pick *p, bool with_size)
{
	const char *out = "", *sep = "?";

	if (p->country != NULL) {
		out = arena_printf(q->a, "%s%scountry=%s", out, sep, p->country);
		sep = "&amp;";
	}
	if (p->region != NULL) {
		out = arena_printf(q->a, "%s%sregion=%s", out, sep, p->region->id);
		sep = "&amp;";
	}
	if (with_size && p->sized)
		out = arena_printf(q->a, "%s%ssize=%s", out, sep, archive_size_word(p->size));
	return out;
}

void
pick_place(struct str *out, const struct place *p)
{
	if (p->service == SERVICE_NONE)
		str_adds(out, "not known");
	else
		str_addf(out, "%s, %s", service_name((enum service_region)p->service),
		    p->country[0] != '\0' ? p->country : "no country given");
}

/* --- forms --- */

void
pick_option(struct str *out, const char *value, const char *text, bool chosen)
{
	str_adds(out, "<option value=\"");
	html_text(out, value);
	str_adds(out, chosen ? "\" selected>" : "\">");
	html_text(out, text);
	str_adds(out, "</option>\n");
}

static void
region_option(struct ask *q, const struct pick *p, const struct region *r, const struct shown_series *s, size_t month)
{
	struct pick only = {.region = r};
	struct str count = {0};

	lay_count(&count, pick_networks(q, &only, s, month));
	pick_option(&q->r->body, r->id, arena_printf(q->a, "%s (%s)", r->name, count.p), p->region == r);
	str_release(&count);
}

void
pick_select_region(struct ask *q, const struct pick *p, const struct shown_series *s, size_t month)
{
	static const char *const groups[] = {"By registry", "By region of the UN (M49)", NULL, "Else"};
	struct str *out = &q->r->body;
	bool open = false;
	size_t i;

	str_adds(out, "<span class=\"field\"><label for=\"region\">Registered in</label> <select id=\"region\" name=\"region\">\n");
	pick_option(out, "", "anywhere", p->region == NULL);
	for (i = 0; i < REGION_N; i++) {
		const struct region *r = &regions[i];
		const char *group = i == 0 || (r->kind == REGION_CONTINENT && regions[i - 1].kind == REGION_SERVICE) ||
		    (r->kind == REGION_REST && regions[i - 1].kind != REGION_REST) ? groups[r->kind] : NULL;

		if (group != NULL) {
			str_addf(out, "%s<optgroup label=\"%s\">\n", open ? "</optgroup>\n" : "", group);
			open = true;
		}
		region_option(q, p, r, s, month);
	}
	str_adds(out, "</optgroup>\n</select></span>\n");
}

void
pick_field_country(struct ask *q, const struct pick *p)
{
	str_addf(&q->r->body, "<span class=\"field\"><label for=\"country\">Country code</label> <input id=\"country\" name=\"country\" "
	    "size=\"4\" maxlength=\"2\" placeholder=\"any\" value=\"%s\"></span>\n", p->country != NULL ? p->country : "");
}

void
pick_select_size(struct ask *q, const struct pick *p)
{
	struct str *out = &q->r->body;
	unsigned i;

	str_adds(out, "<span class=\"field\"><label for=\"size\">Size</label> <select id=\"size\" name=\"size\">\n");
	pick_option(out, "", "any", !p->sized);
	for (i = ARCHIVE_SIZE_N; i-- > 0;)
		pick_option(out, archive_size_word((enum archive_size)i), pick_size_words((enum archive_size)i),
		    p->sized && p->size == i);
	str_adds(out, "</select></span>\n");
}

void
pick_note(struct ask *q, const struct shown_series *s, size_t month, const char *here)
{
	const struct pick unknown = {.region = region_find("unknown")};
	uint64_t n = pick_networks(q, &unknown, s, month), all = s->month[month]->networks;
	struct str *out = &q->r->body;

	str_adds(out, "<p class=\"note\">Registered is where the holder of an ASN is, by the registries' files, and not where the network "
	    "runs");
	if (n == all && n > 0) {
		str_adds(out, ". Of this month it is not known: no such file was read, or it was archived before that was kept");
	} else if (n > 0) {
		str_adds(out, "; of ");
		lay_count(out, n);
		str_adds(out, " of the ");
		lay_count(out, all);
		str_adds(out, " networks of this month it is <a href=\"");
		html_text(out, here);
		str_adds(out, "?region=unknown\">not known</a>");
	}
	str_adds(out, ". <a href=\"/about#limits\">Regions</a> are those of the registries, and of UN M49.</p>\n");
}
