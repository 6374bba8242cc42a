/*
 * gzip: an answer packed (RFC 1952), by ISA-L. The same bytes from the same text.
 */
#ifndef SERVE_GZIP_H
#define SERVE_GZIP_H

#include "base/str.h"

/* Appended to out; false when it did not get smaller, and out is as it was. */
bool gzip_pack(struct str *out, struct span text);
/* Whether an Accept-Encoding (RFC 9110 section 12.5.3), or none (NULL), lets gzip be sent. */
bool gzip_accepted(const char *header);

#endif
