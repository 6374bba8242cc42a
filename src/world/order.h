/*
 * order: sorting by a 32-bit number without comparing, for the indexes beside a sealed table. Stable,
 * so that what is equal stays in the order of the table; two passes over 16-bit digits.
 */
#ifndef WORLD_ORDER_H
#define WORLD_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* The ids 0..n-1 ordered by the uint32_t that stands at offset in each record of stride bytes.
 * malloc'ed, the caller frees. */
uint32_t *order_u32(const void *table, size_t n, size_t stride, size_t offset);

/* In ids (ordered by order_u32 over the same table): the run whose number is key; *first is set to
 * its start, its length is returned. */
size_t order_run(const uint32_t *ids, const void *table, size_t n, size_t stride, size_t offset,
    uint32_t key, const uint32_t **first);

/* Sort by key, in place and stable. */
struct order_item { uint64_t key; uint32_t id; };
void order_u64(struct order_item *item, size_t n);

#endif
