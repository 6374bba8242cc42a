/* history_compare: a month against the one before it: the change, and what stands against comparing the two. */
#include "archive/history_int.h"
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

static const char **
caution_add(struct arena *arena, const char **list, size_t *n, const char *text)
{
	const char **more = arena_array(arena, *n + 1, sizeof(*more));

	if (*n > 0)
		memcpy(more, list, *n * sizeof(*more));
	more[(*n)++] = text;
	return more;
}

/* --- parameters: objects, their members ascending, flat but for the last, the window of updates --- */

/* The next "name":value of an object. */
static bool
member(struct span *rest, struct span *name, struct span *value)
{
	struct span one;

	if (!span_cut(rest, ',', &one) || !span_cut(&one, ':', name))
		return false;
	*value = one;
	if (name->len >= 2)
		*name = (struct span){name->p + 1, name->len - 2};
	return true;
}

/* Without the window: each month has its own. */
static struct span
inside(const char *object)
{
	const char *end = json_parameters_window(object);
	size_t n = end != NULL ? (size_t)(end - object) + 1 : strlen(object);

	return n >= 2 ? (struct span){object + 1, n - 2} : (struct span){"", 0};
}

/* The value of that name; {NULL, 0} when it is not there. */
static struct span
value_of(const char *object, struct span name)
{
	struct span rest = inside(object), n, v;

	while (member(&rest, &n, &v))
		if (span_eq(n, name))
			return v;
	return (struct span){NULL, 0};
}

static void
one_said(struct str *s, struct span name, struct span now, struct span before)
{
	const struct span none = SPAN("not given");

	now = now.p == NULL ? none : now;
	before = before.p == NULL ? none : before;
	str_addf(s, "%s%.*s %.*s, before %.*s", s->len > 0 ? "; " : "", (int)name.len, name.p, (int)now.len, now.p,
	    (int)before.len, before.p);
}

static void
parameters_said(struct str *s, const char *now, const char *before)
{
	struct span rest = inside(now), name, v, other;

	while (member(&rest, &name, &v)) {
		other = value_of(before, name);
		if (other.p == NULL || !span_eq(v, other))
			one_said(s, name, v, other);
	}
	rest = inside(before);
	while (member(&rest, &name, &v))
		if (value_of(now, name).p == NULL)
			one_said(s, name, (struct span){NULL, 0}, v);
}

/* --- months --- */

static int
month_number(struct utc t)
{
	char s[UTC_TEXT];

	utc_format(t, s);
	return atoi(s) * 12 + atoi(s + 5);
}

static void
pack_said(struct str *s, const struct archive_pack *now, const struct archive_pack *before)
{
	char a[SHA256_HEX + 1], b[SHA256_HEX + 1];
	bool profile = memcmp(now->sha256, before->sha256, SHA256_BYTES) == 0;

	str_addf(s, "judged by %s %s", now->id, now->version);
	if (strcmp(now->version, before->version) != 0) {
		str_addf(s, ", before by %s", before->version);
		return;
	}
	if (profile && now->has_profile != before->has_profile) {
		str_addf(s, " %s a profile, before %s one", now->has_profile ? "with" : "without",
		    now->has_profile ? "without" : "with");
		return;
	}
	if (profile && (!now->has_profile || memcmp(now->profile_sha256, before->profile_sha256, SHA256_BYTES) == 0)) {
		str_adds(s, ", which has the same digests and other controls than before: one of the two reports is wrong");
		return;
	}
	sha256_hex(profile ? now->profile_sha256 : now->sha256, a);
	sha256_hex(profile ? before->profile_sha256 : before->sha256, b);
	str_addf(s, ", %s %.12s..., before %.12s... of the same version", profile ? "profile" : "catalogue", a, b);
}

/* Then nothing can have changed but how old it is. */
static bool
same_inputs(const struct history_month *a, const struct history_month *b)
{
	size_t i;

	if (a->n_inputs != b->n_inputs || a->n_inputs == 0)
		return false;
	for (i = 0; i < a->n_inputs; i++)
		if (memcmp(a->inputs[i].sha256, b->inputs[i].sha256, SHA256_BYTES) != 0)
			return false;
	return true;
}

static void
months_compare(struct history_month *m, const struct history_month *before, struct arena *arena)
{
	uint8_t now[SHA256_BYTES], then[SHA256_BYTES];
	struct str s = {0};

	pack_digest(&m->pack, now);
	pack_digest(&before->pack, then);
	if (memcmp(now, then, SHA256_BYTES) != 0) {
		pack_said(&s, &m->pack, &before->pack);
		m->cautions = caution_add(arena, m->cautions, &m->n_cautions, arena_strdup(arena, str_span(&s)));
	}
	str_clear(&s);
	if (!span_eq(inside(m->parameters), inside(before->parameters))) {
		parameters_said(&s, m->parameters, before->parameters);
		m->cautions = caution_add(arena, m->cautions, &m->n_cautions,
		    arena_printf(arena, "other parameters: %s", s.p != NULL ? s.p : "in another order"));
	}
	if (same_inputs(m, before))
		m->cautions = caution_add(arena, m->cautions, &m->n_cautions,
		    "the very inputs of the month before, judged for another moment: no new evidence");
	m->gap = month_number(m->at) - month_number(before->at) > 1;
	str_release(&s);
}

/* --- cells --- */

bool
history_judged(const struct history_cell *c)
{
	return c->there && c->has_number && c->verdict != VERDICT_NO_DATA && c->verdict != VERDICT_NOT_APPLICABLE;
}

static void
cells_compare(struct history_cell *c, const struct history_cell *before, struct arena *arena)
{
	if (!history_judged(c) || !history_judged(before))
		return;
	if (strcmp(c->decides, before->decides) != 0) {
		c->cautions = caution_add(arena, c->cautions, &c->n_cautions,
		    arena_printf(arena, "another number decides: %s, before %s", c->decides, before->decides));
		return;
	}
	if (c->unit != before->unit)
		return;
	c->has_change = true;
	c->change = c->value - before->value;
	if (strcmp(c->evidence, before->evidence) != 0)
		c->cautions = caution_add(arena, c->cautions, &c->n_cautions, arena_printf(arena,
		    "rests on %s, before on %s", *c->evidence != '\0' ? c->evidence : "nothing",
		    *before->evidence != '\0' ? before->evidence : "nothing"));
}

void
history_compare(struct history_pack *p, struct arena *arena)
{
	size_t i, k;

	for (i = 1; i < p->n_months; i++) {
		months_compare(&p->months[i], &p->months[i - 1], arena);
		for (k = 0; k < p->n_controls; k++)
			cells_compare(&p->controls[k].cells[i], &p->controls[k].cells[i - 1], arena);
	}
}

void
history_change(struct str *out, const struct history_cell *c)
{
	uint64_t size = c->change < 0 ? (uint64_t)-(c->change + 1) + 1 : (uint64_t)c->change, hundredths;

	if (c->change == 0) {
		str_addc(out, '=');
		return;
	}
	if (c->unit == UNIT_BOOL) {
		str_adds(out, c->change > 0 ? "no to yes" : "yes to no");
		return;
	}
	str_addc(out, c->change < 0 ? '-' : '+');
	if (c->unit == UNIT_COUNT) {
		str_addu(out, size);
		return;
	}
	/* what is not nothing does not read as nothing */
	hundredths = (size + 50) / 100;
	hundredths = hundredths == 0 ? 1 : hundredths;
	str_addf(out, "%llu.%02llu points", (unsigned long long)(hundredths / 100), (unsigned long long)(hundredths % 100));
}
