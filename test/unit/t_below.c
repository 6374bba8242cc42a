/* What lies below a folder: all of it, each folder before and behind what is in it, links not followed. */
#include "base/below.h"
#include "base/limits.h"
#include "base/str.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/t_below.XXXXXX";

static void
make(const char *name, int what)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	if (what == 'd' ? mkdir(path, 0700) != 0 : what == 'l' ? symlink("..", path) != 0 :
	    (fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600)) < 0 || close(fd) != 0)
		abort();
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that is handed out, sorted, a letter and the path below the root each. */
static const char *
told(const char *from, const char *skip)
{
	static struct str out;
	char *line[64], text[300];
	struct below_entry e;
	struct below b;
	size_t n = 0, i;

	below_begin(&b, from);
	while (below_next(&b, &e)) {
		snprintf(text, sizeof(text), "%c%u%s", "fdeol"[e.kind], e.level, e.path + strlen(from));
		if (e.kind == BELOW_FOLDER && skip != NULL && strcmp(e.name, skip) == 0)
			below_skip(&b);
		line[n++] = strdup(text);
	}
	below_end(&b);
	qsort(line, n, sizeof(*line), by_text);
	str_clear(&out);
	for (i = 0; i < n; i++) {
		str_addf(&out, "%s%s", i > 0 ? " " : "", line[i]);
		free(line[i]);
	}
	return out.p;
}

/* Every folder's end comes behind all that is in it, and is of its level. */
static void
order(void)
{
	unsigned open = 0, bad = 0, n = 0;
	struct below_entry e;
	struct below b;

	below_begin(&b, root);
	while (below_next(&b, &e)) {
		open -= e.kind == BELOW_FOLDER_END;
		bad += e.level != open;
		open += e.kind == BELOW_FOLDER;
		n++;
	}
	below_end(&b);
	ok(bad == 0 && open == 0 && n == 10, "a folder before what is in it and once more behind (%u)", n);
}

static void
deep(void)
{
	char path[16 + 2 * (FOLDER_DEPTH_MAX + 4)];
	struct below b;
	struct below_entry e;
	unsigned lost = 0, i;
	int why = 0;

	snprintf(path, sizeof(path), "%s", root);
	for (i = 0; i < FOLDER_DEPTH_MAX; i++) {
		strcat(path, "/d");
		if (i > 0 && mkdir(path, 0700) != 0)
			abort();
	}
	below_begin(&b, root);
	while (below_next(&b, &e))
		if (e.kind == BELOW_LOST) {
			why = errno;
			lost++;
		}
	below_end(&b);
	ok(lost == 1 && why == ELOOP, "deeper than FOLDER_DEPTH_MAX is told, and not entered");
}

static void
removed(void)
{
	struct below_entry e;
	struct below b;
	unsigned bad = 0;

	below_begin(&b, root);
	while (below_next(&b, &e))
		if (e.kind != BELOW_FOLDER && e.kind != BELOW_LOST)
			bad += (e.kind == BELOW_FOLDER_END ? rmdir(e.path) : unlink(e.path)) != 0;
	below_end(&b);
	ok(bad > 0 && access(root, F_OK) == 0, "what is too deep keeps the folders above it (%u)", bad);
}

int
main(void)
{
	char path[300];

	if (mkdtemp(root) == NULL)
		abort();
	make("a", 'f');
	make("d", 'd');
	make("d/e", 'd');
	make("d/f", 'f');
	make("l", 'l');
	make(".h", 'f');
	is_str(told(root, NULL), "d0 d1/d d2/d/e e0 e1/d e2/d/e f1/.h f1/a f2/d/f o1/l", "all of it, and links not followed");
	is_str(told(root, "d"), "d0 d1/d e0 f1/.h f1/a o1/l", "what is in a folder can be left out");
	snprintf(path, sizeof(path), "%s/a", root);
	is_str(told(path, NULL), "f0", "a file is itself");
	snprintf(path, sizeof(path), "%s/none", root);
	is_str(told(path, NULL), "l0", "what is not there is lost");
	memset(path, 'x', sizeof(path) - 1);
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	is_str(told(path, NULL), "l0", "so is a name that is too long");
	order();
	deep();
	removed();
	snprintf(path, sizeof(path), "rm -r %s", root);
	return system(path) != 0 || tap_done();
}
