/*
 * rule: verdicts from metrics by a rule pack. A pack is data: one OSCAL catalogue (and a profile) in
 * JSON, the metric, the comparison and the thresholds being props in our namespace. No rule sees the
 * world.
 */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "base/arena.h"
#include "metric/metric.h"

#define RULE_NS "urn:routemark:oscal"	/* namespace of our props */

enum verdict { VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_NOT_APPLICABLE };
const char *verdict_word(enum verdict v);	/* "PASS" ... "NOT_APPLICABLE" */

enum compare { COMPARE_AT_LEAST, COMPARE_AT_MOST };

struct control {
	const char *id, *title, *statement, *guidance, *remedy;	/* text of the requirement */
	const char *source;		/* where the number comes from */
	const char *evidence_class;	/* "measured", "attested", "tested", "audited" */
	bool required;
	bool has_metric;
	enum metric_id metric;
	enum compare compare;
	int64_t pass, warn;		/* ppm for shares, scores and bools; counts for counts */
	uint64_t population_min;	/* least den that is judged; default 1 */
	uint32_t age_max_days;		/* 0: no limit */
	const char *cannot;		/* has_metric false: why it cannot be measured from files */
	const char *also_needs;		/* measured part alone cannot PASS: what else is needed; NULL */
	bool whole_org;			/* P-ORG-1: judged over the pack's other controls, all siblings */
	int64_t pass_cdn;		/* imc22: another bar for CDN participants; -1 when none */
};

struct pack {
	const char *id, *title, *version, *status, *remarks;	/* status: "published", "proposal" */
	bool proposal;			/* must say so wherever it is shown */
	uint8_t sha256[SHA256_BYTES];	/* of the catalogue's bytes */
	struct control *controls;	/* in the order of the profile */
	size_t n;
};

/* Load a pack by id (looked up in the compiled-in set) or by file name (has a "/" or ends in .json).
 * On a bad pack an error, and *why (from a) says what is wrong and where. */
NODISCARD enum err pack_load(const char *name, struct arena *a, struct pack *out, const char **why);
/* Ids of the compiled-in packs, NULL-terminated. */
const char *const *pack_names(void);

struct judgement {
	const struct control *control;
	enum verdict verdict;
	const char *reason;		/* one line, from a */
	const struct metric *metric;	/* NULL when the control has none */
};

/* Judge one control. m: the metric computed for it (NULL when !has_metric). at: the moment. is_cdn: for
 * pass_cdn. */
void control_judge(const struct control *c, const struct metric *m, struct utc at, bool is_cdn,
    struct arena *a, struct judgement *out);

#endif
