/*
 * rule: verdicts from metrics by a rule pack. A pack is data: one OSCAL catalogue and a profile that
 * selects from it, in JSON; the metric, the comparison and the thresholds are props and params of the
 * catalogue (doc/formats/pack.md). No rule sees the world.
 */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "base/arena.h"
#include "metric/metric.h"

#define RULE_NS "urn:routemark:oscal"	/* namespace of our props */

enum verdict { VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_NO_DATA, VERDICT_NOT_APPLICABLE };
#define VERDICT_N (VERDICT_NOT_APPLICABLE + 1)
const char *verdict_word(enum verdict v);	/* "PASS" ... "NOT_APPLICABLE" */
/* The one that decides when several are joined: FAIL, NO_DATA, WARN, PASS, NOT_APPLICABLE. One that
 * cannot be judged keeps the rest from passing, but hides no failure. */
enum verdict verdict_worst(enum verdict a, enum verdict b);
/* When one is enough: PASS, NO_DATA, WARN, FAIL, NOT_APPLICABLE. */
enum verdict verdict_best(enum verdict a, enum verdict b);

enum compare { COMPARE_NONE, COMPARE_AT_LEAST, COMPARE_AT_MOST };	/* NONE: shown only */
const char *compare_word(enum compare c);	/* "none", "at-least", "at-most" */

/* Which of several judged numbers sets the verdict. FIRST: the first of them, in the order of the pack, that has data;
 * the others are shown. For one question that better evidence answers better: a score of a window, else a table's count. */
enum join { JOIN_WORST, JOIN_BEST, JOIN_FIRST };
const char *join_word(enum join j);		/* "worst", "best", "first" */

/* One number held against its bars. */
struct control_test {
	enum metric_id metric;
	enum compare compare;
	bool judged;			/* false: shown beside the verdict, never changes it */
	int64_t pass, warn;		/* ppm for shares, scores and bools; counts for counts. warn is
					 * pass when there is no band between PASS and FAIL */
	int64_t pass_cdn;		/* another bar for CDN participants; -1 when none */
};

#define CONTROL_TESTS 6
#define CONTROL_PARTS 2
struct reference { const char *title, *href; };

struct control {
	const char *id, *title, *statement;
	const char *statement_id;	/* of that part, for what points at it; NULL when it has none */
	const char *group;		/* title of its group in the catalogue */
	const char *guidance, *remedy;	/* NULL when there is none */
	const char *threshold_source;	/* where the numbers come from; NULL when there are none */
	const struct reference *references;	/* the texts it rests on */
	size_t n_references;
	const char *evidence_class;	/* "measured", "attested", "tested", "audited" */
	bool required;			/* by the profile */
	struct control_test tests[CONTROL_TESTS];
	size_t n_tests;			/* no judged one: see cannot and whole_org */
	enum join join;
	const char *needs_part[CONTROL_PARTS];	/* parts of a metric without which there is NO_DATA */
	uint64_t population_min;	/* least den that is judged; 1 unless told */
	uint32_t age_max_days;		/* 0: no limit */
	bool as_seen;			/* its metrics count what a route server's table holds, one session being
					 * enough (METRIC_TABLES); else none of them does */
	const char *cannot;		/* why it cannot be judged from files; NULL when it can */
	const char *also_needs;		/* what the measured part alone cannot show; NULL when enough */
	bool whole_org;			/* judged over the pack's other controls, all siblings */
};

struct pack_bytes { const char *name; struct span bytes; };	/* a file; its name is for messages */

