#include "base/jail_calls.h"
#include "base/limits.h"

#include <asm/termbits.h>
#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* What glibc, SQLite and the decoders call to read files, to write to what is open, and for threads. */
static const int common[] = {
	SCMP_SYS(access), SCMP_SYS(brk), SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(close), SCMP_SYS(dup), SCMP_SYS(eventfd2), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2), SCMP_SYS(fadvise64), SCMP_SYS(fcntl), SCMP_SYS(fdatasync), SCMP_SYS(fstat),
	SCMP_SYS(fstatfs), SCMP_SYS(fsync), SCMP_SYS(futex), SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(getegid),
	SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getrandom),
	SCMP_SYS(getrusage), SCMP_SYS(gettid), SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(lseek),
	SCMP_SYS(lstat), SCMP_SYS(madvise), SCMP_SYS(membarrier), SCMP_SYS(mincore), SCMP_SYS(mremap), SCMP_SYS(munmap),
	SCMP_SYS(nanosleep), SCMP_SYS(newfstatat), SCMP_SYS(pipe2), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pread64),
	SCMP_SYS(read), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(readv), SCMP_SYS(restart_syscall),
	SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield), SCMP_SYS(set_robust_list),
	SCMP_SYS(sigaltstack), SCMP_SYS(stat), SCMP_SYS(statx), SCMP_SYS(sysinfo), SCMP_SYS(time), SCMP_SYS(uname),
	SCMP_SYS(write), SCMP_SYS(writev),
	/* on sockets that are there: errands to the parent */
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto),
};

static const int serving[] = {
	SCMP_SYS(accept4), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_wait),
	SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(getsockopt), SCMP_SYS(sendfile), SCMP_SYS(sendmsg),
	SCMP_SYS(setsockopt), SCMP_SYS(shutdown),
};

static const int writing[] = {
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(chmod), SCMP_SYS(fallocate), SCMP_SYS(fchmod), SCMP_SYS(flock),
	SCMP_SYS(ftruncate), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(pwrite64), SCMP_SYS(rename), SCMP_SYS(renameat),
	SCMP_SYS(renameat2), SCMP_SYS(rmdir), SCMP_SYS(umask), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(utimensat),
	SCMP_SYS(wait4),	/* for processes that were there before */
};

/* keys: locked memory, no echo, a file that never replaces another; children that decode */
static const int signing[] = {
	SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(mlock), SCMP_SYS(munlock), SCMP_SYS(prctl), SCMP_SYS(prlimit64),
	SCMP_SYS(setrlimit), SCMP_SYS(clone), SCMP_SYS(waitid), SCMP_SYS(kill), SCMP_SYS(ioctl),
	SCMP_SYS(sendmsg), SCMP_SYS(seccomp), SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
	SCMP_SYS(landlock_restrict_self), SCMP_SYS(mprotect),
};

/* libcurl, OpenSSL and the resolver */
static const int fetching[] = {
	SCMP_SYS(connect), SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(getsockopt), SCMP_SYS(recvmmsg),
	SCMP_SYS(sendmmsg), SCMP_SYS(sendmsg), SCMP_SYS(setsockopt), SCMP_SYS(shutdown), SCMP_SYS(socketpair),
};

/* Nobody calls these by mistake: but for the first two, which are for JAIL_FETCH. */
static const int to_network[] = {SCMP_SYS(socket), SCMP_SYS(connect)};
static const int fatal[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(bind), SCMP_SYS(listen),
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(umount2),
	SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load),
	SCMP_SYS(add_key), SCMP_SYS(keyctl), SCMP_SYS(request_key), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
};

static int
all_of(scmp_filter_ctx f, uint32_t action, const int *calls, size_t n)
{
	int rc = 0;

	while (n-- > 0)
		rc |= seccomp_rule_add(f, action, calls[n], 0);
	return rc;
}

#define ALL_OF(f, action, calls) all_of((f), (action), (calls), sizeof(calls) / sizeof(*(calls)))

