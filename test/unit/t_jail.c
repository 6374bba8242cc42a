/* jail: the rest is tried: in each jail everything that it must not do, each in a child of its own, and what it must do. */
#include "base/jail.h"
#include "base/jail_calls.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "t_jail.XXXXXX";
static char inside[64], fresh[64], secret[64], beside[64];	/* secret, beside: in the folder's own folder */
static int made, made_inet, listening;	/* sockets from before */
static struct sockaddr_in server;	/* of listening */

static int
opens(const char *path, int flags)
{
	return open(path, flags, 0600) >= 0;
}

static int read_inside(void) { return opens(inside, O_RDONLY); }
static int list_inside(void) { return opens(folder, O_RDONLY | O_DIRECTORY); }
static int read_key_beside(void) { return opens(secret, O_RDONLY); }
static int read_passwd(void) { return opens("/etc/passwd", O_RDONLY); }
static int list_root(void) { return opens("/", O_RDONLY | O_DIRECTORY); }
static int write_inside(void) { return opens(inside, O_WRONLY); }
static int append_inside(void) { return opens(inside, O_RDWR | O_APPEND); }
static int create_inside(void) { return opens(fresh, O_RDWR | O_CREAT); }
static int truncate_inside(void) { return opens(inside, O_RDONLY | O_TRUNC); }
static int nameless_inside(void) { return opens(folder, O_RDWR | O_TMPFILE); }
static int write_beside(void) { return opens(secret, O_WRONLY); }
static int create_beside(void) { return opens(beside, O_RDWR | O_CREAT); }
static int write_memory(void) { return opens("/proc/self/mem", O_RDWR); }
static int unlinks(void) { return unlink(inside) == 0; }
static int unlinks_beside(void) { return unlink(secret) == 0; }
static int renames(void) { return rename(inside, fresh) == 0; }
static int renames_out(void) { return rename(inside, beside) == 0; }
static int makes_folder(void) { return mkdir(fresh, 0700) == 0; }
static int links_symbolically(void) { return symlink("/etc/passwd", fresh) == 0; }
static int makes_pipe(void) { return mkfifo(fresh, 0600) == 0; }
static int changes_mode(void) { return chmod(inside, 0666) == 0; }
static int changes_owner(void) { return chown(inside, 0, 0) == 0; }
static int socket_inet(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static int socket_unix(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }
static int socket_netlink(void) { return socket(AF_NETLINK, SOCK_RAW, 0) >= 0; }
static int socket_raw(void) { return socket(AF_INET, SOCK_RAW, IPPROTO_TCP) >= 0; }
static int socket_packet(void) { return socket(AF_PACKET, SOCK_DGRAM, 0) >= 0; }
static int listens(void) { return listen(made_inet, 1) == 0; }
static int accepts(void) { return accept4(listening, NULL, NULL, SOCK_NONBLOCK) >= 0 || errno == EAGAIN; }
static int pairs(void) { int fd[2]; return socketpair(AF_UNIX, SOCK_STREAM, 0, fd) == 0; }
static int signals(void) { return kill(getppid(), 0) == 0; }
static int signals_thread(void) { return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0; }
static int traces(void) { return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0; }
static int mounts(void) { return mount("none", folder, "tmpfs", 0, NULL) == 0; }
static int unshares(void) { return syscall(SYS_unshare, 0x10000000) == 0; }
static int asks_keyring(void) { return syscall(SYS_keyctl, 0, -3, 1) >= 0; }
static int rings(void) { return syscall(SYS_io_uring_setup, 1, NULL) >= 0; }
static int anonymous(void) { return syscall(SYS_memfd_create, "x", 0) >= 0; }
static int types_for_us(void) { char c = 'x'; return ioctl(0, TIOCSTI, &c) == 0 || errno != EPERM; }
static int raises_limits(void) { const struct { uint64_t a, b; } l = {1, 1}; return syscall(SYS_prlimit64, 0, 7, &l, NULL) == 0; }

static int
connects(void)
{
	const struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "/nowhere"};

	return connect(made, (const struct sockaddr *)&to, sizeof(to)) == 0 || errno == ENOENT;
}

static int
connects_inet(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd >= 0 && connect(fd, (const struct sockaddr *)&server, sizeof(server)) == 0;
}

static int
binds(void)
{
	const struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};

	return bind(made_inet, (const struct sockaddr *)&any, sizeof(any)) == 0;
}

