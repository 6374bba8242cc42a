#include "cmd/confined_archive.h"
#include "archive/months.h"
#include "base/arena.h"
#include "cmd/archivist.h"
#include "cmd/cmd.h"
#include "cmd/confined.h"
#include "cmd/note.h"

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

/* --- the process --- */

#define SOCKET 3	/* the first behind standard error */

/* Nothing that the command was given is open here, but the socket, now SOCKET (fd -1: not that either); standard error is for
 * what asserts say. */
static bool
files_leave(const char *command, int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 && (fd < 0 || dup2(fd, SOCKET) >= 0)) {
		closefrom(fd < 0 ? SOCKET : SOCKET + 1);
		return true;
	}
	note(command, "the process that writes the archive cannot leave other files: %s", strerror(errno));
	return false;
}

/* Who is told to end by a terminal or by its group ends with the one that decodes, and rolls back. */
static bool
begins(pid_t parent, const char *command, const char *archive, int fd)
{
	static const int told[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	char *folder = confined_folder_of(archive);
	const struct jail_path paths[] = {{.path = archive}, {.path = folder, .write = true}};
	bool good;
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(*told); i++)
		signal(told[i], SIG_IGN);
	good = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && files_leave(command, fd) &&
	    confined_here(command, JAIL_KEEP, paths, sizeof(paths) / sizeof(*paths));
	free(folder);
	return good;
}

static const char *
archive_of(const struct confined_paths *p, enum confined_access access, size_t *from)
{
	while (*from < p->n)
		if (p->path[(*from)++].access == access)
			return p->path[*from - 1].path;
	return NULL;
}

/* --- the archivist --- */

bool
confined_archivist_begin(const char *command, const struct confined_paths *p, struct confined_archivist *w)
{
	size_t from = 0;
	const char *archive = archive_of(p, CONFINED_ARCHIVE, &from);
	pid_t parent = getpid();
	int fd[2];

	*w = (struct confined_archivist){.fd = -1};
	if (archive == NULL)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) != 0) {
		note(command, "no socket: %s", strerror(errno));
		return false;
	}
	fflush(NULL);
	w->pid = fork();
	if (w->pid == 0) {
		close(fd[0]);
		if (!begins(parent, command, archive, fd[1]))
			exit(EXIT_UNANSWERED);
		exit(archivist_serve(SOCKET, archive) ? EXIT_DONE : EXIT_NO);
	}
	close(fd[1]);
	w->fd = fd[0];
	if (w->pid > 0)
		return true;
	note(command, "no process: %s", strerror(errno));
	confined_archivist_leave(w);
	return false;
}

void
confined_archivist_leave(struct confined_archivist *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static bool
told(const char *command, int status)
{
	if (WIFSIGNALED(status))
		note(command, "the process that writes the archive was ended by signal %d (%s)%s", WTERMSIG(status),
		    strsignal(WTERMSIG(status)), WTERMSIG(status) == SIGSYS ? ": it called for what it may not do. An input may have "
		    "taken over the one that reads it, and this one: keep it, and report this" : "");
	return !WIFSIGNALED(status);
}

bool
confined_archivist_end(const char *command, struct confined_archivist *w)
{
	int status;

	confined_archivist_leave(w);
	if (w->pid <= 0)
		return true;
	status = wait_for(w->pid);
	if (!told(command, status))
		return false;
	if (WEXITSTATUS(status) == EXIT_NO)
		note(command, "the process that writes the archive was sent what has no form, and ended. An input may have taken "
		    "over the one that reads it: keep it, and report this");
	return WEXITSTATUS(status) == EXIT_DONE;
}

/* --- what a crash left --- */

/* SQLite rolls back when the file is first read. */
static int
mend(const char *archive)
{
	struct archive *a = NULL;
	struct str why = {0};
	enum err e = archive_open(&a, archive, ARCHIVE_CHECK, &why);

	archive_close(a);
	str_release(&why);
	return e == OK ? EXIT_DONE : EXIT_UNANSWERED;
}

static bool
mend_one(const char *command, const char *archive)
{
	pid_t parent = getpid(), pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		exit(begins(parent, command, archive, -1) ? mend(archive) : EXIT_UNANSWERED);
	if (pid > 0)
		return told(command, wait_for(pid));
	note(command, "no process: %s", strerror(errno));
	return false;
}

bool
confined_archives_mend(const char *command, const struct confined_paths *p)
{
	const char *archive;
	size_t from = 0;

	while ((archive = archive_of(p, CONFINED_MEND, &from)) != NULL)
		if (!mend_one(command, archive))
			return false;
	return true;
}
