#include "cmd/fetcher_int.h"
#include "cmd/confined.h"
#include "cmd/note.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the resolver and TLS read when they are used; libraries and their settings were loaded before. */
static const char *const needs[] = {
	"/etc/gai.conf", "/etc/host.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/protocols", "/etc/resolv.conf",
	"/etc/services", "/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs",
	"/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
};
#define REFUSED 3		/* the exit status of one that was asked for what it may not fetch */
#define FETCHER_END_MS 500	/* for it to end by itself */
#define N_NEEDS (sizeof(needs) / sizeof(*needs))

/* Nothing that is open is the fetcher's, but for its socket and where it complains. */
static bool
let_go(int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	return null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
	    (fd <= 3 || close_range(3, (unsigned)fd - 1, 0) == 0) && close_range((unsigned)fd + 1, ~0u, 0) == 0;
}

static void
be(const char *command, const struct fetcher_may *may, pid_t parent, int fd)
{
	struct jail_path paths[N_NEEDS];
	const char *why = NULL;
	struct fetch *net;
	size_t i;

	for (i = 0; i < N_NEEDS; i++)
		paths[i] = (struct jail_path){.path = needs[i]};
	signal(SIGPIPE, SIG_IGN);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !let_go(fd))
		_exit(EXIT_FAILURE);
	net = fetch_new(&why);
	if (!confined_here(command, JAIL_FETCH, paths, N_NEEDS))
		_exit(EXIT_FAILURE);
	_exit(fetcher_do(command, may, net, why, fd) ? EXIT_SUCCESS : REFUSED);
}

bool
fetcher_start(struct fetcher *f, const char *command, const struct fetcher_may *may)
{
	pid_t parent = getpid();
	int fd[2];

	*f = (struct fetcher)FETCHER_NONE;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0) {
		note(command, "no socket: %s", strerror(errno));
		return false;
	}
	fflush(NULL);
	f->pid = fork();
	if (f->pid == 0) {
		close(fd[0]);
		be(command, may, parent, fd[1]);
	}
	close(fd[1]);
	f->fd = fd[0];
	if (f->pid > 0)
		return true;
	note(command, "no process: %s", strerror(errno));
	fetcher_part(f);
	return false;
}

void
fetcher_part(struct fetcher *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

/* Other signals come from outside. */
static bool
is_fault(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE ||
	    signal == SIGABRT;
}

/* Nobody asks any more, so it ends within a moment; unless it waits for a server that is slow. */
static bool
has_ended(pid_t pid, int *status)
{
	const struct timespec ms = {.tv_nsec = 1000000};
	pid_t was;
	int i;

	for (i = 0; i < FETCHER_END_MS; i++) {
		was = waitpid(pid, status, WNOHANG);
		if (was != 0 && !(was < 0 && errno == EINTR))
			return was == pid;
		nanosleep(&ms, NULL);
	}
	return false;
}

bool
fetcher_end(struct fetcher *f, const char *command, bool may_kill)
{
	int status = 0;
	bool ended;

	fetcher_part(f);
	if (f->pid <= 0)
		return true;
	ended = has_ended(f->pid, &status);
	if (!ended && may_kill && kill(f->pid, SIGKILL) == 0)
		while (waitpid(f->pid, &status, 0) < 0 && errno == EINTR)
			;
	if (ended && WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
		note(command, "the process that reads asked the network for what it may not; what it says is not believed. An "
		    "input may have taken it over: keep it, and report this");
	else if (ended && WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		note(command, "the process that fetches called for what it may not do, and was ended (SIGSYS). What was sent "
		    "may have taken it over: report this");
	else if (ended && WIFSIGNALED(status) && is_fault(WTERMSIG(status)))
		note(command, "the process that fetches was ended by signal %d (%s)", WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
	else
		return true;
	return false;
}
