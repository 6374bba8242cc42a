#include "serve/sandbox.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- Landlock --- */

/* The headers of Debian 12 know ABI 2; a newer kernel is told of all that it can deny. */
struct ruleset {
	uint64_t fs, net, scoped;
};
#define FS_ABI_1 ((1ull << 13) - 1)	/* execute ... make symlink */
#define FS_REFER (1ull << 13)		/* ABI 2 */
#define FS_TRUNCATE (1ull << 14)	/* ABI 3 */
#define FS_IOCTL_DEV (1ull << 15)	/* ABI 5 */
#define NET_ALL 3ull			/* ABI 4: bind, connect */
#define SCOPED_ALL 3ull			/* ABI 6: abstract sockets, signals */

static int
rule_add(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE};
	struct stat st;
	int rc, fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	rule.parent_fd = fd;
	rc = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return rc;
}

/* The ABI; 0: there is none; -1: it refused. */
static int
landlock_enter(const char *const *read, size_t n)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset r = {.fs = FS_ABI_1};
	size_t i, size = sizeof(r.fs);
	int fd, rc = 0;

	if (abi < 1)
		return 0;
	r.fs |= (abi >= 2 ? FS_REFER : 0) | (abi >= 3 ? FS_TRUNCATE : 0) | (abi >= 5 ? FS_IOCTL_DEV : 0);
	if (abi >= 4) {
		r.net = NET_ALL;
		size = 2 * sizeof(r.fs);
	}
	if (abi >= 6) {
		r.scoped = SCOPED_ALL;
		size = sizeof(r);
	}
	fd = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
	if (fd < 0)
		return -1;
	for (i = 0; i < n && rc == 0; i++)
		rc = rule_add(fd, read[i]);
	if (rc == 0)
		rc = (int)syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
	return rc == 0 ? (int)abi : -1;
}

/* --- seccomp --- */

/* What glibc, SQLite and libmicrohttpd call to read files, to answer, and to start and end threads. Whatever else is
 * called fails with EPERM. */
static const int calls[] = {
	SCMP_SYS(accept4), SCMP_SYS(access), SCMP_SYS(brk), SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(close), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_wait), SCMP_SYS(eventfd2), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2), SCMP_SYS(fcntl), SCMP_SYS(fstat), SCMP_SYS(futex), SCMP_SYS(getcwd), SCMP_SYS(getdents64),
	SCMP_SYS(geteuid), SCMP_SYS(getpeername), SCMP_SYS(getpid), SCMP_SYS(getrandom), SCMP_SYS(getsockname),
	SCMP_SYS(getsockopt), SCMP_SYS(gettid), SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(lseek),
	SCMP_SYS(lstat), SCMP_SYS(madvise), SCMP_SYS(membarrier), SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(mremap),
	SCMP_SYS(munmap), SCMP_SYS(nanosleep), SCMP_SYS(newfstatat), SCMP_SYS(pipe2), SCMP_SYS(poll), SCMP_SYS(ppoll),
	SCMP_SYS(pread64), SCMP_SYS(prlimit64), SCMP_SYS(read), SCMP_SYS(readlink), SCMP_SYS(readv), SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg), SCMP_SYS(restart_syscall), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
	SCMP_SYS(sendfile), SCMP_SYS(sendmsg), SCMP_SYS(sendto), SCMP_SYS(set_robust_list), SCMP_SYS(setsockopt),
	SCMP_SYS(shutdown), SCMP_SYS(sigaltstack), SCMP_SYS(stat), SCMP_SYS(statx), SCMP_SYS(sysinfo), SCMP_SYS(tgkill),
	SCMP_SYS(write), SCMP_SYS(writev),
};

static int
filter(scmp_filter_ctx f)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0);
	/* files to read; never to make or to write */
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY), O_RDONLY));
	/* a thread may step back, and none may step forward */
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(setpriority), 3, SCMP_A0(SCMP_CMP_EQ, PRIO_PROCESS, 0),
	    SCMP_A1(SCMP_CMP_EQ, 0, 0), SCMP_A2(SCMP_CMP_EQ, SERVE_KEEPER_NICE, 0));
	/* threads and no processes; of clone3, whose flags lie in memory, glibc falls back to clone */
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	rc |= seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return rc;
}

static bool
seccomp_enter(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool good = f != NULL && filter(f) == 0 && seccomp_load(f) == 0;

	if (f != NULL)
		seccomp_release(f);
	return good;
}

enum err
sandbox_enter(const char *const *read, size_t n, struct sandbox *out, const char **why)
{
	*out = (struct sandbox){0};
	*why = "the right to gain rights cannot be given up";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return ERR_IO;
	*why = "Landlock is there and refused the rules";
	out->landlock = landlock_enter(read, n);
	if (out->landlock < 0)
		return ERR_IO;
	*why = "seccomp is there and refused the filter";
	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)	/* EINVAL: a kernel without */
		return OK;
	out->seccomp = seccomp_enter();
	return out->seccomp ? OK : ERR_IO;
}

const char *
sandbox_library_version(void)
{
	static char text[32];
	const struct scmp_version *v = seccomp_version();

	snprintf(text, sizeof(text), "%u.%u.%u", v->major, v->minor, v->micro);
	return text;
}
