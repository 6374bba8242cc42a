#include "cmd/confined.h"
#include "base/arena.h"
#include "base/disk.h"
#include "cmd/archivist.h"
#include "cmd/cmd.h"
#include "cmd/confined_archive.h"
#include "cmd/errand.h"
#include "cmd/fetcher.h"
#include "cmd/note.h"
#include "cmd/unpacked.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

bool
confined_here(const char *command, enum jail_kind kind, const struct jail_path *paths, size_t n)
{
	const char *why = NULL;
	struct jail jail;

	if (jail_enter(kind, paths, n, false, &jail, &why) == OK)
		return true;
	note(command, "it could not be confined: %s", why);
	return false;
}

/* --- the jail of a command line --- */

#define MORE 3	/* paths beside those of the command line */

static bool
jail_of(const struct opt_table *t, enum jail_kind kind, const struct confined_paths *p, const char *temp)
{
	struct jail_path *paths = xcalloc(p->n + MORE, sizeof(*paths));
	size_t i, n = 0;
	bool good;

	for (i = 0; i < p->n; i++)
		if (p->path[i].access <= CONFINED_WRITE)
			paths[n++] = (struct jail_path){p->path[i].path, p->path[i].access == CONFINED_WRITE,
			    p->path[i].access == CONFINED_LIST};
	if (temp != NULL)
		paths[n++] = (struct jail_path){.path = temp};
	if (kind == JAIL_SIGN)	/* where a passphrase is asked for */
		paths[n++] = (struct jail_path){.path = "/dev/tty", .write = true};
	good = confined_here(t->command, kind, paths, n);
	free(paths);
	return good;
}

/* A command that was given the address of a log has a process that fetches; others have none. */
static bool
fetcher_of(const struct opt_table *t, const struct confined_paths *p, struct fetcher *f)
{
	struct fetcher_may may = {.log = NULL};
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->path[i].access == CONFINED_FETCH)
			may.log = p->path[i].path;
	return may.log == NULL || fetcher_start(f, t->command, &may);
}

/* --- the parent --- */

static volatile sig_atomic_t child;

static const int passed_on[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};
#define N_PASSED (sizeof(passed_on) / sizeof(*passed_on))

static void
pass_on(int signal)
{
	int was = errno;

	kill((pid_t)child, signal);
	errno = was;
}

static void
signals_pass(struct sigaction old[static N_PASSED])
{
	struct sigaction act = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
	size_t i;

	for (i = 0; i < N_PASSED; i++) {
		sigaction(passed_on[i], NULL, &old[i]);
		if (old[i].sa_handler != SIG_IGN)	/* as under nohup */
			sigaction(passed_on[i], &act, NULL);
	}
}

/* Signals that end a program from outside: whoever waits for us shall see the same. */
static bool
is_from_outside(int signal)
{
	size_t i;

	for (i = 0; i < N_PASSED; i++)
		if (signal == passed_on[i])
			return true;
	return signal == SIGPIPE;
}

static int
ended_by(const char *command, int signal)
{
	if (is_from_outside(signal)) {
		struct sigaction plain = {.sa_handler = SIG_DFL};

		sigaction(signal, &plain, NULL);
		raise(signal);
	}
	if (signal == SIGSYS)
		note(command, "the process that reads the input called for what it may not do, and was ended (SIGSYS); "
		    "nothing was written. An input may have taken it over: keep it, and report this");
	else
		note(command, "the process that reads the input was ended by signal %d (%s); nothing was written", signal,
		    strsignal(signal));
	return EXIT_UNANSWERED;
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Processes beside the one that decodes: each has what that must not have. */
struct beside {
	struct fetcher *fetcher;
	struct confined_archivist archivist;
};

static int
attend(const struct opt_table *t, const struct confined_paths *p, char *temp, pid_t pid, int fd, struct beside *b)
{
	struct errands *e = errands_new(t->command, p->path, p->n, temp);
	struct sigaction old[N_PASSED];
	int status;
	bool good;

	child = pid;
	signals_pass(old);
	errands_do(e, fd);
	close(fd);
	status = wait_for(pid);
	good = fetcher_end(b->fetcher, t->command, true);
	good = confined_archivist_end(t->command, &b->archivist) && good;
	good = errands_end(e, good && WIFEXITED(status)) && good;
	temp_folder_remove(temp);
	if (WIFSIGNALED(status))
		return ended_by(t->command, WTERMSIG(status));
	return good ? WEXITSTATUS(status) : EXIT_UNANSWERED;
}

/* --- the child --- */

static bool
child_begins(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

static int
in_two(const struct opt_table *t, const struct confined_rule *r, struct confined_paths *p, struct fetcher *f)
{
	char *temp = (r->how & CONFINED_TEMP) != 0 ? temp_folder_try() : NULL;
	struct beside b = {.fetcher = f};
	pid_t pid, parent = getpid();
	int fd[2];

	if (!confined_archives_mend(t->command, p) || !confined_archivist_begin(t->command, p, &b.archivist)) {
		temp_folder_remove(temp);
		return EXIT_UNANSWERED;
	}
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0) {
		note(t->command, "no socket: %s", strerror(errno));
		(void)confined_archivist_end(t->command, &b.archivist);
		temp_folder_remove(temp);
		return EXIT_UNANSWERED;
	}
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		if (!child_begins(parent) || !jail_of(t, r->kind, p, temp))
			_exit(EXIT_UNANSWERED);
		errand_start(fd[1], temp);
		fetcher_use(b.fetcher);
		archivist_start(b.archivist.fd);
		return OPT_GO_ON;
	}
	close(fd[1]);
	fetcher_part(b.fetcher);
	confined_archivist_leave(&b.archivist);
	if (pid > 0)
		return attend(t, p, temp, pid, fd[0], &b);
	note(t->command, "no process: %s", strerror(errno));
	(void)confined_archivist_end(t->command, &b.archivist);
	close(fd[0]);
	temp_folder_remove(temp);
	return EXIT_UNANSWERED;
}

