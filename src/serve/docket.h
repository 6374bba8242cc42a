/*
 * docket: what lies beside the archive: a ledger of disputes, an index of the log, a folder of bundles. Each is read when
 * the site starts and looked at again once a second by a thread of its own, so that no request waits for it. What has
 * become unreadable, or no longer goes on from what it was, is not shown: what was known before stays, and it is said.
 */
#ifndef SERVE_DOCKET_H
#define SERVE_DOCKET_H

#include "seal/ledger.h"
#include "seal/openings.h"
#include "serve/bundles.h"
#include "serve/logbook.h"

#include <pthread.h>

struct docket_options {			/* borrowed for as long as it runs, as all in it */
	const char *ledger, *log, *bundles;	/* a file, two folders; NULL: none */
	struct verify_keys keys;	/* whose word on disputes counts, and as what */
	struct verify_keys issuers;	/* those of keys whose word on marks counts */
	const struct policy *policy;	/* whose log to believe; NULL: nothing is told of what is in the log */
};

/* A ledger, not changed after it was read. */
struct docket_ledger {
	atomic_uint refs;
	struct ledger_file file;	/* owned */
	struct openings open;
};

struct docket_view {			/* not changed after it was made */
	atomic_uint refs;
	uint64_t generation;		/* of the docket: another one when anything is */
	const struct docket_options *o;
	int folder;			/* of bundles; -1: none */
	struct docket_ledger *ledger;	/* NULL: none was given */
	struct logbook *log;		/* NULL: none was given, or it could not be believed yet */
	struct bundles *bundles;	/* NULL: none were given */
	char *ledger_trouble, *log_trouble;	/* owned; NULL: none */
};

struct docket {
	struct docket_options o;
	int folder;			/* of bundles; -1 */
	pthread_mutex_t lock;		/* over view */
	struct docket_view *view;
	struct tree_edge edge;		/* of view->log */
	struct bundle_stat ledger_stat, log_stat;	/* when they were looked at */
	pthread_t thread;
	bool running;
	atomic_bool stop;
};

/* Reads all of it, inside the sandbox. A ledger that is none is an error, as is a folder of bundles that cannot be read;
 * a log that cannot be believed is trouble of the view, since its files can still be served. */
NODISCARD enum err docket_open(struct docket *d, const struct docket_options *o, struct str *why);
NODISCARD enum err docket_start(struct docket *d);	/* the thread that looks again */
void docket_renew(struct docket *d);			/* what it does, once; by one thread at a time */
void docket_close(struct docket *d);			/* fine on one that is all zero */
struct docket_view *docket_lend(struct docket *d);	/* a reference */
void docket_return(struct docket_view *v);

void docket_counters(struct docket *d, struct str *out);	/* of it, for /metrics */

/* The first place in open of the AS, and how many. ledger may be NULL. */
size_t docket_disputes(const struct docket_ledger *l, uint32_t asn, size_t *n);

#endif
