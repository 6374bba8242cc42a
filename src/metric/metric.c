#include "metric/compute.h"

#include <assert.h>
#include <string.h>

static const struct {
	const char *word, *text;
} words[METRIC_N] = {
#define X(id, word, text) [id] = {word, text},
    METRIC_LIST(X)
#undef X
};

static const struct {
	enum metric_unit unit;
	bool high_is_bad;
	void (*fn)(struct compute *);
} metrics[METRIC_N] = {
    [M_ROV_INVALID] = {UNIT_SHARE, true, m_rov_invalid},
    [M_ROA_COVERAGE] = {UNIT_SHARE, false, m_roa_coverage},
    [M_MAXLEN_EXPOSURE] = {UNIT_SHARE, true, m_maxlen_exposure},
    [M_IRR_REGISTERED] = {UNIT_SHARE, false, m_irr_registered},
    [M_IRR_AUTHORITATIVE] = {UNIT_SHARE, false, m_irr_authoritative},
    [M_IRR_CONFLICT] = {UNIT_SHARE, true, m_irr_conflict},
    [M_M7IRR] = {UNIT_SHARE, false, m_m7irr},
    [M_M7RPKI] = {UNIT_SCORE, false, m_m7rpki},
    [M_M8] = {UNIT_BOOL, false, m_m8},
    [M_M5] = {UNIT_SCORE, false, m_m5},
    [M_BOGON_PREFIX_ORIGINATED] = {UNIT_COUNT, true, m_bogon_prefix_originated},
    [M_BOGON_PREFIX_PROPAGATED] = {UNIT_COUNT, true, m_bogon_prefix_propagated},
    [M_BOGON_ASN_ORIGINATED] = {UNIT_COUNT, true, m_bogon_asn_originated},
    [M_BOGON_ASN_PROPAGATED] = {UNIT_COUNT, true, m_bogon_asn_propagated},
    [M_ADMIN_BOGON_ORIGINATED] = {UNIT_COUNT, true, m_admin_bogon_originated},
    [M_ADMIN_BOGON_PROPAGATED] = {UNIT_COUNT, true, m_admin_bogon_propagated},
    [M_CUSTOMER_INVALID] = {UNIT_SHARE, true, m_customer_invalid},
    [M_CUSTOMER_BAD] = {UNIT_SHARE, true, m_customer_bad},
    [M_IMC22_A1] = {UNIT_SHARE, true, m_imc22_a1},
    [M_IMC22_A4] = {UNIT_SHARE, false, m_imc22_a4},
    [M_CONTACT_FRESH] = {UNIT_BOOL, false, m_contact_fresh},
    [M_SAV] = {UNIT_SHARE, true, m_sav},
    [M_AS_SET_ORIGINATED] = {UNIT_COUNT, true, m_as_set_originated},
    [M_ASPA] = {UNIT_BOOL, false, m_aspa},
    [M_WILD_INVALID] = {UNIT_SHARE, true, m_wild_invalid},
    [M_LEAK_PROVEN] = {UNIT_COUNT, true, m_leak_proven},
    [M_OTC_SEEN] = {UNIT_COUNT, false, m_otc_seen},
    [M_MISORIGINATION] = {UNIT_COUNT, true, m_misorigination},
    [M_M1_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M1C_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M2_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M2C_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M3_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M3C_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M4_SCORE] = {UNIT_SCORE, false, m_score},
    [M_M4C_SCORE] = {UNIT_SCORE, false, m_score},
    [M_TABLE_INVALID] = {UNIT_SHARE, true, m_table_invalid},
    [M_TABLE_BOGON_PREFIX] = {UNIT_COUNT, true, m_table_bogon_prefix},
    [M_TABLE_BOGON_ASN] = {UNIT_COUNT, true, m_table_bogon_asn},
};

const char *
metric_word(enum metric_id id)
{
	assert(id < METRIC_N);
	return words[id].word;
}

const char *
metric_text(enum metric_id id)
{
	assert(id < METRIC_N);
	return words[id].text;
}

enum metric_id
metric_find(struct span word)
{
	unsigned i;

	for (i = 0; i < METRIC_N; i++)
		if (span_is(word, words[i].word))
			break;
	return (enum metric_id)i;
}

enum metric_unit
metric_unit(enum metric_id id)
{
	assert(id < METRIC_N);
	return metrics[id].unit;
}

bool
metric_windowed(enum metric_id id)
{
	return id >= M_M1_SCORE && id <= M_M4C_SCORE;
}

bool
metric_high_is_bad(enum metric_id id)
{
	assert(id < METRIC_N);
	return metrics[id].high_is_bad;
}

void
no_data(struct compute *c, const char *why)
{
	c->m->state = METRIC_NO_DATA;
	c->m->why = why;
}

void
not_applicable(struct compute *c, const char *why)
{
	c->m->state = METRIC_NOT_APPLICABLE;
	c->m->why = why;
}

