/*
 * oscal: an assessment as the chain of OSCAL 1.1.2 documents that tools for governance, risk and compliance
 * import: catalogue, profile, system security plan, assessment plan, assessment results. A chain is of one AS
 * (the system) and one rule pack; doc/formats/oscal.md says what stands where, and why. Times come from the
 * evidence and the moment judged for, ids from names (UUIDv5): the same inputs give the same bytes.
 */
#ifndef REPORT_OSCAL_H
#define REPORT_OSCAL_H

#include "report/compare.h"
#include "report/report.h"
#include "rule/export.h"

/* Where documents go, one call each, in a fixed order: path is "AS64500/PACK/ssp.json". */
struct oscal_sink {
	void (*put)(void *arg, const char *path, struct span bytes);	/* bytes: borrowed for the call */
	void *arg;
};

/* False when the documents could not say when they are about: neither an input nor --at has told. */
bool oscal_can_date(const struct assessment *head);
/* The five documents of one chain, for results whose records were kept (JUDGE_RECORD). docs: the pack's. Any
 * number of threads may write at once, each with a sink of its own. */
void oscal_chain(const struct assessment *head, const struct export *docs, const struct as_result *as,
    const struct pack_result *result, const struct oscal_sink *sink);
/* The same for a network that is held against requirements: an outcome takes the place of the verdict, and an answer is
 * an observation of its own, by interview, to the day that it is given for. net: one of c->nets. */
void oscal_chain_held(const struct comparison *c, const struct export *docs, const struct compared *net,
    const struct oscal_sink *sink);

#endif
