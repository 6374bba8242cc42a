/*
 * require_int: what the files of the reader of requirements share.
 */
#ifndef RULE_REQUIRE_INT_H
#define RULE_REQUIRE_INT_H

#include "rule/profile.h"
#include "rule/require.h"

#define REQUIREMENT_DOC "requirement.md"

struct require_reading {
	struct arena *arena;
	const char *file;
	struct profile profile;
	struct catalog *cats;		/* one for each import; those that could be read have controls */
	bool **taken;			/* for each: which of its controls are imported */
	struct requirement *out;
	struct problems *problems;
};

void problem_add(struct require_reading *r, bool fatal, const char *where, const char *section, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* A problem that was put into words elsewhere. */
void problem_pass(struct require_reading *r, const char *text);
/* The demand of that control; NULL when it is not imported. */
struct demand *demand_find(struct require_reading *r, const char *id);
/* Props of the profile into the demands; and what is worth knowing of the whole. */
void alters_apply(struct require_reading *r);
void require_advise(struct require_reading *r);

#endif
