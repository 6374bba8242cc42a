#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/jail_calls.h"

/* The headers of Debian 12 know ABI 2; a newer kernel is told of all that it can deny. */
struct ruleset {
	uint64_t fs, net, scoped;
};
#define FS_ABI_1 ((1ull << 13) - 1)	/* execute ... make symlink */
#define FS_REFER (1ull << 13)		/* ABI 2 */
#define FS_TRUNCATE (1ull << 14)	/* ABI 3 */
#define FS_IOCTL_DEV (1ull << 15)	/* ABI 5 */
#define NET_BIND 1ull			/* ABI 4: of TCP */
#define NET_CONNECT 2ull
#define SCOPED_ALL 3ull			/* ABI 6: abstract sockets, signals */

#define READ_FILE LANDLOCK_ACCESS_FS_READ_FILE
#define READ_DIR LANDLOCK_ACCESS_FS_READ_DIR
#define WRITE_FILE (LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)
/* no devices, sockets, pipes or links are ever made */
#define WRITE_DIR (LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | \
	LANDLOCK_ACCESS_FS_MAKE_REG)

static int
landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);

	return abi < 1 ? 0 : (int)abi;
}

static int
rule_add(int ruleset, const struct jail_path *p, uint64_t handled, bool must)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = p->list ? 0 : READ_FILE | (p->write ? WRITE_FILE : 0)};
	int rc, fd = open(p->path, O_PATH | O_CLOEXEC);
	struct stat st = {0};

	if (fd < 0)
		return must ? -1 : 0;
	rc = fstat(fd, &st);
	if (rc == 0 && S_ISDIR(st.st_mode))
		rule.allowed_access |= READ_DIR | (p->write ? WRITE_DIR : 0);
	else if (rc == 0 && S_ISCHR(st.st_mode) && p->write)
		rule.allowed_access |= FS_IOCTL_DEV;	/* a terminal that a passphrase is asked on */
	rule.allowed_access &= handled;
	if (rule.allowed_access == 0)	/* which Landlock refuses */
		rc = -1;
	rule.parent_fd = fd;
	if (rc == 0)
		rc = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	if (rc != 0 && errno == EBADFD)	/* a pipe without a name, which Landlock does not rule */
		rc = 0;
	close(fd);
	return rc;
}

/* The ABI; 0: there is none; -1: it refused. */
static int
landlock_enter(enum jail_kind kind, const struct jail_path *paths, size_t n, bool all)
{
	static const struct jail_path self = {.path = "/proc/self"};
	int abi = landlock_abi(), fd, rc = 0;
	struct ruleset r = {.fs = FS_ABI_1};
	size_t i, size = sizeof(r.fs);

	if (abi < 1 || JAIL_COVERAGE)
		return 0;
	r.fs |= (abi >= 2 ? FS_REFER : 0) | (abi >= 3 ? FS_TRUNCATE : 0) | (abi >= 5 ? FS_IOCTL_DEV : 0);
	if (abi >= 4) {
		r.net = NET_BIND | (kind != JAIL_FETCH ? NET_CONNECT : 0);
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
		rc = rule_add(fd, &paths[i], r.fs, all);
	if (JAIL_SANITIZED && rc == 0)
		rc = rule_add(fd, &self, r.fs, false);
	if (rc == 0)
		rc = (int)syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
	return rc == 0 ? abi : -1;
}

struct jail
jail_probe(void)
{
	uint32_t action = SECCOMP_RET_KILL_PROCESS;

	/* ENOSYS: a kernel without, or what stands for one, as valgrind does */
	return (struct jail){.landlock = landlock_abi(),
	    .seccomp = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0};
}

const char *
jail_word(enum jail_kind kind)
{
	static const char *const words[JAIL_N] = {"decode", "keep", "sign", "serve", "fetch"};

	return words[kind];
}

enum err
jail_enter(enum jail_kind kind, const struct jail_path *paths, size_t n, bool all, struct jail *out, const char **why)
{
	struct jail there = jail_probe();

	*out = (struct jail){0};
	*why = "the right to gain rights cannot be given up";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return ERR_IO;
	*why = "Landlock is there and refused the rules";
	out->landlock = landlock_enter(kind, paths, n, all);
	if (out->landlock < 0)
		return ERR_IO;
	*why = "seccomp is there and refused the filter";
	if (!there.seccomp)
		return OK;
	out->seccomp = jail_calls_only(kind);
	return out->seccomp ? OK : ERR_IO;
}
