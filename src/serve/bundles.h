/*
 * bundles: the evidence bundles of a folder: files NAME.tar in it, each read and judged before it is told of
 * (bundle_file.h). What has not changed since is not read again. Folders and other names are passed over.
 */
#ifndef SERVE_BUNDLES_H
#define SERVE_BUNDLES_H

#include "serve/bundle_file.h"

struct bundles {			/* not changed after it was made */
	atomic_uint refs;
	struct bundle_file **all;	/* ascending by name: what is good and what is not */
	struct bundle_file **good;	/* ascending by digest, each once; borrowed from all */
	size_t n_all, n_good, n_broken;
	bool more;			/* there are more than SERVE_BUNDLES_MAX */
	bool unreadable;		/* the folder could not be read: nothing is known */
};

/* of: as it was before; NULL: nothing yet. Returns of with a reference more when nothing has changed. stop: NULL, or set
 * when there is no time left: then of again. */
struct bundles *bundles_renew(struct bundles *of, int folder, const atomic_bool *stop);
void bundles_free(struct bundles *b);		/* one reference; NULL-safe */
const struct bundle_file *bundles_find(const struct bundles *b, const char *sha256);	/* NULL: there is none */

#endif
