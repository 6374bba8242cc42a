/*
 * keyfile: a key at rest, doc/formats/seal.md: six lines of text, the secret encrypted under a passphrase
 * (Argon2id, XChaCha20-Poly1305), with all the lines before it bound to it; or, when that was asked for, in
 * the clear.
 */
#ifndef SEAL_KEYFILE_H
#define SEAL_KEYFILE_H

#include "seal/key.h"

/* What a file says of itself. Of an encrypted one nobody has vouched before it was opened. */
struct keyfile_head {
	struct key_pub pub;
	bool encrypted;
};

/* Into out, secret memory of KEY_FILE_MAX bytes; *n is set only on OK. params NULL: in the clear. */
NODISCARD enum err keyfile_write(
    const struct key *k, const struct box_params *params, struct span passphrase, char *out, size_t *n);
/* An error leaves a static text in *why, with the line where it is one of form. */
NODISCARD enum err keyfile_head(struct span text, struct keyfile_head *out, const char **why);
/* The passphrase is not looked at when the file is not encrypted. ERR_SIGNATURE: it is wrong, or the file was
 * changed. */
NODISCARD enum err keyfile_read(struct span text, struct span passphrase, struct key **out, const char **why);

#endif
