/*
 * audit_html: what audit does when it writes pages: one file for one AS, a folder with an index for several.
 */
#ifndef CMD_AUDIT_HTML_H
#define CMD_AUDIT_HTML_H

#include "cmd/select.h"
#include "cmd/session.h"
#include "report/summary.h"

#define PAGE_RECORDS 50	/* deciding records of a number on a page; explain has all */

struct audit_html {
	const char *path;		/* --html: a file, "-" for standard output, or a folder */
	struct opt_list past;		/* --past */
};

/* Read the reports of --past, judge, and write. The counts of all go to summary, which the caller has begun.
 * False after a message on stderr; then nothing was written. */
bool audit_html(const struct audit_html *h, const struct session *s, const struct as_list *ases,
    struct summary *summary);

#endif
