#include "cmd/product.h"
#include "base/arena.h"
#include "base/disk.h"
#include "cmd/errand.h"
#include "cmd/note.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
complain(const struct product *p, const char *what)
{
	note(p->command, "%s: %s: %s", p->path != NULL ? p->path : "standard output", what, strerror(errno));
	return false;
}

static bool
errand_open(struct product *p, const char *path)
{
	int fd = errand_product(path, &p->id);

	p->path = path;
	p->f = fd >= 0 ? fd_stream(fd) : NULL;
	p->fd = fd;
	p->errand = p->f != NULL;
	return p->errand;
}

bool
product_open(struct product *p, const char *path, const char *command)
{
	struct stat st;
	size_t len;
	int fd;

	*p = (struct product){.command = command};
	if (path == NULL || strcmp(path, "-") == 0) {
		p->f = stdout;
		return true;
	}
	if (errand_able())
		return errand_open(p, path);
	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		note(command, "%s: not a regular file, so it cannot be replaced whole; redirect standard output to it",
		    path);
		return false;
	}
	p->path = path;
	len = strlen(path) + sizeof(".XXXXXX");
	p->temp = xmalloc(len);
	snprintf(p->temp, len, "%s.XXXXXX", path);
	fd = mkstemp(p->temp);
	if (fd >= 0 && fchmod(fd, 0644) == 0)
		p->f = fd_stream(fd);
	p->fd = fd;
	if (p->f != NULL)
		return true;
	complain(p, "cannot be written");
	if (fd >= 0) {
		unlink(p->temp);
		close(fd);
	}
	free(p->temp);
	p->temp = NULL;
	return false;
}

bool
product_write(struct product *p, struct span bytes)
{
	if (bytes.len == 0 || fwrite(bytes.p, 1, bytes.len, p->f) == bytes.len)
		return true;
	return complain(p, "cannot be written");
}

bool
product_commit(struct product *p)
{
	bool good;

	if (p->temp == NULL && !p->errand)
		return fflush(p->f) == 0 || complain(p, "cannot be written");
	good = fclose(p->f) == 0 && fsync(p->fd) == 0;
	good = close(p->fd) == 0 && good;
	p->f = NULL;
	if (p->errand) {
		if (!good)
			complain(p, "cannot be written");
		p->errand = !good;
		return good && errand_commit(p->id);
	}
	if (!good || rename(p->temp, p->path) != 0) {
		complain(p, "cannot be written");
		unlink(p->temp);
		good = false;
	}
	free(p->temp);
	p->temp = NULL;
	return good && (folder_sync_of(p->path) || complain(p, "its folder cannot be synced"));
}

void
product_abandon(struct product *p)
{
	if (p->errand) {
		if (p->f != NULL) {
			fclose(p->f);
			close(p->fd);
		}
		errand_abandon(p->id);
		p->errand = false;
		return;
	}
	if (p->temp == NULL)
		return;
	fclose(p->f);
	close(p->fd);
	unlink(p->temp);
	free(p->temp);
	p->temp = NULL;
}
