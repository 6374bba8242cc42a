/*
 * jail: what a process may still do from here on: calls by seccomp, files by Landlock (by system call: Debian 12 has no
 * library). Entered by the only thread there is, and never left; later threads and processes are inside. One jail can
 * be entered within another: what both allow is allowed. linux/Documentation/userspace-api/{landlock,seccomp_filter}.rst
 *
 * In no jail can a program be run, a socket be bound or, but by JAIL_FETCH, made or connected, another process be traced
 * or, but by JAIL_SIGN its own children, signalled, or memory be made executable. Who tries to run, connect, trace or mount
 * is killed (SIGSYS); other calls that are not needed fail with EPERM.
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum jail_kind {
	JAIL_DECODE,	/* reads files, writes to what is open: for all that works on bytes from strangers */
	JAIL_KEEP,	/* and writes files, where it may: an archive beside decoding */
	JAIL_SIGN,	/* and has processes of its own, and asks on a terminal: for what holds a key */
	JAIL_SERVE,	/* as JAIL_DECODE, and answers on sockets that are open */
	JAIL_FETCH,	/* as JAIL_DECODE, and makes and connects sockets of IP: for what asks others over the network */
	JAIL_N
};

struct jail_path {
	const char *path;	/* a file, or a folder: then all below */
	bool write;		/* made, written, renamed and removed below it, too; JAIL_KEEP and JAIL_SIGN alone */
	bool list;		/* of a folder only the names */
};

struct jail {
	int landlock;		/* the ABI of the kernel; 0: it has none, and any file that the user may read can be read */
	bool seccomp;		/* false: the kernel has none */
};

/* A path that is not there is left out, unless all must be. An error: the jail could not be entered although the kernel
 * has what it needs; *why is static, and the process must go no further. */
NODISCARD enum err jail_enter(enum jail_kind kind, const struct jail_path *paths, size_t n, bool all, struct jail *out,
    const char **why);
/* What this kernel has, without entering. */
struct jail jail_probe(void);
const char *jail_library_version(void);	/* libseccomp's: "2.5.4" */
/* "decode" */
const char *jail_word(enum jail_kind kind);

#endif
