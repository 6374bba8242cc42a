#include "world/order.h"
#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 65536u

static uint32_t
key_at(const void *table, size_t stride, size_t offset, uint32_t id)
{
	uint32_t key;

	memcpy(&key, (const char *)table + id * stride + offset, sizeof(key));
	return key;
}

uint32_t *
order_u32(const void *table, size_t n, size_t stride, size_t offset)
{
	uint32_t *ids = xmalloc(n * sizeof(*ids)), *tmp = xmalloc(n * sizeof(*tmp));
	uint32_t *count = xmalloc(DIGITS * sizeof(*count)), sum, k;
	unsigned shift;
	size_t i;

	assert(n < UINT32_MAX);
	for (i = 0; i < n; i++)
		ids[i] = (uint32_t)i;
	for (shift = 0; shift < 32; shift += 16) {
		uint32_t *swap;

		memset(count, 0, DIGITS * sizeof(*count));
		for (i = 0; i < n; i++)
			count[key_at(table, stride, offset, ids[i]) >> shift & 0xffff]++;
		for (k = 0, sum = 0; k < DIGITS; k++) {
			uint32_t c = count[k];

			count[k] = sum;
			sum += c;
		}
		for (i = 0; i < n; i++)
			tmp[count[key_at(table, stride, offset, ids[i]) >> shift & 0xffff]++] = ids[i];
		swap = ids;
		ids = tmp;
		tmp = swap;
	}
	free(tmp);
	free(count);
	return ids;
}

/* First position whose number is >= key. */
static size_t
lower(const uint32_t *ids, const void *table, size_t n, size_t stride, size_t offset, uint64_t key)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (key_at(table, stride, offset, ids[mid]) < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Runs are short: how far one goes is found in steps that double, near where it begins. */
size_t
order_run(const uint32_t *ids, const void *table, size_t n, size_t stride, size_t offset,
    uint32_t key, const uint32_t **first)
{
	size_t from = lower(ids, table, n, stride, offset, key), lo = 0, hi = 1;

	*first = ids + from;
	while (from + hi <= n && key_at(table, stride, offset, ids[from + hi - 1]) == key) {
		lo = hi;
		hi *= 2;
	}
	if (hi > n - from)
		hi = n - from;
	return lo + lower(ids + from + lo, table, hi - lo, stride, offset, (uint64_t)key + 1);
}

#define BITS 11u		/* counters of one pass stay in the first-level cache */
#define RADIX_MIN 256u		/* of fewer items the counters cost more than comparing */

static void
sort_few(struct order_item *item, size_t n)
{
	size_t i, k;

	for (i = 1; i < n; i++) {
		struct order_item x = item[i];

		for (k = i; k > 0 && item[k - 1].key > x.key; k--)
			item[k] = item[k - 1];
		item[k] = x;
	}
}

/* By one digit from one array to the other; false when all have the same. */
static bool
pass(const struct order_item *from, struct order_item *to, size_t n, unsigned shift)
{
	uint32_t count[1u << BITS] = {0}, mask = (1u << BITS) - 1, sum = 0, k;
	size_t i;

	for (i = 0; i < n; i++)
		count[from[i].key >> shift & mask]++;
	if (count[from[0].key >> shift & mask] == n)
		return false;
	for (k = 0; k <= mask; k++) {
		uint32_t c = count[k];

		count[k] = sum;
		sum += c;
	}
	for (i = 0; i < n; i++)
		to[count[from[i].key >> shift & mask]++] = from[i];
	return true;
}

void
order_u64(struct order_item *item, size_t n)
{
	struct order_item *at = item, *other, *swap;
	unsigned shift;

	assert(n < UINT32_MAX);
	if (n < RADIX_MIN) {
		sort_few(item, n);
		return;
	}
	other = xmalloc(n * sizeof(*other));
	swap = other;
	for (shift = 0; shift < 64; shift += BITS)
		if (pass(at, other, n, shift)) {
			struct order_item *was = at;

			at = other;
			other = was;
		}
	if (at != item)
		memcpy(item, at, n * sizeof(*item));
	free(swap);
}
