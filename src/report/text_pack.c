/* text_pack: the packs and one pack's controls, for people. */
#include "report/layout.h"
#include "rule/say.h"

#include <string.h>

void
report_packs(struct str *out, const struct pack *packs, size_t n, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < n; i++) {
		str_clear(&s);
		str_addf(&s, "%s %s, %zu controls, %s", packs[i].id, packs[i].version, packs[i].n,
		    packs[i].status);
		lay_text(out, style, INK_BOLD, s.p);
		str_addc(out, '\n');
		lay_labelled(out, style, 2, 2, "", packs[i].title);
		if (packs[i].remarks != NULL)
			lay_labelled(out, style, 2, 2, "", packs[i].remarks);
	}
	str_release(&s);
}

static void
tests(struct str *out, const struct control *c, struct text_style style)
{
	struct str s = {0};
	size_t i;

	for (i = 0; i < c->n_tests; i++) {
		str_clear(&s);
		str_addf(&s, "%s: ", metric_word(c->tests[i].metric));
		if (!c->tests[i].judged) {
			str_adds(&s, "shown, not judged");
		} else {
			say_bars(&s, &c->tests[i], false);
			if (c->tests[i].pass_cdn >= 0) {
				str_adds(&s, "; for CDNs ");
				say_bars(&s, &c->tests[i], true);
			}
		}
		lay_labelled(out, style, 4, 16, i == 0 ? "metric" : "", s.p);
	}
	str_release(&s);
}

/* Population, age and parts, where they say something. */
static void
limits(struct str *out, const struct control *c, struct text_style style)
{
	struct str s = {0};
	size_t i;

	if (c->n_tests > 0 && c->cannot == NULL) {
		str_addf(&s, "a population of at least %llu", (unsigned long long)c->population_min);
		for (i = 0; i < CONTROL_PARTS && c->needs_part[i] != NULL; i++)
			str_addf(&s, ", some %s", c->needs_part[i]);
		if (c->age_max_days > 0)
			str_addf(&s, ", evidence of at most %u days", c->age_max_days);
		lay_labelled(out, style, 4, 16, "needs", s.p);
	}
	if (c->as_seen)
		lay_labelled(out, style, 4, 16, "counts",
		    "every route in the route server's table: one session is enough");
	if (c->n_tests > 1 && c->cannot == NULL)
		lay_labelled(out, style, 4, 16, "decides", c->join == JOIN_BEST ? "the best of them"
		    : c->join == JOIN_FIRST ? "the first of them that has data" : "the worst of them");
	str_release(&s);
}

static void
control_text(struct str *out, const struct control *c, struct text_style style)
{
	struct str s = {0};
	size_t i;

	str_addf(&s, "  %-10s %s", c->id, c->title);
	str_addf(&s, " (%s%s)", c->required ? "required, " : "", c->evidence_class);
	lay_text(out, style, INK_BOLD, s.p);
	str_addc(out, '\n');
	lay_labelled(out, style, 4, 4, "", c->statement);
	if (c->guidance != NULL)
		lay_labelled(out, style, 4, 16, "guidance", c->guidance);
	tests(out, c, style);
	limits(out, c, style);
	if (c->whole_org)
		lay_labelled(out, style, 4, 16, "judged over", "the worst ASN of the organisation, in every measured control");
	if (c->threshold_source != NULL)
		lay_labelled(out, style, 4, 16, "bar from", c->threshold_source);
	if (c->cannot != NULL)
		lay_labelled(out, style, 4, 16, "NO DATA", c->cannot);
	if (c->also_needs != NULL)
		lay_labelled(out, style, 4, 16, "also needs", c->also_needs);
	for (i = 0; i < c->n_references; i++) {
		str_clear(&s);
		str_addf(&s, "%s <%s>", c->references[i].title, c->references[i].href);
		lay_labelled(out, style, 4, 16, i == 0 ? "sources" : "", s.p);
	}
	str_release(&s);
}

void
report_pack(struct str *out, const struct pack *pack, struct text_style style)
{
	char hex[SHA256_HEX + 1];
	struct str s = {0};
	const char *group = "";
	size_t i;

	report_packs(out, pack, 1, style);
	sha256_hex(pack->sha256, hex);
	str_addf(&s, "sha256 of the catalogue %s", hex);
	lay_labelled(out, style, 2, 2, "", s.p);
	str_release(&s);
	for (i = 0; i < pack->n; i++) {
		str_addc(out, '\n');
		if (strcmp(pack->controls[i].group, group) != 0) {
			group = pack->controls[i].group;
			lay_text(out, style, INK_BOLD, group);
			str_adds(out, "\n\n");
		}
		control_text(out, &pack->controls[i], style);
	}
}
