#include "metric/without.h"
#include "metric/compute.h"
#include "metric/incident.h"
#include "metric/scored.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define E7_PER_TENTH 1000000u

bool
record_is(const struct record *r, struct span name)
{
	struct span rest = name, code, prefix, origin;
	char text[PREFIX_TEXT], as[16] = "-";
	size_t i;

	if (!span_cut(&rest, ' ', &code) || !span_cut(&rest, ' ', &prefix) || !span_cut(&rest, ' ', &origin))
		return false;
	if (r->origin != ORIGIN_NONE)
		snprintf(as, sizeof(as), "AS%" PRIu32, r->origin);
	if (!span_is(code, r->code) || !span_is(prefix, r->has_prefix ? prefix_format(&r->prefix, text) : "-") || !span_is(origin, as))
		return false;
	if (rest.p == NULL)
		return true;
	for (i = 0; i < r->n_objects; i++)
		if (span_is(rest, r->objects[i]))
			return true;
	return false;
}

static void
part_less(struct metric *m, const char *name, uint64_t n)
{
	size_t i;

	for (i = 0; i < METRIC_PARTS && m->part[i].name != NULL; i++)
		if (strcmp(m->part[i].name, name) == 0)
			m->part[i].n -= n < m->part[i].n ? n : m->part[i].n;
}

/* The incidents are joined anew from the events that are left. */
static const char *
score_without(const struct facts *f, const struct metric *m, const bool *left_out, struct metric *out)
{
	enum incident_metric metric = (enum incident_metric)(m->id - M_M1_SCORE);
	const struct scored_event *e;
	size_t i, k = 0, n = scored_events(f->p.scored, m->asn, metric, &e), n_scores = 0;
	struct incident_event *left = xcalloc(n + 1, sizeof(*left));
	struct incident *incidents = xcalloc(n + 1, sizeof(*incidents));
	struct incident_score score = {.n = 0};
	const char *why = NULL;

	for (i = 0; n == m->n_records && i < n; i++) {
		const struct timeline_span *s = &f->p.scored->window->result.spans[e[i].span];

		if (!left_out[i])
			left[k++] = (struct incident_event){.asn = m->asn, .metric = metric, .weight_ppm = INCIDENT_WEIGHT_MAX,
			    .start = {s->from_us / 1000000}, .end = {s->to_us / 1000000}};
	}
	n_scores = k > 0 ? incident_merge(left, k, incidents) : 0;
	if (n != m->n_records || (k > 0 && incident_sum(incidents, n_scores, &score, &n_scores) != OK)) {
		why = "its events cannot be told from each other";
	} else {
		*out = *m;
		out->num = score.raw_e7 / E7_PER_TENTH;
		out->value_ppm = score_ppm(f, out->num);
		out->part[0].n = score.n;
		for (out->part[1].n = 0, i = 0; i < score.n; i++)
			out->part[1].n += (uint64_t)(incidents[i].end.s - incidents[i].start.s);
	}
	free(left);
	free(incidents);
	return why;
}

/* Whether each deciding record is one of what is counted against the AS. */
static bool
record_is_unit(const struct metric *m)
{
	if (m->id == M_M5)
		return m->n_deciding == m->num;
	if (m->id == M_M7RPKI)
		return m->n_deciding == m->den - m->num;
	switch (metric_unit(m->id)) {
	case UNIT_SHARE:
		return m->n_deciding == (metric_high_is_bad(m->id) ? m->num : m->den - m->num);
	case UNIT_COUNT:
		return metric_high_is_bad(m->id) && m->n_deciding == m->num && m->num <= m->den;
	case UNIT_BOOL:
		return m->n_deciding == m->den - m->num;
	case UNIT_SCORE:
		break;
	}
	return false;
}

static void
record_leave(struct metric *m, const struct record *r)
{
	m->den--;
	m->n_deciding--;
	if (m->id == M_M5 || (m->id != M_M7RPKI && metric_high_is_bad(m->id)))
		m->num--;
	part_less(m, r->code, 1);
	if (m->id == M_M7RPKI && strcmp(r->code, "not-found") != 0)
		part_less(m, "invalid", 1);
	if ((m->id == M_M5 || m->id == M_SAV) && r->has_prefix) {
		part_less(m, r->prefix.family == FAMILY_V4 ? "networks-v4" : "networks-v6", 1);
		part_less(m, r->prefix.family == FAMILY_V4 ? "received-v4" : "received-v6", 1);
	}
}

/* As metric.c has it, for those that are left. */
static void
value_anew(struct metric *m)
{
	if (m->id == M_M5) {
		m->value_ppm = curve_h1_ppm(m->num * 1000);
	} else if (m->id == M_M7RPKI) {
		m->value_ppm = m7rpki_ppm(m->num, m->part[1].n, m->den);
	} else if (metric_unit(m->id) == UNIT_SHARE) {
		m->value_ppm = share_ppm(m->num, m->den, metric_high_is_bad(m->id));
		wilson_ppm(m->num, m->den, &m->lo_ppm, &m->hi_ppm);
	} else {
		m->value_ppm = (int64_t)m->num;
	}
}

const char *
metric_without(const struct facts *f, const struct metric *m, const bool *left_out, struct metric *out)
{
	size_t i;

	if (m->n_records != m->n_deciding)
		return "not all of its records are known";
	if (metric_windowed(m->id))
		return score_without(f, m, left_out, out);
	if (!record_is_unit(m))
		return "its number is more than a count of its records";
	*out = *m;
	for (i = 0; i < m->n_records; i++)
		if (left_out[i])
			record_leave(out, &m->records[i]);
	if (out->den == 0) {
		out->state = METRIC_NO_DATA;
		out->why = "nothing is left but what is disputed";
	} else {
		value_anew(out);
	}
	return NULL;
}
