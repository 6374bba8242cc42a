/*
 * sandbox: what the process that answers strangers may still do: read below a few folders, and talk on the sockets it
 * has and those it accepts. Landlock (by system call: Debian 12 has no library) and seccomp. Entered by the only
 * thread there is, before the first connection is accepted; every later thread is inside.
 */
#ifndef SERVE_SANDBOX_H
#define SERVE_SANDBOX_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct sandbox {
	int landlock;		/* the ABI of the kernel; 0: it has none, and any file that the user may read can be read */
	bool seccomp;		/* false: the kernel has none */
};

/* read: n folders (or files) below which files may be read. Nothing may be written, made, run or connected to. An
 * error: it could not be entered although the kernel has what it needs; *why is static. */
NODISCARD enum err sandbox_enter(const char *const *read, size_t n, struct sandbox *out, const char **why);

#endif
