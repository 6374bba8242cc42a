#include "cmd/slurp.h"
#include "cmd/note.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
read_whole(int fd, uint64_t size, struct str *out)
{
	ssize_t n;

	str_grow(out, (size_t)size + 1);	/* one byte more, to see that it has not grown */
	while (out->len <= size) {
		n = read(fd, out->p + out->len, (size_t)size + 1 - out->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		out->len += (size_t)n;
	}
	errno = EBUSY;
	return out->len == size;
}

bool
slurp(const char *command, const char *path, uint64_t max, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool good = false;

	if (fd < 0 || fstat(fd, &st) != 0)
		note(command, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		note(command, "%s: is no regular file", path);
	else if ((uint64_t)st.st_size > max)
		note(command, "%s: has more than %" PRIu64 " bytes, and is not read", path, max);
	else if (!read_whole(fd, (uint64_t)st.st_size, out))
		note(command, "%s: %s", path, errno == EBUSY ? "changed while it was read" : strerror(errno));
	else
		good = true;
	if (fd >= 0)
		close(fd);
	return good;
}