static int
runs(void)
{
	char name[] = "/bin/true", *argv[] = {name, NULL};

	execv(name, argv);
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

static int
runs_what_it_made(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static int
runs_what_it_wrote(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED && mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0;
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
writes_to_what_is_open(void)
{
	return write(STDOUT_FILENO, "", 0) == 0;
}

/* --- each in each --- */

#define BIT(k) (1u << (k))
#define NONE 0u
#define FETCH BIT(JAIL_FETCH)
#define ALL (BIT(JAIL_DECODE) | BIT(JAIL_KEEP) | BIT(JAIL_SIGN) | BIT(JAIL_SERVE) | FETCH)
#define WRITERS (BIT(JAIL_KEEP) | BIT(JAIL_SIGN))

static const struct { const char *name; int (*try)(void); unsigned may; bool by_landlock; } cases[] = {
	{"a file that was named is read", read_inside, ALL, false},
	{"a folder that was named is listed", list_inside, ALL, false},
	{"threads are made", threads, ALL, false},
	{"what is open is written to", writes_to_what_is_open, ALL, false},
	{"a key beside the folder is read", read_key_beside, NONE, true},
	{"/etc/passwd is read", read_passwd, NONE, true},
	{"/ is listed", list_root, NONE, true},
	{"a file is opened for writing", write_inside, WRITERS, false},
	{"a file is opened for appending", append_inside, WRITERS, false},
	{"a file is made", create_inside, WRITERS, false},
	{"a file is emptied", truncate_inside, WRITERS, false},
	{"a file without a name is made", nameless_inside, WRITERS, false},
	{"a file outside is opened for writing", write_beside, NONE, true},
	{"a file outside is made", create_beside, NONE, true},
	{"own memory is written as a file", write_memory, NONE, true},
	{"a file is removed", unlinks, WRITERS, false},
	{"a file outside is removed", unlinks_beside, NONE, true},
	{"a file is renamed", renames, WRITERS, false},
	{"a file is moved out", renames_out, NONE, true},
	{"a folder is made", makes_folder, WRITERS, false},
	{"a symbolic link is made", links_symbolically, NONE, false},
	{"a pipe is made", makes_pipe, NONE, false},
	{"a mode is changed", changes_mode, WRITERS, false},
	{"an owner is changed", changes_owner, NONE, false},
	{"a socket of the network is made", socket_inet, FETCH, false},
	{"a socket of the machine is made", socket_unix, NONE, false},
	{"a socket of the kernel is made", socket_netlink, NONE, false},
	{"a raw socket is made", socket_raw, NONE, false},
	{"a socket of packets is made", socket_packet, NONE, false},
	{"a socket that is there is connected", connects, FETCH, false},
	{"a server of this machine is connected to", connects_inet, FETCH, false},
	{"a socket is bound", binds, NONE, false},
	{"a socket listens", listens, NONE, false},
	{"a connection is accepted", accepts, BIT(JAIL_SERVE), false},
	{"two ends of a pair are made", pairs, FETCH, false},
	{"a program is run", runs, NONE, false},
	{"a process is made", forks, BIT(JAIL_SIGN), false},
	{"the parent is signalled", signals, BIT(JAIL_SIGN), true},
	{"a thread of the parent is signalled", signals_thread, NONE, false},
	{"the parent is traced", traces, NONE, false},
	{"something is mounted", mounts, NONE, false},
	{"a name space is left", unshares, NONE, false},
	{"the kernel's keyring is asked", asks_keyring, NONE, false},
	{"calls are made through a ring", rings, NONE, false},
	{"memory is made executable", runs_what_it_made, NONE, false},
	{"memory that was written is made executable", runs_what_it_wrote, BIT(JAIL_SIGN), false},
	{"a file in memory is made", anonymous, NONE, false},
	{"a terminal's input is written", types_for_us, BIT(JAIL_SIGN), false},
	{"limits are changed", raises_limits, BIT(JAIL_SIGN), false},
};
#define N_CASES (sizeof(cases) / sizeof(*cases))

struct told { struct jail jail; int answer; };

/* What try says inside; -1: the jail could not be entered; -2: it was ended by SIGSYS; -3: otherwise. */
static struct told
in_child(enum jail_kind kind, int (*try)(void))
{
	const struct jail_path below = {.path = folder, .write = kind == JAIL_KEEP || kind == JAIL_SIGN};
	struct told t = {.answer = -3};
	const char *why = NULL;
	int fd[2], status = 0;
	pid_t pid;

	if (pipe(fd) != 0)
		return t;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		t.answer = jail_enter(kind, &below, 1, true, &t.jail, &why) == OK ? -2 : -1;
		(void)!write(fd[1], &t, sizeof(t));
		t.answer = t.answer == -2 ? try() : -1;
		(void)!write(fd[1], &t, sizeof(t));
		_exit(0);
	}
	close(fd[1]);
	while (pid > 0 && read(fd[0], &t, sizeof(t)) == (ssize_t)sizeof(t))
		;
	waitpid(pid, &status, 0);
	close(fd[0]);
	if (t.answer == -2 && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS))
		t.answer = -3;
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

static void
put_all(void)
{
	file_put(inside);
	file_put(secret);
	unlink(fresh);
	rmdir(fresh);
	unlink(beside);
}

static void
try_all(enum jail_kind kind)
{
	struct told t;
	size_t i;
	bool may;

	for (i = 0; i < N_CASES; i++) {
		put_all();
		may = (cases[i].may >> kind & 1) != 0;
		t = in_child(kind, cases[i].try);
		/* of signals Landlock has the last word from ABI 6 on */
		if (cases[i].by_landlock && (t.jail.landlock == 0 || (cases[i].try == signals && (may || t.jail.landlock < 6))))
			skip("this kernel's Landlock cannot tell");
		else if (may)
			ok(t.answer == 1, "%s: %s (%d)", jail_word(kind), cases[i].name, t.answer);
		else
			ok(t.answer == 0 || t.answer == -2, "%s: refused: %s (%d)", jail_word(kind), cases[i].name, t.answer);
	}
}

/* What shows that an attack is on ends the process. */
static void
fatal(enum jail_kind kind)
{
	int (*const deadly[])(void) = {runs, traces, mounts, binds, listens, socket_inet, connects};
	size_t i, n = 0, all = sizeof(deadly) / sizeof(*deadly) - (kind == JAIL_FETCH ? 2 : 0);

	for (i = 0; i < all; i++)
		n += in_child(kind, deadly[i]).answer == -2;
	ok(n == all, "%s: to run, to trace, to mount, to listen%s is the end (%zu of %zu)", jail_word(kind),
	    kind == JAIL_FETCH ? "" : ", to connect", n, all);
}

static void
one_in_another(void)
{
	const struct jail_path below = {.path = folder, .write = true};
	const char *why = NULL;
	struct jail jail;
	int status = -1;
	pid_t pid;

	put_all();
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		_exit(jail_enter(JAIL_SIGN, &below, 1, true, &jail, &why) == OK && write_inside() &&
		    jail_enter(JAIL_DECODE, NULL, 0, true, &jail, &why) == OK && !write_inside() && !forks() &&
		    (jail.landlock == 0 || !read_inside()) ? 0 : 1);
	waitpid(pid, &status, 0);
	ok(status == 0, "a jail in a jail has what both allow");
}

static void
sockets_make(void)
{
	socklen_t len = sizeof(server);

	made = socket(AF_UNIX, SOCK_STREAM, 0);
	made_inet = socket(AF_INET, SOCK_STREAM, 0);
	listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	server = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	ok(bind(listening, (const struct sockaddr *)&server, len) == 0 && listen(listening, 64) == 0 &&
	    getsockname(listening, (struct sockaddr *)&server, &len) == 0, "a server is there to connect to");
}

int
main(void)
{
	static const enum jail_kind kinds[] = {JAIL_DECODE, JAIL_KEEP, JAIL_SIGN, JAIL_SERVE, JAIL_FETCH};
	size_t i;

	if (JAIL_SANITIZED || JAIL_COVERAGE || !jail_probe().seccomp) {
		skip("the jails of this build or kernel let more through");
		return tap_done();
	}
	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(inside, sizeof(inside), "%s/inside", folder);
	snprintf(fresh, sizeof(fresh), "%s/fresh", folder);
	snprintf(secret, sizeof(secret), "%s.key", folder);
	snprintf(beside, sizeof(beside), "%s.new", folder);
	sockets_make();
	put_all();
	ok(read_inside() && read_key_beside() && read_passwd() && write_inside() && create_beside() && socket_inet() && forks() &&
	    connects_inet() && pairs() && accepts() && signals() && runs_what_it_wrote(), "outside of a jail all of it can be done");
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		try_all(kinds[i]);
		fatal(kinds[i]);
	}
	one_in_another();
	put_all();
	unlink(inside);
	unlink(secret);
	rmdir(folder);
	return tap_done();
}
