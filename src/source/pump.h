/*
 * pump: a thread that makes buffers of bytes ahead of the one that uses them, so that
 * decompression overlaps decoding. A few buffers go round; the maker waits when all are full.
 */
#ifndef SOURCE_PUMP_H
#define SOURCE_PUMP_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define PUMP_BUFFERS 4
#define PUMP_BYTES (512u * 1024u)	/* stays in the second-level cache on its way */

struct pump;

/* make() runs in the pump's thread until it gives an error or OK with *n == 0; its *n bytes
 * count in both cases. NULL with errno when there is no thread to be had. */
struct pump *pump_start(
    enum err (*make)(void *arg, uint8_t *buf, size_t cap, size_t *n), void *arg);
/* A feed's fill(): the next buffer, borrowed until the next call. */
NODISCARD enum err pump_fill(void *pump, const uint8_t **buf, size_t *len);
/* Wait until make() is no longer running and will not run again; frees. NULL-safe. */
void pump_stop(struct pump *p);

#endif
