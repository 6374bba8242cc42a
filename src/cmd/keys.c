#include "cmd/keys.h"
#include "base/arena.h"
#include "base/disk.h"
#include "cmd/note.h"
#include "cmd/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

void
keys_guard(void)
{
	const struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
}

static bool
read_whole(int fd, char *p, size_t *len)
{
	ssize_t n;

	for (*len = 0; *len <= KEY_FILE_MAX; *len += (size_t)n) {
		do
			n = read(fd, p + *len, KEY_FILE_MAX + 1 - *len);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return false;
		if (n == 0)
			return true;
	}
	return true;	/* too long, which the reader says */
}

char *
keys_text(const char *command, const char *path, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct keyfile_head head;
	const char *why;
	struct stat st;
	char *p;

	if (fd < 0 || fstat(fd, &st) != 0) {
		note(command, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	p = secret_new(KEY_FILE_MAX + 1);
	if (!read_whole(fd, p, len))
		note(command, "%s: %s", path, strerror(errno));
	else if (keyfile_head((struct span){p, *len}, &head, &why) != OK)
		note(command, "%s: %s", path, why);
	else if (!head.encrypted && (st.st_mode & 077) != 0)
		note(command, "%s: is not encrypted, and others may read it (mode %04o): chmod 600, or make a new key", path,
		    (unsigned)(st.st_mode & 07777));
	else {
		close(fd);
		return p;
	}
	close(fd);
	secret_free(p);
	return NULL;
}

static struct key *
open_text(const char *command, const char *path, struct span text, uint32_t passphrase_fd)
{
	struct passphrase pass = {0};
	struct keyfile_head head;
	struct key *k = NULL;
	struct str what = {0};
	const char *why = "";
	enum err e = keyfile_head(text, &head, &why);

	str_addf(&what, "passphrase of %s", path);
	if (e == OK && head.encrypted && !passphrase_get(&pass, command, passphrase_fd, what.p, false)) {
		str_release(&what);
		return NULL;
	}
	if (e == OK)
		e = keyfile_read(text, passphrase_span(&pass), &k, &why);
	if (e != OK)
		note(command, "%s: %s", path, why);
	passphrase_release(&pass);
	str_release(&what);
	return k;
}

bool
keys_head(const char *command, const char *path, struct key_pub *out)
{
	struct keyfile_head head;
	const char *why = NULL;
	size_t len = 0;
	bool good;
	char *p;

	keys_guard();
	p = keys_text(command, path, &len);
	if (p == NULL)
		return false;
	good = keyfile_head((struct span){p, len}, &head, &why) == OK;
	if (good)
		*out = head.pub;
	else
		note(command, "%s: %s", path, why);
	secret_free(p);
	return good;
}

struct key *
keys_open(const char *command, const char *path, uint32_t passphrase_fd)
{
	size_t len = 0;
	struct key *k;
	char *p;

	keys_guard();
	p = keys_text(command, path, &len);
	if (p == NULL)
		return NULL;
	k = open_text(command, path, (struct span){p, len}, passphrase_fd);
	secret_free(p);
	if (k != NULL && !secret_all_locked())
		note(command, "memory could not be locked (ulimit -l): the key may reach a swap disk");
	return k;
}

/* As product.h has it, but link() instead of rename(): it does not replace. */
bool
keys_store(const char *command, const char *path, struct span text)
{
	size_t len = strlen(path) + sizeof(".XXXXXX");
	char *temp = xmalloc(len);
	bool good;
	int fd;

	snprintf(temp, len, "%s.XXXXXX", path);
	fd = mkstemp(temp);	/* 0600 */
	good = fd >= 0 && fd_write(fd, text) && fsync(fd) == 0 && link(temp, path) == 0;
	if (!good)
		note(command, "%s: %s%s", path, strerror(errno), errno == EEXIST ? "; a key is never replaced" : "");
	if (fd >= 0) {
		close(fd);
		unlink(temp);
	}
	if (good)
		(void)folder_sync_of(path);	/* the key is there and good, whatever becomes of its name */
	free(temp);
	return good;
}
