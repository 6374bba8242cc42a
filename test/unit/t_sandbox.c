/* sandbox: what it is beside the jail JAIL_SERVE, of which test/unit/t_jail.c tries everything: it is that jail, for the
 * folders that were named, all of which must be there. */
#include "base/jail_calls.h"
#include "serve/sandbox.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char one[] = "t_sandbox.XXXXXX", two[] = "t_sandbox.XXXXXX";
static char outside[64], nowhere[64];
static struct sandbox box;

static bool
reads(const char *path)
{
	return open(path, O_RDONLY) >= 0;
}

static bool both_are_read(void) { return reads(one) && reads(two); }
static bool another_is_not(void) { return box.landlock == 0 || !reads(outside); }
static bool answers_and_asks_nobody(void) { return accept4(-1, NULL, NULL, 0) < 0 && errno == EBADF && fork() < 0; }
static bool connects(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }

/* The status of a child that entered: 0: good; 1: not; 2: the sandbox could not be entered; 100 + signal. */
static int
in_child(bool (*try)(void), const char *second)
{
	const char *below[] = {one, second}, *why = NULL;
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0)
		_exit(sandbox_enter(below, 2, &box, &why) != OK ? 2 : try() ? 0 : 1);
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 100 + WTERMSIG(status) : WEXITSTATUS(status);
}

int
main(void)
{
	int fd;

	if (JAIL_SANITIZED || JAIL_COVERAGE || !jail_probe().seccomp) {
		skip("the jails of this build or kernel let more through");
		return tap_done();
	}
	if (mkdtemp(one) == NULL || mkdtemp(two) == NULL)
		return 1;
	snprintf(outside, sizeof(outside), "%s.outside", one);
	snprintf(nowhere, sizeof(nowhere), "%s.nowhere", one);
	fd = open(outside, O_WRONLY | O_CREAT, 0600);
	ok(fd >= 0 && reads(outside), "outside of the sandbox it can be done");
	ok(in_child(both_are_read, two) == 0, "the folders that were named are read");
	ok(in_child(another_is_not, two) == 0, "another file is not");
	ok(in_child(answers_and_asks_nobody, two) == 0, "it may accept, and has no processes");
	ok(in_child(connects, two) == 100 + SIGSYS, "a socket of its own is its end");
	ok(jail_probe().landlock == 0 || in_child(both_are_read, nowhere) == 2, "a folder that is not there is no sandbox");
	close(fd);
	unlink(outside);
	rmdir(one);
	rmdir(two);
	return tap_done();
}
