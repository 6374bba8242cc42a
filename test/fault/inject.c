/*
 * inject: runs a command and does one fault at one of its system calls.
 *
 *	inject CLASS FAULT N COUNT ROOT COMMAND [ARGUMENTS]
 *
 * Counted are the calls of CLASS on files below ROOT (a real path; "-" counts what has no file: memory), over all
 * processes and threads of the command, in the order in which they are made; number N meets FAULT; 0 is none. COUNT is
 * a file that gets the number of calls. Exits as the command does, 128 + signal when it was killed.
 *
 * CLASS	open: a file made or cut by open; read: bytes or names of a folder read; write: bytes written; sync;
 *		change: names made, removed or renamed, sizes and modes; commit: all of these but read; memory: mmap,
 *		mremap, brk; pipe: reads and writes of pipes and sockets, wherever they lead
 * FAULT	the name of an error (EIO, ENOSPC, EINTR, ENOMEM, EMFILE, EDQUOT): the call is not made and fails;
 *		short: a read or write does half (nothing changes for one byte); kill: SIGKILL to all of them before the
 *		call; killed: after it; crash: SIGSEGV to the one that calls
 *
 * By ptrace(2), and not by a library that is preloaded: what libc calls inside itself is met, too.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#if !defined(__x86_64__)
int
main(void)
{
	fputs("inject: knows the registers of x86-64 only\n", stderr);
	return 77;
}
#else

enum class { NONE, OPEN, READ, WRITE, SYNC, CHANGE, MEMORY };

/* What a call works on: fd in argument n, a path in argument n below the folder of argument d, or neither. */
enum on { ON_FD, ON_PATH, ON_PATH_AT, ON_NOTHING };

struct call {
	long nr;
	enum class class;
	enum on on;
	int arg;	/* of fd or path */
	int len;	/* argument that is a length, for short; -1: none */
};

static const struct call calls[] = {
	{SYS_read, READ, ON_FD, 0, 2},
	{SYS_pread64, READ, ON_FD, 0, 2},
	{SYS_readv, READ, ON_FD, 0, -1},
	{SYS_getdents64, READ, ON_FD, 0, -1},
	{SYS_write, WRITE, ON_FD, 0, 2},
	{SYS_pwrite64, WRITE, ON_FD, 0, 2},
	{SYS_writev, WRITE, ON_FD, 0, -1},
	{SYS_sendto, WRITE, ON_FD, 0, 2},
	{SYS_recvfrom, READ, ON_FD, 0, 2},
	{SYS_fallocate, WRITE, ON_FD, 0, -1},
	{SYS_copy_file_range, WRITE, ON_FD, 2, 4},
	{SYS_sendfile, WRITE, ON_FD, 0, 3},
	{SYS_fsync, SYNC, ON_FD, 0, -1},
	{SYS_fdatasync, SYNC, ON_FD, 0, -1},
	{SYS_ftruncate, CHANGE, ON_FD, 0, -1},
	{SYS_fchmod, CHANGE, ON_FD, 0, -1},
	{SYS_fchown, CHANGE, ON_FD, 0, -1},
	{SYS_open, OPEN, ON_PATH, 0, -1},
	{SYS_creat, OPEN, ON_PATH, 0, -1},
	{SYS_openat, OPEN, ON_PATH_AT, 1, -1},
	{SYS_rename, CHANGE, ON_PATH, 1, -1},
	{SYS_renameat, CHANGE, ON_PATH_AT, 3, -1},
	{SYS_renameat2, CHANGE, ON_PATH_AT, 3, -1},
	{SYS_link, CHANGE, ON_PATH, 1, -1},
	{SYS_linkat, CHANGE, ON_PATH_AT, 3, -1},
	{SYS_symlinkat, CHANGE, ON_PATH_AT, 2, -1},
	{SYS_unlink, CHANGE, ON_PATH, 0, -1},
	{SYS_unlinkat, CHANGE, ON_PATH_AT, 1, -1},
	{SYS_rmdir, CHANGE, ON_PATH, 0, -1},
	{SYS_mkdir, CHANGE, ON_PATH, 0, -1},
	{SYS_mkdirat, CHANGE, ON_PATH_AT, 1, -1},
	{SYS_chmod, CHANGE, ON_PATH, 0, -1},
	{SYS_fchmodat, CHANGE, ON_PATH_AT, 1, -1},
	{SYS_truncate, CHANGE, ON_PATH, 0, -1},
	{SYS_mmap, MEMORY, ON_NOTHING, 0, -1},
	{SYS_mremap, MEMORY, ON_NOTHING, 0, -1},
	{SYS_brk, MEMORY, ON_NOTHING, 0, -1},
};