/* What is allowed by its arguments. */
static int
narrow(scmp_filter_ctx f, bool files_written, bool own_processes)
{
	/* its own end by a signal, as abort() and assert() make it; and its own limits, to read them */
	int rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));

	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (!files_written)	/* files to read; never to make or to write */
		rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY), O_RDONLY));
	if (own_processes)
		return rc;
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0, 0), SCMP_A2(SCMP_CMP_EQ, 0, 0));
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	/* is it a terminal, and how wide; nothing is ever put into one's input */
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, TCGETS, 0));
	rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, TIOCGWINSZ, 0));
	/* threads and no processes */
	return rc | seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
}

/* Of IP, for TCP and UDP: nothing raw, nothing of the machine itself. */
static int
sockets(scmp_filter_ctx f)
{
	static const int families[] = {AF_INET, AF_INET6}, types[] = {SOCK_STREAM, SOCK_DGRAM};
	const scmp_datum_t mask = ~(scmp_datum_t)(SOCK_CLOEXEC | SOCK_NONBLOCK);
	int rc = 0;
	size_t i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < 2; k++)
			rc |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
			    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0),
			    SCMP_A1(SCMP_CMP_MASKED_EQ, mask, (scmp_datum_t)types[k]));
	/* how much has come: the resolver asks */
	return rc | seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, FIONREAD, 0));
}

/* A thread may step back for the others, and none may step forward. */
static int
step_back(scmp_filter_ctx f)
{
	return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(setpriority), 3, SCMP_A0(SCMP_CMP_EQ, PRIO_PROCESS, 0),
	    SCMP_A1(SCMP_CMP_EQ, 0, 0), SCMP_A2(SCMP_CMP_EQ, SERVE_KEEPER_NICE, 0));
}

static int
filter(scmp_filter_ctx f, enum jail_kind kind)
{
	bool writes = kind == JAIL_KEEP || kind == JAIL_SIGN;
	int rc = ALL_OF(f, SCMP_ACT_KILL_PROCESS, fatal) | ALL_OF(f, SCMP_ACT_ALLOW, common);

	if (kind == JAIL_FETCH)
		rc |= ALL_OF(f, SCMP_ACT_ALLOW, fetching) | sockets(f);
	else
		rc |= ALL_OF(f, SCMP_ACT_KILL_PROCESS, to_network);
	if (kind == JAIL_SERVE)
		rc |= ALL_OF(f, SCMP_ACT_ALLOW, serving) | step_back(f);
	if (writes)
		rc |= ALL_OF(f, SCMP_ACT_ALLOW, writing);
	if (kind == JAIL_SIGN)
		rc |= ALL_OF(f, SCMP_ACT_ALLOW, signing);
	rc |= narrow(f, writes, kind == JAIL_SIGN);
	/* of clone3, whose flags lie in memory, glibc falls back to clone */
	return rc | seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

#if JAIL_SANITIZED || JAIL_COVERAGE
/* Only what is killed for, but for what the leak checker does. */
static int
filter_lax(scmp_filter_ctx f, enum jail_kind kind)
{
	size_t i;
	int rc = kind != JAIL_FETCH ? ALL_OF(f, SCMP_ACT_KILL_PROCESS, to_network) : 0;

	for (i = 0; i < sizeof(fatal) / sizeof(*fatal); i++)
		if (fatal[i] != SCMP_SYS(ptrace) && fatal[i] != SCMP_SYS(process_vm_readv))
			rc |= seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, fatal[i], 0);
	return rc;
}
#endif

const char *
jail_library_version(void)
{
	static char text[32];
	const struct scmp_version *v = seccomp_version();

	snprintf(text, sizeof(text), "%u.%u.%u", v->major, v->minor, v->micro);
	return text;
}

bool
jail_calls_only(enum jail_kind kind)
{
#if JAIL_SANITIZED || JAIL_COVERAGE
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	bool good = f != NULL && filter_lax(f, kind) == 0;

	(void)filter;
#else
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool good = f != NULL && filter(f, kind) == 0;
#endif
	good = good && seccomp_load(f) == 0;
	if (f != NULL)
		seccomp_release(f);
	return good;
}
