/* seal: keys for tests, made from one byte, and what every format must stand: truncation and flipped bits. */
#ifndef TEST_SEAL_H
#define TEST_SEAL_H

#include "seal/key.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static inline struct key *
key_of(const char *name, enum key_use use, uint8_t byte)
{
	uint8_t seed[ED25519_SEED];
	struct key *k = NULL;
	enum err e;

	memset(seed, byte, sizeof(seed));
	e = key_from_seed(span_of(name), use, seed, &k);
	assert(e == OK);
	(void)e;
	return k;
}

/* accepts(text): how many of all texts that differ in one bit are taken; the first is told. */
static inline size_t
flips_taken(struct span text, bool (*accepts)(struct span, void *), void *ctx)
{
	char *copy = malloc(text.len + 1);
	size_t i, taken = 0;
	int bit;

	memcpy(copy, text.p, text.len);
	for (i = 0; i < text.len; i++)
		for (bit = 0; bit < 8; bit++) {
			copy[i] ^= (char)(1 << bit);
			if (accepts((struct span){copy, text.len}, ctx) && taken++ == 0)
				printf("# bit %d of byte %zu is free: '%c' for '%c'\n", bit, i, copy[i], text.p[i]);
			copy[i] ^= (char)(1 << bit);
		}
	free(copy);
	return taken;
}

/* The same of all texts that end early, each in memory of its own size. */
static inline size_t
cuts_taken(struct span text, bool (*accepts)(struct span, void *), void *ctx)
{
	size_t n, taken = 0;
	char *copy;

	for (n = 0; n < text.len; n++) {
		copy = malloc(n > 0 ? n : 1);
		memcpy(copy, text.p, n);
		if (accepts((struct span){copy, n}, ctx) && taken++ == 0)
			printf("# the first %zu bytes are taken\n", n);
		free(copy);
	}
	return taken;
}

#endif
