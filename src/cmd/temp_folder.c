#include "base/arena.h"
#include "base/below.h"
#include "base/disk.h"
#include "cmd/errand.h"
#include "cmd/note.h"
#include "cmd/unpacked.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORM "/routemark.XXXXXX"

static const char *
place(void)
{
	const char *tmp = getenv("TMPDIR");

	return tmp != NULL && *tmp != '\0' ? tmp : "/tmp";
}

char *
temp_folder_try(void)
{
	const char *tmp = place();
	char *path = xmalloc(strlen(tmp) + sizeof(FORM));

	sprintf(path, "%s" FORM, tmp);
	if (mkdtemp(path) != NULL)
		return path;
	free(path);
	return NULL;
}

char *
temp_folder_new(const char *command)
{
	char *path = errand_able() ? errand_temp() != NULL ? strdup(errand_temp()) : NULL : temp_folder_try();

	if (path == NULL)
		note(command, "%s: no temporary folder can be made there%s%s", place(), errand_able() ? "" : ": ",
		    errand_able() ? "" : strerror(errno));
	return path;
}

void
temp_folder_remove(char *path)
{
	struct below_entry e;
	struct below b;

	if (path == NULL || errand_able()) {
		free(path);
		return;
	}
	below_begin(&b, path);
	while (below_next(&b, &e))
		if (e.kind == BELOW_FOLDER_END ? rmdir(e.path) != 0 : e.kind != BELOW_FOLDER && unlink(e.path) != 0)
			break;	/* what cannot be removed stays for whoever cleans TMPDIR */
	below_end(&b);
	free(path);
}

bool
temp_folder_write(const char *folder, const char *name, struct span bytes, const char *command)
{
	char *path = xmalloc(strlen(folder) + strlen(name) + 2);
	bool good;
	int fd;

	sprintf(path, "%s/%s", folder, name);
	fd = errand_able() ? errand_temp_file(name) : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	good = fd >= 0 && fd_write(fd, bytes);
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (!good)
		note(command, "%s: cannot be written: %s", path, strerror(errno));
	free(path);
	return good;
}
