/* known: the keys that a reader says he believes, each given as a verifier key or as a file that holds one. */
#ifndef CMD_KNOWN_H
#define CMD_KNOWN_H

#include "cmd/opt.h"
#include "seal/verify.h"

/* Appends those of a list in one role. A file is a verifier key and a line feed, a public key file of minisign, or a
 * key file of ours, of which only the public half is looked at. False after a message. free() pub and role. */
bool known_add(struct verify_keys *k, const struct opt_list *list, enum verify_role role, const char *command);

#endif
