/* sandbox: what is let through and what is not, each in a child of its own. */
#include "base/jail_calls.h"
#include "serve/sandbox.h"
#include "tap.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "t_sandbox.XXXXXX";
static char inside[64], outside[64];

static int
read_inside(void)
{
	return open(inside, O_RDONLY) >= 0;
}

static int
folder_inside(void)
{
	return open(folder, O_RDONLY | O_DIRECTORY) >= 0;
}

static int
temporary_inside(void)
{
	return open(folder, O_RDWR | O_TMPFILE, 0600) >= 0;
}

static int
read_outside(void)
{
	return open(outside, O_RDONLY) >= 0;
}

static int
read_passwd(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static int
write_inside(void)
{
	return open(inside, O_WRONLY) >= 0;
}

static int
create_inside(void)
{
	char name[128];

	snprintf(name, sizeof(name), "%s.new", inside);
	return open(name, O_RDWR | O_CREAT, 0600) >= 0;
}

static int
unlinks(void)
{
	return unlink(inside) == 0;
}

static int
connects(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int
runs(void)
{
	char *argv[] = {(char *)(uintptr_t)"/bin/true", NULL};

	execv(argv[0], argv);
	return 0;
}

static int
forks(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static void *
nothing(void *arg)
{
	return arg;
}

static int
threads(void)
{
	pthread_t t;

	return pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0;
}

static int
kills(void)
{
	return kill(getppid(), 0) == 0;
}

static int
pairs(void)
{
	int fd[2];

	return pipe2(fd, O_CLOEXEC) == 0 && write(fd[1], "x", 1) == 1;
}

struct told { struct sandbox box; int answer; };

/* What try says inside; -1: the sandbox could not be entered; -2: the child was killed. */
static struct told
in_child(int (*try)(void))
{
	const char *read_below[] = {folder}, *why = NULL;
	struct told t = {.answer = -2};
	int fd[2];
	pid_t pid;

	if (pipe(fd) != 0)
		return t;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		t.answer = sandbox_enter(read_below, 1, &t.box, &why) == OK ? try() : -1;
		(void)!write(fd[1], &t, sizeof(t));
		_exit(0);
	}
	close(fd[1]);
	if (pid < 0 || read(fd[0], &t, sizeof(t)) != (ssize_t)sizeof(t))
		t.answer = -2;
	waitpid(pid, NULL, 0);
	close(fd[0]);
	return t;
}

static void
file_put(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1)
		printf("# %s cannot be written\n", path);
	close(fd);
}

int
main(void)
{
	static const struct { const char *name; int (*try)(void); int want; bool by_landlock; } cases[] = {
		{"a file in the folder is read", read_inside, 1, false},
		{"so is the folder", folder_inside, 1, false},
		{"no file without a name is made", temporary_inside, 0, false},
		{"one outside of it is not", read_outside, 0, true},
		{"nor is /etc/passwd", read_passwd, 0, true},
		{"no file is written", write_inside, 0, false},
		{"none is made", create_inside, 0, false},
		{"none is removed", unlinks, 0, false},
		{"no socket is made, but at the cost of one's life", connects, -2, false},
		{"nor is a program run", runs, -2, false},
		{"no process is made", forks, 0, false},
		{"no process is signalled", kills, 0, false},
		{"threads are made", threads, 1, false},
		{"pipes are", pairs, 1, false},
	};
	struct told t;
	size_t i;

	if (JAIL_SANITIZED || JAIL_COVERAGE) {
		skip("the jails of this build let more through");
		return tap_done();
	}
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(inside, sizeof(inside), "%s/inside", folder);
	snprintf(outside, sizeof(outside), "%s.outside", folder);
	file_put(inside);
	file_put(outside);
	ok(read_inside() && read_outside() && read_passwd() && write_inside() && connects() && forks() && kills(),
	    "outside of the sandbox all of it can be done");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		t = in_child(cases[i].try);
		if (cases[i].by_landlock && t.answer >= 0 && t.box.landlock == 0)
			skip("this kernel has no Landlock");
		else
			ok(t.answer == cases[i].want, "%s (%d)", cases[i].name, t.answer);
	}
	unlink(inside);
	unlink(outside);
	rmdir(folder);
	return tap_done();
}
