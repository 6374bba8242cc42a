/*
 * serve: the archive as pages and as an API, for whoever asks by HTTP. Reads only; holds no key; says nothing on its
 * own: what is to be told is in struct serve_told, and cmd/ tells it. GNU libmicrohttpd speaks the protocol and is seen
 * in mhd.h only.
 *
 *	serve_open		the archive, the first view, the socket
 *	serve_start		the sandbox, then the threads: from here on strangers are answered
 *	serve_tick		once a second
 *	serve_stop		what is asked for is still answered, for up to grace seconds
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "base/err.h"
#include "base/str.h"
#include "seal/policy.h"
#include "seal/verify.h"

#include <stdbool.h>

struct serve_options {
	const char *archive;		/* the file; borrowed for as long as it runs, as all */
	const char *log;		/* the folder of a log; NULL: none */
	const char *log_key;		/* its verifier key, to be shown beside it; NULL: none */
	const char *disputes;		/* the ledger of disputes; NULL: none */
	const char *bundles;		/* the folder of evidence bundles; NULL: none */
	struct verify_keys keys;	/* whose word on disputes counts, and as what */
	struct verify_keys issuers;	/* those of keys whose word on marks counts */
	const struct policy *policy;	/* whose log is believed; NULL: nothing is told of what is in it */
	const char *listen;		/* "127.0.0.1:8080", "[::1]:0" */
	const char *version;		/* of the program */
	bool open;			/* without a sandbox: for a debugger or a sanitizer */
};

struct serve_told {
	char address[64];		/* "127.0.0.1:8080": as bound */
	unsigned port;
	size_t assessments;
	unsigned connections;		/* at most, as file descriptors allow */
	int landlock;			/* its ABI; 0: the kernel has none */
	bool seccomp;
	size_t disputes, marks, bundles;	/* as found at the start */
	size_t broken;			/* files that are no bundles, of which nothing is served ... */
	char first_broken[256];		/* ... the first: its name, and what is wrong with it */
	char log_trouble[256];		/* why nothing is told of what is in the log; "" */
};

struct server;

/* ERR_SYNTAX: listen is no address and port. On an error why says what is wrong, with the file or address. */
NODISCARD enum err serve_open(struct server **out, const struct serve_options *o, struct serve_told *told,
    struct str *why);
NODISCARD enum err serve_start(struct server *s, struct serve_told *told, struct str *why);
void serve_tick(struct server *s);
void serve_stop(struct server *s, unsigned grace);	/* and free; NULL-safe */

#endif
