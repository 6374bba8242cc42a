#include "seal/mark_ground.h"
#include "base/sha256.h"

#include <stdlib.h>

struct judging {
	struct arena *a;
	const struct gist *gist;
	const struct ground *g;
	struct mark *m;
	struct mark_lacks *lacks;
	const char *why;
};

static void
lack(struct judging *q, const struct ground_control *c, const char *verdict, const char *reason)
{
	q->lacks->lack[q->lacks->n++] = (struct mark_lack){c != NULL ? c->id : NULL, c != NULL ? c->title : NULL,
	    verdict, reason};
}

/* The older of two, of which an unknown one is the oldest. */
static enum err
older(struct judging *q, const struct ground_control *c, const char *metric, const char **oldest)
{
	const struct ground *g = q->g;
	size_t i;

	for (i = 0; i < g->n_metrics && strcmp(g->metrics[i].id, metric) != 0; i++)
		;
	if (i == g->n_metrics || g->metrics[i].oldest == NULL) {
		q->why = arena_printf(q->a, "%s: is judged by %s, which has no date, though the pack limits its age",
		    c->id, metric);
		return ERR_CONTRADICT;
	}
	if (*oldest == NULL || strcmp(g->metrics[i].oldest, *oldest) < 0)
		*oldest = g->metrics[i].oldest;
	return OK;
}

static enum err
older_tests(struct judging *q, const struct ground_control *c, const struct ground_control *of, const char **oldest)
{
	size_t i;

	for (i = 0; i < of->n; i++)
		if (of->test[i].judged)
			TRY(older(q, c, of->test[i].metric, oldest));
	return OK;
}

/* Where one test is enough it is the one that decided; else all that were judged; of a whole organisation those of all
 * the pack's controls. */
static enum err
oldest_of(struct judging *q, const struct ground_control *c, bool passes, const char **oldest)
{
	size_t i;

	if (c->best && passes && c->decides != NULL)
		return older(q, c, c->decides, oldest);
	if (!c->whole_org)
		return older_tests(q, c, c, oldest);
	for (i = 0; i < q->g->n; i++)
		TRY(older_tests(q, c, &q->g->controls[i], oldest));
	return OK;
}

static enum err
control(struct judging *q, const struct ground_control *c, bool passes)
{
	struct mark_control *out = &q->m->controls[q->m->n++];
	const char *oldest = NULL;

	*out = (struct mark_control){.id = c->id, .title = c->title, .applies = passes};
	if (c->age_max_days == 0)
		return OK;
	TRY(oldest_of(q, c, passes, &oldest));
	if (oldest == NULL)		/* nothing was counted: nothing can age */
		return OK;
	out->oldest = oldest;
	out->age_max_days = c->age_max_days;
	out->expires = mark_expiry(oldest, c->age_max_days, q->a);
	if (strcmp(out->expires, q->gist->at) >= 0)
		return OK;
	q->why = arena_printf(q->a, "%s: is judged at %s by evidence of %s, which is older than the %u days that the "
	    "pack allows",
	    c->id, q->gist->at, oldest, c->age_max_days);
	return ERR_CONTRADICT;
}

static enum err
controls(struct judging *q, size_t asn, size_t pack)
{
	static const char *const words[GIST_VERDICTS] = {"PASS", "WARN", "FAIL", "NO_DATA", "NOT_APPLICABLE"};
	const struct gist_test *t;
	size_t i, passed = 0;

	for (i = 0; i < q->gist->n_tests; i++) {
		t = &q->gist->tests[i];
		if (t->asn != asn || t->pack != pack)
			continue;
		if (t->verdict == GIST_PASS || t->verdict == GIST_NOT_APPLICABLE)
			TRY(control(q, &q->g->controls[t->control], t->verdict == GIST_PASS));
		else
			lack(q, &q->g->controls[t->control], words[t->verdict], q->g->controls[t->control].reason);
		passed += t->verdict == GIST_PASS;
	}
	if (q->m->n + q->lacks->n == 0)
		lack(q, NULL, NULL, "the pack requires no control, so there is nothing to earn");
	else if (passed == 0)
		lack(q, NULL, NULL, "no required control passes: what does not apply is not earned");
	return OK;
}

