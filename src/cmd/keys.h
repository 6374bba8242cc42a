/*
 * keys: key files on the disk. A secret file is made with mode 0600 and never replaces another.
 */
#ifndef CMD_KEYS_H
#define CMD_KEYS_H

#include "seal/keyfile.h"

/* Before a secret is in memory: no core dump, and nobody traces this process. */
void keys_guard(void);
/* The text of a key file, in secret memory of KEY_FILE_MAX + 1 bytes (secret_free); NULL after a message. Refuses
 * a file in the clear that others may read. */
char *keys_text(const char *command, const char *path, size_t *len);
/* Only its public half, which needs no passphrase; of an encrypted one nobody has vouched for it. False after a message. */
bool keys_head(const char *command, const char *path, struct key_pub *out);
/* Open one, asking for its passphrase when it has one (passphrase.h). NULL after a message. */
struct key *keys_open(const char *command, const char *path, uint32_t passphrase_fd);
/* Write a new one, whole or not at all; false after a message. */
bool keys_store(const char *command, const char *path, struct span text);

#endif
