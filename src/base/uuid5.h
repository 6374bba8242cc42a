/*
 * uuid5: a UUID made from a name (RFC 9562 section 5.5): the same name gives the same one everywhere, so
 * that a report made again has the same ids.
 */
#ifndef BASE_UUID5_H
#define BASE_UUID5_H

#include "base/span.h"

#define UUID_TEXT 37	/* 36 characters and the NUL */

struct uuid {
	uint8_t b[16];
};

#define UUID_URL ((struct uuid){{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, \
	0xd4, 0x30, 0xc8}})	/* RFC 9562 section 6.6: names that are URLs */

struct uuid uuid5(const struct uuid *space, struct span name);
/* Lower case, with dashes, NUL-terminated. Returns out. */
const char *uuid_format(const struct uuid *u, char out[static UUID_TEXT]);

#endif