/* To which moment, when all the rest is there. */
static void
period(struct judging *q)
{
	struct mark *m = q->m;
	size_t first;

	if (q->lacks->n > 0)
		return;
	first = mark_first(m);
	if (first == m->n) {
		lack(q, NULL, NULL, "the pack gives no required control a limit of age, so the mark would never lapse");
		return;
	}
	m->valid_to = m->controls[first].expires;
	if (strcmp(m->valid_to, m->at) <= 0)
		lack(q, NULL, NULL, arena_printf(q->a, "it would lapse at %s, the moment of the report: %s rests on "
		    "evidence of %s, "
		    "which the pack takes for %u days", m->at, m->controls[first].id, m->controls[first].oldest,
		    m->controls[first].age_max_days));
}

static void
head(struct judging *q, const struct gist_pack *p)
{
	struct mark *m = q->m;
	const char *time;
	size_t i;

	m->at = q->gist->at;
	m->name = q->g->name;
	m->organisation = q->g->organisation;
	m->inputs = q->gist->n_inputs;
	for (i = 0; i < q->gist->n_inputs; i++) {
		time = q->gist->inputs[i].time;
		if (time != NULL && (m->oldest == NULL || strcmp(time, m->oldest) < 0))
			m->oldest = time;
		if (time != NULL && (m->newest == NULL || strcmp(time, m->newest) > 0))
			m->newest = time;
	}
	m->pack.id = p->id;
	m->pack.version = p->version;
	m->pack.title = q->g->title;
	m->pack.status = p->status;
	m->pack.catalog = p->catalog;
	m->pack.profile = p->profile;
}

static enum err
find(const struct gist *g, uint32_t asn, const char *pack, size_t *at, struct arena *a, const char **why)
{
	size_t i;

	for (i = 0; i < g->n_asns && g->asns[i] != asn; i++)
		;
	for (*at = 0; *at < g->n_packs && strcmp(g->packs[*at].id, pack) != 0; (*at)++)
		;
	if (i < g->n_asns && *at < g->n_packs)
		return OK;
	*why = i == g->n_asns ? arena_printf(a, "has no result on AS%u", asn) : arena_printf(a, "was not judged by %s", pack);
	return ERR_UNKNOWN;
}

enum err
mark_ground(struct span report, uint32_t asn, const char *pack, struct arena *a, struct mark *out, struct mark_lacks *lacks,
    const char **why)
{
	struct gist gist;
	struct ground g = {.metrics = NULL};
	struct mark m = {.asn = asn};
	struct judging q = {.a = a, .gist = &gist, .g = &g, .m = &m, .lacks = lacks};
	uint8_t digest[SHA256_BYTES];
	char *hex = arena_alloc(a, SHA256_HEX + 1);
	size_t at = 0;
	enum err e;

	*lacks = (struct mark_lacks){NULL, 0};
	TRY(gist_read(report, a, &gist, why));
	e = find(&gist, asn, pack, &at, a, why);
	if (e == OK)
		e = ground_read(report, &gist, asn, at, a, &g, why);
	if (e == OK) {
		sha256_of(report.p, report.len, digest);
		sha256_hex(digest, hex);
		m.report = hex;
		m.controls = arena_array(a, g.n + 1, sizeof(*m.controls));
		lacks->lack = arena_array(a, g.n + 2, sizeof(*lacks->lack));
		head(&q, &gist.packs[at]);
		e = controls(&q, asn, at);
		period(&q);
		*why = q.why;
	}
	free(g.metrics);
	gist_release(&gist);
	if (e == OK)
		*out = m;
	return e;
}