void
part_set(struct compute *c, unsigned i, const char *name, uint64_t n)
{
	assert(i < METRIC_PARTS);
	c->m->part[i].name = name;
	c->m->part[i].n = n;
}

uint64_t
originated_count(const struct compute *c, uint8_t bits, unsigned family)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < c->n_routes; i++)
		count += (c->f->route_bits[c->routes[i]] & bits) == bits &&
		    (family == FAMILY_N || c->w->routes.routes[c->routes[i]].prefix.family == family);
	return count;
}

size_t
rows_of(const struct compute *c, const struct row **rows)
{
	*rows = c->f->rows;
	if (c->as == MAP_NONE)
		return 0;
	*rows += c->f->row_first[c->as];
	return c->f->row_first[c->as + 1] - c->f->row_first[c->as];
}

int64_t
share_ppm(uint64_t num, uint64_t den, bool up)
{
	assert(den > 0 && num <= UINT64_MAX / 1000000 - 1);
	return (int64_t)((num * 1000000 + (up ? den - 1 : 0)) / den);
}

static void
value_set(struct metric *m)
{
	if (m->state != METRIC_OK)
		return;
	switch (metrics[m->id].unit) {
	case UNIT_SHARE:
		assert(m->num <= m->den);
		m->value_ppm = share_ppm(m->num, m->den, metrics[m->id].high_is_bad);
		wilson_ppm(m->num, m->den, &m->lo_ppm, &m->hi_ppm);
		break;
	case UNIT_COUNT:
		m->value_ppm = (int64_t)m->num;
		break;
	case UNIT_BOOL:
		m->value_ppm = m->num > 0 ? 1000000 : 0;
		break;
	case UNIT_SCORE:	/* set by the metric: each has its formula */
		break;
	}
}

void
compute_init(struct compute *c, const struct facts *f, uint32_t asn)
{
	*c = (struct compute){.f = f, .w = f->w, .asn = asn, .as = ases_id(f->ases, asn)};
	if (asn != ORIGIN_NONE)	/* 4294967295 stands for "no origin" in the table */
		c->n_routes = routes_of(&f->w->routes, asn, &c->routes);
}

static void
run(struct compute *c, enum metric_id id)
{
	c->cap_records = 0;
	if (evidence_suffices(c, id))
		metrics[id].fn(c);
	value_set(c->m);
}

void
metric_tally(const struct compute *c, enum metric_id id, struct metric *m)
{
	struct compute numbers = *c;

	numbers.m = m;
	numbers.a = NULL;
	numbers.records_max = 0;
	numbers.digest = false;
	run(&numbers, id);
}

static void
want(struct compute *c, enum metric_detail detail, struct arena *a)
{
	org_find(c);
	if (detail == METRIC_NUMBERS)
		return;
	c->a = a;
	c->records_max = c->f->p.records_max;
	c->digest = true;
	sha256_init(&c->sha);
}

static void
unwanted(struct metric *m, enum metric_id id, uint32_t asn)
{
	*m = (struct metric){.id = id, .asn = asn, .state = METRIC_NO_DATA, .oldest = UTC_NONE,
	    .why = "route servers' tables were not looked into: no rule pack asks for them"};
}

static void
run_wanted(struct compute *c, enum metric_id id, struct metric *out)
{
	assert(id < METRIC_N);
	c->m = out;
	run(c, id);
	if (c->digest)
		digest_take(c);
	org_compute(c);
}

void
metrics_compute(const struct facts *f, uint32_t asn, enum metric_detail detail, struct arena *a,
    struct metric out[static METRIC_N])
{
	size_t n = facts_n_metrics(f);
	struct compute c;
	unsigned id;

	compute_init(&c, f, asn);
	want(&c, detail, a);
	for (id = 0; id < n; id++)
		run_wanted(&c, (enum metric_id)id, &out[id]);
	for (; id < METRIC_N; id++)
		unwanted(&out[id], (enum metric_id)id, asn);
	sha256_drop(&c.sha);
}

void
metric_compute(const struct facts *f, uint32_t asn, enum metric_id id, struct arena *a, struct metric *out)
{
	struct compute c;

	if (id >= facts_n_metrics(f)) {
		unwanted(out, id, asn);
		return;
	}
	compute_init(&c, f, asn);
	want(&c, METRIC_FULL, a);
	run_wanted(&c, id, out);
	sha256_drop(&c.sha);
}

void
metrics_records(const struct facts *f, uint64_t which, size_t max, struct arena *a,
    struct metric m[static METRIC_N])
{
	struct metric again;
	struct compute c;
	unsigned id;

	_Static_assert(METRIC_N <= 64, "a bit for each metric");
	compute_init(&c, f, m[0].asn);
	c.m = &again;
	c.a = a;
	c.records_max = max;
	for (id = 0; id < facts_n_metrics(f); id++) {
		if ((which & UINT64_C(1) << id) == 0)
			continue;
		run(&c, (enum metric_id)id);
		m[id].records = again.records;
		m[id].n_records = again.n_records;
	}
}
