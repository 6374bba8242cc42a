/*
 * crosswalk: which control of the built-in packs serves which clause of the laws, guidance and programmes that a
 * buyer is asked about (packs/crosswalk.json, doc/formats/crosswalk.md).
 *
 * A file of its own, and no props or links on the controls: OSCAL 1.1 has no model for mappings, a clause is served
 * by controls of several packs, and a catalogue's digest should not change because a text got a clause.
 */
#ifndef RULE_CROSSWALK_H
#define RULE_CROSSWALK_H

#include "rule/rule.h"

#define CROSSWALK_FORMAT "routemark-crosswalk/1"

/* How a clause is known to us. What is not READ_TEXT says so wherever it is shown. */
enum clause_read {
	READ_TEXT,	/* its text was read */
	READ_SUMMARY,	/* a summary by those who wrote it */
	READ_REPORT	/* an account by others */
};
const char *clause_read_word(enum clause_read r);	/* "text", "summary", "report" */

struct crosswalk_text;
struct clause {
	const struct crosswalk_text *text;
	const char *id;		/* ours, unique in its text */
	const char *label;	/* the number that the text gives it; NULL: none could be checked, none is shown */
	const char *title;	/* what it asks for, in our words */
	enum clause_read read;
	const char *source;	/* where it was read */
};

struct crosswalk_text {
	const char *id, *title, *issuer;
	const char *status;	/* "law", "guidance", "proposed", "test", "programme": binds those who joined */
	const char *state;	/* of which date, whom it binds */
	const char *source;	/* where it is to be had */
	struct clause *clauses;
	size_t n;
};

struct service {
	const char *pack, *control;	/* ids, of a catalogue and of a control in it */
	const struct clause *clause;
	bool whole;			/* a pass shows all of what the clause asks of routing; else a part */
	const char *note;		/* NULL when there is none */
};

struct crosswalk {
	const char *version, *remarks;
	uint8_t sha256[SHA256_BYTES];	/* of the file */
	struct crosswalk_text *texts;
	size_t n_texts;
	struct service *services;	/* in the order of the file */
	size_t n_services;
};

/* The one that is built in, checked against all packs that are. On an error *why (from a) says which file, where in
 * it, and which rule is broken. All text lives in a. */
NODISCARD enum err crosswalk_load(struct arena *a, struct crosswalk *out, const char **why);
/* The same from bytes: every control must be in one of packs, and every clause in the file. */
NODISCARD enum err crosswalk_read(struct pack_bytes in, const struct pack *packs, size_t n_packs, struct arena *a,
    struct crosswalk *out, const char **why);
struct pack_bytes crosswalk_bytes(void);	/* of packs.c */

/* The services of a pack's controls for a clause, one after the other in the order of the pack; NULL when there are
 * no more. *at is 0 at first and moves on. clause NULL: any; control NULL: any. */
const struct service *crosswalk_next(const struct crosswalk *x, const struct pack *p, const struct control *control,
    const struct clause *clause, size_t *at);
/* Whether any control of the pack serves the clause; whether the control serves any clause. */
bool clause_is_served(const struct crosswalk *x, const struct pack *p, const struct clause *c);
bool control_serves(const struct crosswalk *x, const struct pack *p, const struct control *c);

#endif
