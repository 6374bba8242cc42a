#include "cmd/folder.h"
#include "base/arena.h"
#include "cmd/note.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
complain(const struct folder *f, const char *name, const char *what)
{
	note(f->command, "%s%s%s: %s: %s", f->path, *name != '\0' ? "/" : "", name, what, strerror(errno));
	return false;
}

static char *
joined(const char *dir, const char *name)
{
	size_t len = strlen(dir) + strlen(name) + 2;
	char *path = xmalloc(len);

	snprintf(path, len, "%s/%s", dir, name);
	return path;
}

static bool
is_empty(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	size_t n = 0;

	if (d == NULL)
		return false;
	while ((e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n == 0;
}

/* rename() replaces an empty folder, and refuses one that holds anything: asked for here, before the work. */
static bool
place_is_free(const struct folder *f)
{
	struct stat st;

	if (lstat(f->path, &st) != 0)
		return errno == ENOENT || complain(f, "", "cannot be looked at");
	if (!S_ISDIR(st.st_mode))
		note(f->command, "%s: is there already and is no folder; several pages need a folder of their own", f->path);
	else if (!is_empty(f->path))
		note(f->command, "%s: is there already and is not empty; name a new folder", f->path);
	else
		return true;
	return false;
}

bool
folder_open(struct folder *f, const char *path, const char *command)
{
	size_t len = strlen(path);

	*f = (struct folder){.command = command};
	while (len > 1 && path[len - 1] == '/')
		len--;
	f->path = xmalloc(len + 1);
	memcpy(f->path, path, len);
	f->path[len] = '\0';
	if (!place_is_free(f))
		return false;
	f->temp = xmalloc(len + sizeof(".XXXXXX"));
	snprintf(f->temp, len + sizeof(".XXXXXX"), "%s.XXXXXX", f->path);
	if (mkdtemp(f->temp) != NULL && chmod(f->temp, 0755) == 0)
		return true;
	complain(f, "", "cannot be made");
	rmdir(f->temp);
	free(f->temp);
	f->temp = NULL;
	return false;
}

static bool
write_all(int fd, struct span bytes)
{
	ssize_t n;

	while (bytes.len > 0) {
		n = write(fd, bytes.p, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes.p += n;
		bytes.len -= (size_t)n;
	}
	return true;
}

bool
folder_write(struct folder *f, const char *name, struct span bytes)
{
	char *path = joined(f->temp, name);
	bool good;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	assert(strchr(name, '/') == NULL);
	free(path);
	if (fd < 0)
		return complain(f, name, "cannot be written");
	f->names = grow(f->names, &f->cap, f->n + 1, sizeof(*f->names));
	f->names[f->n++] = strdup(name);
	good = write_all(fd, bytes) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	return good || complain(f, name, "cannot be written");
}

static bool
sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good;

	if (fd < 0)
		return false;
	/* some file systems cannot fsync a folder */
	good = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return good;
}

bool
folder_commit(struct folder *f)
{
	char *up = strdup(f->path), *slash = strrchr(up, '/');
	bool good;

	if (slash != NULL)
		slash[slash == up ? 1 : 0] = '\0';
	good = sync_dir(f->temp) && rename(f->temp, f->path) == 0;
	if (good) {
		free(f->temp);
		f->temp = NULL;
		good = sync_dir(slash != NULL ? up : ".");
	}
	free(up);
	return good || complain(f, "", "cannot be put in its place");
}

void
folder_abandon(struct folder *f)
{
	size_t i;
	char *path;

	for (i = 0; i < f->n; i++) {
		if (f->temp != NULL) {
			path = joined(f->temp, f->names[i]);
			unlink(path);
			free(path);
		}
		free(f->names[i]);
	}
	free(f->names);
	if (f->temp != NULL)
		rmdir(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct folder){0};
}
