#include "cmd/passphrase.h"
#include "base/limits.h"
#include "cmd/note.h"
#include "seal/crypt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

struct opt
passphrase_opt(uint32_t *fd)
{
	*fd = PASSPHRASE_ASK;
	return (struct opt){"passphrase-fd", 0, OPT_NUMBER, "N", fd, 0, 1023,
	    "read the passphrase from file descriptor N, a line; else the terminal is asked"};
}

static void
catch(int sig)
{
	caught = sig;
}

/* A line into p (PASSPHRASE_MAX + 1 bytes of secret memory), a byte at a time, so that nothing is read beyond it and
 * no copy is left in a buffer. */
static bool
read_line(int fd, struct passphrase *p)
{
	ssize_t n;

	for (p->len = 0; p->len <= PASSPHRASE_MAX; p->len++) {
		n = read(fd, p->p + p->len, 1);
		if (n < 0)
			return false;
		if (n == 0 || p->p[p->len] == '\n')
			return true;
	}
	errno = EMSGSIZE;
	return false;
}

static bool
ask(int tty, const char *what, const char *again, struct passphrase *p)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
	struct sigaction old[5], act = {.sa_handler = catch};
	struct termios was, quiet;
	bool good;
	int i;

	caught = 0;
	if (tcgetattr(tty, &was) != 0)
		return false;
	sigemptyset(&act.sa_mask);
	for (i = 0; i < 5; i++)
		sigaction(signals[i], &act, &old[i]);	/* no SA_RESTART: read() comes back, and echo with it */
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	dprintf(tty, "%s%s: ", what, again);
	good = tcsetattr(tty, TCSAFLUSH, &quiet) == 0 && read_line(tty, p) && caught == 0;
	tcsetattr(tty, TCSAFLUSH, &was);
	dprintf(tty, "\n");
	for (i = 0; i < 5; i++)
		sigaction(signals[i], &old[i], NULL);
	if (caught != 0)
		raise(caught);
	return good;
}

static bool
ask_twice(int tty, const char *what, bool twice, struct passphrase *p)
{
	struct passphrase second = {.p = secret_new(PASSPHRASE_MAX + 1)};
	bool good = ask(tty, what, "", p) && (!twice || ask(tty, what, ", again", &second));

	if (good && twice && (second.len != p->len || memcmp(second.p, p->p, p->len) != 0)) {
		good = false;
		errno = 0;
	}
	secret_free(second.p);
	return good;
}

bool
passphrase_get(struct passphrase *out, const char *command, uint32_t fd, const char *what, bool twice)
{
	int tty = fd == PASSPHRASE_ASK ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1;
	bool good;

	*out = (struct passphrase){0};
	if (fd == PASSPHRASE_ASK && tty < 0) {
		note(command, "%s: there is no terminal to ask on; give --passphrase-fd", what);
		return false;
	}
	out->p = secret_new(PASSPHRASE_MAX + 1);
	good = tty >= 0 ? ask_twice(tty, what, twice, out) : read_line((int)fd, out);
	if (!good && errno == 0)
		note(command, "%s: the two are not the same", what);
	else if (!good && errno == EMSGSIZE)
		note(command, "%s: is longer than %u bytes", what, PASSPHRASE_MAX);
	else if (!good)
		note(command, "%s: cannot be read: %s", what, strerror(errno));
	else if (out->len == 0)
		note(command, "%s: is empty", what);
	if (tty >= 0)
		close(tty);
	if (good && out->len > 0)
		return true;
	passphrase_release(out);
	return false;
}

void
passphrase_release(struct passphrase *p)
{
	secret_free(p->p);
	*p = (struct passphrase){0};
}

struct span
passphrase_span(const struct passphrase *p)
{
	return (struct span){p->p, p->len};
}
