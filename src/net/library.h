/*
 * library: a shared library that is loaded when it is first needed. libcurl and libmicrohttpd bring thirty others with
 * them: bound at start they would cost every command 12 and 4 million instructions, most of what a small one takes; and a
 * command that was not asked to use the network has no code for it in its memory.
 */
#ifndef NET_LIBRARY_H
#define NET_LIBRARY_H

#include "base/err.h"

#include <stddef.h>

struct library_name {
	const char *name;
	void **to;		/* of a function pointer */
};

/* Every name of the table, or ERR_OPEN with a text in *why that stays. */
NODISCARD enum err library_load(const char *file, const struct library_name *names, size_t n, const char **why);

#endif
