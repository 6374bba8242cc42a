/* diag_fuzz: what any decoder says of bad data names a field, an error and a place within what it was given. */
#ifndef DIAG_FUZZ_H
#define DIAG_FUZZ_H

#include "base/diag.h"

#include <assert.h>

static inline void
diag_fuzz_one(const struct diag *g, size_t size)
{
	char text[256];

	assert(g->field != NULL && *g->field != '\0' && (g->rule == NULL || *g->rule != '\0'));
	assert(g->err != OK && g->level <= DIAG_STOP_SOURCE);
	assert(g->offset <= size);	/* record 0: of the document as a whole */
	assert(diag_format(g, text, sizeof(text)) == text && *text != '\0');
}

/* size: of the plain input. Every one is counted by kind and level. */
static inline void
diag_fuzz(const struct diags *d, size_t size)
{
	uint64_t n = 0;
	size_t i;

	assert(d->n_kept <= sizeof(d->kept) / sizeof(d->kept[0]));
	for (i = 0; i < d->n_kept; i++)
		diag_fuzz_one(&d->kept[i], size);
	for (i = 0; i < d->n_counts; i++) {
		diag_fuzz_one(&d->counts[i].first, size);
		n += d->counts[i].n;
	}
	assert(n == diags_total(d) && d->n_kept <= n);
}

#endif
