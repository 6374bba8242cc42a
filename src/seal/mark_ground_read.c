/* mark_ground_read: of a report what a mark rests on, in a second pass of the tokens that gist_read knows. */
#include "seal/gist_int.h"
#include "seal/mark_ground.h"

#include <stdlib.h>

struct reading {
	struct gist_reader d;
	struct ground *g;
	uint32_t asn;
	size_t pack;			/* index of */
};

/* --- the pack --- */

static bool
test_read(struct gist_reader *d, struct ground_test *t)
{
	char last[GIST_KEY] = "";

	t->judged = true;
	while (gist_member(d, "tests[]", last)) {
		if (JSON_IS(&d->r, "comparison")) {
			if (!gist_expect(d, JSON_STR, "tests[].comparison", "is not a string"))
				return false;
			t->judged = !JSON_IS(&d->r, "none");
		} else if (JSON_IS(&d->r, "metric")) {
			if (!gist_text(d, "tests[].metric", &t->metric))
				return false;
		} else if (!gist_skip(d, "tests[]")) {
			return false;
		}
	}
	return d->why == NULL && (t->metric != NULL || gist_refuse(d, "tests[]", "lacks metric"));
}

static bool
tests_read(struct gist_reader *d, struct ground_control *c)
{
	if (!gist_expect(d, JSON_ARR, "tests", "is not an array"))
		return false;
	while (gist_element(d, "tests")) {
		if (c->n == MARK_TESTS_MAX)
			return gist_refuse(d, "tests", "are more than any control has (MARK_TESTS_MAX)");
		if (!test_read(d, &c->test[c->n++]))
			return false;
	}
	return d->why == NULL;
}

static bool
days_read(struct gist_reader *d, uint32_t *out)
{
	if (!gist_expect(d, JSON_NUM, "age_max_days", "is not a number"))
		return false;
	return span_u32(d->r.text, MARK_DAYS_MAX, out) == OK || gist_refuse(d, "age_max_days", "is no number of days");
}

static bool
control_member(struct gist_reader *d, struct ground_control *c, bool *has_age)
{
	if (JSON_IS(&d->r, "age_max_days")) {
		*has_age = true;
		return days_read(d, &c->age_max_days);
	}
	if (JSON_IS(&d->r, "decides")) {
		if (!gist_expect(d, JSON_STR, "decides", "is not a string"))
			return false;
		c->best = JSON_IS(&d->r, "best");
		return true;
	}
	if (JSON_IS(&d->r, "id"))
		return gist_text(d, "id", &c->id);
	if (JSON_IS(&d->r, "tests"))
		return tests_read(d, c);
	if (JSON_IS(&d->r, "title"))
		return gist_text(d, "title", &c->title);
	if (JSON_IS(&d->r, "whole_organisation"))
		return gist_bool(d, "whole_organisation", &c->whole_org);
	return gist_skip(d, "packs[].controls[]");
}

static bool
controls_read(struct gist_reader *d, struct ground *g)
{
	size_t n = 0;

	if (!gist_expect(d, JSON_ARR, "packs[].controls", "is not an array"))
		return false;
	while (gist_element(d, "packs[].controls")) {
		struct ground_control *c = &g->controls[n++];	/* gist_read has counted them */
		char last[GIST_KEY] = "";
		bool has_age = false;

		while (gist_member(d, "packs[].controls[]", last))
			if (!control_member(d, c, &has_age))
				return false;
		if (d->why != NULL)
			return false;
		if (c->id == NULL || c->title == NULL || !has_age)
			return gist_refuse(d, "packs[].controls[]", "lacks id, title or age_max_days");
	}
	return d->why == NULL;
}

static bool
packs_read(struct reading *q)
{
	struct gist_reader *d = &q->d;
	size_t i = 0;

	if (!gist_expect(d, JSON_ARR, "packs", "is not an array"))
		return false;
	for (; gist_element(d, "packs"); i++) {
		char last[GIST_KEY] = "";

		while (gist_member(d, "packs[]", last)) {
			bool good = i == q->pack && JSON_IS(&d->r, "controls") ? controls_read(d, q->g) :
			    i == q->pack && JSON_IS(&d->r, "title") ? gist_text(d, "packs[].title", &q->g->title) :
			    gist_skip(d, "packs[]");

			if (!good)
				return false;
		}
		if (d->why != NULL)
			return false;
	}
	return d->why == NULL && (q->g->title != NULL || gist_refuse(d, "packs[]", "lacks title"));
}

/* --- the AS --- */

/* A name or a reason as the evidence has it: a line of it, at most SEAL_WORD_MAX bytes. */
static bool
plain_read(struct gist_reader *d, const char *field, const char **out)
{
	struct span t;
	struct str s = {0};

	if (!gist_expect(d, JSON_STR, field, "is not a string"))
		return false;
	str_add_plain(&s, d->r.text);
	t = str_span(&s);
	if (t.len > SEAL_WORD_MAX)
		for (t.len = SEAL_WORD_MAX; t.len > 0 && ((unsigned char)t.p[t.len] & 0xc0) == 0x80; t.len--)
			;
	*out = arena_strdup(d->a, t);
	str_release(&s);
	return true;
}

