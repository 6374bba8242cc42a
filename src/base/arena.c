#include "base/arena.h"
#include "base/format.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define RED_ZONE 16
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define RED_ZONE 0
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define BLOCK_MIN (64u * 1024u)

struct block {
	struct block *next;
	size_t cap, used;
	_Alignas(16) unsigned char mem[];
};

struct arena {
	struct block *head;
	size_t bytes;
};

void
out_of_memory(void)
{
	static const char text[] = "routemark: out of memory\n";

	/* at once: nothing that was begun is completed */
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	_exit(2);
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size == 0 ? 1 : size);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xhuge(size_t size)
{
	size_t page = 2u << 20, up = (size + page - 1) / page * page;
	void *p = aligned_alloc(page, up);

	if (p == NULL)
		out_of_memory();
	madvise(p, up, MADV_HUGEPAGE);	/* a wish: without them it is only slower */
	return p;
}

void *
grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap < 16 ? 16 : *cap, bytes;

	if (need <= *cap)
		return p;
	while (n < need)
		if (__builtin_mul_overflow(n, 2u, &n))
			out_of_memory();
	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory();
	p = realloc(p, bytes);
	if (p == NULL)
		out_of_memory();
	*cap = n;
	return p;
}

struct arena *
arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

static struct block *
block_new(size_t need)
{
	size_t cap = need > BLOCK_MIN ? need : BLOCK_MIN;
	struct block *b = xmalloc(sizeof(*b) + cap);

	b->next = NULL;
	b->cap = cap;
	b->used = 0;
	POISON(b->mem, cap);
	return b;
}

static void
block_free(struct block *b)
{
	UNPOISON(b->mem, b->cap);
	free(b);
}

void
arena_reset(struct arena *a)
{
	struct block *b;

	if (a->head == NULL)
		return;
	while ((b = a->head->next) != NULL) {
		a->head->next = b->next;
		block_free(b);
	}
	a->head->used = 0;
	a->bytes = 0;
	POISON(a->head->mem, a->head->cap);
}

void
arena_free(struct arena *a)
{
	struct block *b;

	if (a == NULL)
		return;
	while ((b = a->head) != NULL) {
		a->head = b->next;
		block_free(b);
	}
	free(a);
}

static void *
take(struct arena *a, size_t size)
{
	size_t need;
	struct block *b = a->head;
	void *p;

	if (__builtin_add_overflow(size, (size_t)(15 + RED_ZONE), &need))
		out_of_memory();
	need &= ~(size_t)15;
	if (need == 0)
		need = 16;
	if (b == NULL || b->cap - b->used < need) {
		/* blocks grow with the arena, so that a large one has few of them */
		size_t want = a->bytes / 4 > (8u << 20) ? (8u << 20) : a->bytes / 4;

		b = block_new(need > want ? need : want);
		b->next = a->head;
		a->head = b;
	}
	p = b->mem + b->used;
	b->used += need;
	a->bytes += need;
	UNPOISON(p, size);
	return p;
}

static size_t
bytes_of(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory();
	return bytes;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	return arena_alloc(a, bytes_of(n, size));
}

void *
arena_raw(struct arena *a, size_t n, size_t size)
{
	return take(a, bytes_of(n, size));
}

char *
arena_strdup(struct arena *a, struct span s)
{
	char *p = take(a, s.len + 1);

	if (s.len > 0)
		memcpy(p, s.p, s.len);
	p[s.len] = '\0';
	return p;
}

struct span
arena_span(struct arena *a, struct span s)
{
	return (struct span){arena_strdup(a, s), s.len};
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char text[256];		/* most fit */
	va_list ap;
	size_t n;
	char *p;

	va_start(ap, fmt);
	n = format_v(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < sizeof(text))
		return arena_strdup(a, (struct span){text, n});
	p = take(a, n + 1);
	va_start(ap, fmt);
	format_v(p, n + 1, fmt, ap);
	va_end(ap);
	return p;
}

size_t
arena_bytes(const struct arena *a)
{
	return a->bytes;
}