int
confined_enter(const struct opt_table *t, int argc, char **argv)
{
	const struct confined_rule *r = confined_rule_find(t, argc, argv);
	struct fetcher f = FETCHER_NONE;
	struct confined_paths p;
	int status;

	if (r == NULL || (r->how & CONFINED_ITSELF) != 0)
		return OPT_GO_ON;
	confined_paths_make(r, t, argc, argv, &p);
	if ((r->how & CONFINED_ALONE) != 0)
		status = jail_of(t, r->kind, &p, NULL) ? OPT_GO_ON : EXIT_UNANSWERED;
	else
		status = fetcher_of(t, &p, &f) ? in_two(t, r, &p, &f) : EXIT_UNANSWERED;
	confined_paths_release(&p);
	return status;
}

bool
confined_late(const struct opt_table *t, int argc, char **argv)
{
	const struct confined_rule *r = confined_rule_find(t, argc, argv);
	struct confined_paths p;
	bool good;

	assert(r != NULL);
	confined_paths_make(r, t, argc, argv, &p);
	good = jail_of(t, r->kind, &p, NULL);
	confined_paths_release(&p);
	return good;
}

/* --- a piece of work --- */

static bool
collect(int fd, size_t max, struct str *out)
{
	ssize_t n;

	for (;;) {
		str_grow(out, 65536);
		n = read(fd, out->p + out->len, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || out->len + (size_t)n > max)
			return n == 0;
		out->len += (size_t)n;
	}
}

static void
piece(pid_t parent, const char *command, bool (*run)(void *arg, struct str *out), void *arg, const struct jail_path *paths,
    size_t n, int fd)
{
	struct str out = {0};

	if (!child_begins(parent) || !confined_here(command, JAIL_DECODE, paths, n) || !run(arg, &out) ||
	    !fd_write(fd, str_span(&out)))
		_exit(EXIT_UNANSWERED);
	fflush(NULL);
	_exit(EXIT_DONE);
}

bool
confined_begin(const char *command, bool (*run)(void *arg, struct str *out), void *arg, const struct jail_path *paths,
    size_t n, struct confined_work *w)
{
	pid_t parent = getpid();
	int fd[2];

	if (pipe2(fd, O_CLOEXEC) != 0) {
		note(command, "no pipe: %s", strerror(errno));
		return false;
	}
	fflush(NULL);
	w->pid = fork();
	if (w->pid == 0) {
		close(fd[0]);
		piece(parent, command, run, arg, paths, n, fd[1]);
	}
	close(fd[1]);
	w->fd = fd[0];
	if (w->pid > 0)
		return true;
	note(command, "no process: %s", strerror(errno));
	close(fd[0]);
	return false;
}

bool
confined_end(const char *command, const struct confined_work *w, size_t max, struct str *out)
{
	bool good = collect(w->fd, max, out);
	int status;

	close(w->fd);
	status = wait_for(w->pid);
	if (WIFSIGNALED(status))
		ended_by(command, WTERMSIG(status));
	else if (!good)
		note(command, "what was decoded is longer than it can be");
	return good && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_DONE;
}

bool
confined_run(const char *command, bool (*run)(void *arg, struct str *out), void *arg, const char *folder, size_t max,
    struct str *out)
{
	const struct jail_path below = {.path = folder};
	struct confined_work w;

	return confined_begin(command, run, arg, &below, folder != NULL, &w) && confined_end(command, &w, max, out);
}
