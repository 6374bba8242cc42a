#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
fd_write(int fd, struct span bytes)
{
	ssize_t n;

	while (bytes.len > 0) {
		n = write(fd, bytes.p, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes.p += n;
		bytes.len -= (size_t)n;
	}
	return true;
}

static ssize_t
stream_write(void *cookie, const char *p, size_t n)
{
	return fd_write((int)(intptr_t)cookie, (struct span){p, n}) ? (ssize_t)n : 0;
}

FILE *
fd_stream(int fd)
{
	return fopencookie((void *)(intptr_t)fd, "w", (cookie_io_functions_t){.write = stream_write});
}

bool
folder_sync_at(int at, const char *path)
{
	int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good;

	if (fd < 0)
		return false;
	/* some file systems cannot fsync a folder */
	good = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return good;
}

bool
folder_sync_of(const char *file)
{
	char *dir = strdup(file), *slash;
	bool good;

	if (dir == NULL)
		return false;
	slash = strrchr(dir, '/');
	if (slash != NULL)
		slash[1] = '\0';
	good = folder_sync_at(AT_FDCWD, slash != NULL ? dir : ".");
	free(dir);
	return good;
}

struct dirent *
dir_next(DIR *dir)
{
	struct dirent *d;

	do {
		errno = 0;
		d = readdir(dir);
	} while (d == NULL && errno == EINTR);
	return d;
}
