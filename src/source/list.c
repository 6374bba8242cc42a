#include "source/source.h"
#include "base/arena.h"
#include "base/disk.h"
#include "base/limits.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Paths found so far. Folders wait in a list of their own rather than on the stack, so that no
 * depth of nesting costs more than a string and one open folder. */
struct walk {
	struct source_list files, dirs;
	size_t cap_files, cap_dirs;
};

static void
push(struct source_list *l, size_t *cap, const char *path)
{
	size_t size = strlen(path) + 1;

	l->path = grow(l->path, cap, l->n + 1, sizeof(*l->path));
	l->path[l->n] = xmalloc(size);
	memcpy(l->path[l->n++], path, size);
}

/* One name in a folder: a file, a folder to walk, or nothing for us. */
static enum err
visit(struct walk *w, const char *path)
{
	struct stat st, to;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? OK : ERR_IO;	/* gone since the folder was read */
	if (S_ISDIR(st.st_mode))
		push(&w->dirs, &w->cap_dirs, path);
	if (S_ISLNK(st.st_mode) && stat(path, &to) == 0)
		st.st_mode = to.st_mode;
	if (S_ISREG(st.st_mode) || S_ISLNK(st.st_mode))
		push(&w->files, &w->cap_files, path);
	return w->files.n + w->dirs.n > FILES_MAX ? ERR_LIMIT : OK;
}

static enum err
walk_dir(struct walk *w, const char *dir)
{
	struct str path = {0};
	struct dirent *d;
	enum err e = OK;
	DIR *h = opendir(dir);
	int why;

	if (h == NULL)
		return ERR_OPEN;
	while (e == OK && (d = dir_next(h)) != NULL) {
		if (d->d_name[0] == '.')
			continue;
		str_clear(&path);
		str_adds(&path, dir);
		if (dir[strlen(dir) - 1] != '/')
			str_addc(&path, '/');
		str_adds(&path, d->d_name);
		e = visit(w, path.p);
	}
	if (e == OK && errno != 0)
		e = ERR_IO;
	why = errno;
	closedir(h);
	str_release(&path);
	errno = why;
	return e;
}

static int
path_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

enum err
source_list_dir(const char *dir, struct source_list *out)
{
	struct walk w = {0};
	struct stat st;
	enum err e = OK;
	size_t i;
	int why;

	*out = (struct source_list){0};
	if (stat(dir, &st) != 0)
		return ERR_OPEN;
	if (S_ISDIR(st.st_mode))
		push(&w.dirs, &w.cap_dirs, dir);
	else
		push(&w.files, &w.cap_files, dir);
	for (i = 0; e == OK && i < w.dirs.n; i++)
		e = walk_dir(&w, w.dirs.path[i]);
	why = errno;
	source_list_release(&w.dirs);
	if (e != OK) {
		source_list_release(&w.files);
		errno = why;
		return e;
	}
	/* all share "dir/", so this is the order of the rest; readdir's own differs by machine */
	if (w.files.n > 0)
		qsort(w.files.path, w.files.n, sizeof(*w.files.path), path_cmp);
	*out = w.files;
	return OK;
}

void
source_list_release(struct source_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->path[i]);
	free(l->path);
	*l = (struct source_list){0};
}
