#include "seal/store.h"
#include "base/disk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum err
store_open(struct store *s, const char *path)
{
	*s = (struct store){.dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	return s->dir >= 0 ? OK : ERR_OPEN;
}

void
store_close(struct store *s)
{
	if (s->dir >= 0)
		close(s->dir);
	s->dir = -1;
}

/* Make the folders on the way to a file, those that are missing. */
static bool
way_make(int at, char *path)
{
	char *slash;

	for (slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdirat(at, path, 0755) != 0 && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return true;
}

/* The folder of the file, and once for each new one those above it: a folder that is there may be one that a writer who
 * died left behind, and that never reached the disk. */
static bool
way_sync(struct store *s, char *path)
{
	char *slash = strrchr(path, '/');
	bool known;

	if (slash == NULL)
		return folder_sync_at(s->dir, ".");
	*slash = '\0';
	known = strcmp(path, s->way) == 0;
	if (!folder_sync_at(s->dir, path))
		return false;
	if (known)
		return true;
	snprintf(s->way, sizeof(s->way), "%s", path);
	while ((slash = strrchr(path, '/')) != NULL) {
		*slash = '\0';
		if (!folder_sync_at(s->dir, path))
			return false;
	}
	return folder_sync_at(s->dir, ".");
}

enum err
store_write(struct store *s, const char *path, struct span bytes)
{
	char temp[STORE_PATH_MAX + 8], way[STORE_PATH_MAX];
	bool good;
	int fd;

	assert(strlen(path) < sizeof(way));
	snprintf(temp, sizeof(temp), "%s.tmp", path);
	snprintf(way, sizeof(way), "%s", path);
	if (!way_make(s->dir, way))
		return ERR_OPEN;
	fd = openat(s->dir, temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return ERR_OPEN;
	good = fd_write(fd, bytes) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (!good || renameat(s->dir, temp, s->dir, path) != 0) {
		int why = errno;

		unlinkat(s->dir, temp, 0);
		errno = why;
		return ERR_IO;
	}
	return way_sync(s, way) ? OK : ERR_IO;
}

enum err
store_read(const struct store *s, const char *path, size_t max, struct str *out)
{
	int fd = openat(s->dir, path, O_RDONLY | O_CLOEXEC);
	char buf[16384];
	ssize_t n;
	size_t got = 0;

	if (fd < 0)
		return ERR_OPEN;
	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || got + (size_t)n > max) {
			close(fd);
			return n < 0 ? ERR_IO : ERR_LIMIT;
		}
		str_add(out, (struct span){buf, (size_t)n});
		got += (size_t)n;
	}
	close(fd);
	return OK;
}
