/*
 * fault: preloaded into a program, it counts the calls that change files, and at number FAULT_AT does what FAULT_HOW
 * says: kill (as kill -9, before the call), enospc (the call fails), short (a write takes half). The count of all is
 * left in the file FAULT_COUNT.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *
at(void)
{
	const char *when = getenv("FAULT_AT");

	return when != NULL && ++calls == atol(when) ? getenv("FAULT_HOW") : "";
}

/* Whether the call is to fail. */
static int
fails(void)
{
	const char *how = at();

	if (strcmp(how, "kill") == 0)
		raise(SIGKILL);
	if (strcmp(how, "enospc") != 0)
		return 0;
	errno = ENOSPC;
	return 1;
}

int
openat(int dir, const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list ap;

	if ((flags & O_CREAT) != 0) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
		if (fails())
			return -1;
	}
	return REAL(openat)(dir, path, flags, mode);
}

int
mkdirat(int dir, const char *path, mode_t mode)
{
	return fails() ? -1 : REAL(mkdirat)(dir, path, mode);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	const char *how = at();

	if (strcmp(how, "kill") == 0) {
		(void)!REAL(write)(fd, p, n / 2);	/* torn */
		raise(SIGKILL);
	}
	if (strcmp(how, "enospc") == 0) {
		errno = ENOSPC;
		return -1;
	}
	return REAL(write)(fd, p, strcmp(how, "short") == 0 ? n / 2 + 1 : n);
}

int
fsync(int fd)
{
	return fails() ? -1 : REAL(fsync)(fd);
}

int
renameat(int a, const char *from, int b, const char *to)
{
	return fails() ? -1 : REAL(renameat)(a, from, b, to);
}

/* Opened at once: later the program may have confined itself. */
static FILE *count;

static void __attribute__((constructor))
begin(void)
{
	const char *name = getenv("FAULT_COUNT");

	count = name != NULL ? fopen(name, "w") : NULL;
}

static void __attribute__((destructor))
leave(void)
{
	if (count == NULL)
		return;
	fprintf(count, "%ld\n", calls);
	fclose(count);
}
