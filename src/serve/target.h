/*
 * target: what a request asks for: the path and the query of its first line (RFC 9112 section 3.2), decoded strictly.
 * A text has one reading or none: an escape that is not one, a byte that is not UTF-8, a control character, a
 * segment "." or "..", an empty segment, and a key that comes twice are errors, and never guessed at.
 */
#ifndef SERVE_TARGET_H
#define SERVE_TARGET_H

#include "base/arena.h"
#include "base/limits.h"

struct target_arg { const char *key, *value; };

struct target {
	const char *path;		/* decoded; begins with "/" */
	struct target_arg args[SERVE_ARGS_MAX];
	size_t n;
};

/* All of out is from a. ERR_LIMIT: too long, or too many arguments. ERR_SYNTAX: why says what is wrong, static. */
NODISCARD enum err target_read(struct span raw, struct arena *a, struct target *out, const char **why);
const char *target_arg(const struct target *t, const char *key);	/* NULL: not given */
/* "/networks?q=x": one text for each target, whatever escapes and order it came in. */
char *target_canonical(const struct target *t, struct arena *a);

#endif
