/*
 * mark_stand: how marks of a network stand in a log, as far as who issues or suspends one asks: found by a process that has
 * no key (seal/mark_find.h), handed to the one that has it, as lines of text. "marks SIZE ROOT": of the log that was read;
 * then for each mark "SHA256 INDEX SUPERSEDED SUSPENDED OWN AT PACK": SUSPENDED and OWN are an index or "-".
 */
#ifndef SEAL_MARK_STAND_H
#define SEAL_MARK_STAND_H

#include "seal/mark_find.h"

#define MARK_STANDS_MAX 4096u		/* marks of one network in one log: one a day, for eleven years */

struct mark_stand {
	char sha256[SHA256_HEX + 1];	/* of the mark */
	const char *pack;		/* its id, as the entry that issued it has it */
	const char *at;			/* of that entry */
	uint64_t index;			/* of it */
	bool superseded;		/* a later one is of the same pack */
	bool suspended;			/* by the key that is asked for: the mark, or the report that it rests on */
	uint64_t since;			/* then: the entry */
	bool own_suspended;		/* by words on the mark alone */
	uint64_t own_since;
};

struct mark_stands {
	struct mark_stand *of;		/* from the arena, by index */
	size_t n;
	uint64_t size;			/* of the log */
	char root[SHA256_HEX + 1];	/* of it */
};

/* Of what was found; out's pointers are f's. ERR_LIMIT: more than MARK_STANDS_MAX. */
NODISCARD enum err mark_stands_of(const struct mark_find *f, const struct log *l, struct arena *a, struct mark_stands *out);
void mark_stands_write(struct str *out, const struct mark_stands *s);
/* Form alone. ERR_SYNTAX. All is from the arena. */
NODISCARD enum err mark_stands_read(struct span bytes, struct arena *a, struct mark_stands *out);

#endif
