/*
 * listen: HTTP answered to others, through GNU libmicrohttpd (the one file that sees it): one thread, which waits for
 * connections and answers one question after another. Bounded in connections, bytes and time.
 */
#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include "base/str.h"

struct listen_question {
	const char *method, *path;	/* path: without a query; as it came, not decoded */
	struct span body;
};

struct listen_answer {
	unsigned status;
	const char *type;		/* of the content; static */
	struct str body;		/* owned by listen */
};

typedef void listen_hear(void *arg, const struct listen_question *q, struct listen_answer *out);

struct listener;

/* At "ADDRESS:PORT", both numbers ("[::1]:80" for IPv6); port 0: any, which is told. hear is called by a thread of the
 * listener, never by two. A body of more than max bytes is answered 413 without asking. ERR_SYNTAX: no such address; ERR_OPEN;
 * *why stays. */
NODISCARD enum err listen_open(const char *address, size_t max, listen_hear *hear, void *arg, struct listener **out,
    unsigned *port, const char **why);
void listen_close(struct listener *l);	/* NULL-safe; waits for the thread */

#endif
