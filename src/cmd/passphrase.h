/*
 * passphrase: where a secret word comes from: the terminal, without echo, or a file descriptor. Never an argument
 * or the environment, which other users and children can see.
 */
#ifndef CMD_PASSPHRASE_H
#define CMD_PASSPHRASE_H

#include "cmd/opt.h"

#define PASSPHRASE_ASK UINT32_MAX	/* no descriptor was named: ask on the terminal */

struct passphrase {
	char *p;	/* owned: secret memory */
	size_t len;
};

/* The row of --passphrase-fd for a command's table. */
struct opt passphrase_opt(uint32_t *fd);
/* One line, not empty, without its line feed; from a terminal asked for twice when twice is set. False after a
 * message on stderr. what: "passphrase for FILE". */
bool passphrase_get(struct passphrase *out, const char *command, uint32_t fd, const char *what, bool twice);
void passphrase_release(struct passphrase *p);
struct span passphrase_span(const struct passphrase *p);

#endif
