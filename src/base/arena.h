/*
 * arena: one lifetime, one arena. Memory is zeroed; running out of it ends the process with
 * a message and exit status 2, "could not answer" (a batch program cannot honestly do better). Under ASan each allocation is
 * followed by a poisoned red zone, so that an overrun is seen.
 * An arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);		/* NULL-safe; frees all that came from it */
void arena_reset(struct arena *a);		/* forget everything, keep one block */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size);	/* too many: out of memory */
/* The same, but not zeroed: for what is written whole at once. */
void *arena_raw(struct arena *a, size_t n, size_t size);
char *arena_strdup(struct arena *a, struct span s);		/* NUL-terminated copy */
struct span arena_span(struct arena *a, struct span s);		/* copy */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
size_t arena_bytes(const struct arena *a);

/* For growing tables that are not in an arena: realloc that ends the process when it fails. Doubles
 * *cap until it holds need items of size bytes. Returns the block; free() it. */
void *grow(void *p, size_t *cap, size_t need, size_t size);
/* Says so, and ends the process. */
_Noreturn void out_of_memory(void);
void *xmalloc(size_t size);			/* size 0 is 1 */
void *xcalloc(size_t n, size_t size);
void *xhuge(size_t size);			/* not zeroed, in huge pages: for what is walked at random */

#endif
