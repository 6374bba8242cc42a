/* audit_bundle: the assessment with what it takes to compute it again (doc/formats/bundle.md). */
#ifndef CMD_AUDIT_BUNDLE_H
#define CMD_AUDIT_BUNDLE_H

#include "cmd/select.h"
#include "cmd/session.h"
#include "report/summary.h"

struct audit_bundle {
	const char *path;	/* NULL: none is wanted; one that ends in .tar is one file, else a folder */
	const char *origins;	/* a list of where the inputs are from; NULL: nobody says */
	bool minimal;		/* with the records that decide */
};

/* s was opened with records_max UINT32_MAX; summary counts. False after a message; then nothing is left behind. What the bundle shows
 * is printed. */
bool audit_bundle(const struct audit_bundle *b, const struct session *s, const struct opt_table *t, const struct as_list *ases,
    struct summary *summary);

#endif
