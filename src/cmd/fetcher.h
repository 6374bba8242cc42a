/*
 * fetcher: the process that asks over the network for a command, and the only one of it that has a network: in JAIL_FETCH
 * (base/jail.h), with none of the inputs, no key, nothing to write. It GETs below the one address that the command line
 * has, or POSTs to the witnesses of the policy, and holds each question against that: who asks may have been taken over
 * by what he read.
 *
 * Who asks has a socket to it, and not by way of the parent that does errands (cmd/errand.h): so what strangers send
 * never passes through a process that may write, and there is nobody in between to be fooled.
 */
#ifndef CMD_FETCHER_H
#define CMD_FETCHER_H

#include "base/arena.h"
#include "net/fetch.h"

#include <sys/types.h>

/* What it may ask for; borrowed until fetcher_start returns. */
struct fetcher_may {
	const char *log;		/* the address of a log; NULL: no GET */
	struct span policy;		/* the bytes of a policy, which it reads in its jail; .p NULL: no POST */
};

struct fetcher {
	int fd;				/* of who asks; -1: none */
	pid_t pid;			/* -1: there is none */
};

#define FETCHER_NONE {.fd = -1, .pid = -1}

/* --- in the process that has it --- */

/* Start it, before there is a thread and before an input is opened. False after a message. */
bool fetcher_start(struct fetcher *f, const char *command, const struct fetcher_may *may);
/* Only who asks keeps the socket. */
void fetcher_part(struct fetcher *f);
/* When nobody asks any more. False after a message: it was asked for what it may not, or was ended by a fault. may_kill:
 * the jail of the caller lets it end one that still waits for a server; else that ends with this process. */
bool fetcher_end(struct fetcher *f, const char *command, bool may_kill);

/* --- in the one that asks, which is another, or the same before it enters a jail --- */

void fetcher_use(const struct fetcher *f);
/* Whether it can fetch at all; *why from a. */
NODISCARD enum err fetcher_ready(struct arena *a, const char **why);
/* As fetch_ask has it; *why from a. What may not be asked is ERR_IO, and is told on stderr by the fetcher. */
NODISCARD enum err fetcher_ask(const char *url, struct span body, size_t max, unsigned ms, struct fetch_answer *out,
    struct arena *a, const char **why);

/* --- the fetcher itself, for tests --- */

/* Answer what is asked on fd until its other side is closed, or asks too often for what it may not. Frees net. False: it
 * was asked for what it may not, even once. */
bool fetcher_do(const char *command, const struct fetcher_may *may, struct fetch *net, const char *why, int fd);

#endif
