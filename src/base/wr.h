/*
 * wr: the big-endian writer, rd's mirror. Appends to growing memory; a length that is known only
 * later is reserved and patched. Running out of memory aborts, as everywhere.
 */
#ifndef BASE_WR_H
#define BASE_WR_H

#include <stddef.h>
#include <stdint.h>

struct wr {
	uint8_t *p;	/* owned */
	size_t len, cap;
};

void wr_u8(struct wr *w, uint8_t v);
void wr_u16(struct wr *w, uint16_t v);
void wr_u32(struct wr *w, uint32_t v);
void wr_bytes(struct wr *w, const void *p, size_t n);
/* Overwrite 1, 2 or 4 bytes at an offset that was written before. The value must fit. */
void wr_patch8(struct wr *w, size_t at, size_t v);
void wr_patch16(struct wr *w, size_t at, size_t v);
void wr_patch32(struct wr *w, size_t at, size_t v);
void wr_clear(struct wr *w);	/* keep the memory */
void wr_release(struct wr *w);

#endif
