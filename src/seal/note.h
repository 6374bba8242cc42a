/*
 * note: C2SP signed-note v1.0.0: a text that ends in a line feed, an empty line, and a line of signature each:
 * U+2014, space, name, space, base64(4 bytes of key id, signature). The text is everything before the last empty
 * line. And cosignature/v1 (c2sp.org/tlog-cosignature), the signature of a witness, which carries a time.
 *
 * A text must not be used before note_verify: its form alone says nothing.
 */
#ifndef SEAL_NOTE_H
#define SEAL_NOTE_H

#include "base/arena.h"
#include "seal/key.h"

struct note_sig {
	struct span line;	/* whole, without its line feed */
	struct span name;
	uint32_t id;
	struct span bytes;	/* behind the id; from the arena */
};

struct note {
	struct span text;	/* borrowed; with its last line feed */
	const struct note_sig *sigs;
	size_t n;		/* 1 to NOTE_SIGS_MAX */
};

/* What became of one of the known keys. */
struct note_check {
	bool good;
	uint64_t time;		/* of a witness: seconds since 1970 */
};

/* A text that may be signed: not empty, ends in a line feed, UTF-8, no control character but line feeds. */
bool note_text_good(struct span text);
/* Form only. bytes stays borrowed. A static text in *why: the rule that is broken. */
NODISCARD enum err note_read(struct span bytes, struct arena *a, struct note *out, const char **why);
/* Signatures by keys that are not among known are passed over. ERR_SIGNATURE: one that goes by the name and id of a
 * known key does not verify; ERR_UNKNOWN: none is by a known key; ERR_CONTRADICT: two of known have the same name
 * and id. checks: one for each of known, set only on OK. */
NODISCARD enum err note_verify(const struct note *n, const struct key_pub *known, size_t n_known,
    struct note_check *checks, const char **why);

/* text (note_text_good) and the empty line: lines of signatures follow. */
void note_begin(struct str *out, struct span text);
/* The line of one more signature over text. time is used by a witness only. */
void note_add(struct str *out, struct span text, const struct key *k, uint64_t time);

#endif
