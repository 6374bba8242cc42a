#include "base/below.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct below {
	struct str path;
	struct { DIR *dir; size_t len; } open[FOLDER_DEPTH_MAX];	/* len: of its path */
	unsigned n;
	bool begun, enter;	/* enter: what was handed out last is a folder */
};

struct below *
below_new(const char *root)
{
	struct below *b = xcalloc(1, sizeof(*b));

	str_adds(&b->path, root);
	return b;
}

void
below_free(struct below *b)
{
	if (b == NULL)
		return;
	while (b->n > 0)
		closedir(b->open[--b->n].dir);
	str_release(&b->path);
	free(b);
}

void
below_skip(struct below *b)
{
	b->enter = false;
}

static bool
hand_out(struct below *b, enum below_kind kind, unsigned level, struct below_entry *e)
{
	const char *slash = strrchr(b->path.p, '/');

	*e = (struct below_entry){kind, level, b->path.p, slash != NULL ? slash + 1 : b->path.p};
	return true;
}

static bool
look_at(struct below *b, struct below_entry *e)
{
	enum below_kind kind = BELOW_OTHER;
	struct stat st;

	if (lstat(b->path.p, &st) != 0)
		kind = BELOW_LOST;
	else if (S_ISREG(st.st_mode))
		kind = BELOW_FILE;
	else if (S_ISDIR(st.st_mode))
		kind = BELOW_FOLDER;
	b->enter = kind == BELOW_FOLDER;
	return hand_out(b, kind, b->n, e);
}

static bool
enter(struct below *b)
{
	DIR *dir = NULL;

	b->enter = false;
	errno = ELOOP;
	if (b->n < FOLDER_DEPTH_MAX)
		dir = opendir(b->path.p);
	if (dir == NULL)
		return false;
	b->open[b->n].dir = dir;
	b->open[b->n++].len = b->path.len;
	return true;
}

static bool
leave(struct below *b, enum below_kind kind, struct below_entry *e)
{
	int why = errno;

	closedir(b->open[--b->n].dir);
	errno = why;
	return hand_out(b, kind, b->n, e);
}

bool
below_next(struct below *b, struct below_entry *e)
{
	struct dirent *d;

	if (!b->begun) {
		b->begun = true;
		return look_at(b, e);
	}
	if (b->enter && !enter(b))
		return hand_out(b, BELOW_LOST, b->n, e);
	while (b->n > 0) {
		b->path.len = b->open[b->n - 1].len;
		b->path.p[b->path.len] = '\0';
		errno = 0;
		d = readdir(b->open[b->n - 1].dir);
		if (d == NULL)
			return leave(b, errno != 0 ? BELOW_LOST : BELOW_FOLDER_END, e);
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		if (b->path.p[b->path.len - 1] != '/')
			str_addc(&b->path, '/');
		str_adds(&b->path, d->d_name);
		return look_at(b, e);
	}
	return false;
}
