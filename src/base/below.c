#include "base/below.h"
#include "base/disk.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* False, with errno, when there is no room for it; then path is what it was. */
static bool
append(struct below *b, const char *name)
{
	size_t n = strlen(name), slash = b->len > 0 && b->path[b->len - 1] != '/' ? 1 : 0;

	errno = ENAMETOOLONG;
	if (b->len + slash + n >= sizeof(b->path))
		return false;
	if (slash)
		b->path[b->len++] = '/';
	memcpy(b->path + b->len, name, n + 1);
	b->len += n;
	return true;
}

void
below_begin(struct below *b, const char *root)
{
	b->path[0] = '\0';
	b->len = 0;
	b->n = 0;
	b->begun = b->enter = false;
	(void)append(b, root);	/* what is too long is lost, as an empty name is */
}

void
below_end(struct below *b)
{
	while (b->n > 0)
		closedir(b->open[--b->n].dir);
}

void
below_skip(struct below *b)
{
	b->enter = false;
}

static bool
hand_out(struct below *b, enum below_kind kind, unsigned level, struct below_entry *e)
{
	const char *slash = strrchr(b->path, '/');

	*e = (struct below_entry){kind, level, b->path, slash != NULL ? slash + 1 : b->path};
	return true;
}

static bool
look_at(struct below *b, struct below_entry *e)
{
	enum below_kind kind = BELOW_OTHER;
	struct stat st;

	if (lstat(b->path, &st) != 0)
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
		do
			dir = opendir(b->path);
		while (dir == NULL && errno == EINTR);
	if (dir == NULL)
		return false;
	b->open[b->n].dir = dir;
	b->open[b->n++].len = b->len;
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
		b->len = b->open[b->n - 1].len;
		b->path[b->len] = '\0';
		d = dir_next(b->open[b->n - 1].dir);
		if (d == NULL)
			return leave(b, errno != 0 ? BELOW_LOST : BELOW_FOLDER_END, e);
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		return append(b, d->d_name) ? look_at(b, e) : hand_out(b, BELOW_LOST, b->n, e);
	}
	return false;
}
