/*
 * require: what a buyer asks of a provider: an OSCAL profile that imports controls from any number of packs, with
 * bars of the buyer's own, what is required and what is wished, weights, the least class of evidence and its
 * greatest age (doc/formats/requirement.md). And what becomes of each demand when it is held against one network.
 */
#ifndef RULE_REQUIRE_H
#define RULE_REQUIRE_H

#include "base/str.h"
#include "rule/rule.h"

/* In the order of what it takes to be wrong: somebody says so; it is seen in public data; it was tried; a third party
 * looked. The least class that a demand accepts is met by any above it. */
enum evidence_class { CLASS_ATTESTED, CLASS_MEASURED, CLASS_TESTED, CLASS_AUDITED, CLASS_N };
const char *class_word(enum evidence_class c);	/* "attested" ... */
enum evidence_class class_find(const char *word);	/* CLASS_N when there is none */

#define WEIGHT_MAX 100u
#define WEIGHT_DEFAULT 1u

struct demand {
	const struct control *control;	/* of the requirement's pack: tuned; its required and age_max_days are
					 * those of the buyer */
	const struct pack *from;	/* the pack that it is of, as loaded without a profile */
	enum evidence_class class;	/* what the control yields when it is judged: control->evidence_class */
	enum evidence_class least;	/* that the buyer accepts; class unless told */
	uint32_t weight;		/* 0 to WEIGHT_MAX */
	const char *reason;		/* why the buyer asks, in the buyer's words; NULL when not told */
};

struct requirement {
	struct pack pack;	/* all controls in the order of the imports, to be judged by as any pack. Its catalog has
				 * no bytes; its sha256 is over those of the catalogues, one after the other */
	struct demand *demands;	/* pack.n, as pack.controls */
	struct pack *from;	/* one for each import, in the order of the file, with all its controls */
	size_t n_from;
	const char *remarks;	/* of the profile; NULL when it has none */
};

/* What is wrong with a profile, or worth knowing about it. */
struct problem {
	bool fatal;		/* else: it can be used, and probably does not say what was meant */
	const char *text;	/* "FILE: PATH: what is wrong [RULE]" */
};
struct problems {
	struct problem *list;	/* owned; the texts are from the arena of the reading */
	size_t n, cap, n_fatal;
};
void problems_release(struct problems *p);

/* Starting points that are built in: "transit", "cloud-on-ramp", "ddos", "remote-sites", NULL-terminated; and the
 * bytes of one, {NULL} when there is none. */
const char *const *require_kinds(void);
struct pack_bytes require_kind_bytes(const char *kind);

/* Load by file name (has a "/" or ends in .json), or a starting point by its name. All lives in a. OK: it can be used,
 * p has what is worth knowing. Else p has every problem that was found (a document that is no profile has one), in
 * the order of the file. out may be filled in part when not OK: do not use it. */
NODISCARD enum err require_load(const char *name, struct arena *a, struct requirement *out, struct problems *p);
/* The same from bytes that live as long; hrefs are looked for beside in.name. */
NODISCARD enum err require_read(struct pack_bytes in, struct arena *a, struct requirement *out, struct problems *p);

/* --- held against a network --- */

/* What a provider said about a control: attested evidence, never measured. All text borrowed. */
enum answer_value { ANSWER_YES, ANSWER_NO, ANSWER_NOT_APPLICABLE };
const char *answer_word(enum answer_value v);	/* "yes", "no", "not-applicable" */
const char *answer_text(enum answer_value v);	/* the same for people: "not applicable" */
struct answer {
	uint32_t asn;
	const char *control;	/* id */
	enum answer_value value;
	const char *text;	/* what was written beside it; "" when nothing */
	const char *by;		/* who said so; "" when nobody signed */
	struct utc on;		/* when; UTC_NONE when not told */
	struct utc until;	/* to when it is given for, that day included (UTC); UTC_NONE when not told */
	uint64_t line;		/* where it stands in its file */
};

enum outcome { OUTCOME_MEETS, OUTCOME_SHORT, OUTCOME_UNKNOWN, OUTCOME_NOT_APPLICABLE, OUTCOME_N };
const char *outcome_word(enum outcome o);	/* "meets", "short", "unknown", "not-applicable" */

/* What an outcome rests on. */
enum held_by {
	HELD_JUDGEMENT,		/* the judgement of the control; its reason is the judgement's */
	HELD_CLASS,		/* it passes, by evidence of a lesser class than is asked for */
	HELD_ANSWER,		/* the answer, as the control could not be judged (or not alone) */
	HELD_ANSWER_CLASS,	/* an answer is there, and the class asked for is above attested */
	HELD_ANSWER_UNSIGNED,	/* an answer is there, and does not say who gave it */
	HELD_ANSWER_UNDATED,	/* ... or when it was given, or the moment is unknown */
	HELD_ANSWER_LATER,	/* it was given after the moment */
	HELD_ANSWER_OLD,	/* it has run out, or is older than the age that the demand allows */
	HELD_ANSWER_NA,		/* the provider says that it does not apply: the buyer decides */
	HELD_UNSEEN		/* it is judged not to apply, by data that do not hold the network at all */
};

struct held {
	const struct demand *demand;
	const struct judgement *judgement;	/* of the control */
	const struct answer *answer;		/* NULL when there is none */
	enum outcome outcome;
	enum held_by by;
	int64_t short_by;	/* OUTCOME_SHORT by a number: how much is missing to the bar, above 0: millionths for shares
				 * and scores, rounded up; a count for counts; 0 for yes or no and for answers */
};

/* Hold one demand against what is known. A failure by measurement is one whatever was answered; an answer counts only
 * where the control cannot be judged (or not alone) and the demand accepts attested evidence. WARN is short: the bar
 * is the bar. */
void demand_hold(const struct demand *d, const struct judgement *j, const struct answer *answer, struct utc at,
    struct held *out);
/* The network is not in the data: what was held not to apply is not known to. */
void held_unseen(struct held *h);
/* Why, in one line: "short by 3.20 points: 1153 of 1204 ... (95.80 %, 95 % interval 94.51-96.79); at least 99 %". */
void say_held(struct str *out, const struct held *h);
/* Only how much: "3.20 points", "2", "not yes"; "answered no". For OUTCOME_SHORT. */
void say_short(struct str *out, const struct held *h);

/* All demands of one network counted. */
struct tally {
	uint16_t n[2][OUTCOME_N];	/* [1]: required */
	uint32_t weight[OUTCOME_N];	/* sums, required and wished */
};
void tally_add(struct tally *t, const struct held *h);
/* Which network serves the buyer better: fewer required demands short, then fewer required not judged, then the larger
 * share of the weight met of what applies, then less weight short. Negative: a. */
int tally_compare(const struct tally *a, const struct tally *b);
/* In which order a buyer reads demands: required first, then by weight. Negative: a. Ties: as in the profile. */
int demand_compare(const struct demand *a, const struct demand *b);

#endif
