#include "base/memory.h"
#include "base/arena.h"

#include <assert.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <stdlib.h>

static void *
crypto_malloc(size_t n, const char *file, int line)
{
	(void)file, (void)line;
	return xmalloc(n);
}

static void *
crypto_realloc(void *p, size_t n, const char *file, int line)
{
	(void)file, (void)line;
	if (n == 0) {	/* which frees, as OpenSSL wants it */
		free(p);
		return NULL;
	}
	p = realloc(p, n);
	if (p == NULL)
		out_of_memory();
	return p;
}

static void
crypto_free(void *p, const char *file, int line)
{
	(void)file, (void)line;
	free(p);
}

void
memory_init(void)
{
	bool early = CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) == 1;

	assert(early);	/* nothing of OpenSSL was used before */
	json_set_alloc_funcs(xmalloc, free);
}
