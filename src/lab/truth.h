/*
 * truth: what every metric must say of every AS of a small world, worked out the slow and plain way
 * from what was planted: no table is sorted, no sweep is made, each question is a loop. The words are
 * those of metric/metric.h; the definitions are in the answer key.
 */
#ifndef LAB_TRUTH_H
#define LAB_TRUTH_H

#include "lab/incident.h"

#define TRUTH_LIST(X)                                                                                  \
	X(ADMIN_ORIGINATED, "admin-bogon-originated")                                                  \
	X(ADMIN_PROPAGATED, "admin-bogon-propagated")                                                  \
	X(AS_SET, "as-set-originated")                                                                 \
	X(ASPA, "aspa")                                                                                \
	X(BOGON_ASN_ORIGINATED, "bogon-asn-originated")                                                \
	X(BOGON_ASN_PROPAGATED, "bogon-asn-propagated")                                                \
	X(BOGON_PREFIX_ORIGINATED, "bogon-prefix-originated")                                          \
	X(BOGON_PREFIX_PROPAGATED, "bogon-prefix-propagated")                                          \
	X(CONTACT_FRESH, "contact-fresh")                                                              \
	X(CUSTOMER_BAD, "customer-bad")                                                                \
	X(CUSTOMER_INVALID, "customer-invalid")                                                        \
	X(A1, "imc22-a1")                                                                              \
	X(A4, "imc22-a4")                                                                              \
	X(IRR_AUTHORITATIVE_, "irr-authoritative")                                                     \
	X(IRR_CONFLICT, "irr-conflict")                                                                \
	X(IRR_REGISTERED, "irr-registered")                                                            \
	X(LEAK, "leak-proven")                                                                         \
	X(M5, "m5")                                                                                    \
	X(M7IRR, "m7irr")                                                                              \
	X(M7RPKI, "m7rpki")                                                                            \
	X(M8, "m8")                                                                                    \
	X(MAXLEN, "maxlength-exposure")                                                                \
	X(MISORIGIN, "misorigination")                                                                 \
	X(OTC, "otc-seen")                                                                             \
	X(ROA_COVERAGE, "roa-coverage")                                                                \
	X(ROV_INVALID, "rov-invalid")                                                                  \
	X(SAV, "sav")                                                                                  \
	X(WILD, "wild-invalid-passed")

enum truth_metric {
#define X(id, word) TRUTH_##id,
	TRUTH_LIST(X)
#undef X
	TRUTH_N
};
const char *truth_word(enum truth_metric m);

enum truth_state { TRUTH_OK, TRUTH_NO_DATA, TRUTH_NOT_APPLICABLE };

struct answer { uint64_t num, den; enum truth_state state; };
struct truth { struct answer (*as)[TRUTH_N]; };		/* by index of the AS; owned */

/* Over all unique (prefix, origin) ever announced, default routes left out; a set matches nothing. */
struct truth_totals { uint64_t routes, valid, invalid, not_found; };
void truth_count(const struct lab *w, const struct incidents *in, struct truth_totals *out);

void truth_make(const struct lab *w, const struct incidents *in, struct truth *out);
void truth_release(struct truth *t);

#endif
