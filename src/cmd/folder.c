#include "cmd/folder.h"
#include "base/arena.h"
#include "base/below.h"
#include "base/disk.h"
#include "cmd/errand.h"
#include "cmd/note.h"

#include <assert.h>
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

/* --- trees --- */

enum there { THERE_NOTHING, THERE_OWN, THERE_OTHER };

/* What is below a folder: only what own() knows, or also something else. */
static enum there
look(const char *dir, folder_own *own)
{
	enum there found = THERE_NOTHING;
	size_t skip = strlen(dir) + 1;
	struct below_entry e;
	struct below b;

	below_begin(&b, dir);
	while (found != THERE_OTHER && below_next(&b, &e)) {
		if (e.kind == BELOW_FOLDER_END || (e.level == 0 && e.kind == BELOW_FOLDER))
			continue;
		if (e.level == 0 || own == NULL || (e.kind != BELOW_FOLDER && e.kind != BELOW_FILE))
			found = THERE_OTHER;
		else if (e.kind == BELOW_FILE)
			found = own(e.path + skip) ? THERE_OWN : THERE_OTHER;
	}
	below_end(&b);
	return found;
}

static bool
tree_remove(const char *dir)
{
	struct below_entry e;
	struct below b;
	bool good = true;

	below_begin(&b, dir);
	while (below_next(&b, &e))
		if (e.kind == BELOW_LOST ||
		    (e.kind != BELOW_FOLDER && (e.kind == BELOW_FOLDER_END ? rmdir(e.path) : unlink(e.path)) != 0))
			good = false;
	below_end(&b);
	return good;
}

/* --- opening --- */

/* "." and ".." cannot be renamed over; nor can what has no name. */
static bool
has_name(const char *path)
{
	const char *slash = strrchr(path, '/'), *last = slash != NULL ? slash + 1 : path;

	return *last != '\0' && strcmp(last, ".") != 0 && strcmp(last, "..") != 0;
}

/* Asked for before the work, not after it. */
static bool
place_is_free(struct folder *f, folder_own *own, bool force)
{
	struct stat st;

	if (!has_name(f->path)) {
		note(f->command, "\"%s\" is no name that a new folder could take", f->path);
		return false;
	}
	if (lstat(f->path, &st) != 0)
		return errno == ENOENT || complain(f, "", "cannot be looked at");
	if (!S_ISDIR(st.st_mode)) {
		note(f->command, "%s: is there already and is no folder; several files need a folder of their own", f->path);
		return false;
	}
	switch (look(f->path, own)) {
	case THERE_NOTHING:
		return true;
	case THERE_OWN:
		f->replace = true;
		if (!force)
			note(f->command, "%s: holds an earlier export; name a new folder, or give --force to replace it", f->path);
		return force;
	case THERE_OTHER:
		note(f->command, "%s: is there already and holds other things; name a new folder", f->path);
		return false;
	}
	return false;
}

bool
folder_open_over(struct folder *f, const char *path, const char *command, folder_own *own, bool force)
{
	size_t len = strlen(path);

	*f = (struct folder){.command = command};
	while (len > 1 && path[len - 1] == '/')
		len--;
	f->path = xmalloc(len + 1);
	memcpy(f->path, path, len);
	f->path[len] = '\0';
	if (errand_able())
		return f->errand = errand_folder(path, own != NULL, force, &f->id);
	if (!place_is_free(f, own, force))
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

bool
folder_open(struct folder *f, const char *path, const char *command)
{
	return folder_open_over(f, path, command, NULL, false);
}

/* --- filling --- */

/* The folders on the way to a file; path is given back as it was. */
static bool
make_way(char *path, size_t below)
{
	char *slash;

	for (slash = strchr(path + below, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return true;
}

int
folder_file(struct folder *f, const char *name)
{
	char path[PATH_MAX];	/* not of the heap: who ends for want of memory here would leave the folder behind */

	errno = ENAMETOOLONG;
	if (snprintf(path, sizeof(path), "%s/%s", f->temp, name) >= (int)sizeof(path) || !make_way(path, strlen(f->temp) + 1))
		return -1;
	return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

bool
folder_write(struct folder *f, const char *name, struct span bytes)
{
	bool good;
	int fd;

	assert(*name != '\0' && *name != '/' && strstr(name, "..") == NULL);
	fd = f->errand ? errand_file(f->id, name) : folder_file(f, name);
	if (fd < 0)
		return complain(f, name, "cannot be written");
	good = fd_write(fd, bytes) && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	return good || complain(f, name, "cannot be written");
}

/* --- closing --- */

/* Folders below the temporary one reach the disk before it takes its place. */
static bool
sync_tree(const char *dir)
{
	struct below_entry e;
	struct below b;
	bool good = true;

	below_begin(&b, dir);
	while (good && below_next(&b, &e))
		good = e.kind != BELOW_LOST && (e.kind != BELOW_FOLDER_END || folder_sync_at(AT_FDCWD, e.path));
	below_end(&b);
	return good;
}

/* An empty folder is replaced by rename(); one that is full changes places with the new one, and then goes. */
static bool
take_place(struct folder *f)
{
	if (!f->replace)
		return rename(f->temp, f->path) == 0;
	if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->path, RENAME_EXCHANGE) != 0)
		return false;
	if (!tree_remove(f->temp))
		note(f->command, "%s: what was there before could not be removed: %s", f->temp, strerror(errno));
	return true;
}

bool
folder_commit(struct folder *f)
{
	bool good;

	if (f->errand) {
		f->errand = false;
		return errand_commit(f->id);
	}
	good = sync_tree(f->temp) && take_place(f);
	if (good) {
		free(f->temp);
		f->temp = NULL;
		good = folder_sync_of(f->path);
	}
	return good || complain(f, "", "cannot be put in its place");
}

void
folder_abandon(struct folder *f)
{
	if (f->errand)
		errand_abandon(f->id);
	if (f->temp != NULL)
		tree_remove(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct folder){0};
}
