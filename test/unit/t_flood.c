/*
 * flood: paths and prefixes that all want the same place of a hash table. Who knows the key can make them; under another
 * key the same ones are spread like any, and a process draws a key that nobody knows.
 */
#include "base/map.h"
#include "tap.h"

#include <unistd.h>

#define KNOWN UINT64_C(0x0123456789abcdef)
#define OTHER UINT64_C(0xfedcba9876543210)
#define FLOOD 2000u
#define LOW_BITS 0x3ffu	/* of the place: one of 1,024 */
#define WORDS_MAX 8

/* A path of n hops, or a prefix with its origin; what they are made of does not matter to a hash. */
struct item { uint32_t word[WORDS_MAX]; };

static struct item items[FLOOD];
static size_t item_len;

static bool
eq(uint32_t id, const void *key, const void *arg)
{
	return memcmp(((const struct item *)arg)[id].word, key, item_len) == 0;
}

/* As many as want the first place of a table of 1,024, found by trying. */
static void
craft(size_t words)
{
	struct item one = {{0}};
	uint32_t n = 0, i;

	item_len = words * sizeof(uint32_t);
	for (i = 0; n < FLOOD; i++) {
		one.word[0] = 0xc0000200 + (i & 0xff);
		one.word[words - 1] = 64512 + i;	/* the last, which may be the first */
		if ((map_hash_keyed(one.word, item_len, KNOWN) >> 32 & LOW_BITS) == 0)
			items[n++] = one;
	}
}

/* The way from where an item should be to where it is, summed over all of them: what looking all of them up costs. */
static uint64_t
cost(uint64_t key, bool of_process)
{
	struct map m = {0};
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < FLOOD; i++)
		map_add(&m, of_process ? map_hash(items[i].word, item_len) : map_hash_keyed(items[i].word, item_len, key), i);
	for (i = 0; i < FLOOD; i++) {
		uint64_t h = of_process ? map_hash(items[i].word, item_len) : map_hash_keyed(items[i].word, item_len, key);
		size_t at = h >> 32 & m.mask;

		while (m.slots[at].id != i) {
			at = (at + 1) & m.mask;
			sum++;
		}
		if (map_find(&m, h, eq, items[i].word, items) != i)
			sum += UINT32_MAX;	/* not found: never cheap */
	}
	map_release(&m);
	return sum;
}

static void
test_flood(size_t words, const char *what)
{
	uint64_t known, other, own;

	craft(words);
	known = cost(KNOWN, false);
	other = cost(OTHER, false);
	own = cost(0, true);
	ok(known > UINT64_C(100) * FLOOD, "%s made for a key want %llu steps under it", what, (unsigned long long)known);
	ok(other < 8 * FLOOD, "under another key %llu", (unsigned long long)other);
	ok(own < 8 * FLOOD, "and under that of this process no more");
}

/* What a process of this program thinks of one value. */
static bool
hash_of_another(const char *program, char out[static 32])
{
	char command[512];
	FILE *f;
	bool good;

	snprintf(command, sizeof(command), "'%s' hash", program);
	f = popen(command, "r");
	good = f != NULL && fgets(out, 32, f) != NULL;
	if (f != NULL)
		pclose(f);
	return good;
}

int
main(int argc, char **argv)
{
	char a[32], b[32];

	if (argc > 1) {
		printf("%016llx\n", (unsigned long long)map_hash("a path", 6));
		return 0;
	}
	test_flood(1, "origins");
	test_flood(3, "prefixes with origin");
	test_flood(6, "paths");
	test_flood(8, "longer paths");
	ok(hash_of_another(argv[0], a) && hash_of_another(argv[0], b) && strcmp(a, b) != 0, "each process has a key of its own");
	return tap_done();
}
