/* addr/put: numbers and addresses against libc's. */
#include "addr/put.h"
#include "tap.h"

#include <arpa/inet.h>
#include <inttypes.h>

static uint64_t state = 88172645463325252u;

static uint32_t
next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 16);
}

static size_t
number_differs(uint32_t v)
{
	char want[16], got[16];

	snprintf(want, sizeof(want), "%" PRIu32, v);
	*put_u32(got, v) = '\0';
	return strcmp(want, got) != 0;
}

static void
t_numbers(void)
{
	size_t wrong = 0, i;
	uint64_t edge;

	for (edge = 1; edge <= UINT32_MAX; edge *= 10)
		wrong += number_differs((uint32_t)edge) + number_differs((uint32_t)edge - 1);
	wrong += number_differs(UINT32_MAX);
	for (i = 0; i < 200000; i++)
		wrong += number_differs(next_random() >> i % 32);
	ok(wrong == 0, "numbers are written as printf does");
}

/* Groups that are zero or short more often than not, for the sake of "::". */
static void
t_addresses(void)
{
	char want[64], got[64];
	size_t wrong = 0, i, k;

	for (i = 0; i < 200000; i++) {
		struct addr a = {.family = i % 4 == 0 ? FAMILY_V4 : FAMILY_V6};

		for (k = 0; k < 8; k++) {
			uint32_t r = next_random(), g = r % 5 < 3 ? 0 : r >> 16 >> r % 16;

			if (i % 7 == 0 && k < 6)
				g = k == 5 && i % 2 != 0 ? 0xffff : 0;
			a.b[2 * k] = (uint8_t)(g >> 8);
			a.b[2 * k + 1] = (uint8_t)g;
		}
		inet_ntop(a.family == FAMILY_V4 ? AF_INET : AF_INET6, a.b, want, sizeof(want));
		*put_addr(got, &a) = '\0';
		wrong += strcmp(want, got) != 0;
	}
	ok(wrong == 0, "addresses are written as inet_ntop does");
}

static void
t_short(void)
{
	struct addr a = {.family = FAMILY_V6};
	struct prefix p = {.family = FAMILY_V6, .len = 128};
	char got[64];

	inet_pton(AF_INET6, "2001:7f8:30:0:2:1:0:8447", a.b);
	memcpy(p.addr, a.b, sizeof(p.addr));
	*put_addr(got, &a) = '\0';
	is_str(got, "2001:7f8:30:0:2:1:0:8447", "a single zero group is not compressed");
	*put_addr_short(got, &a) = '\0';
	is_str(got, "2001:7f8:30::2:1:0:8447", "but in the short form");
	*put_prefix(got, &p) = '\0';
	is_str(got, "2001:7f8:30:0:2:1:0:8447/128", "a prefix has its length");
	*put_prefix_short(got, &p) = '\0';
	is_str(got, "2001:7f8:30::2:1:0:8447/128", "in the short form too");
}

int
main(void)
{
	t_numbers();
	t_addresses();
	t_short();
	return tap_done();
}
