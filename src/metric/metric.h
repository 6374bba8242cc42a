/*
 * metric: a number about one AS, with its numerator, denominator, interval, deciding records, vantage
 * and age. A rule sees nothing but these; how they are computed is in metric/facts.h.
 */
#ifndef METRIC_METRIC_H
#define METRIC_METRIC_H

#include "addr/prefix.h"
#include "base/sha256.h"
#include "base/utc.h"
#include "world/evidence.h"

/* X(id, word, what the number is). Originated routes are the visible ones (world/routes.h) whose origin is
 * the AS; a default route counts nowhere, and a route that ends in an AS_SET has no origin. */
#define METRIC_LIST(X)                                                                                       \
	X(M_ROV_INVALID, "rov-invalid", "originated routes that are RPKI-invalid / originated routes")       \
	X(M_ROA_COVERAGE, "roa-coverage", "originated routes with a covering VRP / originated routes")       \
	X(M_MAXLEN_EXPOSURE, "maxlength-exposure", "VRPs whose maxLength exceeds what is announced / VRPs")  \
	X(M_IRR_REGISTERED, "irr-registered", "originated routes with a route object / originated routes")   \
	X(M_IRR_AUTHORITATIVE, "irr-authoritative",                                                          \
	    "originated routes with an object of an authoritative registry and none contradicted / all")     \
	X(M_IRR_CONFLICT, "irr-conflict", "route objects that a VRP contradicts / route objects")            \
	X(M_M7IRR, "m7irr", "MANRS M7IRR: share of announced routes registered")                             \
	X(M_M7RPKI, "m7rpki", "MANRS M7RPKI: valid share less ten times the invalid share")                  \
	X(M_M8, "m8", "MANRS M8: a contact is registered (abuse-c alone does not count)")                    \
	X(M_M5, "m5", "MANRS M5: client networks that could spoof, by curve H1")                             \
	X(M_BOGON_PREFIX_ORIGINATED, "bogon-prefix-originated", "full bogon prefixes originated")            \
	X(M_BOGON_PREFIX_PROPAGATED, "bogon-prefix-propagated", "full bogon prefixes taken from a neighbour")\
	X(M_BOGON_ASN_ORIGINATED, "bogon-asn-originated", "routes originated by a full bogon ASN")           \
	X(M_BOGON_ASN_PROPAGATED, "bogon-asn-propagated", "routes taken from a full bogon ASN")              \
	X(M_ADMIN_BOGON_ORIGINATED, "admin-bogon-originated", "administrative bogons originated")            \
	X(M_ADMIN_BOGON_PROPAGATED, "admin-bogon-propagated", "administrative bogons taken from a neighbour")\
	X(M_CUSTOMER_INVALID, "customer-invalid", "customer routes passed on that are RPKI-invalid / all")   \
	X(M_CUSTOMER_BAD, "customer-bad", "customer routes passed on that are bad by Action 1 / all")        \
	X(M_IMC22_A1, "imc22-a1", "Mind Your MANRS, Action 1: bad customer routes / customer routes, IPv4")  \
	X(M_IMC22_A4, "imc22-a4", "Mind Your MANRS, Action 4: good originated routes / all, IPv4")           \
	X(M_CONTACT_FRESH, "contact-fresh", "a contact in the registry and in PeeringDB, updated recently")  \
	X(M_SAV, "sav", "Spoofer tests: networks that let a spoofed packet out / networks tested")           \
	X(M_AS_SET_ORIGINATED, "as-set-originated", "routes whose origin is an AS_SET holding this AS")      \
	X(M_ASPA, "aspa", "an ASPA object is published")                                                     \
	X(M_WILD_INVALID, "wild-invalid-passed", "RPKI-invalid routes passed on / those that neighbours offered it")  \
	X(M_LEAK_PROVEN, "leak-proven", "routes leaked, by OTC and ASPAs / routes passed on that these could show")\
	X(M_OTC_SEEN, "otc-seen", "routes marked only-to-customer (OTC) with its ASN / routes announced or passed on") \
	X(M_MISORIGINATION, "misorigination", "originated routes that the RPKI gives to another who announces them")\
	X(M_M1_SCORE, "m1-score", "MANRS M1: route leaks in the window, by their length")                    \
	X(M_M1C_SCORE, "m1c-score", "MANRS M1C: leaks of a neighbour that it accepted in the window")        \
	X(M_M2_SCORE, "m2-score", "MANRS M2: misoriginations in the window, by their length")                \
	X(M_M2C_SCORE, "m2c-score", "MANRS M2C: misoriginations of a neighbour that it accepted in the window") \
	X(M_M3_SCORE, "m3-score", "MANRS M3: bogon prefixes announced in the window, by their length")       \
	X(M_M3C_SCORE, "m3c-score", "MANRS M3C: bogon prefixes of a neighbour that it accepted in the window") \
	X(M_M4_SCORE, "m4-score", "MANRS M4: announced as a bogon ASN in the window, by length")             \
	X(M_M4C_SCORE, "m4c-score", "MANRS M4C: bogon ASNs of a neighbour that it accepted in the window")   \
	X(M_TABLE_INVALID, "table-invalid", "route server's table: RPKI-invalid routes / routes in it")      \
	X(M_TABLE_BOGON_PREFIX, "table-bogon-prefix", "route server's table: full bogon prefixes")           \
	X(M_TABLE_BOGON_ASN, "table-bogon-asn", "route server's table: routes with a full bogon ASN on the path")