static const struct {
	const char *name;
	int number;
} errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE},
	{"EDQUOT", EDQUOT}, {"EACCES", EACCES}};

/* What was asked for. */
static const char *class, *fault, *root;
static unsigned long at;
static int error;

static unsigned long seen;
static pid_t victim;			/* between entry and exit of the call that meets the fault */
static struct user_regs_struct asked;	/* its registers as it came: a call changes none but that of its answer */
static bool refused;			/* it is not made, and gets error for an answer */

static void
die(const char *what)
{
	fprintf(stderr, "inject: %s: %s\n", what, strerror(errno));
	exit(125);
}

static bool
below(const char *path)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static bool
link_of(pid_t pid, const char *name, char *to)
{
	char proc[64];
	ssize_t n;

	snprintf(proc, sizeof(proc), "/proc/%d/%s", (int)pid, name);
	n = readlink(proc, to, PATH_MAX - 1);
	if (n < 0)
		return false;
	to[n] = '\0';
	return true;
}

static void
text_of(pid_t pid, unsigned long from, char *to)
{
	struct iovec here = {to, PATH_MAX - 1}, there = {(void *)from, PATH_MAX - 1};
	ssize_t n;

	/* up to the end of its page when the next is not there */
	n = process_vm_readv(pid, &here, 1, &there, 1, 0);
	if (n < 0) {
		here.iov_len = there.iov_len = 4096 - from % 4096;
		n = process_vm_readv(pid, &here, 1, &there, 1, 0);
	}
	to[n < 0 ? 0 : n] = '\0';
}

static bool
path_below(pid_t pid, const struct call *c, const unsigned long long *args)
{
	char path[PATH_MAX], folder[PATH_MAX], name[32];

	text_of(pid, args[c->arg], path);
	if (path[0] == '/')
		return below(path);
	snprintf(name, sizeof(name), "cwd");
	if (c->on == ON_PATH_AT && (int)args[c->arg - 1] != AT_FDCWD)
		snprintf(name, sizeof(name), "fd/%d", (int)args[c->arg - 1]);
	return link_of(pid, name, folder) && below(folder);
}

static bool
fd_matches(pid_t pid, int fd)
{
	char path[PATH_MAX], name[32];
	bool pipe;

	snprintf(name, sizeof(name), "fd/%d", fd);
	if (!link_of(pid, name, path))
		return false;
	pipe = strncmp(path, "pipe:", 5) == 0 || strncmp(path, "socket:", 7) == 0;
	return strcmp(class, "pipe") == 0 ? pipe : !pipe && below(path);
}

static bool
class_matches(const struct call *c, const unsigned long long *args)
{
	static const char *const names[] = {"none", "open", "read", "write", "sync", "change", "memory"};

	if (c->class == OPEN && c->nr != SYS_creat) {
		int flags = (int)args[c->nr == SYS_open ? 1 : 2];

		if ((flags & (O_CREAT | O_TRUNC)) == 0)
			return strcmp(class, "look") == 0;
	}
	if (strcmp(class, "commit") == 0)
		return c->class != READ && c->class != MEMORY;
	if (strcmp(class, "pipe") == 0)
		return c->class == READ || c->class == WRITE;
	return strcmp(class, names[c->class]) == 0;
}

static const struct call *
matching(pid_t pid, unsigned long long nr, const unsigned long long *args)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		const struct call *c = &calls[i];

		if ((unsigned long long)c->nr != nr || !class_matches(c, args))
			continue;
		if (c->on == ON_FD)
			return fd_matches(pid, (int)args[c->arg]) ? c : NULL;
		return c->on == ON_NOTHING || path_below(pid, c, args) ? c : NULL;
	}
	return NULL;
}

