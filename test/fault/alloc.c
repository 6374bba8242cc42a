/*
 * alloc: preloaded into a program, it fails one allocation: number ALLOC_AT of those that the program makes once its main
 * program runs. The number of all is left in the file ALLOC_COUNT.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

static atomic_ulong made;
static unsigned long at;
static bool armed;
static char count[4096];

__attribute__((constructor)) static void
arm(void)
{
	const char *s = getenv("ALLOC_AT"), *file = getenv("ALLOC_COUNT");

	at = s != NULL ? strtoul(s, NULL, 10) : 0;
	if (file != NULL)
		snprintf(count, sizeof(count), "%s.%d", file, (int)getpid());
	armed = true;
}

__attribute__((destructor)) static void
leave(void)
{
	char text[32];
	int fd, n = snprintf(text, sizeof(text), "%lu\n", atomic_load(&made));

	armed = false;
	if (count[0] == '\0')
		return;
	fd = open(count, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd >= 0 && write(fd, text, (size_t)n) == n)
		close(fd);
}

static bool
fails(void)
{
	if (!armed || atomic_fetch_add(&made, 1) + 1 != at)
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

void *
aligned_alloc(size_t alignment, size_t n)
{
	return fails() ? NULL : __libc_memalign(alignment, n);
}

int
posix_memalign(void **to, size_t alignment, size_t n)
{
	void *p = fails() ? NULL : __libc_memalign(alignment, n);

	if (p == NULL)
		return ENOMEM;
	*to = p;
	return 0;
}