enum metric_id {
#define X(id, word, text) id,
	METRIC_LIST(X)
#undef X
	METRIC_N
};
/* From here on: of the table of an Internet exchange's route server, which is the AS asked for. They count what
 * the table holds: one session is enough, where all others ask how many full feeds carry a route (m_table.c). */
#define METRIC_TABLES M_TABLE_INVALID
const char *metric_word(enum metric_id id);
const char *metric_text(enum metric_id id);
/* By word; METRIC_N when there is none. */
enum metric_id metric_find(struct span word);
/* m1-score to m4c-score: of the incidents in a window of updates (metric/scored.h). num is the raw score in tenths of a
 * point (metric/incident.h), den the hours of the window that a collector saw, value_ppm the score by the curve, and
 * oldest the moment up to which the window was seen. */
bool metric_windowed(enum metric_id id);
/* How its value reads: a share of a population, a plain count, a score 0..100 %, yes or no. */
enum metric_unit { UNIT_SHARE, UNIT_COUNT, UNIT_SCORE, UNIT_BOOL };
enum metric_unit metric_unit(enum metric_id id);
/* Whether a larger number is worse: rov-invalid yes, roa-coverage no. */
bool metric_high_is_bad(enum metric_id id);

/* The evidence it rests on, as EV_BITs: each of needs, and at least one of needs_any when that is not 0,
 * must have been read completely; what it uses may be absent but not incomplete. Else METRIC_NO_DATA. */
uint32_t metric_needs(enum metric_id id);
uint32_t metric_needs_any(enum metric_id id);
uint32_t metric_uses(enum metric_id id);

enum metric_state {
	METRIC_OK,
	METRIC_NO_DATA,		/* why says what is missing */
	METRIC_NOT_APPLICABLE	/* the AS has nothing that this is about, e.g. announces nothing */
};

/* A deciding record, self-contained: text made when it is kept. */
struct record {
	const char *code;	/* static word: "invalid-length", "not-registered", "bogon", "received" ... */
	bool has_prefix;
	struct prefix prefix;
	uint32_t origin;	/* ORIGIN_NONE when a set or not meant */
	const char *path;	/* the AS path seen at most vantage points, "" when none. When the record is held
				 * against an AS for passing a route on, of the paths that show it doing so */
	uint32_t n_vps;		/* vantage points that carry it (on such paths) */
	const char *vps;	/* the first few: "AS3257 at 195.66.224.1, ..." */
	const char **objects;	/* covering VRPs, route objects, tests: "VRP 192.0.2.0/24-24 AS64500" */
	size_t n_objects;
	const char *rule;	/* what made it so: "RFC 6811 section 2: covered, no match" */
	const char *remedy;	/* what to publish or filter: "ROA 192.0.2.0/24 maxLength 24 origin AS64500" */
};

#define METRIC_PARTS 9
struct metric {
	enum metric_id id;
	uint32_t asn;
	enum metric_state state;
	const char *why;		/* one line; always set unless METRIC_OK */
	const char *apart;		/* NULL, or how far apart what it rests on is: no verdict rests on the number */
	uint64_t num, den;		/* the share; UNIT_COUNT: num of den looked at; UNIT_BOOL: num 0 or 1 */
	int64_t value_ppm;		/* share or score in millionths, rounded against the AS;
					 * UNIT_COUNT: num; UNIT_BOOL: 0 or 1000000 */
	uint32_t lo_ppm, hi_ppm;	/* Wilson 95 % interval of num/den, for UNIT_SHARE */
	struct { const char *name; uint64_t n; } part[METRIC_PARTS];	/* breakdown, name NULL ends it */
	struct record *records;		/* the first ones in canonical order */
	size_t n_records;
	uint64_t n_deciding;		/* all of them */
	/* over all, one line each: code, prefix, origin and what else tells it from others (maxLength, IRR
	 * source, Spoofer session), "-" for what it has not: "invalid-asn 192.0.2.0/24 AS64500 -\n" */
	uint8_t deciding_sha256[SHA256_BYTES];
	uint32_t n_full_feed[FAMILY_N], n_collectors;	/* vantage */
	struct utc oldest;		/* the oldest input it rests on; UTC_NONE when one has no time */
	uint32_t evidence;		/* EV_BITs it rests on: those of needs, needs_any and uses that are there */
	/* over the ASNs of the organisation, when it has more than one; all 0 when none can be measured */
	struct {
		const char *why;	/* why n_all is not known; NULL when it is */
		uint32_t n;		/* ASNs measured (METRIC_OK) */
		uint32_t n_all;		/* ASNs of the organisation, this one included; 1 when alone */
		uint32_t worst_asn;
		int64_t worst_ppm;
		uint64_t worst_den;	/* the population of that one */
		uint64_t num, den;	/* prefix-weighted: sums over the siblings */
		int64_t weighted_ppm;
	} org;
};

/* Wilson score interval, 95 %, in millionths, integer arithmetic (the same on every machine). */
void wilson_ppm(uint64_t num, uint64_t den, uint32_t *lo_ppm, uint32_t *hi_ppm);
/* Curve H1, the one that fits the scores MANRS publishes for spoofable prefixes (docs.manrs.org, anti-
 * spoofing): 0.6^sqrt(raw/0.5). raw in thousandths, result in millionths, integer arithmetic. */
uint32_t curve_h1_ppm(uint64_t raw_milli);

#endif
