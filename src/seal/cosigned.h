/*
 * cosigned: what the process that asked a log's witnesses hands to the one that writes the log: of which checkpoint, the
 * lines of signatures that it found to be good, and whether one has seen another history. Lines of text:
 *
 *	cosigned 0|1		1: forked
 *	INDEX LINE		INDEX: of the witness in the policy; each once, ascending
 *	(an empty line)
 *	the checkpoint's text, to the end
 */
#ifndef SEAL_COSIGNED_H
#define SEAL_COSIGNED_H

#include "seal/note.h"

#define COSIGNED_TOLD_MAX (4u << 20)	/* bytes: a line of COSIGNED_BYTES_MAX for each of POLICY_NAMES_MAX witnesses */

struct cosigned_line {
	uint32_t witness;
	struct span line;		/* "— NAME BASE64", without its line feed */
};

struct cosigned {
	bool forked;			/* a witness has signed for other entries, or more */
	struct cosigned_line *lines;	/* in the arena, n */
	size_t n;
	struct span text;		/* of the checkpoint, as note.h has it */
};

void cosigned_write(struct str *out, const struct cosigned *c);
/* Form, and nothing of what it says: each line is to be verified again (cosigned_good). ERR_SYNTAX. Borrows from bytes. */
NODISCARD enum err cosigned_read(struct span bytes, struct arena *a, struct cosigned *out);
/* Whether a line is the witness's signature over the text. */
bool cosigned_good(const struct cosigned *c, const struct cosigned_line *l, const struct key_pub *witness, struct arena *a);

#endif
