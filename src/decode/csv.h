/*
 * csv: rows of separated fields. A row may span lines when a quoted field holds a line break
 * (RFC 4180 2.6). The fields of a row are borrowed until the next one.
 */
#ifndef DECODE_CSV_H
#define DECODE_CSV_H

#include "base/diag.h"
#include "base/feed.h"
#include "base/limits.h"

/* Cut at every sep, without quoting, into at most cap fields. Returns how many there are, also
 * when that is more than cap. */
size_t csv_plain(struct span line, char sep, struct span *f, size_t cap);

#define CSV_SNIFF_MAX 4096u	/* longest line that sniffing looks into; the widest header has 500 */

/* Split one line with quoting; scratch has CSV_SNIFF_MAX bytes. Returns the number of fields, 0
 * when the line is too long, has more than cap, or leaves a quote open. */
size_t csv_sniff(struct span line, char *scratch, struct span *f, size_t cap);

#endif
