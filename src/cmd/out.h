/*
 * out: standard output by the megabyte. Room is asked for once per piece, then bytes are put
 * without a check each. The first failed write sticks and is asked for at the end.
 */
#ifndef CMD_OUT_H
#define CMD_OUT_H

#include "addr/put.h"

#include <assert.h>
#include <string.h>

#define OUT_BYTES (1u << 20)	/* most that can be asked for at once */
#define OUT_FLUSH (64u << 10)	/* written at once: stays in the cache, and is what a pipe holds */

struct out {
	char *p;		/* where the next byte goes */
	char *end;		/* of what is filled before it is written; the buffer goes on */
	int fd;
	bool failed;		/* errno of the first failure is in err_no */
	int err_no;
	char buf[OUT_BYTES];
};

struct out *out_new(int fd);
void out_flush(struct out *o);
/* Flush and free; false when something could not be written, with errno set. */
bool out_close(struct out *o);

/* Room for n bytes at o->p. */
static inline void
out_room(struct out *o, size_t n)
{
	assert(n <= OUT_BYTES);
	if (o->p + n > o->end)
		out_flush(o);
}

static inline void
out_c(struct out *o, char c)	/* room was asked for, as in all below */
{
	*o->p++ = c;
}

static inline void
out_mem(struct out *o, const char *s, size_t n)
{
	memcpy(o->p, s, n);
	o->p += n;
}

static inline void
out_u(struct out *o, uint32_t v)
{
	o->p = put_u32(o->p, v);
}

static inline void
out_z(struct out *o, const char *s)
{
	out_mem(o, s, strlen(s));
}

/* A string of our own; asks for its own room. Inline: of a literal the length is known. */
static inline void
out_s(struct out *o, const char *s)
{
	out_room(o, strlen(s));
	out_z(o, s);
}

/* Text of any length from the input, "?" for what utf8_steers() a terminal. Asks for its own room. */
void out_text(struct out *o, struct span s);
/* A 64-bit number, an address, a prefix: ask for their own room. */
void out_u64(struct out *o, uint64_t v);
void out_addr(struct out *o, const struct addr *a);
void out_prefix(struct out *o, const struct prefix *p);

#endif