static bool
metrics_read(struct gist_reader *d, struct ground *g)
{
	struct ground_metric m;

	if (!gist_expect(d, JSON_ARR, "metrics", "is not an array"))
		return false;
	while (gist_element(d, "metrics")) {
		char last[GIST_KEY] = "";

		m = (struct ground_metric){NULL, NULL};
		while (gist_member(d, "metrics[]", last)) {
			if (JSON_IS(&d->r, "id")) {
				if (!gist_text(d, "metrics[].id", &m.id))
					return false;
			} else if (JSON_IS(&d->r, "oldest")) {
				if (!gist_text_or_null(d, "metrics[].oldest", &m.oldest) ||
				    (m.oldest != NULL && !gist_time(d, "metrics[].oldest", m.oldest)))
					return false;
			} else if (!gist_skip(d, "metrics[]")) {
				return false;
			}
		}
		if (d->why != NULL || m.id == NULL)
			return gist_refuse(d, "metrics[]", "lacks id");
		g->metrics = grow(g->metrics, &g->cap_metrics, g->n_metrics + 1, sizeof(m));
		g->metrics[g->n_metrics++] = m;
	}
	return d->why == NULL;
}

static bool
judged_read(struct gist_reader *d, struct ground *g)
{
	size_t n = 0;

	if (!gist_expect(d, JSON_ARR, "controls", "is not an array"))
		return false;
	while (gist_element(d, "controls")) {
		struct ground_control *c = &g->controls[n++];
		char last[GIST_KEY] = "";

		while (gist_member(d, "controls[]", last)) {
			bool good = JSON_IS(&d->r, "decides") ? gist_text_or_null(d, "decides", &c->decides) :
			    JSON_IS(&d->r, "reason") ? plain_read(d, "reason", &c->reason) : gist_skip(d, "controls[]");

			if (!good)
				return false;
		}
		if (d->why != NULL)
			return false;
	}
	return d->why == NULL;
}

static bool
verdicts_read(struct reading *q)
{
	struct gist_reader *d = &q->d;
	size_t i = 0;

	if (!gist_expect(d, JSON_ARR, "results[].packs", "is not an array"))
		return false;
	for (; gist_element(d, "results[].packs"); i++) {
		char last[GIST_KEY] = "";

		while (gist_member(d, "results[].packs[]", last)) {
			bool good = i == q->pack && JSON_IS(&d->r, "controls") ? judged_read(d, q->g) :
			    gist_skip(d, "results[].packs[]");

			if (!good)
				return false;
		}
		if (d->why != NULL)
			return false;
	}
	return d->why == NULL;
}

static bool
result_read(struct reading *q)
{
	struct gist_reader *d = &q->d;
	char last[GIST_KEY] = "";
	uint32_t asn = 0;
	bool it = false, good;

	while (gist_member(d, "results[]", last)) {
		if (JSON_IS(&d->r, "asn"))
			good = gist_expect(d, JSON_NUM, "asn", "is not a number") &&
			    span_u32(d->r.text, UINT32_MAX, &asn) == OK;
		else if (it && JSON_IS(&d->r, "metrics"))
			good = metrics_read(d, q->g);
		else if (it && JSON_IS(&d->r, "name"))
			good = plain_read(d, "name", &q->g->name);
		else if (it && JSON_IS(&d->r, "organisation"))
			good = plain_read(d, "organisation", &q->g->organisation);
		else if (it && JSON_IS(&d->r, "packs"))
			good = verdicts_read(q);
		else
			good = gist_skip(d, "results[]");
		if (!good)
			return false;
		it = it || (strcmp(last, "asn") == 0 && asn == q->asn);	/* the first key, as they ascend */
	}
	return d->why == NULL;
}

static bool
report_read(struct reading *q)
{
	struct gist_reader *d = &q->d;
	char last[GIST_KEY] = "";
	bool good = gist_expect(d, JSON_OBJ, "report", "is not an object");

	while (good && gist_member(d, "report", last)) {
		if (JSON_IS(&d->r, "packs")) {
			good = packs_read(q);
		} else if (JSON_IS(&d->r, "results")) {
			good = gist_expect(d, JSON_ARR, "results", "is not an array");
			while (good && gist_element(d, "results"))
				good = result_read(q);
		} else {
			good = gist_skip(d, "report");
		}
	}
	return good && d->why == NULL;
}

enum err
ground_read(struct span report, const struct gist *gist, uint32_t asn, size_t at, struct arena *a, struct ground *out,
    const char **why)
{
	struct feed_mem mem = {(const uint8_t *)report.p, report.len, 0};
	struct ground g = {.name = "", .organisation = "", .n = gist->packs[at].n};
	struct reading q = {.d = {.a = a}, .g = &g, .asn = asn, .pack = at};
	struct feed f;
	bool good;

	g.controls = arena_array(a, g.n + 1, sizeof(*g.controls));
	feed_init_mem(&f, &mem);
	json_open(&q.d.r, &f);
	good = report_read(&q);
	json_close(&q.d.r);
	feed_release(&f);
	if (good) {
		*out = g;
		return OK;
	}
	free(g.metrics);
	*why = q.d.why != NULL ? q.d.why : "is no report that a mark can rest on";
	return ERR_SYNTAX;
}