/* Argument n of the call that is being made. */
static unsigned long long *
argument(struct user_regs_struct *r, int n)
{
	unsigned long long *const regs[] = {&r->rdi, &r->rsi, &r->rdx, &r->r10, &r->r8, &r->r9};

	return regs[n];
}

static void
do_fault(pid_t pid, const struct call *c)
{
	struct user_regs_struct r;

	if (strcmp(fault, "kill") == 0)
		exit(128 + SIGKILL);	/* PTRACE_O_EXITKILL takes them all */
	if (strcmp(fault, "crash") == 0) {
		syscall(SYS_tgkill, pid, pid, SIGSEGV);
		return;
	}
	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) != 0)
		die("registers");
	asked = r;
	victim = pid;
	refused = false;
	if (strcmp(fault, "short") == 0) {
		if (c->len >= 0 && *argument(&r, c->len) > 1)
			*argument(&r, c->len) /= 2;
	} else if (c->nr == SYS_brk) {
		r.rdi = 0;	/* it fails by answering with the break as it was */
	} else if (strcmp(fault, "killed") != 0) {
		r.orig_rax = (unsigned long long)-1;	/* no call: ENOSYS */
		refused = true;
	}
	if (ptrace(PTRACE_SETREGS, pid, NULL, &r) != 0)
		die("registers");
}

/* The call that met the fault has come back. */
static void
after_fault(pid_t pid)
{
	struct user_regs_struct r;

	if (strcmp(fault, "killed") == 0)
		exit(128 + SIGKILL);
	victim = 0;
	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) != 0)
		die("registers");
	asked.rax = refused ? (unsigned long long)-(long long)error : r.rax;
	asked.rip = r.rip;
	asked.rcx = r.rcx;
	asked.r11 = r.r11;
	if (ptrace(PTRACE_SETREGS, pid, NULL, &asked) != 0)
		die("registers");
}

static void
on_syscall(pid_t pid)
{
	struct __ptrace_syscall_info info;
	const struct call *c;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) <= 0)
		return;
	if (info.op == PTRACE_SYSCALL_INFO_EXIT && victim == pid)
		after_fault(pid);
	if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	c = matching(pid, info.entry.nr, (const unsigned long long *)info.entry.args);
	if (c != NULL && ++seen == at)
		do_fault(pid, c);
}

static void
count_write(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fprintf(f, "%lu\n", seen) < 0 || fclose(f) != 0)
		die(path);
}

/* Every stop of every process until there is none; the status of the first. */
static int
follow(pid_t first, const char *count)
{
	int status, result = 125, signal;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFEXITED(status) || WIFSIGNALED(status)) {
			if (pid == first)
				result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
			continue;
		}
		signal = WSTOPSIG(status);
		if (signal == (SIGTRAP | 0x80)) {
			on_syscall(pid);
			signal = 0;
		} else if (signal == SIGTRAP || (signal == SIGSTOP && status >> 16 == 0)) {
			signal = 0;	/* ptrace's own: a new thread, exec */
		}
		if (status >> 16 != 0)
			signal = 0;
		(void)ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)signal);
	}
	count_write(count);
	return result;
}

static void
read_arguments(char **argv)
{
	char *end;
	size_t i;

	class = argv[1];
	fault = argv[2];
	at = strtoul(argv[3], &end, 10);
	root = argv[5];
	for (i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(errors[i].name, fault) == 0)
			error = errors[i].number;
	errno = EINVAL;
	if (*end != '\0' || (error == 0 && strcmp(fault, "short") != 0 && strcmp(fault, "kill") != 0 &&
	    strcmp(fault, "killed") != 0 && strcmp(fault, "crash") != 0 && strcmp(fault, "none") != 0))
		die(fault);
}

int
main(int argc, char **argv)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
	    PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
	int status;
	pid_t pid;

	if (argc < 7) {
		fputs("usage: inject CLASS FAULT N COUNT ROOT COMMAND [ARGUMENTS]\n", stderr);
		return 64;
	}
	read_arguments(argv);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
			die("ptrace");
		raise(SIGSTOP);
		execv(argv[6], argv + 6);
		die(argv[6]);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		die("wait");
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)options) != 0)
		die("ptrace");
	if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) != 0)
		die("ptrace");
	return follow(pid, argv[4]);
}
#endif
