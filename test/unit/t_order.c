#include "tap.h"
#include "world/order.h"

static uint64_t state = 88172645463325252u;

static uint64_t
rnd(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static int
by_key(const void *pa, const void *pb)
{
	const struct order_item *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);	/* stable: ids were given in order */
}

/* n keys of which only the bits of mask differ. */
static void
agrees(size_t n, uint64_t mask, const char *what)
{
	struct order_item *got = malloc((n + 1) * sizeof(*got)), *want = malloc((n + 1) * sizeof(*want));
	size_t i, differ = 0;

	for (i = 0; i < n; i++)
		got[i] = want[i] = (struct order_item){rnd() & mask, (uint32_t)i};
	order_u64(got, n);
	qsort(want, n, sizeof(*want), by_key);
	for (i = 0; i < n; i++)
		differ += got[i].key != want[i].key || got[i].id != want[i].id;
	ok(differ == 0, "order_u64 is a stable sort: %zu keys, %s", n, what);
	free(got);
	free(want);
}

int
main(void)
{
	agrees(0, UINT64_MAX, "none");
	agrees(1, UINT64_MAX, "one");
	agrees(255, 0xff, "few, many alike");
	agrees(256, UINT64_MAX, "the fewest that are sorted by digits");
	agrees(5000, UINT64_MAX, "all bits");
	agrees(5000, 0xffff00000000, "bits in the middle");
	agrees(5000, 7, "eight values");
	agrees(5000, 0, "all alike");
	agrees(70000, 0x8000000000000001, "first and last bit");
	return tap_done();
}
