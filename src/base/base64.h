/*
 * base64: RFC 4648, read strictly: padded, no white space, unused bits zero, so that bytes have one text only.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

#define BASE64_LEN(n) (((n) + 2) / 3 * 4)	/* characters for n bytes */

/* The standard alphabet (section 4), with padding. put: BASE64_LEN(n) characters at out, no NUL; returns them. */
size_t base64_put(char *out, const void *p, size_t n);
void base64_add(struct str *s, const void *p, size_t n);
/* The alphabet for URLs and names (section 5), without padding. */
void base64_add_url(struct str *s, const void *p, size_t n);
/* Into out, of cap bytes: ERR_SYNTAX, or ERR_LIMIT when they are too few. *n is set only on OK. */
NODISCARD enum err base64_read(struct span s, uint8_t *out, size_t cap, size_t *n);
/* The same of exactly n bytes. */
NODISCARD enum err base64_exact(struct span s, uint8_t *out, size_t n);
/* Either alphabet (section 4 or 5, not mixed), as DSSE asks of a reader. */
NODISCARD enum err base64_read_any(struct span s, uint8_t *out, size_t cap, size_t *n);

#endif
