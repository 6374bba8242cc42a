/*
 * compute: one metric of one AS being computed. Inside metric/ only: what the m_*.c share.
 */
#ifndef METRIC_COMPUTE_H
#define METRIC_COMPUTE_H

#include "metric/tables.h"

struct sighted {		/* what the sightings of a route say of the AS: the same for all its metrics */
	uint32_t route;
	uint32_t via;		/* as in struct deciding */
	uint32_t from;
	uint32_t n_vps;
	const char *path, *vps;	/* NULL: nothing is noted here */
};
#define SIGHTED 32		/* noted at once: metrics name the same first routes */

#define BESIDE_MAX 64u	/* who stands beside an AS, of routes that are in order: of more nothing more is known */
struct compute {
	const struct facts *f;
	const struct world *w;
	/* of the AS */
	uint32_t asn;
	uint32_t as;		/* its id, MAP_NONE when no route has it */
	const uint32_t *routes;	/* ids of the routes that it originates, all of them: look at route_bits */
	size_t n_routes;
	const uint32_t *siblings;	/* its organisation's, itself included: ids in world.orgs.ases */
	size_t n_siblings;
	struct sighted sighted[SIGHTED];
	uint32_t beside[BESIDE_MAX], n_beside;	/* stranger.c: ids, once that was asked */
	bool beside_known;
	/* of the metric */
	struct metric *m;
	struct arena *a;	/* NULL when nothing is to be kept */
	size_t records_max, cap_records;	/* deciding records wanted */
	bool digest;		/* wanted */
	struct sha256 sha;	/* of the records so far */
};

struct deciding {
	const char *code;	/* static */
	const struct prefix *prefix;	/* NULL when it is about no prefix */
	uint32_t origin;	/* ORIGIN_NONE when not meant */
	const char *detail;	/* what else tells it from others; NULL */
	uint32_t route;		/* MAP_NONE when it is not about a route that was seen */
	enum row_bit via;	/* the role in which the AS stands on the path; 0 when any path will do */
	const void *arg;	/* for fill, with n */
	unsigned n;
	/* objects, rule and remedy; the rest is there already. from: the neighbour that the AS shown on the
	 * path had it from, ORIGIN_NONE when unknown. */
	void (*fill)(struct compute *c, const struct deciding *d, struct record *r, uint32_t from);
};
/* Add one deciding record. Call in canonical order: prefix, origin, rest. */
void decide(struct compute *c, const struct deciding *d);

/* The digest over the records of c->m, into it. */
void digest_take(struct compute *c);

/* record.c, object.c: parts of a record; objects are added after those that are there */
void record_make(struct compute *c, const struct deciding *d, struct record *r);
void record_object(struct compute *c, struct record *r, const char *text);
void record_vrps(struct compute *c, struct record *r, const struct prefix *p);
void record_irr(struct compute *c, struct record *r, const struct prefix *p);
const char *roa_text(struct arena *a, const struct prefix *p, uint32_t origin);
const char *route_object_text(struct arena *a, const struct prefix *p, uint32_t origin, const char *source);
/* The remedy for a bogon, which nobody can register: NULL for any other route. */
const char *bogon_remedy(struct compute *c, const struct prefix *p, uint32_t origin);

/* Not a number: the state and its reason. */
void no_data(struct compute *c, const char *why);
void not_applicable(struct compute *c, const char *why);
void part_set(struct compute *c, unsigned i, const char *name, uint64_t n);

/* Originated routes with all of bits; family FAMILY_N is both. */
uint64_t originated_count(const struct compute *c, uint8_t bits, unsigned family);
size_t rows_of(const struct compute *c, const struct row **rows);

/* needs.c: an empty metric into c->m, with evidence, oldest and the vantage; false, with the state and the
 * reason set, when the evidence does not suffice. */
bool evidence_suffices(struct compute *c, enum metric_id id);

/* org.c: the siblings; then what is said of all of them together. */
void org_find(struct compute *c);
void org_compute(struct compute *c);
/* metric.c: the numbers alone; m's num, den, part, state and value. */
void metric_tally(const struct compute *c, enum metric_id id, struct metric *m);
/* The AS part. */
void compute_init(struct compute *c, const struct facts *f, uint32_t asn);

/* num / den in millionths; up: rounded up. Rounded against the AS, so that a near miss stays a miss. */
int64_t share_ppm(uint64_t num, uint64_t den, bool up);

/* m_rov.c; part 1 of M_M7RPKI is the invalid routes, which org.c sums for this */
int64_t m7rpki_ppm(uint64_t valid, uint64_t invalid, uint64_t den);
const char *rov_rule(enum rov v);
const char *rov_remedy(struct compute *c, const struct prefix *p, uint32_t origin, enum rov v);

/* stranger.c: false when it is RPKI-invalid, and all of its paths show is that somebody put the AS there as its origin */
bool is_announced(struct compute *c, uint32_t route);
void rest_on_relations(struct compute *c);	/* the metric does: something was left out */

/* m_score.c: from tenths of a point, by the curve in force */
int64_t score_ppm(const struct facts *f, uint64_t tenths);

/* m_bogon.c: the special-purpose block and its RFC into a record; nothing when p is in none */
void record_special(struct compute *c, struct record *r, const struct prefix *p);

/* m_table.c: whether a sighting is in the table of the AS asked for; and whether its path has a bogon ASN */
bool table_holds(const struct compute *c, const struct sighting *g);
bool path_has_bogon(const struct facts *f, uint32_t path);

void m_rov_invalid(struct compute *);
void m_roa_coverage(struct compute *);
void m_maxlen_exposure(struct compute *);
void m_irr_registered(struct compute *);
void m_irr_authoritative(struct compute *);
void m_irr_conflict(struct compute *);
void m_m7irr(struct compute *);
void m_m7rpki(struct compute *);
void m_m8(struct compute *);
void m_m5(struct compute *);
void m_bogon_prefix_originated(struct compute *);
void m_bogon_prefix_propagated(struct compute *);
void m_bogon_asn_originated(struct compute *);
void m_bogon_asn_propagated(struct compute *);
void m_admin_bogon_originated(struct compute *);
void m_admin_bogon_propagated(struct compute *);
void m_customer_invalid(struct compute *);
void m_customer_bad(struct compute *);
void m_imc22_a1(struct compute *);
void m_imc22_a4(struct compute *);
void m_contact_fresh(struct compute *);
void m_sav(struct compute *);
void m_as_set_originated(struct compute *);
void m_aspa(struct compute *);
void m_wild_invalid(struct compute *);
void m_leak_proven(struct compute *);
void m_otc_seen(struct compute *);
void m_misorigination(struct compute *);
void m_score(struct compute *);
void m_table_invalid(struct compute *);
void m_table_bogon_prefix(struct compute *);
void m_table_bogon_asn(struct compute *);

#endif