struct pack {
	const char *id, *title, *version;
	const char *catalog_id;		/* of the catalogue that its controls are from: id, unless a profile has its own */
	const char *status;		/* "published"; "proposal": of this project or whoever wrote the pack;
					 * "proposed": by a public body, and not in force */
	const char *remarks;		/* of the catalogue; NULL when it has none */
	const char *curve;		/* name of the curve from raw to percent */
	bool proposal;			/* proposal or proposed: must say so wherever it is shown; see pack_label */
	bool on_request;		/* judged only when it is asked for */
	bool composed;			/* of several catalogues: what a buyer requires (rule/require.h) */
	uint8_t sha256[SHA256_BYTES];	/* of the catalogue's bytes */
	uint8_t profile_sha256[SHA256_BYTES];
	bool has_profile;		/* false: a catalogue alone, all its controls, none required */
	struct pack_bytes catalog, profile;	/* what it was read from (borrowed), for rule/export.h */
	struct control *controls;	/* in the order of the profile */
	size_t n;
};

/* Load a pack by id (looked up in the compiled-in set) or by file name (has a "/" or ends in .json; a
 * profile or a catalogue alone). All text lives in a. On a bad pack an error, and *why (from a) says
 * which file, where in it, and which rule is broken. */
NODISCARD enum err pack_load(const char *name, struct arena *a, struct pack *out, const char **why);
/* The same from bytes, which must live as long as the pack; profile.len == 0 is a catalogue alone. */
NODISCARD enum err pack_read(struct pack_bytes catalog, struct pack_bytes profile, struct arena *a,
    struct pack *out, const char **why);
/* Ids of the compiled-in packs, NULL-terminated, and their bytes; {NULL} when there is no such pack. */
const char *const *pack_names(void);
struct pack_bytes pack_catalog_bytes(const char *id);
struct pack_bytes pack_profile_bytes(const char *id);
/* What stands behind the name of a pack that binds nobody: " (proposal)", " (proposed, not in force)"; "" for
 * a published one. Static. */
const char *pack_label(const struct pack *p);
/* By id, ASCII case ignored; NULL when there is none. */
const struct control *pack_control(const struct pack *p, struct span id);

/* What a verdict rests on. */
enum because {
	BECAUSE_NUMBER,			/* the number of decides, held against the bars of test */
	BECAUSE_STATE,			/* decides is no number: its why */
	BECAUSE_UNDATED,		/* evidence of unknown age, or an unknown moment */
	BECAUSE_AGE,			/* evidence too far from the moment */
	BECAUSE_APART,			/* kinds of evidence too far from each other */
	BECAUSE_POPULATION,		/* the number is of less than population_min */
	BECAUSE_PART,			/* a part that the control needs is 0 */
	BECAUSE_CANNOT,			/* control->cannot */
	BECAUSE_SIBLING,		/* the worst number of sibling->org, against the bars of test */
	BECAUSE_ALONE,			/* the organisation has no other ASN */
	BECAUSE_SIBLINGS_UNKNOWN	/* why tells */
};

/* A verdict is data: rule/say.h makes the words of it, for whom they are wanted. */
struct judgement {
	const struct control *control;
	enum verdict verdict;
	enum because because;
	bool wants_more;		/* it would be PASS or WARN but for control->also_needs */
	bool is_cdn;
	struct utc at;			/* the moment judged for */
	const struct metric *const *metrics;	/* borrowed: as control->tests; NULL when it has none */
	const struct metric *decides;	/* the one whose number set the verdict; NULL when none did */
	const struct control_test *test;	/* the one that set it; NULL when none did */
	const struct metric *sibling;	/* BECAUSE_SIBLING: whose org member names the worst */
	const struct control *sibling_in;	/* the control that it is of */
	const char *why;		/* BECAUSE_SIBLINGS_UNKNOWN: static */
};

/* Judge one control. m: one computed metric per test, borrowed by out. at: the moment. is_cdn: for
 * pass_cdn. For a control that is whole_org use control_judge_org. */
void control_judge(const struct control *c, const struct metric *const *m, struct utc at, bool is_cdn,
    struct judgement *out);
/* Whether the verdict rests on the number of this test: a judged one, and where the first that has data decides, that. */
bool judgement_rests(const struct judgement *j, size_t test);
/* The worst sibling over the pack's other judgements. */
void control_judge_org(const struct control *c, const struct judgement *others, size_t n,
    struct judgement *out);

#endif
